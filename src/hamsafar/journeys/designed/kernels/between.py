"""Events on no touchpoint, between two that are on one."""

from __future__ import annotations

from typing import Any

import numpy as np

from hamsafar.journeys.designed.kernels import PLACEMENT, START
from hamsafar.journeys.kernels import kernel


@kernel
def count_between(
    place: Any,
    event: Any,
    code: Any,
    offset: Any,
    person: Any,
    pair_of: Any,
    number_of: Any,
    counts: Any,
    latest: Any,
    instance: int,
) -> int:
    """Adds to ``counts`` int64 [n_pairs, n_names, 3] passages, instances and persons.

    ``pair_of`` int32 [n_placements, n_placements] numbers the passages of interest, ``number_of`` int32
    [n event names] the event names of interest; -1: of none. An event counts once per passage, however
    often it is there. ``latest`` int64 [n_pairs, n_names, 2] is the instance and the person that
    were counted last (-1 at first); ``instance`` numbers the instances over all chunks: it
    comes in and is returned.
    """
    noted_in = np.full(counts.shape[1], -1, np.int64)  # the passage in which a name was last counted
    for path in range(len(offset) - 1):
        before = -1
        for step in range(offset[path], offset[path + 1]):
            placement = place[step] & PLACEMENT
            if place[step] & START:
                instance += 1
                before = placement
                continue
            if event[step - 1] + 1 < event[step]:
                pair = pair_of[before, placement]
                if pair >= 0:
                    for now in range(event[step - 1] + 1, event[step]):
                        name = number_of[code[now]]
                        if name < 0 or noted_in[name] == step:
                            continue
                        noted_in[name] = step
                        counts[pair, name, 0] += 1
                        counts[pair, name, 1] += latest[pair, name, 0] != instance
                        counts[pair, name, 2] += latest[pair, name, 1] != person[path]
                        latest[pair, name, 0] = instance
                        latest[pair, name, 1] = person[path]
            before = placement
    return instance


@kernel
def instances_with_next(place: Any, offset: Any, wanted: int, follower: int, found: Any) -> None:
    """Sets ``found`` uint8 [n_instances] where ``follower`` (-1: the end) follows a visit of ``wanted``."""
    instance = -1
    for path in range(len(offset) - 1):
        before = -1
        for step in range(offset[path], offset[path + 1]):
            placement = place[step] & PLACEMENT
            if place[step] & START:
                if before == wanted and follower < 0:
                    found[instance] = 1
                instance += 1
            elif before == wanted and placement == follower:
                found[instance] = 1
            before = placement
        if before == wanted and follower < 0:
            found[instance] = 1


@kernel
def instances_with_between(
    place: Any, event: Any, code: Any, offset: Any, name: int, source: int, target: int, found: Any
) -> None:
    """Sets ``found`` uint8 [n_instances] where an event ``name`` on no touchpoint lies in a passage."""
    instance = -1
    for path in range(len(offset) - 1):
        before = -1
        for step in range(offset[path], offset[path + 1]):
            placement = place[step] & PLACEMENT
            if place[step] & START:
                instance += 1
                before = placement
                continue
            if before == source and placement == target:
                for now in range(event[step - 1] + 1, event[step]):
                    if code[now] == name:
                        found[instance] = 1
            before = placement
