"""A figure of an answer together with how sure it is: what two segments are compared by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from hamsafar.lib.intervals import wilson

Key = tuple[str, ...]


@dataclass(frozen=True)
class Estimate:
    """One figure of one row: ``value`` with its 95% interval, of ``n`` paths.

    ``key`` names the row, and is the same in the answer of another segment. A ``share`` of n says of how many
    (``successes``), so that it can be tested; ``seconds`` are a median. What is not known is None.
    """

    key: Key
    figure: Literal["share", "seconds"]
    value: float | None
    low: float | None
    high: float | None
    n: int
    successes: int | None = None


def share(key: Key, successes: int, n: int) -> Estimate:
    """``successes`` of ``n`` with Wilson's interval; no value when ``n`` is 0."""
    rate = wilson(successes, n)
    return Estimate(key, "share", rate.value, rate.low, rate.high, n, successes)


def seconds(key: Key, value: float | None, low: float | None, high: float | None, n: int) -> Estimate:
    """A median of ``n`` times with its interval (see ``statistics.median_ranks``)."""
    return Estimate(key, "seconds", value, low, high, n)
