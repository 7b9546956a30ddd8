"""Counting stretches of paths that are the same sequence of names, in parts that merge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from hamsafar.journeys.index import Codes

Numbers = npt.NDArray[np.int64]

_NOBODY = np.empty(0, dtype=np.int64)


@dataclass(frozen=True)
class Sequences:
    """Different sequences ``code[offset[i]:offset[i + 1]]``; ``counts`` int64 [n, 2]: occurrences, persons."""

    code: Codes
    offset: Numbers
    counts: Numbers

    def rows(self, names: tuple[str, ...], top: int) -> pa.Table:
        """The ``top`` most frequent ones: ``path`` list of names, ``occurrences``, ``persons``; ties by path."""
        from hamsafar.journeys.kernels.paths import first_paths

        occurrences = self.counts[:, 0]
        wanted = min(top, len(occurrences))
        if wanted:
            least = np.partition(occurrences, len(occurrences) - wanted)[len(occurrences) - wanted]
            above = np.flatnonzero(occurrences > least)
            level = np.flatnonzero(occurrences == least)
            level = level[first_paths(self.code, self.offset, level, wanted - len(above))]
            above = above[first_paths(self.code, self.offset, above, len(above))]
            above = above[np.argsort(-occurrences[above], kind="stable")]
            chosen = np.concatenate([above, level])
        else:
            chosen = _NOBODY
        codes = [self.code[self.offset[one] : self.offset[one + 1]].tolist() for one in chosen.tolist()]
        return pa.table(
            {
                "path": pa.array([[names[code] for code in one] for one in codes], pa.list_(pa.string())),
                "occurrences": pa.array(self.counts[chosen, 0]),
                "persons": pa.array(self.counts[chosen, 1]),
            }
        )


def count_sequences(code: Codes, spans: Numbers, owners: Numbers) -> Sequences:
    """Of the stretches ``spans`` int64 [n, 2]: begin and end in ``code``; those of one person side by side."""
    from hamsafar.journeys.kernels.spans import group_spans

    if not len(spans):
        return Sequences(code[:0], np.zeros(1, dtype=np.int64), np.empty((0, 2), dtype=np.int64))
    kinds, counts = group_spans(code, spans, owners, np.empty((0, 2), dtype=np.int64))
    return Sequences(*_taken(code, spans[kinds]), counts)


def merge_sequences(left: Sequences, right: Sequences) -> Sequences:
    """Persons add up: nobody is in two parts."""
    from hamsafar.journeys.kernels.spans import group_spans

    if not len(left.counts) or not len(right.counts):
        return left if len(left.counts) else right
    code = np.concatenate([left.code, right.code])
    offset = np.concatenate([left.offset, right.offset[1:] + left.offset[-1]])
    spans = np.stack([offset[:-1], offset[1:]], axis=1)
    kinds, counts = group_spans(code, spans, _NOBODY, np.concatenate([left.counts, right.counts]))
    return Sequences(*_taken(code, spans[kinds]), counts)


def _taken(code: Codes, spans: Numbers) -> tuple[Any, Numbers]:
    """The stretches as arrays of their own."""
    lengths = spans[:, 1] - spans[:, 0]
    offset = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths)])
    return code[np.arange(offset[-1]) + np.repeat(spans[:, 0] - offset[:-1], lengths)], offset
