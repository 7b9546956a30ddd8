"""Solving absorbing chains, against a dense matrix."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamsafar.journeys.kernels.absorbing import expected, leading_out

Array = np.ndarray[Any, Any]


def chain(matrix: Array) -> tuple[Array, Array, Array]:
    """begin, target and share of the edges of a matrix of probabilities."""
    source, target = np.nonzero(matrix)
    return np.searchsorted(source, np.arange(len(matrix) + 1)), target, matrix[source, target]


@st.composite
def matrices(draw: st.DrawFn) -> Array:
    """Rows of probabilities that add up to less than 1, some of them hardly."""
    n = draw(st.integers(1, 12))
    chance = np.random.default_rng(draw(st.integers(0, 2**32)))
    weights = chance.random((n, n)) * (chance.random((n, n)) < draw(st.sampled_from([0.2, 0.5, 1.0])))
    sums = weights.sum(axis=1, keepdims=True)
    stays = 1 - np.power(10.0, -chance.uniform(0.1, draw(st.sampled_from([1.0, 4.0])), size=(n, 1)))
    return np.where(sums > 0, weights / np.where(sums > 0, sums, 1) * stays, 0.0)


@given(matrices(), st.integers(0, 2**32))
@settings(max_examples=150)
def test_what_is_expected_is_as_a_dense_matrix_says(matrix: Array, seed: int) -> None:
    gain = np.random.default_rng(seed).random(len(matrix)) * (1 - matrix.sum(axis=1))
    wanted = np.linalg.solve(np.eye(len(matrix)) - matrix, gain)
    found = expected(*chain(matrix), gain, np.zeros(len(matrix)), 200_000)
    assert found == pytest.approx(wanted, rel=1e-8, abs=1e-12)


def test_paths_that_go_round_for_long_take_few_rounds() -> None:
    """3,000 states of 20 edges; of a thousand steps one is the last. Plain rounds would be thousands."""
    n, edges = 3_000, 20
    chance = np.random.default_rng(5)
    begin, target = np.arange(n + 1) * edges, chance.integers(0, n, n * edges)
    share = chance.dirichlet(np.ones(edges), n).reshape(-1) * 0.999
    gain = np.full(n, 0.001)
    # Whatever the way, a path ends for certain: the probability is 1 from everywhere.
    assert expected(begin, target, share, gain, np.zeros(n), 60) == pytest.approx(np.ones(n), abs=1e-9)


def test_states_lead_out_when_an_end_can_be_reached() -> None:
    """0 -> 1 -> the end; 2 and 3 go to each other only; 4 to them, or to 0."""
    matrix = np.zeros((5, 5))
    matrix[0, 1], matrix[1, 1], matrix[2, 3], matrix[3, 2] = 1, 0.5, 1, 1
    matrix[4, 2], matrix[4, 0] = 0.5, 0.5
    absorbed = np.array([0, 0.5, 0, 0, 0])
    assert leading_out(*chain(matrix), absorbed).tolist() == [True, True, False, False, True]
