"""The paths a prediction learns from: all of them, or those of some persons, picked by a hash of their id."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial as bind
from typing import Any

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.askable import Askable
from hamsafar.journeys.jackknife import person_hashes
from hamsafar.journeys.parts import Part

Array = npt.NDArray[Any]
Numbers = npt.NDArray[np.int64]

MOST_EVENTS = 1_000_000


@dataclass(frozen=True)
class Sample:
    """Paths in the order of their persons' hashes: the same whatever parts they came from.

    ``code``, ``at_us`` int64 [events], ``offset`` int64 [paths + 1], ``person`` uint64 [paths], the hash.
    """

    code: Numbers
    at_us: Numbers
    offset: Numbers
    person: npt.NDArray[np.uint64]

    def taken(self, paths: Numbers) -> Sample:
        """The paths with these numbers, in this order."""
        lengths = np.diff(self.offset)[paths]
        offset = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths)])
        places = np.arange(offset[-1]) + np.repeat(self.offset[paths] - offset[:-1], lengths)
        return Sample(self.code[places], self.at_us[places], offset, self.person[paths])

    def before(self, until_us: int) -> Sample:
        """The events before a time; paths left without events drop out."""
        happened = self.at_us < until_us
        if happened.all():
            return self
        lengths = np.add.reduceat(happened, self.offset[:-1], dtype=np.int64)
        kept = np.flatnonzero(lengths)
        offset = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths[kept])])
        return Sample(self.code[happened], self.at_us[happened], offset, self.person[kept])


def sample_of(paths: Askable, most_events: int = MOST_EVENTS) -> Sample:
    """The paths of all persons, or of about as many as have ``most_events`` events."""
    share = min(1.0, most_events / max(paths.n_events, 1))
    below = 2**64 - 1 if share >= 1 else int(share * 2**64)
    sample = paths.reduce(bind(_map_part, below), _merge)
    return sample.taken(np.argsort(sample.person, kind="stable"))


def _map_part(below: int, part: Part) -> Sample:
    index = part.index
    hashes = person_hashes(part)
    chosen = np.flatnonzero(hashes <= np.uint64(below)).astype(np.int64)
    codes: Array = index.code  # of the whole index: only those that are taken are widened
    own = Sample(codes, index.at_us, index.offset[part.first : part.last + 1], hashes)
    taken = own.taken(chosen)
    return Sample(taken.code.astype(np.int64), taken.at_us, taken.offset, taken.person)


def _merge(left: Sample, right: Sample) -> Sample:
    return Sample(
        np.concatenate([left.code, right.code]),
        np.concatenate([left.at_us, right.at_us]),
        np.concatenate([left.offset, right.offset[1:] + left.offset[-1]]),
        np.concatenate([left.person, right.person]),
    )
