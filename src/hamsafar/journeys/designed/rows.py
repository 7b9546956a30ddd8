"""Instances as rows, to look at them one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.designed.walk import Chunk

if TYPE_CHECKING:
    from hamsafar.journeys.designed.kernels.rows import Rows
    from hamsafar.journeys.designed.kernels.walk import Layout

Flags = npt.NDArray[np.bool_]


def rows_of(chunk: Chunk, layout: Layout) -> Rows:
    """The chunk's instances."""
    from hamsafar.journeys.designed.kernels.rows import Rows, fill_rows

    n, n_stages, n_placements = chunk.instances, len(layout.has_exit), len(layout.stage_of)
    rows = Rows(
        path=np.empty(n, dtype=np.int64),
        first=np.empty(n, dtype=np.int64),
        last=np.empty(n, dtype=np.int64),
        ends_at=np.empty(n, dtype=np.int16),
        furthest=np.empty(n, dtype=np.int16),
        is_last=np.empty(n, dtype=np.uint8),
        entered=np.zeros((n, n_stages), dtype=np.uint8),
        achieved=np.zeros((n, n_stages), dtype=np.uint8),
        seen=np.zeros((n, n_placements), dtype=np.uint8),
        failed=np.zeros((n, n_placements), dtype=np.uint8),
        back=np.zeros((n, n_placements), dtype=np.uint8),
    )
    fill_rows(chunk.place, chunk.event, chunk.offset, layout, rows)
    return rows


def went_on_from_furthest(rows: Rows, layout: Layout) -> Flags:
    """Whether each instance went on from the furthest stage it reached.

    By its exit action, or, in a last stage that names none, by entering it.
    """
    achieved = rows.achieved[np.arange(len(rows.furthest)), rows.furthest] != 0
    at_the_end = (rows.furthest == len(layout.has_exit) - 1) & (layout.has_exit[-1] == 0)
    result: Flags = achieved | at_the_end
    return result


def completed(rows: Rows, layout: Layout) -> Flags:
    """Whether each instance completed the map."""
    at_the_end: Flags = rows.furthest == len(layout.has_exit) - 1
    return at_the_end & went_on_from_furthest(rows, layout)
