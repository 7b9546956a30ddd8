"""Medians and percentiles of the durations of a measured map.

The first pass counts durations in a histogram. That says in which buckets the wanted ranks lie; a second
walk picks the few durations in those buckets, and the ranks are read off exactly. Without the second walk
the middle of the bucket stands for the value, within the histogram's relative error.
"""

from __future__ import annotations

import operator
from dataclasses import dataclass
from functools import partial as bind
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.designed.walk import Stretch, Walk

if TYPE_CHECKING:
    from hamsafar.journeys.designed.kernels.walk import Layout

Array = npt.NDArray[Any]
Picked = tuple[Array, Array]

PERCENTILE = 95


@dataclass(frozen=True, eq=False)
class Ranks:
    """Per kind of duration how many there are and the wanted ranks (from 0), the lower and the upper.

    ``low_us`` and ``high_us`` are the bounds of the buckets with those ranks, ``below`` how many lie below
    them and ``middle_us`` the value that stands for the ranks when nothing is picked. All int64 [n_kinds],
    ``middle_us`` float64; kinds without durations have empty bounds.
    """

    n: Array
    lower: Array
    upper: Array
    low_us: Array
    high_us: Array
    below: Array
    middle_us: Array


def ranks(histogram: Array, percentile_kinds: range) -> Ranks:
    """The middle ranks of every kind, but the nearest rank of the 95th percentile of ``percentile_kinds``."""
    from hamsafar.journeys.kernels.histogram import bucket_bounds, bucket_middles

    running = np.cumsum(histogram, axis=1)
    n = running[:, -1]
    lower, upper = (n - 1) // 2, n // 2
    for kind in percentile_kinds:
        lower[kind] = upper[kind] = -(-PERCENTILE * n[kind] // 100) - 1
    n_kinds, n_buckets = histogram.shape
    low_us, high_us, below = (np.zeros(n_kinds, dtype=np.int64) for _ in range(3))
    middle_us = np.zeros(n_kinds)
    middles = bucket_middles(n_buckets)
    for kind in np.flatnonzero(n).tolist():
        first, last = np.searchsorted(running[kind], [lower[kind], upper[kind]], side="right").tolist()
        low_us[kind], high_us[kind] = bucket_bounds(first)[0], bucket_bounds(last)[1]
        below[kind] = running[kind, first] - histogram[kind, first]
        middle_us[kind] = (middles[first] + middles[last]) / 2
    return Ranks(n, lower, upper, low_us, high_us, below, middle_us)


def pick(walk: Walk, wanted: Ranks) -> list[Picked]:
    """The walk's durations (kind, microseconds) that lie in the buckets of the wanted ranks."""
    return walk.reduce(bind(_pick_stretch, walk.layout, wanted.low_us, wanted.high_us), operator.add)


def _pick_stretch(layout: Layout, low_us: Array, high_us: Array, stretch: Stretch) -> list[Picked]:
    from hamsafar.journeys.designed.kernels.times import durations
    from hamsafar.journeys.designed.kernels.times import pick as pick_durations

    picked = []
    for chunk in stretch.chunks:
        kinds = np.empty(4 * chunk.bound, dtype=np.int16)
        values = np.empty(4 * chunk.bound, dtype=np.int64)
        n = durations(chunk.place, chunk.event, chunk.at_us, chunk.offset, layout, kinds, values)
        kept = pick_durations(kinds, values, n, low_us, high_us)
        picked.append((kinds[:kept].copy(), values[:kept].copy()))
    return picked


def exact_values(wanted: Ranks, picked: list[Picked]) -> npt.NDArray[np.float64]:
    """Per kind the mean of the lower and the upper wanted value, in microseconds."""
    kinds = np.concatenate([kinds for kinds, _ in picked])
    values = np.concatenate([values for _, values in picked])
    order = np.lexsort((values, kinds))
    kinds, values = kinds[order], values[order]
    result = np.zeros(len(wanted.n))
    for kind in np.flatnonzero(wanted.n).tolist():
        start = int(np.searchsorted(kinds, kind)) - int(wanted.below[kind])
        lower, upper = values[start + wanted.lower[kind]], values[start + wanted.upper[kind]]
        result[kind] = (int(lower) + int(upper)) / 2
    return result
