"""Where on the map each event is, and where instances begin."""

from __future__ import annotations

from typing import Any, NamedTuple

from hamsafar.journeys.designed.kernels import FAILED, PLACEMENT, START
from hamsafar.journeys.kernels import kernel


class Layout(NamedTuple):
    """A map's placements.

    - ``resolve`` int16 [n_touchpoints, n_stages + 1]: the placement of a touchpoint's event when the
      current stage is column - 1 (column 0: the instance begins);
    - ``stage_of`` int16 [n_placements]; ``in_first_stage`` uint8 [n_touchpoints];
    - ``is_exit`` uint8 [n_placements]: the placement is its stage's exit action (which a failed visit does
      not do); ``has_exit`` uint8 [n_stages];
    - ``idle_us`` (-1: no idle rule) and ``first_stage_again`` say how an instance begins;
    - ``required`` int16 [n_required]: placements in the order of stages;
    - ``group_of`` int16 [n_placements], -1 none; ``group_stage`` int16 [n_groups].
    """

    resolve: Any
    stage_of: Any
    in_first_stage: Any
    is_exit: Any
    has_exit: Any
    idle_us: Any
    first_stage_again: Any
    required: Any
    group_of: Any
    group_stage: Any


@kernel
def walk(
    touchpoint: Any,
    code: Any,
    at_us: Any,
    all_offset: Any,
    layout: Layout,
    place: Any,
    event: Any,
    offset: Any,
    unbound: Any,
) -> tuple[int, int]:
    """Writes ``place``, ``event`` and ``offset``; returns how many events are bound and how many instances
    begin.

    ``touchpoint`` int16 is that of every event (-1: none; with ``FAILED``), ``all_offset`` cuts all events
    by path. Events on no touchpoint are added to ``unbound`` int64 [n event names].
    """
    last_stage = len(layout.has_exit) - 1
    bound = 0
    instances = 0
    offset[0] = 0
    for person in range(len(all_offset) - 1):
        current = -1
        furthest = -1
        previous_us = 0
        begun = False
        for now in range(all_offset[person], all_offset[person + 1]):
            number = touchpoint[now]
            if number < 0:
                unbound[code[now]] += 1
                continue
            failed = number & FAILED
            number &= PLACEMENT
            begins = not begun
            if begun and layout.idle_us >= 0 and at_us[now] - previous_us > layout.idle_us:
                begins = True
            placement = layout.resolve[number, current + 1]
            if (
                not begins
                and layout.first_stage_again
                and furthest == last_stage
                and layout.in_first_stage[number] != 0
                and layout.stage_of[placement] != current
            ):
                begins = True
            if begins:
                begun = True
                instances += 1
                furthest = -1
                placement = layout.resolve[number, 0]
            current = layout.stage_of[placement]
            furthest = max(furthest, current)
            previous_us = at_us[now]
            place[bound] = placement | failed | START if begins else placement | failed
            event[bound] = now
            bound += 1
        offset[person + 1] = bound
    return bound, instances
