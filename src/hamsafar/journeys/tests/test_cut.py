"""Paths cut by session and by instance, against the naive twin; paths and persons are told apart."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from functools import partial as bind

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamsafar.journeys import Condition, PathIndex, transitions
from hamsafar.journeys.alternatives import alternatives, joined
from hamsafar.journeys.askable import Askable
from hamsafar.journeys.errors import BadWindow, OneRule, UnknownEvent, UnknownProperty
from hamsafar.journeys.parts import split
from hamsafar.journeys.tests import naive, naive_cut
from hamsafar.journeys.tests.naive_cut import Cut, Valued
from hamsafar.journeys.tests.scattered import Scattered
from hamsafar.journeys.view import Result

SECOND = 1_000_000

valued_events = st.lists(
    st.builds(
        Valued,
        person=st.sampled_from(["p1", "p2", "p3"]),
        name=st.sampled_from(["a", "b", "خرید"]),
        at_us=st.integers(0, 9).map(lambda t: t * SECOND),
        value=st.sampled_from([None, "x", "y", 1]),
    ),
    max_size=20,
)
# Every name and a value are known, so that any rule can be asked for.
known = [Valued("zz", name, 0, "x") for name in ("a", "b", "خرید")]
rules: dict[str, tuple[Callable[[Askable], Askable], Cut]] = {
    "gap": (lambda paths: paths.by_session(2), lambda path: naive_cut.by_session(path, 2 * SECOND, False)),
    "column": (
        lambda paths: paths.by_session(column="value"),
        lambda path: naive_cut.by_session(path, None, True),
    ),
    "gap or column": (
        lambda paths: paths.by_session(1, "value"),
        lambda path: naive_cut.by_session(path, SECOND, True),
    ),
    "restart": (
        lambda paths: paths.by_instance("a|خرید"),
        lambda path: naive_cut.by_restart(path, {"a", "خرید"}),
    ),
    "id": (lambda paths: paths.by_instance(column="value"), naive_cut.by_column),
}
any_rule = st.sampled_from(sorted(rules))


def index_of(events: list[Valued]) -> PathIndex:
    return PathIndex.from_arrays(
        [event.person for event in events],
        [event.name for event in events],
        [event.at_us for event in events],
        {"value": [event.value for event in events]},
    )


def paths_of(index: PathIndex) -> list[tuple[str, list[Valued]]]:
    column = index.properties["value"]
    assert index.owner is not None
    found = []
    for path, owner in enumerate(index.owner.tolist()):
        places = range(index.offset[path], index.offset[path + 1])
        person = index.persons[owner]
        events = [
            Valued(
                person,
                index.names[index.code[place]],
                int(index.at_us[place]),
                None if column.code[place] < 0 else column.values[column.code[place]],
            )
            for place in places
        ]
        found.append((person, events))
    return found


@given(valued_events, any_rule)
def test_paths_are_cut_as_the_twin_cuts_them(events: list[Valued], rule: str) -> None:
    events = [*events, *known]
    how, twin = rules[rule]
    found, wanted = how(index_of(events)), naive_cut.cut(events, twin)
    assert isinstance(found, PathIndex)
    assert paths_of(found) == wanted
    assert found.n_paths == len(wanted)
    assert found.n_persons == len({person for person, _ in wanted})
    assert found.unit == ("instance" if rule in ("restart", "id") else "session")
    for parts in (2, 3, 8):
        pieces = split(found, parts)
        assert [p for piece in pieces for p in range(piece.first, piece.last)] == list(range(len(wanted)))
        assert sum(piece.n_persons for piece in pieces) == found.n_persons  # nobody is in two parts


@given(valued_events, any_rule, st.integers(1, 4))
@settings(max_examples=60)
def test_questions_tell_paths_from_persons(events: list[Valued], rule: str, top: int) -> None:
    events = [*events, *known]
    how, twin = rules[rule]
    index, paths = how(index_of(events)), naive_cut.cut(events, twin)
    for counted in (index.transitions(), sparse_transitions(index)):
        assert {
            (row["source"], row["target"]): (row["count"], row["paths"], row["persons"])
            for row in counted.to_dict()["rows"]
        } == naive_cut.transitions(paths)
    wanted = naive_cut.variants(paths)
    found = index.variants(top).to_dict()
    listed = {tuple(row["path"]): (row["paths"], row["persons"]) for row in found["rows"]}
    assert listed.items() <= wanted.items()
    others = [person for person, path in paths if tuple(event.name for event in path) not in listed]
    assert (found["other_paths"], found["other_persons"]) == (len(others), len(set(others)))
    overview = index.overview().to_dict()
    for row in overview["rows"]:
        having = [person for person, path in paths if row["event"] in {event.name for event in path}]
        assert (row["paths"], row["persons"]) == (len(having), len(set(having)))
    lengths = [len(path) for _, path in paths]
    whose: dict[str, int] = {}
    for person, path in paths:
        whose[person] = whose.get(person, 0) + len(path)
    assert overview["events_per_path"]["median"] == np.median(lengths)
    assert overview["events_per_person"]["median"] == np.median(list(whose.values()))
    steps = ["a", "b"]
    relabelled = [
        naive.Event(f"{number:04} {person}", event.name, event.at_us)
        for number, (person, path) in enumerate(paths)
        for event in path
    ]
    reached, _ = naive.funnel(relabelled, steps, 3 * SECOND)
    rows = index.funnel(steps, 3).to_dict()["rows"]
    assert [row["paths"] for row in rows] == [len(found) for found in reached]
    assert [row["persons"] for row in rows] == [len({one[5:] for one in found}) for found in reached]
    for question in (overview, found, index.transitions().to_dict(), index.funnel(steps).to_dict()):
        counts = (question["unit"], question["events"], question["paths"], question["persons"])
        assert counts == (index.unit, sum(lengths), len(paths), len(whose))


def sparse_transitions(index: Askable) -> Result:
    """As they are counted when pairs of names are too many for a table."""
    sparse = replace(transitions.plan(index), edges=None)
    return transitions.finish(index, index.reduce(bind(transitions.map_part, sparse), transitions.merge))


@given(valued_events, any_rule, st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_cut_paths_in_several_places_give_the_same_answers(
    events: list[Valued], rule: str, chance: random.Random
) -> None:
    whole = index_of([*events, *known])
    scattered = Scattered.of(whole, [chance.randrange(3) for _ in range(whole.n_persons)])
    how, _ = rules[rule]
    questions: list[Callable[[Askable], Result]] = [
        lambda paths: paths.overview(),
        lambda paths: paths.transitions(),
        sparse_transitions,
        lambda paths: paths.variants(2),
        lambda paths: paths.funnel(["a", "b"], 3.0),
    ]
    for question in questions:
        assert question(how(scattered)).to_dict() == question(how(whole)).to_dict()
    # Cut where they are, or where they were brought together from: the same.
    again = Scattered.of(how(whole), [chance.randrange(3) for _ in range(how(whole).n_persons)])
    assert again.transitions().to_dict() == how(whole).transitions().to_dict()


@given(valued_events, any_rule)
@settings(max_examples=40)
def test_who_gives_persons(events: list[Valued], rule: str) -> None:
    index = rules[rule][0](index_of([*events, *known]))
    assert isinstance(index, PathIndex)
    for row in index.transitions().to_dict()["rows"]:
        assert len(index.transitions_persons(row["source"], row["target"])) == row["persons"]
    for row in index.variants(50).to_dict()["rows"]:
        assert len(index.variant_persons(row["path"])) == row["persons"]
    for step, row in enumerate(index.funnel(["a", "b"]).to_dict()["rows"], 1):
        assert len(index.funnel_persons(["a", "b"], None, step)) == row["persons"]


def test_a_selection_of_cut_paths_keeps_whose_they_are() -> None:
    events = [Valued("p", "a", 0, "x"), Valued("p", "b", 0, "y"), Valued("q", "a", 1, "y")]
    index = index_of(events).by_instance(column="value").select(conditions=[Condition("value", "=", "y")])
    assert paths_of(index) == [("p", [events[1]]), ("q", [events[2]])]
    assert index.properties["value"].code.tolist() == [1, 1]


def test_equal_times_and_a_gap_of_exactly_the_limit_do_not_cut() -> None:
    events = [Valued("p", "a", at * SECOND, None) for at in (0, 0, 1800, 3601)]
    assert index_of(events).by_session().overview().to_dict()["paths"] == 2


def test_bad_rules_are_refused() -> None:
    index = index_of([Valued("p", "a", 0, "x")])
    for gap in (0, -5, float("nan"), float("inf")):
        with pytest.raises(BadWindow):
            index.by_session(gap)
    with pytest.raises(UnknownProperty, match="Did you mean “value”"):
        index.by_session(column="valeu")
    with pytest.raises(UnknownProperty):
        index.by_instance(column="order")
    with pytest.raises(UnknownEvent):
        index.by_instance("z")
    for both in ({}, {"restart": "a", "column": "value"}):
        with pytest.raises(OneRule):
            index.by_instance(**both)


def test_nothing_can_be_cut_into_nothing() -> None:
    nobody = index_of([Valued("p", "a", 0, "x")]).select(from_us=1)
    for how, _ in rules.values():
        if how is rules["restart"][0]:
            continue
        cut = how(nobody)
        assert (cut.n_paths, cut.n_persons) == (0, 0)
        for result in (cut.overview(), cut.transitions(), cut.variants(), cut.funnel(["a"])):
            assert result.to_dict()["paths"] == 0


@given(st.lists(st.text("ab|\\ ", min_size=1).map(str.strip).filter(bool), min_size=1, max_size=4))
def test_several_names_in_one_text_are_read_back(names: list[str]) -> None:
    assert alternatives(joined(names)) == names


def test_alternatives() -> None:
    assert alternatives("a") == ["a"]
    assert alternatives(" a") == [" a"]
    assert alternatives("a | b|c") == ["a", "b", "c"]
    assert alternatives(r"a\|b") == ["a|b"]
    assert alternatives(r"C:\new|b") == [r"C:\new", "b"]
