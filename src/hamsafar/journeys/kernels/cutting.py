"""The loop that finds where sessions begin."""

from __future__ import annotations

from typing import Any

import numpy as np

from hamsafar.journeys.kernels import kernel


@kernel
def session_starts(at_us: Any, offset: Any, values: Any, gap_us: int) -> Any:
    """The places of the events that begin a session, ascending int64.

    The first event of a path does; so does one more than ``gap_us`` after the one before, and one with another
    value than the last event of the session that has one. ``values`` int32 [n_events] is -1 where there is none, and
    empty when values do not count.
    """
    by_value = len(values) > 0
    starts = np.empty(len(at_us), dtype=np.int64)
    filled = 0
    for path in range(len(offset) - 1):
        known = np.int32(-1)
        for place in range(offset[path], offset[path + 1]):
            begins = place == offset[path] or at_us[place] - at_us[place - 1] > gap_us
            if begins:
                known = np.int32(-1)
            if by_value and values[place] >= 0:
                begins = begins or (known >= 0 and values[place] != known)
                known = values[place]
            if begins:
                starts[filled] = place
                filled += 1
    return starts[:filled].copy()
