"""Instances as rows, to look at them one by one."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.kernels import kernel
from hamsafar.measurement.measured.kernels import START
from hamsafar.measurement.measured.kernels.walk import Layout


class Rows(NamedTuple):
    """The instances of a chunk, in the order of persons and time.

    - ``person`` int64 [k]: number within the chunk; ``first``, ``last`` int64 [k]: its first and last bound
      event;
    - ``ends_at`` int16 [k]: the placement of its last event;
    - ``furthest`` int16 [k]: the latest stage it reached; ``is_last`` uint8 [k]: the person's last instance;
    - ``entered``, ``achieved`` uint8 [k, n_stages]; ``seen``, ``late`` uint8 [k, n_placements].
    """

    person: npt.NDArray[np.int64]
    first: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]
    ends_at: npt.NDArray[np.int16]
    furthest: npt.NDArray[np.int16]
    is_last: npt.NDArray[np.uint8]
    entered: npt.NDArray[np.uint8]
    achieved: npt.NDArray[np.uint8]
    seen: npt.NDArray[np.uint8]
    late: npt.NDArray[np.uint8]


@kernel
def fill_rows(place: Any, event: Any, offset: Any, layout: Layout, rows: Rows) -> None:
    """Fills ``rows``, whose matrices come zeroed."""
    row = -1
    for person in range(len(offset) - 1):
        has_instance = False
        for step in range(offset[person], offset[person + 1]):
            placement = place[step]
            if placement & START:
                placement -= START
                row += 1
                has_instance = True
                rows.person[row] = person
                rows.first[row] = event[step]
                rows.furthest[row] = -1
                rows.is_last[row] = 0
            stage = layout.stage_of[placement]
            if rows.furthest[row] > stage:
                rows.late[row, placement] = 1
            else:
                rows.furthest[row] = stage
            rows.entered[row, stage] = 1
            rows.seen[row, placement] = 1
            if layout.is_exit[placement]:
                rows.achieved[row, stage] = 1
            rows.last[row] = event[step]
            rows.ends_at[row] = placement
        if has_instance:
            rows.is_last[row] = 1
