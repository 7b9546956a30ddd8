"""Every question against its naive twin, on paths with many equal times, and over any partition by person."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from functools import partial as bind
from statistics import median
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamsafar.journeys import Condition, PathIndex, overview, transitions, variants
from hamsafar.journeys.askable import Askable
from hamsafar.journeys.errors import BadNumber, BadWindow, NoSteps, UnknownEvent
from hamsafar.journeys.funnel import question as funnel_question
from hamsafar.journeys.kernels.histogram import RELATIVE_ERROR
from hamsafar.journeys.tests import naive
from hamsafar.journeys.tests.naive import END, START, Event
from hamsafar.journeys.tests.scattered import Scattered
from hamsafar.journeys.view import Result

SECOND = 1_000_000
FUNNEL_ROW = ("step", "paths", "persons", "share_of_first", "share_of_previous", "median_seconds_from_first")

# Few names, few persons and few different times: repetitions and ties everywhere.
small_events = st.lists(
    st.builds(
        Event,
        person=st.sampled_from(["آرش", "p1", "p2", "p3"]),
        name=st.sampled_from(["a", "b", "c", "خرید"]),
        at_us=st.one_of(st.integers(0, 4).map(lambda t: t * SECOND), st.integers(-(10**15), 10**15)),
    ),
    max_size=24,
)


def index_of(events: list[Event]) -> PathIndex:
    return PathIndex.from_arrays(
        [event.person for event in events],
        [event.name for event in events],
        [event.at_us for event in events],
    )


def edges(result: transitions.Transitions) -> dict[tuple[str, str], tuple[int, int, float | None]]:
    return {
        (row["source"], row["target"]): (row["count"], row["persons"], row["median_gap_seconds"])
        for row in result.to_dict()["rows"]
    }


def same_edges(found: dict[Any, Any], wanted: dict[Any, Any], relative_error: float) -> None:
    assert found.keys() == wanted.keys()
    for pair, (count, persons, gap_us) in wanted.items():
        assert found[pair][:2] == (count, persons)
        if gap_us is None:
            assert found[pair][2] is None
        else:
            assert found[pair][2] == pytest.approx(gap_us / 1e6, rel=relative_error + 1e-12)


@given(small_events)
def test_overview_is_as_the_twin_says(events: list[Event]) -> None:
    found, wanted = index_of(events).overview(), naive.overview(events)
    assert (found.events, found.persons, found.event_names) == (
        wanted["events"],
        wanted["persons"],
        wanted["event_names"],
    )
    assert {row["event"]: (row["events"], row["persons"]) for row in found.to_dict()["rows"]} == wanted[
        "names"
    ]
    per_person = found.events_per_person
    if not events:
        assert (found.first_at, found.last_at) == (None, None)
        assert set(per_person.values()) == {None}
        return
    assert np.datetime64(str(found.first_at).removesuffix("Z"), "us").astype(int) == wanted["first_us"]
    assert np.datetime64(str(found.last_at).removesuffix("Z"), "us").astype(int) == wanted["last_us"]
    for name, quantile in overview.QUANTILES.items():
        assert per_person[name] == pytest.approx(np.quantile(wanted["lengths"], quantile))
    assert per_person["mean"] == pytest.approx(np.mean(wanted["lengths"]))


@given(small_events)
def test_transitions_are_as_the_twin_says(events: list[Event]) -> None:
    found = index_of(events).transitions()
    assert found.median_relative_error == 0
    same_edges(edges(found), naive.transitions(events), 0)


@given(small_events, st.sampled_from(["few", "some", "many", "very many"]), st.booleans())
@settings(max_examples=120)
def test_transitions_of_many_names_and_of_many_events_are_the_same(
    events: list[Event], names: str, histogram: bool
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        if names != "few":
            patch.setattr(transitions, "_PAIR_CELLS", 0)
        if names in ("many", "very many"):
            patch.setattr(transitions, "_EDGE_CELLS", 0)
        if names == "very many":
            patch.setattr(transitions, "_TABLE_NAMES", 0)
        if histogram:
            patch.setattr(transitions, "_EXACT_EVENTS", -1)
        found = index_of(events).transitions()
    assert found.median_relative_error == (RELATIVE_ERROR if histogram else 0)
    same_edges(edges(found), naive.transitions(events), found.median_relative_error)


@given(small_events)
def test_what_flows_into_a_name_flows_out_of_it(events: list[Event]) -> None:
    found = edges(index_of(events).transitions())
    for name in {event.name for event in events}:
        occurrences = sum(event.name == name for event in events)
        assert sum(row[0] for (_, target), row in found.items() if target == name) == occurrences
        assert sum(row[0] for (source, _), row in found.items() if source == name) == occurrences


@given(small_events, st.integers(1, 6))
def test_variants_are_as_the_twin_says(events: list[Event], top: int) -> None:
    found, wanted = index_of(events).variants(top), naive.variants(events)
    assert [(tuple(row["path"]), row["persons"]) for row in found.to_dict()["rows"]] == wanted[:top]
    assert found.variants == len(wanted)
    assert found.other_persons == sum(persons for _, persons in wanted[top:])
    assert found.persons == sum(persons for _, persons in wanted)


@given(small_events)
@settings(max_examples=60)
def test_paths_that_share_a_hash_are_not_joined(events: list[Event]) -> None:
    index = index_of(events)
    persons = np.arange(index.n_persons, dtype=np.int64)
    all_collide = np.zeros(index.n_persons, dtype=np.uint64)
    some = variants._Some(index.code, index.offset, all_collide, persons, np.ones_like(persons))
    found = variants.finish(index, (some,), 100).to_dict()["rows"]
    assert [(tuple(row["path"]), row["persons"]) for row in found] == naive.variants(events)


# Few enough for brute force, and close together, so that windows cut and first steps compete.
crowded_events = st.lists(
    st.builds(
        Event,
        person=st.sampled_from(["p1", "p1", "p1", "p2"]),
        name=st.sampled_from(["a", "b", "c"]),
        at_us=st.integers(0, 6).map(lambda t: t * SECOND),
    ),
    min_size=3,
    max_size=14,
)
funnel_steps = st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=4)
windows = st.one_of(st.integers(1, 4), st.none(), st.floats(0.5, 10**9))
# Every name is known, so that any steps can be asked for.
known = [Event("zz", name, 0) for name in "abc"]


@given(crowded_events, funnel_steps, windows)
@settings(max_examples=300)
def test_funnels_are_as_the_brute_force_twin_says(
    events: list[Event], steps: list[str], window: float | None
) -> None:
    events = [*events, *known]
    index = index_of(events)
    within_us = None if window is None else round(window * 1e6)
    reached, times = naive.funnel(events, steps, within_us)
    found = index.funnel(steps, window)
    assert [row["persons"] for row in found.to_dict()["rows"]] == [len(persons) for persons in reached]
    for row, wanted in zip(found.to_dict()["rows"], times, strict=True):
        assert row["median_seconds_from_first"] == (median(wanted) / 1e6 if wanted else None)
    for step, persons in enumerate(reached, 1):
        assert {index.persons[n] for n in index.funnel_persons(steps, window, step)} == persons
        before = reached[step - 2] if step > 1 else {event.person for event in events}
        dropped = index.funnel_persons(steps, window, step, reached=False)
        assert {index.persons[n] for n in dropped} == before - persons


@given(crowded_events, funnel_steps, windows)
@settings(max_examples=60)
def test_funnel_times_of_many_persons_come_from_a_histogram(
    events: list[Event], steps: list[str], window: float | None
) -> None:
    events = [*events, *known]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(funnel_question, "_EXACT_TIMES", 0)
        found = index_of(events).funnel(steps, window)
    assert found.median_relative_error == RELATIVE_ERROR
    _, times = naive.funnel(events, steps, None if window is None else round(window * 1e6))
    for row, wanted in zip(found.to_dict()["rows"], times, strict=True):
        found_seconds = row["median_seconds_from_first"]
        if wanted:
            assert found_seconds == pytest.approx(median(wanted) / 1e6, rel=RELATIVE_ERROR)
        else:
            assert found_seconds is None


@given(small_events, st.integers(-1, 5), st.integers(-1, 5), st.sets(st.sampled_from([0, 1, "x"])))
def test_a_selection_answers_as_the_twin_does_on_the_events_that_are_left(
    events: list[Event], first: int, last: int, wanted: set[Any]
) -> None:
    values = [[0, 1, "x", None][event.at_us // SECOND % 4] for event in events]
    index = PathIndex.from_arrays(
        [event.person for event in events],
        [event.name for event in events],
        [event.at_us for event in events],
        {"kind": values},
    )
    if not events:
        return
    chosen = index.select(first * SECOND, last * SECOND, [Condition("kind", "in", list(wanted))])
    left = [
        event
        for event, value in zip(events, values, strict=True)
        if first * SECOND <= event.at_us < last * SECOND and value in wanted
    ]
    same_edges(edges(chosen.transitions()), naive.transitions(left), 0)
    assert list(chosen.persons) == sorted({event.person for event in left})
    assert chosen.overview().to_dict()["event_names"] == len({event.name for event in left})


@given(small_events, st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_any_partition_by_person_gives_the_same_answers(events: list[Event], chance: random.Random) -> None:
    whole = index_of([*events, *known])
    scattered = Scattered.of(whole, [chance.randrange(4) for _ in range(whole.n_persons)])
    questions: list[Callable[[Askable], Result]] = [
        lambda paths: paths.overview(),
        lambda paths: paths.transitions(),
        lambda paths: paths.variants(10),
        lambda paths: paths.funnel(["a", "b"], 3.0),
    ]
    for question in questions:
        assert question(scattered).to_dict() == question(whole).to_dict()
    # As it is counted when pairs of names are too many for a table.
    sparse = replace(transitions.plan(whole), edges=None)
    counted = scattered.reduce(bind(transitions.map_part, sparse), transitions.merge)
    assert transitions.finish(scattered, counted).to_dict() == whole.transitions().to_dict()


@given(small_events)
def test_the_persons_behind_a_number_are_as_many_as_it_says(events: list[Event]) -> None:
    index = index_of(events)
    for row in index.transitions().to_dict()["rows"]:
        persons = index.transitions_persons(row["source"], row["target"])
        assert len(persons) == row["persons"]
    for row in index.variants(50).to_dict()["rows"]:
        persons = index.variant_persons(row["path"])
        assert len(persons) == row["persons"]
        for person in persons:
            own = [event.name for event in naive.paths(events)[index.persons[person]]]
            assert own == row["path"]


def test_a_second_chance_at_the_first_step_counts() -> None:
    """The first "a" is too old for "b"; the second is not."""
    events = [Event("p", "a", 0), Event("p", "a", 90 * SECOND), Event("p", "b", 100 * SECOND)]
    found = index_of(events).funnel(["a", "b"], within_seconds=20).to_dict()["rows"]
    assert [{name: row[name] for name in FUNNEL_ROW} for row in found] == [
        {
            "step": "a",
            "paths": 1,
            "persons": 1,
            "share_of_first": 1.0,
            "share_of_previous": None,
            "median_seconds_from_first": 0.0,
        },
        {
            "step": "b",
            "paths": 1,
            "persons": 1,
            "share_of_first": 1.0,
            "share_of_previous": 1.0,
            "median_seconds_from_first": 10.0,
        },
    ]


def test_the_same_step_twice_needs_two_events() -> None:
    once, twice = [Event("p", "a", 0)], [Event("p", "a", 0), Event("p", "a", 0)]
    assert [row["persons"] for row in index_of(once).funnel(["a", "a"]).to_dict()["rows"]] == [1, 0]
    assert [row["persons"] for row in index_of(twice).funnel(["a", "a"]).to_dict()["rows"]] == [1, 1]


def test_an_event_called_start_is_not_the_start() -> None:
    index = index_of([Event("p", START, 0), Event("p", "a", 1), Event("q", "a", 1)])
    found = edges(index.transitions())
    assert set(found) == {
        (START, "event (start)"),
        ("event (start)", "a"),
        (START, "a"),
        ("a", END),
    }
    assert [index.persons[n] for n in index.transitions_persons("event (start)", "a")] == ["p"]


def test_questions_of_nobody_are_answered_with_nothing() -> None:
    index = index_of([Event("p", "a", 0)]).select(from_us=1)
    assert index.overview().to_dict()["rows"] == []
    assert index.transitions().to_dict()["rows"] == []
    assert index.variants().to_dict()["rows"] == []
    rows = index.funnel(["a"]).to_dict()["rows"]
    assert [{name: row[name] for name in FUNNEL_ROW} for row in rows] == [
        {
            "step": "a",
            "paths": 0,
            "persons": 0,
            "share_of_first": None,
            "share_of_previous": None,
            "median_seconds_from_first": None,
        }
    ]
    for result in (index.overview(), index.transitions(), index.variants(), index.funnel(["a"])):
        assert "nan" not in result.to_html("en").lower()
        assert "nan" not in result.text("fa").lower()


def test_bad_questions_are_refused_with_a_reason() -> None:
    index = index_of([Event("p", "visit", 0), Event("p", "buy", 1)])
    with pytest.raises(UnknownEvent, match="Did you mean “visit”"):
        index.funnel(["vsit"])
    with pytest.raises(UnknownEvent):
        index.variant_persons(["visit", "sleep"])
    with pytest.raises(UnknownEvent):
        index.transitions_persons("visit", "sleep")
    with pytest.raises(NoSteps):
        index.funnel([])
    for window in (0, -1, float("nan"), float("inf")):
        with pytest.raises(BadWindow):
            index.funnel(["visit"], window)
    for top in (0, -3, 10_001):
        with pytest.raises(BadNumber):
            index.variants(top)
    with pytest.raises(BadNumber):
        index.funnel_persons(["visit"], None, 2)
