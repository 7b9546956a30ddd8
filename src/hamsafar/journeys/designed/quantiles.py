"""Quantiles of durations: exact while there are few, from a histogram beyond."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import pairwise
from math import ceil, floor
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

QUANTILES = (0.25, 0.5, 0.75, 0.9)


@dataclass(frozen=True)
class Quantiles:
    """Seconds below which a quarter, half, three quarters and nine tenths of ``n`` durations lie.

    With values sorted, a quantile lies at rank ``q (n - 1)`` (from 0), between two of them in proportion (definition 7
    of R. J. Hyndman, Y. Fan, "Sample quantiles in statistical packages", The American Statistician 50 (1996),
    361-365), so that the median is the usual one. All are None when ``n`` is 0.
    """

    n: int
    p25: float | None
    p50: float | None
    p75: float | None
    p90: float | None

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, eq=False)
class Durations:
    """Durations of some kinds. A monoid.

    ``histogram`` int64 [n_kinds, n_buckets] counts them when there are many; when ``exact``, ``kinds`` int16 and
    ``values_us`` int64 hold them one by one.
    """

    histogram: Array
    kinds: Array
    values_us: Array
    exact: bool

    @classmethod
    def of(cls, kinds: Array, values_us: Array, n_kinds: int, n_buckets: int, *, exact: bool) -> Durations:
        from hamsafar.journeys.designed.kernels.times import add_to_histogram

        kinds = kinds.astype(np.int16)
        histogram = np.zeros((n_kinds, 0 if exact else n_buckets), dtype=np.int64)
        if exact:
            return cls(histogram, kinds, values_us, exact)
        add_to_histogram(kinds, values_us, len(kinds), histogram)
        return cls(histogram, kinds[:0], values_us[:0], exact)

    def merge(self, other: Durations) -> Durations:
        return Durations(
            self.histogram + other.histogram,
            np.concatenate([self.kinds, other.kinds]),
            np.concatenate([self.values_us, other.values_us]),
            self.exact,
        )

    def quantiles(self) -> list[Quantiles]:
        """Of every kind."""
        if not self.exact:
            return [_of_counts(counts) for counts in self.histogram]
        order = np.lexsort((self.values_us, self.kinds))
        kinds, values = self.kinds[order], self.values_us[order]
        bounds = np.searchsorted(kinds, np.arange(len(self.histogram) + 1))
        return [_of_sorted(values[begin:end]) for begin, end in pairwise(bounds)]

    @property
    def relative_error(self) -> float:
        from hamsafar.journeys.kernels.histogram import RELATIVE_ERROR

        return 0.0 if self.exact else RELATIVE_ERROR


def _of_sorted(values_us: Array) -> Quantiles:
    n = len(values_us)
    if not n:
        return Quantiles(0, None, None, None, None)
    between = ((values_us[low], values_us[high], part) for low, high, part in _ranks(n))
    return Quantiles(n, *(_mixed(float(low), float(high), part) for low, high, part in between))


def _of_counts(counts: Array) -> Quantiles:
    from hamsafar.journeys.kernels.histogram import bucket_middles

    n = int(counts.sum())
    if not n:
        return Quantiles(0, None, None, None, None)
    middles, running = bucket_middles(len(counts)), np.cumsum(counts)
    found = []
    for low, high, part in _ranks(n):
        buckets = np.searchsorted(running, [low, high], side="right")
        found.append(_mixed(float(middles[buckets[0]]), float(middles[buckets[1]]), part))
    return Quantiles(n, *found)


def _ranks(n: int) -> list[tuple[int, int, float]]:
    """The two ranks that each quantile lies between, and how far from the lower to the upper."""
    ranks = [quantile * (n - 1) for quantile in QUANTILES]
    return [(floor(rank), ceil(rank), rank - floor(rank)) for rank in ranks]


def _mixed(low_us: float, high_us: float, part: float) -> float:
    return (low_us + part * (high_us - low_us)) / 1e6
