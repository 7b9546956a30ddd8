"""A hash of each person's id: the same wherever the person's paths are kept."""

from __future__ import annotations

from typing import Any

import numpy as np

from hamsafar.journeys.kernels import kernel


@kernel
def hash_texts(data: Any, offset: Any, numbers: Any) -> Any:
    """A 64-bit hash of the texts with these ``numbers``, uint64; ``data`` and ``offset`` as in ``TextColumn``.

    FNV-1a over the bytes (G. Fowler, L. C. Noll, K.-P. Vo, 1991), then mixed once with the constants of
    SplitMix64, as FNV's high bits depend little on the last bytes.
    """
    hashes = np.empty(len(numbers), dtype=np.uint64)
    for row in range(len(numbers)):
        mixed = np.uint64(0xCBF29CE484222325)
        for place in range(offset[numbers[row]], offset[numbers[row] + 1]):
            mixed = (mixed ^ np.uint64(data[place])) * np.uint64(0x100000001B3)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        hashes[row] = mixed ^ (mixed >> np.uint64(31))
    return hashes
