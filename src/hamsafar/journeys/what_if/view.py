"""What ``what_if`` answers, and how it is shown."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from math import isfinite
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa

from hamsafar.journeys import drawing
from hamsafar.journeys.designed.result import MapName
from hamsafar.journeys.estimate import Estimate as SegmentEstimate
from hamsafar.journeys.estimate import share
from hamsafar.journeys.index import Unit
from hamsafar.journeys.small_groups import not_alone, small
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
from hamsafar.lib.intervals import wilson
from hamsafar.lib.persian import localise_digits

ASSUMPTIONS = {
    "en": (
        "What happens next depends only on where a path is, not on how it came there (a first-order Markov chain).",
        "The other transitions from a changed place give way, or gain, in proportion; all others stay as they were.",
        "Whoever takes a transition because of the change goes on as those did who took it before.",
        "A path that stops counts as ended, also when it is still open at the end of the data.",
        "Paths end at the first arrival at the goal; times are means, and independent of each other.",
    ),
    "fa": (
        "گام بعدی فقط به جای فعلی مسیر بستگی دارد، نه به راهی که تا آنجا طی شده است (زنجیرهٔ مارکوف مرتبهٔ اول).",
        "گذارهای دیگر از همان نقطه به نسبت خود کم یا زیاد می‌شوند و بقیهٔ گذارها تغییر نمی‌کنند.",
        "کسانی که به‌سبب تغییر از گذاری عبور می‌کنند، پس از آن مانند عبورکنندگان قبلی رفتار می‌کنند.",
        "مسیری که متوقف شده پایان‌یافته به حساب می‌آید، حتی اگر در پایان داده‌ها هنوز در جریان باشد.",
        "مسیر با نخستین رسیدن به هدف تمام می‌شود؛ زمان‌ها میانگین و مستقل از یکدیگرند.",
    ),
}


@dataclass(frozen=True)
class Estimate:
    """A figure and its 95% interval (see ``jackknife``); None where there is none."""

    value: float | None
    low: float | None
    high: float | None

    @classmethod
    def of(cls, value: float, low: float, high: float) -> Estimate:
        return cls(*(float(one) if isfinite(one) else None for one in (value, low, high)))


@dataclass(frozen=True)
class WhatIf(Result):
    """What changed transitions would change for those who reach a goal.

    The paths are taken as a Markov chain that is absorbed at the goal and at the end. Before any change its
    probability of reaching the goal is exactly the observed share of paths, ``arrived`` of ``paths`` (those with any
    of the nodes), as flows into and out of every node balance; its mean time to the goal is not forced to be the
    observed one, so both are given: how far they are apart tells how well the chain fits.

    - ``reach``, ``conversions`` (reach times paths) and ``seconds`` (mean time to the goal, from the first node, of
      those who reach it): each ``before``, ``after`` and ``change``, with 95% intervals by leaving groups of persons
      out (None with fewer than 30 persons; with more than 30,000 different transitions, to first order: see
      ``chain.Slopes``);
    - ``rows``: each transition with its ``count`` of all ``of`` its source, its ``persons``, ``probability`` before and
      after, ``mean_seconds`` before and after (None from the start and to the end), and ``per_point``: the conversions
      gained if its probability alone rose by one percentage point, to first order (None when it is the only one);
    - ``nodes``: expected visits of a path, and the probability of the goal from there, before and after.

    Over a ``map``, the nodes are its bound touchpoints and the paths are its instances, as on the measured map.

    See ``ASSUMPTIONS``. No paths: no rows, and a ``reason``.
    """

    unit: Unit
    map: MapName | None
    events: int
    paths: int
    persons: int
    goal: str
    changes: tuple[str, ...]
    times: tuple[str, ...]
    arrived: int
    observed_seconds: float | None
    reach_before: Estimate
    reach_after: Estimate
    reach_change: Estimate
    conversions_before: Estimate
    conversions_after: Estimate
    conversions_change: Estimate
    seconds_before: Estimate
    seconds_after: Estimate
    seconds_change: Estimate
    nodes: pa.Table
    rows: pa.Table

    titles: ClassVar = {"en": "What if", "fa": "چه می‌شد اگر"}
    headings: ClassVar = {
        "en": ("source", "target", "count", "probability", "after", "mean time", "after", "per point"),
        "fa": (
            "از",
            "به",
            "تعداد",
            "احتمال",
            "پس از تغییر",
            "میانگین زمان",
            "پس از تغییر",
            "اثر هر واحد درصد",
        ),
    }

    @property
    def reason(self) -> dict[str, str] | None:
        if self.paths:
            return None
        return {"en": "There is no path to follow.", "fa": "مسیری برای دنبال‌کردن نیست."}

    def table(self) -> pa.Table:
        """One row per transition, most frequent first."""
        return self.rows

    def to_dict(self) -> dict[str, Any]:
        rows = rows_of(self.rows)
        figures = {
            figure: {
                when: asdict(getattr(self, f"{figure}_{when}")) for when in ("before", "after", "change")
            }
            for figure in ("reach", "conversions", "seconds")
        }
        return {
            "question": "what_if",
            "unit": self.unit,
            "map": self.map and asdict(self.map),
            "events": self.events,
            "paths": self.paths,
            "persons": self.persons,
            "goal": self.goal,
            "changes": list(self.changes),
            "times": list(self.times),
            "arrived": self.arrived,
            "observed": wilson(self.arrived, self.paths).to_dict(),
            "observed_seconds": self.observed_seconds,
            **figures,
            "assumptions": {language: list(texts) for language, texts in ASSUMPTIONS.items()},
            "reason": self.reason,
            "nodes": rows_of(self.nodes),
            "rows": [{**row, "interval": wilson(row["count"], row["of"]).to_dict()} for row in rows],
        }

    def estimates(self) -> list[SegmentEstimate]:
        """The observed share of each transition among those of its source."""
        return [
            share((row["source"], row["target"]), row["count"], row["of"])
            for row in rows_of(self.rows)
            if row["of"]
        ]

    def masked(self, least: int) -> tuple[WhatIf, int]:
        """The transitions of a source add up, so of each source one that is small takes another with it."""
        gone = np.zeros(self.rows.num_rows, dtype=bool)
        sources = np.array(self.rows["source"].to_pylist(), dtype=object)
        flags = small(self.rows["persons"], least)
        for source in {*sources[flags].tolist()}:
            own = np.flatnonzero(sources == source)
            gone[own] = not_alone(flags[own], self.rows["persons"].take(pa.array(own)))
        hidden = {*sources[gone].tolist()}
        kept = [label not in hidden for label in self.nodes["node"].to_pylist()]
        shown = replace(
            self, rows=self.rows.filter(pa.array(~gone)), nodes=self.nodes.filter(pa.array(kept, pa.bool_()))
        )
        return shown, int(gone.sum())

    def cells(self, language: Language, limit: int) -> list[list[str]]:
        return [
            [
                node(row["source"], language),
                node(row["target"], language),
                number(row["count"], language),
                percent(row["probability"], language),
                percent(row["probability_after"], language) if row["changed"] else "",
                duration(row["mean_seconds"], language),
                duration(row["mean_seconds_after"], language) if row["changed"] else "",
                decimals(row["per_point"], language),
            ]
            for row in first_rows(self.rows, limit)
        ]

    def notes(self, language: Language) -> list[str]:
        reason = self.reason
        if reason:
            return [reason[language], rests_on(self.events, self.persons, language, self.paths, self.unit)]
        before, after = self.reach_before.value, self.reach_after.value
        times = (self.seconds_before.value, self.seconds_after.value)
        shares = [percent(one, language) for one in (before, after)]
        seconds = [duration(one, language) for one in times]
        conversions = [
            number(one.value, language) for one in (self.conversions_before, self.conversions_after)
        ]
        change, low, high = (
            number(one, language)
            for one in (
                self.conversions_change.value,
                self.conversions_change.low,
                self.conversions_change.high,
            )
        )
        if language == "fa":
            found = [
                f"رسیدن به «{self.goal}»: از {shares[0]} به {shares[1]}؛ تبدیل: از {conversions[0]} به "
                f"{conversions[1]} (تغییر {change}، بازهٔ ۹۵٪ از {low} تا {high}).",
                f"میانگین زمان تا هدف: از {seconds[0]} به {seconds[1]}؛ مشاهده‌شده: "
                f"{duration(self.observed_seconds, 'fa')}.",
                f"فرض‌ها: {' '.join(ASSUMPTIONS['fa'])}",
            ]
        else:
            found = [
                f"Reaching “{self.goal}”: from {shares[0]} to {shares[1]}; conversions: from {conversions[0]} to "
                f"{conversions[1]} (change {change}, 95% from {low} to {high}).",
                f"Mean time to the goal: from {seconds[0]} to {seconds[1]}; observed: "
                f"{duration(self.observed_seconds, 'en')}.",
                f"Assumptions: {' '.join(ASSUMPTIONS['en'])}",
            ]
        return [*found, rests_on(self.events, self.persons, language, self.paths, self.unit)]

    def drawing(self, language: Language) -> str:
        """The goal's probability before and after."""
        if not self.paths:
            return ""
        words = {"en": ("before", "after"), "fa": ("پیش از تغییر", "پس از تغییر")}[language]
        return drawing.bars(
            [
                drawing.Bar(word, one.value or 0.0, percent(one.value, language), one.low, one.high)
                for word, one in zip(words, (self.reach_before, self.reach_after), strict=True)
            ],
            self.titles[language],
            language,
        )


def decimals(value: float | None, language: Language) -> str:
    """A figure with two decimals where it is small; never a zero with a sign."""
    if value is None or abs(value) >= 100:
        return number(value, language)
    text = f"{value:.2f}".rstrip("0").rstrip(".").replace("-0", "0" if abs(value) < 0.005 else "-0")
    return localise_digits(text.replace(".", "٫"), "fa") if language == "fa" else text
