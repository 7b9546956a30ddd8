"""Moves from stage to stage."""

from __future__ import annotations

from typing import Any

import numpy as np

from hamsafar.journeys.designed.kernels import PLACEMENT, START
from hamsafar.journeys.kernels import kernel


@kernel
def count_moves(
    place: Any, offset: Any, person: Any, stage_of: Any, counts: Any, latest: Any, instance: int
) -> int:
    """Adds to ``counts`` int64 [n_stages + 1, n_stages + 1, 3] moves, instances and persons.

    Row and column ``n_stages`` are the begin and the end of an instance. Neighbouring events in the same stage are one
    stay. ``latest`` int64 [n_stages + 1, n_stages + 1, 2] is the instance and the person counted last (-1 at first);
    ``instance`` numbers the instances over all chunks: it comes in and is returned.
    """
    outside = counts.shape[0] - 1
    for path in range(len(offset) - 1):
        current = -1
        end = offset[path + 1]
        # One step beyond the path's events, to close the last instance where the others are closed.
        for step in range(offset[path], end + 1):
            bits = np.int16(START) if step == end else place[step]
            begins = bits & START != 0
            if begins and current >= 0:
                _add(counts, latest, current, outside, instance, person[path])
            if step == end:
                break
            stage = stage_of[bits & PLACEMENT]
            if begins:
                instance += 1
                current = outside
            if stage != current:
                _add(counts, latest, current, stage, instance, person[path])
                current = stage
    return instance


@kernel
def _add(counts: Any, latest: Any, source: int, target: int, instance: int, person: int) -> None:
    counts[source, target, 0] += 1
    counts[source, target, 1] += latest[source, target, 0] != instance
    counts[source, target, 2] += latest[source, target, 1] != person
    latest[source, target, 0] = instance
    latest[source, target, 1] = person


@kernel
def instances_with_move(place: Any, offset: Any, stage_of: Any, source: int, target: int, found: Any) -> None:
    """Sets ``found`` uint8 [n_instances] where ``target`` follows a stay in ``source``.

    A source of -1 is the begin of an instance, a target of -1 its end.
    """
    instance = -1
    for path in range(len(offset) - 1):
        current = -1
        end = offset[path + 1]
        for step in range(offset[path], end + 1):
            begins = step == end or place[step] & START != 0
            if begins and current >= 0 and current == source and target < 0:
                found[instance] = 1
            if step == end:
                break
            stage = stage_of[place[step] & PLACEMENT]
            if begins:
                instance += 1
                if source < 0 and stage == target:
                    found[instance] = 1
            elif stage != current and current == source and stage == target:
                found[instance] = 1
            current = stage
