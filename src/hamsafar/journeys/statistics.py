"""Tests and intervals that questions share; everything is at 95%."""

from __future__ import annotations

from collections.abc import Sequence
from math import comb, exp, floor, lgamma, log, sqrt

import numpy as np

from hamsafar.journeys.estimate import Estimate

Z95 = 1.959963984540054

_EXACT_RANKS = 1_000  # values up to which ranks come from the binomial distribution itself
_ROUNDS = 10_000


def difference(one: Estimate, other: Estimate) -> tuple[float | None, float | None, float | None]:
    """``one`` minus ``other`` with the interval that follows from theirs; None where one is not known.

    For shares with Wilson's intervals this is Newcombe's method 10 (R. G. Newcombe, "Interval estimation for the
    difference between independent proportions", Statistics in Medicine 17 (1998), 873-890). The same recovery of
    variances holds for any two independent estimates with sound intervals, so for medians too (G. Y. Zou and
    A. Donner, "Construction of confidence limits about effect measures", Statistics in Medicine 27 (2008),
    1693-1702).
    """
    if one.value is None or other.value is None:
        return None, None, None
    apart = one.value - other.value
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return apart, None, None
    below = sqrt((one.value - one.low) ** 2 + (other.high - other.value) ** 2)
    above = sqrt((one.high - one.value) ** 2 + (other.value - other.low) ** 2)
    return apart, apart - below, apart + above


def share_p_values(pairs: Sequence[tuple[Estimate, Estimate]]) -> list[float | None]:
    """p of "both shares are the same" for each pair (see ``kernels.tables``); None where one has no value."""
    from hamsafar.journeys.kernels.tables import table_p_values

    known = [
        (one.successes, one.n - one.successes, other.successes, other.n - other.successes)
        for one, other in pairs
        if one.successes is not None and other.successes is not None and one.n and other.n
    ]
    counts = np.array(known, dtype=np.int64).reshape(-1, 4)
    found = iter(table_p_values(*(np.ascontiguousarray(column) for column in counts.T)).tolist())
    return [
        next(found)
        if one.successes is not None and other.successes is not None and one.n and other.n
        else None
        for one, other in pairs
    ]


def holm(p_values: Sequence[float | None]) -> list[float | None]:
    """p-values corrected for their number: the chance of even one false finding stays below the level.

    Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics
    6 (1979), 65-70. Holds whatever the dependence between the tests. None is no test and stays None.
    """
    return _corrected(p_values, step_down=True)


def benjamini_hochberg(p_values: Sequence[float | None]) -> list[float | None]:
    """p-values corrected for their number: of the findings below a level, that share is false on average.

    Source: Y. Benjamini and Y. Hochberg, "Controlling the false discovery rate", Journal of the Royal Statistical
    Society B 57 (1995), 289-300. None is no test and stays None.
    """
    return _corrected(p_values, step_down=False)


def _corrected(p_values: Sequence[float | None], *, step_down: bool) -> list[float | None]:
    places = [place for place, p in enumerate(p_values) if p is not None]
    p = np.array([p_values[place] for place in places], dtype=np.float64)
    order = np.argsort(p, kind="stable")
    n = len(p)
    if step_down:
        grown = np.maximum.accumulate(p[order] * np.arange(n, 0, -1))
    else:
        grown = np.minimum.accumulate((p[order] * n / np.arange(1, n + 1))[::-1])[::-1]
    result: list[float | None] = [None] * len(p_values)
    for place, value in zip(order.tolist(), np.minimum(grown, 1).tolist(), strict=True):
        result[places[place]] = value
    return result


def median_ranks(n: int) -> tuple[int, int] | None:
    """Which of ``n`` sorted values (from 0) are the ends of the median's interval; None for fewer than six.

    By the sign test: as many values lie below the median as heads fall in ``n`` throws of a coin. Up to 1,000
    values by the binomial distribution itself, above by its normal limit. Source: W. J. Conover, "Practical
    Nonparametric Statistics", 3rd ed. (1999), section 3.2.
    """
    if n <= _EXACT_RANKS:
        low, below = -1, 1
        while 40 * below <= 2**n:
            low += 1
            below += comb(n, low + 1)
        return (low, n - 1 - low) if low >= 0 else None
    low = floor((n - Z95 * sqrt(n)) / 2) - 1
    return low, n - 1 - low


def chi_square_p(value: float, degrees: int) -> float:
    """P(X >= value) of a chi-square variable: the upper regularised incomplete gamma function.

    By its series below the mean and its continued fraction above (M. Abramowitz and I. A. Stegun, "Handbook of
    Mathematical Functions" (1964), 6.5.29 and 6.5.31; the fraction by Lentz's method).
    """
    shape, x = degrees / 2, value / 2
    if x <= 0:
        return 1.0
    front = exp(shape * log(x) - x - lgamma(shape))
    if x < shape + 1:
        term = total = 1 / shape
        for step in range(1, _ROUNDS):
            term *= x / (shape + step)
            total += term
            if term < total * 1e-16:
                break
        return max(0.0, 1 - front * total)
    tiny = 1e-300
    b = x + 1 - shape
    c, d = 1 / tiny, 1 / b
    fraction = d
    for step in range(1, _ROUNDS):
        factor = -step * (step - shape)
        b += 2
        d = 1 / (factor * d + b or tiny)
        c = b + factor / c or tiny
        fraction *= d * c
        if abs(d * c - 1) < 1e-16:
            break
    return min(1.0, front * fraction)
