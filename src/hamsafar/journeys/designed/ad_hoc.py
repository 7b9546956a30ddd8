"""Ad hoc events: on no touchpoint, but frequent between two that are on one."""

from __future__ import annotations

import operator
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial as bind
from typing import Any

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.designed.result import AdHoc
from hamsafar.journeys.designed.walk import Stretch, Walk
from hamsafar.lib.intervals import wilson

Array = npt.NDArray[Any]

CELLS_AT_ONCE = 1 << 20  # passages x event names counted in one walk; bounds the memory


@dataclass(frozen=True)
class Frequent:
    """An event is frequent in at least ``passages`` passages and a ``share`` of them."""

    share: float = 0.05
    passages: int = 10


def ad_hoc_events(walk: Walk, next_visits: Array, unbound: Array, frequent: Frequent) -> tuple[AdHoc, ...]:
    """Rows by falling number of passages, then event name, then map order.

    ``next_visits`` and ``unbound`` are the walk's counts; few passages and names are left to look at.
    """
    model = walk.model
    least = max(1, frequent.passages)
    passages = next_visits[:, :-1]
    pairs = np.argwhere(passages >= least)
    names = np.flatnonzero(unbound >= least)
    found = []
    for block in _blocks(pairs, names):
        counts = _count(walk, block, names)
        for pair, name in np.argwhere(counts[:, :, 0] >= least):
            source, target = (int(place) for place in block[pair])
            hits, instances, persons = (int(number) for number in counts[pair, name])
            of = int(passages[source, target])
            if hits < frequent.share * of - 1e-9:
                continue
            row = AdHoc(
                event=walk.paths.names[names[name]],
                from_card=model.placements[source].card,
                to_card=model.placements[target].card,
                passages=hits,
                instances=instances,
                persons=persons,
                of=of,
                share=wilson(hits, of),
            )
            found.append(((-hits, int(names[name]), source, target), row))
    return tuple(row for _, row in sorted(found, key=lambda entry: entry[0]))


def _blocks(pairs: Array, names: Array) -> Iterator[Array]:
    if not len(names):
        return
    step = max(1, CELLS_AT_ONCE // len(names))
    for begin in range(0, len(pairs), step):
        yield pairs[begin : begin + step]


def _count(walk: Walk, pairs: Array, names: Array) -> Array:
    """Passages, instances and persons per pair and name, int64 [n_pairs, n_names, 3]."""
    pair_of, number_of = tables(len(walk.model.placements), pairs, len(walk.paths.names), names)
    total: Array = walk.reduce(bind(_count_stretch, pair_of, number_of), operator.add)
    return total


def tables(n_placements: int, pairs: Array, n_names: int, names: Array) -> tuple[Array, Array]:
    """The numbers of the passages in ``pairs`` and of ``names``, -1 for others: as ``count_between`` wants them."""
    pair_of = np.full((n_placements, n_placements), -1, dtype=np.int32)
    pair_of[pairs[:, 0], pairs[:, 1]] = np.arange(len(pairs))
    number_of = np.full(n_names, -1, dtype=np.int32)
    number_of[names] = np.arange(len(names))
    return pair_of, number_of


def _count_stretch(pair_of: Array, number_of: Array, stretch: Stretch) -> Array:
    from hamsafar.journeys.designed.kernels.between import count_between

    shape = (int(pair_of.max(initial=-1)) + 1, int(number_of.max(initial=-1)) + 1)
    counts = np.zeros((*shape, 3), dtype=np.int64)
    latest = np.full((*shape, 2), -1, dtype=np.int64)
    instance = -1
    for chunk in stretch.chunks:
        instance = count_between(
            chunk.place,
            chunk.event,
            chunk.code,
            chunk.offset,
            chunk.person,
            pair_of,
            number_of,
            counts,
            latest,
            instance,
        )
    return counts
