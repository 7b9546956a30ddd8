"""First pass: everything that can be counted in one walk. A monoid: parts by person add up."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.parts import Part
from hamsafar.measurement.measured.binding import Binding
from hamsafar.measurement.measured.chunks import Overlaps, chunks, rows_of

if TYPE_CHECKING:
    from hamsafar.measurement.measured.kernels.instances import Rows
    from hamsafar.measurement.measured.kernels.walk import Layout

Array = npt.NDArray[Any]


@dataclass
class Counts:
    """What a part says. Columns of the matrices are named in ``kernels.instances`` and ``kernels.times``.

    ``waiting`` are the instances that may still be open: furthest stage, microseconds of silence, whether
    they went on from that stage.
    """

    stages: Array
    placements: Array
    groups: Array
    next_visits: Array
    next_persons: Array
    histogram: Array
    unbound: Array
    overlaps: Overlaps
    bound: int = 0
    instances: int = 0
    persons: int = 0
    completed: int = 0
    waiting: list[tuple[Array, Array, Array]] = field(default_factory=list)

    def merge(self, other: Counts) -> Counts:
        return Counts(
            stages=self.stages + other.stages,
            placements=self.placements + other.placements,
            groups=self.groups + other.groups,
            next_visits=self.next_visits + other.next_visits,
            next_persons=self.next_persons + other.next_persons,
            histogram=self.histogram + other.histogram,
            unbound=self.unbound + other.unbound,
            overlaps=Overlaps(
                self.overlaps.events + other.overlaps.events, self.overlaps.also + other.overlaps.also
            ),
            bound=self.bound + other.bound,
            instances=self.instances + other.instances,
            persons=self.persons + other.persons,
            completed=self.completed + other.completed,
            waiting=self.waiting + other.waiting,
        )


def merged(parts: list[Counts]) -> Counts:
    return reduce(Counts.merge, parts)


def count(part: Part, binding: Binding, layout: Layout, *, buckets: int, data_end_us: int) -> Counts:
    """Counts one part. ``buckets`` must hold the longest duration of the index."""
    from hamsafar.measurement.measured.kernels.between import count_unbound
    from hamsafar.measurement.measured.kernels.instances import count_next, count_rows
    from hamsafar.measurement.measured.kernels.times import add_to_histogram, durations

    n_stages, n_placements = len(layout.has_exit), len(layout.stage_of)
    counts = Counts(
        stages=np.zeros((n_stages, 7), dtype=np.int64),
        placements=np.zeros((n_placements, 7), dtype=np.int64),
        groups=np.zeros((len(layout.group_stage), 3), dtype=np.int64),
        next_visits=np.zeros((n_placements, n_placements + 1), dtype=np.int64),
        next_persons=np.zeros((n_placements, n_placements + 1), dtype=np.int64),
        histogram=np.zeros((n_placements + 2 * n_stages + 1, buckets), dtype=np.int64),
        unbound=np.zeros(len(part.index.names), dtype=np.int64),
        overlaps=Overlaps.none(binding),
    )
    for chunk in chunks(part, binding, layout, counts.overlaps):
        count_unbound(chunk.place, chunk.code, counts.unbound)
        if not chunk.instances:
            continue
        rows = rows_of(chunk, layout, counts.placements)
        persons, n_completed = count_rows(rows, layout, counts.stages, counts.placements, counts.groups)
        count_next(chunk.place, chunk.offset, counts.next_visits, counts.next_persons)
        kinds = np.empty(4 * chunk.bound, dtype=np.int16)
        values = np.empty(4 * chunk.bound, dtype=np.int64)
        n = durations(chunk.place, chunk.at_us, chunk.offset, layout, kinds, values)
        add_to_histogram(kinds, values, n, counts.histogram)
        counts.bound += chunk.bound
        counts.instances += chunk.instances
        counts.persons += persons
        counts.completed += n_completed
        counts.waiting.append(waiting(rows, layout, data_end_us - chunk.at_us[rows.last]))
    return counts


def waiting(rows: Rows, layout: Layout, silence_us: Array) -> tuple[Array, Array, Array]:
    """The last instances of persons that did not complete the map, as in ``Counts.waiting``."""
    went_on = went_on_from_furthest(rows, layout)
    kept = (rows.is_last != 0) & ~completed(rows, layout)
    return rows.furthest[kept], silence_us[kept], went_on[kept]


def completed(rows: Rows, layout: Layout) -> npt.NDArray[np.bool_]:
    result: npt.NDArray[np.bool_] = (rows.furthest == len(layout.has_exit) - 1) & went_on_from_furthest(
        rows, layout
    )
    return result


def went_on_from_furthest(rows: Rows, layout: Layout) -> npt.NDArray[np.bool_]:
    """Whether each instance went on from the furthest stage it reached.

    By its exit action, or, in a last stage that names none, by entering it.
    """
    achieved = rows.achieved[np.arange(len(rows.furthest)), rows.furthest] != 0
    at_the_end = (rows.furthest == len(layout.has_exit) - 1) & (layout.has_exit[-1] == 0)
    result: npt.NDArray[np.bool_] = achieved | at_the_end
    return result
