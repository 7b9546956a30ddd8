"""How long visits took that have a target time."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from hamsafar.journeys.designed.kernels import FAILED, PLACEMENT, START
from hamsafar.journeys.kernels import kernel


class Targets(NamedTuple):
    """Target times of a map's placements.

    - ``us`` int64 [n_placements]: the target, -1 none; ``touchpoint`` int16 [n_placements];
    - ``since`` int16 [n_placements]: the touchpoint since which the time runs, -1 the one before, whichever.
    """

    us: Any
    since: Any
    touchpoint: Any


@kernel
def timed_visits(
    place: Any, event: Any, at_us: Any, offset: Any, targets: Targets, steps: Any, took_us: Any
) -> int:
    """Writes the bound events with a target whose time is known to ``steps``, and the time to ``took_us``.

    Returns how many. The clock of a touchpoint that counts from a named one starts at every visit there and stops
    at the first visit of its own; failed visits neither start nor stop it and are not timed.
    """
    n_touchpoints = 0
    for placement in range(len(targets.touchpoint)):
        n_touchpoints = max(n_touchpoints, targets.touchpoint[placement] + 1)
    visited = np.full(n_touchpoints, -1, np.int64)  # the step of the latest visit
    stopped = np.full(n_touchpoints, -1, np.int64)  # the visit at which a clock was started that has stopped
    n = 0
    first = 0
    for path in range(len(offset) - 1):
        for step in range(offset[path], offset[path + 1]):
            if place[step] & START:
                first = step
            if place[step] & FAILED:
                continue
            placement = place[step] & PLACEMENT
            touchpoint = targets.touchpoint[placement]
            if targets.us[placement] >= 0:
                since = targets.since[placement]
                begun = step - 1 if since < 0 else visited[since]
                if begun >= first and (since < 0 or begun != stopped[touchpoint]):
                    steps[n] = step
                    took_us[n] = at_us[event[step]] - at_us[event[begun]]
                    n += 1
                    if since >= 0:
                        stopped[touchpoint] = begun
            visited[touchpoint] = step
    return n
