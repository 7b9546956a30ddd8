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
from hamsafar.journeys.what_if.chain import Chain, Floats, Outcome, Slopes
from hamsafar.journeys.what_if.change import BadChange, Change, Changes, NeverEnds
from hamsafar.journeys.what_if.counting import Counted, Nodes, Observed, Plan, ascending, counted
from hamsafar.journeys.what_if.view import Estimate, WhatIf
from hamsafar.lib.errors import BadInput

LEAST_PERSONS = 30
MOST_CHANGES = 100
EXACT_EDGES = 30_000  # with more, a chain for each group would take long, and intervals are to first order


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
    seen = ascending(partial.keys // GROUPS)
    named = np.array([plan.edge(one) for one in (*changes, *times)], dtype=np.int64)
    edges = ascending(np.sort(np.concatenate([seen, named])))
    chain = Chain(n, plan.goal, edges // (n + 2), edges % (n + 2))
    observed = Observed.of(partial, edges, plan.unit_us)
    whole = observed.counts

    def placed(ones: list[Change]) -> list[tuple[int, Change]]:
        return [(int(np.searchsorted(edges, plan.edge(one))), one) for one in ones]

    what = Changes(chain, labels, placed(changes), placed(times))
    share, seconds, new_share, new_seconds = what.shares(whole, observed.seconds, strict=True)
    before = chain.solve(share, seconds)
    after = chain.solve(new_share, new_seconds, before)
    visits, new_visits = chain.visits(share), chain.visits(new_share)
    if n_paths and not chain.ends(new_share, after, new_visits):
        raise NeverEnds()
    groups = None
    if paths.n_persons >= LEAST_PERSONS and n_paths:
        outcomes = (before, after)
        slopes_of = None
        if len(edges) > EXACT_EDGES:
            slopes_of = (
                Slopes.of(chain, share, seconds, before, visits),
                Slopes.of(chain, new_share, new_seconds, after, new_visits),
            )
        groups = np.array([_without(what, observed, group, outcomes, slopes_of) for group in range(GROUPS)])
    own = _figures(*((one.reach, one.seconds) for one in (before, after)))
    low, high = interval(own, groups) if groups is not None else (np.full(6, np.nan),) * 2

    def estimate(place: int, factor: float = 1.0, least: float | None = None) -> Estimate:
        ends = [low[place], high[place]]
        if least is not None:
            ends = [max(end, least) for end in ends]
        return Estimate.of(own[place] * factor, ends[0] * factor, ends[1] * factor)

    persons = np.zeros(len(edges), dtype=np.int64)
    persons[np.searchsorted(edges, partial.edges)] = partial.persons
    leaving = np.bincount(chain.source, whole, chain.n_states)[chain.source].astype(np.int64)
    slopes = chain.slopes(share, before, visits)
    order = np.lexsort((chain.target, chain.source, -whole))
    touched = {where for where, _ in (*what.shares_at, *what.times_at)}
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
                "node": pa.array(labels, pa.string()).take(pa.array(visited)),
                "visits_before": pa.array(visits[visited]),
                "visits_after": pa.array(new_visits[visited]),
                "reach_before": pa.array(before.reach_from[visited]),
                "reach_after": pa.array(after.reach_from[visited]),
            }
        ),
        rows=pa.table(
            {
                "source": pa.array(labels, pa.string()).take(pa.array(chain.source[order])),
                "target": pa.array(labels, pa.string()).take(pa.array(chain.target[order])),
                "count": pa.array(whole[order].astype(np.int64)),
                "persons": pa.array(persons[order]),
                "of": pa.array(leaving[order]),
                "probability": pa.array(share[order]),
                "probability_after": pa.array(new_share[order]),
                "mean_seconds": pa.array(_timed(chain, seconds, n)[order], from_pandas=True),
                "mean_seconds_after": pa.array(_timed(chain, new_seconds, n)[order], from_pandas=True),
                "per_point": pa.array((slopes * 0.01 * n_paths)[order], from_pandas=True),
                "changed": pa.array(np.isin(order, list(touched))),
            }
        ),
    )


def _timed(chain: Chain, seconds: Floats, n: int) -> Floats:
    """Times of the edges that have one: from the start and to the end nothing passes."""
    timed: Floats = np.where((chain.source == n) | (chain.target == n + 1), np.nan, seconds)
    return timed


def _without(
    what: Changes,
    observed: Observed,
    group: int,
    outcomes: tuple[Outcome, Outcome],
    slopes: tuple[Slopes, Slopes] | None,
) -> Floats:
    """The figures without a group of persons: of its own chains, or, of very large ones, to first order."""
    counts, gaps = observed.without(group)
    share, seconds, new_share, new_seconds = what.shares(counts, gaps, strict=False)
    if slopes is not None:
        return _figures(slopes[0].near(share, seconds), slopes[1].near(new_share, new_seconds))
    solved = (
        what.chain.solve(share, seconds, outcomes[0]),
        what.chain.solve(new_share, new_seconds, outcomes[1]),
    )
    return _figures(*((one.reach, one.seconds) for one in solved))


def _figures(before: tuple[float, float | None], after: tuple[float, float | None]) -> Floats:
    """Probability before, after, change; seconds before, after, change (NaN when the goal is never reached)."""
    seconds = [np.nan if own is None else own for _, own in (before, after)]
    return np.array([before[0], after[0], after[0] - before[0], *seconds, seconds[1] - seconds[0]])
