"""Patterns in plain Python: does the tree fit this very stretch? All stretches are tried."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hamsafar.journeys.patterns.tree import (
    AnyName,
    Choice,
    End,
    Like,
    Limited,
    Name,
    Node,
    Not,
    OneOf,
    Repeat,
    Start,
)
from hamsafar.journeys.patterns.tree import (
    Sequence as Chain,
)
from hamsafar.journeys.tests.naive import Path


def fits_one(node: Node, name: str) -> bool:
    match node:
        case AnyName():
            return True
        case Name():
            return name == node.text
        case Like():
            return re.fullmatch(".*".join(map(re.escape, node.text.split("*"))), name) is not None
        case Not():
            return not fits_one(node.of, name)
        case OneOf():
            return any(fits_one(option, name) for option in node.options)
    raise AssertionError(node)


def ends(node: Node, path: Path, begin: int, stretch: range) -> set[int]:
    """Where a part of ``stretch`` that begins before event ``begin`` and fits the node may end."""
    match node:
        case Start():
            return {begin} if begin == 0 else set()
        case End():
            return {begin} if begin == len(path) else set()
        case Choice():
            return set().union(*(ends(option, path, begin, stretch) for option in node.options))
        case Limited():
            return {
                end
                for end in ends(node.of, path, begin, stretch)
                if end == begin or path[end - 1].at_us - path[begin].at_us <= node.within_us
            }
        case Repeat():
            reached = {begin}
            found = {begin} if node.least == 0 else set()
            most = max(node.least, len(path) + 1) if node.most is None else node.most
            for times in range(1, most + 1):
                reached = {end for place in reached for end in ends(node.of, path, place, stretch)}
                if times >= node.least:
                    found |= reached
            return found
        case Chain():
            reached = ends(node.items[0], path, begin, stretch)
            for item, gap_us in zip(node.items[1:], node.gaps_us, strict=True):
                reached = {
                    end
                    for place in reached
                    # The limit is between the events before and after the arrow, when the stretch has both.
                    if gap_us is None
                    or place in (stretch.start, stretch.stop)
                    or path[place].at_us - path[place - 1].at_us <= gap_us
                    for end in ends(item, path, place, stretch)
                }
            return reached
    return {begin + 1} if begin in stretch and fits_one(node, path[begin].name) else set()


def matches(node: Node, path: Path) -> list[tuple[int, int]]:
    """Of all stretches after the last one, the one that ends first; of those, the one that begins first."""
    found: list[tuple[int, int]] = []
    segment = 0
    while True:
        fitting = [
            (end, begin)
            for end in range(segment + 1, len(path) + 1)
            for begin in range(segment, end)
            if end in ends(node, path, begin, range(begin, end))
        ]
        if not fitting:
            return found
        end, begin = min(fitting)
        found.append((begin, end))
        segment = end


def spans(paths: Sequence[Path], node: Node) -> list[tuple[int, int, int]]:
    """Number of the path, begin and end of all matches."""
    return [(number, begin, end) for number, path in enumerate(paths) for begin, end in matches(node, path)]


def fits_nothing(node: Node, paths: Sequence[Path]) -> bool:
    """Whether a stretch of no events fits, anywhere in these paths or in one without events."""
    return any(
        place in ends(node, path, place, range(place, place))
        for path in [*paths, []]
        for place in range(len(path) + 1)
    )
