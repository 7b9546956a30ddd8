"""Restoring: the map is what it was, by few writes, and what others did meanwhile merges."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from pycrdt import Doc

from hamsafar.maps import commands, document
from hamsafar.maps.document import Exchange
from hamsafar.maps.fields import PARTS
from hamsafar.maps.guard import Trial
from hamsafar.maps.tests.test_properties import BASE, COMMANDS, LIBRARY, carry_out
from hamsafar.maps.versions.restoring import Replace, becoming

changes = st.lists(COMMANDS, max_size=15)


def shown(doc: Doc[Any]) -> Exchange:
    return document.tidy(document.project(document.read(doc), LIBRARY))


def fresh() -> Doc[Any]:
    return document.from_exchange(document.check(BASE))


def twin(doc: Doc[Any]) -> Doc[Any]:
    other = document.new_doc()
    other.apply_update(doc.get_update())
    return other


def restore(doc: Doc[Any], version: Exchange) -> commands.Plan:
    made = commands.plan(document.read(doc), [Replace(version, "before_restore", {})])
    commands.perform(doc, made)
    return made


@settings(max_examples=200)
@given(changes, changes)
def test_the_map_is_again_what_it_was(first: list[dict[str, Any]], then: list[dict[str, Any]]) -> None:
    doc = fresh()
    carry_out(doc, first)
    version = shown(doc)
    carry_out(doc, then)
    present = shown(doc)
    restore(doc, version)
    assert shown(doc) == version
    restore(doc, present)
    assert shown(doc) == present
    # Once more changes nothing.
    assert restore(doc, present).changes == []


@settings(max_examples=100)
@given(changes, changes, changes)
def test_edits_made_meanwhile_merge_into_a_valid_map(
    first: list[dict[str, Any]], then: list[dict[str, Any]], meanwhile: list[dict[str, Any]]
) -> None:
    here = fresh()
    carry_out(here, first)
    version = shown(here)
    carry_out(here, then)
    there = twin(here)
    before = document.read(here)
    made = restore(here, version)
    carry_out(there, meanwhile)
    edited = document.read(there)
    left, right = here.get_update(), there.get_update()
    trial = Trial(left)
    trial.apply(right)  # what comes from a screen that was away is let in
    here.apply_update(right)
    there.apply_update(left)
    merged = document.read(here)
    assert merged == document.read(there)
    exported = document.project(merged, LIBRARY)
    assert document.check(exported) == document.tidy(exported)

    written = {(c.collection, c.identifier, name) for c in made.changes for name in c.fields or {}}
    gone = {(c.collection, c.identifier) for c in made.changes if c.fields is None or c.new}
    for part in PARTS:
        for identifier, entry in before[part].items():
            now, theirs = merged[part].get(identifier), edited[part].get(identifier)
            if (part, identifier) in gone or theirs is None:
                continue
            assert now is not None
            for name, value in theirs.items():
                # What the restoring did not write is as the others left it.
                if entry.get(name) != value and (part, identifier, name) not in written:
                    assert now[name] == value


def test_only_what_differs_is_written() -> None:
    doc = fresh()
    version = shown(doc)
    carry_out(
        doc,
        [
            {"do": "add_card", "id": "c1", "stage": "s1", "lane": "l0", "text": "1"},
            {"do": "set_stage", "id": "s0", "fields": {"name": "Z"}},
            {"do": "move_stage", "id": "s1", "before": "s0"},
        ],
    )
    written = [
        (c.collection, c.identifier, sorted(c.fields or ())) for c in becoming(document.read(doc), version)
    ]
    assert written == [("stages", "s0", ["name"]), ("stages", "s1", ["order"]), ("cards", "c1", [])]


def test_two_neighbours_that_were_given_the_same_place_come_apart() -> None:
    version = document.check(BASE)
    state = document.to_state(version)
    state["lanes"]["l0"]["order"] = state["lanes"]["l1"]["order"] = "V"
    reversed_version = {**version, "lanes": [*reversed(version["lanes"])]}
    for one in (
        version,
        reversed_version,
        {**version, "lanes": [{"id": "l9", "kind": "text"}, *version["lanes"]]},
    ):
        doc = document.new_doc()
        document.write(doc, state)
        restore(doc, one)
        assert [lane["id"] for lane in shown(doc)["lanes"]] == [lane["id"] for lane in one["lanes"]]


def test_a_card_added_meanwhile_to_a_stage_that_goes_goes_with_it_and_others_stay() -> None:
    here = fresh()
    version = shown(here)
    carry_out(here, [{"do": "add_stage", "id": "s2", "name": "C"}])
    there = twin(here)
    restore(here, version)
    carry_out(
        there,
        [
            {"do": "add_card", "id": "c1", "stage": "s2", "lane": "l0", "text": "gone"},
            {"do": "add_card", "id": "c2", "stage": "s1", "lane": "l0", "text": "stays"},
        ],
    )
    here.apply_update(there.get_update())
    assert [card["id"] for card in shown(here)["cards"]] == ["c0", "c2"]
