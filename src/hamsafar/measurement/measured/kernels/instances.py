"""Instances as rows, and counting them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.kernels import kernel
from hamsafar.measurement.measured.kernels import START
from hamsafar.measurement.measured.kernels.walk import Layout

# Columns of the counts of a stage, of a placement and of a group.
ENTERED, ENTERED_PERSONS, WENT_ON, SKIPPED, ACHIEVED, PAST, PASSED = range(7)
PERSONS, INSTANCES, MISSING, MISSING_PERSONS, LATE, LATE_PERSONS, LATE_EVENTS = range(7)


class Rows(NamedTuple):
    """The instances of a chunk, in the order of persons and time.

    - ``person`` int64 [k]: number within the chunk; ``first``, ``last`` int64 [k]: its first and last bound
      event;
    - ``furthest`` int16 [k]: the latest stage it reached; ``is_last`` uint8 [k]: the person's last instance;
    - ``entered``, ``achieved`` uint8 [k, n_stages]; ``seen``, ``late`` uint8 [k, n_placements].
    """

    person: npt.NDArray[np.int64]
    first: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]
    furthest: npt.NDArray[np.int16]
    is_last: npt.NDArray[np.uint8]
    entered: npt.NDArray[np.uint8]
    achieved: npt.NDArray[np.uint8]
    seen: npt.NDArray[np.uint8]
    late: npt.NDArray[np.uint8]


@kernel
def fill_rows(place: Any, offset: Any, layout: Layout, rows: Rows, placement_counts: Any) -> None:
    """Fills ``rows``, whose matrices come zeroed; adds out-of-sequence events to ``placement_counts``."""
    row = -1
    for person in range(len(offset) - 1):
        has_instance = False
        for event in range(offset[person], offset[person + 1]):
            placement = place[event]
            if placement < 0:
                continue
            if placement & START:
                placement -= START
                row += 1
                has_instance = True
                rows.person[row] = person
                rows.first[row] = event
                rows.furthest[row] = -1
                rows.is_last[row] = 0
            stage = layout.stage_of[placement]
            if rows.furthest[row] > stage:
                rows.late[row, placement] = 1
                placement_counts[placement, LATE_EVENTS] += 1
            else:
                rows.furthest[row] = stage
            rows.entered[row, stage] = 1
            rows.seen[row, placement] = 1
            if layout.is_exit[placement]:
                rows.achieved[row, stage] = 1
            rows.last[row] = event
        if has_instance:
            rows.is_last[row] = 1


@kernel
def count_rows(
    rows: Rows, layout: Layout, stage_counts: Any, placement_counts: Any, group_counts: Any
) -> tuple[int, int]:
    """Adds up the rows; returns how many persons and how many completed instances there are.

    ``stage_counts`` int64 [n_stages, 7], ``placement_counts`` int64 [n_placements, 7], ``group_counts`` int64
    [n_groups, 3] (instances past the group, missing it, persons missing it). A person is counted once per
    column: ``*_by`` remember the last person counted, and rows come in the order of persons.
    """
    n_stages = len(layout.has_exit)
    n_placements = len(layout.stage_of)
    n_groups = len(layout.group_stage)
    last_stage = n_stages - 1
    entered_by = np.full(n_stages, -1, np.int64)
    counted_by = np.full((n_placements, 3), -1, np.int64)
    group_by = np.full(n_groups, -1, np.int64)
    group_seen = np.zeros(n_groups, np.uint8)
    persons = 0
    completed = 0
    previous = -1
    for row in range(len(rows.person)):
        person = rows.person[row]
        furthest = rows.furthest[row]
        if person != previous:
            persons += 1
            previous = person
        for stage in range(n_stages):
            stage_counts[stage, ACHIEVED] += rows.achieved[row, stage]
            past = furthest > stage
            if past:
                stage_counts[stage, PAST] += 1
            if not rows.entered[row, stage]:
                if past:
                    stage_counts[stage, SKIPPED] += 1
                continue
            stage_counts[stage, ENTERED] += 1
            if entered_by[stage] != person:
                entered_by[stage] = person
                stage_counts[stage, ENTERED_PERSONS] += 1
            if past or rows.achieved[row, stage] or (stage == last_stage and not layout.has_exit[stage]):
                stage_counts[stage, WENT_ON] += 1
                if stage == last_stage:
                    completed += 1
                if past or stage == last_stage:
                    stage_counts[stage, PASSED] += 1
        group_seen[:] = 0
        for placement in range(n_placements):
            if rows.seen[row, placement]:
                placement_counts[placement, INSTANCES] += 1
                if counted_by[placement, 0] != person:
                    counted_by[placement, 0] = person
                    placement_counts[placement, PERSONS] += 1
                if layout.group_of[placement] >= 0:
                    group_seen[layout.group_of[placement]] = 1
                if rows.late[row, placement]:
                    placement_counts[placement, LATE] += 1
                    if counted_by[placement, 1] != person:
                        counted_by[placement, 1] = person
                        placement_counts[placement, LATE_PERSONS] += 1
            elif layout.required[placement] and furthest > layout.stage_of[placement]:
                placement_counts[placement, MISSING] += 1
                if counted_by[placement, 2] != person:
                    counted_by[placement, 2] = person
                    placement_counts[placement, MISSING_PERSONS] += 1
        for group in range(n_groups):
            if furthest > layout.group_stage[group]:
                group_counts[group, 0] += 1
                if not group_seen[group]:
                    group_counts[group, 1] += 1
                    if group_by[group] != person:
                        group_by[group] = person
                        group_counts[group, 2] += 1
    return persons, completed


@kernel
def count_next(place: Any, offset: Any, visits: Any, persons: Any) -> None:
    """Adds what follows each visit to ``visits`` and ``persons`` int64 [n_placements, n_placements + 1].

    The last column is the end of the instance.
    """
    n_placements = len(visits)
    counted_by = np.full((n_placements, n_placements + 1), -1, np.int64)
    for person in range(len(offset) - 1):
        before = -1
        for event in range(offset[person], offset[person + 1]):
            placement = place[event]
            if placement < 0:
                continue
            follower = placement
            if placement & START:
                placement -= START
                follower = n_placements
            if before >= 0:
                visits[before, follower] += 1
                if counted_by[before, follower] != person:
                    counted_by[before, follower] = person
                    persons[before, follower] += 1
            before = placement
        if before >= 0:
            visits[before, n_placements] += 1
            if counted_by[before, n_placements] != person:
                counted_by[before, n_placements] = person
                persons[before, n_placements] += 1
