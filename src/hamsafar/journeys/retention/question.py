"""Retention: of those who began in a period, how many come back in the periods after it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial as bind
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from hamsafar.journeys.alternatives import codes_of
from hamsafar.journeys.askable import Askable
from hamsafar.journeys.errors import BadNumber, UnknownChoice, UnknownCohort
from hamsafar.journeys.index import PathIndex
from hamsafar.journeys.parts import Part
from hamsafar.journeys.retention.view import MODES, Mode, Retention
from hamsafar.journeys.view import iso_time
from hamsafar.lib.intervals import wilson
from hamsafar.lib.periods import PERIODS, WEEKDAYS, Period, Periods, Weekday
from hamsafar.lib.periods import periods as periods_between

Counts = npt.NDArray[np.int64]
MOST_PERIODS = 400


def retention(
    paths: Askable,
    period: Period = "week",
    *,
    first: str | None = None,
    returning: str | None = None,
    mode: Mode = "exact",
    timezone: str = "UTC",
    week_starts: Weekday = "monday",
    periods: int = 12,
) -> Retention:
    """See ``Retention``; rows go up to period ``periods`` (0 to ``MOST_PERIODS``).

    ``first`` and ``returning`` are names, or several as ``a|b``. Raises ``UnknownEvent``, ``UnknownChoice``,
    ``BadNumber``, ``UnknownZone`` and ``OutsideCalendar``.
    """
    asked = _Asked.of(paths, period, first, returning, mode, timezone, week_starts, periods)
    came = paths.reduce(bind(map_part, asked), np.add)
    return finish(paths, asked, came, first, returning, timezone)


def retention_persons(
    index: PathIndex, cohort: str, back_in: int | None = None, *, came_back: bool = True, **asked: Any
) -> Counts:
    """Numbers of the persons of a cohort (``""``: of all) who came back in period ``back_in``, or who did not.

    Without ``back_in``, the whole cohort. ``asked`` and errors as for ``retention``, and ``UnknownCohort``.
    """
    plan = _Asked.of(
        index,
        asked.get("period", "week"),
        asked.get("first"),
        asked.get("returning"),
        asked.get("mode", "exact"),
        asked.get("timezone", "UTC"),
        asked.get("week_starts", "monday"),
        back_in or 0,
    )
    if cohort and cohort not in plan.calendar.names:
        raise UnknownCohort(name=cohort, known=plan.calendar.names)
    of_person = np.empty(index.n_persons, dtype=np.int64)
    _run(plan, index, 0, index.n_persons, of_person)
    members = np.where(of_person < -1, -2 - of_person, of_person)
    chosen = members >= 0
    if cohort:
        # A day that a zone skipped begins with the next one; it is nobody's.
        chosen &= members == len(plan.calendar.names) - 1 - plan.calendar.names[::-1].index(cohort)
    if back_in is not None:
        chosen &= (of_person >= 0) == came_back
    return np.flatnonzero(chosen)


@dataclass(frozen=True)
class _Asked:
    calendar: Periods
    period: Period
    week_starts: Weekday
    mode: Mode
    furthest: int
    begins: npt.NDArray[np.bool_]
    comes_back: npt.NDArray[np.bool_]

    @classmethod
    def of(
        cls,
        paths: Askable,
        period: Period,
        first: str | None,
        returning: str | None,
        mode: Mode,
        timezone: str,
        week_starts: Weekday,
        furthest: int,
    ) -> _Asked:
        choices: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
            ("period", period, PERIODS),
            ("week_starts", week_starts, WEEKDAYS),
            ("mode", mode, MODES),
        )
        for field, given, possible in choices:
            if given not in possible:
                raise UnknownChoice(given=given, field=field, choices=", ".join(possible))
        if isinstance(furthest, bool) or not isinstance(furthest, int) or not 0 <= furthest <= MOST_PERIODS:
            raise BadNumber(given=furthest, field="periods", least=0, most=MOST_PERIODS)
        first_us, last_us = paths.span_us
        # A range that is asked for ends just before its end.
        last_us = max(last_us, paths.data_end_us - 1) if paths.n_events else last_us
        calendar = periods_between(first_us, last_us, period, timezone, week_starts)
        return cls(
            calendar, period, week_starts, mode, furthest, _named(paths, first), _named(paths, returning)
        )


def _named(paths: Askable, text: str | None) -> npt.NDArray[np.bool_]:
    """Which names are meant, bool [n_names]; empty: all."""
    if text is None:
        return np.empty(0, dtype=bool)
    named = np.zeros(len(paths.names), dtype=bool)
    named[codes_of(paths, [text])] = True
    return named


def map_part(asked: _Asked, part: Part) -> Counts:
    of = part.persons
    first, last = (int(of[0]), int(of[-1]) + 1) if len(of) else (0, 0)
    return _run(asked, part.index, first, last, np.empty(0, dtype=np.int64))


def _run(asked: _Asked, index: PathIndex, first: int, last: int, of_person: Counts) -> Counts:
    """Persons of each cohort and how many came back, int64 [periods, furthest + 2]; see ``kernels.cohorts``."""
    from hamsafar.journeys.kernels.cohorts import returns

    came = np.zeros((len(asked.calendar.names), asked.furthest + 2), dtype=np.int64)
    returns(
        index.code,
        index.at_us,
        index.person_offset,
        first,
        last,
        asked.begins,
        asked.comes_back,
        asked.calendar.starts_us,
        asked.furthest,
        asked.mode == "unbounded",
        index.owner is None,
        came,
        of_person,
        asked.furthest,
    )
    return came


def finish(
    paths: Askable, asked: _Asked, came: Counts, first: str | None, returning: str | None, timezone: str
) -> Retention:
    starts, names = asked.calendar.starts_us, asked.calendar.names
    data_end = paths.data_end_us
    columns: dict[str, list[Any]] = {
        name: []
        for name in ("cohort", "begins_at", "size", "period", "persons", "share", "low", "high", "complete")
    }
    joined = np.zeros((asked.furthest + 1, 3), dtype=np.int64)  # cohorts, size, persons
    for cohort in np.flatnonzero(came[:, 0]).tolist():
        size = int(came[cohort, 0])
        for k in range(min(asked.furthest, len(names) - 1 - cohort) + 1):
            persons = int(came[cohort, k + 1])
            complete = bool(starts[cohort + k + 1] <= data_end)
            rate = wilson(persons, size if complete else 0) if complete else wilson(0, 0)
            values = (names[cohort], iso_time(int(starts[cohort])), size, k, persons)
            for name, value in zip(
                columns, (*values, rate.value, rate.low, rate.high, complete), strict=True
            ):
                columns[name].append(value)
            if complete:
                joined[k] += (1, size, persons)
    rates = [wilson(persons, size) for _, size, persons in joined.tolist()]
    listed = [k for k, row in enumerate(joined.tolist()) if row[0]]
    types = (pa.string(), pa.string(), pa.int64(), pa.int64(), pa.int64(), *[pa.float64()] * 3, pa.bool_())
    return Retention(
        events=paths.n_events,
        persons=paths.n_persons,
        paths=paths.n_paths,
        period=asked.period,
        week_starts=asked.week_starts,
        timezone=timezone,
        first=first,
        returning=returning,
        mode=asked.mode,
        began=int(came[:, 0].sum()),
        data_end_at=iso_time(data_end) if paths.n_events else None,
        rows=pa.table(
            {
                name: pa.array(values, kind)
                for (name, values), kind in zip(columns.items(), types, strict=True)
            }
        ),
        overall=pa.table(
            {
                "period": pa.array(listed, pa.int64()),
                **{
                    name: pa.array([int(joined[k, place]) for k in listed], pa.int64())
                    for place, name in enumerate(("cohorts", "size", "persons"))
                },
                "share": pa.array([rates[k].value for k in listed], pa.float64()),
                "low": pa.array([rates[k].low for k in listed], pa.float64()),
                "high": pa.array([rates[k].high for k in listed], pa.float64()),
            }
        ),
    )
