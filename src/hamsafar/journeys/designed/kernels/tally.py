"""Counting instances: stages, placements, groups and what comes next."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from hamsafar.journeys.designed.kernels import FAILED, PLACEMENT, START
from hamsafar.journeys.designed.kernels.walk import Layout
from hamsafar.journeys.kernels import kernel

# Columns of the counts of a stage, of a placement and of a group.
ENTERED, ENTERED_PERSONS, ACHIEVED, FURTHEST, FURTHEST_WENT_ON = range(5)
PERSONS, INSTANCES, MISSING, MISSING_PERSONS, BACK, BACK_PERSONS, BACK_EVENTS = range(
    7
)  # back: out of sequence
GROUP_PAST, GROUP_MISSING, GROUP_MISSING_PERSONS = range(3)


class Tally(NamedTuple):
    """What is counted, int64, with what is needed to count an instance or a person once.

    - ``stages`` [n_stages, 5], ``placements`` [n_placements, 7], ``groups`` [n_groups, 3];
    - ``next_visits``, ``next_persons`` [n_placements, n_placements + 1]: what follows a visit, last column
      the end;
    - columns ``FURTHEST*`` count instances by the furthest stage they reached: all, and those that went on
      from it;
    - ``*_in`` hold the instance, ``*_by`` the person that was last seen or counted there, -1 at first.
    """

    stages: Any
    placements: Any
    groups: Any
    next_visits: Any
    next_persons: Any
    entered_in: Any
    achieved_in: Any
    seen_in: Any
    back_in: Any
    group_in: Any
    entered_by: Any
    seen_by: Any
    back_by: Any
    missing_by: Any
    group_by: Any
    next_by: Any


class Waiting(NamedTuple):
    """Paths' last instances, where they did not complete: they may be still open.

    ``stage`` int16: the furthest one; ``since_us`` int64: the last event; ``went_on`` bool: from that stage.
    """

    stage: Any
    since_us: Any
    went_on: Any


@kernel
def count(
    place: Any,
    event: Any,
    at_us: Any,
    offset: Any,
    layout: Layout,
    tally: Tally,
    waiting: Waiting,
    whose: Any,
    instance: int,
) -> tuple[int, int, int, int]:
    """Adds a chunk; ``whose`` int64 [n paths] is the person of each path, and ``instance`` the number of the instance
    before.

    Returns the number of the last instance, how many persons have instances, how many instances completed,
    and how many wait.
    """
    persons = 0
    completed = 0
    n_waiting = 0
    n_placements = len(layout.stage_of)
    last_stage = len(layout.has_exit) - 1
    counted = np.int64(-1)
    for path in range(len(offset) - 1):
        person = whose[path]
        before: Any = -1
        current = -1
        furthest = -1
        end = offset[path + 1]
        # One step beyond the path's events, to close the last instance where the others are closed.
        for step in range(offset[path], end + 1):
            bits = np.int16(START) if step == end else place[step]
            ends = bits & START != 0
            placement = bits & PLACEMENT
            if before >= 0:
                follower = n_placements if ends else placement
                tally.next_visits[before, follower] += 1
                tally.next_persons[before, follower] += tally.next_by[before, follower] != person
                tally.next_by[before, follower] = person
            if ends and before >= 0:
                achieved = tally.achieved_in[furthest] == instance
                went_on = achieved or (furthest == last_stage and layout.has_exit[furthest] == 0)
                tally.stages[furthest, FURTHEST] += 1
                tally.stages[furthest, FURTHEST_WENT_ON] += went_on
                for number in range(len(layout.required)):  # in the order of stages
                    required = layout.required[number]
                    if layout.stage_of[required] >= furthest:
                        break
                    missing = tally.seen_in[required] != instance
                    tally.placements[required, MISSING] += missing
                    if missing:
                        tally.placements[required, MISSING_PERSONS] += tally.missing_by[required] != person
                        tally.missing_by[required] = person
                for group in range(len(layout.group_stage)):
                    if layout.group_stage[group] < furthest:
                        tally.groups[group, GROUP_PAST] += 1
                        if tally.group_in[group] != instance:
                            tally.groups[group, GROUP_MISSING] += 1
                            tally.groups[group, GROUP_MISSING_PERSONS] += tally.group_by[group] != person
                            tally.group_by[group] = person
                if went_on and furthest == last_stage:
                    completed += 1
                elif step == end:
                    waiting.stage[n_waiting] = furthest
                    waiting.since_us[n_waiting] = at_us[event[end - 1]]
                    waiting.went_on[n_waiting] = went_on
                    n_waiting += 1
            if step == end:
                if before >= 0:
                    persons += person != counted
                    counted = person
                break
            if ends:
                instance += 1
                furthest = -1
                current = -1
            stage = layout.stage_of[placement]
            if stage < furthest:
                tally.placements[placement, BACK_EVENTS] += 1
                tally.placements[placement, BACK] += tally.back_in[placement] != instance
                tally.placements[placement, BACK_PERSONS] += tally.back_by[placement] != person
                tally.back_in[placement] = instance
                tally.back_by[placement] = person
            else:
                furthest = stage
            # Added, not asked about: the processor cannot foresee these answers, and waiting for them costs more.
            tally.placements[placement, INSTANCES] += tally.seen_in[placement] != instance
            tally.placements[placement, PERSONS] += tally.seen_by[placement] != person
            tally.seen_in[placement] = instance
            tally.seen_by[placement] = person
            if stage != current:
                current = stage
                tally.stages[stage, ENTERED] += tally.entered_in[stage] != instance
                tally.stages[stage, ENTERED_PERSONS] += tally.entered_by[stage] != person
                tally.entered_in[stage] = instance
                tally.entered_by[stage] = person
            if layout.group_of[placement] >= 0:
                tally.group_in[layout.group_of[placement]] = instance
            if layout.is_exit[placement] and bits & FAILED == 0:
                tally.stages[stage, ACHIEVED] += tally.achieved_in[stage] != instance
                tally.achieved_in[stage] = instance
            before = placement
    return instance, persons, completed, n_waiting
