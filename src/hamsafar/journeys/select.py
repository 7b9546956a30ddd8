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
from hamsafar.journeys.parts import Part, run_parts
from hamsafar.lib.conditions import Condition

Mask = npt.NDArray[np.bool_]


def select(
    index: PathIndex, from_us: int | None, to_us: int | None, conditions: tuple[Condition, ...]
) -> PathIndex:
    """See ``Askable.select``."""
    kept = np.ones(index.n_events, dtype=bool)

    def within(part: Part) -> None:
        events = slice(int(index.offset[part.first]), int(index.offset[part.last]))
        if from_us is not None:
            kept[events] &= index.at_us[events] >= from_us
        if to_us is not None:
            kept[events] &= index.at_us[events] < to_us

    if from_us is not None or to_us is not None:
        run_parts(index, within)
    for condition in conditions:
        kept &= index.properties[condition.property].matching(condition)
    chosen = restricted(index, kept, _describe(from_us, to_us, conditions))
    if to_us is None or to_us >= index.data_end_us:
        return chosen
    return replace(chosen, until_us=to_us)


def restricted(index: PathIndex, kept: Mask, reason: str) -> PathIndex:
    """The index of the events where ``kept`` bool [n_events] is true; ``reason`` goes into its version."""
    from hamsafar.journeys.kernels.selecting import count_kept, keep_events

    counts = np.concatenate(
        run_parts(index, lambda part: count_kept(kept, index.offset, part.first, part.last))
    )
    before = np.zeros(len(counts) + 1, dtype=np.int64)
    np.cumsum(counts, out=before[1:])
    code = np.empty(before[-1], dtype=index.code.dtype)
    at_us = np.empty(before[-1], dtype=np.int64)

    def keep(part: Part) -> None:
        own = slice(int(before[part.first]), int(before[part.last]))
        keep_events(index.code, index.at_us, kept, index.offset[part.first], code[own], at_us[own])

    run_parts(index, keep)
    numbers = np.flatnonzero(counts)
    offset = np.append(before[numbers], before[-1])
    persons, owner = numbers, None
    if index.owner is not None:
        persons, owner = np.unique(index.owner[numbers], return_inverse=True)
    return PathIndex(
        code=code,
        at_us=at_us,
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
