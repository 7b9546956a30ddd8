"""Quantiles of values found part by part: exact up to a number of values, within a stated error above it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]

MOST_EXACT = 2_000_000

QUANTILES = {"min": 0.0, "p10": 0.1, "p25": 0.25, "median": 0.5, "p75": 0.75, "p90": 0.9, "max": 1.0}


@dataclass(frozen=True)
class Spread:
    """``n`` whole numbers from 0, one by one in ``values`` while they are few, and counted in ``buckets``."""

    n: int
    values: Numbers
    buckets: Numbers

    @property
    def relative_error(self) -> float:
        from hamsafar.journeys.kernels.histogram import RELATIVE_ERROR

        return 0.0 if self.n <= MOST_EXACT else RELATIVE_ERROR

    def quantiles(self, unit: float = 1.0) -> dict[str, float | None]:
        """``QUANTILES`` in units of ``unit`` values; between two neighbours linear, as SQL's ``quantile_cont``."""
        from hamsafar.journeys.kernels.histogram import bucket_middles, quantile_buckets

        if not self.n:
            return dict.fromkeys(QUANTILES)
        if self.n <= MOST_EXACT:
            found = np.quantile(self.values, list(QUANTILES.values())) / unit
            return dict(zip(QUANTILES, found.tolist(), strict=True))
        middles = bucket_middles(len(self.buckets)) / unit
        shown: dict[str, float | None] = {}
        for name, quantile in QUANTILES.items():
            low, high = quantile_buckets(self.buckets, quantile) or (0, 0)
            part = quantile * (self.n - 1) % 1
            shown[name] = float(middles[low] * (1 - part) + middles[high] * part)
        return shown


def spread(values: Numbers, longest: int) -> Spread:
    """Of ``values`` int64 [n], none above ``longest``, which all parts must give alike."""
    from hamsafar.journeys.kernels.histogram import SUB_BITS, buckets_for

    bits = values.astype(np.float64).view(np.int64) >> (52 - SUB_BITS)
    places = np.where(values > 0, bits - (1023 << SUB_BITS) + 1, 0)
    buckets = np.bincount(places, minlength=buckets_for(longest)).astype(np.int64)
    return Spread(len(values), _few(values), buckets)


def merge_spreads(left: Spread, right: Spread) -> Spread:
    n = left.n + right.n
    values: Any = np.concatenate([left.values, right.values]) if n <= MOST_EXACT else left.values[:0]
    return Spread(n, values, left.buckets + right.buckets)


def _few(values: Numbers) -> Numbers:
    return values if len(values) <= MOST_EXACT else values[:0]
