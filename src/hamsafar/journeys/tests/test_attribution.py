"""Attribution against its naive twin, worked examples, real files beside SQL, and what is refused."""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hamsafar import journeys
from hamsafar.journeys import PathIndex
from hamsafar.journeys.attribution import BadPosition, attribution_persons
from hamsafar.journeys.attribution import counting as attribution_counting
from hamsafar.journeys.attribution.view import MODELS
from hamsafar.journeys.errors import BadNumber, BadWindow, UnknownChoice, UnknownEvent, UnknownProperty
from hamsafar.journeys.tests import naive_attribution as naive
from hamsafar.journeys.tests.naive_attribution import Touch
from hamsafar.journeys.tests.scattered import Scattered

DAY = 86_400_000_000

touches = st.lists(
    st.builds(
        Touch,
        person=st.sampled_from(["p1", "p1", "p2", "p3", "آرش"]),
        name=st.sampled_from(["visit", "visit", "ad", "buy"]),
        at_us=st.integers(0, 5).map(lambda day: day * DAY),
        channel=st.sampled_from(["mail", "search", "اینستاگرام", None]),
        amount=st.sampled_from([100, 250, None]),
    ),
    min_size=1,
    max_size=24,
)


def index_of(events: list[Touch]) -> PathIndex:
    return PathIndex.from_arrays(
        [one.person for one in events],
        [one.name for one in events],
        [one.at_us for one in events],
        {"channel": [one.channel for one in events], "amount": [one.amount for one in events]},
    )


def credit(answer: Any, model: str, figure: str = "conversions") -> dict[str, float]:
    return {row["channel"]: row[figure] for row in answer.to_dict()["rows"] if row["model"] == model}


@given(touches, st.sampled_from([None, 1, 2]), st.sampled_from(["every", "first"]), st.integers(1, 4))
@settings(max_examples=60)
def test_attribution_is_as_the_twin_says(
    events: list[Touch], lookback: int | None, counted: Any, order: int
) -> None:
    assume(any(one.name == "buy" for one in events))
    answer = index_of(events).attribution(
        "buy",
        value="amount",
        order=order,
        counted=counted,
        lookback_seconds=lookback and lookback * 86_400,
        half_life_seconds=86_400,
        position=(0.5, 0.25),
    )
    found = naive.journeys(events, "buy", lookback and lookback * DAY, counted)
    converted = [one for one in found if one.converted]
    assert answer.conversions == len(converted)
    assert answer.converting_persons == len({one.person for one in converted})
    assert answer.value == sum(one.value for one in converted)
    assert answer.journeys_without_conversion == len(found) - len(converted)
    untouched = sum(not one.channels for one in converted)
    assert answer.conversions_without_touch == untouched
    for model in MODELS:
        own, values = credit(answer, model), credit(answer, model, "value")
        # The whole is shared out: nothing is lost, nothing is added.
        assert sum(own.values()) == pytest.approx(len(converted), abs=1e-12)
        assert sum(values.values()) == pytest.approx(answer.value, abs=1e-6)
        if model == "shapley":
            wanted: Any = naive.shapley(found)
        elif model == "markov":
            effects = naive.removal_effects(found, order)
            total = sum(effects.values()) or 1
            wanted = {key: (len(converted) - untouched) * one / total for key, one in effects.items()}
            wanted["(none)"] = untouched
            shown = {row["channel"]: row["removal_effect"] for row in answer.to_dict()["channels"]}
            assert {key: shown[key] for key in effects} == pytest.approx(effects, abs=1e-9)
        else:
            wanted, worth = naive.credits(found, model, DAY, (Fraction(1, 2), Fraction(1, 4)))
            assert values == pytest.approx({key: float(worth.get(key, 0)) for key in values}, abs=1e-5)
        assert own == pytest.approx({key: float(wanted.get(key, 0)) for key in own}, abs=1e-8)
        assert set(wanted) - {"(none)"} <= set(own) | {key for key, one in wanted.items() if not one}
    for row in answer.to_dict()["channels"]:
        touched = [
            one
            for one in converted
            if row["channel"] in one.channels or (row["channel"] == "(none)" and not one.channels)
        ]
        assert row["conversions_with"] == len(touched)
        assert row["persons"] == len({one.person for one in touched})
        assert row["touches"] == sum(one.channels.count(row["channel"]) for one in touched)
        persons = attribution_persons(
            index_of(events),
            row["channel"],
            "buy",
            counted=counted,
            lookback_seconds=lookback and lookback * 86_400,
        )
        assert {index_of(events).persons[one] for one in persons} == {one.person for one in touched}


@given(touches, st.integers(1, 3), st.booleans(), st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_any_partition_by_person_and_sorted_steps_give_the_same(
    events: list[Touch], order: int, over_names: bool, chance: random.Random
) -> None:
    events = [*events, Touch("zz", "buy", 0, None, 7), Touch("zz", "ad", 0, "mail")]
    whole = index_of(events)
    scattered = Scattered.of(whole, [chance.randrange(4) for _ in range(whole.n_persons)])
    over = None if over_names else "channel"
    wanted = whole.attribution("buy", over, value="amount", order=order, top=2).to_dict()
    assert scattered.attribution("buy", over, value="amount", order=order, top=2).to_dict() == wanted
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(attribution_counting, "_TABLE_CELLS", 0)
        assert whole.attribution("buy", over, value="amount", order=order, top=2).to_dict() == wanted


def journeys_index(paths: list[tuple[str, bool]]) -> PathIndex:
    """One person per path of channel letters, a day between touches; ``buy`` at the end of those who convert."""
    rows = [
        (f"p{number:03}", "buy" if step == "!" else "touch", place * DAY, None if step == "!" else step)
        for number, (letters, converts) in enumerate(paths)
        for place, step in enumerate(letters + "!" * converts)
    ]
    return index_of([Touch(*row) for row in rows])


def test_a_worked_example() -> None:
    """Three journeys: a b c converts, a does not, b c converts.

    Markov: from the start 2/3 go to a, 1/3 to b; from a half go to b and half are lost; b always goes to c, c always
    converts: P = 2/3. Without a: 1/3, so its effect is 1/2. Without b, or c, nothing converts: effects 1 and 1.
    """
    answer = journeys_index([("abc", True), ("a", False), ("bc", True)]).attribution("buy")
    third = 1 / 3
    assert credit(answer, "first") == {"a": 1, "b": 1, "c": 0}
    assert credit(answer, "last") == {"a": 0, "b": 0, "c": 2}
    assert credit(answer, "linear") == pytest.approx({"a": third, "b": third + 0.5, "c": third + 0.5})
    assert credit(answer, "position") == pytest.approx({"a": 0.4, "b": 0.7, "c": 0.9})
    assert credit(answer, "shapley") == credit(answer, "linear")
    effects = {row["channel"]: row["removal_effect"] for row in answer.to_dict()["channels"]}
    assert effects == pytest.approx({"a": 0.5, "b": 1, "c": 1})
    assert credit(answer, "markov") == pytest.approx({"a": 0.4, "b": 0.8, "c": 0.8})


def test_a_touch_a_half_life_earlier_gets_half_as_much() -> None:
    answer = journeys_index([("ab", True)]).attribution("buy", half_life_seconds=86_400)
    assert credit(answer, "time_decay") == pytest.approx({"a": 1 / 3, "b": 2 / 3})


def test_intervals_come_with_thirty_persons_and_hold_the_share() -> None:
    few = journeys_index([("ab", True), ("b", False), ("ba", True)] * 5).attribution("buy").to_dict()
    assert {row["low"] for row in few["rows"]} == {None}
    many = journeys_index([("ab" if n % 3 else "ba", n % 5 < 3) for n in range(400)]).attribution("buy")
    for row in many.to_dict()["rows"]:
        assert 0 <= row["low"] <= row["share"] <= row["high"] <= 1
    # 240 conversions, each with one first touch: close to the interval of a share of 240.
    first = next(row for row in many.to_dict()["rows"] if row["model"] == "first")
    assert first["high"] - first["low"] == pytest.approx(4 * (2 / 9 / 240) ** 0.5, rel=0.5)


def test_only_the_channels_with_most_touches_are_told_apart() -> None:
    answer = journeys_index([("aabb", True), ("ac", True), ("d", False)]).attribution("buy", top=2)
    assert answer.other_channels == 2
    assert credit(answer, "last") == {"a": 0, "b": 1, "(other)": 1}


def test_channels_of_few_persons_are_withheld_with_their_credits() -> None:
    answer = journeys_index([("a", True)] * 9 + [("b", True)] * 5 + [("c", True)]).attribution("buy")
    shown = answer.withhold(3).to_dict()
    assert {row["channel"] for row in (*shown["rows"], *shown["channels"])} == {"a"}
    assert shown["withheld"] == 2


def test_two_segments_are_compared_by_their_shares() -> None:
    first, second = (journeys_index([(letters, True)] * 60 + [("b", True)] * 60) for letters in ("a", "ab"))
    answer = first.compare(second, "attribution", conversion="buy", models=["last"])
    rows = {tuple(row["row"]): row for row in answer.to_dict()["rows"]}
    assert rows["a", "last"]["difference"] == pytest.approx(0.5)
    assert rows["a", "last"]["difference_low"] > 0
    assert "last touch" in answer.names["en"][0]


def test_over_events_and_over_some_of_them() -> None:
    index = PathIndex.from_arrays(["p"] * 4, ["ad", "page", "call", "buy"], [0, 1, 2, 3])
    assert credit(index.attribution("buy", None), "last") == {"ad": 0, "call": 1, "page": 0}
    assert credit(index.attribution("buy", None, touches=["ad", "page"]), "last") == {"ad": 0, "page": 1}


def test_no_conversion_is_an_empty_answer_with_its_reason() -> None:
    index = journeys_index([("ab", True), ("a", False)])
    answer = index.select(to_us=DAY).attribution("buy", value="amount")
    assert answer.to_dict()["rows"] == []
    assert "no conversion" in answer.to_dict()["reason"]["en"]
    for language in ("en", "fa"):
        assert "nan" not in answer.to_html(language).lower() + answer.text(language)


def test_values_too_large_for_millionths_still_add_up() -> None:
    index = PathIndex.from_arrays(
        ["p", "p", "q", "q"], ["ad", "buy"] * 2, [0, 1, 0, 1], {"amount": [None, 10**14, None, "3e14"]}
    )
    answer = index.attribution("buy", None, value="amount")
    assert answer.value == 4e14
    assert credit(answer, "linear", "value") == {"ad": 4e14}


def test_what_cannot_be_asked_is_refused() -> None:
    index = journeys_index([("ab", True)])
    with pytest.raises(UnknownEvent, match="Did you mean “buy”"):
        index.attribution("bu")
    with pytest.raises(UnknownProperty, match="Did you mean “channel”"):
        index.attribution("buy", "chanel")
    with pytest.raises(UnknownChoice, match="first, last, linear"):
        index.attribution("buy", models=["firs"])
    with pytest.raises(UnknownChoice):
        index.attribution("buy", counted="some")  # type: ignore[arg-type]
    with pytest.raises(UnknownChoice):
        attribution_persons(index, "z", "buy")
    for order in (0, 5, 1.5):
        with pytest.raises(BadNumber):
            index.attribution("buy", order=order)
    for top in (0, 501):
        with pytest.raises(BadNumber):
            index.attribution("buy", top=top)
    for window in (0, -1, float("nan"), float("inf")):
        with pytest.raises(BadWindow):
            index.attribution("buy", lookback_seconds=window)
        with pytest.raises(BadWindow):
            index.attribution("buy", half_life_seconds=window)
    for position in ((0.7, 0.7), (-0.1, 0.4), (float("nan"), 0.4)):
        with pytest.raises(BadPosition):
            index.attribution("buy", position=position)


def test_the_shop_file_as_sql_says(shared_data: Path) -> None:
    path = shared_data / "ecom_clickstream" / "ecom.csv.gz"
    index = journeys.read(
        path, "user_id", "event", "timestamp", ["session_id"], channel="acquisition_channel"
    )
    goal = "purchase" if "purchase" in index.names else next(n for n in index.names if "order" in n)
    answer = index.attribution(goal, None, counted="first", lookback_seconds=7 * 86_400)
    sql = duckdb.connect()
    sql.execute(
        f"""create table events as select user_id as person, event as name, timestamp as ts,
            row_number() over () as row from read_csv('{path}', parallel = false)"""
    )
    wanted = sql.execute(
        """
        with goals as (select person, min((ts, row)) as place from events where name = $goal group by person),
        touched as (
            select person, name, (ts, row) as place,
                   row_number() over (partition by person order by ts desc, row desc) as back,
                   row_number() over (partition by person order by ts, row) as forth,
                   count(*) over (partition by person) as n
            from events join goals using (person)
            where (events.ts, events.row) < goals.place and events.ts >= goals.place[1] - interval 7 days
        )
        select name, count(*) filter (forth = 1), count(*) filter (back = 1), sum(1 / n), count(*),
               count(distinct person)
        from touched group by name
        """,
        {"goal": goal},
    ).fetchall()
    assert len(wanted) > 5
    first, last, linear = (credit(answer, model) for model in ("first", "last", "linear"))
    shown = {row["channel"]: row for row in answer.to_dict()["channels"]}
    for name, firsts, lasts, equal, n, persons in wanted:
        assert (first[name], last[name]) == (firsts, lasts)
        assert linear[name] == pytest.approx(equal, abs=1e-6)
        assert (shown[name]["touches"], shown[name]["persons"]) == (n, persons)
