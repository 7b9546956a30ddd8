"""Visits that failed, and visits that came late."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial as bind
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.designed.map_model import MapModel
from hamsafar.journeys.designed.quantiles import Durations, Quantiles
from hamsafar.journeys.designed.result import Failing, Late
from hamsafar.journeys.designed.walk import Chunk, Stretch, Walk
from hamsafar.lib.intervals import wilson

if TYPE_CHECKING:
    from hamsafar.journeys.designed.kernels.visits import Targets

Array = npt.NDArray[Any]


@dataclass(frozen=True, eq=False)
class Visits:
    """Of every placement, int64 [n_placements, 3]: events, instances and persons that failed, or were late.

    ``times`` are those of the visits with a target. A monoid.
    """

    failing: Array
    late: Array
    times: Durations

    def merge(self, other: Visits) -> Visits:
        return Visits(self.failing + other.failing, self.late + other.late, self.times.merge(other.times))


@dataclass(frozen=True, eq=False)
class Timed:
    """The visits of a chunk with a known time, in order: bound event, placement, microseconds, above the target."""

    step: Array
    placement: Array
    took_us: Array
    late: npt.NDArray[np.bool_]


def targets_of(model: MapModel) -> Targets:
    """The map's targets as the kernel needs them."""
    from hamsafar.journeys.designed.kernels.visits import Targets

    found = model.targets()
    return Targets(
        us=np.array([-1 if one is None else round(one[0] * 1e6) for one in found], dtype=np.int64),
        since=np.array([-1 if one is None or one[1] is None else one[1] for one in found], dtype=np.int16),
        touchpoint=np.array([placement.touchpoint for placement in model.placements], dtype=np.int16),
    )


def count_visits(walk: Walk, *, exact: bool) -> Visits | None:
    """What failed and what was late; None when no touchpoint of the map could."""
    from hamsafar.journeys.kernels.histogram import buckets_for

    targets = targets_of(walk.model)
    fails = any(touchpoint.bound and touchpoint.failure.patterns for touchpoint in walk.model.touchpoints)
    if not fails and not np.any(targets.us >= 0):
        return None
    first_us, last_us = walk.paths.span_us
    return walk.reduce(bind(_count_stretch, targets, buckets_for(last_us - first_us), exact), Visits.merge)


def timed(chunk: Chunk, targets: Targets) -> Timed:
    from hamsafar.journeys.designed.kernels import PLACEMENT
    from hamsafar.journeys.designed.kernels.visits import timed_visits

    wanted = chunk.bound if np.any(targets.us >= 0) else 0
    steps, took_us = np.empty(wanted, dtype=np.int32), np.empty(wanted, dtype=np.int64)
    n = 0
    if wanted:
        n = timed_visits(chunk.place, chunk.event, chunk.at_us, chunk.offset, targets, steps, took_us)
    placement = chunk.place[steps[:n]] & PLACEMENT
    return Timed(steps[:n], placement, took_us[:n], took_us[:n] > targets.us[placement])


def failed_steps(chunk: Chunk) -> Array:
    """The failed visits of a chunk, as bound events."""
    from hamsafar.journeys.designed.kernels import FAILED

    return np.flatnonzero(chunk.place & FAILED)


def instances_of(chunk: Chunk) -> Array:
    """The instance, numbered within the chunk, of every bound event."""
    from hamsafar.journeys.designed.kernels import START

    numbers: Array = np.cumsum(chunk.place & START != 0) - 1
    return numbers


def failing(model: MapModel, visits: Visits | None, number: int, n_visits: int) -> Failing | None:
    """The figures of a placement; None when its touchpoint names no failures, or is not bound."""
    touchpoint = model.touchpoints[model.placements[number].touchpoint]
    if visits is None or not touchpoint.bound or not touchpoint.failure.patterns:
        return None
    events, instances, persons = (int(figure) for figure in visits.failing[number])
    return Failing(events, instances, persons, of=n_visits, share=wilson(events, n_visits))


def late(model: MapModel, visits: Visits | None, times: list[Quantiles], number: int) -> Late | None:
    """The figures of a placement; None when it has no target, or one that cannot be measured on this map."""
    target = model.targets()[number]
    if visits is None or target is None:
        return None
    events, instances, persons = (int(figure) for figure in visits.late[number])
    seconds, since = target
    return Late(
        events,
        instances,
        persons,
        of=times[number].n,
        share=wilson(events, times[number].n),
        target_seconds=seconds,
        since=None if since is None else model.touchpoints[since].id,
        seconds=times[number],
    )


def _count_stretch(targets: Targets, buckets: int, exact: bool, stretch: Stretch) -> Visits:
    from hamsafar.journeys.designed.kernels import PLACEMENT

    n_placements = len(targets.us)
    failing, late = (np.zeros((n_placements, 3), dtype=np.int64) for _ in range(2))
    kinds, values = [np.empty(0, dtype=np.int16)], [np.empty(0, dtype=np.int64)]
    for chunk in stretch.chunks:
        failed = failed_steps(chunk)
        found = timed(chunk, targets)
        kinds.append(found.placement)
        values.append(found.took_us)
        slow = found.step[found.late]
        if not len(failed) and not len(slow):
            continue
        instance = instances_of(chunk)
        for steps, counts in ((failed, failing), (slow, late)):
            placement = chunk.place[steps] & PLACEMENT
            person = chunk.person[np.searchsorted(chunk.offset, steps, side="right") - 1]
            counts[:, 0] += np.bincount(placement, minlength=n_placements)
            counts[:, 1] += _distinct(placement, instance[steps], n_placements)
            counts[:, 2] += _distinct(placement, person, n_placements)
    times = Durations.of(np.concatenate(kinds), np.concatenate(values), n_placements, buckets, exact=exact)
    return Visits(failing, late, times)


def _distinct(placement: Array, whose: Array, n_placements: int) -> Array:
    """How many different numbers ``whose`` has at every placement."""
    if not len(whose):
        return np.zeros(n_placements, dtype=np.int64)
    least = int(whose.min())
    width = int(whose.max()) - least + 1
    pairs = np.unique(placement.astype(np.int64) * width + (whose - least))
    return np.bincount(pairs // width, minlength=n_placements)
