"""The loops that find where sessions begin."""

from __future__ import annotations

from typing import Any

import numpy as np

from hamsafar.journeys.kernels import kernel


@kernel
def count_sessions(at_us: Any, offset: Any, first: int, last: int, values: Any, gap_us: int) -> Any:
    """How many sessions the paths ``first`` to ``last`` have; see ``session_starts``."""
    n: Any = last - first
    if len(values):
        for path in range(first, last):
            known = np.int32(-1)
            for place in range(offset[path], offset[path + 1]):
                far = place > offset[path] and at_us[place] - at_us[place - 1] > gap_us
                value = values[place]
                known = np.int32(-1) if far else known
                n += far or (known >= 0 and value >= 0 and value != known)
                known = value if value >= 0 else known
        return n
    # Without values, all neighbours are compared at once, and those of two paths are taken out again.
    for place in range(offset[first] + 1, offset[last]):
        n += at_us[place] - at_us[place - 1] > gap_us
    for path in range(first + 1, last):
        n -= at_us[offset[path]] - at_us[offset[path] - 1] > gap_us
    return n


@kernel
def session_starts(
    at_us: Any, offset: Any, first: int, last: int, values: Any, gap_us: int, starts: Any
) -> None:
    """Fill ``starts`` int64 [sessions] with the places of the events that begin a session, ascending.

    The first event of a path does; so does one more than ``gap_us`` after the one before, and one with another
    value than the last event of the session that has one. ``values`` int32 [n_events] is -1 where there is none, and
    empty when values do not count.
    """
    by_value = len(values) > 0
    filled = 0
    for path in range(first, last):
        known = np.int32(-1)
        begin = offset[path]
        for place in range(begin, offset[path + 1]):
            if filled == len(starts):
                return
            begins = place == begin or at_us[place] - at_us[place - 1] > gap_us
            if by_value:
                value = values[place]
                known = np.int32(-1) if begins else known
                begins = begins or (known >= 0 and value >= 0 and value != known)
                known = value if value >= 0 else known
            # Written at any rate, and then kept or not: a processor guesses badly where sessions begin.
            starts[filled] = place
            filled += begins


@kernel
def paths_of(starts: Any, offset: Any, paths: Any) -> None:
    """Fill ``paths`` int64 [starts] with the path of each place; places ascend, and no path is empty."""
    path = 0
    for row in range(len(starts)):
        while offset[path + 1] <= starts[row]:
            path += 1
        paths[row] = path
