"""Walking all paths of an index over a map: every event placed, every instance begun."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.index import PathIndex
from hamsafar.journeys.parts import Part, run_parts, thread_count
from hamsafar.measurement.measured.binding import Binding, bind
from hamsafar.measurement.measured.map_model import MapModel

if TYPE_CHECKING:
    from hamsafar.measurement.measured.kernels.walk import Layout

Array = npt.NDArray[Any]
_Partial = TypeVar("_Partial")

CHUNK_EVENTS = 1 << 17  # keeps a chunk's arrays in the processor's cache


@dataclass(frozen=True, eq=False)
class Chunk:
    """Persons from number ``first`` of the index on, and their events, placed.

    The arrays are as the kernels have them: six bytes for every event on a touchpoint, and views.
    """

    first: int
    code: Array
    at_us: Array
    place: Array
    event: Array
    offset: Array
    instances: int

    @property
    def bound(self) -> int:
        """Events on a touchpoint."""
        return len(self.place)

    @property
    def n_persons(self) -> int:
        return len(self.offset) - 1


@dataclass(frozen=True, eq=False)
class Stretch:
    """A part of the walk: chunks in the order of persons.

    ``unbound`` counts the events on no touchpoint by event name. Events that several matchers want are
    counted by slot of the binding (see ``kernels.bind.bind``).
    """

    chunks: tuple[Chunk, ...]
    unbound: Array
    overlapping: Array
    also: Array


@dataclass(frozen=True, eq=False)
class Walk:
    """A map's paths: what every figure is counted from."""

    model: MapModel
    index: PathIndex
    binding: Binding
    layout: Layout
    stretches: tuple[Stretch, ...]

    @property
    def bound(self) -> int:
        """Events on a touchpoint."""
        return sum(chunk.bound for stretch in self.stretches for chunk in stretch.chunks)

    def unbound(self) -> Array:
        """Events on no touchpoint by event name, int64 [n_names]."""
        total: Array = np.sum([stretch.unbound for stretch in self.stretches], axis=0)
        return total

    @cached_property
    def span_us(self) -> tuple[int, int]:
        """The times of the first and the last event, bound or not; (0, 0) without events."""
        index = self.index
        if not index.n_events:
            return 0, 0
        return int(index.at_us[index.offset[:-1]].min()), int(index.at_us[index.offset[1:] - 1].max())

    def each(self, function: Callable[[Stretch], _Partial]) -> list[_Partial]:
        """``function`` of every stretch, on threads, in the order of persons."""
        if len(self.stretches) == 1:
            return [function(self.stretches[0])]
        with ThreadPoolExecutor(max_workers=min(len(self.stretches), thread_count())) as pool:
            return list(pool.map(function, self.stretches))


def walk_paths(index: PathIndex, model: MapModel) -> Walk:
    """Places the events of ``index`` on the map."""
    binding, layout = bind(index, model.touchpoints), layout_of(model)
    stretches = run_parts(index, lambda part: walk_part(part, binding, layout))
    return Walk(model, index, binding, layout, tuple(stretches))


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
        is_exit=np.array([number in exits for number in range(len(model.placements))], dtype=np.uint8),
        has_exit=np.array([place is not None for place in exits], dtype=np.uint8),
        idle_us=np.int64(-1 if model.idle_seconds is None else round(model.idle_seconds * 1_000_000)),
        first_stage_again=model.first_stage_again,
        required=np.array(
            [n for n, p in enumerate(model.placements) if p.need == "required"], dtype=np.int16
        ),
        group_of=np.array(
            [-1 if p.group is None else groups.index(p.group) for p in model.placements], np.int16
        ),
        group_stage=np.array([group.stage for group in model.groups], dtype=np.int16),
    )


def walk_part(part: Part, binding: Binding, layout: Layout) -> Stretch:
    """Places the events of some persons."""
    from hamsafar.measurement.measured.kernels.bind import bind as bind_events
    from hamsafar.measurement.measured.kernels.walk import walk

    index = part.index
    overlapping = np.zeros(binding.n_slots, dtype=np.int64)
    also = np.zeros((binding.n_slots, binding.most_slots), dtype=np.int64)
    unbound = np.zeros(len(index.names), dtype=np.int64)
    chunks = []
    for first, last in _cuts(index, part.first, part.last):
        begin, end = int(index.offset[first]), int(index.offset[last])
        code, at_us = index.code[begin:end], index.at_us[begin:end]
        touchpoint = np.empty(end - begin, dtype=np.int16)
        properties = binding.property_codes(begin, end)
        bind_events(code, properties, binding.matching, touchpoint, overlapping, also)
        place = np.empty(end - begin, dtype=np.int16)
        event = np.empty(end - begin, dtype=np.int32)
        offset = np.empty(last - first + 1, dtype=np.int64)
        all_offset = index.offset[first : last + 1] - begin
        bound, instances = walk(touchpoint, code, at_us, all_offset, layout, place, event, offset, unbound)
        chunks.append(
            Chunk(first, code, at_us, place[:bound].copy(), event[:bound].copy(), offset, instances)
        )
    return Stretch(tuple(chunks), unbound, overlapping, also)


def _cuts(index: PathIndex, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Runs of persons with at most ``CHUNK_EVENTS`` events; a person with more is a run alone."""
    while first < last:
        reach = int(np.searchsorted(index.offset, index.offset[first] + CHUNK_EVENTS, side="right")) - 1
        cut = min(max(reach, first + 1), last)
        yield first, cut
        first = cut
