"""Deviations one by one: those of a person, in the order in which they show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial as bind
from itertools import groupby
from typing import Any

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.designed.binding import bind as bind_matchers
from hamsafar.journeys.designed.judging import KINDS, Rules
from hamsafar.journeys.designed.map_model import MapModel
from hamsafar.journeys.designed.visits import timed
from hamsafar.journeys.designed.walk import Chunk, Stretch, Walk, walk_part
from hamsafar.journeys.index import PathIndex
from hamsafar.journeys.parts import Part
from hamsafar.journeys.view import iso_time

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Deviation:
    """One deviation of one person.

    ``kind`` is one of ``KINDS``; ``instance`` counts a person's instances from 1; ``at`` is the time of the event at
    which it shows (what is missing shows at the first event in a later stage) and ``event`` that event's name.
    ``card``, ``touchpoint``, its ``name`` and ``stage`` say where; a missing any-of group has ``group`` and ``cards``
    instead. ``from_card`` is that before an ad hoc event, ``seconds`` how long a late visit took and
    ``target_seconds`` how long it may take.
    """

    kind: str
    instance: int
    at: str
    event: str
    stage: str
    name: str
    card: str | None = None
    touchpoint: str | None = None
    group: str | None = None
    cards: tuple[str, ...] = ()
    from_card: str | None = None
    seconds: float | None = None
    target_seconds: float | None = None


@dataclass(frozen=True)
class PersonDeviations:
    person: str
    deviations: tuple[Deviation, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "person": self.person,
            "deviations": [{**asdict(one), "cards": list(one.cards)} for one in self.deviations],
        }


@dataclass(frozen=True, eq=False)
class _Row:
    """A deviation as the kernel found it, with what is known of its event only where its part is."""

    person: str
    instance: int
    kind: int
    what: int
    before: int
    at_us: int
    name: int
    took_us: int


def listed(walk: Walk, rules: Rules, most_persons: int) -> tuple[PersonDeviations, ...]:
    """The deviations of the first ``most_persons`` persons, by id, who have any."""
    if most_persons <= 0:
        return ()
    rows = walk.reduce(bind(_list_stretch, rules, most_persons), bind(_first_persons, most_persons))
    return _by_person(walk, rows)


def of_person(walk: Walk, rules: Rules, person: str) -> PersonDeviations:
    """The deviations of one person; raises ``UnknownPerson``.

    ``rules`` are those of all persons: what is ad hoc is decided by many.
    """
    index = walk.paths
    assert isinstance(index, PathIndex)  # only here are persons known by name
    number = index.person_number(person)
    first, last = (int(bound) for bound in index.first_path[number : number + 2])
    stretch = walk_part(Part(index, first, last), bind_matchers(index, walk.model.touchpoints), walk.layout)
    found = _by_person(walk, _list_stretch(rules, 1, stretch))
    return found[0] if found else PersonDeviations(person, ())


def _list_stretch(rules: Rules, most_persons: int, stretch: Stretch) -> list[_Row]:
    rows: list[_Row] = []
    persons = 0
    for chunk in stretch.chunks:
        if persons >= most_persons:
            break
        if chunk.instances:
            rows += _list_chunk(rules, most_persons - persons, stretch.index.persons, chunk)
            persons = len({row.person for row in rows})
    return rows


def _list_chunk(rules: Rules, most_persons: int, ids: Sequence[str], chunk: Chunk) -> list[_Row]:
    from hamsafar.journeys.designed.kernels.judge import Listed, list_deviations

    times = timed(chunk, rules.targets)
    late, took_us = np.zeros(chunk.bound, dtype=np.uint8), np.zeros(chunk.bound, dtype=np.int64)
    late[times.step] = times.late
    took_us[times.step] = times.took_us
    arrays = (chunk.place, chunk.event, chunk.code, chunk.offset, rules.layout, rules.told, late)
    nothing = Listed(*(np.empty(0, dtype=np.int32) for _ in Listed._fields))
    n = list_deviations(*arrays, nothing, False)
    found = Listed(*(np.empty(n, dtype=np.int32) for _ in Listed._fields))
    list_deviations(*arrays, found, True)
    person = chunk.person[np.searchsorted(chunk.offset, found.step, side="right") - 1]
    wanted, first = np.unique(person, return_index=True)
    kept = int(first[most_persons]) if len(wanted) > most_persons else n
    # Instances are numbered over the chunk, here over the person.
    starts = _first_instances(chunk)
    return [
        _Row(
            ids[int(person[row])],
            int(found.instance[row]) - int(starts[int(person[row] - chunk.person[0])]) + 1,
            int(found.kind[row]),
            int(found.what[row]),
            int(found.before[row]),
            int(chunk.at_us[found.event[row]]),
            int(chunk.code[found.event[row]]),
            int(took_us[found.step[row]]),
        )
        for row in range(kept)
    ]


def _first_instances(chunk: Chunk) -> Array:
    """The number, within the chunk, of the first instance of each person of the chunk (those without any too)."""
    from hamsafar.journeys.designed.kernels import START

    starts = np.flatnonzero(chunk.place & START)
    whose = chunk.person[np.searchsorted(chunk.offset, starts, side="right") - 1]
    everybody = np.arange(int(chunk.person[0]), int(chunk.person[-1]) + 1)
    return np.searchsorted(whose, everybody)


def _first_persons(most: int, left: list[_Row], right: list[_Row]) -> list[_Row]:
    """Rows of different persons, the first ``most`` by id."""
    together = sorted([*left, *right], key=lambda row: row.person)  # stable: a person's own order stays
    kept = set(sorted({row.person for row in together})[:most])
    return [row for row in together if row.person in kept]


def _by_person(walk: Walk, rows: list[_Row]) -> tuple[PersonDeviations, ...]:
    return tuple(
        PersonDeviations(person, tuple(_deviation(walk.model, walk.paths.names, row) for row in mine))
        for person, mine in groupby(rows, key=lambda row: row.person)
    )


def _deviation(model: MapModel, names: tuple[str, ...], row: _Row) -> Deviation:
    at = iso_time(row.at_us)
    assert at is not None
    kind, event = KINDS[row.kind], names[row.name]
    if row.what < 0:
        group = model.groups[-1 - row.what]
        cards = tuple(model.placements[number].card for number in group.placements)
        stage = model.stages[group.stage].id
        name = " / ".join(
            model.touchpoints[model.placements[number].touchpoint].name for number in group.placements
        )
        return Deviation(kind, row.instance, at, event, stage, name, group=group.id, cards=cards)
    placement = model.placements[row.what]
    touchpoint = model.touchpoints[placement.touchpoint]
    return Deviation(
        kind,
        row.instance,
        at,
        event,
        model.stages[placement.stage].id,
        touchpoint.name,
        card=placement.card,
        touchpoint=touchpoint.id,
        from_card=model.placements[row.before].card if row.before >= 0 else None,
        seconds=row.took_us / 1e6 if kind == "late" else None,
        target_seconds=touchpoint.target_seconds if kind == "late" else None,
    )
