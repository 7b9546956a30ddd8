"""Comparing is fair: nothing differs from itself, it reads the same backwards, and it leaves nothing out."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from hamsafar.maps import document
from hamsafar.maps.comparison import Comparison, compare, match
from hamsafar.maps.comparison.chain import longest_chain
from hamsafar.maps.comparison.matching import Kinship
from hamsafar.maps.comparison.tests.naive import versions_differ
from hamsafar.maps.document import Exchange, identity
from hamsafar.maps.fields import META, PARTS
from hamsafar.maps.tests.test_properties import BASE, COMMANDS, LIBRARY, carry_out

changes = st.lists(COMMANDS, max_size=20)
relations = st.sampled_from(["same", "kin", "strangers"])


def changed(given: list[dict[str, Any]]) -> Exchange:
    doc = document.from_exchange(document.check(BASE))
    carry_out(doc, given)
    return document.tidy(document.project(document.read(doc), LIBRARY))


def told(comparison: Comparison) -> set[tuple[str, str, str]]:
    """As the naive twin tells it."""
    found = set()
    for one in comparison.differences:
        entry = one.before or one.after or {}
        identifier = "" if one.part == "map" else identity(one.part, entry)
        whole = "added" if one.before is None else "removed" if one.after is None else None
        found |= {
            (one.part, identifier, what) for what in ([whole] if whole else [f.field for f in one.fields])
        }
    return found


@settings(max_examples=60)
@given(changes, relations)
def test_nothing_differs_from_itself(given: list[dict[str, Any]], relation: Kinship) -> None:
    exchange = changed(given)
    assert compare(exchange, exchange, relation).differences == ()


@settings(max_examples=150)
@given(changes, changes, relations)
def test_backwards_it_is_the_same_with_the_sides_swapped(
    here: list[dict[str, Any]], there: list[dict[str, Any]], relation: Kinship
) -> None:
    one, two = changed(here), changed(there)
    forth, back = compare(one, two, relation), compare(two, one, relation)
    assert {
        part: {new: old for old, new in pairs.items()} for part, pairs in back.pairs.items()
    } == forth.pairs
    swapped = {"added": "removed", "removed": "added"}

    def plain(comparison: Comparison, turn: bool) -> list[str]:
        return sorted(
            repr(
                (
                    d.part,
                    sorted(swapped.get(kind, kind) if turn else kind for kind in d.kinds),
                    (d.after, d.before) if turn else (d.before, d.after),
                    [f.turned() if turn else f for f in d.fields],
                )
            )
            for d in comparison.differences
        )

    assert plain(forth, turn=False) == plain(back, turn=True)


@settings(max_examples=150)
@given(changes, changes)
def test_versions_differ_as_the_naive_twin_says(
    here: list[dict[str, Any]], there: list[dict[str, Any]]
) -> None:
    one, two = changed(here), changed(there)
    assert told(compare(one, two, "same")) == versions_differ(one, two)


@settings(max_examples=100)
@given(changes, changes)
def test_the_differences_make_the_one_of_the_other(
    here: list[dict[str, Any]], there: list[dict[str, Any]]
) -> None:
    one, two = changed(here), changed(there)
    made: dict[str, Any] = {part: {identity(part, entry): entry for entry in one[part]} for part in PARTS}
    own = {name: one[name] for name in META.fields if name in one}
    for each in compare(one, two, "same").differences:
        if each.part == "map":
            own = {name: value for name, value in own.items() if name not in {f.field for f in each.fields}}
            own |= {f.field: f.after for f in each.fields if f.after is not None}
        elif each.after is None:
            del made[each.part][identity(each.part, each.before or {})]
        else:
            made[each.part][identity(each.part, each.after)] = each.after
    assert own == {name: two[name] for name in META.fields if name in two}
    assert made == {part: {identity(part, entry): entry for entry in two[part]} for part in PARTS}


@settings(max_examples=100)
@given(changes, changes, relations)
def test_no_entry_is_matched_twice(
    here: list[dict[str, Any]], there: list[dict[str, Any]], relation: Kinship
) -> None:
    one, two = changed(here), changed(there)
    for part, pairs in match(one, two, relation).items():
        assert len(set(pairs.values())) == len(pairs)
        assert set(pairs) <= {identity(part, entry) for entry in one[part]}
        assert set(pairs.values()) <= {identity(part, entry) for entry in two[part]}


@given(st.permutations(range(7)))
def test_what_stayed_in_order_is_the_most_that_can_be_said_to(places: list[int]) -> None:
    keys = [f"k{place}" for place in places]
    chain = longest_chain(places, keys)
    kept = [places[index] for index in sorted(chain)]
    assert kept == sorted(kept)
    longest = max(
        sum(mask >> index & 1 for index in range(7))
        for mask in range(1 << 7)
        if (run := [place for index, place in enumerate(places) if mask >> index & 1]) == sorted(run)
    )
    assert len(chain) == longest
