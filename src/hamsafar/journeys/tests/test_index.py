"""PathIndex: order, selection, property columns."""

from __future__ import annotations

import numpy as np
import pytest

from hamsafar.journeys import Condition, PathIndex
from hamsafar.journeys.errors import UnknownEvent, UnknownPerson, UnknownProperty


def shop() -> PathIndex:
    return PathIndex.from_arrays(
        person=["sara", "ali", "sara", "ali", "ali", "mina"],
        name=["visit", "visit", "buy", "buy", "call", "visit"],
        at_us=[20, 10, 10, 30, 30, 5],
        properties={
            "city": ["تهران", "شیراز", "تهران", None, "شیراز", "تبریز"],
            "amount": [None, None, 120, "۳۵۰", None, None],
        },
    )


def events(index: PathIndex) -> list[tuple[str, str, int]]:
    return [
        (index.persons[person], index.names[index.code[place]], int(index.at_us[place]))
        for person in range(index.n_persons)
        for place in range(index.offset[person], index.offset[person + 1])
    ]


def test_paths_are_sorted_by_person_and_time_and_keep_the_order_of_equal_times() -> None:
    assert events(shop()) == [
        ("ali", "visit", 10),
        ("ali", "buy", 30),
        ("ali", "call", 30),
        ("mina", "visit", 5),
        ("sara", "buy", 10),
        ("sara", "visit", 20),
    ]
    assert shop().names == ("buy", "call", "visit")


def test_an_index_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        shop().code[0] = 1


def test_equal_content_has_equal_version() -> None:
    assert shop().version == shop().version
    assert shop().version != shop().select(from_us=6).version
    assert shop().select(from_us=6).version != shop().select(to_us=6).version


def test_a_range_takes_its_beginning_and_not_its_end() -> None:
    assert events(shop().select(from_us=10, to_us=30)) == [
        ("ali", "visit", 10),
        ("sara", "buy", 10),
        ("sara", "visit", 20),
    ]


def test_without_a_restriction_a_selection_is_the_index_itself() -> None:
    index = shop()
    assert index.select() is index


@pytest.mark.parametrize(
    ("condition", "left"),
    [
        (Condition("city", "=", "شيراز"), ["ali visit", "ali call"]),  # Arabic ي finds Persian ی
        (Condition("amount", ">", 200), ["ali buy"]),
        (Condition("amount", "in", [120, 350]), ["ali buy", "sara buy"]),
        (Condition("amount", "exists"), ["ali buy", "sara buy"]),
        (Condition("amount", "<", 0), []),
    ],
)
def test_conditions_keep_the_events_that_meet_them(condition: Condition, left: list[str]) -> None:
    chosen = shop().select(conditions=[condition])
    assert [f"{person} {name}" for person, name, _ in events(chosen)] == left
    assert chosen.n_persons == len({line.split()[0] for line in left})


def test_all_conditions_and_the_range_hold_together_and_selections_can_be_repeated() -> None:
    both = [Condition("city", "exists"), Condition("amount", "exists")]
    at_once = shop().select(from_us=10, conditions=both)
    in_turn = shop().select(from_us=10).select(conditions=both[:1]).select(conditions=both[1:])
    assert events(at_once) == events(in_turn) == [("sara", "buy", 10)]
    assert [at_once.properties["city"].values[code] for code in at_once.properties["city"].code] == ["تهران"]


def test_a_selection_of_nothing_is_an_empty_index() -> None:
    nothing = shop().select(from_us=1_000)
    assert (nothing.n_events, nothing.n_persons, list(nothing.persons)) == (0, 0, [])
    assert nothing.offset.tolist() == [0]
    assert nothing.select(conditions=[Condition("city", "exists")]).n_events == 0


def test_unknown_names_offer_the_nearest() -> None:
    with pytest.raises(UnknownEvent) as caught:
        shop().code_of("visti")
    assert caught.value.sentence("en") == "No event is named “visti”. Did you mean “visit”?"
    assert "«visit»" in caught.value.sentence("fa")
    with pytest.raises(UnknownProperty, match="city"):
        shop().select(conditions=[Condition("cities", "exists")])


def test_persons_are_found_by_id() -> None:
    index = shop()
    assert [index.person_number(person) for person in ("ali", "mina", "sara")] == [0, 1, 2]
    with pytest.raises(UnknownPerson):
        index.person_number("nobody")


def test_values_that_only_look_equal_stay_apart() -> None:
    index = PathIndex.from_arrays(["a"] * 4, ["e"] * 4, [1, 2, 3, 4], {"x": [1, True, 1.0, "1"]})
    assert list(map(repr, index.properties["x"].values)) == ["1", "True", "1.0", "'1'"]


def test_codes_widen_with_the_number_of_names() -> None:
    for n_names, dtype in ((256, np.uint8), (257, np.uint16), (65_537, np.uint32)):
        names = [f"n{number}" for number in range(n_names)]
        assert PathIndex.from_arrays(["a"] * n_names, names, range(n_names)).code.dtype == dtype
