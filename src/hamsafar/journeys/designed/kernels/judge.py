"""How instances deviate from the map: counted per instance, or listed one by one."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from hamsafar.journeys.designed.kernels import FAILED, PLACEMENT, START
from hamsafar.journeys.designed.kernels.walk import Layout
from hamsafar.journeys.kernels import kernel

MISSING, BACK, AD_HOC, FAILING, LATE = range(5)  # kinds of deviations; back: out of sequence


class Told(NamedTuple):
    """The ad hoc events that are told: ``pair_of`` and ``number_of`` as in ``count_between``, and ``told`` bool
    [n_pairs, n_names]."""

    pair_of: Any
    number_of: Any
    told: Any


class Judged(NamedTuple):
    """The instances of a chunk, int32 [k]: their path and what was counted.

    ``events`` on touchpoints, of these ``back`` after a later stage; ``expected`` required placements and groups of the
    stages passed, of these ``missing``; ``extra``: ad hoc events that are told, once a passage and name.
    """

    path: Any
    events: Any
    back: Any
    expected: Any
    missing: Any
    extra: Any


class Listed(NamedTuple):
    """Deviations one by one, in the order in which they show.

    ``instance`` within the chunk; ``kind``; ``what``: placement, -1 - group, or for an ad hoc event the placement
    after it, with that before it in ``before`` (else -1); ``event``: place in the chunk at which it shows; ``step``:
    its bound event, for an ad hoc event the next one.
    """

    instance: Any
    kind: Any
    what: Any
    before: Any
    event: Any
    step: Any


@kernel
def judge(place: Any, event: Any, code: Any, offset: Any, layout: Layout, told: Told, judged: Judged) -> None:
    """Fills ``judged``, whose counts come zeroed."""
    row = -1
    seen_in = np.full(len(layout.stage_of), -1, np.int64)
    group_in = np.full(len(layout.group_stage), -1, np.int64)
    noted_in = np.full(told.told.shape[1], -1, np.int64)
    for path in range(len(offset) - 1):
        furthest = -1
        before = -1
        end = offset[path + 1]
        for step in range(offset[path], end):
            placement = place[step] & PLACEMENT
            if place[step] & START:
                row += 1
                judged.path[row] = path
                furthest = -1
            elif event[step - 1] + 1 < event[step] and told.pair_of[before, placement] >= 0:
                pair = told.pair_of[before, placement]
                for now in range(event[step - 1] + 1, event[step]):
                    name = told.number_of[code[now]]
                    if name >= 0 and told.told[pair, name] and noted_in[name] != step:
                        noted_in[name] = step
                        judged.extra[row] += 1
            stage = layout.stage_of[placement]
            judged.events[row] += 1
            judged.back[row] += stage < furthest
            furthest = max(furthest, stage)
            seen_in[placement] = row
            if layout.group_of[placement] >= 0:
                group_in[layout.group_of[placement]] = row
            before = placement
            if step + 1 < end and place[step + 1] & START == 0:
                continue
            for number in range(len(layout.required)):
                required = layout.required[number]
                if layout.stage_of[required] >= furthest:
                    break
                judged.expected[row] += 1
                judged.missing[row] += seen_in[required] != row
            for group in range(len(layout.group_stage)):
                if layout.group_stage[group] < furthest:
                    judged.expected[row] += 1
                    judged.missing[row] += group_in[group] != row


@kernel
def list_deviations(
    place: Any,
    event: Any,
    code: Any,
    offset: Any,
    layout: Layout,
    told: Told,
    late: Any,
    listed: Listed,
    writes: bool,
) -> int:
    """Writes the deviations of the chunk's instances to ``listed``, or only says how many there are.

    ``late`` uint8 [bound] marks late visits. What is missing shows at the first event in a later stage than its own.
    """
    n = 0
    instance = -1
    seen_in = np.full(len(layout.stage_of), -1, np.int64)
    group_in = np.full(len(layout.group_stage), -1, np.int64)
    noted_in = np.full(told.told.shape[1], -1, np.int64)
    for path in range(len(offset) - 1):
        begin = offset[path]
        while begin < offset[path + 1]:
            instance += 1
            end = begin
            while end < offset[path + 1] and (end == begin or place[end] & START == 0):
                placement = place[end] & PLACEMENT
                seen_in[placement] = instance
                if layout.group_of[placement] >= 0:
                    group_in[layout.group_of[placement]] = instance
                end += 1
            furthest = -1
            for step in range(begin, end):
                placement = place[step] & PLACEMENT
                stage = layout.stage_of[placement]
                if step > begin and event[step - 1] + 1 < event[step]:
                    before = place[step - 1] & PLACEMENT
                    pair = told.pair_of[before, placement]
                    if pair >= 0:
                        for now in range(event[step - 1] + 1, event[step]):
                            name = told.number_of[code[now]]
                            if name >= 0 and told.told[pair, name] and noted_in[name] != step:
                                noted_in[name] = step
                                if writes:
                                    _write(listed, n, instance, AD_HOC, placement, before, now, step)
                                n += 1
                if stage > furthest:
                    for number in range(len(layout.required)):
                        required = layout.required[number]
                        own = layout.stage_of[required]
                        if own >= stage:
                            break
                        if own >= furthest and seen_in[required] != instance:
                            if writes:
                                _write(listed, n, instance, MISSING, required, -1, event[step], step)
                            n += 1
                    for group in range(len(layout.group_stage)):
                        if furthest <= layout.group_stage[group] < stage and group_in[group] != instance:
                            if writes:
                                _write(listed, n, instance, MISSING, -1 - group, -1, event[step], step)
                            n += 1
                    furthest = stage
                elif stage < furthest:
                    if writes:
                        _write(listed, n, instance, BACK, placement, -1, event[step], step)
                    n += 1
                if place[step] & FAILED:
                    if writes:
                        _write(listed, n, instance, FAILING, placement, -1, event[step], step)
                    n += 1
                if late[step]:
                    if writes:
                        _write(listed, n, instance, LATE, placement, -1, event[step], step)
                    n += 1
            begin = end
    return n


@kernel
def _write(
    listed: Listed, n: int, instance: int, kind: int, what: int, before: int, event: int, step: int
) -> None:
    listed.instance[n] = instance
    listed.kind[n] = kind
    listed.what[n] = what
    listed.before[n] = before
    listed.event[n] = event
    listed.step[n] = step
