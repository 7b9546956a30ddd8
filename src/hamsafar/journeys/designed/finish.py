"""From counts to the measured map."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.designed.binding import slots_of, unknown_patterns
from hamsafar.journeys.designed.counting import Counts
from hamsafar.journeys.designed.durations import Durations
from hamsafar.journeys.designed.map_model import MapModel
from hamsafar.journeys.designed.open_after import OpenAfter
from hamsafar.journeys.designed.result import (
    AdHoc,
    Deviations,
    MapName,
    MeasuredGroup,
    MeasuredMap,
    MeasuredStage,
    MeasuredTouchpoint,
    Medians,
    Missing,
    Next,
    OutOfSequence,
    Overlap,
    TimeRange,
    UnknownEvent,
    UnknownProperty,
    Whole,
)
from hamsafar.journeys.designed.visits import Visits, failing, late
from hamsafar.journeys.designed.walk import Walk
from hamsafar.journeys.view import END, iso_time
from hamsafar.lib.intervals import wilson

Array = npt.NDArray[Any]


def finish(
    *,
    walk: Walk,
    counts: Counts,
    durations: Durations,
    thresholds: tuple[OpenAfter, ...],
    visits: Visits | None,
    ad_hoc: tuple[AdHoc, ...],
    span_us: tuple[int | None, int | None],
) -> MeasuredMap:
    """Puts the figures where they belong."""
    from hamsafar.journeys.kernels.histogram import RELATIVE_ERROR

    model, paths = walk.model, walk.paths
    data_end_us = paths.span_us[1]
    open_now = still_open(counts, thresholds, data_end_us)
    stages = stage_rows(model, counts, durations, thresholds, open_now[0])
    return MeasuredMap(
        map=MapName(model.id, model.title),
        range=TimeRange(iso_time(span_us[0]), iso_time(span_us[1])),
        data_end_at=iso_time(data_end_us) if paths.n_events else None,
        events=paths.n_events,
        bound_events=counts.bound,
        unbound_events=paths.n_events - counts.bound,
        persons=counts.persons,
        medians=Medians(durations.exact, 0.0 if durations.exact else RELATIVE_ERROR),
        whole=whole_row(counts, durations, int(open_now.sum())),
        stages=stages,
        touchpoints=tuple(
            _touchpoint(model, counts, durations, deviating, number)
            for number, deviating in enumerate(placement_deviations(model, counts, visits))
        ),
        groups=group_rows(model, counts),
        ad_hoc=ad_hoc,
        overlaps=_overlaps(model, paths.names, counts),
        unbound_touchpoints=tuple(touchpoint.id for touchpoint in model.touchpoints if not touchpoint.bound),
        unknown_events=tuple(
            UnknownEvent(model.touchpoints[number].id, pattern)
            for number, pattern in unknown_patterns(paths.names, model.touchpoints)
        ),
        unknown_properties=tuple(
            UnknownProperty(model.touchpoints[number].id, name)
            for number, name in sorted(counts.unknown_properties)
        ),
        unmeasured_stages=tuple(
            stage.id
            for stage, measured in zip(model.stages, stages, strict=True)
            if not measured.bound_touchpoints
        ),
    )


def still_open(counts: Counts, thresholds: tuple[OpenAfter, ...], data_end_us: int) -> npt.NDArray[np.int64]:
    """Instances still open per furthest stage, int64 [2, n_stages]: those stuck in it, those gone on."""
    limits = np.array([threshold.us for threshold in thresholds])
    recent = data_end_us - counts.waiting_since_us < limits[counts.waiting_stage]
    went_on = counts.waiting_went_on
    return np.stack(
        [
            np.bincount(counts.waiting_stage[kept], minlength=len(thresholds))
            for kept in (recent & ~went_on, recent & went_on)
        ]
    )


def whole_row(counts: Counts, durations: Durations, open_now: int) -> Whole:
    left = counts.instances - counts.completed - open_now
    n_time, median = durations.to_complete()
    return Whole(
        begun=counts.instances,
        completed=counts.completed,
        left=left,
        still_open=open_now,
        persons=counts.persons,
        completion=wilson(counts.completed, counts.completed + left),
        median_seconds_to_complete=median,
        n_time=n_time,
    )


def stage_rows(
    model: MapModel,
    counts: Counts,
    durations: Durations,
    thresholds: tuple[OpenAfter, ...],
    open_now: npt.NDArray[np.int64],
) -> tuple[MeasuredStage, ...]:
    """The stages in order; ``open_now`` are the instances still open and stuck in each."""
    from hamsafar.journeys.designed.kernels import tally as columns

    exits = model.exit_placements()
    past = counts.past().tolist()
    measured = []
    for number, stage in enumerate(model.stages):
        row = counts.stages[number]
        entered, furthest = int(row[columns.ENTERED]), int(row[columns.FURTHEST])
        from_furthest = int(row[columns.FURTHEST_WENT_ON])
        went_on = entered - furthest + from_furthest
        left = entered - went_on - int(open_now[number])
        n_time, median = durations.to_next_stage(number)
        measured.append(
            MeasuredStage(
                stage=stage.id,
                name=stage.name,
                entered=entered,
                persons=int(row[columns.ENTERED_PERSONS]),
                went_on=went_on,
                left=left,
                still_open=int(open_now[number]),
                not_seen_after=from_furthest if number < len(model.stages) - 1 else 0,
                skipped=past[number] - (entered - furthest),
                achieved=None if exits[number] is None else int(row[columns.ACHIEVED]),
                share_went_on=wilson(went_on, went_on + left),
                median_seconds_to_next=median,
                n_time=n_time,
                open_after_seconds=thresholds[number].us / 1e6,
                open_after_source=thresholds[number].source,
                gap_n=thresholds[number].gaps,
                bound_touchpoints=sum(
                    placement.stage == number and model.touchpoints[placement.touchpoint].bound
                    for placement in model.placements
                ),
            )
        )
    return tuple(measured)


def _touchpoint(
    model: MapModel, counts: Counts, durations: Durations, deviations: Deviations, number: int
) -> MeasuredTouchpoint:
    from hamsafar.journeys.designed.kernels import tally as columns

    placement = model.placements[number]
    row = counts.placements[number]
    followers = counts.next_visits[number]
    n_time, median = durations.since_previous(number)
    return MeasuredTouchpoint(
        card=placement.card,
        also_cards=placement.also_cards,
        touchpoint=model.touchpoints[placement.touchpoint].id,
        name=model.touchpoints[placement.touchpoint].name,
        stage=model.stages[placement.stage].id,
        persons=int(row[columns.PERSONS]),
        share_of_persons=wilson(int(row[columns.PERSONS]), counts.persons),
        visits=int(followers.sum()),
        instances=int(row[columns.INSTANCES]),
        median_seconds_since_previous=median,
        n_time=n_time,
        next=_next(model, followers, counts.next_persons[number]),
        last=int(followers[-1]),
        deviations=deviations,
    )


def placement_deviations(model: MapModel, counts: Counts, visits: Visits | None) -> list[Deviations]:
    """What deviates at every placement."""
    times = [] if visits is None else visits.times.quantiles()
    return [
        Deviations(
            missing=_missing(model, counts, number),
            out_of_sequence=_out_of_sequence(counts.placements[number]),
            failing=failing(model, visits, number, int(counts.next_visits[number].sum())),
            late=late(model, visits, times, number),
        )
        for number in range(len(model.placements))
    ]


def _missing(model: MapModel, counts: Counts, number: int) -> Missing | None:
    from hamsafar.journeys.designed.kernels import tally as columns

    placement, row = model.placements[number], counts.placements[number]
    if placement.need != "required" or not model.touchpoints[placement.touchpoint].bound:
        return None
    return Missing(
        instances=int(row[columns.MISSING]),
        persons=int(row[columns.MISSING_PERSONS]),
        of=int(counts.past()[placement.stage]),
    )


def _out_of_sequence(row: Array) -> OutOfSequence:
    from hamsafar.journeys.designed.kernels import tally as columns

    return OutOfSequence(
        events=int(row[columns.BACK_EVENTS]),
        instances=int(row[columns.BACK]),
        persons=int(row[columns.BACK_PERSONS]),
    )


def _next(model: MapModel, visits: Array, persons: Array) -> tuple[Next, ...]:
    """By falling count, then map order; the end comes after the placements."""
    total = int(visits.sum())
    rows = []
    for follower in sorted(np.flatnonzero(visits).tolist(), key=lambda other: (-visits[other], other)):
        at_end = follower == len(model.placements)
        rows.append(
            Next(
                card=END if at_end else model.placements[follower].card,
                touchpoint=None if at_end else model.touchpoints[model.placements[follower].touchpoint].id,
                count=int(visits[follower]),
                persons=int(persons[follower]),
                share=int(visits[follower]) / total,
            )
        )
    return tuple(rows)


def group_rows(model: MapModel, counts: Counts) -> tuple[MeasuredGroup, ...]:
    measured = []
    for number, group in enumerate(model.groups):
        members = [model.placements[placement] for placement in group.placements]
        past, missing, persons = (int(figure) for figure in counts.groups[number])
        bound = all(model.touchpoints[member.touchpoint].bound for member in members)
        measured.append(
            MeasuredGroup(
                group=group.id,
                stage=model.stages[group.stage].id,
                cards=tuple(member.card for member in members),
                missing=Missing(instances=missing, persons=persons, of=past) if bound else None,
            )
        )
    return tuple(measured)


def _overlaps(model: MapModel, names: tuple[str, ...], counts: Counts) -> tuple[Overlap, ...]:
    """By event name, then the touchpoint that got the events, in map order."""
    slots = slots_of(names, model.touchpoints)
    events: dict[tuple[int, int], int] = {}
    others: dict[tuple[int, int], set[int]] = {}
    for slot in np.flatnonzero(counts.overlapping).tolist():
        key = (slots[slot].name, slots[slot].touchpoint)
        begin = slot - slots[slot].place
        events[key] = events.get(key, 0) + int(counts.overlapping[slot])
        others.setdefault(key, {key[1]}).update(
            slots[begin + place].touchpoint for place in np.flatnonzero(counts.also[slot]).tolist()
        )
    return tuple(
        Overlap(
            event=names[name],
            touchpoints=tuple(model.touchpoints[number].id for number in sorted(others[name, given])),
            events=n,
            given_to=model.touchpoints[given].id,
        )
        for (name, given), n in sorted(events.items())
    )
