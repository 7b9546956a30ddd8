"""The map document: file <-> state <-> Yjs, and what a map is worth showing when edits crossed.

Three forms of the same map:

* the *exchange* dict, ``hamsafar-map/1``: what files, HTTP and measurement see; lists in reading order;
* the *state*: ``{"meta": {...}, "stages": {id: {..., "order": key}}, ...}``, the Yjs layout as plain dicts;
* the *Doc*: the Yjs document itself, the map's truth on the server and in every browser.

Free of Django.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pycrdt import Doc, Map

from hamsafar.maps.faults import Fault, MapInvalid
from hamsafar.maps.fields import (
    COLLECTIONS,
    FORMAT,
    LIBRARY,
    MAP,
    META,
    ORDERED,
    emotion_key,
    references,
)
from hamsafar.maps.order import keys_between
from hamsafar.maps.shape import Faults

Exchange = dict[str, Any]
State = dict[str, dict[str, Any]]
ROOTS = ("meta", *COLLECTIONS)
SERVER_CLIENT = 1
LARGEST_FILE = 5_000_000  # bytes; a map of 5,000 full cards is far below


def parse(text: str | bytes) -> Exchange:
    """A map file's text as a checked exchange dict. Raises MapInvalid with every fault's place."""
    if len(text) > LARGEST_FILE:
        raise MapInvalid([Fault("", "too_long", {"limit": LARGEST_FILE, "found": len(text)})])
    if isinstance(text, str):
        text = text.removeprefix(
            "\ufeff"
        )  # some editors begin every file with it; json knows it only in bytes
    try:
        data = json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise MapInvalid([Fault("", "not_json", {"line": error.lineno, "column": error.colno})]) from None
    except RecursionError:
        raise MapInvalid([Fault("", "too_deep")]) from None
    except ValueError:  # a number of thousands of digits, NaN, bytes that are not text
        raise MapInvalid([Fault("", "not_json", {"line": 1, "column": 1})]) from None
    return check(data)


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def check(data: Any) -> Exchange:
    """A map given as JSON data, cleaned: nulls dropped, defaults filled, lists present.

    Raises MapInvalid with the place of every fault (at most 50): wrong types, unknown fields, values out of
    range, ids used twice, references to nothing.
    """
    faults: Faults = []
    cleaned: Exchange = MAP.check(data, "", faults)
    if not faults:
        _check_ids(cleaned, faults)
        _check_references(cleaned, faults)
    if faults:
        raise MapInvalid(faults)
    return cleaned


def _check_ids(exchange: Exchange, faults: Faults) -> None:
    for name in (*COLLECTIONS, *LIBRARY):
        seen: set[str] = set()
        for index, entry in enumerate(exchange[name]):
            identifier = identity(name, entry)
            if identifier in seen:
                place = f"{name}[{index}]" + ("" if name == "emotions" else ".id")
                faults.append(Fault(place, "duplicate_id", {"found": identifier}))
            seen.add(identifier)


def identity(name: str, entry: dict[str, Any]) -> str:
    """An entry's id within its collection; an emotion's is its place."""
    if name == "emotions":
        return emotion_key(entry.get("persona"), entry["stage"], entry.get("step"))
    return str(entry["id"])


def _check_references(exchange: Exchange, faults: Faults) -> None:
    known = {name: {identity(name, e) for e in exchange[name]} for name in (*ORDERED, *LIBRARY)}
    stage_of = {step["id"]: step["stage"] for step in exchange["steps"]}
    for name in (*COLLECTIONS, "touchpoints"):
        for index, entry in enumerate(exchange[name]):
            for path, to, found in dangling(name, entry, known):
                place = f"{name}[{index}].{path}"
                faults.append(Fault(place, "dangling_reference", {"kind": to, "found": found}))
            if in_wrong_stage(entry, stage_of):
                faults.append(
                    Fault(f"{name}[{index}].step", "step_of_another_stage", {"found": entry["step"]})
                )


def in_wrong_stage(entry: dict[str, Any], stage_of: dict[str, str]) -> bool:
    """Whether a card or emotion names a step of another stage than its own; ``stage_of`` is by step."""
    step = entry.get("step")
    return step in stage_of and stage_of[step] != entry["stage"]


def dangling(name: str, entry: dict[str, Any], known: dict[str, Any]) -> list[tuple[str, str, str]]:
    """The references of an entry that lead nowhere: (field, collection, id).

    ``known`` has the ids of each collection; one that is not in it is not checked.
    """
    lost = []
    for field, to, _ in references(name):
        target = entry.get(field)
        if target is not None and to in known and target not in known[to]:
            lost.append((field, to, target))
    if name == "targets":
        for field, target in entry["scope"].items():
            to = f"{field}s"
            if field != "map" and to in known and target not in known[to]:
                lost.append((f"scope.{field}", to, target))
    return lost


def to_state(exchange: Exchange) -> State:
    """A checked exchange dict in the Yjs layout, without what is the library's."""
    state: State = {"meta": {name: exchange[name] for name in META.fields if name in exchange}}
    for name in COLLECTIONS:
        entries = exchange[name]
        keys = keys_between(None, None, len(entries))
        state[name] = {}
        for key, entry in zip(keys, entries, strict=True):
            fields = {field: value for field, value in entry.items() if field != "id"}
            state[name][identity(name, entry)] = fields if name == "emotions" else {**fields, "order": key}
    return state


def in_order(entries: dict[str, dict[str, Any]]) -> list[str]:
    """Ids of an ordered collection in reading order: by key, ties by id."""
    return sorted(entries, key=lambda identifier: (entries[identifier]["order"], identifier))


def project(state: State, library: dict[str, dict[str, Any]] | None = None) -> Exchange:
    """The map as others see it: a valid exchange dict.

    Two people may edit at once: one deletes a stage while the other puts a card in it. What then leads
    nowhere is left out here (the entry when it means nothing without it, else only the field).
    ``library`` has the workspace's ``touchpoints``, ``channels`` and ``contents`` by id; those the map uses are
    joined in, and references to others are left out. Without it references to the library stay as they are.
    """
    exchange: Exchange = {"format": FORMAT, **{k: v for k, v in state["meta"].items() if v is not None}}
    known: dict[str, Any] = dict(library or {})
    stage_of = {identifier: step["stage"] for identifier, step in state["steps"].items()}
    # Each part after those it refers to.
    for name in ("personas", "stages", "steps", "lanes", "cards", "branches", "lines", "arrows", "targets"):
        kept = []
        for identifier in in_order(state[name]):
            entry = settled(name, {"id": identifier, **state[name][identifier]}, known, stage_of)
            if entry is not None:
                entry.pop("order")
                kept.append(entry)
        exchange[name] = kept
        known[name] = {entry["id"] for entry in kept}
    exchange["emotions"] = _emotions(state, exchange, known, stage_of)
    ordered = {name: exchange.pop(name) for name in COLLECTIONS}
    exchange.update(ordered, **{name: [] for name in LIBRARY})
    if library is not None:
        _join_library(exchange, library)
    return exchange


def tidy(exchange: Exchange) -> Exchange:
    """The same map with every field in the order of the tables: a document keeps none."""
    ordered: Exchange = MAP.check(exchange, "", [])
    return ordered


def settled(
    name: str, entry: dict[str, Any], known: dict[str, Any], stage_of: dict[str, str]
) -> dict[str, Any] | None:
    """The entry without the fields that lead nowhere; None when it means nothing without them."""
    entry = {field: value for field, value in entry.items() if value is not None}
    if lost := dangling(name, entry, known):
        needed = {field for field, _, required in references(name) if required}
        for field, _, _ in lost:
            if field in needed or field.startswith("scope."):
                return None
            del entry[field]
    if in_wrong_stage(entry, stage_of):
        del entry["step"]
    return entry


def _emotions(
    state: State, exchange: Exchange, known: dict[str, Any], stage_of: dict[str, str]
) -> list[dict[str, Any]]:
    """Emotions by persona (nobody's first), stage and step."""
    persona_rank = {None: -1, **{entry["id"]: i for i, entry in enumerate(exchange["personas"])}}
    stage_rank = {entry["id"]: i for i, entry in enumerate(exchange["stages"])}
    step_rank = {step["id"]: i for i, step in enumerate(exchange["steps"])}
    kept = []
    for entry in state["emotions"].values():
        # A curve's point has no other place to go when its persona, stage or step went.
        if not dangling("emotions", entry, known) and not in_wrong_stage(entry, stage_of):
            point = {field: value for field, value in entry.items() if value is not None}
            kept.append({"persona": None, **point})
    kept.sort(
        key=lambda e: (
            persona_rank[e["persona"]],
            stage_rank[e["stage"]],
            step_rank.get(e.get("step", ""), -1),
        )
    )
    return kept


def _join_library(exchange: Exchange, library: dict[str, dict[str, Any]]) -> None:
    """Adds what the map uses, in order of first use: touchpoints, those they count from, their channels; contents."""
    used: dict[str, None] = {"": None}
    for stage in exchange["stages"]:
        used.setdefault(stage.get("exit_touchpoint", ""))
    for card in exchange["cards"]:
        used.setdefault(card.get("touchpoint", ""))
    for target in exchange["targets"]:
        used.setdefault(target["scope"].get("touchpoint", ""))
    del used[""]
    for identifier in (counting := list(used)):
        since = library["touchpoints"][identifier].get("target_from")
        if since in library["touchpoints"] and since not in used:
            used[since] = None
            counting.append(since)
    exchange["touchpoints"] = [library["touchpoints"][identifier] for identifier in used]
    channels = {touchpoint.get("channel"): None for touchpoint in exchange["touchpoints"]}
    exchange["channels"] = [library["channels"][c] for c in channels if c]
    contents = {card["content"]: None for card in exchange["cards"] if "content" in card}
    exchange["contents"] = [library["contents"][identifier] for identifier in contents]


def new_doc(client_id: int | None = None) -> Doc[Any]:
    """An empty document with its root maps in place, so that what arrives for them is read as maps."""
    doc: Doc[Any] = Doc(client_id=client_id)
    for name in ROOTS:
        doc.get(name, type=Map)
    return doc


def write(doc: Doc[Any], state: State) -> None:
    """Fills an empty document."""
    with doc.transaction():
        meta = doc.get("meta", type=Map)
        for field, value in state["meta"].items():
            meta[field] = value
        for name in COLLECTIONS:
            root = doc.get(name, type=Map)
            for identifier, fields in state[name].items():
                root[identifier] = Map({field: value for field, value in fields.items() if value is not None})


def read(doc: Doc[Any]) -> State:
    """The document as plain dicts; a whole number is an int."""
    return {name: json.loads(str(doc.get(name, type=Map))) for name in ROOTS}


def open_doc(updates: Iterable[bytes]) -> Doc[Any]:
    """The server's document of these updates.

    Every change the server makes follows on all that is stored, so one client id does for all of them, and
    the state vector does not grow with each command.
    """
    doc = new_doc(SERVER_CLIENT)
    for update in updates:
        doc.apply_update(update)
    return doc


def from_exchange(exchange: Exchange) -> Doc[Any]:
    """A new document with a checked map in it."""
    doc = new_doc(SERVER_CLIENT)
    write(doc, to_state(exchange))
    return doc
