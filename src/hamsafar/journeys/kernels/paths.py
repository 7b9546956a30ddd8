"""Loops that compare whole paths."""

from __future__ import annotations

from typing import Any

import numpy as np

from hamsafar.journeys.kernels import kernel


@kernel
def hash_paths(code: Any, offset: Any, first: int, last: int) -> Any:
    """A 64-bit hash of each path, uint64 [last - first]; different paths may share one.

    Each code is mixed in by a multiplication and a shift with the constants of SplitMix64 (G. L. Steele,
    D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
    """
    hashes = np.empty(last - first, dtype=np.uint64)
    for person in range(first, last):
        mixed = np.uint64(0x9E3779B97F4A7C15)
        for place in range(offset[person], offset[person + 1]):
            mixed = (mixed ^ (np.uint64(code[place]) + np.uint64(1))) * np.uint64(0xBF58476D1CE4E5B9)
            mixed ^= mixed >> np.uint64(31)
        hashes[person - first] = mixed
    return hashes


@kernel
def hash_texts(data: Any, offset: Any, numbers: Any) -> Any:
    """A 64-bit hash of the bytes ``data[offset[n]:offset[n + 1]]`` of each number, mixed as in ``hash_paths``."""
    hashes = np.empty(len(numbers), dtype=np.uint64)
    for row in range(len(numbers)):
        number = numbers[row]
        mixed = np.uint64(0x9E3779B97F4A7C15)
        for place in range(offset[number], offset[number + 1]):
            mixed = (mixed ^ (np.uint64(data[place]) + np.uint64(1))) * np.uint64(0xBF58476D1CE4E5B9)
            mixed ^= mixed >> np.uint64(31)
        hashes[row] = mixed
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
def group_paths(code: Any, offset: Any, persons: Any, hashes: Any) -> Any:
    """For each place of ``persons`` the place of the first one with the very same path, int64.

    ``hashes`` must be sorted, persons of equal hashes side by side; paths are compared in full, so a shared
    hash never joins two different paths.
    """
    same_as = np.empty(len(persons), dtype=np.int64)
    run = 0
    for place in range(len(persons)):
        if hashes[place] != hashes[run]:
            run = place
        same_as[place] = place
        # Nearly always the run's first path is the same; the others are looked at after a collision only.
        for earlier in range(run, place):
            if (
                same_as[earlier] == earlier
                and compare_paths(code, offset, persons[earlier], persons[place]) == 0
            ):
                same_as[place] = earlier
                break
    return same_as


@kernel
def first_paths(code: Any, offset: Any, persons: Any, wanted: int) -> Any:
    """The ``wanted`` persons whose paths come first, in order, int64; their paths must differ."""
    chosen = np.empty(wanted, dtype=np.int64)
    n = 0
    for person in persons:
        if n == wanted and (n == 0 or compare_paths(code, offset, person, chosen[n - 1]) > 0):
            continue
        low, high = 0, n
        while low < high:
            middle = (low + high) // 2
            if compare_paths(code, offset, person, chosen[middle]) > 0:
                low = middle + 1
            else:
                high = middle
        if n < wanted:
            n += 1
        for place in range(n - 1, low, -1):
            chosen[place] = chosen[place - 1]
        chosen[low] = person
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
