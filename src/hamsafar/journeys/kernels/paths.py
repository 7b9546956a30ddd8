"""Loops that compare whole paths."""

from __future__ import annotations

from typing import Any

import numpy as np

from hamsafar.journeys.kernels import kernel


@kernel
def hash_paths(code: Any, offset: Any, first: int, last: int) -> Any:
    """A 64-bit hash of each path, uint64 [last - first]; different paths may share one.

    A polynomial of the codes, two of them a step so that the processor waits less, and then the finishing steps of
    SplitMix64 (G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
    """
    hashes = np.empty(last - first, dtype=np.uint64)
    one, two = np.uint64(1), np.uint64(2)
    factor = np.uint64(0x9E3779B97F4A7C15)
    for path in range(first, last):
        mixed = np.uint64(0)
        place, end = np.uint64(offset[path]), np.uint64(offset[path + 1])
        while place + one < end:
            pair = (np.uint64(code[place]) + one) * factor + np.uint64(code[place + one]) + one
            mixed = mixed * (factor * factor) + pair
            place += two
        if place < end:
            mixed = mixed * factor + np.uint64(code[place]) + one
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        hashes[path - first] = mixed ^ (mixed >> np.uint64(31))
    return hashes


@kernel
def compare_paths(code: Any, offset: Any, one: int, other: int) -> int:
    """-1, 0 or 1: whether path ``one`` is before, equal to or after ``other``, by code, then length."""
    place, end = offset[one], offset[one + 1]
    against, against_end = offset[other], offset[other + 1]
    while place < end and against < against_end:
        if code[place] != code[against]:
            return -1 if code[place] < code[against] else 1
        place += 1
        against += 1
    if place < end:
        return 1
    return -1 if against < against_end else 0


@kernel
def group_paths(
    code: Any, offset: Any, numbers: Any, hashes: Any, counts: Any, lane: int, lanes: int, same_as: Any
) -> Any:
    """Of the paths ``numbers``, those that differ, and how many there are of each.

    Returns int64 [n] places in ``numbers``, the first of each, and int64 [n] sums of ``counts``. Of several lanes,
    each does the paths whose hashes are its own; all of one path are. If ``same_as`` int64 [len(numbers)] has
    places, those of the lane are filled with the place of the first one with the very same path.

    A table with open addressing holds the upper half of the hash and the number of the group; paths are compared in
    full, so a shared hash never joins two different ones. There are fewer than 2^32 groups.
    """
    upper, lower = np.uint64(0xFFFFFFFF00000000), np.uint64(0xFFFFFFFF)
    n = 0
    for hashed in hashes:
        n += (hashed >> np.uint64(56)) % np.uint64(lanes) == np.uint64(lane)
    size = 16
    while size < 2 * n:
        size *= 2
    table = np.zeros(size, dtype=np.uint64)
    firsts = np.empty(n, dtype=np.int64)
    sums = np.empty(n, dtype=np.int64)
    groups = 0
    for place in range(len(hashes)):
        hashed = hashes[place]
        if (hashed >> np.uint64(56)) % np.uint64(lanes) != np.uint64(lane):
            continue
        slot = hashed & np.uint64(size - 1)
        group = np.int64(-1)
        while group < 0:
            entry = table[slot]
            if entry == 0:
                group = np.int64(groups)
                firsts[group], sums[group] = place, 0
                groups += 1
                table[slot] = (hashed & upper) | np.uint64(groups)
            elif entry & upper == hashed & upper:
                other = np.int64(entry & lower) - 1
                if compare_paths(code, offset, numbers[firsts[other]], numbers[place]) == 0:
                    group = other
            slot = (slot + np.uint64(1)) & np.uint64(size - 1)
        sums[group] += counts[place]
        if len(same_as):
            same_as[place] = firsts[group]
    return firsts[:groups].copy(), sums[:groups].copy()


@kernel
def first_paths(code: Any, offset: Any, numbers: Any, wanted: int) -> Any:
    """The places in ``numbers`` of the ``wanted`` paths that come first, in order, int64; the paths must differ."""
    chosen = np.empty(wanted, dtype=np.int64)
    n = 0
    for place in range(len(numbers)):
        number = numbers[place]
        if n == wanted and (n == 0 or compare_paths(code, offset, number, numbers[chosen[n - 1]]) > 0):
            continue
        low, high = 0, n
        while low < high:
            middle = (low + high) // 2
            if compare_paths(code, offset, number, numbers[chosen[middle]]) > 0:
                low = middle + 1
            else:
                high = middle
        if n < wanted:
            n += 1
        for later in range(n - 1, low, -1):
            chosen[later] = chosen[later - 1]
        chosen[low] = place
    return chosen[:n].copy()


@kernel
def persons_with_path(code: Any, offset: Any, first: int, last: int, path: Any) -> Any:
    """Numbers of the paths whose codes are exactly ``path`` int64 [length]."""
    found = np.empty(last - first, dtype=np.int64)
    filled = 0
    for person in range(first, last):
        begin = offset[person]
        if offset[person + 1] - begin != len(path):
            continue
        same = True
        for step in range(len(path)):
            if np.int64(code[begin + step]) != path[step]:
                same = False
                break
        if same:
            found[filled] = person
            filled += 1
    return found[:filled].copy()


@kernel
def is_listed(
    code: Any,
    offset: Any,
    first: int,
    last: int,
    hashes: Any,
    listed: Any,
    listed_offset: Any,
    listed_hashes: Any,
    listed_order: Any,
) -> Any:
    """Whether each path is one of the listed ones, compared in full: bool [last - first].

    ``listed_hashes`` are sorted; the path of hash ``k`` is number ``listed_order[k]`` of ``listed``.
    """
    found = np.zeros(last - first, dtype=np.bool_)
    for path in range(first, last):
        begin, length = offset[path], offset[path + 1] - offset[path]
        own = hashes[path - first]
        place = np.searchsorted(listed_hashes, own)
        while place < len(listed_hashes) and listed_hashes[place] == own and not found[path - first]:
            other = listed_offset[listed_order[place]]
            same = listed_offset[listed_order[place] + 1] - other == length
            step = 0
            while same and step < length:
                same = code[begin + step] == listed[other + step]
                step += 1
            found[path - first] = same
            place += 1
    return found
