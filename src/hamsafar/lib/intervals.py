"""Intervals that go with a rate."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from math import sqrt
from typing import Any

_Z95 = 1.959963984540054


@dataclass(frozen=True)
class Rate:
    """A share of ``n`` with its 95% interval; all three are None when ``n`` is 0."""

    value: float | None
    low: float | None
    high: float | None
    n: int

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


def wilson(successes: int, n: int) -> Rate:
    """Wilson's score interval at 95%, which stays inside [0, 1] and is honest for small ``n``.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
    Journal of the American Statistical Association 22 (1927), 209-212.
    """
    if not 0 <= successes <= n:
        raise ValueError(f"{successes} of {n} is not a share")
    if n == 0:
        return Rate(None, None, None, 0)
    return _wilson(successes / n, n)


def mean_of_shares(total: float, n: int) -> Rate:
    """The mean of ``n`` values between 0 and 1 that add up to ``total``, with an interval of at least 95%.

    It is Wilson's for a share of the same size: no values between 0 and 1 vary more about their mean than those that
    are all 0 or 1, so it is never too narrow for that, and it says something for one value too.
    """
    if n == 0:
        return Rate(None, None, None, 0)
    return _wilson(min(max(total / n, 0.0), 1.0), n)


def _wilson(share: float, n: int) -> Rate:
    z2 = _Z95 * _Z95
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z95 * sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    # At the ends the formula is exact in theory and off by a rounding error in practice.
    low = 0.0 if share == 0 else max(0.0, centre - half)
    high = 1.0 if share == 1 else min(1.0, centre + half)
    return Rate(share, low, high, n)
