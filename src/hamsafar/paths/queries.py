"""Reads: a workspace's path index, and who is behind a number of the engine's answers."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from django.conf import settings

from hamsafar.events.queries import event_store
from hamsafar.journeys import PathIndex, from_store
from hamsafar.journeys.attribution import attribution_persons
from hamsafar.journeys.flow import flow_persons
from hamsafar.journeys.next_step import next_step_persons
from hamsafar.journeys.pattern import pattern_persons, pattern_spans
from hamsafar.journeys.scope import Scope
from hamsafar.lib.paging import BadCursor, decode_cursor, encode_cursor
from hamsafar.lib.persian import ascii_digits, normalise, search_key
from hamsafar.lib.times import from_us
from hamsafar.paths.cohort_persons import SELECTING, cohort_persons
from hamsafar.paths.errors import BadSelector
from hamsafar.paths.index_cache import IndexCache

KEEP_INDEXES = 16


# What a "who?" may be asked by, for each question.
SELECTORS = {
    "overview": '{} / {"event": "…"}',
    "transitions": '{"source": "…", "target": "…"} / {"event": "…"}',
    "variants": '{"path": ["…"]}',
    "funnel": '{"steps": ["…"], "within_seconds": 604800, "step": 1, "reached": true, "order": "ordered", '
    '"exclude": ["…"], "then": "…", "not_then": ["…"], "breakdown": "…", "value": "…", "not_values": ["…"]}',
    "flow": '{"anchor": "…", "step": 1, "node": "…"} / {"anchor": "…", "step": 1, "node": "…", "target": "…"}',
    "pattern": '{"find": "…"} / {"find": "…", "matched": false} / {"find": "…", "sequence": ["…"]}',
    "attribution": '{"conversion": "…", "over": "channel", "channel": "…"}',
    "next_step": '{"context": ["…"], "event": "…"}',
    **SELECTING,
}


_FLOW_OPTIONS = {"target", "before", "after", "top", "occurrence", "collapse"}


@dataclass(frozen=True)
class EventName:
    name: str
    events: int
    persons: int


@dataclass(frozen=True)
class PersonInPath:
    """A person behind a number; events and times are those within the asked range and conditions.

    ``instances``: how many runs through a map are behind it, where these are what is counted.
    """

    person: str
    events: int
    first_at: datetime
    last_at: datetime
    instances: int | None = None


@dataclass(frozen=True, eq=False)
class Behind:
    """Numbers of persons, ascending int64 [n]; ``instances`` int64 [n], where runs through a map are counted."""

    persons: npt.NDArray[np.int64]
    instances: npt.NDArray[np.int64] | None = None


@dataclass(frozen=True)
class PersonsPage:
    items: list[PersonInPath]
    next: str | None
    total: int


_indexes: IndexCache[PathIndex] = IndexCache(KEEP_INDEXES)
_names: IndexCache[list[EventName]] = IndexCache(KEEP_INDEXES)


def workspace_index(workspace_id: str) -> PathIndex:
    """The index of all events of a workspace as they are now; built when the events have changed."""
    events = event_store(workspace_id)
    return _indexes.get(
        workspace_id, events.watermark().stamp, lambda: from_store(events, _folder(workspace_id))
    )


def selected_index(workspace_id: str, scope: Scope) -> PathIndex:
    """The workspace's paths in a scope."""
    return scope.of(workspace_index(workspace_id))


def forget_index(workspace_id: str, **_: Any) -> None:
    """Removes a workspace's index and its files; they are derived and can be built again."""
    _indexes.forget(workspace_id)
    _names.forget(workspace_id)
    shutil.rmtree(_folder(workspace_id), ignore_errors=True)


def persons_behind(index: PathIndex, question: str, selector: dict[str, Any]) -> npt.NDArray[np.int64]:
    """The numbers of the persons behind one number of an answer, ascending. Raises ``BadSelector``."""
    if question in SELECTING:
        return cohort_persons(index, question, selector)
    match question, selector:
        case "overview", {} if not selector:
            return np.arange(index.n_persons, dtype=np.int64)
        case "overview" | "transitions", {"event": str(name), **rest} if not rest:
            return _persons_with(index, name)
        case "transitions", {"source": str(source), "target": str(target)}:
            return index.transitions_persons(source, target)
        case "variants", {"path": list(path)} if all(isinstance(name, str) for name in path):
            return index.variant_persons(path)
        case "funnel", {"steps": list(), "step": int()}:
            asked = _funnel_selector(selector)
            if asked is not None:
                return index.funnel_persons(**asked)
        case "flow", {"anchor": str(anchor), "step": int(step), "node": str(node), **rest}:
            if isinstance(rest.get("target"), str | None) and rest.keys() <= _FLOW_OPTIONS:
                return flow_persons(index, anchor, step, node, **rest)
        case "pattern", {"find": str(find), **rest}:
            matched, sequence = rest.get("matched", True), rest.get("sequence")
            if isinstance(matched, bool) and (
                sequence is None
                or (isinstance(sequence, list) and all(isinstance(name, str) for name in sequence))
            ):
                return pattern_persons(index, find, matched=matched, sequence=sequence)
        case "attribution", {"conversion": str(conversion), "channel": str(channel), **rest}:
            if attribution_options := _attribution_options(rest):
                return attribution_persons(index, channel, conversion, **attribution_options)
        case "next_step", {"context": list(context), "event": str(event)} if context and all(
            isinstance(name, str) for name in context
        ):
            return next_step_persons(index, context, event)
    raise BadSelector(question=question, expected=SELECTORS.get(question, " / ".join(SELECTORS)))


def _attribution_options(rest: dict[str, Any]) -> dict[str, Any] | None:
    """Those of the other keys of a selector that say whose touch counts; None when one is not as expected."""
    options = {"over": rest.get("over", "channel"), "counted": rest.get("counted", "every")}
    options |= {"touches": rest.get("touches", []), "lookback_seconds": rest.get("lookback_seconds")}
    options["top"] = rest.get("top", 20)
    usable = (
        isinstance(options["over"], str | None)
        and isinstance(options["touches"], list)
        and all(isinstance(name, str) for name in options["touches"])
        and isinstance(options["lookback_seconds"], int | float | None)
    )
    return options if usable else None


def _funnel_selector(selector: dict[str, Any]) -> dict[str, Any] | None:
    """The arguments of ``funnel_persons``; None when one of them is unknown or of another kind."""
    kinds: dict[str, Callable[[Any], bool]] = {
        "steps": _is_names,
        "within_seconds": lambda one: one is None or isinstance(one, int | float),
        "step": lambda one: isinstance(one, int),
        "reached": lambda one: isinstance(one, bool),
        "order": lambda one: isinstance(one, str),
        "exclude": _is_names,
        "then": lambda one: one is None or isinstance(one, str),
        "not_then": _is_names,
        "breakdown": lambda one: one is None or isinstance(one, str),
        "value": lambda one: True,
        "not_values": lambda one: isinstance(one, list),
    }
    if any(name not in kinds or not kinds[name](one) for name, one in selector.items()):
        return None
    return {"within_seconds": None, **selector}


def _is_names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


def _persons_with(index: PathIndex, name: str) -> npt.NDArray[np.int64]:
    places = np.flatnonzero(index.code == index.code_of(name))
    return np.unique(np.searchsorted(index.person_offset, places, side="right") - 1)


@dataclass(frozen=True)
class Span:
    """An occurrence of a pattern in a path."""

    path: list[str]
    begin_at: datetime
    end_at: datetime


def spans_of(index: PathIndex, find: str, person: str, limit: int) -> tuple[list[Span], int]:
    """The first occurrences of a pattern in a person's paths, and how many there are."""
    spans = pattern_spans(index, find, person)
    found = [
        Span(
            [index.names[code] for code in index.code[begin:end].tolist()],
            from_us(int(index.at_us[begin])),
            from_us(int(index.at_us[end - 1])),
        )
        for begin, end in spans[:limit].tolist()
    ]
    return found, len(spans)


def persons_page(index: PathIndex, found: Behind, cursor: str | None, limit: int) -> PersonsPage:
    """A page of persons by id, and how many there are in all."""
    start = 0
    if cursor is not None:
        (last,) = decode_cursor(cursor, str)
        number = index.persons.find(last)
        if number is None:
            raise BadCursor(cursor=cursor[:40])
        start = int(np.searchsorted(found.persons, number, side="right"))
    shown = range(start, min(start + limit, len(found.persons)))
    items = [_person(index, found, place) for place in shown]
    more = start + limit < len(found.persons)
    return PersonsPage(items, encode_cursor([items[-1].person]) if more else None, len(found.persons))


def _person(index: PathIndex, found: Behind, place: int) -> PersonInPath:
    number = int(found.persons[place])
    start, end = int(index.person_offset[number]), int(index.person_offset[number + 1])
    at_us = index.at_us[start:end]  # of several paths, which may overlap
    return PersonInPath(
        index.persons[number],
        end - start,
        from_us(int(at_us.min())),
        from_us(int(at_us.max())),
        None if found.instances is None else int(found.instances[place]),
    )


def event_names(workspace_id: str, search: str = "") -> list[EventName]:
    """Names that contain ``search`` (compared by ``search_key``), most events first, equals by name."""
    index = workspace_index(workspace_id)

    def count() -> list[EventName]:
        rows = index.overview().names.to_pylist()
        found = [EventName(row["event"], row["events"], row["persons"]) for row in rows if row["events"]]
        return sorted(found, key=lambda one: (-one.events, one.name))

    names = _names.get(workspace_id, index.version, count)
    key = search_key(search)
    return [one for one in names if key in search_key(one.name)]


def persons_named(index: PathIndex, search: str) -> npt.NDArray[np.int64]:
    """The numbers of the persons whose id contains ``search`` (digits of any script, any letter case)."""
    if not search.strip():
        return np.arange(index.n_persons, dtype=np.int64)
    wanted = ascii_digits(normalise(search)).lower().encode()
    # All ids stand in one run of bytes; a find that runs over the end of its id is none.
    ids, offset = index.persons.data.tobytes().lower(), index.persons.offset
    starts = np.fromiter(
        (match.start() for match in re.finditer(b"(?=%s)" % re.escape(wanted), ids)), np.int64
    )
    numbers = np.searchsorted(offset, starts, side="right") - 1
    return np.unique(numbers[starts + len(wanted) <= offset[numbers + 1]])


def _folder(workspace_id: str) -> Path:
    return Path(settings.DATA_DIR) / "paths" / workspace_id
