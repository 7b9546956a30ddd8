"""The whole funnel against brute force: orders, exclusions, alternatives, times, what came next, groups."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamsafar.journeys import PathIndex
from hamsafar.journeys.alternatives import alternatives
from hamsafar.journeys.askable import Askable
from hamsafar.journeys.errors import (
    BadNumber,
    BadOrder,
    ExcludedStep,
    OverlappingSteps,
    UnknownEvent,
    UnknownProperty,
)
from hamsafar.journeys.funnel import question as funnel_question
from hamsafar.journeys.kernels.histogram import RELATIVE_ERROR
from hamsafar.journeys.tests import naive_cut, naive_funnel
from hamsafar.journeys.tests.naive import END
from hamsafar.journeys.tests.naive_cut import Valued
from hamsafar.journeys.tests.scattered import Scattered
from hamsafar.journeys.tests.test_cut import index_of

SECOND = 1_000_000
NAMES = "abcx"

# Few names close together: windows cut, first steps compete, excluded events come between.
crowded = st.lists(
    st.builds(
        Valued,
        person=st.sampled_from(["p1", "p1", "p2"]),
        name=st.sampled_from(NAMES),
        at_us=st.integers(0, 6).map(lambda t: t * SECOND),
        value=st.sampled_from([None, "1", 1, "y"]),
    ),
    min_size=2,
    max_size=12,
)
known = [Valued("zz", name, 0, "y") for name in NAMES]
ordered_steps = st.lists(st.sampled_from(["a", "b", "c", "a|b", "b|c"]), min_size=1, max_size=3)
any_steps = st.lists(st.sampled_from(["a", "b|c", "a"]), min_size=1, max_size=3)
asked = st.one_of(
    st.tuples(st.sampled_from(["ordered", "strict"]), ordered_steps),
    st.tuples(st.just("any"), any_steps),
)
windows = st.one_of(st.integers(1, 4), st.none())
exclusions = st.sampled_from([[], ["x"]])
units = st.sampled_from(["person", "session"])


def twin(
    events: list[Valued], unit: str, question: naive_funnel.Question
) -> list[tuple[str, naive_cut.Path, naive_funnel.Run | None]]:
    def how(path: naive_cut.Path) -> list[naive_cut.Path]:
        return naive_cut.by_session(path, SECOND, False) if unit == "session" else [path]

    return [
        (person, path, naive_funnel.run(path, question))  # type: ignore[arg-type]  # Valued has what it needs
        for person, path in naive_cut.cut(events, how)
    ]


def length(run: naive_funnel.Run | None) -> int:
    return len(run.places) if run else 0


def next_name(path: naive_cut.Path, run: naive_funnel.Run) -> str:
    after = max(run.places) + 1
    return path[after].name if after < len(path) else END


def first_value(path: naive_cut.Path, run: naive_funnel.Run) -> Any:
    return path[min(run.places)].value


def paths_in(events: list[Valued], unit: str) -> Askable:
    index = index_of(events)
    return index.by_session(1) if unit == "session" else index


@given(crowded, asked, windows, exclusions, units)
@settings(max_examples=250)
def test_a_funnel_is_as_the_brute_force_twin_says(
    events: list[Valued], how: tuple[Any, list[str]], window: int | None, exclude: list[str], unit: str
) -> None:
    events = [*events, *known]
    order, steps = how
    question = naive_funnel.Question(
        [set(alternatives(step)) for step in steps],
        None if window is None else window * SECOND,
        order,
        set(exclude),
    )
    wanted = twin(events, unit, question)
    found = (
        paths_in(events, unit)
        .funnel(steps, window, order=order, exclude=exclude, breakdown="value", breakdown_top=1, next_top=1)
        .to_dict()
    )
    for step, row in enumerate(found["rows"]):
        reaching = [(person, run) for person, _, run in wanted if run and length(run) > step]
        assert (row["paths"], row["persons"]) == (len(reaching), len({person for person, _ in reaching}))
        for quantile, share in funnel_question.QUANTILES.items():
            taken = [run.taken_us[step] for _, run in reaching]
            since = [run.taken_us[step] - run.taken_us[step - 1] for _, run in reaching]
            expected = [float(np.quantile(some, share)) / 1e6 if some else None for some in (taken, since)]
            assert row["seconds_from_first"][quantile] == expected[0]
            if step:
                assert row["seconds_from_previous"][quantile] == expected[1]
    check_next(found["next"], wanted, len(steps))
    check_groups(found["breakdown"]["groups"], wanted, len(steps))


def check_next(rows: list[dict[str, Any]], wanted: list[Any], n_steps: int) -> None:
    for after in range(1, n_steps):
        stopped = [(person, next_name(path, run)) for person, path, run in wanted if length(run) == after]
        own = [row for row in rows if row["after"] == after]
        assert sum(row["share"] for row in own) == pytest.approx(1 if stopped else 0)
        assert sum(row["paths"] for row in own) == len(stopped)
        names = Counter(name for _, name in stopped if name != END)
        top = min(names, key=lambda name: (-names[name], name)) if names else None
        for row in own:
            kind_of = {top: "event", END: "end"}
            persons = [person for person, name in stopped if kind_of.get(name, "other") == row["kind"]]
            assert (row["paths"], row["persons"]) == (len(persons), len(set(persons)))
            assert row["next"] == {"event": top, "end": END, "other": "(other)"}[row["kind"]]


def check_groups(groups: list[dict[str, Any]], wanted: list[Any], n_steps: int) -> None:
    begun = [(person, run, first_value(path, run)) for person, path, run in wanted if run]
    counts = Counter(funnel_question.value_key(value) for _, _, value in begun if value is not None)
    top = min(counts, key=lambda key: (-counts[key], key)) if counts else None
    by_group: dict[str, list[Any]] = defaultdict(list)
    for person, run, value in begun:
        kind = "none" if value is None else "value" if funnel_question.value_key(value) == top else "other"
        by_group[kind].append((person, run))
    assert [group["kind"] for group in groups] == [
        kind for kind in ("value", "other", "none") if kind in by_group
    ]
    for group in groups:
        if group["kind"] == "value":
            assert funnel_question.value_key(group["value"]) == top
        for step in range(n_steps):
            reaching = [person for person, run in by_group[group["kind"]] if length(run) > step]
            row = group["rows"][step]
            assert (row["paths"], row["persons"]) == (len(reaching), len(set(reaching)))


@given(crowded, asked, windows, exclusions, units)
@settings(max_examples=60)
def test_the_persons_behind_every_number(
    events: list[Valued], how: tuple[Any, list[str]], window: int | None, exclude: list[str], unit: str
) -> None:
    order, steps = how
    index = paths_in([*events, *known], unit)
    assert isinstance(index, PathIndex)
    found = index.funnel(
        steps, window, order=order, exclude=exclude, breakdown="value", breakdown_top=1, next_top=1
    ).to_dict()

    def who(step: int, **which: Any) -> int:
        return len(index.funnel_persons(steps, window, step, order=order, exclude=exclude, **which))

    for step, row in enumerate(found["rows"], 1):
        assert who(step) == row["persons"]
    for row in found["next"]:
        own = [
            one["next"] for one in found["next"] if one["after"] == row["after"] and one["kind"] != "other"
        ]
        which = {"not_then": own} if row["kind"] == "other" else {"then": row["next"]}
        assert who(row["after"] + 1, reached=False, **which) == row["persons"]
    groups = found["breakdown"]["groups"]
    shown = [group["value"] for group in groups if group["kind"] == "value"]
    for group in groups:
        which = {"not_values": shown} if group["kind"] == "other" else {"value": group["value"]}
        for step, row in enumerate(group["rows"], 1):
            assert who(step, breakdown="value", **which) == row["persons"]


@given(crowded, asked, exclusions, units, st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_in_several_places_it_is_the_same(
    events: list[Valued], how: tuple[Any, list[str]], exclude: list[str], unit: str, chance: random.Random
) -> None:
    order, steps = how
    whole = index_of([*events, *known])
    places = Scattered.of(whole, [chance.randrange(3) for _ in range(whole.n_persons)])
    for exact in (2_000_000, 0):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(funnel_question, "_EXACT_TIMES", exact)
            patch.setattr(funnel_question, "_DENSE_NEXT", exact)
            answers = [
                paths.funnel(
                    steps, 4, order=order, exclude=exclude, breakdown="value", breakdown_top=1
                ).to_dict()
                for paths in (
                    [whole, places] if unit == "person" else [whole.by_session(1), places.by_session(1)]
                )
            ]
        assert answers[0] == answers[1]
        assert answers[0]["median_relative_error"] == (0 if exact else RELATIVE_ERROR)


def names_funnel(names: str, steps: list[str], **asked: Any) -> list[int]:
    index = PathIndex.from_arrays(["p"] * len(names) + ["q"] * 4, [*names, *NAMES], range(len(names) + 4))
    return [row["paths"] for row in index.funnel(steps, **asked).to_dict()["rows"]]


def test_orders_by_example() -> None:
    """The path of p, beside q's "abcx"."""
    assert names_funnel("acb", ["a", "b"]) == [2, 2]
    assert names_funnel("acb", ["a", "b"], order="strict") == [2, 1]
    assert names_funnel("acab", ["a", "b"], order="strict") == [2, 2]
    assert names_funnel("bca", ["a", "b"]) == [2, 1]
    assert names_funnel("bca", ["a", "b"], order="any") == [2, 2]
    assert names_funnel("axb", ["a", "b"], exclude=["x"]) == [2, 1]
    assert names_funnel("axab", ["a", "b"], exclude=["x"]) == [2, 2]
    assert names_funnel("bxa", ["a", "b"], order="any", exclude=["x"]) == [2, 1]
    assert names_funnel("xc", ["a|x", "b|c"]) == [2, 2]


def test_a_name_with_a_bar_in_it_is_reached_by_escaping_it() -> None:
    index = PathIndex.from_arrays(["p", "q", "r"], ["a|b", "a", "b"], [0, 0, 0])
    assert index.funnel([r"a\|b"]).to_dict()["rows"][0]["persons"] == 1
    assert index.funnel(["a|b"]).to_dict()["rows"][0]["persons"] == 2


def test_what_makes_no_sense_is_refused() -> None:
    index = index_of(known)
    with pytest.raises(BadOrder, match="ordered, any, strict"):
        index.funnel(["a"], order="backwards")
    with pytest.raises(ExcludedStep):
        index.funnel(["a", "b|c"], exclude=["c"])
    with pytest.raises(UnknownEvent):
        index.funnel(["a|zebra"])
    with pytest.raises(UnknownEvent):
        index.funnel(["a"], exclude=["zebra"])
    with pytest.raises(OverlappingSteps):
        index.funnel(["a|b", "a"], order="any")
    with pytest.raises(UnknownProperty, match="Did you mean “value”"):
        index.funnel(["a"], breakdown="valeu")
    for top in (0, 101, True, 2.5):
        with pytest.raises(BadNumber):
            index.funnel(["a"], next_top=top)  # type: ignore[arg-type]


def test_nobody_comes_to_nothing() -> None:
    nobody = index_of(known).select(from_us=1)
    for order in ("ordered", "any", "strict"):
        found = nobody.funnel(["a", "b"], order=order, breakdown="value").to_dict()
        assert [row["paths"] for row in found["rows"]] == [0, 0]
        assert (found["next"], found["breakdown"]["groups"]) == ([], [])


@pytest.mark.parametrize("language", ["en", "fa"])
def test_small_groups_of_a_funnel_are_withheld(language: Any) -> None:
    """Six go a b, two stop at a and go to c and x; by value nine have y, one z, one w."""
    persons = [f"p{n}" for n in range(11)]
    events = [
        Valued(person, "a", 0, "z" if n == 9 else "w" if n == 10 else "y") for n, person in enumerate(persons)
    ]
    events += [Valued(person, "b", 1, None) for person in persons[:6]]
    events += [Valued("p6", "c", 1, None), Valued("p7", "x", 1, None)]
    whole = index_of(events).funnel(["a", "b", "c"], breakdown="value")
    answer = whole.withhold(3).to_dict()
    assert [row["paths"] for row in answer["rows"]] == [11, 6, 0]
    assert [(row["after"], row["next"]) for row in answer["next"]] == [(1, END), (2, END)]
    assert [group["value"] for group in answer["breakdown"]["groups"]] == ["y"]
    assert answer["withheld"] == 4
    hidden = index_of(events).funnel(["a", "c|x"]).withhold(3).to_dict()
    assert hidden["rows"][1]["paths"] is None
    assert hidden["intervals"][1] == {"of_first": None, "of_previous": None}
    assert whole.withhold(3).text(language)
    assert whole.withhold(3).to_html(language)
