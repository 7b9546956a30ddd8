"""Survival: how long it takes from one event to another, those who are not there yet counted fairly."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial as bind
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from hamsafar.journeys.askable import Askable
from hamsafar.journeys.errors import BadNumber
from hamsafar.journeys.index import PathIndex
from hamsafar.journeys.marks import Marks
from hamsafar.journeys.parts import Part
from hamsafar.journeys.survival.kaplan_meier import Curve, log_rank
from hamsafar.journeys.survival.view import Survival, known, median_seconds
from hamsafar.journeys.values import (
    NONE,
    OTHER,
    count_values,
    groups_at,
    joined_counts,
    most_frequent,
    unknown_property,
)
from hamsafar.journeys.view import (
    iso_time,
)

Counts = npt.NDArray[np.int64]

MOST_GROUPS = 20
_EXACT_TIMES = 20_000_000  # times that are kept one by one; above this a histogram takes them
_POINTS = 200
_HOUR, _DAY = 3_600, 86_400
# Round times, in seconds: steps of an axis, and times at which segments are compared.
_STEPS = (
    1, 5, 15, 30, 60, 300, 900, 1_800, _HOUR, 3 * _HOUR, 6 * _HOUR, 12 * _HOUR, _DAY, 2 * _DAY, 7 * _DAY, 14 * _DAY,
    30 * _DAY, 60 * _DAY, 90 * _DAY, 180 * _DAY, 365 * _DAY, 730 * _DAY,
)  # fmt: skip
_TICKS = 6


@dataclass(frozen=True)
class _Asked:
    """``marks``: bit 1 for a start, bit 2 for an end; ``groups`` None: one group of all."""

    marks: Marks
    data_end_us: int
    by: str | None
    groups: list[str] | None
    exact: bool
    n_buckets: int

    @property
    def n_groups(self) -> int:
        return 1 if self.groups is None else len(self.groups) + 2


@dataclass(frozen=True)
class _Partial:
    """Of paths with a start. ``times`` int64 [n] as ``kernels.cohorts.first_to_next`` gives them with their
    ``group``, or ``counted`` int64 [groups, 2, buckets]: those who arrived, those who did not."""

    times: Counts
    group: npt.NDArray[np.uint8]
    counted: Counts
    paths: Counts  # [groups]
    persons: Counts


def survival(paths: Askable, start: str, end: str, *, by: str | None = None, top: int = 5) -> Survival:
    """See ``Survival``; ``start`` and ``end`` are what ``Marks.of`` understands.

    Raises ``UnknownEvent``, ``UnknownProperty``, ``BadNumber`` (``top`` from 1 to ``MOST_GROUPS``) and, for a pattern,
    what ``pattern`` raises.
    """
    if isinstance(top, bool) or not isinstance(top, int) or not 1 <= top <= MOST_GROUPS:
        raise BadNumber(given=top, field="top", least=1, most=MOST_GROUPS)
    asked = _asked(paths, start, end, by, top)
    return finish(paths, asked, start, end, paths.reduce(bind(map_part, asked), merge))


def survival_persons(
    index: PathIndex,
    start: str,
    end: str,
    bucket: str,
    *,
    by: str | None = None,
    top: int = 5,
    group: str | None = None,
    within_seconds: float | None = None,
) -> Counts:
    """Numbers of the persons with a path that ``started``, ``reached`` the end (within a time) or is ``open``.

    ``group`` is one of the groups of ``by``; None: all. ``within_seconds`` with ``open``: not there by that time, and
    watched at least so long.
    """
    asked = _asked(index, start, end, by, top)
    whole = Part(index, 0, index.n_paths)
    taken, place = _taken(asked, whole)
    watched = np.where(taken < -1, -2 - taken, taken)
    limit = (
        np.iinfo(np.int64).max if within_seconds is None else round(min(within_seconds, 2.0**62 / 1e6) * 1e6)
    )
    if bucket == "started":
        chosen = place >= 0
    elif bucket == "reached":
        chosen = (taken >= 0) & (taken <= limit)
    elif within_seconds is None:
        chosen = taken < -1
    else:
        chosen = (place >= 0) & (watched > limit)
    if group is not None and asked.groups is not None and by is not None:
        names = [*asked.groups, OTHER, NONE]
        started = np.flatnonzero(place >= 0)
        own = groups_at(index, by, asked.groups, place[started])
        chosen[started] &= own == (names.index(group) if group in names else -1)
    return index.persons_of(np.flatnonzero(chosen))


def _asked(paths: Askable, start: str, end: str, by: str | None, top: int) -> _Asked:
    from hamsafar.journeys.kernels.histogram import buckets_for

    marks = Marks.of(paths, start, end)
    first_us, last_us = paths.span_us[0], paths.data_end_us
    ungrouped = _Asked(
        marks, last_us, None, None, paths.n_paths <= _EXACT_TIMES, buckets_for(last_us - first_us)
    )
    if by is None:
        return ungrouped
    counts = paths.reduce(bind(_values_at_start, ungrouped, by), joined_counts)
    if counts is None and paths.n_paths:
        raise unknown_property(paths, by)
    groups = most_frequent(counts or Counter(), top)
    return _Asked(marks, last_us, by, groups, ungrouped.exact, ungrouped.n_buckets)


def _values_at_start(asked: _Asked, by: str, part: Part) -> Counter[str] | None:
    _, place = _taken(asked, part)
    return count_values(part.index, by, place[place >= 0])


def _taken(asked: _Asked, part: Part) -> tuple[Counts, Counts]:
    from hamsafar.journeys.kernels.cohorts import first_to_next

    marked = asked.marks.on(part)
    taken, place = np.empty((2, part.n_paths), dtype=np.int64)
    first_to_next(
        marked.code,
        marked.at_us,
        marked.offset,
        0,
        part.n_paths,
        marked.role,
        asked.data_end_us,
        taken,
        place,
    )
    if marked.shift:
        place[place >= 0] += marked.shift
    return taken, place


def map_part(asked: _Asked, part: Part) -> _Partial:
    from hamsafar.journeys.kernels.cohorts import count_times

    taken, place = _taken(asked, part)
    started = place >= 0
    group = np.zeros(int(started.sum()), dtype=np.uint8)
    if asked.groups is not None and asked.by is not None:
        group = groups_at(part.index, asked.by, asked.groups, place[started]).astype(np.uint8)
    persons = [part.persons_among(started)]
    if asked.n_groups > 1:
        of_path = np.full(part.n_paths, -1, dtype=np.int64)
        of_path[started] = group
        persons = [part.persons_among(of_path == number_of) for number_of in range(asked.n_groups)]
    times = taken[started]
    if asked.exact:
        # Every part sorts its own, on its thread; joining sorted runs takes no time to speak of.
        order = None if asked.groups is None else np.argsort(times)
        times = np.sort(times) if order is None else times[order]
        group = group if order is None else group[order]
    counted = np.zeros((asked.n_groups, 2, 0 if asked.exact else asked.n_buckets), dtype=np.int64)
    if not asked.exact:
        count_times(times, group, counted)
    return _Partial(
        times=times if asked.exact else times[:0],
        group=group if asked.exact else group[:0],
        counted=counted,
        paths=np.bincount(group, minlength=asked.n_groups).astype(np.int64),
        persons=np.array(persons, dtype=np.int64),
    )


def merge(left: _Partial, right: _Partial) -> _Partial:
    return _Partial(
        np.concatenate([left.times, right.times]),
        np.concatenate([left.group, right.group]),
        left.counted + right.counted,
        left.paths + right.paths,
        left.persons + right.persons,
    )


def finish(paths: Askable, asked: _Asked, start: str, end: str, partial: _Partial) -> Survival:
    from hamsafar.journeys.kernels.histogram import RELATIVE_ERROR

    names = [None] if asked.groups is None else [*asked.groups, OTHER, NONE]
    shown = [place for place, name in enumerate(names) if partial.paths[place] or name not in (OTHER, NONE)]
    curves = {place: _curve(asked, partial, place) for place in shown}
    longest = max((float(curve.times[-1]) for curve in curves.values() if curve.n), default=0.0)
    groups: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    at_risk: list[dict[str, Any]] = []
    for place in shown:
        curve = curves[place]
        middle, low, high = median_seconds(curve)
        groups.append(
            {
                "group": names[place],
                "paths": int(partial.paths[place]),
                "persons": int(partial.persons[place]),
                "reached": int(curve.reached.sum()),
                "censored": int(curve.censored.sum()),
                "median_seconds": middle,
                "median_low_seconds": low,
                "median_high_seconds": high,
            }
        )
        rows += [{"group": names[place], **row} for row in _thinned(curve)]
        at_risk += [
            {"group": names[place], "seconds": time, "at_risk": curve.at_risk_at(time * 1e6)}
            for time in _round_times(longest / 1e6)
        ]
    whole = [*curves.values()] if asked.groups is None else [_curve(asked, partial, None)]
    floats = (
        "median_seconds",
        "median_low_seconds",
        "median_high_seconds",
        "seconds",
        "survival",
        "low",
        "high",
    )
    return Survival(
        events=paths.n_events,
        paths=paths.n_paths,
        persons=paths.n_persons,
        unit=paths.unit,
        start=start,
        end=end,
        by=asked.by,
        started=int(partial.paths.sum()),
        data_end_at=iso_time(asked.data_end_us) if paths.n_events else None,
        time_relative_error=0.0 if asked.exact else RELATIVE_ERROR,
        groups=_table(
            groups,
            ("group", "paths", "persons", "reached", "censored", *floats[:3]),
        ),
        rows=_table(rows, ("group", "seconds", "at_risk", "reached", "survival", "low", "high")),
        at_risk=_table(at_risk, ("group", "seconds", "at_risk")),
        log_rank=None if asked.groups is None else log_rank([curves[place] for place in shown]),
        curves=whole,
    )


def _curve(asked: _Asked, partial: _Partial, group: int | None) -> Curve:
    """The curve of one group, None: of all; times in microseconds."""
    from hamsafar.journeys.kernels.histogram import bucket_middles

    if asked.exact:
        times = partial.times if group is None else partial.times[partial.group == group]
        return Curve.of(times[times >= 0], -2 - times[times < 0])
    counted = partial.counted.sum(axis=0) if group is None else partial.counted[group]
    present = np.flatnonzero(counted.sum(axis=0))
    return Curve(bucket_middles(asked.n_buckets)[present], counted[0, present], counted[1, present])


def _thinned(curve: Curve) -> list[dict[str, Any]]:
    """The rows of a curve that are shown; see ``Survival``."""
    if not curve.n:
        return []
    low, high = curve.bounds
    fallen = 1 - curve.survival
    level = np.floor(fallen / (fallen[-1] or 1) * _POINTS)
    kept = np.flatnonzero(np.diff(level, prepend=0) > 0)
    kept = np.union1d(kept, [len(curve.times) - 1])
    if curve.times[0] == 0:
        kept = np.union1d(kept, [0])
    arrived = np.diff(np.cumsum(curve.reached)[kept], prepend=0)
    rows: list[dict[str, Any]] = [
        {
            "seconds": float(curve.times[place]) / 1e6,
            "at_risk": int(curve.at_risk[place]),
            "reached": int(count),
            "survival": float(curve.survival[place]),
            "low": known(float(low[place])),
            "high": known(float(high[place])),
        }
        for place, count in zip(kept.tolist(), arrived, strict=True)
    ]
    if curve.times[0] > 0:
        start = {"seconds": 0.0, "at_risk": curve.n, "reached": 0, "survival": 1.0, "low": 1.0, "high": 1.0}
        rows.insert(0, start)
    return rows


def _round_times(longest: float) -> list[float]:
    """At most seven round times from 0 to beyond none of the data."""
    step = next((step for step in _STEPS if longest / step <= _TICKS), None)
    if step is None:
        years = -(-longest // (_STEPS[-1] * _TICKS))
        step = int(_STEPS[-1] * years)
    return [float(step * place) for place in range(int(longest // step) + 1)]


def _table(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> pa.Table:
    def kind(name: str) -> Any:
        if name == "group":
            return pa.string()
        return pa.int64() if name in ("paths", "persons", "reached", "censored", "at_risk") else pa.float64()

    return pa.table({name: pa.array([row[name] for row in rows], kind(name)) for name in columns})
