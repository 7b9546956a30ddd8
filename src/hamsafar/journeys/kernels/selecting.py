"""Loops that keep some of the events."""

from __future__ import annotations

from typing import Any

import numpy as np

from hamsafar.journeys.kernels import kernel


@kernel
def count_kept(kept: Any, offset: Any, first: int, last: int) -> Any:
    """How many events of each path are kept, int64 [last - first]."""
    counts = np.zeros(last - first, dtype=np.int64)
    for path in range(first, last):
        n = 0
        for place in range(offset[path], offset[path + 1]):
            n += kept[place]
        counts[path - first] = n
    return counts


@kernel
def keep_events(code: Any, at_us: Any, kept: Any, begin: int, out_code: Any, out_at_us: Any) -> None:
    """Write the kept events from place ``begin`` on, as many as there is room for.

    Every event is written, and the next one over it where it is not kept: that is cheaper than to ask.
    """
    place, filled, room = begin, 0, len(out_code)
    while filled < room:
        out_code[filled] = code[place]
        out_at_us[filled] = at_us[place]
        filled += kept[place]
        place += 1
