"""Making an index of events given as columns in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from hamsafar.journeys.build import index_of
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
from hamsafar.journeys.mapped import Array
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
    table = {
        "person": pa.array(person, pa.large_string()),
        "name": pa.array(name, pa.large_string()),
        "at_us": pa.array(np.asarray(at_us, dtype=np.int64)),
    }
    arrays, order = sorted_arrays(pa.table(table))
    columns = {
        title: coded([values[place] for place in order.tolist()]) for title, values in properties.items()
    }
    version = fingerprint(
        *(arrays[array] for array in sorted(arrays)),
        *(column.code for column in columns.values()),
        texts=(*columns, *(repr(column.values) for column in columns.values())),
    )
    return index_of(arrays, properties=Columns(columns), version=version, rejected=rejected)


def sorted_arrays(events: pa.Table) -> tuple[dict[str, Array], npt.NDArray[np.int64]]:
    """The arrays of an index (as ``build.fill`` writes them) of events in memory, in the order they came in.

    ``events`` has the columns person and name (large_string), at_us (int64). Also returns which event stands at
    each place, int64 [n_events].
    """
    codes, texts = {}, {}
    for column in ("person", "name"):
        coded_texts = events[column].combine_chunks().dictionary_encode()
        # Arrow orders texts by their bytes, which in UTF-8 is the order of code points.
        order = pc.sort_indices(coded_texts.dictionary)
        rank = np.empty(len(order), np.int64)
        rank[order.to_numpy()] = np.arange(len(order))
        codes[column] = rank[coded_texts.indices.to_numpy()]
        texts[column] = TextColumn.of_arrow(coded_texts.dictionary.take(order))
    times = events["at_us"].to_numpy()
    order = np.lexsort((times, codes["person"]))  # stable: equal times keep their order
    n_persons = len(texts["person"])
    offset = np.zeros(n_persons + 1, np.int64)
    np.cumsum(np.bincount(codes["person"], minlength=n_persons), out=offset[1:])
    arrays = {
        "code": codes["name"].astype(code_type(len(texts["name"])))[order],
        "at_us": times[order],
        "offset": offset,
        "person_offset": texts["person"].offset,
        "person_data": texts["person"].data,
        "name_offset": texts["name"].offset,
        "name_data": texts["name"].data,
    }
    return arrays, order


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
