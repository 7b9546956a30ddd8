"""Tests and intervals beside scipy, which the product does not need, and beside the examples of their sources."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from hamsafar.journeys.estimate import seconds, share
from hamsafar.journeys.kernels.tables import table_p_values
from hamsafar.journeys.statistics import (
    benjamini_hochberg,
    chi_square_p,
    difference,
    holm,
    median_ranks,
    share_p_values,
)


@given(st.lists(st.tuples(*[st.integers(0, 60)] * 4), min_size=1, max_size=8))
@settings(max_examples=60)
def test_tables_are_tested_as_scipy_does(tables: list[tuple[int, int, int, int]]) -> None:
    found = table_p_values(*np.array(tables, dtype=np.int64).T.copy())
    for (a, b, c, d), p in zip(tables, found, strict=True):
        table = np.array([[a, b], [c, d]])
        if 0 in (*table.sum(axis=0), *table.sum(axis=1)):
            wanted = 1.0
        elif stats.contingency.expected_freq(table).min() >= 5:
            wanted = stats.chi2_contingency(table, correction=False).pvalue
        else:
            wanted = stats.fisher_exact(table).pvalue
        assert p == pytest.approx(wanted, rel=1e-9)


def test_a_table_far_from_chance_is_no_overflow() -> None:
    tables = np.array([[10**8, 0, 0, 10**8], [3, 10**7, 10**7, 3], [4, 0, 0, 10**8]], dtype=np.int64).T.copy()
    found = table_p_values(*tables)
    assert found[:2].tolist() == [0, 0]
    assert 0 < found[2] < 1e-25


@pytest.mark.parametrize("degrees", [1, 2, 5, 30])
@pytest.mark.parametrize("value", [0.0, 1e-9, 0.3, 1.0, 4.9, 29.0, 31.0, 200.0])
def test_chi_square(value: float, degrees: int) -> None:
    assert chi_square_p(value, degrees) == pytest.approx(stats.chi2.sf(value, degrees), rel=1e-10)


def test_newcombe_gives_his_own_example() -> None:
    """56 of 70 against 48 of 80: 0.2 with 0.0524 to 0.3339 (his table II, method 10, example a)."""
    apart, low, high = difference(share((), 56, 70), share((), 48, 80))
    assert apart == pytest.approx(0.2)
    assert (low, high) == (pytest.approx(0.0524, abs=5e-5), pytest.approx(0.3339, abs=5e-5))


def test_a_difference_of_the_unknown_is_unknown() -> None:
    assert difference(share((), 0, 0), share((), 1, 2)) == (None, None, None)
    assert difference(seconds((), 5, None, None, 1), seconds((), 3, 1, 4, 9)) == (2, None, None)
    assert share_p_values([(share((), 0, 0), share((), 1, 2)), (share((), 9, 9), share((), 0, 9))]) == [
        None,
        pytest.approx(stats.fisher_exact([[9, 0], [0, 9]]).pvalue),
    ]


@given(st.lists(st.one_of(st.floats(0, 1), st.none()), max_size=12))
@settings(max_examples=60)
def test_corrections(p_values: list[float | None]) -> None:
    tested = [p for p in p_values if p is not None]
    found = [p for p in benjamini_hochberg(p_values) if p is not None]
    assert found == pytest.approx(list(stats.false_discovery_control(tested)) if tested else [])
    strict = holm(p_values)
    assert [p is None for p in strict] == [p is None for p in p_values]
    # From the definition: in order of size, the k-th of n is taken (n - k + 1) times, and no smaller than the last.
    highest = 0.0
    for rank, place in enumerate(
        sorted((place for place, p in enumerate(p_values) if p is not None), key=lambda i: p_values[i] or 0)
    ):
        highest = max(highest, (len(tested) - rank) * (p_values[place] or 0))
        assert strict[place] == pytest.approx(min(highest, 1))


def test_the_median_lies_between_its_ranks_as_often_as_said() -> None:
    for n in (6, 25, 999, 1000, 1001, 5000):
        ranks = median_ranks(n)
        assert ranks is not None
        low, high = ranks
        assert low + high == n - 1
        # The median is below value ``low`` when at most ``low`` of n values are below it.
        assert stats.binom.cdf(low, n, 0.5) <= 0.0255
        assert stats.binom.cdf(low + 2, n, 0.5) > 0.025
    assert [median_ranks(n) for n in range(6)] == [None] * 6
    rng = random.Random(1)
    hits = 0
    for _ in range(1000):
        values = sorted(rng.random() for _ in range(40))
        low, high = median_ranks(40) or (0, 0)
        hits += values[low] <= 0.5 <= values[high]
    assert hits > 940
