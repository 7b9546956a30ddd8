"""The durations a measured map speaks of."""

from __future__ import annotations

from typing import Any

from hamsafar.journeys.designed.kernels import FAILED, PLACEMENT, START
from hamsafar.journeys.designed.kernels.walk import Layout
from hamsafar.journeys.kernels import kernel
from hamsafar.journeys.kernels.histogram import bucket_of


@kernel
def durations(
    place: Any, event: Any, at_us: Any, offset: Any, layout: Layout, kinds: Any, values: Any
) -> int:
    """Writes every duration, in microseconds, to ``values`` and what it is to ``kinds``; returns how many.

    With P placements and S stages, kind k is: below P the time since the touchpoint before, at placement k;
    then for each stage the time from its first event to the first event in a later stage; then for each stage
    the gap with which instances went on; last (P + 2 S) the time to complete. An event brings at most four.
    """
    n_placements = len(layout.stage_of)
    n_stages = len(layout.has_exit)
    last_stage = n_stages - 1
    n = 0
    for path in range(len(offset) - 1):
        begun_us = at_us[0]
        previous_us = at_us[0]
        first_us = at_us[0]  # of the furthest stage
        latest_us = at_us[0]  # of the furthest stage
        furthest = -1
        achieved = False
        for step in range(offset[path], offset[path + 1]):
            placement = place[step] & PLACEMENT
            now_us = at_us[event[step]]
            if place[step] & START:
                begun_us = now_us
                furthest = -1
            else:
                kinds[n] = placement
                values[n] = now_us - previous_us
                n += 1
            previous_us = now_us
            stage = layout.stage_of[placement]
            if stage < furthest:
                continue
            exits = layout.is_exit[placement] != 0 and place[step] & FAILED == 0
            if stage > furthest:
                if furthest >= 0:
                    kinds[n] = n_placements + furthest
                    values[n] = now_us - first_us
                    n += 1
                    if not achieved:
                        kinds[n] = n_placements + n_stages + furthest
                        values[n] = now_us - latest_us
                        n += 1
                furthest = stage
                first_us = now_us
                achieved = False
                completes = stage == last_stage and (exits or not layout.has_exit[stage])
            else:
                completes = stage == last_stage and exits and not achieved
                if exits and not achieved:
                    kinds[n] = n_placements + n_stages + stage
                    values[n] = now_us - latest_us
                    n += 1
            latest_us = now_us
            achieved = achieved or exits
            if completes:
                kinds[n] = n_placements + 2 * n_stages
                values[n] = now_us - begun_us
                n += 1
    return n


@kernel
def add_to_histogram(kinds: Any, values: Any, n: int, histogram: Any) -> None:
    """Counts the first ``n`` durations in ``histogram`` int64 [n_kinds, n_buckets]."""
    for place in range(n):
        histogram[kinds[place], bucket_of(values[place])] += 1


@kernel
def pick(kinds: Any, values: Any, n: int, low_us: Any, high_us: Any) -> int:
    """Moves durations with ``low_us[kind] <= duration < high_us[kind]`` to the front; returns how many."""
    kept = 0
    for place in range(n):
        kind = kinds[place]
        value = values[place]
        if low_us[kind] <= value < high_us[kind]:
            kinds[kept] = kind
            values[kept] = value
            kept += 1
    return kept
