"""Funnel: how many persons come how far through given steps, and how fast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial as bind
from math import inf
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from hamsafar.journeys.askable import Askable
from hamsafar.journeys.drawing import Bar, bars
from hamsafar.journeys.errors import BadNumber, BadWindow, NoSteps
from hamsafar.journeys.estimate import Estimate, Key, share
from hamsafar.journeys.index import PathIndex, Unit
from hamsafar.journeys.parts import Part
from hamsafar.journeys.view import (
    Language,
    Result,
    duration,
    first_rows,
    medians_note,
    number,
    percent,
    unit_word,
    with_paths,
)
from hamsafar.lib.intervals import wilson

Array = npt.NDArray[Any]

MOST_STEPS = 50
_EXACT_TIMES = 2_000_000  # times that are kept one by one; above this a histogram takes them
_ALWAYS = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Funnel(Result):
    """How far paths come.

    A path reaches step k when events e1 ... ek exist in its order (different events; others may lie
    between) with t(k) - t(1) within the window; any e1 may be the first. One row per step: ``step``,
    ``paths`` that reach it, ``persons`` whose they are, ``share_of_first``, ``share_of_previous`` (of paths;
    None for the first step, and when nobody is there to have a share of) and ``median_seconds_from_first``.

    Times are those of one run per path: of the runs that come furthest, the one that does so first and, of
    its possible first steps, the earliest; every step is then the next event of its name.
    """

    unit: Unit
    events: int
    paths: int
    persons: int
    within_seconds: float | None
    median_relative_error: float
    rows: pa.Table

    titles: ClassVar = {"en": "Funnel", "fa": "قیف"}
    headings: ClassVar = {
        "en": ("step", "persons", "of first", "of previous", "median time from first"),
        "fa": ("گام", "اشخاص", "سهم از گام نخست", "سهم از گام پیشین", "میانهٔ زمان از گام نخست"),
    }

    def table(self) -> pa.Table:
        """``step`` string; ``paths``, ``persons`` int64; shares and ``median_seconds_from_first`` float64."""
        return self.rows

    def to_dict(self) -> dict[str, Any]:
        """``intervals`` has, for every row, its two shares with their 95% Wilson interval and n."""
        paths = self.rows["paths"].to_pylist()
        first = paths[0]
        return {
            "question": "funnel",
            "unit": self.unit,
            "events": self.events,
            "paths": self.paths,
            "persons": self.persons,
            "within_seconds": self.within_seconds,
            "median_relative_error": self.median_relative_error,
            "rows": self.rows.to_pylist(),
            "intervals": [
                {
                    "of_first": wilson(reached, first).to_dict(),
                    "of_previous": wilson(reached, before).to_dict() if before is not None else None,
                }
                for reached, before in zip(paths, [None, *paths[:-1]], strict=True)
            ],
        }

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
                row["persons"],
                f"{number(row['persons'], language)} ({percent(row['share_of_first'], language)})",
            )
            for row in first_rows(self.rows, MOST_STEPS)
        ]
        return bars(rows, self.titles[language], language)

    def estimates(self) -> list[Estimate]:
        """The share of all paths at the first step, and for each further step the share of those at the first."""
        rows = self.rows.to_pylist()
        return [
            share((str(place + 1), row["step"]), row["paths"], rows[0]["paths"] if place else self.paths)
            for place, row in enumerate(rows)
        ]

    def row_name(self, key: Key, language: Language) -> str:
        return key[1]

    def notes(self, language: Language) -> list[str]:
        all_of_them = number(self.paths, language)
        if language == "fa":
            window = (
                "بدون محدودیت زمان"
                if self.within_seconds is None
                else f"در بازهٔ {duration(self.within_seconds, 'fa')} از گام نخست"
            )
            basis = f"از {all_of_them} {unit_word(self.unit, 'fa')}، {window}."
        else:
            window = (
                "without a time limit"
                if self.within_seconds is None
                else f"within {duration(self.within_seconds, 'en')} from the first step"
            )
            basis = f"{unit_word(self.unit, 'en').capitalize()}: {all_of_them}; {window}."
        return [basis, *medians_note(self.median_relative_error, language)]


@dataclass(frozen=True)
class _Partial:
    reached: Array  # uint8 [paths]: steps reached
    persons: Array  # int64 [n_steps]: persons with a path that reaches the step
    times: Array  # [n_steps, buckets]: times from the first step
    exact: Array  # int64 [paths or 0, n_steps], where reached


def funnel(paths: Askable, steps: Sequence[str], within_seconds: float | None = None) -> Funnel:
    """See ``Funnel``. A window of None sets no limit.

    Raises ``UnknownEvent``, ``NoSteps`` (none, or over ``MOST_STEPS``) and ``BadWindow`` (0, negative, not a
    number).
    """
    return finish(paths, steps, within_seconds, _run(paths, steps, within_seconds))


def funnel_persons(
    index: PathIndex, steps: Sequence[str], within_seconds: float | None, step: int, *, reached: bool = True
) -> npt.NDArray[np.int64]:
    """Numbers of the persons with a path that reached ``step`` (from 1), or the one before and not it.

    Before step 1 is everybody. Raises as ``funnel`` does, and ``BadNumber`` for a step that is not there.
    """
    if not 1 <= step <= len(steps):
        raise BadNumber(given=step, field="step", least=1, most=len(steps))
    furthest = _run(index, steps, within_seconds).reached
    return index.persons_of(np.flatnonzero(furthest >= step if reached else furthest == step - 1))


def map_part(
    steps_of: Array, n_steps: int, window_us: int, longest_us: int, exact: bool, part: Part
) -> _Partial:
    from hamsafar.journeys.kernels.funnels import funnel_runs
    from hamsafar.journeys.kernels.histogram import buckets_for

    index = part.index
    partial = _Partial(
        reached=np.zeros(part.n_paths, dtype=np.uint8),
        persons=np.zeros(n_steps, dtype=np.int64),
        times=np.zeros((n_steps, buckets_for(min(window_us, longest_us))), dtype=np.int64),
        exact=np.zeros((part.n_paths if exact else 0, n_steps), dtype=np.int64),
    )
    funnel_runs(
        index.code,
        index.at_us,
        index.offset,
        part.first,
        part.last,
        steps_of,
        n_steps,
        window_us,
        partial.reached,
        partial.times,
        partial.exact,
    )
    for step in range(n_steps):
        partial.persons[step] = part.persons_among(partial.reached > step)
    return partial


def merge(left: _Partial, right: _Partial) -> _Partial:
    return _Partial(
        np.concatenate([left.reached, right.reached]),
        left.persons + right.persons,
        left.times + right.times,
        np.concatenate([left.exact, right.exact]),
    )


def finish(paths: Askable, steps: Sequence[str], within_seconds: float | None, partial: _Partial) -> Funnel:
    from hamsafar.journeys.kernels import histogram

    n_steps = len(steps)
    # counts[k] paths reached step k + 1 or a later one
    counts = np.cumsum(np.bincount(partial.reached, minlength=n_steps + 1)[::-1])[::-1][1:].tolist()
    medians: list[float | None]
    if len(partial.exact):
        medians = [
            float(np.median(partial.exact[partial.reached > step, step])) if counts[step] else None
            for step in range(n_steps)
        ]
    else:
        medians = [histogram.median_us(partial.times[step]) for step in range(n_steps)]
    previous = [None, *counts[:-1]]
    return Funnel(
        unit=paths.unit,
        events=paths.n_events,
        paths=len(partial.reached),
        persons=paths.n_persons,
        within_seconds=within_seconds,
        median_relative_error=0.0 if _is_exact(paths, n_steps) else histogram.RELATIVE_ERROR,
        rows=pa.table(
            {
                "step": pa.array(list(steps), pa.string()),
                "paths": pa.array(counts, pa.int64()),
                "persons": pa.array(partial.persons, pa.int64()),
                "share_of_first": pa.array(
                    [reached / counts[0] if counts[0] else None for reached in counts], pa.float64()
                ),
                "share_of_previous": pa.array(
                    [
                        reached / before if before else None
                        for reached, before in zip(counts, previous, strict=True)
                    ],
                    pa.float64(),
                ),
                "median_seconds_from_first": pa.array(
                    [None if median is None else median / 1e6 for median in medians], pa.float64()
                ),
            }
        ),
    )


def _run(paths: Askable, steps: Sequence[str], within_seconds: float | None) -> _Partial:
    if not 1 <= len(steps) <= MOST_STEPS:
        raise NoSteps(most=MOST_STEPS)
    if within_seconds is None:
        window_us = _ALWAYS
    elif not within_seconds > 0 or within_seconds == inf:
        raise BadWindow(given=within_seconds)
    else:
        # Compared first: a whole number may be beyond all floats.
        window_us = round(min(within_seconds, 2.0**62 / 1e6) * 1e6)
    steps_of = np.zeros(len(paths.names), dtype=np.int64)
    for place, name in enumerate(steps):
        steps_of[paths.code_of(name)] |= 1 << place
    exact = _is_exact(paths, len(steps))
    first_us, last_us = paths.span_us
    counted = bind(map_part, steps_of, len(steps), window_us, last_us - first_us, exact)
    return paths.reduce(counted, merge)


def _is_exact(paths: Askable, n_steps: int) -> bool:
    return paths.n_paths * n_steps <= _EXACT_TIMES
