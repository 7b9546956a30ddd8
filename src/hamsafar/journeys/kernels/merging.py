"""Loops that bring events into sorted arrays without sorting them again."""

from __future__ import annotations

from typing import Any

import numpy as np

from hamsafar.journeys.kernels import kernel


@kernel
def compare_texts(data: Any, begin: int, end: int, other: Any, other_begin: int, other_end: int) -> int:
    """-1, 0 or 1: whether the bytes ``data[begin:end]`` come before, equal or after those of ``other``."""
    n = min(end - begin, other_end - other_begin)
    for place in range(n):
        one, two = data[begin + place], other[other_begin + place]
        if one != two:
            return -1 if one < two else 1
    if end - begin == other_end - other_begin:
        return 0
    return -1 if end - begin < other_end - other_begin else 1


@kernel
def match_texts(offset: Any, data: Any, new_offset: Any, new_data: Any) -> Any:
    """For each text of a sorted column, how many of another sorted column come before it, and whether it is there.

    Columns are UTF-8 ``data`` cut by ``offset``, each text once. Returns int64 [n_new] and bool [n_new].
    """
    n, n_new = len(offset) - 1, len(new_offset) - 1
    rank = np.empty(n_new, dtype=np.int64)
    known = np.zeros(n_new, dtype=np.bool_)
    place = 0
    for new in range(n_new):
        while place < n:
            order = compare_texts(
                data, offset[place], offset[place + 1], new_data, new_offset[new], new_offset[new + 1]
            )
            if order >= 0:
                known[new] = order == 0
                break
            place += 1
        rank[new] = place
    return rank, known


@kernel
def places_before(offset: Any, at_us: Any, new_offset: Any, new_at_us: Any, rank: Any, known: Any) -> Any:
    """Before which of the old events each new one comes, int64 [n_new_events], never falling.

    ``rank`` and ``known`` of each person of the new events as in ``match_texts``. A new event comes after the old
    ones of its person with the same time.
    """
    places = np.empty(len(new_at_us), dtype=np.int64)
    for person in range(len(new_offset) - 1):
        place = offset[rank[person]]
        end = offset[rank[person] + 1] if known[person] else place
        for new in range(new_offset[person], new_offset[person + 1]):
            while place < end and at_us[place] <= new_at_us[new]:
                place += 1
            places[new] = place
    return places


@kernel
def places_within(offset: Any, at_us: Any, new_offset: Any, new_at_us: Any, rank: Any) -> Any:
    """What ``places_before`` said when the new events were merged into the arrays given here.

    ``rank`` is the number of each person of the new events, all of whom are known. Of events of one time the new ones
    are the last, so they are found from the end.
    """
    places = np.empty(len(new_at_us), dtype=np.int64)
    for person in range(len(new_offset) - 1):
        place = offset[rank[person] + 1] - 1
        for new in range(new_offset[person + 1] - 1, new_offset[person] - 1, -1):
            while at_us[place] > new_at_us[new]:
                place -= 1
            places[new] = place - new
            place -= 1
    return places


@kernel
def weave(old: Any, new: Any, places: Any, cut: Any, begin: int, out: Any) -> None:
    """Write ``old``, with the pieces ``new[cut[k]:cut[k + 1]]`` put in before places ``places[k]``, to ``out``.

    ``places`` never fall and count from ``begin``, the place of ``old[0]``; ``cut`` has one more.
    """
    taken, filled = 0, 0
    for piece in range(len(places)):
        length = places[piece] - begin - taken
        for step in range(length):
            out[filled + step] = old[taken + step]
        taken += length
        filled += length
        for step in range(cut[piece], cut[piece + 1]):
            out[filled] = new[step]
            filled += 1
    for step in range(len(old) - taken):
        out[filled + step] = old[taken + step]
