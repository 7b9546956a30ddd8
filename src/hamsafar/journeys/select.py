"""Restricting an index to a time range and to events with certain properties."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.index import PathIndex, PropertyColumn, fingerprint
from hamsafar.lib.conditions import Condition

Mask = npt.NDArray[np.bool_]


def select(
    index: PathIndex, from_us: int | None, to_us: int | None, conditions: tuple[Condition, ...]
) -> PathIndex:
    """See ``Askable.select``."""
    kept = np.ones(index.n_events, dtype=bool)
    if from_us is not None:
        kept &= index.at_us >= from_us
    if to_us is not None:
        kept &= index.at_us < to_us
    for condition in conditions:
        kept &= index.properties[condition.property].matching(condition)
    chosen = restricted(index, kept, _describe(from_us, to_us, conditions))
    if to_us is None or to_us >= index.data_end_us:
        return chosen
    return replace(chosen, until_us=to_us)


def restricted(index: PathIndex, kept: Mask, reason: str) -> PathIndex:
    """The index of the events where ``kept`` bool [n_events] is true; ``reason`` goes into its version."""
    # Every path has an event, so no two offsets are equal and reduceat sums each path's own events.
    counts = (
        np.add.reduceat(kept, index.offset[:-1], dtype=np.int64)
        if index.n_paths
        else np.empty(0, dtype=np.int64)
    )
    numbers = np.flatnonzero(counts)
    offset = np.zeros(len(numbers) + 1, dtype=np.int64)
    np.cumsum(counts[numbers], out=offset[1:])
    persons, owner = numbers, None
    if index.owner is not None:
        persons, owner = np.unique(index.owner[numbers], return_inverse=True)
    return PathIndex(
        code=index.code[kept],
        at_us=index.at_us[kept],
        offset=offset,
        names=index.names,
        persons=index.persons.take(persons),
        properties=SelectedProperties(index.properties, kept),
        version=fingerprint(texts=(index.version, reason)),
        rejected=index.rejected,
        unit=index.unit,
        owner=owner,
        until_us=_until(index),
    )


def _until(index: PathIndex) -> int | None:
    """What is chosen of an index does not end earlier than the index does; one without events says nothing."""
    return index.data_end_us if index.n_events else index.until_us


class SelectedProperties(Mapping[str, PropertyColumn]):
    """The columns of another index at the kept events, a mask or places, cut out when asked for."""

    def __init__(self, whole: Mapping[str, PropertyColumn], kept: Mask | npt.NDArray[np.int64]) -> None:
        self._whole, self._kept = whole, kept
        self._columns: dict[str, PropertyColumn] = {}
        self._lock = Lock()

    def __getitem__(self, name: str) -> PropertyColumn:
        with self._lock:
            if name not in self._columns:
                column = self._whole[name]
                self._columns[name] = PropertyColumn(column.code[self._kept], column.values)
            return self._columns[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole)

    def __len__(self) -> int:
        return len(self._whole)


def _describe(from_us: int | None, to_us: int | None, conditions: tuple[Condition, ...]) -> str:
    plain: list[dict[str, Any]] = [condition.to_dict() for condition in conditions]
    return json.dumps([from_us, to_us, plain], ensure_ascii=False, default=str)
