"""What predictions, and the test of predictions, answer; and how they are shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa

from hamsafar.journeys import drawing
from hamsafar.journeys.estimate import Estimate, Key, share
from hamsafar.journeys.view import (
    Language,
    Result,
    duration,
    first_rows,
    node,
    number,
    percent,
    rests_on,
    rows_of,
)
from hamsafar.lib.intervals import Rate, wilson

Interval = tuple[float, float | None, float | None]


@dataclass(frozen=True)
class NextStep(Result):
    """What one person will most likely do next, right after the last event of their (last) path.

    One row per outcome, likeliest first; ``(end)`` is that nothing comes for ``open_after_seconds``: ``event``; its
    ``probability``, blended from contexts of up to ``order`` events (see ``next_step_model.Model``) and calibrated on
    persons held out; beside it what was observed: ``count`` of ``of`` cases with the same last ``context`` events (the
    longest context with 20 cases); and quantiles of the time until it, over ``timed`` cases (None for the end).

    ``abstains`` when no outcome has the probability ``min_confidence``. ``still_open`` says whether the path counts as
    open: the probabilities are of the moment after its last event and do not take into account how long nothing has
    come since.
    """

    unit: str
    events: int
    paths: int
    persons: int
    person: str
    path_events: int
    last_events: tuple[str, ...]
    last_at: str
    still_open: bool
    open_after_seconds: float
    cases: int
    order: int
    calibrated: bool
    min_confidence: float
    abstains: bool
    rows: pa.Table

    titles: ClassVar = {"en": "Next step", "fa": "گام بعدی"}
    headings: ClassVar = {
        "en": ("event", "probability", "observed", "of", "after", "median time", "25% to 75%"),
        "fa": ("رویداد", "احتمال", "مشاهده‌شده", "از", "پس از", "میانهٔ زمان", "از ۲۵٪ تا ۷۵٪"),
    }

    def table(self) -> pa.Table:
        """One row per outcome, likeliest first."""
        return self.rows

    def to_dict(self) -> dict[str, Any]:
        return {
            "question": "next_step",
            "unit": self.unit,
            "events": self.events,
            "paths": self.paths,
            "persons": self.persons,
            "person": self.person,
            "path_events": self.path_events,
            "last_events": list(self.last_events),
            "last_at": self.last_at,
            "still_open": self.still_open,
            "open_after_seconds": self.open_after_seconds,
            "cases": self.cases,
            "order": self.order,
            "calibrated": self.calibrated,
            "min_confidence": self.min_confidence,
            "abstains": self.abstains,
            "rows": [
                {**row, "observed": wilson(row["count"], row["of"]).to_dict()} for row in rows_of(self.rows)
            ],
        }

    def masked(self, least: int) -> tuple[NextStep, int]:
        """Outcomes seen in fewer than ``least`` cases go: no more persons than cases can be behind them."""
        rare = np.asarray(self.rows["count"]) < least
        return replace(self, rows=self.rows.filter(pa.array(~rare))), int(rare.sum())

    def cells(self, language: Language, limit: int) -> list[list[str]]:
        joint = " تا " if language == "fa" else " to "
        return [
            [
                node(row["event"], language),
                percent(row["probability"], language),
                number(row["count"], language),
                number(row["of"], language),
                " → ".join(self.last_events[len(self.last_events) - row["context"] :])
                if row["context"] <= len(self.last_events)
                else " → ".join([node("(start)", language), *self.last_events]),
                duration(row["median_seconds"], language),
                ""
                if row["p25_seconds"] is None
                else duration(row["p25_seconds"], language) + joint + duration(row["p75_seconds"], language),
            ]
            for row in first_rows(self.rows, limit)
        ]

    def notes(self, language: Language) -> list[str]:
        cases = number(self.cases, language)
        wait = duration(self.open_after_seconds, language)
        if language == "fa":
            found = [f"یادگرفته از {cases} گام با نتیجهٔ معلوم؛ «(پایان)» یعنی تا {wait} رویدادی نیاید."]
            if self.abstains:
                found.append(
                    f"هیچ گامی به احتمال {percent(self.min_confidence, 'fa')} نمی‌رسد؛ پیش‌بینی نمی‌کنیم."
                )
            if not self.still_open:
                found.append(f"از آخرین رویداد بیش از {wait} گذشته است؛ این مسیر پایان‌یافته به حساب می‌آید.")
        else:
            found = [f"Learned from {cases} steps with a known outcome; “(end)”: nothing comes for {wait}."]
            if self.abstains:
                found.append(f"No outcome reaches {percent(self.min_confidence, 'en')}: no prediction.")
            if not self.still_open:
                found.append(f"The last event lies more than {wait} back: this path counts as ended.")
        return [*found, rests_on(self.events, self.persons, language)]

    def drawing(self, language: Language) -> str:
        return drawing.bars(
            [
                drawing.Bar(
                    node(row["event"], language),
                    row["probability"],
                    percent(row["probability"], language),
                )
                for row in rows_of(self.rows)
            ],
            self.titles[language],
            language,
            largest=1.0,
        )


@dataclass(frozen=True)
class Scores:
    """How good one model was; ``log_loss`` is a mean with its interval, the lower the better."""

    model: str
    accuracy: Rate
    top_three: Rate
    log_loss: Interval
    calibration_error: float
    coverage: Rate
    accuracy_when_sure: Rate

    def to_dict(self) -> dict[str, Any]:
        return {
            "model": self.model,
            "accuracy": self.accuracy.to_dict(),
            "top_three": self.top_three.to_dict(),
            "log_loss": interval_dict(self.log_loss),
            "calibration_error": self.calibration_error,
            "coverage": self.coverage.to_dict(),
            "accuracy_when_sure": self.accuracy_when_sure.to_dict(),
        }


def interval_dict(interval: Interval) -> dict[str, float | None]:
    return dict(zip(("value", "low", "high"), interval, strict=True))


_MODELS = {
    "en": {
        "variable_order": "variable order",
        "first_order": "first order",
        "most_frequent": "most frequent",
    },
    "fa": {
        "variable_order": "مرتبهٔ متغیر",
        "first_order": "مرتبهٔ اول",
        "most_frequent": "پرتکرارترین",
    },
}


@dataclass(frozen=True)
class Evaluation(Result):
    """How good the predictions are, beside two simple ones, on what came after ``split_at``.

    Learned from the steps whose outcome was known at that time; tested on ``test_cases`` of the ``all_test_cases`` that
    became known later (every k-th, at most 100,000), the last ``(end)``s included. Both baselines are smoothed and
    the first-order one is calibrated in the same way, so that what is left is what longer contexts are worth.

    - ``accuracy``: the likeliest outcome came; ``top_three``: one of the three likeliest;
    - ``log_loss``: mean of -ln of the probability given to what came; lower is better;
    - ``calibration_error``: mean distance of confidence and share of right ones over ten equal bins of the
      confidence, weighted by their cases (M. P. Naeini, G. F. Cooper, M. Hauskrecht, AAAI 2015);
    - ``coverage``: the share of cases in which the likeliest has at least ``min_confidence``, and
      ``accuracy_when_sure`` in those;
    - ``log_loss_gain``, ``accuracy_gain``: how much better than first order, with 95% intervals that leave
      groups of persons out (see ``jackknife``); rates have Wilson's, which take cases for independent;
    - ``reliability``: for each bin of the confidence its cases, mean confidence, and share of right ones.
    """

    unit: str
    events: int
    paths: int
    persons: int
    sampled_events: int
    split_at: str
    open_after_seconds: float
    training_cases: int
    all_test_cases: int
    test_cases: int
    test_persons: int
    order: int
    exponent: float
    calibrated: bool
    min_confidence: float
    scores: tuple[Scores, ...]
    log_loss_gain: Interval
    accuracy_gain: Interval
    reliability: tuple[dict[str, Any], ...]

    titles: ClassVar = {"en": "How good predictions are", "fa": "دقت پیش‌بینی"}
    headings: ClassVar = {
        "en": (
            "model",
            "accuracy",
            "top three",
            "log loss",
            "calibration error",
            "coverage",
            "accuracy when sure",
        ),
        "fa": (
            "مدل",
            "دقت",
            "در سه گزینهٔ اول",
            "زیان لگاریتمی",
            "خطای کالیبراسیون",
            "پوشش",
            "دقت هنگام اطمینان",
        ),
    }

    def estimates(self) -> list[Estimate]:
        """The accuracy of each model."""
        return [
            share((one.model,), round((one.accuracy.value or 0) * one.accuracy.n), one.accuracy.n)
            for one in self.scores
        ]

    def row_name(self, key: Key, language: Language) -> str:
        return _MODELS[language][key[0]]

    def table(self) -> pa.Table:
        """One row per model: rates and figures as float64, ``n`` int64."""
        return pa.table(
            {
                "model": pa.array([one.model for one in self.scores], pa.string()),
                "n": pa.array([self.test_cases for _ in self.scores], pa.int64()),
                "accuracy": pa.array([one.accuracy.value for one in self.scores], pa.float64()),
                "accuracy_low": pa.array([one.accuracy.low for one in self.scores], pa.float64()),
                "accuracy_high": pa.array([one.accuracy.high for one in self.scores], pa.float64()),
                "top_three": pa.array([one.top_three.value for one in self.scores], pa.float64()),
                "log_loss": pa.array([one.log_loss[0] for one in self.scores], pa.float64()),
                "calibration_error": pa.array([one.calibration_error for one in self.scores], pa.float64()),
                "coverage": pa.array([one.coverage.value for one in self.scores], pa.float64()),
                "accuracy_when_sure": pa.array(
                    [one.accuracy_when_sure.value for one in self.scores], pa.float64()
                ),
            }
        )

    def to_dict(self) -> dict[str, Any]:
        return {
            "question": "next_step_evaluation",
            "unit": self.unit,
            "events": self.events,
            "paths": self.paths,
            "persons": self.persons,
            "sampled_events": self.sampled_events,
            "split_at": self.split_at,
            "open_after_seconds": self.open_after_seconds,
            "training_cases": self.training_cases,
            "all_test_cases": self.all_test_cases,
            "test_cases": self.test_cases,
            "test_persons": self.test_persons,
            "order": self.order,
            "exponent": self.exponent,
            "calibrated": self.calibrated,
            "min_confidence": self.min_confidence,
            "log_loss_gain": interval_dict(self.log_loss_gain),
            "accuracy_gain": interval_dict(self.accuracy_gain),
            "rows": [one.to_dict() for one in self.scores],
            "reliability": list(self.reliability),
        }

    def cells(self, language: Language, limit: int) -> list[list[str]]:
        return [
            [
                _MODELS[language][one.model],
                percent(one.accuracy.value, language),
                percent(one.top_three.value, language),
                _decimals(one.log_loss[0], language),
                percent(one.calibration_error, language),
                percent(one.coverage.value, language),
                percent(one.accuracy_when_sure.value, language),
            ]
            for one in self.scores[:limit]
        ]

    def notes(self, language: Language) -> list[str]:
        cases, tests, persons = (
            number(value, language) for value in (self.training_cases, self.test_cases, self.test_persons)
        )
        gain = " .. ".join(_decimals(one, language) for one in self.log_loss_gain[1:])
        own = _decimals(self.log_loss_gain[0], language)
        if language == "fa":
            from datetime import UTC, datetime

            from hamsafar.lib.jalali import jalali_date
            from hamsafar.lib.persian import localise_digits

            day = localise_digits(jalali_date(datetime.fromisoformat(self.split_at), UTC), "fa")
            return [
                f"یادگیری از {cases} گام پیش از {day}؛ آزمون با {tests} گام پس از آن از {persons} شخص.",
                f"کاهش زیان لگاریتمی نسبت به مرتبهٔ اول: {own} (بازهٔ ۹۵٪: {gain}).",
                rests_on(self.events, self.persons, "fa"),
            ]
        return [
            f"Learned from {cases} steps before {self.split_at}; tested on {tests} after it, of {persons} persons.",
            f"Log loss below first order by {own} (95%: {gain}).",
            rests_on(self.events, self.persons, "en"),
        ]

    def drawing(self, language: Language) -> str:
        """How often predictions were right, by how sure they were."""
        if not self.reliability:
            return ""
        points = [(row["confidence"], row["right"]["value"]) for row in self.reliability]
        band = [(row["confidence"], row["right"]["low"], row["right"]["high"]) for row in self.reliability]
        ticks = [(one / 4, percent(one / 4, language)) for one in range(5)]
        words = {"en": ("share right", "perfect"), "fa": ("سهم درست‌ها", "کالیبراسیون کامل")}[language]
        return drawing.lines(
            [drawing.Line(words[0], points, band), drawing.Line(words[1], [(0.0, 0.0), (1.0, 1.0)])],
            self.titles[language],
            language,
            ticks,
            ticks,
        )


def _decimals(value: float | None, language: Language) -> str:
    if value is None:
        return "–"
    text = f"{value:.3f}"
    if language == "fa":
        from hamsafar.lib.persian import localise_digits

        return localise_digits(text.replace(".", "٫"), "fa")
    return text
