"""The questions in plain Python, straight from their definitions: slow and obviously right."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations, pairwise
from statistics import median
from typing import Any, NamedTuple

START, END = "(start)", "(end)"


class Event(NamedTuple):
    person: str
    name: str
    at_us: int


Path = list[Event]


def paths(events: Sequence[Event]) -> dict[str, Path]:
    """Each person's events by time; ``sorted`` keeps the order of equal times."""
    by_person: dict[str, Path] = defaultdict(list)
    for event in events:
        by_person[event.person].append(event)
    return {person: sorted(by_person[person], key=lambda event: event.at_us) for person in sorted(by_person)}


def overview(events: Sequence[Event]) -> dict[str, Any]:
    persons_of: dict[str, set[str]] = defaultdict(set)
    for event in events:
        persons_of[event.name].add(event.person)
    times = [event.at_us for event in events]
    return {
        "events": len(events),
        "persons": len({event.person for event in events}),
        "event_names": len(persons_of),
        "first_us": min(times, default=None),
        "last_us": max(times, default=None),
        "lengths": sorted(len(path) for path in paths(events).values()),
        "names": {
            name: (sum(event.name == name for event in events), len(persons))
            for name, persons in persons_of.items()
        },
    }


def transitions(events: Sequence[Event]) -> dict[tuple[str, str], tuple[int, int, float | None]]:
    """(source, target) -> count, persons, median gap in microseconds."""
    count: Counter[tuple[str, str]] = Counter()
    persons: dict[tuple[str, str], set[str]] = defaultdict(set)
    gaps: dict[tuple[str, str], list[int]] = defaultdict(list)
    for person, path in paths(events).items():
        nodes = [START, *(event.name for event in path), END]
        for pair in pairwise(nodes):
            count[pair] += 1
            persons[pair].add(person)
        for one, other in pairwise(path):
            gaps[one.name, other.name].append(other.at_us - one.at_us)
    return {
        pair: (count[pair], len(persons[pair]), median(gaps[pair]) if pair in gaps else None)
        for pair in count
    }


def variants(events: Sequence[Event]) -> list[tuple[tuple[str, ...], int]]:
    """All variants with their persons, most persons first, ties by path."""
    found = Counter(tuple(event.name for event in path) for path in paths(events).values())
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))


def runs(path: Path, steps: Sequence[str], within_us: int | None) -> list[tuple[int, ...]]:
    """Every way to go through the first, the first two, ... steps: places in the path, in order."""
    return [
        places
        for length in range(1, len(steps) + 1)
        for places in combinations(range(len(path)), length)
        if all(path[place].name == step for place, step in zip(places, steps, strict=False))
        and (within_us is None or path[places[-1]].at_us - path[places[0]].at_us <= within_us)
    ]


def funnel(
    events: Sequence[Event], steps: Sequence[str], within_us: int | None
) -> tuple[list[set[str]], list[list[int]]]:
    """For each step: who reached it, and the times from the first step of those who did."""
    reached: list[set[str]] = [set() for _ in steps]
    times: list[list[int]] = [[] for _ in steps]
    for person, path in paths(events).items():
        ways = runs(path, steps, within_us)
        for places in ways:
            reached[len(places) - 1].add(person)
        if not ways:
            continue
        furthest = max(len(places) for places in ways)
        # Ends first; of those, begins first; of those, every step as early as it can be.
        run = min(
            (places for places in ways if len(places) == furthest),
            key=lambda places: (places[-1], places[0], places),
        )
        for step, place in enumerate(run):
            times[step].append(path[place].at_us - path[run[0]].at_us)
    return reached, times
