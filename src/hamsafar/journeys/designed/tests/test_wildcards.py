"""Wildcards in matchers: what they fit, and that none can be made to take long."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamsafar.journeys.designed.binding import fits
from hamsafar.journeys.designed.tests.naive import _fits as fits_naively


@given(st.text("ab*", min_size=1, max_size=8), st.text("ab", max_size=10))
def test_wildcards_are_what_a_regular_expression_says(pattern: str, name: str) -> None:
    assert fits(pattern, name) == fits_naively(pattern, name)


@pytest.mark.parametrize(
    ("pattern", "name", "expected"),
    [
        ("pay*", "paid", False),
        ("*paid", "order\npaid", True),
        ("a*a", "a", False),
        ("پرداخت*", "پرداخت موفق", True),
        ("a.c", "abc", False),
    ],
)
def test_wildcards(pattern: str, name: str, expected: bool) -> None:
    assert fits(pattern, name) is expected


def test_no_pattern_tries_all_the_ways_to_fit() -> None:
    # Tried in every way, this would outlast the universe.
    assert not fits("*a" * 400 + "*b*", "a" * 200)
    assert not fits("*a" * 100 + "*b", "a" * 200)
