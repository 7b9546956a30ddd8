"""What stayed in order when a list was rearranged."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


def longest_chain(places: Sequence[int], keys: Sequence[str]) -> set[int]:
    """The indices of a longest rising run of ``places``, which are all different.

    What is not in it is the least that must be said to have moved. Of several longest runs the one with the
    smallest ``keys`` (all different), compared from the first: so the answer is the same for the rearrangement
    back. Takes O(n log n).
    """
    levels = _levels(places)
    by_level: dict[int, list[int]] = {}
    for index, level in enumerate(levels):
        by_level.setdefault(level, []).append(index)
    chain: set[int] = set()
    last, place = -1, -1
    for level in range(max(levels, default=0), 0, -1):
        # Everything of this level that can follow leads to a chain of full length.
        following = (index for index in by_level[level] if index > last and places[index] > place)
        last = min(following, key=lambda index: keys[index])
        place = places[last]
        chain.add(last)
    return chain


def _levels(places: Sequence[int]) -> list[int]:
    """For each index, the length of the longest rising run that begins there."""
    levels = [0] * len(places)
    beginnings: list[int] = []  # [k]: minus the highest place that begins a run of k + 1; rises with k
    for index in range(len(places) - 1, -1, -1):
        level = bisect_left(beginnings, -places[index])
        beginnings[level : level + 1] = [-places[index]]
        levels[index] = level + 1
    return levels
