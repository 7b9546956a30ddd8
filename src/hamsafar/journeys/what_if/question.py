"""What if: a transition's probability, or its time, is changed; how many more reach a goal, and how soon."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial as bind
from math import isfinite
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from hamsafar.journeys.askable import Askable
from hamsafar.journeys.errors import UnknownEvent
from hamsafar.journeys.index import PathIndex
from hamsafar.journeys.jackknife import GROUPS, interval, person_groups
from hamsafar.journeys.parts import Part
from hamsafar.journeys.transitions import node_names
from hamsafar.journeys.view import END, START
from hamsafar.journeys.what_if.chain import Chain, Floats, Outcome
from hamsafar.journeys.what_if.view import Estimate, WhatIf
from hamsafar.lib.errors import BadInput

Array = npt.NDArray[Any]
How = Literal["=", "+", "*"]

LEAST_PERSONS = 30
MOST_CHANGES = 100
_TABLE_CELLS = 2_000_000
_INTERVAL_EDGES = 30_000  # with more, thirty chains would take too long
_LARGEST_SUM = 2**62
_PART_EVENTS = 5_000_000
_CHANGE = re.compile(r"(.+?)\s*->\s*(.+?)\s*=\s*([+\-*]?)\s*([0-9.]+)\s*(%|[smhdw])?")
_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}


class BadChange(BadInput):
    code = "bad_change"
    en = (
        "“{given}” is not a change. Expected: source->target= and a probability (0.3, +0.05, -5%, *1.2), "
        "or for times 12h, +1d, *0.5."
    )
    fa = (
        "«{given}» تغییر معتبری نیست. شکل درست: source->target= و سپس احتمال (0.3، +0.05، -5%، *1.2) "
        "یا برای زمان 12h، +1d، *0.5."
    )


class ImpossibleChange(BadInput):
    code = "impossible_change"
    en = "After the changes, the transitions from “{source}” would add up to {total}: a probability is from 0 to 1."
    fa = "با این تغییرها جمع گذارهای «{source}» برابر {total} می‌شود؛ احتمال عددی بین ۰ و ۱ است."


class NothingGivesWay(BadInput):
    code = "nothing_gives_way"
    en = "From “{source}” there is no other transition that could take up the rest. Name one, e.g. {source}->(end)."
    fa = "از «{source}» گذار دیگری نیست که بقیه به آن برسد. یکی را نام ببرید؛ مثلاً {source}->(end)."


class NeverEnds(BadInput):
    code = "never_ends"
    en = "After the changes some paths would go round for ever. Leave a way out, e.g. to (end)."
    fa = "با این تغییرها بعضی مسیرها هرگز تمام نمی‌شوند. راه خروجی بگذارید؛ مثلاً به (end)."


@dataclass(frozen=True)
class Change:
    """``value`` is set (=), added (+, may be negative) or multiplied by (*): a probability, or seconds."""

    source: str
    target: str
    how: How
    value: float

    @classmethod
    def of(cls, text: str, *, time: bool = False) -> Change:
        """From ``a->b=+0.05`` or, a time, ``a->b=*0.5`` or ``a->b=12h``; raises ``BadChange``."""
        found = _CHANGE.fullmatch(text.strip())
        try:
            source, target, sign, digits, unit = found.groups() if found else ("", "", "", "", None)
            value = float(digits)
        except ValueError:
            raise BadChange(given=text) from None
        if (unit in _SECONDS and not time) or (unit == "%" and time) or (sign == "*" and unit in _SECONDS):
            raise BadChange(given=text)
        value *= 0.01 if unit == "%" else _SECONDS.get(unit or "", 1)
        how: How = "*" if sign == "*" else "+" if sign else "="
        return cls(source, target, how, -value if sign == "-" else value)

    def of_value(self, before: float) -> float:
        return {"=": self.value, "+": before + self.value, "*": before * self.value}[self.how]

    def __str__(self) -> str:
        sign = {"=": "", "+": "+" if self.value >= 0 else "", "*": "*"}[self.how]
        return f"{self.source}->{self.target}={sign}{self.value:g}"


def what_if(
    paths: Askable,
    goal: str,
    changes: Sequence[Change | str] = (),
    times: Sequence[Change | str] = (),
    *,
    nodes: Mapping[str, Sequence[str]] | None = None,
) -> WhatIf:
    """See ``WhatIf``.

    - ``goal``: an event (or a node) at whose first occurrence a path has arrived;
    - ``changes`` of probabilities and ``times`` of mean times, ``Change`` or its text; ``(start)`` and ``(end)``
      are nodes too. A transition nobody took may be named: it takes the mean time of the others of its source;
    - ``nodes``: names of events that are one node, by its label, e.g. the touchpoints or stages of a map; events
      in none of them are passed over. None: every name is a node. A name in two nodes is of the first.

    Without changes the answer is the chain as it is. Raises ``UnknownEvent``, ``BadChange``, ``ImpossibleChange``,
    ``NothingGivesWay``, ``NeverEnds``.
    """
    plan = _plan(paths, goal, nodes)
    wanted = [one if isinstance(one, Change) else Change.of(one) for one in changes]
    wanted_times = [one if isinstance(one, Change) else Change.of(one, time=True) for one in times]
    if len(wanted) + len(wanted_times) > MOST_CHANGES:
        raise BadChange(given=f"{len(wanted) + len(wanted_times)} > {MOST_CHANGES}")
    for change in (*wanted, *wanted_times):
        if not isfinite(change.value):
            raise BadChange(given=str(change))
        plan.edge(change)
    sparse = not plan.cells and paths.n_events > 2 * _PART_EVENTS
    parts = -(-paths.n_events // _PART_EVENTS) if sparse else None
    return _finish(paths, plan, wanted, wanted_times, paths.reduce(bind(map_part, plan), merge, parts))


def what_if_persons(
    index: PathIndex, goal: str, source: str, target: str, nodes: Mapping[str, Sequence[str]] | None = None
) -> npt.NDArray[np.int64]:
    """Numbers of the persons who took a transition on the way to the goal; ascending int64."""
    plan = _plan(index, goal, nodes)
    wanted = plan.edge(Change(source, target, "=", 0))
    plan = replace(plan, wanted=wanted)
    return index.persons_of(np.flatnonzero(index.reduce(bind(map_part, plan), merge).found))


@dataclass(frozen=True)
class _Plan:
    labels: tuple[str, ...]
    goal: int
    node_of: npt.NDArray[np.int32]
    unit_us: int
    cells: int
    wanted: int  # an edge whose persons are looked for, or -1

    def place(self, label: str, *, start: bool) -> int:
        """The number of a node; raises ``UnknownEvent``."""
        ends = {START: len(self.labels)} if start else {END: len(self.labels) + 1}
        if label in ends:
            return ends[label]
        if label not in self.labels:
            raise UnknownEvent(name=label, known=self.labels)
        return self.labels.index(label)

    def edge(self, change: Change) -> int:
        source, target = self.place(change.source, start=True), self.place(change.target, start=False)
        if source == self.goal:  # a path has arrived there
            raise BadChange(given=str(change))
        return source * (len(self.labels) + 2) + target


def _plan(paths: Askable, goal: str, nodes: Mapping[str, Sequence[str]] | None) -> _Plan:
    if nodes is None:
        labels = tuple(node_names(paths.names))
        node_of = np.arange(len(labels), dtype=np.int32)
    else:
        labels = tuple(node_names(tuple(nodes)))
        node_of = np.full(len(paths.names), -1, dtype=np.int32)
        for place, names in reversed(list(enumerate(nodes.values()))):
            for name in names:
                node_of[paths.code_of(name)] = place
    if goal not in labels:
        raise UnknownEvent(name=goal, known=labels)
    first, last = paths.span_us
    unit_us = 1
    while (last - first) * max(paths.n_paths, 1) // unit_us > _LARGEST_SUM:
        unit_us *= 10
    cells = (len(labels) + 1) * (len(labels) + 2) * GROUPS
    return _Plan(labels, labels.index(goal), node_of, unit_us, cells if cells <= _TABLE_CELLS else 0, -1)


@dataclass(frozen=True)
class _Partial:
    """Of each key ``edge * GROUPS + group`` (ascending): how often, and the sum of gaps."""

    keys: npt.NDArray[np.int64]
    counts: npt.NDArray[np.int64]
    gaps: npt.NDArray[np.int64]
    edges: npt.NDArray[np.int64]
    persons: npt.NDArray[np.int64]  # who have each of the edges
    totals: npt.NDArray[np.int64]  # paths, those that reach the goal, their time
    found: npt.NDArray[np.uint8]


def map_part(plan: _Plan, part: Part) -> _Partial:
    from hamsafar.journeys.kernels.chains import edges_to_goal

    index = part.index
    room = 0 if plan.cells else part.n_events + part.n_paths
    counts, gaps = np.zeros((2, plan.cells), dtype=np.int64)
    edges = plan.cells // GROUPS
    persons, seen = np.zeros(edges, dtype=np.int64), np.full(edges, -1, dtype=np.int64)
    keys, key_gaps, key_persons = np.empty((3, room), dtype=np.int64)
    totals = np.array([0, 0, 0, len(plan.labels)], dtype=np.int64)
    found = np.zeros(part.n_paths if plan.wanted >= 0 else 0, dtype=np.uint8)
    filled = edges_to_goal(
        index.code,
        index.at_us,
        index.offset,
        part.first,
        part.last,
        plan.node_of,
        plan.goal,
        person_groups(part),
        GROUPS,
        plan.unit_us,
        counts,
        gaps,
        part.persons,
        persons,
        seen,
        keys,
        key_gaps,
        key_persons,
        totals,
        plan.wanted,
        found,
    )
    if plan.cells:
        present = np.flatnonzero(counts)
        own = np.flatnonzero(persons)
        return _Partial(present, counts[present], gaps[present], own, persons[own], totals[:3], found)
    order = np.argsort(keys[:filled], kind="stable")
    different, begin, times = np.unique(keys[:filled][order], return_index=True, return_counts=True)
    sums = np.add.reduceat(key_gaps[:filled][order], begin) if filled else key_gaps[:0]
    # Persons are numbered from the part's first, so that an edge and a person are one number.
    width = part.n_paths + 1
    first_person = int(part.persons[0]) if part.n_paths else 0
    both = np.unique(keys[:filled] // GROUPS * width + (key_persons[:filled] - first_person))
    own, own_persons = np.unique(both // width, return_counts=True)
    return _Partial(
        different, times.astype(np.int64), sums, own, own_persons.astype(np.int64), totals[:3], found
    )


def merge(left: _Partial, right: _Partial) -> _Partial:
    from hamsafar.journeys.kernels.counting import merge_counts

    keys, counts = merge_counts(left.keys, left.counts, right.keys, right.counts)
    _, gaps = merge_counts(left.keys, left.gaps, right.keys, right.gaps)
    edges, persons = merge_counts(left.edges, left.persons, right.edges, right.persons)
    return _Partial(
        keys,
        counts,
        gaps,
        edges,
        persons,
        left.totals + right.totals,
        np.concatenate([left.found, right.found]),
    )


def _finish(
    paths: Askable, plan: _Plan, changes: list[Change], times: list[Change], partial: _Partial
) -> WhatIf:
    n = len(plan.labels)
    labels = [*plan.labels, START, END]
    seen, place = np.unique(partial.keys // GROUPS, return_inverse=True)
    named = np.array([plan.edge(one) for one in (*changes, *times)], dtype=np.int64)
    edges = np.union1d(seen, named)
    counts = np.zeros((GROUPS, len(edges)))
    gaps = np.zeros((GROUPS, len(edges)))
    at = np.searchsorted(edges, seen)[place]
    counts[partial.keys % GROUPS, at] = partial.counts
    gaps[partial.keys % GROUPS, at] = partial.gaps
    chain = Chain(n, plan.goal, edges // (n + 2), edges % (n + 2))
    whole, whole_gaps = counts.sum(axis=0), gaps.sum(axis=0) * (plan.unit_us / 1e6)
    n_paths, arrived = int(partial.totals[0]), int(partial.totals[1])
    if not n_paths:
        changes, times = [], []

    def both(
        counted: Floats, seconds_sum: Floats, near: tuple[Outcome, Outcome] | None, *, strict: bool
    ) -> tuple[Outcome, Outcome, Floats, Floats, Floats, Floats]:
        share = chain.probabilities(counted)
        seconds = _mean_seconds(chain, counted, seconds_sum)
        new_share = _changed(chain, labels, share, edges, changes, plan, strict=strict)
        new_seconds = seconds.copy()
        for one in times:
            where = int(np.searchsorted(edges, plan.edge(one)))
            new_seconds[where] = max(one.of_value(seconds[where]), 0.0)
        before = chain.solve(share, seconds, near and near[0])
        after = chain.solve(new_share, new_seconds, near and near[1])
        return before, after, share, seconds, new_share, new_seconds

    before, after, share, seconds, new_share, new_seconds = both(whole, whole_gaps, None, strict=True)
    if n_paths and after.absorbed < 1 - 1e-6:
        raise NeverEnds()
    groups = None
    if paths.n_persons >= LEAST_PERSONS and n_paths and len(edges) <= _INTERVAL_EDGES:
        groups = np.array(
            [
                _figures(
                    *both(
                        whole - counts[group],
                        whole_gaps - gaps[group] * (plan.unit_us / 1e6),
                        (before, after),
                        strict=False,
                    )[:2]
                )
                for group in range(GROUPS)
            ]
        )
    own = _figures(before, after)
    low, high = interval(own, groups) if groups is not None else (np.full(6, np.nan),) * 2

    def estimate(place: int, factor: float = 1.0, least: float | None = None) -> Estimate:
        ends = [low[place], high[place]]
        if least is not None:
            ends = [max(end, least) for end in ends]
        return Estimate.of(own[place] * factor, ends[0] * factor, ends[1] * factor)

    persons = np.zeros(len(edges), dtype=np.int64)
    persons[np.searchsorted(edges, partial.edges)] = partial.persons
    leaving = np.bincount(chain.source, whole, chain.n_states)[chain.source].astype(np.int64)
    slopes = chain.slopes(share, before)
    order = np.lexsort((chain.target, chain.source, -whole))
    touched = {plan.edge(one) for one in (*changes, *times)}
    visited = np.flatnonzero(np.bincount(chain.source, whole, chain.n_states)[:n] > 0)
    return WhatIf(
        unit=paths.unit,
        events=paths.n_events,
        paths=n_paths,
        persons=paths.n_persons,
        goal=labels[plan.goal],
        changes=tuple(str(one) for one in changes),
        times=tuple(str(one) for one in times),
        arrived=arrived,
        observed_seconds=float(partial.totals[2]) * plan.unit_us / 1e6 / arrived if arrived else None,
        reach_before=estimate(0, least=0.0),
        reach_after=estimate(1, least=0.0),
        reach_change=estimate(2),
        conversions_before=estimate(0, n_paths, least=0.0),
        conversions_after=estimate(1, n_paths, least=0.0),
        conversions_change=estimate(2, n_paths),
        seconds_before=estimate(3, least=0.0),
        seconds_after=estimate(4, least=0.0),
        seconds_change=estimate(5),
        nodes=pa.table(
            {
                "node": pa.array([labels[one] for one in visited.tolist()], pa.string()),
                "visits_before": pa.array(before.visits[visited]),
                "visits_after": pa.array(after.visits[visited]),
                "reach_before": pa.array(before.from_state[visited]),
                "reach_after": pa.array(after.from_state[visited]),
            }
        ),
        rows=pa.table(
            {
                "source": pa.array([labels[one] for one in chain.source[order].tolist()], pa.string()),
                "target": pa.array([labels[one] for one in chain.target[order].tolist()], pa.string()),
                "count": pa.array(whole[order].astype(np.int64)),
                "persons": pa.array(persons[order]),
                "of": pa.array(leaving[order]),
                "probability": pa.array(share[order]),
                "probability_after": pa.array(new_share[order]),
                "mean_seconds": pa.array(_timed(chain, seconds, n)[order], from_pandas=True),
                "mean_seconds_after": pa.array(_timed(chain, new_seconds, n)[order], from_pandas=True),
                "per_point": pa.array((slopes * 0.01 * n_paths)[order], from_pandas=True),
                "changed": pa.array([int(one) in touched for one in edges[order]]),
            }
        ),
    )


def _timed(chain: Chain, seconds: Floats, n: int) -> Floats:
    """Times of the edges that have one: from the start and to the end nothing passes."""
    timed: Floats = np.where((chain.source == n) | (chain.target == n + 1), np.nan, seconds)
    return timed


def _figures(before: Outcome, after: Outcome) -> Floats:
    """Probability before, after, change; seconds before, after, change (NaN when the goal is never reached)."""
    seconds = [np.nan if one.seconds is None else one.seconds for one in (before, after)]
    return np.array(
        [before.reach, after.reach, after.reach - before.reach, *seconds, seconds[1] - seconds[0]]
    )


def _mean_seconds(chain: Chain, counts: Floats, sums: Floats) -> Floats:
    """Mean time of each edge; of one that nobody took, the mean of its source's others (0: there are none)."""
    n = chain.n_nodes
    real = (chain.source != n) & (chain.target != n + 1)
    own = np.bincount(chain.source, sums * real, chain.n_states)
    taken = np.bincount(chain.source, counts * real, chain.n_states)
    usual = (own / np.where(taken > 0, taken, 1))[chain.source]
    means: Floats = np.where(counts > 0, sums / np.where(counts > 0, counts, 1), usual * real)
    return means


def _changed(
    chain: Chain,
    labels: list[str],
    share: Floats,
    edges: Array,
    changes: list[Change],
    plan: _Plan,
    *,
    strict: bool,
) -> Floats:
    """The probabilities after the changes; the others of a source keep their proportions.

    ``strict`` is for all persons; without some of them, what would not quite fit is cut to fit.
    """
    changed = share.copy()
    fixed = np.zeros(len(share), dtype=bool)
    for one in changes:
        where = int(np.searchsorted(edges, plan.edge(one)))
        changed[where] = one.of_value(changed[where] if fixed[where] else share[where])
        fixed[where] = True
    for source in {int(chain.source[where]) for where in np.flatnonzero(fixed)}:
        own = chain.source == source
        total = float(changed[own & fixed].sum())
        least = float(changed[own & fixed].min())
        others = float(share[own & ~fixed].sum())
        if total > 1 + 1e-9 or least < -1e-9:
            if strict:
                raise ImpossibleChange(source=labels[source], total=round(total if least >= 0 else least, 4))
            changed[own & fixed] = np.clip(changed[own & fixed], 0, 1) / max(total, 1)
            total = float(changed[own & fixed].sum())
        if others <= 0 and total < 1 - 1e-9:
            if strict:
                raise NothingGivesWay(source=labels[source])
            continue
        changed[own & ~fixed] *= max(1 - total, 0.0) / others if others > 0 else 0.0
    return changed
