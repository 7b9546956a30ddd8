"""Whatever is commanded, in whatever order, on however many screens: the map stays a valid map."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from pycrdt import Doc

from hamsafar.maps import commands, document
from hamsafar.maps.activity import Change
from hamsafar.maps.faults import CommandInvalid
from hamsafar.maps.fields import LANE_KINDS
from hamsafar.maps.guard import Trial
from hamsafar.maps.log import Projection
from hamsafar.maps.projecting import Projector
from hamsafar.maps.versions.keeping import Outline

BASE: dict[str, Any] = {
    "format": "hamsafar-map/1",
    "title": "Map",
    "kind": "current_state",
    "language": "fa",
    "personas": [{"id": "p0", "name": "سارا"}],
    "stages": [{"id": "s0", "name": "A"}, {"id": "s1", "name": "B"}],
    "steps": [{"id": "x0", "stage": "s0", "name": "X"}],
    "lanes": [{"id": "l0", "kind": "actions"}, {"id": "l1", "kind": "touchpoints"}],
    "cards": [{"id": "c0", "stage": "s0", "lane": "l0", "step": "x0", "text": "0"}],
    "touchpoints": [{"id": "t0", "name": "Site"}],
}
LIBRARY = {"touchpoints": {"t0": {"id": "t0", "name": "Site"}}, "channels": {}, "contents": {}}


def ids(letter: str) -> st.SearchStrategy[str]:
    return st.sampled_from([f"{letter}{number}" for number in range(4)])


text = st.text(max_size=20)
name = st.one_of(st.sampled_from(["آگاهی", "خرید", "می‌خرد", "x"]), text)
stage, step, lane, card = ids("s"), ids("x"), ids("l"), ids("c")
persona, other = ids("p"), ids("o")


def command(verb: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"do": st.just(verb), **fields})


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), strategy)


card_fields = st.fixed_dictionaries(
    {},
    optional={
        "text": text,
        "step": maybe(step),
        "touchpoint": maybe(st.just("t0")),
        "need": st.sampled_from(["required", "optional", "any_of"]),
        "color": maybe(st.just("#102030")),
        "tags": st.lists(name, max_size=3),
        "owner": maybe(st.just({"kind": "team", "name": "پشتیبانی"})),
    },
)
COMMANDS = st.one_of(
    command("add_stage", id=stage, name=name, before=maybe(stage)),
    command(
        "set_stage",
        id=stage,
        fields=st.fixed_dictionaries({}, optional={"name": name, "width": st.just(300)}),
    ),
    command("move_stage", id=stage, before=maybe(stage)),
    command("delete_stage", id=stage),
    command("add_step", id=step, stage=stage, name=name, before=maybe(step)),
    command("set_step", id=step, fields=st.fixed_dictionaries({"name": name})),
    command("move_step", id=step, stage=stage, before=maybe(step)),
    command("move_step", id=step, before=maybe(step)),
    command("delete_step", id=step),
    command("add_lane", id=lane, kind=st.sampled_from(LANE_KINDS), before=maybe(lane)),
    command("set_lane", id=lane, fields=st.fixed_dictionaries({"persona": maybe(persona)})),
    command("move_lane", id=lane, before=maybe(lane)),
    command("delete_lane", id=lane),
    command("add_card", id=card, stage=stage, lane=lane, text=text, before=maybe(card)),
    command("set_card", id=card, fields=card_fields),
    command("move_card", id=card, stage=stage, lane=lane, before=maybe(card)),
    command("move_card", id=card, stage=stage, step=maybe(step), lane=lane, before=st.none()),
    command("delete_card", id=card),
    command("add_persona", id=persona, name=name),
    command("remove_persona", id=persona),
    command("set_emotion", persona=maybe(persona), stage=stage, value=maybe(st.integers(-2, 2))),
    command(
        "set_emotion", persona=maybe(persona), stage=stage, step=maybe(step), value=maybe(st.integers(-2, 2))
    ),
    command("add_branch", id=other, from_stage=stage, to_stage=stage),
    command("add_arrow", id=other, from_card=card, to_card=card),
    command("add_line", id=other, kind=st.just("visibility"), after_lane=lane),
    command("set_map", fields=st.fixed_dictionaries({}, optional={"title": name, "scope": maybe(text)})),
)


def carry_out(doc: Doc[Any], given: list[dict[str, Any]]) -> list[bytes]:
    """Runs each command that can be; returns the updates."""
    updates = []
    for one in given:
        try:
            made = commands.plan(document.read(doc), [one], {"touchpoints": {"t0"}})
        except CommandInvalid:
            continue
        updates.append(commands.perform(doc, made))
    return updates


@settings(max_examples=150)
@given(st.lists(COMMANDS, max_size=25))
def test_any_commands_leave_a_valid_map_that_comes_back_the_same(given: list[dict[str, Any]]) -> None:
    doc = document.from_exchange(document.check(BASE))
    trial = Trial(doc.get_update())
    for update in carry_out(doc, given):
        trial.apply(update)  # what a command writes, the socket's guard lets in
    exported = document.tidy(document.project(document.read(doc), LIBRARY))
    assert document.check(exported) == exported
    again = document.from_exchange(exported)
    assert document.tidy(document.project(document.read(again), LIBRARY)) == exported
    assert trial.state == document.read(trial.doc) == document.read(doc)


@settings(max_examples=100)
@given(st.lists(COMMANDS, max_size=12), st.lists(COMMANDS, max_size=12))
def test_two_screens_apart_come_together_on_one_valid_map(
    here: list[dict[str, Any]], there: list[dict[str, Any]]
) -> None:
    one, two = document.from_exchange(document.check(BASE)), document.new_doc()
    two.apply_update(one.get_update())
    carry_out(one, here)
    carry_out(two, there)
    left, right = one.get_update(), two.get_update()
    one.apply_update(right)
    two.apply_update(left)
    assert document.read(one) == document.read(two)
    shown = document.project(document.read(one), LIBRARY)
    assert document.check(shown) == document.tidy(shown)


@settings(max_examples=150)
@given(st.lists(COMMANDS, max_size=15), st.lists(COMMANDS, max_size=15), st.integers(1, 4))
def test_what_lists_see_keeps_in_step_with_crossing_changes(
    here: list[dict[str, Any]], there: list[dict[str, Any]], at_once: int
) -> None:
    one, two = document.from_exchange(document.check(BASE)), document.new_doc()
    two.apply_update(one.get_update())
    trial = Trial(one.get_update())
    projector = Projector(trial.state)
    updates = [*carry_out(one, here), *carry_out(two, there)]
    for start in range(0, len(updates), at_once):
        changes: list[Change] = []
        for update in updates[start : start + at_once]:
            trial.apply(update)
            changes += trial.changes
        projector.follow(trial.state, changes)
        whole = document.project(trial.state)
        assert projector.projection == Projection.of(whole)
        assert projector.outline == Outline.of(whole)


@settings(max_examples=100)
@given(st.lists(COMMANDS, max_size=12))
def test_a_list_of_commands_is_the_same_as_one_after_another(given: list[dict[str, Any]]) -> None:
    one = document.from_exchange(document.check(BASE))
    two = document.from_exchange(document.check(BASE))
    try:
        whole = commands.plan(document.read(one), given, {"touchpoints": {"t0"}})
    except CommandInvalid as refused:
        # Those before the refused one were possible; it itself is not.
        index = int(refused.faults[0].place.split("]")[0].removeprefix("commands["))
        assert len(carry_out(two, given[:index])) == index
        assert carry_out(two, given[index : index + 1]) == []
        return
    commands.perform(one, whole)
    carry_out(two, given)
    assert document.read(one) == document.read(two)
