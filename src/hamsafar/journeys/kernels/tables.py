"""Tests of two-by-two tables."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from hamsafar.journeys.kernels import kernel

_SMALL = (
    5.0  # an expected count below which chi-square is not to be trusted (W. G. Cochran, Biometrics 10 (1954))
)


@kernel
def table_p_values(a: Any, b: Any, c: Any, d: Any) -> Any:
    """p of "rows and columns are independent" for tables [[a, b], [c, d]], each int64 [n]; float64 [n].

    Pearson's chi-square without continuity correction; Fisher's exact test, two-sided (all tables no more likely
    than the one seen), where an expected count is below 5. An empty row or column gives 1.
    """
    p = np.ones(len(a), dtype=np.float64)
    for place in range(len(a)):
        rows = (float(a[place] + b[place]), float(c[place] + d[place]))
        columns = (float(a[place] + c[place]), float(b[place] + d[place]))
        n = rows[0] + rows[1]
        if min(rows[0], rows[1], columns[0], columns[1]) == 0:
            continue
        if min(rows[0], rows[1]) * min(columns[0], columns[1]) / n >= _SMALL:
            apart = float(a[place]) * float(d[place]) - float(b[place]) * float(c[place])
            # Divided one after the other: the product of the four sums may be beyond all floats' precision.
            square = apart / rows[0] * (apart / rows[1]) / columns[0] / columns[1] * n
            p[place] = math.erfc(math.sqrt(square / 2))
        else:
            p[place] = fisher_p(a[place], b[place], c[place], d[place])
    return p


@kernel
def fisher_p(a: int, b: int, c: int, d: int) -> float:
    """Fisher's exact test, two-sided. Every table of the same sums is weighed relative to the one seen."""
    seen = 1.0 + 1e-7  # equally likely tables differ by rounding
    total = 1.0
    as_rare = 1.0
    weight = 1.0
    for step in range(min(b, c)):
        weight *= float(b - step) * float(c - step) / (float(a + step + 1) * float(d + step + 1))
        total += weight
        if weight <= seen:
            as_rare += weight
    weight = 1.0
    for step in range(min(a, d)):
        weight *= float(a - step) * float(d - step) / (float(b + step + 1) * float(c + step + 1))
        total += weight
        if weight <= seen:
            as_rare += weight
    # Towards the middle weights may grow beyond all floats: then the one seen is as good as impossible.
    return as_rare / total
