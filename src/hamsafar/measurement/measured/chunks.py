"""Walking an index in chunks of whole persons, each event placed on the map."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.index import PathIndex
from hamsafar.journeys.parts import Part
from hamsafar.measurement.measured.binding import Binding
from hamsafar.measurement.measured.map_model import MapModel

if TYPE_CHECKING:
    from hamsafar.measurement.measured.kernels.instances import Rows
    from hamsafar.measurement.measured.kernels.walk import Layout

Array = npt.NDArray[Any]

CHUNK_EVENTS = 1 << 17  # keeps a chunk's arrays in the processor's cache


@dataclass(frozen=True, eq=False)
class Chunk:
    """Persons ``first`` to ``last`` (exclusive) of the index and their events, placed.

    ``offset`` starts at 0; ``place`` is as the kernels have it; ``begin`` is the first event's place in the
    index.
    """

    first: int
    last: int
    begin: int
    offset: Array
    code: Array
    at_us: Array
    place: Array
    bound: int
    instances: int


@dataclass(frozen=True, eq=False)
class Overlaps:
    """Events that several matchers want, by slot of the binding (see ``kernels.bind.bind``)."""

    events: Array
    also: Array

    @classmethod
    def none(cls, binding: Binding) -> Overlaps:
        return cls(
            np.zeros(binding.n_slots, dtype=np.int64),
            np.zeros((binding.n_slots, binding.most_slots), dtype=np.int64),
        )


def layout_of(model: MapModel) -> Layout:
    """The map's placements as the kernels need them."""
    from hamsafar.measurement.measured.kernels.walk import Layout

    n_stages, n_touchpoints = len(model.stages), len(model.touchpoints)
    placed: list[dict[int, int]] = [{} for _ in range(n_touchpoints)]
    for number, placement in enumerate(model.placements):
        placed[placement.touchpoint][placement.stage] = number
    resolve = np.zeros((n_touchpoints, n_stages + 1), dtype=np.int16)
    for touchpoint, stages in enumerate(placed):
        for current in range(-1, n_stages):
            # The current stage itself, else the nearest later one, else the nearest earlier one.
            stage = min(stages, key=lambda other: (other < current, abs(other - current)))
            resolve[touchpoint, current + 1] = stages[stage]
    exits = model.exit_placements()
    groups = [group.id for group in model.groups]
    return Layout(
        resolve=resolve,
        stage_of=np.array([placement.stage for placement in model.placements], dtype=np.int16),
        in_first_stage=np.array([0 in stages for stages in placed], dtype=np.uint8),
        is_exit=np.isin(np.arange(len(model.placements)), [e for e in exits if e is not None]).astype(
            np.uint8
        ),
        has_exit=np.array([place is not None for place in exits], dtype=np.uint8),
        idle_us=np.int64(-1 if model.idle_seconds is None else round(model.idle_seconds * 1_000_000)),
        first_stage_again=model.first_stage_again,
        required=np.array([placement.need == "required" for placement in model.placements], dtype=np.uint8),
        group_of=np.array(
            [-1 if p.group is None else groups.index(p.group) for p in model.placements], np.int16
        ),
        group_stage=np.array([group.stage for group in model.groups], dtype=np.int16),
    )


def chunks(part: Part, binding: Binding, layout: Layout, overlaps: Overlaps | None = None) -> Iterator[Chunk]:
    """The part's chunks in the order of persons. Overlapping matches are added to ``overlaps`` when given."""
    from hamsafar.measurement.measured.kernels.bind import bind
    from hamsafar.measurement.measured.kernels.walk import walk

    index = part.index
    overlaps = overlaps or Overlaps.none(binding)
    for first, last in _cuts(index, part.first, part.last):
        begin, end = int(index.offset[first]), int(index.offset[last])
        code, at_us = index.code[begin:end], index.at_us[begin:end]
        offset = index.offset[first : last + 1] - begin
        touchpoint = np.empty(end - begin, dtype=np.int16)
        bind(
            code,
            binding.property_codes(begin, end),
            binding.matching,
            touchpoint,
            overlaps.events,
            overlaps.also,
        )
        place = np.empty(end - begin, dtype=np.int16)
        bound, instances = walk(touchpoint, at_us, offset, layout, place)
        yield Chunk(first, last, begin, offset, code, at_us, place, bound, instances)


def rows_of(chunk: Chunk, layout: Layout, placement_counts: Array) -> Rows:
    """The chunk's instances; events out of sequence are added to ``placement_counts``."""
    from hamsafar.measurement.measured.kernels.instances import Rows, fill_rows

    n, n_stages, n_placements = chunk.instances, len(layout.has_exit), len(layout.stage_of)
    rows = Rows(
        person=np.empty(n, dtype=np.int64),
        first=np.empty(n, dtype=np.int64),
        last=np.empty(n, dtype=np.int64),
        furthest=np.empty(n, dtype=np.int16),
        is_last=np.empty(n, dtype=np.uint8),
        entered=np.zeros((n, n_stages), dtype=np.uint8),
        achieved=np.zeros((n, n_stages), dtype=np.uint8),
        seen=np.zeros((n, n_placements), dtype=np.uint8),
        late=np.zeros((n, n_placements), dtype=np.uint8),
    )
    fill_rows(chunk.place, chunk.offset, layout, rows, placement_counts)
    return rows


def _cuts(index: PathIndex, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Runs of persons with at most ``CHUNK_EVENTS`` events; a person with more is a run alone."""
    while first < last:
        reach = int(np.searchsorted(index.offset, index.offset[first] + CHUNK_EVENTS, side="right")) - 1
        cut = min(max(reach, first + 1), last)
        yield first, cut
        first = cut
