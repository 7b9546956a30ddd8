"""Making an index of events given as columns in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from hamsafar.journeys.errors import UnknownProperty
from hamsafar.journeys.index import (
    ABSENT,
    PathIndex,
    PropertyColumn,
    RejectedRows,
    Times,
    code_type,
    fingerprint,
)
from hamsafar.journeys.text_column import TextColumn


class Columns(Mapping[str, PropertyColumn]):
    """Property columns that are all there already."""

    def __init__(self, columns: Mapping[str, PropertyColumn]) -> None:
        self._columns = dict(columns)

    def __getitem__(self, name: str) -> PropertyColumn:
        try:
            return self._columns[name]
        except KeyError:
            raise UnknownProperty(name=name, known=self._columns) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


def from_arrays(
    person: Sequence[str],
    name: Sequence[str],
    at_us: Sequence[int] | Times,
    properties: Mapping[str, Sequence[Any]],
    rejected: tuple[RejectedRows, ...] = (),
) -> PathIndex:
    """See ``PathIndex.from_arrays``."""
    lengths = {len(person), len(name), len(at_us), *map(len, properties.values())}
    if len(lengths) != 1:
        raise ValueError(f"columns of an index must be equally long, not {sorted(lengths)}")
    persons, names = sorted(set(person)), sorted(set(name))
    number_of = {one: number for number, one in enumerate(persons)}
    code_of = {one: code for code, one in enumerate(names)}
    numbers = np.fromiter((number_of[one] for one in person), np.int64, len(person))
    times = np.asarray(at_us, dtype=np.int64)
    order = np.lexsort((times, numbers))  # stable: equal times keep their order
    code = np.fromiter((code_of[one] for one in name), code_type(len(names)), len(name))[order]
    at_us_sorted = times[order]
    offset = np.searchsorted(numbers[order], np.arange(len(persons) + 1)).astype(np.int64)
    columns = {
        title: coded([values[place] for place in order.tolist()]) for title, values in properties.items()
    }
    return PathIndex(
        code=code,
        at_us=at_us_sorted,
        offset=offset,
        names=tuple(names),
        persons=TextColumn.of(persons),
        properties=Columns(columns),
        version=fingerprint(
            code,
            at_us_sorted,
            offset,
            *(column.code for column in columns.values()),
            texts=(*names, *persons, *columns, *(repr(column.values) for column in columns.values())),
        ),
        rejected=rejected,
    )


def coded(values: Sequence[Any]) -> PropertyColumn:
    """A property column of one value per event (None: absent). 1, 1.0 and True stay three values."""
    code_of: dict[tuple[type, Any], int] = {}
    code = np.fromiter(
        (
            ABSENT if value is None else code_of.setdefault((type(value), value), len(code_of))
            for value in values
        ),
        np.int32,
        len(values),
    )
    return PropertyColumn(code, tuple(value for _, value in code_of))
