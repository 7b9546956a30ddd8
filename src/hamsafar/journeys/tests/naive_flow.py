"""Flow in plain Python: a row of nodes for each anchor, counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from hamsafar.journeys.patterns.tree import Node
from hamsafar.journeys.tests import naive_pattern
from hamsafar.journeys.tests.naive import END, START, Path

OTHER = "(other)"


def flow(
    paths: Sequence[Path], anchor: Node, before: int, after: int, top: int, occurrence: str, collapse: bool
) -> tuple[dict[tuple[int, str], tuple[int, int]], dict[tuple[int, str, str], tuple[int, int]], int]:
    """(step, node) and (step, source, target) -> count, persons; and how many anchors there are."""
    rows: list[tuple[str, dict[int, str]]] = []
    for path in paths:
        if collapse:
            path = [
                event for place, event in enumerate(path) if not place or path[place - 1].name != event.name
            ]
        found = naive_pattern.matches(anchor, path)
        for begin, end in {"first": found[:1], "last": found[-1:], "every": found}[occurrence]:
            row = {0: "anchor"}
            for step in range(1, before + 1):
                row[-step] = path[begin - step].name if begin - step >= 0 else START
            for step in range(1, after + 1):
                row[step] = path[end - 1 + step].name if end - 1 + step < len(path) else END
            rows.append((path[0].person, row))
    for step in range(-before, after + 1):
        counts = Counter(row[step] for _, row in rows if row[step] not in (START, END))
        listed = sorted(counts, key=lambda name: (-counts[name], name))[:top]
        for _, row in rows:
            if row[step] not in (*listed, START, END):
                row[step] = OTHER
    nodes: dict[Any, list[str]] = defaultdict(list)
    links: dict[Any, list[str]] = defaultdict(list)
    for person, row in rows:
        for step, name in row.items():
            nodes[step, name].append(person)
        for one, other in pairwise(range(-before, after + 1)):
            links[one, row[one], row[other]].append(person)
    return (
        {key: (len(persons), len(set(persons))) for key, persons in nodes.items()},
        {key: (len(persons), len(set(persons))) for key, persons in links.items()},
        len(rows),
    )
