from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamsafar.maps.order import DIGITS, key_before, key_between, keys_between


@pytest.mark.parametrize(
    ("low", "high", "key"),
    [
        (None, None, "V"),
        ("V", None, "k"),
        (None, "V", "F"),
        ("z", None, "zV"),
        (None, "1", "0V"),
        ("V", "W", "VV"),
        ("VV", "W", "Vk"),
        ("V", "V1", "V0V"),
    ],
)
def test_the_key_is_halfway(low: str | None, high: str | None, key: str) -> None:
    assert key_between(low, high) == key


def test_there_is_no_key_between_a_key_and_itself() -> None:
    with pytest.raises(ValueError, match="no key between"):
        key_between("V", "V")


@given(st.lists(st.integers(0, 30), max_size=60))
def test_items_put_anywhere_stay_in_the_order_they_were_put(places: list[int]) -> None:
    keys: list[str] = []
    for place in places:
        index = min(place, len(keys))
        keys.insert(
            index, key_between(keys[index - 1] if index else None, keys[index] if index < len(keys) else None)
        )
    assert keys == sorted(set(keys))
    assert all(key[-1] != DIGITS[0] for key in keys)


@given(st.integers(0, 500))
def test_many_keys_at_once_are_rising_and_short(count: int) -> None:
    keys = keys_between(None, None, count)
    assert len(keys) == count
    assert keys == sorted(set(keys))
    assert max(map(len, keys), default=1) <= 3


def test_an_item_goes_behind_neighbours_that_share_a_key() -> None:
    neighbours = [("a", "V"), ("b", "V"), ("c", "k")]
    assert "V" < key_before(neighbours, "b") < "k"
    assert key_before(neighbours, "a") < "V"
    assert key_before(neighbours, None) > "k"
