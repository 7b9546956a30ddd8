"""What each command means: its fields, what it refuses, and what it writes.

``HANDLERS`` has one for every verb. A handler checks the command (without its ``do``) on the draft and notes there what
is to be written; a fault is raised as CommandInvalid with its place.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hamsafar.lib.ids import new_id
from hamsafar.maps.document import in_order
from hamsafar.maps.drafting import PARTS_BY_NOUN, Command, Draft
from hamsafar.maps.fields import META, PARTS, emotion_key
from hamsafar.maps.shape import ID, Faults, Object, name_of_type


def _partial(shape: Object, draft: Draft, command: Command) -> dict[str, Any]:
    fields = command.get("fields")
    if not isinstance(fields, dict):
        code = "required" if fields is None else "wrong_type"
        draft.refuse("fields", code, expected="object", found=name_of_type(fields))
    faults: Faults = []
    cleaned = shape.check_some(fields, draft.at("fields"), faults)
    draft.settle(faults)
    return cleaned


def _set_map(draft: Draft, command: Command) -> None:
    draft.only(command, "fields")
    draft.alter("meta", "", _partial(META, draft, command))


def _add(noun: str) -> Callable[[Draft, Command], None]:
    collection = PARTS_BY_NOUN[noun]
    shape = PARTS[collection]

    def add(draft: Draft, command: Command) -> None:
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


def _set(noun: str) -> Callable[[Draft, Command], None]:
    collection = PARTS_BY_NOUN[noun]
    shape = PARTS[collection]

    def change(draft: Draft, command: Command) -> None:
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


def _move(noun: str) -> Callable[[Draft, Command], None]:
    collection = PARTS_BY_NOUN[noun]

    def move(draft: Draft, command: Command) -> None:
        draft.only(command, "id", "before")
        identifier = draft.identifier(command, "id", collection)
        before = command.get("before")
        if before != identifier:
            draft.alter(collection, identifier, {"order": draft.order(collection, identifier, before, None)})

    return move


def _move_step(draft: Draft, command: Command) -> None:
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


def _move_card(draft: Draft, command: Command) -> None:
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


def _delete_cards(draft: Draft, goes: Callable[[str, dict[str, Any]], bool]) -> None:
    gone = draft.drop("cards", goes)
    draft.drop("arrows", lambda _, arrow: arrow["from_card"] in gone or arrow["to_card"] in gone)


def _delete_stage(draft: Draft, command: Command) -> None:
    draft.only(command, "id")
    stage = draft.identifier(command, "id", "stages")
    draft.drop("stages", lambda i, _: i == stage)
    draft.drop("steps", lambda _, step: step["stage"] == stage)
    _delete_cards(draft, lambda _, card: card["stage"] == stage)
    draft.drop("emotions", lambda _, emotion: emotion["stage"] == stage)
    draft.drop("branches", lambda _, branch: stage in (branch["from_stage"], branch["to_stage"]))
    draft.drop("targets", lambda _, target: target["scope"].get("stage") == stage)


def _delete_step(draft: Draft, command: Command) -> None:
    """Its cards stay in the stage."""
    draft.only(command, "id")
    step = draft.identifier(command, "id", "steps")
    draft.drop("steps", lambda i, _: i == step)
    draft.drop("emotions", lambda _, emotion: emotion.get("step") == step)
    for identifier, card in draft.state["cards"].items():
        if card.get("step") == step:
            draft.alter("cards", identifier, {"step": None})


def _delete_lane(draft: Draft, command: Command) -> None:
    draft.only(command, "id")
    lane = draft.identifier(command, "id", "lanes")
    draft.drop("lanes", lambda i, _: i == lane)
    _delete_cards(draft, lambda _, card: card["lane"] == lane)
    draft.drop("lines", lambda _, line: line["after_lane"] == lane)


def _delete_card(draft: Draft, command: Command) -> None:
    draft.only(command, "id")
    card = draft.identifier(command, "id", "cards")
    _delete_cards(draft, lambda i, _: i == card)


def _remove_persona(draft: Draft, command: Command) -> None:
    draft.only(command, "id")
    persona = draft.identifier(command, "id", "personas")
    draft.drop("personas", lambda i, _: i == persona)
    draft.drop("emotions", lambda _, emotion: emotion.get("persona") == persona)
    for identifier, lane in draft.state["lanes"].items():
        if lane.get("persona") == persona:
            draft.alter("lanes", identifier, {"persona": None})


def _delete(noun: str) -> Callable[[Draft, Command], None]:
    collection = PARTS_BY_NOUN[noun]

    def delete(draft: Draft, command: Command) -> None:
        draft.only(command, "id")
        identifier = draft.identifier(command, "id", collection)
        draft.drop(collection, lambda i, _: i == identifier)

    return delete


def _set_emotion(draft: Draft, command: Command) -> None:
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


HANDLERS: dict[str, Callable[[Draft, Command], None]] = {
    "set_map": _set_map,
    "set_emotion": _set_emotion,
    **{f"add_{noun}": _add(noun) for noun in PARTS_BY_NOUN},
    **{f"set_{noun}": _set(noun) for noun in PARTS_BY_NOUN},
    **{f"move_{noun}": _move(noun) for noun in PARTS_BY_NOUN},
    **{f"delete_{noun}": _delete(noun) for noun in PARTS_BY_NOUN if noun != "persona"},
    "move_card": _move_card,
    "move_step": _move_step,
    "delete_stage": _delete_stage,
    "delete_step": _delete_step,
    "delete_lane": _delete_lane,
    "delete_card": _delete_card,
    "remove_persona": _remove_persona,
}
