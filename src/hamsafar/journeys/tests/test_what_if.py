"""What-if against its naive twin, a worked example, real files, and what is refused."""

from __future__ import annotations

import random
from itertools import groupby
from pathlib import Path
from statistics import mean
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hamsafar import journeys
from hamsafar.journeys import PathIndex
from hamsafar.journeys.errors import UnknownEvent
from hamsafar.journeys.tests import naive_what_if as naive
from hamsafar.journeys.tests.naive import END, Event
from hamsafar.journeys.tests.scattered import Scattered
from hamsafar.journeys.what_if import (
    BadChange,
    Change,
    ImpossibleChange,
    NeverEnds,
    NothingGivesWay,
    what_if_persons,
)
from hamsafar.journeys.what_if import counting as what_if_counting
from hamsafar.journeys.what_if import question as what_if_question

SECOND = 1_000_000
small_events = st.lists(
    st.builds(
        Event,
        person=st.sampled_from(["p1", "p2", "p3", "p4", "آرش"]),
        name=st.sampled_from(["a", "b", "c", "خرید"]),
        at_us=st.integers(0, 5).map(lambda t: t * SECOND),
    ),
    min_size=1,
    max_size=24,
)


def index_of(events: list[Event]) -> PathIndex:
    return PathIndex.from_arrays(
        [event.person for event in events],
        [event.name for event in events],
        [event.at_us for event in events],
    )


def shop(*paths: str) -> PathIndex:
    """One person per path; its letters are events an hour apart."""
    events = [
        Event(f"p{number:03}", letter, hour * 3600 * SECOND)
        for number, letters in enumerate(paths)
        for hour, letter in enumerate(letters)
    ]
    return index_of(events)


@given(small_events, st.data())
@settings(max_examples=60)
def test_what_if_is_as_the_twin_says(events: list[Event], data: st.DataObject) -> None:
    assume(any(event.name == "خرید" for event in events))
    gaps, times = naive.edges(events, "خرید")
    shares = naive.shares_of(gaps)
    index = index_of(events)
    plain = index.what_if("خرید")
    rows = {(row["source"], row["target"]): row for row in plain.to_dict()["rows"]}
    assert {edge: row["count"] for edge, row in rows.items()} == {e: len(own) for e, own in gaps.items()}
    assert {edge: row["probability"] for edge, row in rows.items()} == pytest.approx(shares)
    for edge in gaps:
        persons = what_if_persons(index, "خرید", *edge)
        assert len(persons) == rows[edge]["persons"]
    reached = [time for time in times if time is not None]
    assert plain.arrived == len(reached)
    # Flows balance, so the chain reaches the goal exactly as often as the paths did.
    assert plain.reach_before.value == pytest.approx(len(reached) / len(times), abs=1e-12)
    assert plain.observed_seconds == pytest.approx(mean(reached) / 1e6)

    edge = data.draw(st.sampled_from(sorted(edge for edge in shares if shares[edge] < 1) or [None]))
    assume(edge is not None)
    share = data.draw(st.sampled_from([0.0, 0.25, 0.5, 0.9]))
    after = naive.changed(shares, edge, share)
    seconds = {one: mean(own) / 1e6 for one, own in gaps.items()}
    if not naive.leaves(after, "خرید"):
        with pytest.raises(NeverEnds):
            index.what_if("خرید", [Change(*edge, "=", share)])
        return
    reach, expected, visits = naive.chain(after, seconds, "خرید")
    answer = index.what_if("خرید", [Change(*edge, "=", share)])
    assert answer.reach_after.value == pytest.approx(reach, abs=1e-11)
    assert (answer.seconds_after.value is None) == (expected is None)
    if expected is not None:
        assert answer.seconds_after.value == pytest.approx(expected, abs=1e-8)
    assert {row["node"]: row["visits_after"] for row in answer.to_dict()["nodes"]} == pytest.approx(visits)
    # The slope is that of a very small change.
    step = 1e-6 if shares[edge] < 0.5 else -1e-6
    near, _, _ = naive.chain(naive.changed(shares, edge, shares[edge] + step), seconds, "خرید")
    slope = (near - len(reached) / len(times)) / step * 0.01 * len(times)
    assert rows[edge]["per_point"] == pytest.approx(slope, abs=1e-4)


@given(small_events, st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_any_partition_by_person_and_sorted_edges_give_the_same(
    events: list[Event], chance: random.Random
) -> None:
    whole = index_of([*events, Event("zz", "a", 0), Event("zz", "خرید", SECOND), Event("zy", "a", 0)])
    wanted = whole.what_if("خرید", ["a->خرید=*0.5"], ["a->خرید=+1h"]).to_dict()
    scattered = Scattered.of(whole, [chance.randrange(4) for _ in range(whole.n_persons)])
    assert scattered.what_if("خرید", ["a->خرید=*0.5"], ["a->خرید=+1h"]).to_dict() == wanted
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(what_if_counting, "_TABLE_CELLS", 0)
        assert whole.what_if("خرید", ["a->خرید=*0.5"], ["a->خرید=+1h"]).to_dict() == wanted


def test_a_worked_example_with_a_loop() -> None:
    """v visit, c cart, b buy: from v half go to c; from c half buy, a quarter go back to v, a quarter leave.

    x_v = 1/2 x_c and x_c = 1/2 + 1/4 x_v give x_v = 2/7. With c -> b at 3/4 the others of c halve, to 1/8 each:
    x_c = 3/4 + 1/8 x_v, so x_v = 3/8 / (1 - 1/16) = 2/5.
    """
    index = shop(*["vcb"] * 2, "vcv", "vc", *["v"] * 3)
    answer = index.what_if("b", ["c->b=+0.25"])
    assert answer.reach_before.value == pytest.approx(2 / 7)
    assert answer.reach_after.value == pytest.approx(2 / 5)
    assert answer.conversions_change.value == pytest.approx(7 * (2 / 5 - 2 / 7))
    assert (answer.reach_change.low, answer.reach_change.high) == (None, None)  # seven persons


def test_a_time_is_changed_alone() -> None:
    answer = shop("vcb", "vb", "v").what_if("b", times=["v->c=*0.5", "c->b=30m"])
    assert (answer.reach_before, answer.reach_change.value) == (answer.reach_after, 0)
    assert answer.seconds_before.value == pytest.approx(5400)
    assert answer.seconds_after.value == pytest.approx((3600 + 1800 + 1800) / 2)


def test_a_transition_nobody_took_takes_the_usual_time_of_its_source() -> None:
    answer = shop("vcb", "vc", "v").what_if("b", ["v->b=0.25"])
    row = next(row for row in answer.to_dict()["rows"] if (row["source"], row["target"]) == ("v", "b"))
    assert (row["count"], row["probability"], row["probability_after"]) == (0, 0, 0.25)
    assert row["mean_seconds"] == 3600


def test_nodes_are_events_taken_together_and_others_are_passed_over() -> None:
    index = shop("vxcb", "wcb", "x", "v")
    answer = index.what_if("buy", ["see->cart=1"], nodes={"see": ["v", "w"], "cart": ["c"], "buy": ["b"]})
    assert (answer.paths, answer.arrived) == (3, 2)
    assert answer.reach_after.value == 1
    row = next(row for row in answer.to_dict()["rows"] if row["source"] == "see" and row["target"] == "cart")
    assert (row["count"], row["of"], row["mean_seconds"]) == (2, 3, (2 + 1) * 1800)
    # Two persons took it, one of them by way of an event that is in no node.
    nodes = {"see": ["v", "w"], "cart": ["c"], "buy": ["b"]}
    assert what_if_persons(index, "buy", "see", "cart", nodes).tolist() == [0, 1]


def test_intervals_hold_the_change() -> None:
    paths = ["vcb", "vc", "v", "vcvcb"] * 60
    answer = shop(*paths).what_if("b", ["c->b=+0.1"])
    for figure in ("reach", "conversions"):
        for when in ("before", "after", "change"):
            one = getattr(answer, f"{figure}_{when}")
            assert one.low < one.value < one.high
    before = answer.reach_before
    # The observed share of 240 persons: half of them, give or take two standard errors.
    assert before.high - before.low == pytest.approx(4 * (0.25 / 240) ** 0.5, rel=0.5)


def test_nobody_is_an_empty_answer_with_its_reason() -> None:
    index = shop("vb").select(from_us=10**15)
    answer = index.what_if("b", ["v->b=0.5"])
    assert answer.to_dict()["rows"] == [] or answer.to_dict()["reason"]
    assert answer.reason == {"en": "There is no path to follow.", "fa": "مسیری برای دنبال‌کردن نیست."}
    for language in ("en", "fa"):
        assert "nan" not in answer.to_html(language).lower() + answer.text(language)


def test_what_few_persons_took_is_withheld_with_what_would_tell_of_it() -> None:
    answer = shop(*["vcb"] * 9, *["v"] * 5, "vb").what_if("b").withhold(3)
    told = {(row["source"], row["target"]) for row in answer.to_dict()["rows"]}
    # v -> b is one person's; v -> (end), the next smallest of v, would give it away.
    assert told == {("(start)", "v"), ("v", "c"), ("c", "b")}
    assert answer.to_dict()["withheld"] >= 2


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a->b=+0.05", Change("a", "b", "+", 0.05)),
        ("a -> b = -5%", Change("a", "b", "+", -0.05)),
        ("خرید->(end)=*1.5", Change("خرید", END, "*", 1.5)),
        ("a=b->c=0.5", Change("a=b", "c", "=", 0.5)),
    ],
)
def test_changes_are_written_shortly(text: str, wanted: Change) -> None:
    assert Change.of(text) == wanted


def test_what_cannot_be_asked_is_refused() -> None:
    index = shop("vcb", "vc", "v")
    for text in ("c->b", "c->b=x", "->b=1", "c->b=12h", "c->b=1.2.3", "b->c=0.5", "c->b=inf"):
        with pytest.raises(BadChange):
            index.what_if("b", [text])
    for text in ("c->b=5%", "c->b=*12h"):
        with pytest.raises(BadChange):
            index.what_if("b", times=[text])
    with pytest.raises(UnknownEvent, match="Did you mean"):
        shop("v").what_if("vv")
    with pytest.raises(UnknownEvent):
        index.what_if("b", ["c->z=0.1"])
    with pytest.raises(ImpossibleChange, match=r"1\.1"):
        index.what_if("b", ["c->b=0.9", "c->v=0.2"])
    with pytest.raises(ImpossibleChange):
        index.what_if("b", ["c->b=-0.9"])
    with pytest.raises(NothingGivesWay):
        shop("vb").what_if("b", ["v->b=0.5"])
    with pytest.raises(NeverEnds):
        index.what_if("b", ["c->v=1", "v->c=1"])


def test_the_shop_file_reaches_the_goal_as_its_paths_do(shared_data: Path) -> None:
    index = journeys.read(shared_data / "ecom_clickstream" / "ecom.csv.gz", "user_id", "event", "timestamp")
    answer = index.what_if("purchase", ["add_to_cart->cart=+0.05"])
    reached = index.funnel(["purchase"]).to_dict()["rows"][0]["persons"]
    assert answer.arrived == reached
    assert answer.reach_before.value == pytest.approx(reached / index.n_persons, abs=1e-9)
    change = answer.reach_change
    assert change.low < change.value < change.high
    # What goes into a node comes out of it, as in the transitions of the same file.
    rows = answer.to_dict()["rows"]
    for source, own in groupby(sorted(rows, key=lambda row: row["source"]), key=lambda row: row["source"]):
        listed = list(own)
        assert sum(row["count"] for row in listed) == listed[0]["of"], source
        assert sum(row["probability_after"] for row in listed) == pytest.approx(1)


def test_intervals_of_very_large_chains_are_nearly_those_of_a_chain_for_each_group() -> None:
    chance = random.Random(3)
    paths = [
        "".join(chance.choices("vcsw", k=chance.randrange(1, 8))) + chance.choice(["", "b"])
        for _ in range(900)
    ]
    index = shop(*paths)

    def ask() -> list[Any]:
        answer = index.what_if("b", ["c->b=+0.1", "v->(end)=*0.5"], ["v->c=*0.5"])
        return [
            getattr(answer, f"{figure}_{when}")
            for figure in ("reach", "conversions", "seconds")
            for when in ("before", "after", "change")
        ]

    exact = ask()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(what_if_question, "EXACT_EDGES", 0)
        to_first_order = ask()
    for one, other in zip(exact, to_first_order, strict=True):
        assert one.value == other.value
        width = one.high - one.low
        assert (other.low, other.high) == pytest.approx((one.low, one.high), abs=0.05 * width)
