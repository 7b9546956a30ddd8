"""Random draws that come out the same on every machine.

Only whole numbers: the bits of PCG64 and integer arithmetic are the same everywhere, while logarithms and
sums of floats may differ in the last bit from one processor to the next.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_TEN_THOUSAND = 10_000
_FRACTION_BITS = 20

MINUTE = 60
HOUR = 3_600
DAY = 86_400


class Dice:
    """Draws of whole numbers from one seeded stream; the order of the calls is part of the result."""

    def __init__(self, seed: int) -> None:
        self._random = np.random.Generator(np.random.PCG64(seed))

    def between(self, low: int, high: int, n: int) -> Ints:
        """``n`` whole numbers from ``low`` to ``high``, both included."""
        return self._random.integers(low, high + 1, n, dtype=np.int64)

    def below(self, bound: Ints) -> Ints:
        """One whole number in [0, bound) for each bound (each at least 1)."""
        return self._random.integers(0, bound, dtype=np.int64)

    def chance(self, per_ten_thousand: int | Ints, n: int) -> Bools:
        """``n`` yes/no draws; the chance is in ten-thousandths, one for all or one for each."""
        return np.asarray(self._random.integers(0, _TEN_THOUSAND, n) < per_ten_thousand)

    def pick(self, weights: Sequence[int] | Ints, n: int) -> Ints:
        """``n`` positions of ``weights``, each as often as its whole-number weight says."""
        bounds = np.cumsum(np.asarray(weights, dtype=np.int64))
        drawn = self._random.integers(0, bounds[-1], n)
        return np.asarray(np.searchsorted(bounds, drawn, side="right"), dtype=np.int64)

    def pick_by(self, table: Sequence[Sequence[int]], row: Ints) -> Ints:
        """One position for each entry of ``row``, by the weights in that row of ``table``."""
        bounds = np.cumsum(np.asarray(table, dtype=np.int64), axis=1)[row]
        drawn = self._random.integers(0, bounds[:, -1])
        return np.asarray((bounds <= drawn[:, None]).sum(axis=1), dtype=np.int64)

    def delay(self, quantiles: Sequence[int], n: int) -> Ints:
        """``n`` delays in seconds, spread evenly between neighbours of ``quantiles``.

        ``(60, 600, 86400)``: half of the delays lie between one and ten minutes, half up to a day.
        """
        points = np.asarray(quantiles, dtype=np.int64)
        drawn = self._random.integers(0, (len(points) - 1) << _FRACTION_BITS, n)
        segment = drawn >> _FRACTION_BITS
        fraction = drawn & ((1 << _FRACTION_BITS) - 1)
        low = points[segment]
        return np.asarray(low + ((points[segment + 1] - low) * fraction >> _FRACTION_BITS))
