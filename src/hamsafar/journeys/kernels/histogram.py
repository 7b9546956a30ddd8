"""A mergeable histogram of durations: a fixed number of buckets per power of two.

A duration of ``d`` microseconds falls into the bucket given by the exponent and the first seven bits of the
mantissa of ``d`` as a double. So a bucket is at most 1/128 of its lower end wide, below 128 µs every
microsecond has its own bucket, and a bucket's middle is within ``RELATIVE_ERROR`` of every value in it.
Histograms of parts add up: the same counts, whatever the partition.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.kernels import kernel

Counts = npt.NDArray[np.uint32] | npt.NDArray[np.int64]

SUB_BITS = 7
RELATIVE_ERROR = 1 / 256
"""Bound on |reported - true| / true of a median read from a bucket's middle."""

_SHIFT = 52 - SUB_BITS
_FIRST = 1023 << SUB_BITS  # the bucket of 1.0 in the double's own numbering


@kernel
def bucket_of(duration_us: int) -> int:
    """Bucket of a duration in microseconds (0 for 0 and below), growing with the duration."""
    bits: int = np.float64(duration_us).view(np.int64)  # type: ignore[assignment]  # Numba's view of a scalar is one too
    bucket = (bits >> _SHIFT) - (_FIRST - 1)
    return bucket if duration_us > 0 else 0  # chosen, not branched on: nearly all are above 0


def buckets_for(longest_us: int) -> int:
    """How many buckets hold every duration from 0 to ``longest_us`` microseconds."""
    if longest_us <= 0:
        return 1
    return int((np.float64(longest_us).view(np.int64) >> _SHIFT) - _FIRST + 2)


def bucket_ends(n_buckets: int) -> npt.NDArray[np.int64]:
    """int64 [n_buckets + 1]: bucket ``b`` holds the whole microseconds ``ends[b] <= d < ends[b + 1]``."""
    bits = (np.arange(n_buckets + 1, dtype=np.int64) - 1 + _FIRST) << _SHIFT
    ends = np.ceil(bits.view(np.float64)).astype(np.int64)
    ends[0] = 0
    return ends


def bucket_bounds(bucket: int) -> tuple[int, int]:
    """The durations [low, high) in whole microseconds that fall into ``bucket``."""
    ends = bucket_ends(bucket + 1)
    return int(ends[bucket]), int(ends[bucket + 1])


def bucket_middles(n_buckets: int) -> npt.NDArray[np.float64]:
    """The duration that stands for each bucket, in microseconds: the middle of the whole numbers in it."""
    ends = bucket_ends(n_buckets)
    return np.maximum(ends[:-1], (ends[:-1] + ends[1:] - 1) / 2)


def quantile_buckets(counts: Counts, quantile: float = 0.5) -> tuple[int, int] | None:
    """The buckets of the lower and the upper middle value; None when nothing was counted.

    With ``n`` values the quantile lies between ranks floor and ceil of ``quantile * (n - 1)`` (from 0), which
    for 0.5 are the one or two middle values, as in SQL's ``median``.
    """
    running = np.cumsum(counts, dtype=np.int64)
    n = int(running[-1]) if len(running) else 0
    if n == 0:
        return None
    rank = quantile * (n - 1)
    low, high = np.searchsorted(running, [int(np.floor(rank)), int(np.ceil(rank))], side="right")
    return int(low), int(high)


def quantile_us(counts: Counts, quantile: float) -> float | None:
    """A quantile in microseconds, within ``RELATIVE_ERROR``; None when nothing was counted.

    Linear between two neighbours, as in SQL's ``quantile_cont``.
    """
    buckets = quantile_buckets(counts, quantile)
    if buckets is None:
        return None
    low, high = bucket_middles(buckets[1] + 1)[list(buckets)].tolist()
    rank = quantile * (int(counts.sum()) - 1)
    return float(low + (high - low) * (rank - np.floor(rank)))


def median_us(counts: Counts) -> float | None:
    """The median in microseconds, within ``RELATIVE_ERROR``; None when nothing was counted."""
    return quantile_us(counts, 0.5)


@kernel
def middle_buckets(counts: Any) -> Any:
    """For each row of counts [rows, buckets]: where its median is.

    Returns int64 [rows, 3]: the buckets of the lower and of the upper middle value, and how many values lie
    in buckets below them; (-1, -1, 0) for a row in which nothing was counted.
    """
    rows, buckets = counts.shape
    result = np.full((rows, 3), -1, dtype=np.int64)
    for row in range(rows):
        n = np.int64(0)
        for bucket in range(buckets):
            n += counts[row, bucket]
        result[row, 2] = 0
        if n == 0:
            continue
        low_rank = (n - 1) // 2
        high_rank = n // 2
        seen = np.int64(0)
        for bucket in range(buckets):
            if result[row, 0] < 0 and seen + counts[row, bucket] > low_rank:
                result[row, 0] = bucket
                result[row, 2] = seen
            seen += counts[row, bucket]
            if seen > high_rank:
                result[row, 1] = bucket
                break
    return result
