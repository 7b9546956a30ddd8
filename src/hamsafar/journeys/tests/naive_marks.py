"""What a text means in a path, in plain Python: names with bars between, or with an arrow a pattern."""

from __future__ import annotations

from hamsafar.journeys.patterns.language import parse
from hamsafar.journeys.tests import naive_pattern
from hamsafar.journeys.tests.naive import Path


def spans(path: Path, text: str) -> list[tuple[int, int]]:
    """Begin and end (exclusive) of everything in the path that is meant, in order."""
    if "->" in text:
        return naive_pattern.matches(parse(text), path)
    names = text.split("|")
    return [(place, place + 1) for place, event in enumerate(path) if event.name in names]
