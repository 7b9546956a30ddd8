"""Walking all paths over a map: every event placed, every instance begun."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from functools import partial as bind_arguments
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.askable import Askable
from hamsafar.journeys.designed.binding import Binding, bind
from hamsafar.journeys.designed.map_model import MapModel, Touchpoint
from hamsafar.journeys.index import PathIndex
from hamsafar.journeys.parts import Part

if TYPE_CHECKING:
    from hamsafar.journeys.designed.kernels.walk import Layout

Array = npt.NDArray[Any]
P = TypeVar("P")

CHUNK_EVENTS = 1 << 17  # keeps a chunk's arrays in the processor's cache


@dataclass(frozen=True, eq=False)
class Chunk:
    """Paths from number ``first`` of the index on, and their events, placed.

    The arrays are as the kernels have them: six bytes for every event on a touchpoint, and views.
    """

    first: int
    person: Array
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
    def n_paths(self) -> int:
        return len(self.offset) - 1


@dataclass(frozen=True, eq=False)
class Stretch:
    """A part of the paths, walked: chunks in the order of persons.

    ``unbound`` counts the events on no touchpoint by event name. Events that several matchers want are
    counted by slot of the binding (see ``kernels.bind.bind``). ``index`` is that of the part.
    """

    index: PathIndex
    binding: Binding
    chunks: tuple[Chunk, ...]
    unbound: Array
    overlapping: Array
    also: Array

    @property
    def bound(self) -> int:
        """Events on a touchpoint."""
        return sum(chunk.bound for chunk in self.chunks)


class Kept:
    """The stretches walked in this process, for the next pass over them. Another process begins without any."""

    def __init__(self) -> None:
        self._stretches: dict[tuple[PathIndex, int, int], Stretch] = {}

    def __reduce__(self) -> tuple[type[Kept], tuple[()]]:
        return Kept, ()

    def of(self, part: Part, touchpoints: tuple[Touchpoint, ...], layout: Layout) -> Stretch:
        """The part, walked when it is first asked for."""
        key = (part.index, part.first, part.last)
        if key not in self._stretches:
            self._stretches[key] = walk_part(part, bind(part.index, touchpoints), layout)
        return self._stretches[key]


@dataclass(frozen=True, eq=False)
class Walk:
    """Paths over a map: what every figure is counted from. Events are placed by the first pass."""

    paths: Askable
    model: MapModel
    kept: Kept = field(default_factory=Kept)

    @cached_property
    def layout(self) -> Layout:
        return layout_of(self.model)

    def reduce(self, function: Callable[[Stretch], P], merge: Callable[[P, P], P]) -> P:
        """``merge`` of ``function`` of all parts, walked; see ``Askable.reduce``."""
        counted = bind_arguments(_walked, function, self.kept, self.model.touchpoints, self.layout)
        return self.paths.reduce(counted, merge)


def _walked(
    function: Callable[[Stretch], P],
    kept: Kept,
    touchpoints: tuple[Touchpoint, ...],
    layout: Layout,
    part: Part,
) -> P:
    return function(kept.of(part, touchpoints, layout))


def layout_of(model: MapModel) -> Layout:
    """The map's placements as the kernels need them."""
    from hamsafar.journeys.designed.kernels.walk import Layout

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
    from hamsafar.journeys.designed.kernels.bind import bind as bind_events
    from hamsafar.journeys.designed.kernels.walk import walk

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
            Chunk(
                first,
                part.persons[first - part.first : last - part.first],
                code,
                at_us,
                place[:bound].copy(),
                event[:bound].copy(),
                offset,
                instances,
            )
        )
    return Stretch(index, binding, tuple(chunks), unbound, overlapping, also)


def _cuts(index: PathIndex, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Runs of whole persons' paths with at most ``CHUNK_EVENTS`` events; a person with more is a run alone."""
    bounds = index.first_path
    person, end = np.searchsorted(bounds, [first, last]).tolist()
    while person < end:
        begin = index.person_offset[person]
        reach = int(np.searchsorted(index.person_offset, begin + CHUNK_EVENTS, side="right")) - 1
        cut = min(max(reach, person + 1), end)
        yield int(bounds[person]), int(bounds[cut])
        person = cut
