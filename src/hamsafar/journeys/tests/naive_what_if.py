"""What-if in plain Python: every path by hand, and a dense matrix turned over."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from hamsafar.journeys.tests.naive import END, START, Event, paths

Edge = tuple[str, str]


def edges(events: Sequence[Event], goal: str) -> tuple[dict[Edge, list[int]], list[int | None]]:
    """The gaps of each transition up to the goal, and the time to the goal of each path; None: not reached."""
    gaps: dict[Edge, list[int]] = defaultdict(list)
    times: list[int | None] = []
    for path in paths(events).values():
        names = [event.name for event in path]
        if goal in names:
            path = path[: names.index(goal) + 1]
        gaps[START, path[0].name].append(0)
        for one, other in pairwise(path):
            gaps[one.name, other.name].append(other.at_us - one.at_us)
        if goal not in names:
            gaps[path[-1].name, END].append(0)
        times.append(path[-1].at_us - path[0].at_us if goal in names else None)
    return gaps, times


def chain(
    shares: dict[Edge, float], seconds: dict[Edge, float], goal: str
) -> tuple[float, float | None, dict[str, float]]:
    """The goal's probability, the mean time of those who reach it, and the expected visits of each node."""
    states = [START, *sorted({node for edge in shares for node in edge} - {START, END, goal})]
    place = {node: number for number, node in enumerate(states)}
    q, r = np.zeros((len(states), len(states))), np.zeros(len(states))
    for (source, target), share in shares.items():
        if target in place:
            q[place[source], place[target]] += share
        elif target == goal:
            r[place[source]] += share
    fundamental = np.linalg.inv(np.eye(len(states)) - q)
    x = fundamental @ r
    ahead: dict[str, float] = {goal: 1.0, END: 0.0, **{node: float(x[place[node]]) for node in states}}
    t = np.zeros(len(states))
    for (source, target), share in shares.items():
        t[place[source]] += share * seconds[source, target] * ahead[target]
    y = fundamental @ t
    visits = {node: float(fundamental[0, place[node]]) for node in states if node != START}
    return float(x[0]), float(y[0] / x[0]) if x[0] > 1e-12 else None, visits


def leaves(shares: dict[Edge, float], goal: str) -> bool:
    """Whether the goal or the end can be reached from wherever a path can come."""
    real = {edge for edge, share in shares.items() if share > 1e-12}

    def reachable(nodes: set[str]) -> set[str]:
        more = nodes | {target for source, target in real if source in nodes}
        return nodes if more == nodes else reachable(more)

    return all({goal, END} & reachable({node}) for node in reachable({START}))


def shares_of(gaps: dict[Edge, list[int]]) -> dict[Edge, float]:
    leaving: Counter[str] = Counter()
    for (source, _), own in gaps.items():
        leaving[source] += len(own)
    return {edge: len(own) / leaving[edge[0]] for edge, own in gaps.items()}


def changed(shares: dict[Edge, float], edge: Edge, share: float) -> dict[Edge, float]:
    rest = 1 - shares[edge]
    after: dict[Any, float] = {}
    for other, before in shares.items():
        if other == edge:
            after[other] = share
        elif other[0] == edge[0]:
            after[other] = before * (1 - share) / rest
        else:
            after[other] = before
    return after
