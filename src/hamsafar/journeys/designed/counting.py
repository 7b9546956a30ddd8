"""Everything that can be counted in one pass. A monoid: stretches of persons add up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial as bind
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.designed.walk import Stretch, Walk

if TYPE_CHECKING:
    from hamsafar.journeys.designed.kernels.tally import Tally, Waiting
    from hamsafar.journeys.designed.kernels.walk import Layout

Array = npt.NDArray[Any]


@dataclass(frozen=True, eq=False)
class Counts:
    """What a stretch says. Columns are named in ``kernels.tally``, rows of ``histogram`` in
    ``kernels.times``.

    ``unbound``, ``overlapping`` and ``also`` are as in ``Stretch``, the rest as in ``Tally`` and ``Waiting``.
    ``unknown_properties`` are in no event of the stretch.
    """

    stages: Array
    placements: Array
    groups: Array
    next_visits: Array
    next_persons: Array
    histogram: Array
    instances: int
    persons: int
    completed: int
    waiting_stage: Array
    waiting_since_us: Array
    waiting_went_on: Array
    bound: int
    unbound: Array
    overlapping: Array
    also: Array
    unknown_properties: frozenset[tuple[int, str]]

    def merge(self, other: Counts) -> Counts:
        merged: dict[str, Any] = {
            name: np.concatenate([mine, getattr(other, name)])
            if name.startswith("waiting")
            else mine + getattr(other, name)
            for name, mine in vars(self).items()
            if name != "unknown_properties"
        }
        merged["unknown_properties"] = self.unknown_properties & other.unknown_properties
        return Counts(**merged)

    def past(self) -> Array:
        """Instances that reached a later stage, int64 [n_stages]."""
        from hamsafar.journeys.designed.kernels.tally import FURTHEST

        furthest: Array = self.stages[:, FURTHEST]
        past: Array = furthest.sum() - np.cumsum(furthest)
        return past


def count(walk: Walk) -> Counts:
    """Counts the whole walk."""
    from hamsafar.journeys.kernels.histogram import buckets_for

    model = walk.model
    first_us, last_us = walk.paths.span_us
    counted = bind(
        count_stretch,
        walk.layout,
        len(model.groups),
        buckets_for(last_us - first_us),
    )
    return walk.reduce(counted, Counts.merge)


def count_stretch(layout: Layout, n_groups: int, buckets: int, stretch: Stretch) -> Counts:
    """Counts a stretch; ``buckets`` must hold the longest duration of all paths."""
    from hamsafar.journeys.designed.kernels.tally import count as count_chunk
    from hamsafar.journeys.designed.kernels.times import add_to_histogram, durations

    n_stages, n_placements = len(layout.has_exit), len(layout.stage_of)
    tally = _empty_tally(n_stages, n_placements, n_groups)
    histogram = np.zeros((n_placements + 2 * n_stages + 1, buckets), dtype=np.int64)
    instance, persons, completed = -1, 0, 0
    waits = []
    for chunk in stretch.chunks:
        if not chunk.instances:
            continue
        waiting = _waiting(chunk.n_paths)
        instance, with_instances, done, n_waiting = count_chunk(
            chunk.place,
            chunk.event,
            chunk.at_us,
            chunk.offset,
            layout,
            tally,
            waiting,
            chunk.person,
            instance,
        )
        persons += with_instances
        completed += done
        waits.append([column[:n_waiting] for column in waiting])
        kinds = np.empty(4 * chunk.bound, dtype=np.int16)
        values = np.empty(4 * chunk.bound, dtype=np.int64)
        n = durations(chunk.place, chunk.event, chunk.at_us, chunk.offset, layout, kinds, values)
        add_to_histogram(kinds, values, n, histogram)
    waits.append(list(_waiting(0)))
    stage, since_us, went_on = (np.concatenate(columns) for columns in zip(*waits, strict=True))
    return Counts(
        stages=tally.stages,
        placements=tally.placements,
        groups=tally.groups,
        next_visits=tally.next_visits,
        next_persons=tally.next_persons,
        histogram=histogram,
        instances=instance + 1,
        persons=persons,
        completed=completed,
        waiting_stage=stage,
        waiting_since_us=since_us,
        waiting_went_on=went_on,
        bound=stretch.bound,
        unbound=stretch.unbound,
        overlapping=stretch.overlapping,
        also=stretch.also,
        unknown_properties=frozenset(stretch.binding.unknown_properties),
    )


def _waiting(n_paths: int) -> Waiting:
    from hamsafar.journeys.designed.kernels.tally import Waiting

    return Waiting(
        stage=np.empty(n_paths, dtype=np.int16),
        since_us=np.empty(n_paths, dtype=np.int64),
        went_on=np.empty(n_paths, dtype=np.bool_),
    )


def _empty_tally(n_stages: int, n_placements: int, n_groups: int) -> Tally:
    from hamsafar.journeys.designed.kernels.tally import Tally

    def zeros(*shape: int) -> Array:
        return np.zeros(shape, dtype=np.int64)

    def nobody(*shape: int) -> Array:
        return np.full(shape, -1, dtype=np.int64)

    return Tally(
        stages=zeros(n_stages, 5),
        placements=zeros(n_placements, 7),
        groups=zeros(n_groups, 3),
        next_visits=zeros(n_placements, n_placements + 1),
        next_persons=zeros(n_placements, n_placements + 1),
        entered_in=nobody(n_stages),
        achieved_in=nobody(n_stages),
        seen_in=nobody(n_placements),
        back_in=nobody(n_placements),
        group_in=nobody(n_groups),
        entered_by=nobody(n_stages),
        seen_by=nobody(n_placements),
        back_by=nobody(n_placements),
        missing_by=nobody(n_placements),
        group_by=nobody(n_groups),
        next_by=nobody(n_placements, n_placements + 1),
    )
