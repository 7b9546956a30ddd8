"""What if: a transition's probability, or its time, is changed; how many more reach a goal, and how soon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from hamsafar.journeys.askable import Askable
from hamsafar.journeys.designed.map_model import MapModel
from hamsafar.journeys.designed.result import MapName
from hamsafar.journeys.index import PathIndex
from hamsafar.journeys.jackknife import GROUPS, interval
from hamsafar.journeys.view import END, START
from hamsafar.journeys.what_if.chain import Chain, Floats, Outcome
from hamsafar.journeys.what_if.change import BadChange, Change, NeverEnds, changed
from hamsafar.journeys.what_if.counting import Counted, Nodes, Plan, counted
from hamsafar.journeys.what_if.view import Estimate, WhatIf
from hamsafar.lib.errors import BadInput

LEAST_PERSONS = 30
MOST_CHANGES = 100
_INTERVAL_EDGES = 30_000  # with more, thirty chains would take too long


class NodesOrMap(BadInput):
    code = "nodes_or_map"
    en = "The places of the chain are given as nodes or as a map, not as both."
    fa = "جاهای زنجیره یا با گره‌ها تعیین می‌شوند یا با نقشه، نه با هر دو."


def what_if(
    paths: Askable,
    goal: str,
    changes: Sequence[Change | str] = (),
    times: Sequence[Change | str] = (),
    *,
    nodes: Mapping[str, Sequence[str]] | None = None,
    design: MapModel | dict[str, Any] | str | Path | None = None,
) -> WhatIf:
    """See ``WhatIf``.

    - ``goal``: an event (or a node) at whose first occurrence a path has arrived;
    - ``changes`` of probabilities and ``times`` of mean times, ``Change`` or its text; ``(start)`` and ``(end)``
      are nodes too. A transition nobody took may be named: it takes the mean time of the others of its source;
    - ``nodes``: names of events that are one node, by its label, e.g. the touchpoints or stages of a map; events
      in none of them are passed over. None: every name is a node. A name in two nodes is of the first;
    - ``design``: a map, whose bound touchpoints are the nodes, by name or id, and whose matchers say which events they
      are, as when it is measured. Its paths are the map's instances: a person who comes again begins anew.

    Without changes the answer is the chain as it is. Raises ``UnknownEvent``, ``NotBound``, ``BadChange``,
    ``ImpossibleChange``, ``NothingGivesWay``, ``NeverEnds``, ``NodesOrMap`` and what ``MapModel.of`` raises.
    """
    model = _model(nodes, design)
    plan = Plan.of(paths, _nodes(paths, nodes, model), goal)
    wanted = [one if isinstance(one, Change) else Change.of(one) for one in changes]
    wanted_times = [one if isinstance(one, Change) else Change.of(one, time=True) for one in times]
    if len(wanted) + len(wanted_times) > MOST_CHANGES:
        raise BadChange(given=f"{len(wanted) + len(wanted_times)} > {MOST_CHANGES}")
    for change in (*wanted, *wanted_times):
        if not isfinite(change.value):
            raise BadChange(given=str(change))
        plan.edge(change)
    return _finish(paths, plan, wanted, wanted_times, counted(paths, plan, model), model)


def what_if_persons(
    index: PathIndex,
    goal: str,
    source: str,
    target: str,
    nodes: Mapping[str, Sequence[str]] | None = None,
    design: MapModel | dict[str, Any] | str | Path | None = None,
) -> npt.NDArray[np.int64]:
    """Numbers of the persons who took a transition on the way to the goal; ascending int64."""
    model = _model(nodes, design)
    plan = Plan.of(index, _nodes(index, nodes, model), goal)
    return counted(index, plan.looking_for(Change(source, target, "=", 0)), model).found


def _model(
    nodes: Mapping[str, Sequence[str]] | None, design: MapModel | dict[str, Any] | str | Path | None
) -> MapModel | None:
    if design is None:
        return None
    if nodes is not None:
        raise NodesOrMap
    return MapModel.of(design)


def _nodes(paths: Askable, nodes: Mapping[str, Sequence[str]] | None, model: MapModel | None) -> Nodes:
    return Nodes.of_names(paths, nodes) if model is None else Nodes.of_map(model)


def _finish(
    paths: Askable,
    plan: Plan,
    changes: list[Change],
    times: list[Change],
    partial: Counted,
    model: MapModel | None,
) -> WhatIf:
    n = len(plan.nodes.labels)
    labels = [*plan.nodes.labels, START, END]
    n_paths, arrived = int(partial.totals[0]), int(partial.totals[1])
    if not n_paths:
        changes, times = [], []
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

    def placed(ones: list[Change]) -> list[tuple[int, Change]]:
        return [(int(np.searchsorted(edges, plan.edge(one))), one) for one in ones]

    changes_at, times_at = placed(changes), placed(times)

    def both(
        counted: Floats, seconds_sum: Floats, near: tuple[Outcome, Outcome] | None, *, strict: bool
    ) -> tuple[Outcome, Outcome, Floats, Floats, Floats, Floats]:
        share = chain.probabilities(counted)
        seconds = _mean_seconds(chain, counted, seconds_sum)
        new_share = changed(chain, labels, share, changes_at, strict=strict)
        new_seconds = seconds.copy()
        for where, one in times_at:
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
    touched = {where for where, _ in (*changes_at, *times_at)}
    visited = np.flatnonzero(np.bincount(chain.source, whole, chain.n_states)[:n] > 0)
    return WhatIf(
        unit=paths.unit if model is None else "instance",
        map=None if model is None else MapName(model.id, model.title),
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
                "changed": pa.array([int(one) in touched for one in order]),
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
