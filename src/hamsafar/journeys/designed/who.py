"""Who is behind a number of the measured map: the instances that were counted there, and their persons."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial as bind
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.designed.ad_hoc import ad_hoc_events
from hamsafar.journeys.designed.counting import count
from hamsafar.journeys.designed.errors import BadSelector
from hamsafar.journeys.designed.judging import KINDS, Rules, judge_chunk, rules_of
from hamsafar.journeys.designed.map_model import MapModel
from hamsafar.journeys.designed.measure import Measurement, Selection, count_walk
from hamsafar.journeys.designed.rows import completed, rows_of, went_on_from_furthest
from hamsafar.journeys.designed.visits import instances_of, targets_of, timed
from hamsafar.journeys.designed.walk import Chunk, Stretch, Walk
from hamsafar.journeys.index import PathIndex
from hamsafar.journeys.view import END, START

if TYPE_CHECKING:
    from hamsafar.journeys.designed.kernels.rows import Rows
    from hamsafar.journeys.designed.kernels.walk import Layout

Array = npt.NDArray[Any]
Flags = npt.NDArray[np.bool_]

BUCKETS: dict[str, tuple[str, ...]] = {
    "map": ("begun", "completed", "left", "still_open"),
    "stage": ("entered", "went_on", "left", "still_open", "not_seen_after", "skipped", "achieved"),
    "touchpoint": ("visited", "last", "missing", "out_of_sequence", "failing", "late"),
    "group": ("missing",),
    "next": (),
    "ad_hoc": (),
    "move": (),
    "deviation": (*KINDS, "any", "none"),
}


@dataclass(frozen=True, eq=False)
class Who:
    """Instances in the order of persons and time; ``person`` is the number in ``index``."""

    index: PathIndex
    person: Array
    begin_us: Array
    end_us: Array

    @property
    def n_persons(self) -> int:
        return len(np.unique(self.person))

    @property
    def n_instances(self) -> int:
        return len(self.person)

    def page(self, after: str | None, limit: int) -> Sequence[tuple[str, list[tuple[int, int]]]]:
        """The next ``limit`` persons by id after ``after``, each with the begin and end of its instances."""
        persons, starts = np.unique(self.person, return_index=True)
        ends = [*starts[1:].tolist(), self.n_instances]
        low, high = 0, len(persons)
        while after is not None and low < high:  # persons come by id
            middle = (low + high) // 2
            if self.index.persons[int(persons[middle])] <= after:
                low = middle + 1
            else:
                high = middle
        return [
            (
                self.index.persons[int(persons[place])],
                list(
                    zip(
                        self.begin_us[starts[place] : ends[place]].tolist(),
                        self.end_us[starts[place] : ends[place]].tolist(),
                        strict=True,
                    )
                ),
            )
            for place in range(low, min(low + limit, len(persons)))
        ]


@dataclass(frozen=True)
class Selector:
    """A number on the measured map; which fields mean something depends on ``kind`` (see ``BUCKETS``)."""

    kind: str
    bucket: str = ""
    stage: int = -1
    placement: int = -1
    group: int = -1
    to: int = -1
    event: str = ""

    @classmethod
    def of(cls, model: MapModel, plain: dict[str, Any]) -> Selector:
        """Reads ``{"kind": ..., ...}``; raises ``BadSelector`` with the field and what it may be."""
        kind = _one_of(plain, "kind", BUCKETS)
        bucket = _one_of(plain, "bucket", BUCKETS[kind]) if BUCKETS[kind] else ""
        cards = {
            card: number
            for number, placement in enumerate(model.placements)
            for card in (placement.card, *placement.also_cards)
        }
        if kind == "stage":
            stages = [stage.id for stage in model.stages]
            return cls(kind, bucket, stage=stages.index(_one_of(plain, "stage", stages)))
        if kind == "touchpoint":
            return cls(kind, bucket, placement=cards[_one_of(plain, "card", cards)])
        if kind == "group":
            groups = [group.id for group in model.groups]
            return cls(kind, bucket, group=groups.index(_one_of(plain, "group", groups)))
        if kind == "next":
            to = _one_of(plain, "to", [*cards, END])
            return cls(kind, placement=cards[_one_of(plain, "card", cards)], to=cards.get(to, -1))
        if kind == "move":
            stages = [stage.id for stage in model.stages]
            source, to = (
                _one_of(plain, field, [*stages, outside]) for field, outside in (("from", START), ("to", END))
            )
            return cls(
                kind,
                stage=stages.index(source) if source in stages else -1,
                to=stages.index(to) if to in stages else -1,
            )
        if kind == "ad_hoc":
            return cls(
                kind,
                placement=cards[_one_of(plain, "from_card", cards)],
                to=cards[_one_of(plain, "to_card", cards)],
                event=str(plain.get("event", "")),
            )
        return cls(kind, bucket)


def who(
    index: PathIndex, model: MapModel, selector: dict[str, Any], selection: Selection | None = None
) -> Who:
    """The instances behind a number of ``measure(index, model, selection)``.

    ``missing`` asks for the placement whatever its need; the other buckets are as in the measured map.
    """
    selection = selection or Selection()
    return who_walked(Walk(selection.scope.of(index), model), selector, selection)


def who_walked(walk: Walk, selector: dict[str, Any], selection: Selection) -> Who:
    """``who`` of a walk over the selected events. Raises ``BadSelector``."""
    wanted = Selector.of(walk.model, selector)
    measurement = None
    if wanted.bucket in ("left", "still_open"):
        measurement = count_walk(walk, selection.open_after)
    rules = None
    if wanted.kind == "deviation":
        counts = count(walk)
        rules = rules_of(walk, ad_hoc_events(walk, counts.next_visits, counts.unbound, selection.frequent))
    found = walk.reduce(
        bind(_find, _Look(walk.model, walk.layout, walk.paths.names, wanted, measurement, rules)),
        operator.add,
    )
    empty = np.empty(0, dtype=np.int64)
    person, begin_us, end_us = (np.concatenate([empty, *(one[k] for one in found)]) for k in range(3))
    assert isinstance(walk.paths, PathIndex)  # only here are persons known by name
    return Who(walk.paths, person, begin_us, end_us)


def _find(look: _Look, stretch: Stretch) -> list[tuple[Array, Array, Array]]:
    found = []
    for chunk in stretch.chunks:
        if not chunk.instances:
            continue
        rows = rows_of(chunk, look.layout)
        hits = look.flags(chunk, rows)
        person = chunk.person[rows.path[hits]]
        found.append((person, chunk.at_us[rows.first[hits]], chunk.at_us[rows.last[hits]]))
    return found


@dataclass(frozen=True, eq=False)
class _Look:
    """Decides for the instances of a chunk whether they are meant."""

    model: MapModel
    layout: Layout
    names: tuple[str, ...]
    wanted: Selector
    measurement: Measurement | None  # settled for the buckets that depend on thresholds
    rules: Rules | None  # settled for the buckets of whole instances

    def flags(self, chunk: Chunk, rows: Rows) -> Flags:
        kind = self.wanted.kind
        if self.rules is not None:
            return self._deviating(self.rules, chunk)
        if kind == "map":
            return self._whole(chunk, rows)
        if kind == "stage":
            return self._stage(chunk, rows)
        if kind == "touchpoint":
            return self._touchpoint(chunk, rows)
        if kind == "group":
            group = self.model.groups[self.wanted.group]
            missing: Flags = rows.seen[:, list(group.placements)].max(axis=1) == 0
            return missing & (rows.furthest > group.stage)
        return self._passages(chunk)

    def _deviating(self, rules: Rules, chunk: Chunk) -> Flags:
        has: Flags = judge_chunk(rules, chunk).deviations > 0
        bucket = self.wanted.bucket
        found: Flags = has[:, KINDS.index(bucket)] if bucket in KINDS else np.any(has, axis=1)
        return ~found if bucket == "none" else found

    def _whole(self, chunk: Chunk, rows: Rows) -> Flags:
        bucket = self.wanted.bucket
        if bucket == "begun":
            return np.ones(chunk.instances, dtype=bool)
        if bucket == "completed":
            return completed(rows, self.layout)
        return self._ended(chunk, rows) & ~completed(rows, self.layout)

    def _stage(self, chunk: Chunk, rows: Rows) -> Flags:
        bucket, stage = self.wanted.bucket, self.wanted.stage
        entered: Flags = rows.entered[:, stage] != 0
        past: Flags = rows.furthest > stage
        here: Flags = rows.furthest == stage
        went_on = entered & (past | (here & went_on_from_furthest(rows, self.layout)))
        if bucket == "entered":
            return entered
        if bucket == "went_on":
            return went_on
        if bucket == "not_seen_after":
            return went_on & here & ~completed(rows, self.layout)
        if bucket == "skipped":
            return past & ~entered
        if bucket == "achieved":
            achieved: Flags = rows.achieved[:, stage] != 0
            return achieved
        return here & ~went_on & self._ended(chunk, rows)

    def _ended(self, chunk: Chunk, rows: Rows) -> Flags:
        """Instances that may be still open, or those that cannot: whichever is asked for."""
        assert self.measurement is not None
        limits = np.array([threshold.us for threshold in self.measurement.thresholds])
        silent_us = self.measurement.data_end_us - chunk.at_us[rows.last]
        still_open = (rows.is_last != 0) & (silent_us < limits[rows.furthest])
        ended: Flags = still_open if self.wanted.bucket == "still_open" else ~still_open
        return ended

    def _touchpoint(self, chunk: Chunk, rows: Rows) -> Flags:
        bucket, placement = self.wanted.bucket, self.wanted.placement
        seen: Flags = rows.seen[:, placement] != 0
        if bucket == "visited":
            return seen
        if bucket == "missing":
            return ~seen & (rows.furthest > self.model.placements[placement].stage)
        if bucket == "out_of_sequence":
            back: Flags = rows.back[:, placement] != 0
            return back
        if bucket == "failing":
            failed: Flags = rows.failed[:, placement] != 0
            return failed
        if bucket == "late":
            found = timed(chunk, targets_of(self.model))
            slow: Flags = np.zeros(chunk.instances, dtype=bool)
            slow[instances_of(chunk)[found.step[found.late & (found.placement == placement)]]] = True
            return slow
        last: Flags = rows.ends_at == placement
        return last

    def _passages(self, chunk: Chunk) -> Flags:
        from hamsafar.journeys.designed.kernels.between import (
            instances_with_between,
            instances_with_next,
        )
        from hamsafar.journeys.designed.kernels.moves import instances_with_move

        found = np.zeros(chunk.instances, dtype=np.uint8)
        wanted = self.wanted
        if wanted.kind == "move":
            instances_with_move(
                chunk.place, chunk.offset, self.layout.stage_of, wanted.stage, wanted.to, found
            )
        elif wanted.kind == "next":
            instances_with_next(chunk.place, chunk.offset, wanted.placement, wanted.to, found)
        elif wanted.event in self.names:
            name = self.names.index(wanted.event)
            instances_with_between(
                chunk.place, chunk.event, chunk.code, chunk.offset, name, wanted.placement, wanted.to, found
            )
        flags: Flags = found != 0
        return flags


def _one_of(plain: dict[str, Any], field: str, known: Any) -> str:
    value = plain.get(field)
    if not isinstance(value, str) or value not in known:
        listed = ", ".join(list(known)[:12]) or "—"
        raise BadSelector(field=field, value="" if value is None else str(value)[:80], expected=listed)
    return value
