"""Running a question over an index: parts by person, on our own threads."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from hamsafar.journeys.index import PathIndex

_Partial = TypeVar("_Partial")

_WORTH_A_THREAD = 50_000  # events; below that a thread costs more than it saves


@dataclass(frozen=True)
class Part:
    """Paths ``first`` to ``last`` (exclusive) of an index: all those of some persons.

    Persons are independent of each other; where paths are cut, those of one person are never in two parts.
    """

    index: PathIndex
    first: int
    last: int

    @property
    def n_paths(self) -> int:
        return self.last - self.first

    @property
    def n_events(self) -> int:
        return int(self.index.offset[self.last] - self.index.offset[self.first])

    @property
    def n_persons(self) -> int:
        return self.persons_among(None)

    @property
    def persons(self) -> npt.NDArray[np.int64]:
        """The number of the person of each path of the part, never falling; int64 [n_paths]."""
        if self.index.owner is None:
            return np.arange(self.first, self.last, dtype=np.int64)
        return self.index.owner[self.first : self.last]

    def persons_among(self, flags: npt.NDArray[np.bool_] | None) -> int:
        """How many different persons the flagged paths of the part are of; bool [n_paths], None: all."""
        if self.index.owner is None:
            return self.n_paths if flags is None else int(np.count_nonzero(flags))
        owner = self.index.owner[self.first : self.last]
        if flags is not None:
            owner = owner[flags]
        return int(np.count_nonzero(np.diff(owner))) + bool(len(owner))


def thread_count() -> int:
    """Threads a question may use: ``HAMSAFAR_THREADS``, else the processors of this process."""
    wanted = os.environ.get("HAMSAFAR_THREADS", "")
    if wanted.isdigit() and int(wanted) > 0:
        return int(wanted)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def split(index: PathIndex, parts: int) -> list[Part]:
    """``index`` in at most ``parts`` parts of about as many events each, in the order of persons.

    An index without persons is one empty part, so that there is always something to finish.
    """
    cuts = np.searchsorted(index.person_offset, np.linspace(0, index.n_events, parts + 1)[1:-1])
    bounds = sorted({0, *index.first_path[cuts].tolist(), index.n_paths})
    if len(bounds) == 1:
        return [Part(index, 0, 0)]
    return [Part(index, first, last) for first, last in pairwise(bounds)]


def run_parts(
    index: PathIndex, function: Callable[[Part], _Partial], *, parts: int | None = None
) -> list[_Partial]:
    """``function`` of every part, in the order of persons; at least one.

    Kernels release the GIL, so plain threads are enough. The threads live for this call only: a pool that
    outlives it would not survive a fork.
    """
    if parts is None:
        parts = max(1, min(thread_count(), index.n_events // _WORTH_A_THREAD))
    pieces = split(index, parts)
    if len(pieces) == 1:
        return [function(pieces[0])]
    with ThreadPoolExecutor(max_workers=min(len(pieces), thread_count())) as pool:
        return list(pool.map(function, pieces))
