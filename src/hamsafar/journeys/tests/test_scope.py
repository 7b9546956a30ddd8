"""Which paths a question is about: persons, events, the cut; and what is withheld of the answer."""

from __future__ import annotations

import pickle
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamsafar.journeys import Condition, PathIndex
from hamsafar.journeys.errors import BadNumber, BadWindow, NotOfThisUnit, OneRule, UnknownProperty
from hamsafar.journeys.scope import Scope
from hamsafar.journeys.tests.naive import Event
from hamsafar.journeys.tests.naive_cut import Valued, persons
from hamsafar.journeys.tests.scattered import Scattered
from hamsafar.journeys.tests.test_cut import index_of, known, valued_events

SECOND = 1_000_000
is_x = Condition("value", "=", "x")


@given(valued_events)
def test_persons_by_any_event_and_by_the_last_value(events: list[Valued]) -> None:
    events = [*events, *known]
    index = index_of(events)
    having, ending = set(), set()
    for person, path in persons(events).items():
        values = [event.value for event in path if event.value is not None]
        if "x" in values:
            having.add(person)
        if values and values[-1] == "x":
            ending.add(person)
    assert set(index.persons_where([is_x]).persons) == having
    assert set(index.persons_where(last=[is_x]).persons) == ending
    assert set(index.persons_where([is_x], [is_x]).persons) == having & ending
    kept = index.persons_where([is_x])
    assert kept.n_events == sum(event.person in having for event in events)  # with all of their events


def test_all_conditions_hold_for_one_event() -> None:
    index = PathIndex.from_arrays(
        ["p", "p", "q"], ["a", "b", "a"], [0, 1, 0], {"city": ["Qom", None, "Qom"], "sum": [None, 5, 5]}
    )
    both = [Condition("city", "=", "Qom"), Condition("sum", ">", 1)]
    assert list(index.persons_where(both).persons) == ["q"]
    assert list(index.persons_where(last=both).persons) == ["p", "q"]


def test_the_last_value_is_last_in_time_also_where_paths_overlap() -> None:
    index = index_of([Valued("p", "a", 0, "y"), Valued("p", "a", 1, "x"), Valued("p", "b", 2, "y")])
    by_order = index.by_instance(column="value")
    assert by_order.at_us.tolist() == [0, 2, 1]
    assert by_order.persons_where(last=[is_x]).n_persons == 0
    assert by_order.persons_where(last=[Condition("value", "=", "y")]).n_persons == 1


def test_persons_by_id() -> None:
    index = index_of([Valued(person, "a", 0, "x") for person in "abc"])
    assert list(index.only_persons(["c", "a", "nobody"]).persons) == ["a", "c"]
    assert list(index.without_persons(["c", "nobody"]).persons) == ["a", "b"]
    assert index.only_persons([]).n_persons == 0


@given(valued_events, st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_a_scope_is_the_same_in_one_place_and_in_several(events: list[Valued], chance: random.Random) -> None:
    whole = index_of([*events, *known])
    scattered = Scattered.of(whole, [chance.randrange(3) for _ in range(whole.n_persons)])
    scope = Scope(
        to_us=8 * SECOND,
        conditions=(Condition("value", "in", ["x", "y"]),),
        person_conditions=(is_x,),
        person_last_conditions=(Condition("value", "exists"),),
        except_persons=("p2",),
        session_gap_seconds=2,
    )
    scope = pickle.loads(pickle.dumps(scope))
    assert scope.of(scattered).transitions().to_dict() == scope.of(whole).transitions().to_dict()
    step_by_step = (
        whole.persons_where([is_x], [Condition("value", "exists")])
        .without_persons(["p2"])
        .select(to_us=8 * SECOND, conditions=[Condition("value", "in", ["x", "y"])])
        .by_session(2)
    )
    assert scope.of(whole).variants().to_dict() == step_by_step.variants().to_dict()


def test_persons_are_chosen_by_all_of_their_events_and_events_afterwards() -> None:
    """The value lies outside of the range; it is the person's all the same."""
    index = index_of([Valued("p", "a", 0, "x"), Valued("p", "b", 9, None), Valued("q", "b", 9, "y")])
    found = Scope(from_us=5, person_conditions=(is_x,)).of(index)
    assert (list(found.persons), found.n_events) == (["p"], 1)


def test_the_unit_follows_from_the_rule() -> None:
    assert Scope().unit == "person"
    assert Scope(session_column="s").unit == "session"
    assert Scope(restart=("a",)).unit == "instance"
    assert Scope(unit="session").of(index_of(known)).unit == "session"
    assert Scope(
        conditions=(is_x,), person_last_conditions=(Condition("city", "exists"),), session_column="value"
    ).properties() == ["value", "city"]


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"unit": "person", "session_gap_seconds": 60}, NotOfThisUnit),
        ({"unit": "session", "restart": ("a",)}, NotOfThisUnit),
        ({"session_column": "s", "instance_column": "o"}, NotOfThisUnit),
        ({"unit": "instance"}, OneRule),
        ({"restart": ("a",), "instance_column": "o"}, OneRule),
        ({"session_gap_seconds": 0}, BadWindow),
        ({"session_gap_seconds": float("nan")}, BadWindow),
    ],
)
def test_contradictions_are_refused(given: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        Scope(**given)


def test_unknown_properties_offer_the_nearest() -> None:
    index = index_of(known)
    for scope in (
        Scope(person_conditions=(Condition("valve", "exists"),)),
        Scope(person_last_conditions=(Condition("valve", "exists"),)),
        Scope(session_column="valve"),
    ):
        with pytest.raises(UnknownProperty, match="Did you mean “value”"):
            scope.of(index)


small_paths = st.lists(
    st.builds(
        Event,
        person=st.sampled_from([f"p{n}" for n in range(9)]),
        name=st.sampled_from("abc"),
        at_us=st.integers(0, 9).map(lambda t: t * SECOND),
    ),
    min_size=1,
    max_size=30,
)


def plain(events: list[Event]) -> PathIndex:
    return PathIndex.from_arrays(
        [event.person for event in events],
        [event.name for event in events],
        [event.at_us for event in events],
    )


@given(small_paths, st.integers(1, 5))
@settings(max_examples=60)
def test_no_figure_of_few_persons_is_shown_nor_left_alone(events: list[Event], least: int) -> None:
    index = plain(events)
    overview, all_names = index.overview().withhold(least).to_dict(), index.overview().to_dict()
    shown = {row["event"] for row in overview["rows"]}
    gone = [row for row in all_names["rows"] if row["event"] not in shown]
    assert all(row["persons"] >= least for row in overview["rows"])
    assert len(gone) != 1 or len(all_names["rows"]) == 1

    edges = index.transitions().withhold(least).to_dict()
    shown_edges = {(row["source"], row["target"]) for row in edges["rows"]}
    hidden = [
        row
        for row in index.transitions().to_dict()["rows"]
        if (row["source"], row["target"]) not in shown_edges
    ]
    assert all(row["persons"] >= least for row in edges["rows"])
    if index.n_persons >= least:
        assert edges["withheld"] == len(hidden)
    for side in ("source", "target"):
        for name in {row[side] for row in hidden}:
            # By the events of the name one of them could be told from the others.
            lonely = sum(row[side] == name for row in hidden) == 1
            assert not lonely or not any(row[side] == name for row in edges["rows"])

    variants, whole = index.variants(3).withhold(least).to_dict(), index.variants(100).to_dict()
    assert all(row["persons"] >= least for row in variants["rows"])
    if variants["other_persons"] is not None:
        assert variants["other_persons"] == 0 or variants["other_persons"] >= least
        assert variants["other_persons"] + sum(row["persons"] for row in variants["rows"]) == whole["persons"]
    for result in (index.overview(), index.transitions(), index.variants(3)):
        for language in ("en", "fa"):
            assert result.withhold(least).text(language)
            assert "nan" not in result.withhold(least).to_html(language).lower()


def test_an_answer_about_few_persons_has_no_figures_at_all() -> None:
    answer = plain([Event("p", "a", 0), Event("q", "a", 0)]).overview().withhold(3).to_dict()
    assert (answer["events"], answer["persons"], answer["rows"]) == (None, None, [])
    assert answer["min_group"] == 3


def test_a_least_group_is_a_whole_number() -> None:
    for least in (0, -1, True, 2.5):
        with pytest.raises(BadNumber):
            plain([Event("p", "a", 0)]).overview().withhold(least)  # type: ignore[arg-type]
