"""Property columns of a store's index, each a file beside it, made when first asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from hamsafar.journeys.build import NULL, Asks, decoded, fill_property, property_values, value_of
from hamsafar.journeys.columns import sorted_arrays
from hamsafar.journeys.errors import IndexIsStale, UnknownProperty
from hamsafar.journeys.index import PropertyColumn
from hamsafar.journeys.mapped import Array, NotAMappedFile, opening, writing
from hamsafar.journeys.merge import merged_codes, places_in, woven
from hamsafar.journeys.store_state import Events, File, events_between, only_grew
from hamsafar.journeys.text_column import TextColumn

PROPERTY = "property column"


class StoredProperties(Mapping[str, PropertyColumn]):
    """Property columns of one state of a store.

    The file of an earlier state is taken on by the values of the events that came since. Events that came later
    than this state are left out, so a column can still be made of a state that is past; unless events were removed
    from it.
    """

    def __init__(
        self, events: Events, directory: Path, meta: Mapping[str, Any], arrays: dict[str, Array]
    ) -> None:
        self._events, self._directory, self._arrays = events, directory, arrays
        self._state, self._last_seq = meta["state"], meta["last_seq"]
        self._columns: dict[str, PropertyColumn] = {}
        self._lock = Lock()

    def __getitem__(self, name: str) -> PropertyColumn:
        with self._lock:
            if name not in self._columns:
                self._columns[name] = self._column(name)
            return self._columns[name]

    def __iter__(self) -> Iterator[str]:
        with self._events.snapshot() as asks:
            rows = asks.rows(
                "select distinct unnest(json_keys(properties)) from events union "
                "select 'channel' from events where channel is not null order by 1"
            )
        return iter([name for (name,) in rows])

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _column(self, name: str) -> PropertyColumn:
        title = hashlib.blake2b(name.encode(), digest_size=12).hexdigest()
        path = self._directory / f"property-{title}.paths"
        wanted = {"state": self._state, "name": name, "last_seq": self._last_seq}
        outdated: File | None = None
        try:
            meta, arrays = opening(path, PROPERTY)
            if meta == wanted:
                return _opened(arrays)
            outdated = (meta, arrays) if meta["name"] == name else None
        except NotAMappedFile:
            pass
        with self._events.snapshot() as asks:
            if not (self._merged(asks, path, wanted, outdated) or self._built(asks, path, wanted)):
                raise UnknownProperty(name=name, known=list(self))
        return _opened(opening(path, PROPERTY)[1])

    def _built(self, asks: Asks, path: Path, wanted: dict[str, Any]) -> bool:
        """Write the column of all events; False when none has the property."""
        then, n_events = f"(from events where seq <= {int(self._last_seq)})", len(self._arrays["code"])
        if asks.rows(f"select count(*) from {then}")[0][0] != n_events:
            raise IndexIsStale()
        values = property_values(asks, then, wanted["name"])
        if values:
            with writing(path, PROPERTY, _shapes(n_events, values), wanted) as arrays:
                _fill_values(arrays, values)
                fill_property(asks, then, wanted["name"], values, arrays["code"])
        return bool(values)

    def _merged(self, asks: Asks, path: Path, wanted: dict[str, Any], outdated: File | None) -> bool:
        """Write the column of an earlier state with the values of the events since; False when it cannot be."""
        if outdated is None:
            return False
        meta, old = outdated
        if not only_grew(asks, meta, len(old["code"]), self._last_seq):
            return False
        since = events_between(asks, meta["last_seq"], self._last_seq, value_of(wanted["name"]))
        new, order = sorted_arrays(since)
        n_events = len(self._arrays["code"])
        if len(old["code"]) + len(new["code"]) != n_events:
            raise IndexIsStale()
        coded = since["value"].combine_chunks().dictionary_encode()
        new_values = coded.dictionary.to_pylist()
        old_values = _values(old)
        values = sorted({*old_values, *new_values} - {NULL})
        code = merged_codes(values, new_values)[coded.indices.fill_null(-1).to_numpy()][order]
        table = None if len(values) == len(old_values) else merged_codes(values, old_values)
        with writing(path, PROPERTY, _shapes(n_events, values), wanted) as arrays:
            _fill_values(arrays, values)
            woven(arrays["code"], old["code"], code, places_in(self._arrays, new), table)
        return True


def _shapes(n_events: int, values: list[str]) -> dict[str, tuple[np.dtype[Any], int]]:
    texts = TextColumn.of(values)
    return {
        "code": (np.dtype(np.int32), n_events),
        "value_offset": (np.dtype(np.int64), len(texts.offset)),
        "value_data": (np.dtype(np.uint8), len(texts.data)),
    }


def _fill_values(arrays: dict[str, Array], values: list[str]) -> None:
    texts = TextColumn.of(values)
    arrays["value_offset"][:], arrays["value_data"][:] = texts.offset, texts.data


def _values(arrays: dict[str, Array]) -> list[str]:
    return list(TextColumn(arrays["value_offset"], arrays["value_data"]))


def _opened(arrays: dict[str, Array]) -> PropertyColumn:
    return PropertyColumn(arrays["code"], decoded(_values(arrays)))
