"""Instances as rows, to look at them one by one."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.designed.kernels import FAILED, PLACEMENT, START
from hamsafar.journeys.designed.kernels.walk import Layout
from hamsafar.journeys.kernels import kernel


class Rows(NamedTuple):
    """The instances of a chunk, in the order of persons and time.

    - ``path`` int64 [k]: number within the chunk; ``first``, ``last`` int64 [k]: its first and last bound
      event;
    - ``ends_at`` int16 [k]: the placement of its last event;
    - ``furthest`` int16 [k]: the latest stage it reached; ``is_last`` uint8 [k]: the path's last instance;
    - ``entered``, ``achieved`` uint8 [k, n_stages]; ``seen``, ``failed``, ``back`` (out of
      sequence) uint8 [k, n_placements].
    """

    path: npt.NDArray[np.int64]
    first: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]
    ends_at: npt.NDArray[np.int16]
    furthest: npt.NDArray[np.int16]
    is_last: npt.NDArray[np.uint8]
    entered: npt.NDArray[np.uint8]
    achieved: npt.NDArray[np.uint8]
    seen: npt.NDArray[np.uint8]
    failed: npt.NDArray[np.uint8]
    back: npt.NDArray[np.uint8]


@kernel
def fill_rows(place: Any, event: Any, offset: Any, layout: Layout, rows: Rows) -> None:
    """Fills ``rows``, whose matrices come zeroed."""
    row = -1
    for path in range(len(offset) - 1):
        has_instance = False
        for step in range(offset[path], offset[path + 1]):
            placement = place[step] & PLACEMENT
            if place[step] & START:
                row += 1
                has_instance = True
                rows.path[row] = path
                rows.first[row] = event[step]
                rows.furthest[row] = -1
                rows.is_last[row] = 0
            stage = layout.stage_of[placement]
            if rows.furthest[row] > stage:
                rows.back[row, placement] = 1
            else:
                rows.furthest[row] = stage
            rows.entered[row, stage] = 1
            rows.seen[row, placement] = 1
            if place[step] & FAILED:
                rows.failed[row, placement] = 1
            elif layout.is_exit[placement]:
                rows.achieved[row, stage] = 1
            rows.last[row] = event[step]
            rows.ends_at[row] = placement
        if has_instance:
            rows.is_last[row] = 1
