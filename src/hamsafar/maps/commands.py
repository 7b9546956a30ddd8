"""Commands: how anyone but a live editor changes a map, and what the editor's own commands mean.

A command is JSON, e.g. ``{"do": "add_stage", "name": "آگاهی", "before": null}``. A list of commands is
carried out as a whole or not at all: each is checked on a working copy that has the earlier ones' effects,
and only then are the changes written to the document, in one transaction. The web editor
(`web/src/editor/commands.ts`) has the same commands; both run the cases in `tests/fixtures/commands`.
"""

from __future__ import annotations

import copy
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, NoReturn

from pycrdt import Doc, Map, merge_updates

from hamsafar.lib.ids import new_id
from hamsafar.maps.document import State, dangling, in_order, in_wrong_stage
from hamsafar.maps.faults import CommandInvalid, Fault
from hamsafar.maps.fields import LIMITS, META, PARTS, emotion_key
from hamsafar.maps.order import key_before
from hamsafar.maps.shape import ID, Faults, Object, excerpt, name_of_type

Command = dict[str, Any]
MOST_COMMANDS = 1_000
NOTHING = b"\x00\x00"  # the Yjs update that changes nothing

# The verb's noun -> its collection.
_PARTS = {
    "persona": "personas",
    "stage": "stages",
    "step": "steps",
    "lane": "lanes",
    "card": "cards",
    "branch": "branches",
    "line": "lines",
    "arrow": "arrows",
    "target": "targets",
}


@dataclass(frozen=True)
class Change:
    """One write: ``fields`` of an entry (None removes a field), or None for the entry to go."""

    collection: str
    identifier: str
    fields: dict[str, Any] | None
    new: bool = False


class OwnCommand(ABC):
    """A command that only the server makes: no JSON comes to one.

    ``keeps``: the map is kept as it was before, as a version of this reason. ``told`` goes to the audit log.
    """

    do: ClassVar[str]
    keeps: str
    told: dict[str, Any]

    @abstractmethod
    def changes(self, state: State) -> list[Change]:
        """The writes that carry it out on a map in this ``state``, which is not changed."""


@dataclass
class Plan:
    """What a list of commands comes to: the writes, and the ids of what was added, in order."""

    changes: list[Change] = field(default_factory=list)
    added: list[str] = field(default_factory=list)


# The ids of the workspace's library, by collection.
LibraryIds = Mapping[str, Collection[str]]


def plan(state: State, commands: Any, library: LibraryIds | None = None) -> Plan:
    """The writes that carry out ``commands`` on a map in this ``state``, which is not changed.

    ``library`` has the ids of the workspace's touchpoints and contents; a collection it does not name is not
    checked. Raises CommandInvalid with the place of every fault of the first bad command, e.g.
    ``commands[3].fields.name``.
    """
    if not isinstance(commands, list):
        wrong = {"expected": "list", "found": name_of_type(commands)}
        raise CommandInvalid([Fault("commands", "wrong_type", wrong)])
    if len(commands) > MOST_COMMANDS:
        raise CommandInvalid(
            [Fault("commands", "too_many", {"limit": MOST_COMMANDS, "found": len(commands)})]
        )
    draft = _Draft(copy.deepcopy(state), library or {})
    for index, command in enumerate(commands):
        draft.run(command, f"commands[{index}]")
    return draft.plan


def perform(doc: Doc[Any], made: Plan) -> bytes:
    """Writes a plan into the document in one transaction; returns the Yjs update that does the same elsewhere."""
    updates: list[bytes] = []
    watching = doc.observe(lambda event: updates.append(event.update))
    try:
        _write(doc, made)
    finally:
        doc.unobserve(watching)
    return merge_updates(*updates) if updates else NOTHING


def _write(doc: Doc[Any], made: Plan) -> None:
    with doc.transaction():
        for change in made.changes:
            root = doc.get(change.collection, type=Map)
            if change.fields is None:
                del root[change.identifier]
                continue
            if change.new:
                root[change.identifier] = Map({k: v for k, v in change.fields.items() if v is not None})
                continue
            entry = root if change.collection == "meta" else root[change.identifier]
            for name, value in change.fields.items():
                if value is None:
                    del entry[name]
                else:
                    entry[name] = value


def summary(commands: list[Command | OwnCommand]) -> dict[str, Any]:
    """What the audit log says of commands that were carried out: how many of each."""
    own = [command for command in commands if isinstance(command, OwnCommand)]
    names = [command.do if isinstance(command, OwnCommand) else command["do"] for command in commands]
    told: dict[str, Any] = {"commands": dict(Counter(names))}
    for command in own:
        told |= command.told
    return told


def kept_for(commands: Any) -> str | None:
    """The reason for which the map is kept as it is before these commands; None: it need not be."""
    return next((command.keeps for command in commands if isinstance(command, OwnCommand)), None)


class _Draft:
    """The working copy that commands are checked on."""

    def __init__(self, state: State, library: LibraryIds) -> None:
        self.state = state
        self.library = library
        self.plan = Plan()
        self.place = ""

    def run(self, command: Any, place: str) -> None:
        self.place = place
        if isinstance(command, OwnCommand):
            self.take(command.changes(self.state))
            return
        if not isinstance(command, dict):
            self.refuse("", "wrong_type", expected="object", found=name_of_type(command))
        verb = command.get("do")
        if verb is None:
            self.refuse("do", "required")
        handler = HANDLERS.get(verb) if isinstance(verb, str) else None
        if handler is None:
            self.refuse("do", "unknown_command", found=excerpt(verb))
        handler(self, {name: value for name, value in command.items() if name != "do"})

    def refuse(self, path: str, code: str, **params: Any) -> NoReturn:
        raise CommandInvalid([Fault(self.at(path), code, params)])

    def at(self, path: str) -> str:
        return f"{self.place}.{path}" if path else self.place

    def settle(self, faults: Faults) -> None:
        if faults:
            raise CommandInvalid(faults)

    # Reading the command

    def identifier(self, command: Command, name: str, collection: str) -> str:
        """The id of something that must be there."""
        found = command.get(name)
        if found is None:
            self.refuse(name, "required")
        if not isinstance(found, str) or found not in self.state[collection]:
            self.refuse(name, "dangling_reference", kind=collection, found=excerpt(found))
        return found

    def only(self, command: Command, *names: str) -> None:
        for name in command:
            if name not in names:
                self.refuse(excerpt(name), "unknown_field", field=excerpt(name))

    def checked(self, collection: str, identifier: str, entry: dict[str, Any], path: str) -> None:
        """Refuses references to nothing, and to a step of another stage."""
        known: dict[str, Any] = {**self.library, **{name: self.state[name] for name in _PARTS.values()}}
        entry = {"id": identifier, **entry}
        prefix = f"{path}." if path else ""
        lost = dangling(collection, entry, known)
        faults = [
            Fault(self.at(prefix + name), "dangling_reference", {"kind": to, "found": found})
            for name, to, found in lost
        ]
        stage_of = {step: fields["stage"] for step, fields in self.state["steps"].items()}
        if in_wrong_stage(entry, stage_of):
            found = {"found": entry["step"]}
            faults.append(Fault(self.at(prefix + "step"), "step_of_another_stage", found))
        self.settle(faults)

    # Changing the copy, and noting the write

    def put(self, collection: str, identifier: str, fields: dict[str, Any]) -> None:
        limit = LIMITS[collection]
        if len(self.state[collection]) >= limit:
            self.refuse("", "too_many", limit=limit, found=limit + 1)
        self.state[collection][identifier] = fields
        self.plan.changes.append(Change(collection, identifier, dict(fields), new=True))

    def take(self, changes: list[Change]) -> None:
        """Writes that are known to be right."""
        self.plan.changes += changes
        for change in changes:
            part = self.state[change.collection]
            if change.fields is None:
                del part[change.identifier]
            else:
                entry = part if change.collection == "meta" else part.setdefault(change.identifier, {})
                entry |= change.fields
                for name in [name for name, value in change.fields.items() if value is None]:
                    del entry[name]

    def alter(self, collection: str, identifier: str, fields: dict[str, Any]) -> None:
        """Only what differs is written, so that an unchanged field never wins over another's edit."""
        entry = self.state[collection] if collection == "meta" else self.state[collection][identifier]
        changed = {name: value for name, value in fields.items() if entry.get(name) != value}
        for name, value in changed.items():
            if value is None:
                del entry[name]
            else:
                entry[name] = value
        if changed:
            self.plan.changes.append(Change(collection, identifier, changed))

    def drop(self, collection: str, goes: Callable[[str, dict[str, Any]], bool]) -> set[str]:
        gone = {i for i, entry in self.state[collection].items() if goes(i, entry)}
        for identifier in sorted(gone):
            del self.state[collection][identifier]
            self.plan.changes.append(Change(collection, identifier, None))
        return gone

    def order(self, collection: str, identifier: str, before: Any, cell: tuple[str, str] | None) -> str:
        """The key before the neighbour ``before`` (None: last) in the collection, or in a cell of cards."""
        if before is not None:
            self.identifier({"before": before}, "before", collection)
        return key_before(
            (
                (other, entry["order"])
                for other, entry in self.state[collection].items()
                if other != identifier and (cell is None or (entry["stage"], entry["lane"]) == cell)
            ),
            before,
        )


def _partial(shape: Object, draft: _Draft, command: Command) -> dict[str, Any]:
    fields = command.get("fields")
    if not isinstance(fields, dict):
        code = "required" if fields is None else "wrong_type"
        draft.refuse("fields", code, expected="object", found=name_of_type(fields))
    faults: Faults = []
    cleaned = shape.check_some(fields, draft.at("fields"), faults)
    draft.settle(faults)
    return cleaned


def _set_map(draft: _Draft, command: Command) -> None:
    draft.only(command, "fields")
    draft.alter("meta", "", _partial(META, draft, command))


def _add(noun: str) -> Callable[[_Draft, Command], None]:
    collection = _PARTS[noun]
    shape = PARTS[collection]

    def add(draft: _Draft, command: Command) -> None:
        identifier, before = command.get("id") or new_id(), command.get("before")
        faults: Faults = []
        ID.check(identifier, draft.at("id"), faults)
        draft.settle(faults)
        if identifier in draft.state[collection]:
            draft.refuse("id", "duplicate_id", found=identifier)
        given = {name: value for name, value in command.items() if name not in ("id", "before")}
        fields = shape.check({"id": identifier, **given}, draft.place, faults)
        draft.settle(faults)
        del fields["id"]
        draft.checked(collection, identifier, fields, "")
        cell = (fields["stage"], fields["lane"]) if collection == "cards" else None
        order = draft.order(collection, identifier, before, cell)
        draft.put(collection, identifier, {**fields, "order": order})
        draft.plan.added.append(identifier)

    return add


# What is not set but moved.
_PLACE = {"cards": ("id", "stage", "lane"), "steps": ("id", "stage")}


def _set(noun: str) -> Callable[[_Draft, Command], None]:
    collection = _PARTS[noun]
    shape = PARTS[collection]

    def change(draft: _Draft, command: Command) -> None:
        draft.only(command, "id", "fields")
        identifier = draft.identifier(command, "id", collection)
        fields = _partial(shape, draft, command)
        for name in _PLACE.get(collection, ("id",)):
            if name in fields:
                draft.refuse(f"fields.{name}", "not_changeable", instead=f"move_{noun}")
        # Only what this command says can be its fault: the rest of the entry may dangle after crossed edits.
        said = {name: value for name, value in fields.items() if value is not None}
        context = {"stage": draft.state["cards"][identifier]["stage"]} if collection == "cards" else {}
        draft.checked(collection, identifier, {**context, **said}, "fields")
        draft.alter(collection, identifier, fields)

    return change


def _move(noun: str) -> Callable[[_Draft, Command], None]:
    collection = _PARTS[noun]

    def move(draft: _Draft, command: Command) -> None:
        draft.only(command, "id", "before")
        identifier = draft.identifier(command, "id", collection)
        before = command.get("before")
        if before != identifier:
            draft.alter(collection, identifier, {"order": draft.order(collection, identifier, before, None)})

    return move


def _move_step(draft: _Draft, command: Command) -> None:
    """Along its stage or to another one; what stands in the step goes with it."""
    draft.only(command, "id", "stage", "before")
    step = draft.identifier(command, "id", "steps")
    fields: dict[str, Any] = {}
    before = command.get("before")
    if before != step:
        fields["order"] = draft.order("steps", step, before, None)
    if command.get("stage") is not None:
        fields["stage"] = draft.identifier(command, "stage", "stages")
    left = draft.state["steps"][step]["stage"]
    draft.alter("steps", step, fields)
    stage = draft.state["steps"][step]["stage"]
    if stage == left:
        return
    cards = draft.state["cards"]
    for identifier in in_order({i: card for i, card in cards.items() if card.get("step") == step}):
        order = draft.order("cards", identifier, None, (stage, cards[identifier]["lane"]))
        draft.alter("cards", identifier, {"stage": stage, "order": order})
    points = [point for point in draft.state["emotions"].values() if point.get("step") == step]
    draft.drop("emotions", lambda _, point: point.get("step") == step)
    for point in points:
        draft.put("emotions", emotion_key(point.get("persona"), stage, step), {**point, "stage": stage})


def _move_card(draft: _Draft, command: Command) -> None:
    draft.only(command, "id", "stage", "step", "lane", "before")
    identifier = draft.identifier(command, "id", "cards")
    stage = draft.identifier(command, "stage", "stages")
    lane = draft.identifier(command, "lane", "lanes")
    before = command.get("before")
    if before == identifier:
        return
    fields: dict[str, Any] = {"stage": stage, "lane": lane}
    fields["order"] = draft.order("cards", identifier, before, (stage, lane))
    if command.get("step") is not None:
        fields["step"] = draft.identifier(command, "step", "steps")
        draft.checked("cards", identifier, fields, "")
    elif "step" in command or draft.state["cards"][identifier]["stage"] != stage:
        fields["step"] = None  # a step belongs to its stage
    draft.alter("cards", identifier, fields)


def _delete_cards(draft: _Draft, goes: Callable[[str, dict[str, Any]], bool]) -> None:
    gone = draft.drop("cards", goes)
    draft.drop("arrows", lambda _, arrow: arrow["from_card"] in gone or arrow["to_card"] in gone)


def _delete_stage(draft: _Draft, command: Command) -> None:
    draft.only(command, "id")
    stage = draft.identifier(command, "id", "stages")
    draft.drop("stages", lambda i, _: i == stage)
    draft.drop("steps", lambda _, step: step["stage"] == stage)
    _delete_cards(draft, lambda _, card: card["stage"] == stage)
    draft.drop("emotions", lambda _, emotion: emotion["stage"] == stage)
    draft.drop("branches", lambda _, branch: stage in (branch["from_stage"], branch["to_stage"]))
    draft.drop("targets", lambda _, target: target["scope"].get("stage") == stage)


def _delete_step(draft: _Draft, command: Command) -> None:
    """Its cards stay in the stage."""
    draft.only(command, "id")
    step = draft.identifier(command, "id", "steps")
    draft.drop("steps", lambda i, _: i == step)
    draft.drop("emotions", lambda _, emotion: emotion.get("step") == step)
    for identifier, card in draft.state["cards"].items():
        if card.get("step") == step:
            draft.alter("cards", identifier, {"step": None})


def _delete_lane(draft: _Draft, command: Command) -> None:
    draft.only(command, "id")
    lane = draft.identifier(command, "id", "lanes")
    draft.drop("lanes", lambda i, _: i == lane)
    _delete_cards(draft, lambda _, card: card["lane"] == lane)
    draft.drop("lines", lambda _, line: line["after_lane"] == lane)


def _delete_card(draft: _Draft, command: Command) -> None:
    draft.only(command, "id")
    card = draft.identifier(command, "id", "cards")
    _delete_cards(draft, lambda i, _: i == card)


def _remove_persona(draft: _Draft, command: Command) -> None:
    draft.only(command, "id")
    persona = draft.identifier(command, "id", "personas")
    draft.drop("personas", lambda i, _: i == persona)
    draft.drop("emotions", lambda _, emotion: emotion.get("persona") == persona)
    for identifier, lane in draft.state["lanes"].items():
        if lane.get("persona") == persona:
            draft.alter("lanes", identifier, {"persona": None})


def _delete(noun: str) -> Callable[[_Draft, Command], None]:
    collection = _PARTS[noun]

    def delete(draft: _Draft, command: Command) -> None:
        draft.only(command, "id")
        identifier = draft.identifier(command, "id", collection)
        draft.drop(collection, lambda i, _: i == identifier)

    return delete


def _set_emotion(draft: _Draft, command: Command) -> None:
    if "value" not in command:
        draft.refuse("value", "required")
    stage = draft.identifier(command, "stage", "stages")
    persona, step = command.get("persona"), command.get("step")
    if persona is not None:
        draft.identifier(command, "persona", "personas")
    faults: Faults = []
    removes = command["value"] is None
    shape = PARTS["emotions"]
    cleaned = shape.check({**command, "value": 0} if removes else command, draft.place, faults)
    draft.settle(faults)
    key = emotion_key(persona, stage, step)
    if removes:
        draft.drop("emotions", lambda i, _: i == key)
        return
    draft.checked("emotions", key, cleaned, "")
    if key in draft.state["emotions"]:
        place = ("persona", "stage", "step")
        given = shape.check_some(command, draft.place, faults)
        draft.alter("emotions", key, {name: value for name, value in given.items() if name not in place})
    else:
        draft.put("emotions", key, cleaned)


HANDLERS: dict[str, Callable[[_Draft, Command], None]] = {
    "set_map": _set_map,
    "set_emotion": _set_emotion,
    **{f"add_{noun}": _add(noun) for noun in _PARTS},
    **{f"set_{noun}": _set(noun) for noun in _PARTS},
    **{f"move_{noun}": _move(noun) for noun in _PARTS},
    **{f"delete_{noun}": _delete(noun) for noun in _PARTS if noun != "persona"},
    "move_card": _move_card,
    "move_step": _move_step,
    "delete_stage": _delete_stage,
    "delete_step": _delete_step,
    "delete_lane": _delete_lane,
    "delete_card": _delete_card,
    "remove_persona": _remove_persona,
}
