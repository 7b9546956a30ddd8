"""From counts to the measured map."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.index import PathIndex
from hamsafar.lib.intervals import wilson
from hamsafar.measurement.measured.binding import Binding
from hamsafar.measurement.measured.counting import Counts
from hamsafar.measurement.measured.durations import Durations
from hamsafar.measurement.measured.map_model import MapModel
from hamsafar.measurement.measured.open_after import OpenAfter
from hamsafar.measurement.measured.result import (
    AdHoc,
    Deviations,
    MeasuredGroup,
    MeasuredMap,
    MeasuredStage,
    MeasuredTouchpoint,
    Missing,
    Next,
    OutOfSequence,
    Overlap,
    Whole,
)

Array = npt.NDArray[Any]
END = "(end)"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def finish(
    *,
    model: MapModel,
    index: PathIndex,
    binding: Binding,
    counts: Counts,
    durations: Durations,
    thresholds: tuple[OpenAfter, ...],
    ad_hoc: tuple[AdHoc, ...],
    span_us: tuple[int | None, int | None],
    data_end_us: int | None,
) -> MeasuredMap:
    """Puts the figures where they belong; ``index`` holds the selected events."""
    from hamsafar.journeys.kernels.histogram import RELATIVE_ERROR

    open_now = still_open(counts, thresholds)
    stages = _stages(model, counts, durations, thresholds, open_now[0])
    return MeasuredMap(
        map={"id": model.id, "title": model.title},
        range={"from_at": iso(span_us[0]), "to_at": iso(span_us[1])},
        data_end_at=iso(data_end_us),
        events=index.n_events,
        bound_events=counts.bound,
        unbound_events=index.n_events - counts.bound,
        persons=counts.persons,
        medians={"exact": durations.exact, "relative_error": 0.0 if durations.exact else RELATIVE_ERROR},
        whole=_whole(counts, durations, int(open_now.sum())),
        stages=stages,
        touchpoints=tuple(
            _touchpoint(model, counts, durations, number) for number in range(len(model.placements))
        ),
        groups=_groups(model, counts),
        ad_hoc=ad_hoc,
        overlaps=_overlaps(model, index, binding, counts),
        unbound_touchpoints=tuple(touchpoint.id for touchpoint in model.touchpoints if not touchpoint.bound),
        unknown_events=tuple(
            {"touchpoint": model.touchpoints[number].id, "pattern": pattern}
            for number, pattern in binding.unknown_patterns
        ),
        unknown_properties=tuple(
            {"touchpoint": model.touchpoints[number].id, "property": name}
            for number, name in binding.unknown_properties
        ),
        unmeasured_stages=tuple(
            stage.id
            for stage, measured in zip(model.stages, stages, strict=True)
            if not measured.bound_touchpoints
        ),
    )


def iso(at_us: int | None) -> str | None:
    """Microseconds since 1970 as ISO 8601 in UTC."""
    return None if at_us is None else (EPOCH + timedelta(microseconds=at_us)).isoformat()


def still_open(counts: Counts, thresholds: tuple[OpenAfter, ...]) -> npt.NDArray[np.int64]:
    """Instances still open per furthest stage, int64 [2, n_stages]: those stuck in it, those gone on."""
    limits = np.array([threshold.us for threshold in thresholds])
    total = np.zeros((2, len(thresholds)), dtype=np.int64)
    for stage, silence_us, went_on in counts.waiting:
        recent = silence_us < limits[stage]
        for row, kept in enumerate((recent & ~went_on, recent & went_on)):
            total[row] += np.bincount(stage[kept], minlength=len(thresholds))
    return total


def _whole(counts: Counts, durations: Durations, open_now: int) -> Whole:
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


def _stages(
    model: MapModel,
    counts: Counts,
    durations: Durations,
    thresholds: tuple[OpenAfter, ...],
    open_now: npt.NDArray[np.int64],
) -> tuple[MeasuredStage, ...]:
    from hamsafar.measurement.measured.kernels import instances as columns

    exits = model.exit_placements()
    measured = []
    for number, stage in enumerate(model.stages):
        row = counts.stages[number]
        entered, went_on = int(row[columns.ENTERED]), int(row[columns.WENT_ON])
        left = entered - went_on - int(open_now[number])
        n_time, median = durations.to_next_stage(number)
        measured.append(
            MeasuredStage(
                stage=stage.id,
                entered=entered,
                persons=int(row[columns.ENTERED_PERSONS]),
                went_on=went_on,
                left=left,
                still_open=int(open_now[number]),
                not_seen_after=went_on - int(row[columns.PASSED]),
                skipped=int(row[columns.SKIPPED]),
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


def _touchpoint(model: MapModel, counts: Counts, durations: Durations, number: int) -> MeasuredTouchpoint:
    from hamsafar.measurement.measured.kernels import instances as columns

    placement = model.placements[number]
    row = counts.placements[number]
    followers = counts.next_visits[number]
    n_time, median = durations.since_previous(number)
    missing = None
    if placement.need == "required" and model.touchpoints[placement.touchpoint].bound:
        missing = Missing(
            instances=int(row[columns.MISSING]),
            persons=int(row[columns.MISSING_PERSONS]),
            of=int(counts.stages[placement.stage, columns.PAST]),
        )
    return MeasuredTouchpoint(
        card=placement.card,
        also_cards=placement.also_cards,
        touchpoint=model.touchpoints[placement.touchpoint].id,
        stage=model.stages[placement.stage].id,
        persons=int(row[columns.PERSONS]),
        share_of_persons=wilson(int(row[columns.PERSONS]), counts.persons),
        visits=int(followers.sum()),
        instances=int(row[columns.INSTANCES]),
        median_seconds_since_previous=median,
        n_time=n_time,
        next=_next(model, followers, counts.next_persons[number]),
        last=int(followers[-1]),
        deviations=Deviations(
            missing=missing,
            out_of_sequence=OutOfSequence(
                events=int(row[columns.LATE_EVENTS]),
                instances=int(row[columns.LATE]),
                persons=int(row[columns.LATE_PERSONS]),
            ),
        ),
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


def _groups(model: MapModel, counts: Counts) -> tuple[MeasuredGroup, ...]:
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


def _overlaps(model: MapModel, index: PathIndex, binding: Binding, counts: Counts) -> tuple[Overlap, ...]:
    """By event name, then the touchpoint that got the events, in map order."""
    found = []
    for slot in np.flatnonzero(counts.overlaps.events).tolist():
        name = int(binding.slot_name[slot])
        begin = int(binding.matching.first_slot[name])
        given = int(binding.matching.slot_touchpoint[slot])
        others = [
            int(binding.matching.slot_touchpoint[begin + place])
            for place in np.flatnonzero(counts.overlaps.also[slot]).tolist()
        ]
        overlap = Overlap(
            event=index.names[name],
            touchpoints=tuple(model.touchpoints[number].id for number in sorted([given, *others])),
            events=int(counts.overlaps.events[slot]),
            given_to=model.touchpoints[given].id,
        )
        found.append(((name, given), overlap))
    return tuple(overlap for _, overlap in sorted(found, key=lambda entry: entry[0]))
