"""Correlates in plain Python: the features of what lies before the goal, as sets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hamsafar.journeys.tests.naive import Path
from hamsafar.journeys.tests.naive_marks import spans

Feature = tuple[str, ...]


def looked_at(path: Path, goal: str, within_us: int | None, data_end_us: int) -> tuple[str, list[int]]:
    """What becomes of a path ("reached", "others", "began", "not watched"), and the places that count."""
    began = path[0].at_us
    if within_us is not None and began + within_us > data_end_us:
        return "not watched", []
    places = [
        place for place, event in enumerate(path) if within_us is None or event.at_us - began <= within_us
    ]
    goals = [begin for begin, end in spans(path, goal) if end - 1 in places]
    if goals and goals[0] == 0:
        return "began", []
    return ("reached", places[: goals[0]]) if goals else ("others", places)


def features(path: Path, places: Sequence[int], values: Sequence[Any]) -> set[Feature]:
    """Events, transitions and values of "city" among these places of a path; ``values`` has one per event."""
    found: set[Feature] = set()
    for place in places:
        name = path[place].name
        found.add(("event", name))
        found.add(("transition", path[place - 1].name if place else "(start)", name))
        if values[place] is not None:
            found.add(("property", "city", str(values[place])))
    return found
