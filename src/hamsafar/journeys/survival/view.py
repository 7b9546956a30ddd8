"""What survival answers: curves, medians, and how a reader sees them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Self

import numpy as np
import pyarrow as pa

from hamsafar.journeys.drawing import Line, lines
from hamsafar.journeys.estimate import Estimate, seconds
from hamsafar.journeys.small_groups import not_alone, small
from hamsafar.journeys.survival.kaplan_meier import Curve, log_rank
from hamsafar.journeys.values import (
    group_name,
)
from hamsafar.journeys.view import (
    Language,
    Result,
    duration,
    first_rows,
    medians_note,
    number,
    p_value,
    percent,
)
from hamsafar.lib.intervals import wilson

_NOBODY = object()
_HOUR, _DAY = 3_600, 86_400
_COMPARED = (_HOUR, _DAY, 7 * _DAY, 30 * _DAY, 90 * _DAY, 365 * _DAY)


@dataclass(frozen=True)
class Survival(Result):
    """How long it takes from ``start`` to ``end``.

    A path is watched from its first ``start`` (an event, several as ``a|b``, or the last event of
    a pattern: see ``marks``) until the next ``end`` after it in path
    order, another event even if the names are the same. A path without one is **censored**: until the end of the data
    (see ``Askable.data_end_us``) it was not there yet. Paths without a start are not looked at.

    ``groups``: for all paths (``group`` None) or for each value of the property ``by`` at the start event
    (the ``top`` values with most paths; then "(other)" for the rest and "(none)" for those without):
    ``paths``, ``persons``, ``reached``, ``censored``, and ``median_seconds``, the median time with its 95%
    interval (None: half never get there, as far as is known). Rows: the Kaplan-Meier curve of each group: at
    ``seconds`` since the start, ``at_risk`` paths were still on the way just before, ``reached`` arrived
    since the row before, and ``survival`` is the share not there yet, with its 95% interval ``low``, ``high``
    (see ``kaplan_meier``). ``at_risk`` gives how many were still on the way at round times. ``log_rank``
    tests that all groups are equally fast.

    Times are exact to the microsecond up to 20 million paths; above, within ``time_relative_error``. Of the curve, the
    rows where it has fallen by another 200th of its whole fall are given, and the last one.
    """

    events: int
    paths: int
    persons: int
    unit: str
    start: str
    end: str
    by: str | None
    started: int
    data_end_at: str | None
    time_relative_error: float
    groups: pa.Table
    rows: pa.Table
    at_risk: pa.Table
    log_rank: dict[str, Any] | None
    curves: list[Curve] = field(repr=False, compare=False)

    titles: ClassVar = {"en": "Time to reach", "fa": "زمان رسیدن"}
    headings: ClassVar = {
        "en": ("group", "paths", "persons", "reached", "median time", "from", "to"),
        "fa": ("گروه", "مسیرها", "اشخاص", "رسیده", "میانهٔ زمان", "از", "تا"),
    }

    def table(self) -> pa.Table:
        """The curve: ``group`` string, ``seconds`` float64, ``at_risk``, ``reached`` int64, ``survival``,
        ``low``, ``high`` float64."""
        return self.rows

    def to_dict(self) -> dict[str, Any]:
        return {
            "question": "survival",
            "unit": self.unit,
            "events": self.events,
            "paths": self.paths,
            "persons": self.persons,
            "start": self.start,
            "end": self.end,
            "by": self.by,
            "started": self.started,
            "data_end_at": self.data_end_at,
            "time_relative_error": self.time_relative_error,
            "groups": self.groups.to_pylist(),
            "log_rank": self.log_rank,
            "at_risk": self.at_risk.to_pylist(),
            "rows": self.rows.to_pylist(),
        }

    def cells(self, language: Language, limit: int) -> list[list[str]]:
        return [
            [
                self._name(row["group"], language),
                *(number(row[name], language) for name in ("paths", "persons", "reached")),
                *(duration(row[f"median{end}_seconds"], language) for end in ("", "_low", "_high")),
            ]
            for row in first_rows(self.groups, limit)
        ]

    def n_rows(self) -> int:
        return int(self.groups.num_rows)

    def notes(self, language: Language) -> list[str]:
        started, paths = number(self.started, language), number(self.paths, language)
        if language == "fa":
            notes = [
                f"از «{self.start}» تا «{self.end}»؛ {started} مسیر از {paths} مسیر آغاز شده‌اند.",
                "آن‌ها که هنوز نرسیده‌اند تا پایان داده‌ها در نظر گرفته شده‌اند (کاپلان-مایر). بازه‌ها ۹۵٪ هستند.",
            ]
        else:
            notes = [
                f"From “{self.start}” to “{self.end}”; paths that begin it: {started} of {paths}.",
                "Those not there yet count until the end of the data (Kaplan-Meier). Intervals are at 95%.",
            ]
        if self.log_rank:
            p = p_value(self.log_rank["p"], language)
            name = "آزمون لگ‌رنک میان گروه‌ها" if language == "fa" else "Log-rank test between the groups"
            notes.append(f"{name}: p = {p}.")
        return notes + medians_note(self.time_relative_error, language)

    def drawing(self, language: Language) -> str:
        rows = self.rows.to_pylist()
        series = []
        for group in self.groups["group"].to_pylist()[:6]:
            own = [row for row in rows if row["group"] == group]
            series.append(
                Line(
                    self._name(group, language),
                    [(row["seconds"], row["survival"]) for row in own],
                    [(row["seconds"], row["low"], row["high"]) for row in own if row["low"] is not None],
                    stairs=True,
                )
            )
        times = list(dict.fromkeys(self.at_risk["seconds"].to_pylist()))
        return lines(
            series,
            self.titles[language],
            language,
            [(time, duration(time, language)) for time in times],
            [(value, percent(value, language)) for value in (0, 0.5, 1)],
        )

    def masked(self, least: int) -> tuple[Self, int]:
        """Without groups of few persons, and without steps at which fewer arrive than that."""
        persons = self.groups["persons"]
        flags = not_alone(small(persons, least), persons)
        gone = set(self.groups.filter(pa.array(flags))["group"].to_pylist())
        kept, arrived, hidden = [], 0, 0
        group: Any = _NOBODY
        for row in self.rows.to_pylist():
            if row["group"] != group:
                group, arrived = row["group"], 0
            arrived += row["reached"]
            shown = group not in gone and (not 0 < arrived < least or row["seconds"] == 0 == row["reached"])
            if shown:
                row["reached"], arrived = arrived, 0
                kept.append(row)
            else:
                hidden += 1
        at_risk = [
            row
            for row in self.at_risk.to_pylist()
            if row["group"] not in gone and not 0 < row["at_risk"] < least
        ]
        masked = replace(
            self,
            groups=self.groups.filter(pa.array(~flags)),
            rows=pa.Table.from_pylist(kept, schema=self.rows.schema),
            at_risk=pa.Table.from_pylist(at_risk, schema=self.at_risk.schema),
            log_rank=None if gone else self.log_rank,
            curves=[] if None in gone else self.curves,
        )
        return masked, hidden + len(gone) + self.at_risk.num_rows - len(at_risk)

    def estimates(self) -> list[Estimate]:
        """Of all paths: the share that is there within an hour, a day, ..., and the median time."""
        if not self.curves:
            return []
        curve = self.curves[0]
        low, high = curve.bounds
        found = []
        for time in _COMPARED:
            place = curve.place(time * 1e6)
            if not curve.n or time * 1e6 > curve.times[-1]:
                continue
            key = (f"{time}s",)
            if place < 0 or curve.survival[place] == 1:
                # Nobody yet, of those who are still watched.
                watched = curve.at_risk_at(time * 1e6)
                none = wilson(0, watched)
                found.append(Estimate(key, "share", none.value, none.low, none.high, watched))
                continue
            least, most = (known(1 - float(edge[place])) for edge in (high, low))
            found.append(Estimate(key, "share", 1 - float(curve.survival[place]), least, most, curve.n))
        return [*found, seconds(("median",), *median_seconds(curve), curve.n)]

    def row_name(self, key: tuple[str, ...], language: Language) -> str:
        if key == ("median",):
            return "میانهٔ زمان" if language == "fa" else "median time"
        time = duration(float(key[0].removesuffix("s")), language)
        return f"رسیده تا {time}" if language == "fa" else f"there within {time}"

    def tests_against(self, other: Result) -> list[dict[str, Any]]:
        if not isinstance(other, Survival) or not (self.curves and other.curves):
            return []
        found = log_rank([self.curves[0], other.curves[0]])
        return [{"name": "log_rank", **found}] if found else []

    def _name(self, group: str | None, language: Language) -> str:
        if group is None:
            return "همه" if language == "fa" else "all"
        return group_name(group, language)


def median_seconds(curve: Curve) -> tuple[float | None, float | None, float | None]:
    middle, low, high = (None if time is None else time / 1e6 for time in curve.median())
    return middle, low, high


def known(value: float) -> float | None:
    return None if np.isnan(value) else value
