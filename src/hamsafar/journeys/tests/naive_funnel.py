"""The funnel in plain Python: every way to go through it is tried."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, permutations
from typing import Literal, NamedTuple

from hamsafar.journeys.tests.naive import Event

Path = list[Event]
Places = tuple[int, ...]


class Question(NamedTuple):
    steps: Sequence[set[str]]
    within_us: int | None
    order: Literal["ordered", "any", "strict"]
    exclude: set[str]


class Run(NamedTuple):
    """``taken_us``: of each reached step, the time from the first, or in any order from the earliest to the latest."""

    places: Places
    taken_us: list[int]


def ways(path: Path, asked: Question, length: int) -> Iterator[Places]:
    """Every way to reach step ``length``: the places of its events."""
    choose = permutations if asked.order == "any" else combinations
    for places in choose(range(len(path)), length):
        first, last = min(places), max(places)
        if any(path[place].name not in step for place, step in zip(places, asked.steps, strict=False)):
            continue
        if asked.within_us is not None and path[last].at_us - path[first].at_us > asked.within_us:
            continue
        if any(path[place].name in asked.exclude for place in range(first + 1, last)):
            continue
        if asked.order == "strict" and last - first != length - 1:
            continue
        yield places


def run(path: Path, asked: Question) -> Run | None:
    """The run whose times are told: one of the furthest, the first to end."""
    for length in range(len(asked.steps), 0, -1):
        found = list(ways(path, asked, length))
        if not found:
            continue
        end = min(max(places) for places in found)
        found = [places for places in found if max(places) == end]
        if asked.order == "any":  # every step by its last event before the end
            best = max(found)
            spans = [best[: n + 1] for n in range(length)]
            return Run(best, [path[max(own)].at_us - path[min(own)].at_us for own in spans])
        best = min(found)  # begins first, and takes every step as early as it can be
        return Run(best, [path[place].at_us - path[best[0]].at_us for place in best])
    return None
