"""Reads: a workspace's maps measured on its events, who is behind a number, what a matcher finds."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from hamsafar.events.queries import event_store
from hamsafar.journeys.designed import match as matching
from hamsafar.journeys.designed.deviations import deviations_of_person as deviations_of_one
from hamsafar.journeys.designed.listing import PersonDeviations
from hamsafar.journeys.designed.map_model import MapModel, Touchpoint, touchpoint_of
from hamsafar.journeys.designed.measure import Selection, measure_walk
from hamsafar.journeys.designed.result import MeasuredMap
from hamsafar.journeys.designed.walk import Walk
from hamsafar.journeys.designed.who import who_walked
from hamsafar.journeys.index import PathIndex
from hamsafar.lib.paging import Page, decode_cursor, encode_cursor
from hamsafar.lib.times import from_us
from hamsafar.maps.faults import Fault, MapInvalid
from hamsafar.maps.fields import MATCHER
from hamsafar.maps.formats.drawing.look import MeasuredStage
from hamsafar.maps.queries import exchange_document
from hamsafar.maps.sharing.errors import ShareNotFound
from hamsafar.maps.sharing.queries import Opened
from hamsafar.measurement.cache import Latest
from hamsafar.paths.queries import workspace_index

EXAMPLES = 5
LEAST_SHARED = 10  # persons; a public page shows no stage that fewer have reached
SPANS = 20  # of one person, in a list of persons

_measured: Latest[MeasuredMap] = Latest(64)
_walks: Latest[Walk] = Latest(2)  # six bytes an event each


@dataclass(frozen=True)
class PersonOnMap:
    person: str
    instances: int
    spans: list[dict[str, datetime]]


@dataclass(frozen=True)
class Example:
    person: str
    at: datetime
    name: str
    channel: str | None
    properties: dict[str, Any]


@dataclass(frozen=True)
class MatchView:
    """See ``measured.match.Match``; ``also_matched_by`` are touchpoints of the map."""

    events: int
    persons: int
    examples: list[Example]
    never_seen: list[str]
    unknown_properties: list[str]
    also_matched_by: list[dict[str, Any]]


def measured_map(workspace_id: str, map_id: str, selection: Selection) -> MeasuredMap:
    """The map measured on the selected events. Raises ``MapNotFound``."""
    document = exchange_document(map_id, workspace_id)
    index = workspace_index(workspace_id)
    key = (_key(index, document, selection), repr(selection))
    return _measured.get(key, lambda: measure_walk(_walk(index, document, selection), selection))


def shared_measured(share: Opened) -> MeasuredMap:
    """What a public link shows of the numbers: the whole and the stages, of all events, and never a small group.

    Touchpoints, deviations and how many events there are stay with the team. Raises ShareNotFound for a link
    without numbers.
    """
    if not share.measured:
        raise ShareNotFound()
    measured = measured_map(share.workspace_id, share.map_id, Selection())
    return replace(
        measured,
        events=0,
        bound_events=0,
        unbound_events=0,
        stages=tuple(one for one in measured.stages if not 0 < one.persons < LEAST_SHARED),
        touchpoints=(),
        groups=(),
        ad_hoc=(),
        overlaps=(),
        unbound_touchpoints=(),
        unknown_events=(),
        unknown_properties=(),
    )


def drawn_stages(workspace_id: str, map_id: str, selection: Selection) -> tuple[MeasuredStage, ...]:
    """The numbers of a measured map's stages that a picture of it shows. Raises ``MapNotFound``."""
    return tuple(
        MeasuredStage(
            one.stage,
            one.entered,
            one.went_on,
            one.still_open,
            one.left,
            one.median_seconds_to_next,
            one.n_time,
        )
        for one in measured_map(workspace_id, map_id, selection).stages
    )


def deviations_of_person(
    workspace_id: str, map_id: str, selection: Selection, person: str
) -> PersonDeviations:
    """One person's deviations in order. Raises ``MapNotFound``, ``UnknownPerson``."""
    return deviations_of_one(_selected_walk(workspace_id, map_id, selection), selection.frequent, person)


def map_walk(workspace_id: str, paths: PathIndex, map_id: str) -> Walk:
    """The map walked by paths that are in scope already. Raises ``MapNotFound``."""
    return _walk(paths, exchange_document(map_id, workspace_id), Selection())


def _selected_walk(workspace_id: str, map_id: str, selection: Selection) -> Walk:
    return _walk(workspace_index(workspace_id), exchange_document(map_id, workspace_id), selection)


def who_on_map(
    workspace_id: str,
    map_id: str,
    selector: dict[str, Any],
    selection: Selection,
    cursor: str | None,
    limit: int,
) -> Page[PersonOnMap]:
    """A page of the persons behind a number of ``measured_map``, by id."""
    walk = _selected_walk(workspace_id, map_id, selection)
    found = who_walked(walk, selector, selection)
    after = decode_cursor(cursor, str)[0] if cursor else None
    rows = found.page(after, limit + 1)
    items = [
        PersonOnMap(
            person=person,
            instances=len(spans),
            spans=[{"begin_at": from_us(begin), "end_at": from_us(end)} for begin, end in spans[:SPANS]],
        )
        for person, spans in rows[:limit]
    ]
    following = encode_cursor([items[-1].person]) if len(rows) > limit else None
    return Page(items, following, found.n_persons)


def match(
    workspace_id: str, matcher: dict[str, Any], map_id: str | None, touchpoint_id: str | None
) -> MatchView:
    """What a matcher finds among all events, and which other touchpoints of the map fit the same events.

    Raises ``MapInvalid`` for a matcher that cannot be used, ``MapNotFound``.
    """
    index = workspace_index(workspace_id)
    edited = touchpoint_of({"id": touchpoint_id or "", "name": "", "matcher": _checked(matcher)})
    others: tuple[Touchpoint, ...] = ()
    if map_id is not None:
        model = MapModel.from_dict(exchange_document(map_id, workspace_id))
        others = tuple(one for one in model.touchpoints if one.id != touchpoint_id)
    found = matching.match(index, edited, others, EXAMPLES)
    return MatchView(
        events=found.events,
        persons=found.persons,
        examples=[_example(workspace_id, index, place, edited) for place in found.examples],
        never_seen=list(found.never_seen),
        unknown_properties=list(found.unknown_properties),
        also_matched_by=[
            {"id": others[number].id, "name": others[number].name, "events": events}
            for number, events in found.also
        ],
    )


def _checked(matcher: dict[str, Any]) -> dict[str, Any]:
    faults: list[Fault] = []
    cleaned: dict[str, Any] = MATCHER.check(matcher, "matcher", faults)
    if faults:
        raise MapInvalid(faults)
    return cleaned


def _example(workspace_id: str, index: PathIndex, place: int, touchpoint: Touchpoint) -> Example:
    """The event at a place of the index with all its properties, which only the store has."""
    person = index.persons[int(index.offset.searchsorted(place, side="right")) - 1]
    name, at_us = index.names[int(index.code[place])], int(index.at_us[place])
    for event in event_store(workspace_id).events_of(person, (at_us, -1)):
        known = {"channel": event.channel, **event.properties}
        if event.name == name and all(c.holds(known.get(c.property)) for c in touchpoint.matcher.conditions):
            return Example(person, from_us(at_us), name, event.channel, event.properties)
    # Undone since the index was read.
    return Example(person, from_us(at_us), name, None, {})


def _key(index: PathIndex, document: dict[str, Any], selection: Selection) -> tuple[Any, ...]:
    """What a walk depends on."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False)
    return (index.version, text, repr(selection.scope))


def _walk(index: PathIndex, document: dict[str, Any], selection: Selection) -> Walk:
    return _walks.get(
        _key(index, document, selection),
        lambda: Walk(selection.scope.of(index), MapModel.from_dict(document)),
    )
