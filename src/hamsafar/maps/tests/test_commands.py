"""The cases that both editors run, and what only the server's side must refuse."""

# ruff: noqa: E501 (a case is one line)
from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hamsafar.maps import commands, document
from hamsafar.maps.faults import CommandInvalid

CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in sorted((Path(__file__).parent / "fixtures" / "commands").glob("*.json"))
    for case in json.loads(path.read_text(encoding="utf-8"))
]
BASE = {"format": "hamsafar-map/1", "title": "Map", "kind": "current_state", "language": "en"}


def comparable(exchange: dict[str, Any], parts: set[str]) -> dict[str, Any]:
    """The named parts (and all of the map's own fields when its title is named), cards cell by cell."""
    own = {
        name: value for name, value in exchange.items() if not isinstance(value, list) and name != "format"
    }
    kept = {name: exchange[name] for name in parts if isinstance(exchange.get(name), list)}
    if "cards" in kept:
        kept["cards"] = sorted(kept["cards"], key=lambda card: (card["stage"], card["lane"]))
    return {**kept, **(own if "title" in parts else {})}


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any]) -> None:
    doc = document.from_exchange(document.check({**BASE, **case["document"]}))
    state = document.read(doc)
    if "refused" in case:
        with pytest.raises(CommandInvalid) as refused:
            commands.plan(state, case["commands"])
        assert refused.value.faults[0].place == case["refused"]
        assert document.read(doc) == state
        return
    made = commands.plan(state, case["commands"])
    assert document.read(doc) == state  # planning changes nothing
    commands.perform(doc, made)
    exchange = document.project(document.read(doc))
    parts = set(case["expected"])
    assert comparable(exchange, parts) == comparable(case["expected"], parts)


def plan_on(exchange: dict[str, Any], *given: Any, **options: Any) -> commands.Plan:
    return commands.plan(document.to_state(document.check({**BASE, **exchange})), list(given), **options)


@pytest.mark.parametrize(
    ("command", "place", "code"),
    [
        ("text", "commands[0]", "wrong_type"),
        ({}, "commands[0].do", "required"),
        ({"do": "drop_database"}, "commands[0].do", "unknown_command"),
        ({"do": ["add_stage"]}, "commands[0].do", "unknown_command"),
        ({"do": "add_stage", "name": "A", "colour": "x"}, "commands[0].colour", "unknown_field"),
        ({"do": "add_stage", "name": 5}, "commands[0].name", "wrong_type"),
        ({"do": "add_stage", "name": "A", "id": "a b"}, "commands[0].id", "bad_id"),
        ({"do": "add_stage", "name": "A", "before": 3}, "commands[0].before", "dangling_reference"),
        ({"do": "set_stage", "id": {"a": 1}, "fields": {}}, "commands[0].id", "dangling_reference"),
        ({"do": "set_stage", "id": "s1"}, "commands[0].fields", "required"),
        ({"do": "set_stage", "id": "s1", "fields": []}, "commands[0].fields", "wrong_type"),
        ({"do": "set_stage", "id": "s1", "fields": {"name": None}}, "commands[0].fields.name", "wrong_type"),
        ({"do": "set_stage", "id": "s1", "fields": {"id": "s2"}}, "commands[0].fields.id", "not_changeable"),
        ({"do": "set_stage", "id": "s1", "fields": {"order": "V"}}, "commands[0].fields.order", "unknown_field"),
        ({"do": "set_card", "id": "c1", "fields": {"stage": "s1"}}, "commands[0].fields.stage", "not_changeable"),
        ({"do": "set_card", "id": "c1", "fields": {"step": "no"}}, "commands[0].fields.step", "dangling_reference"),
        ({"do": "set_card", "id": "c1", "fields": {"link": "javascript:alert(1)"}}, "commands[0].fields.link", "bad_link"),
        ({"do": "set_card", "id": "c1", "fields": {"touchpoint": "t9"}}, "commands[0].fields.touchpoint", "dangling_reference"),
        ({"do": "set_map", "fields": {"title": None}}, "commands[0].fields.title", "wrong_type"),
        ({"do": "set_emotion", "stage": "s1", "persona": None}, "commands[0].value", "required"),
    ],
)  # fmt: skip
def test_a_bad_command_is_refused_at_its_place(command: Any, place: str, code: str) -> None:
    exchange = {
        "stages": [{"id": "s1", "name": "A"}],
        "lanes": [{"id": "l1", "kind": "touchpoints"}],
        "cards": [{"id": "c1", "stage": "s1", "lane": "l1", "text": "x"}],
    }
    with pytest.raises(CommandInvalid) as refused:
        plan_on(exchange, command, library={"touchpoints": {"t1"}})
    assert [(fault.place, fault.code) for fault in refused.value.faults] == [(place, code)]
    assert refused.value.sentence("fa")
    assert refused.value.errors("fa")[0]["detail"] != refused.value.errors("en")[0]["detail"]


def test_a_command_that_changes_nothing_writes_nothing() -> None:
    made = plan_on(
        {"stages": [{"id": "s1", "name": "A"}]}, {"do": "set_stage", "id": "s1", "fields": {"name": "A"}}
    )
    assert made.changes == []


def test_ids_are_made_and_told_in_order() -> None:
    made = plan_on({}, {"do": "add_stage", "name": "A"}, {"do": "add_stage", "id": "mine", "name": "B"})
    assert len(made.added) == 2
    assert made.added[1] == "mine"


def test_a_map_holds_at_most_a_hundred_stages() -> None:
    with pytest.raises(CommandInvalid) as refused:
        plan_on({}, *({"do": "add_stage", "name": str(n)} for n in range(101)))
    assert (refused.value.faults[0].place, refused.value.faults[0].code) == ("commands[100]", "too_many")
