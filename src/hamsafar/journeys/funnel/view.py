"""What a funnel answers, and how it is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar, Literal, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from hamsafar.journeys.drawing import Bar, bars
from hamsafar.journeys.estimate import Estimate, Key, seconds, share
from hamsafar.journeys.index import Unit
from hamsafar.journeys.small_groups import Flags, not_alone, small
from hamsafar.journeys.view import (
    Language,
    Result,
    duration,
    first_rows,
    medians_note,
    node,
    number,
    percent,
    rows_of,
    unit_word,
    with_paths,
)
from hamsafar.lib.intervals import wilson

Order = Literal["ordered", "any", "strict"]
ORDERS: tuple[Order, ...] = ("ordered", "any", "strict")
QUANTILE_NAMES = ("p10", "p25", "median", "p75", "p90")

_ORDER_NOTES: dict[str, dict[Order, str]] = {
    "en": {"ordered": "", "any": "; in any order", "strict": "; directly one after the other"},
    "fa": {"ordered": "", "any": "، به هر ترتیب", "strict": "، دقیقاً پشت سر هم"},
}
_NONE = {"en": "(none)", "fa": "(بدون مقدار)"}


@dataclass(frozen=True)
class Funnel(Result):
    """How far paths come.

    *Ordered*: a path reaches step k when events e1 ... ek, ei one of the names of step i, exist in its order
    (different events; others may lie between) with t(k) - t(1) within the window; any e1 may be the first.
    *Strict*: they also follow each other directly. *Any* order: different events e1 ... ek, in whatever order, with
    the latest within the window of the earliest. In all three, no excluded event lies between the first and the
    last of them in the path.

    ``rows``, one per step: ``step``, ``paths`` that reach it, ``persons`` whose they are, ``share_of_first``,
    ``share_of_previous`` (of paths; None for the first step, and when nobody is there to have a share of), and
    p10, p25, median, p75, p90 of the seconds from the first step and of those from the step before (linear between
    neighbours, as SQL's ``quantile_cont``).

    Times are those of one run per path: of the runs that come furthest, the one that does so first and, of
    its possible first steps, the earliest; every step is then the next event of its names. In any order, each step
    is its last event before that, and the time of step k is that between the earliest and the latest of the first k.

    ``next_rows``: for each step ``after`` but the last, what came directly after the run's last event in the paths
    that stop there: the most frequent names, ``(end)`` of the path, ``(other)``; ``share`` of all ``of`` that stop,
    which add to 1. ``groups``, with a breakdown: the steps for each of the most frequent values of the property at
    the run's first event, for all other values, and for those without one; a value is JSON.
    """

    unit: Unit
    events: int
    paths: int
    persons: int
    order: Order
    exclude: tuple[str, ...]
    within_seconds: float | None
    breakdown: str | None
    median_relative_error: float
    rows: pa.Table
    next_rows: pa.Table
    groups: pa.Table | None

    titles: ClassVar = {"en": "Funnel", "fa": "قیف"}
    headings: ClassVar = {
        "en": ("step", "persons", "of first", "of previous", "median time from first"),
        "fa": ("گام", "اشخاص", "سهم از گام نخست", "سهم از گام پیشین", "میانهٔ زمان از گام نخست"),
    }

    def table(self) -> pa.Table:
        """``step`` string; ``paths``, ``persons`` int64; the shares and ten ``..._seconds_from_...`` float64."""
        return self.rows

    def to_dict(self) -> dict[str, Any]:
        """``intervals`` has, for every row, its two shares with their 95% Wilson interval and n."""
        rows = rows_of(self.rows)
        paths = [row["paths"] for row in rows]
        return {
            "question": "funnel",
            "unit": self.unit,
            "events": self.events,
            "paths": self.paths,
            "persons": self.persons,
            "order": self.order,
            "exclude": list(self.exclude),
            "within_seconds": self.within_seconds,
            "median_relative_error": self.median_relative_error,
            "rows": [_row(row) for row in rows],
            "intervals": [
                {
                    "of_first": _interval(reached, paths[0]),
                    "of_previous": _interval(reached, before) if step else None,
                }
                for step, (reached, before) in enumerate(zip(paths, [None, *paths[:-1]], strict=True))
            ],
            "next": [
                {**row, "interval": _interval(row["paths"], row["of"])} for row in rows_of(self.next_rows)
            ],
            "breakdown": None
            if self.groups is None
            else {"property": self.breakdown, "groups": self._groups(rows_of(self.groups))},
        }

    def _groups(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        from hamsafar.journeys.funnel.groups import value_of

        found: list[dict[str, Any]] = []
        for row in rows:
            if row["number"] == 1:
                found.append({"kind": row["kind"], "value": value_of(row["value"]), "rows": []})
            own = found[-1]["rows"]
            own.append(
                {
                    **{name: row[name] for name in ("step", "paths", "persons")},
                    "share_of_first": row["share_of_first"],
                    "share_of_previous": row["share_of_previous"],
                    "interval": _interval(row["paths"], own[0]["paths"] if own else row["paths"]),
                }
            )
        return found

    def heads(self, language: Language) -> tuple[str, ...]:
        return with_paths(self.headings[language], 1, self.unit, language)

    def cells(self, language: Language, limit: int) -> list[list[str]]:
        counts = ("persons",) if self.unit == "person" else ("paths", "persons")
        return [
            [
                row["step"],
                *(number(row[count], language) for count in counts),
                percent(row["share_of_first"], language),
                percent(row["share_of_previous"], language),
                duration(row["median_seconds_from_first"], language),
            ]
            for row in first_rows(self.rows, limit)
        ]

    def drawing(self, language: Language) -> str:
        rows = [
            Bar(
                row["step"],
                row["paths"],
                f"{number(row['paths'], language)} ({percent(row['share_of_first'], language)})",
            )
            for row in rows_of(self.rows)
            if row["paths"] is not None
        ]
        return bars(rows, self.titles[language], language)

    def estimates(self) -> list[Estimate]:
        """The share of all paths at the first step, and for each further step the share of those at the first; then
        the median time from the step before, with the interval of ``statistics.median_ranks``."""
        rows = [row for row in rows_of(self.rows) if row["paths"] is not None]
        if rows_of(self.rows)[0]["paths"] is None:
            return []
        first = rows[0]["paths"]
        reached = [
            share((str(place + 1), row["step"]), row["paths"], first if place else self.paths)
            for place, row in enumerate(rows)
        ]
        took = [
            seconds(
                (str(place + 1), row["step"], "median"),
                row["median_seconds_from_previous"],
                row["median_low_seconds_from_previous"],
                row["median_high_seconds_from_previous"],
                row["paths"],
            )
            for place, row in enumerate(rows)
            if place
        ]
        return reached + took

    def row_name(self, key: Key, language: Language) -> str:
        if len(key) == 2:
            return key[1]
        return f"میانهٔ زمان تا «{key[1]}»" if language == "fa" else f"median time to {key[1]}"

    def notes(self, language: Language) -> list[str]:
        all_of_them = number(self.paths, language)
        order = _ORDER_NOTES[language][self.order]
        if language == "fa":
            window = (
                "بدون محدودیت زمان"
                if self.within_seconds is None
                else f"در بازهٔ {duration(self.within_seconds, 'fa')} از گام نخست"
            )
            without = (
                f"، بدون {'، '.join(f'«{one}»' for one in self.exclude)} در میانه" if self.exclude else ""
            )
            basis = f"از {all_of_them} {unit_word(self.unit, 'fa')}، {window}{order}{without}."
        else:
            window = (
                "without a time limit"
                if self.within_seconds is None
                else f"within {duration(self.within_seconds, 'en')} from the first step"
            )
            without = (
                f"; without {', '.join(f'“{one}”' for one in self.exclude)} between" if self.exclude else ""
            )
            basis = f"{unit_word(self.unit, 'en').capitalize()}: {all_of_them}; {window}{order}{without}."
        return [
            basis,
            *self._breakdown_notes(language),
            *self._next_notes(language),
            *medians_note(self.median_relative_error, language),
        ]

    def _next_notes(self, language: Language) -> list[str]:
        """A sentence for each step at which paths stop."""
        sentences = []
        rows = rows_of(self.next_rows)
        for after in dict.fromkeys(row["after"] for row in rows):
            own = [row for row in rows if row["after"] == after]
            stopped, step = number(own[0]["of"], language), own[0]["step"]
            listed = [f"{node(row['next'], language)} {percent(row['share'], language)}" for row in own]
            if language == "fa":
                sentences.append(
                    f"پس از «{step}»، {stopped} مسیر ادامه نداد؛ رویداد بعدی: {'، '.join(listed)}."
                )
            else:
                sentences.append(
                    f"After “{step}”, {stopped} did not go on; what came next: {', '.join(listed)}."
                )
        return sentences

    def _breakdown_notes(self, language: Language) -> list[str]:
        """A line for each group: how many reach each step."""
        if self.groups is None:
            return []
        lines = []
        for group in self._groups(rows_of(self.groups)):
            title = (
                str(group["value"])
                if group["kind"] == "value"
                else node("(other)", language)
                if group["kind"] == "other"
                else _NONE[language]
            )
            arrow = " ← " if language == "fa" else " → "
            counts = arrow.join(number(row["paths"], language) for row in group["rows"])
            share = percent(group["rows"][-1]["share_of_first"], language)
            lines.append(f"{self.breakdown} = {title}: {counts} ({share})")
        return lines

    def masked(self, least: int) -> tuple[Self, int]:
        """Steps keep their names and lose their figures; what came next, and groups, go, and never one alone."""
        steps = small(self.rows["persons"], least)
        nexts = _by_step(self.next_rows, self.next_rows["after"], least)
        gone = int(np.count_nonzero(steps)) + int(np.count_nonzero(nexts))
        groups = self.groups
        if groups is not None:
            groups, more = _masked_groups(groups, self.rows.num_rows, least)
            gone += more
        return (
            replace(
                self,
                rows=_without_figures(self.rows, steps, keep=("step",)),
                next_rows=self.next_rows.filter(pa.array(~nexts)),
                groups=groups,
            ),
            gone,
        )


def _row(row: dict[str, Any]) -> dict[str, Any]:
    """A row with its quantiles in two objects; the median from the first step also by its old name."""
    plain = {name: value for name, value in row.items() if "_seconds_from_" not in name}
    plain["median_seconds_from_first"] = row["median_seconds_from_first"]
    for since in ("first", "previous"):
        plain[f"seconds_from_{since}"] = {
            name: row[f"{name}_seconds_from_{since}"] for name in QUANTILE_NAMES
        }
    return plain


def _interval(part: int | None, whole: int | None) -> dict[str, Any] | None:
    return None if part is None or whole is None else wilson(part, whole).to_dict()


def _without_figures(table: pa.Table, flags: Flags, keep: tuple[str, ...]) -> pa.Table:
    """The table with empty cells where ``flags`` are set, but for the columns in ``keep``."""
    hidden = pa.array(flags)
    columns = {
        name: column if name in keep else pc.if_else(hidden, pa.scalar(None, column.type), column)
        for name, column in zip(table.column_names, table.columns, strict=True)
    }
    return pa.table(columns)


def _by_step(table: pa.Table, step: pa.ChunkedArray, least: int) -> Flags:
    """The small rows, of each step never exactly one."""
    flags = small(table["persons"], least)
    numbers = step.to_numpy()
    for one in np.unique(numbers):
        own = np.flatnonzero(numbers == one)
        flags[own] = not_alone(flags[own], table["persons"].take(pa.array(own)))
    return flags


def _masked_groups(table: pa.Table, n_steps: int, least: int) -> tuple[pa.Table, int]:
    """Groups that are small at their first step go whole; of the others, figures that are small."""
    first = table.filter(pc.equal(table["number"], 1))
    gone = not_alone(small(first["persons"], least), first["persons"])
    kept = table.filter(pa.array(~np.repeat(gone, n_steps)))
    flags = small(kept["persons"], least) if gone.any() else _by_step(kept, kept["number"], least)
    shown = _without_figures(kept, flags, keep=("kind", "value", "number", "step"))
    return shown, int(np.count_nonzero(gone)) + int(np.count_nonzero(flags))
