"""What retention is: its figures, and how they are shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, ClassVar, Literal, Self, get_args

import numpy as np
import pyarrow as pa

from hamsafar.journeys.drawing import Cell, Line, heat, lines
from hamsafar.journeys.estimate import Estimate, share
from hamsafar.journeys.small_groups import not_alone, small
from hamsafar.journeys.view import Language, Result, first_rows, number, percent
from hamsafar.lib.jalali import MONTHS, jalali_date
from hamsafar.lib.periods import Period, Weekday
from hamsafar.lib.persian import localise_digits

Mode = Literal["exact", "unbounded"]
MODES: tuple[Mode, ...] = get_args(Mode)

_DRAWN = 13  # periods, and cohorts, that a notebook's drawing shows
_WORDS: dict[str, dict[str, str]] = {
    "en": {"day": "day", "week": "week", "month": "month", "jalali_month": "Jalali month"},
    "fa": {"day": "روز", "week": "هفته", "month": "ماه میلادی", "jalali_month": "ماه شمسی"},
}


@dataclass(frozen=True)
class Retention(Result):
    """Who comes back.

    A person belongs to the cohort of the period (of a calendar, in a time zone) that holds their first event, or
    the first one named ``first``. They came back in period k when an event after that one (in the order of the
    path; any, or one named ``returning``) lies in the k-th period after the cohort's, counted in the same calendar;
    k = 0 is the rest of the cohort's own period. ``unbounded``: in period k or any later one.

    One row per cohort and period k up to the end of the data: ``cohort`` (``2026-01-31`` for days and weeks,
    ``2026-01`` for months, ``1404-11`` for Jalali months), ``begins_at`` (the cohort's first instant),
    ``size`` (its persons), ``period`` k, ``persons`` who came back, ``share`` with its 95% Wilson interval
    ``low``, ``high``, and ``complete``: whether the data go on beyond the end of that period. Where they do
    not, more may come back, so ``persons`` is what is known so far and there is no share.

    ``overall`` joins the cohorts: for each period k, those whose period is complete (``cohorts``, ``size``), the
    persons who came back, their share and interval: the mean of the cohorts' shares weighted by size.

    Coming back is something a person does: paths cut by session or instance are joined again.
    """

    events: int
    persons: int
    paths: int
    period: Period
    week_starts: Weekday
    timezone: str
    first: str | None
    returning: str | None
    mode: Mode
    began: int
    data_end_at: str | None
    rows: pa.Table
    overall: pa.Table

    titles: ClassVar = {"en": "Retention", "fa": "نرخ ماندگاری"}
    headings: ClassVar = {
        "en": ("cohort", "size", "period", "persons", "share", "from", "to"),
        "fa": ("گروه شروع", "اندازه", "دوره", "اشخاص", "سهم", "از", "تا"),
    }

    def table(self) -> pa.Table:
        """``cohort``, ``begins_at`` string; ``size``, ``period``, ``persons`` int64; ``share``, ``low``,
        ``high`` float64; ``complete`` bool."""
        return self.rows

    def to_dict(self) -> dict[str, Any]:
        return {
            "question": "retention",
            "unit": "person",
            "events": self.events,
            "paths": self.paths,
            "persons": self.persons,
            "period": self.period,
            "week_starts": self.week_starts,
            "timezone": self.timezone,
            "first": self.first,
            "returning": self.returning,
            "mode": self.mode,
            "began": self.began,
            "data_end_at": self.data_end_at,
            "rows": self.rows.to_pylist(),
            "overall": self.overall.to_pylist(),
        }

    def cells(self, language: Language, limit: int) -> list[list[str]]:
        return [
            [
                cohort_name(row["cohort"], self.period, language),
                number(row["size"], language),
                number(row["period"], language),
                number(row["persons"], language) + ("" if row["complete"] else "+"),
                *(percent(row[figure], language) for figure in ("share", "low", "high")),
            ]
            for row in first_rows(self.rows, limit)
        ]

    def notes(self, language: Language) -> list[str]:
        period = _WORDS[language][self.period]
        began, persons = number(self.began, language), number(self.persons, language)
        if language == "fa":
            if not self.began:
                return ["هیچ شخصی رویداد آغازین ندارد."]
            back = f"«{self.returning}»" if self.returning else "هر رویداد"
            kind = "در همان دوره یا پس از آن" if self.mode == "unbounded" else "در همان دوره"
            return [
                f"دوره: {period}، به وقت {self.timezone}. {began} شخص از {persons} شخص در گروه‌ها هستند.",
                f"بازگشت: {back} پس از رویداد آغازین، {kind}. بازه‌ها ۹۵٪ هستند.",
                "+ یعنی آن دوره هنوز تمام نشده است؛ تا اینجا این تعداد برگشته‌اند.",
            ]
        if not self.began:
            return ["No one has an event to begin with."]
        back = f"“{self.returning}”" if self.returning else "any event"
        kind = "in that period or later" if self.mode == "unbounded" else "in that period"
        return [
            f"Period: {period}, in {self.timezone}. Persons in cohorts: {began} of {persons}.",
            f"Coming back: {back} after the first one, {kind}. Intervals are at 95%.",
            "+ marks a period that is not over yet: so many came back so far.",
        ]

    def drawing(self, language: Language) -> str:
        rows = self.rows.to_pylist()
        cohorts = list(dict.fromkeys(row["cohort"] for row in rows))[-_DRAWN:]
        shown = range(min(_DRAWN, max((row["period"] for row in rows), default=-1) + 1))
        cells: dict[tuple[str, int], Cell] = {
            (row["cohort"], row["period"]): Cell(
                row["share"],
                percent(row["share"], language)
                if row["complete"]
                else number(row["persons"], language) + "+",
                not row["complete"],
            )
            for row in rows
        }
        curve = [row for row in self.overall.to_pylist() if row["period"] in shown and row["size"]]
        last = max((row["period"] for row in curve), default=0)
        step = max(1, -(-last // 6))
        return heat(
            [cohort_name(cohort, self.period, language) for cohort in cohorts],
            [number(period, language) for period in shown],
            [[cells.get((cohort, period)) for period in shown] for cohort in cohorts],
            self.titles[language],
            language,
        ) + lines(
            [
                Line(
                    "همهٔ گروه‌ها" if language == "fa" else "all cohorts",
                    [(row["period"], row["share"]) for row in curve],
                    [(row["period"], row["low"], row["high"]) for row in curve],
                )
            ],
            self.titles[language],
            language,
            [(k, number(k, language)) for k in sorted({*range(0, last, step), last})] if curve else [],
            [(value, percent(value, language)) for value in (0, 0.5, 1)],
        )

    def masked(self, least: int) -> tuple[Self, int]:
        """Without cohorts of few persons, and rows to which few came back; nor may the joined row tell of one."""
        table = self.rows
        sizes = dict(zip(table["cohort"].to_pylist(), table["size"].to_pylist(), strict=True))
        cohorts = pa.table({"cohort": list(sizes), "persons": pa.array(list(sizes.values()), pa.int64())})
        hidden = not_alone(small(cohorts["persons"], least), cohorts["persons"])
        gone_cohorts = set(cohorts.filter(pa.array(hidden))["cohort"].to_pylist())
        in_gone = np.array([cohort in gone_cohorts for cohort in table["cohort"].to_pylist()], dtype=bool)
        gone = small(table["persons"], least) | in_gone
        rows = table.filter(pa.array(~gone))
        told = set(table.filter(pa.array(gone))["period"].to_pylist())
        kept = [
            row["period"] not in told and not 0 < row["persons"] < least for row in self.overall.to_pylist()
        ]
        overall = self.overall.filter(pa.array(kept, pa.bool_()))
        withheld = int(gone.sum()) + len(kept) - sum(kept)
        return replace(self, rows=rows, overall=overall), withheld

    def estimates(self) -> list[Estimate]:
        """The share of all cohorts that comes back in each period, of the cohorts whose period is complete."""
        return [share((str(row["period"]),), row["persons"], row["size"]) for row in self.overall.to_pylist()]

    def row_name(self, key: tuple[str, ...], language: Language) -> str:
        return f"{_WORDS[language][self.period]} {localise_digits(key[0], language)}"


def cohort_name(cohort: str, period: Period, language: Language) -> str:
    """A cohort as a reader says it: Jalali months by name, and in Persian also days by the Jalali calendar."""
    if period in ("day", "week") and language == "fa":
        return localise_digits(jalali_date(datetime.fromisoformat(cohort).replace(tzinfo=UTC), UTC), "fa")
    if period == "jalali_month" and language == "fa":
        year, month = cohort.split("-")
        return f"{MONTHS[int(month) - 1]} {localise_digits(year, 'fa')}"
    return localise_digits(cohort, language)
