"""Funnel: how many paths come how far through given steps, how fast, and where the others go."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial as bind
from itertools import pairwise
from math import inf
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from hamsafar.journeys.alternatives import alternatives
from hamsafar.journeys.askable import Askable
from hamsafar.journeys.errors import (
    BadNumber,
    BadOrder,
    BadWindow,
    ExcludedStep,
    NoSteps,
    OverlappingSteps,
)
from hamsafar.journeys.funnel.view import ORDERS, Funnel, Order
from hamsafar.journeys.index import PathIndex
from hamsafar.journeys.parts import Part
from hamsafar.journeys.statistics import median_ranks
from hamsafar.journeys.transitions import node_names
from hamsafar.journeys.view import END

__all__ = ["Funnel", "funnel", "funnel_persons"]

Array = npt.NDArray[Any]

MOST_STEPS = 50
MOST_LISTED = 100
_EXACT_TIMES = 2_000_000  # times that are kept one by one; above this a histogram takes them
_DENSE_NEXT = 4_000_000  # cells of a table of what comes next
_ALWAYS = np.iinfo(np.int64).max
QUANTILES = {"p10": 0.1, "p25": 0.25, "median": 0.5, "p75": 0.75, "p90": 0.9}


@dataclass(frozen=True)
class _Plan:
    """What the kernels need to know of the question."""

    order: Order
    kind: npt.NDArray[np.uint8]
    steps_of: npt.NDArray[np.int64]
    n_steps: int
    window_us: int
    n_buckets: int
    exact: bool

    @property
    def n_names(self) -> int:
        return len(self.kind)


@dataclass(frozen=True)
class _Runs:
    """The run of each path of a part; ``began`` and ``done`` mean something where a step is reached."""

    reached: Array  # uint8 [paths]
    began: Array  # int64 [paths]
    done: Array  # int64 [paths]
    times: Array  # int64 [2, n_steps, buckets]: from the first step, from the one before
    exact: Array  # int64 [paths or 0, n_steps]


@dataclass(frozen=True)
class _Partial:
    """``next_keys`` = (step reached - 1) * (n_names + 1) + name, n_names for the end: sorted, with ``next_counts``."""

    reached: Array  # int64 [n_steps + 1]: paths by how many steps they reach
    persons: Array  # int64 [n_steps]: persons with a path that reaches the step
    times: Array
    exact: Array
    exact_reached: Array  # uint8 [paths or 0]
    next_keys: Array
    next_counts: Array
    values: Counter[str]  # paths that reach the first step by the value there, as JSON; "" without one


def funnel(
    paths: Askable,
    steps: Sequence[str],
    within_seconds: float | None = None,
    *,
    order: str = "ordered",
    exclude: Sequence[str] = (),
    breakdown: str | None = None,
    breakdown_top: int = 5,
    next_top: int = 5,
) -> Funnel:
    """See ``Funnel``. A step and an excluded text may be several names: ``a|b`` (see ``alternatives``).

    Raises ``UnknownEvent``, ``UnknownProperty``, ``NoSteps`` (none, or over ``MOST_STEPS``), ``BadWindow`` (0,
    negative, not a number), ``BadOrder``, ``ExcludedStep`` (a name both step and excluded), ``OverlappingSteps`` (in
    any order, two steps with some of their names in common) and ``BadNumber``.
    """
    from hamsafar.journeys.funnel.groups import counted_groups

    for field, given in (("breakdown_top", breakdown_top), ("next_top", next_top)):
        if isinstance(given, bool) or not isinstance(given, int) or not 1 <= given <= MOST_LISTED:
            raise BadNumber(given=given, field=field, least=1, most=MOST_LISTED)
    plan = planned(paths, steps, within_seconds, order, exclude)
    partial = paths.reduce(bind(map_part, plan, breakdown), merge)
    next_rows, groups = counted_groups(paths, plan, partial, steps, breakdown, breakdown_top, next_top)
    return Funnel(
        unit=paths.unit,
        events=paths.n_events,
        paths=int(partial.reached.sum()),
        persons=paths.n_persons,
        order=plan.order,
        exclude=tuple(exclude),
        within_seconds=within_seconds,
        breakdown=breakdown,
        median_relative_error=_relative_error(plan),
        rows=_rows(plan, steps, partial),
        next_rows=next_rows,
        groups=groups,
    )


def funnel_persons(
    index: PathIndex,
    steps: Sequence[str],
    within_seconds: float | None,
    step: int,
    *,
    reached: bool = True,
    order: str = "ordered",
    exclude: Sequence[str] = (),
    then: str | None = None,
    not_then: Sequence[str] = (),
    breakdown: str | None = None,
    value: Any = None,
    not_values: Sequence[Any] = (),
) -> npt.NDArray[np.int64]:
    """Numbers of the persons with a path that reached ``step`` (from 1), or the one before and not it.

    Before step 1 is everybody. Of those who did not go on, ``then`` leaves those whose next event has this label
    (``(end)``: none came), ``not_then`` those with another one than these. With ``breakdown``, only those with
    ``value`` of the property at their first step (None: without one), or, when ``not_values`` are given, with
    another value than these. Raises as ``funnel`` does, and ``BadNumber`` for a step that is not there.
    """
    from hamsafar.journeys.funnel.groups import next_keys, value_at

    if not 1 <= step <= len(steps):
        raise BadNumber(given=step, field="step", least=1, most=len(steps))
    plan = planned(index, steps, within_seconds, order, exclude)
    part = Part(index, 0, index.n_paths)
    found = runs(plan, part)
    wanted = found.reached >= step if reached else found.reached == step - 1
    if then is not None or not_then:
        labels = {label: code for code, label in enumerate(node_names(index.names))} | {END: plan.n_names}
        wanted &= found.reached > 0
        nexts = next_keys(plan, part, found, np.flatnonzero(wanted)) % (plan.n_names + 1)
        codes = [
            labels[name] if name in labels else index.code_of(name) for name in (then, *not_then) if name
        ]
        hit = np.isin(nexts, codes)
        wanted[wanted] = hit if then is not None else ~hit
    if breakdown is not None:
        wanted &= found.reached > 0
        places = np.flatnonzero(wanted)
        wanted[places] = value_at(part, found, places, breakdown, value, not_values)
    return index.persons_of(np.flatnonzero(wanted))


def planned(
    paths: Askable, steps: Sequence[str], within_seconds: float | None, order: str, exclude: Sequence[str]
) -> _Plan:
    from hamsafar.journeys.kernels.histogram import buckets_for

    if not 1 <= len(steps) <= MOST_STEPS:
        raise NoSteps(most=MOST_STEPS)
    if order not in ORDERS:
        raise BadOrder(given=order, orders=", ".join(ORDERS))
    if within_seconds is None:
        window_us = _ALWAYS
    elif not within_seconds > 0 or within_seconds == inf:
        raise BadWindow(given=within_seconds)
    else:
        # Compared first: a whole number may be beyond all floats.
        window_us = round(min(within_seconds, 2.0**62 / 1e6) * 1e6)
    kind = np.zeros(len(paths.names), dtype=np.uint8)
    steps_of = np.zeros(len(paths.names), dtype=np.int64)
    names_of = [frozenset(paths.code_of(name) for name in alternatives(step)) for step in steps]
    for place, codes in enumerate(names_of):
        for code in codes:
            steps_of[code] |= 1 << place
            kind[code] = 1
    for text in exclude:
        for name in alternatives(text):
            code = paths.code_of(name)
            if kind[code] == 1:
                raise ExcludedStep(name=name)
            kind[code] = 2
    if order == "any":
        for place, one in enumerate(names_of):
            for before, other in enumerate(names_of[:place]):
                if one & other and one != other:
                    raise OverlappingSteps(one=steps[before], other=steps[place])
    first_us, last_us = paths.span_us
    return _Plan(
        order=order,
        kind=kind,
        steps_of=steps_of,
        n_steps=len(steps),
        window_us=window_us,
        n_buckets=buckets_for(min(window_us, last_us - first_us)),
        exact=paths.n_paths * len(steps) <= _EXACT_TIMES,
    )


def runs(plan: _Plan, part: Part) -> _Runs:
    """The run of each path of a part."""
    from hamsafar.journeys.kernels.funnels import any_order_runs, ordered_runs, strict_runs

    index, n_paths = part.index, part.n_paths
    found = _Runs(
        reached=np.zeros(n_paths, dtype=np.uint8),
        began=np.zeros(n_paths, dtype=np.int64),
        done=np.zeros(n_paths, dtype=np.int64),
        times=np.zeros((2, plan.n_steps, plan.n_buckets), dtype=np.int64),
        exact=np.zeros((n_paths if plan.exact else 0, plan.n_steps), dtype=np.int64),
    )
    kernel = {"ordered": ordered_runs, "strict": strict_runs, "any": any_order_runs}[plan.order]
    kernel(
        index.code,
        index.at_us,
        index.offset,
        part.first,
        part.last,
        plan.kind,
        plan.steps_of,
        plan.n_steps,
        plan.window_us,
        found.reached,
        found.began,
        found.done,
        found.times,
        found.exact,
    )
    # What the kernels leave to us: the first step takes no time; of the second, both times are the same.
    found.times[0, 0, 0] = np.count_nonzero(found.reached)
    if plan.n_steps > 1:
        found.times[1, 1] = found.times[0, 1]
    return found


def map_part(plan: _Plan, breakdown: str | None, part: Part) -> _Partial:
    from hamsafar.journeys.funnel.groups import next_keys, values_at_first_step

    found = runs(plan, part)
    stopped = np.flatnonzero((found.reached > 0) & (found.reached < plan.n_steps))
    keys = next_keys(plan, part, found, stopped)
    n_keys = plan.n_steps * (plan.n_names + 1)
    if n_keys <= _DENSE_NEXT:
        dense = np.bincount(keys, minlength=n_keys)
        keys = np.flatnonzero(dense)
        counts = dense[keys]
    else:
        keys, counts = np.unique(keys, return_counts=True)
    return _Partial(
        reached=np.bincount(found.reached, minlength=plan.n_steps + 1),
        persons=np.array(
            [part.persons_among(found.reached > step) for step in range(plan.n_steps)], dtype=np.int64
        ),
        times=found.times,
        exact=found.exact,
        exact_reached=found.reached if plan.exact else found.reached[:0],
        next_keys=keys,
        next_counts=counts,
        values=Counter() if breakdown is None else values_at_first_step(part, found, breakdown),
    )


def merge(left: _Partial, right: _Partial) -> _Partial:
    keys, place = np.unique(np.concatenate([left.next_keys, right.next_keys]), return_inverse=True)
    counts = np.zeros(len(keys), dtype=np.int64)
    np.add.at(counts, place, np.concatenate([left.next_counts, right.next_counts]))
    return _Partial(
        left.reached + right.reached,
        left.persons + right.persons,
        left.times + right.times,
        np.concatenate([left.exact, right.exact]),
        np.concatenate([left.exact_reached, right.exact_reached]),
        keys,
        counts,
        left.values + right.values,
    )


def _rows(plan: _Plan, steps: Sequence[str], partial: _Partial) -> pa.Table:
    # counts[k] paths reached step k + 1 or a later one
    counts = np.cumsum(partial.reached[::-1])[::-1][1:].tolist()
    columns: dict[str, Any] = {
        "step": pa.array(list(steps), pa.string()),
        "paths": pa.array(counts, pa.int64()),
        "persons": pa.array(partial.persons, pa.int64()),
        "share_of_first": pa.array([_share(one, counts[0]) for one in counts], pa.float64()),
        "share_of_previous": pa.array(
            [None, *(_share(one, before) for before, one in pairwise(counts))],
            pa.float64(),
        ),
    }
    for place, since in enumerate(("first", "previous")):
        for name, quantile in QUANTILES.items():
            columns[f"{name}_seconds_from_{since}"] = pa.array(
                [
                    None
                    if (since == "previous" and step == 0)
                    else _quantile(plan, partial, place, step, quantile)
                    for step in range(plan.n_steps)
                ],
                pa.float64(),
            )
    ranks = [None, *(median_ranks(count) for count in counts[1:])]
    for place, edge in enumerate(("low", "high")):
        columns[f"median_{edge}_seconds_from_previous"] = pa.array(
            [
                None if one is None else _quantile(plan, partial, 1, step, one[place] / (counts[step] - 1))
                for step, one in enumerate(ranks)
            ],
            pa.float64(),
        )
    return pa.table(columns)


def _quantile(plan: _Plan, partial: _Partial, place: int, step: int, quantile: float) -> float | None:
    """Seconds from the first step (place 0) or from the one before (1)."""
    from hamsafar.journeys.kernels.histogram import quantile_us

    if not plan.exact:
        found = quantile_us(partial.times[place, step], quantile)
        return None if found is None else found / 1e6
    reached = partial.exact_reached > step
    if not reached.any():
        return None
    taken = partial.exact[reached, step]
    if place == 1:
        taken = taken - partial.exact[reached, step - 1]
    return float(np.quantile(taken, quantile)) / 1e6


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _relative_error(plan: _Plan) -> float:
    from hamsafar.journeys.kernels.histogram import RELATIVE_ERROR

    return 0.0 if plan.exact else RELATIVE_ERROR


def value_key(value: Any) -> str:
    """A value as a text that tells 1, 1.0, true and "1" apart, in every part of the paths alike."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
