"""Loops that find what paths have before they reach a goal."""

from __future__ import annotations

from typing import Any

import numpy as np

from hamsafar.journeys.kernels import kernel
from hamsafar.journeys.kernels.counting import sort_slice


@kernel
def before_goal(
    code: Any,
    at_us: Any,
    offset: Any,
    first: int,
    last: int,
    goal: Any,
    window_us: int,
    data_end_us: int,
    ends: Any,
    group: Any,
) -> None:
    """Up to where each path is looked at, and what becomes of it.

    ``goal`` bool [n_names]. Fills ``ends`` int64 [paths], the place before which events count: that of the first goal,
    or of the end of the path, or of the first event more than ``window_us`` after the path's first; and ``group`` int8
    [paths]: 1 reached the goal, 0 did not, -1 begins with it, -2 was not watched for the whole window.
    """
    for path in range(first, last):
        row = path - first
        begin, end = offset[path], offset[path + 1]
        began = at_us[begin]
        group[row] = 0
        place = begin
        while place < end and at_us[place] - began <= window_us:
            if goal[np.int64(code[place])]:
                group[row] = 1 if place > begin else -1
                break
            place += 1
        ends[row] = place
        # Also when the goal was reached: else, of the late ones, only those who reached it would be looked at.
        if data_end_us - began < window_us < np.iinfo(np.int64).max:
            group[row] = -2


@kernel
def count_present(
    code: Any, offset: Any, owners: Any, first: int, last: int, ends: Any, group: Any, n_codes: int
) -> Any:
    """For each code: paths of group 0 and of group 1 that have it, and persons of either; int64 [3, n_codes].

    ``code`` may be below 0: no code. ``owners`` int64 [paths of the index] says whose a path is; empty: its own.
    """
    counts = np.zeros((3, n_codes), dtype=np.int64)
    seen = np.full(n_codes, -1, dtype=np.int64)
    seen_person = np.full(n_codes if len(owners) else 0, -1, dtype=np.int64)
    for path in range(first, last):
        row = path - first
        if group[row] < 0:
            continue
        for place in range(offset[path], ends[row]):
            one = np.int64(code[place])
            if one < 0 or seen[one] == path:
                continue
            seen[one] = path
            counts[group[row], one] += 1
            if len(owners):
                counts[2, one] += seen_person[one] != owners[path]
                seen_person[one] = owners[path]
            else:
                counts[2, one] += 1
    return counts


@kernel
def count_pairs(
    code: Any, offset: Any, owners: Any, first: int, last: int, ends: Any, group: Any, n_names: int
) -> Any:
    """As ``count_present``, of neighbours: source * n_names + target, int64 [3, (n_names + 1) * n_names].

    A source of ``n_names`` is the start of the path.
    """
    n_codes = (n_names + 1) * n_names
    counts = np.zeros((3, n_codes), dtype=np.int64)
    seen = np.full(n_codes, -1, dtype=np.int64)
    seen_person = np.full(n_codes if len(owners) else 0, -1, dtype=np.int64)
    for path in range(first, last):
        row = path - first
        if group[row] < 0:
            continue
        before = np.int64(n_names)
        for place in range(offset[path], ends[row]):
            name = np.int64(code[place])
            one = before * n_names + name
            before = name
            if seen[one] == path:
                continue
            seen[one] = path
            counts[group[row], one] += 1
            if len(owners):
                counts[2, one] += seen_person[one] != owners[path]
                seen_person[one] = owners[path]
            else:
                counts[2, one] += 1
    return counts


@kernel
def list_pairs(code: Any, offset: Any, first: int, last: int, ends: Any, group: Any, n_names: int) -> Any:
    """The distinct neighbours of each path and the path's row: int64 [n], int64 [n]; for very many names."""
    n = 0
    for path in range(first, last):
        if group[path - first] >= 0:
            n += ends[path - first] - offset[path]
    pairs = np.empty(n, dtype=np.int64)
    rows = np.empty(n, dtype=np.int64)
    distinct = 0
    for path in range(first, last):
        row = path - first
        if group[row] < 0:
            continue
        before = np.int64(n_names)
        own = distinct
        filled = distinct
        for place in range(offset[path], ends[row]):
            name = np.int64(code[place])
            pairs[filled] = before * n_names + name
            before = name
            filled += 1
        sort_slice(pairs, own, filled)
        for place in range(own, filled):
            if place == own or pairs[place] != pairs[distinct - 1]:
                pairs[distinct] = pairs[place]
                rows[distinct] = row
                distinct += 1
    return pairs[:distinct].copy(), rows[:distinct].copy()
