"""Stages: progress over the stages of a map, moves back, and how long it takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import partial as bind
from typing import Any, ClassVar, Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from hamsafar.journeys import drawing
from hamsafar.journeys.askable import Askable
from hamsafar.journeys.designed.counting import Counts
from hamsafar.journeys.designed.finish import stage_rows, still_open, whole_row
from hamsafar.journeys.designed.map_model import MapModel
from hamsafar.journeys.designed.measure import count_walk
from hamsafar.journeys.designed.quantiles import Durations, Quantiles
from hamsafar.journeys.designed.result import MapName, MeasuredStage, Whole
from hamsafar.journeys.designed.sheets import rate_columns, time_columns
from hamsafar.journeys.designed.walk import Stretch, Walk
from hamsafar.journeys.designed.wording import basis, nothing_on_the_map
from hamsafar.journeys.estimate import Estimate, Key, share
from hamsafar.journeys.view import END, START, Language, Result, duration, medians_note, node, number, percent
from hamsafar.lib.intervals import Rate, wilson

Array = npt.NDArray[Any]

_COUNTED = ("entered", "went_on", "left", "still_open", "skipped", "persons")


@dataclass(frozen=True)
class StageProgress:
    """A stage as on the measured map, and more: ``stays`` are runs of events there, ``seconds`` the quantiles of the
    time from the first event in the stage to the first in a later one."""

    measured: MeasuredStage
    stays: int
    seconds: Quantiles

    def to_dict(self) -> dict[str, Any]:
        return {**asdict(self.measured), "stays": self.stays, "seconds": self.seconds.to_dict()}


@dataclass(frozen=True)
class Move:
    """From a stage (or ``(start)``) to another (or ``(end)``): ``share`` is of all stays in the stage it is from (of
    all instances, for ``(start)``)."""

    source: str
    target: str
    count: int
    instances: int
    persons: int
    share: Rate

    def to_dict(self) -> dict[str, Any]:
        found = asdict(self)
        return {"from": found.pop("source"), "to": found.pop("target"), **found}


@dataclass(frozen=True)
class Stages(Result):
    """Progress over the stages of a map.

    - ``stages``: one row per stage; went on, left, still open and skipped are those of the measured map;
    - ``moves``: what follows a stay in a stage: another stage or the end. All that occur, in the order of stages;
      those of a stage add up to its stays;
    - ``regressions``: the moves to an earlier stage, most first; ``share`` is of the instances that entered the
      stage they are from;
    - ``persons`` are those with an event on the map, ``instances`` their runs through it.

    Definitions: docs/guide/paths-stages.en.md.
    """

    unit: str
    map: MapName
    data_end_us: int | None
    events: int
    bound_events: int
    paths: int
    persons: int
    instances: int
    whole: Whole
    stages: tuple[StageProgress, ...]
    moves: tuple[Move, ...]
    regressions: tuple[Move, ...]
    relative_error: float

    titles: ClassVar = {"en": "Stages", "fa": "مرحله‌ها"}
    headings: ClassVar = {
        "en": (
            "stage",
            "entered",
            "went on",
            "left",
            "still open",
            "skipped",
            "share that went on",
            "median time to next",
            "9 in 10 within",
            "came back from later",
        ),
        "fa": (
            "مرحله",
            "وارد شدند",
            "ادامه دادند",
            "خارج‌شده",
            "در جریان",
            "نیامده رد شدند",
            "سهم ادامه‌دهندگان",
            "میانهٔ زمان تا مرحلهٔ بعد",
            "۹ از ۱۰ سفر تا",
            "بازگشت از مرحله‌های بعدی",
        ),
    }

    @property
    def reason(self) -> dict[str, str] | None:
        return None if self.instances else nothing_on_the_map()

    def estimates(self) -> list[Estimate]:
        """For each stage (its id and its name), the share of its decided instances that went on."""
        return [
            share((one.stage, one.name), one.went_on, one.went_on + one.left)
            for one in (row.measured for row in self.stages)
        ]

    def row_name(self, key: Key, language: Language) -> str:
        return key[1]

    def table(self) -> pa.Table:
        """One row per stage; ``share_went_on`` and ``seconds`` are structs."""
        return pa.Table.from_pylist([row.to_dict() for row in self.stages])

    def sheet(self, language: Language) -> pa.Table:
        """One row per stage, by its name; the quantiles are of the time to a later stage."""
        measured = [row.measured for row in self.stages]
        return pa.table(
            {
                "stage": [one.name for one in measured],
                **{name: [getattr(one, name) for one in measured] for name in _COUNTED},
                **rate_columns("share_went_on", [one.share_went_on for one in measured]),
                **time_columns([row.seconds for row in self.stages]),
                "stays": [row.stays for row in self.stages],
            }
        )

    def to_dict(self) -> dict[str, Any]:
        from hamsafar.journeys.view import iso_time

        return {
            "question": "stages",
            "unit": self.unit,
            "map": asdict(self.map),
            "data_end_at": iso_time(self.data_end_us),
            "events": self.events,
            "bound_events": self.bound_events,
            "paths": self.paths,
            "persons": self.persons,
            "instances": self.instances,
            "relative_error": self.relative_error,
            "reason": self.reason,
            "whole": asdict(self.whole),
            "rows": [row.to_dict() for row in self.stages],
            "moves": [move.to_dict() for move in self.moves],
            "regressions": [move.to_dict() for move in self.regressions],
        }

    def cells(self, language: Language, limit: int) -> list[list[str]]:
        back: dict[str, int] = {}
        for move in self.regressions:
            back[move.target] = back.get(move.target, 0) + move.count
        return [
            [
                row.measured.name,
                *(
                    number(n, language)
                    for n in (
                        row.measured.entered,
                        row.measured.went_on,
                        row.measured.left,
                        row.measured.still_open,
                        row.measured.skipped,
                    )
                ),
                percent(row.measured.share_went_on.value, language),
                duration(row.seconds.p50, language),
                duration(row.seconds.p90, language),
                number(back.get(row.measured.stage, 0), language),
            ]
            for row in self.stages[:limit]
        ]

    def masked(self, least: int) -> tuple[Self, int]:
        """Stages and moves that few persons are behind go."""
        kept = tuple(row for row in self.stages if not 0 < row.measured.persons < least)
        moves, back = (
            tuple(move for move in one if not 0 < move.persons < least)
            for one in (self.moves, self.regressions)
        )
        gone = len(self.stages) + len(self.moves) + len(self.regressions) - len(kept) - len(moves) - len(back)
        return replace(self, stages=kept, moves=moves, regressions=back), gone

    def drawing(self, language: Language) -> str:
        """From where (rows) to where (columns), as shares of the stays of a row."""
        names = {row.measured.stage: row.measured.name for row in self.stages}
        names |= {START: node(START, language), END: node(END, language)}
        rows, columns = [START, *(list(names)[:-2])], [*(list(names)[:-2]), END]
        shares = {(move.source, move.target): move.share.value for move in self.moves}
        cells = [
            [
                drawing.Cell(shares.get((source, target)), percent(shares[source, target], language))
                if (source, target) in shares
                else None
                for target in columns
            ]
            for source in rows
        ]
        return drawing.heat(
            [names[one] for one in rows],
            [names[one] for one in columns],
            cells,
            self.titles[language],
            language,
        )

    def notes(self, language: Language) -> list[str]:
        if self.reason:
            return [self.reason[language]]
        return [
            basis(self.bound_events, self.instances, self.persons, language),
            *medians_note(self.relative_error, language),
        ]


def stages(paths: Askable, model: MapModel, open_after: Mapping[str, float] | None = None) -> Stages:
    """See ``Stages``. ``open_after`` sets thresholds for "still open" in seconds by stage.

    Raises ``BadThreshold``.
    """
    return stages_walked(Walk(paths, model), open_after or {})


def stages_walked(walk: Walk, open_after: Mapping[str, float]) -> Stages:
    """``stages`` of a walk that may have been asked something before."""
    from hamsafar.journeys.kernels.histogram import buckets_for

    model, paths = walk.model, walk.paths
    measurement = count_walk(walk, open_after)
    counts: Counts = measurement.counts
    open_now = still_open(counts, measurement.thresholds, paths.span_us[1])
    measured = stage_rows(model, counts, measurement.durations, measurement.thresholds, open_now[0])
    first_us, last_us = paths.span_us
    moved = walk.reduce(
        bind(_move_stretch, walk.layout, buckets_for(last_us - first_us), measurement.durations.exact),
        _Moved.merge,
    )
    times = moved.times.quantiles()
    stays = moved.counts[: len(model.stages), :, 0].sum(axis=1)
    return Stages(
        unit=paths.unit,
        map=MapName(model.id, model.title),
        data_end_us=last_us if paths.n_events else None,
        events=paths.n_events,
        bound_events=counts.bound,
        paths=paths.n_paths,
        persons=counts.persons,
        instances=counts.instances,
        whole=whole_row(counts, measurement.durations, int(open_now.sum())),
        stages=tuple(
            StageProgress(row, int(stays[place]), times[place]) for place, row in enumerate(measured)
        ),
        moves=_moves(model, moved.counts),
        regressions=_regressions(model, moved.counts, measured),
        relative_error=moved.times.relative_error,
    )


@dataclass(frozen=True, eq=False)
class _Moved:
    """``counts`` as in ``kernels.moves``, and the time in each stage. A monoid."""

    counts: Array
    times: Durations

    def merge(self, other: _Moved) -> _Moved:
        return _Moved(self.counts + other.counts, self.times.merge(other.times))


def _move_stretch(layout: Any, buckets: int, exact: bool, stretch: Stretch) -> _Moved:
    from hamsafar.journeys.designed.kernels.moves import count_moves
    from hamsafar.journeys.designed.kernels.times import durations

    n_stages, n_placements = len(layout.has_exit), len(layout.stage_of)
    counts = np.zeros((n_stages + 1, n_stages + 1, 3), dtype=np.int64)
    latest = np.full((n_stages + 1, n_stages + 1, 2), -1, dtype=np.int64)
    instance = -1
    stage, took_us = [np.empty(0, dtype=np.int16)], [np.empty(0, dtype=np.int64)]
    for chunk in stretch.chunks:
        instance = count_moves(
            chunk.place, chunk.offset, chunk.person, layout.stage_of, counts, latest, instance
        )
        kinds = np.empty(4 * chunk.bound, dtype=np.int16)
        values = np.empty(4 * chunk.bound, dtype=np.int64)
        n = durations(chunk.place, chunk.event, chunk.at_us, chunk.offset, layout, kinds, values)
        to_next = (kinds[:n] >= n_placements) & (kinds[:n] < n_placements + n_stages)
        stage.append(kinds[:n][to_next] - np.int16(n_placements))
        took_us.append(values[:n][to_next])
    times = Durations.of(np.concatenate(stage), np.concatenate(took_us), n_stages, buckets, exact=exact)
    return _Moved(counts, times)


def _moves(model: MapModel, counts: Array) -> tuple[Move, ...]:
    ids = [stage.id for stage in model.stages]
    n_stages = len(ids)
    order = [n_stages, *range(n_stages)]
    return tuple(
        Move(
            START if source == n_stages else ids[source],
            END if target == n_stages else ids[target],
            int(counts[source, target, 0]),
            int(counts[source, target, 1]),
            int(counts[source, target, 2]),
            wilson(int(counts[source, target, 0]), int(counts[source, :, 0].sum())),
        )
        for source in order
        for target in range(n_stages + 1)
        if counts[source, target, 0]
    )


def _regressions(model: MapModel, counts: Array, measured: tuple[MeasuredStage, ...]) -> tuple[Move, ...]:
    """Most instances first, then in the order of stages."""
    found = []
    for source, row in enumerate(measured):
        for target in range(source):
            count, instances, persons = (int(figure) for figure in counts[source, target])
            if count:
                share = wilson(instances, row.entered)
                found.append(Move(row.stage, model.stages[target].id, count, instances, persons, share))
    return tuple(sorted(found, key=lambda move: -move.instances))
