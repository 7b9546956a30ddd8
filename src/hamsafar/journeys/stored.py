"""The index of a workspace's store: memory-mapped files beside it, rebuilt when the events have changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import numpy as np

from hamsafar.journeys.build import (
    Asks,
    decoded,
    fill,
    fill_property,
    index_of,
    property_values,
    survey,
)
from hamsafar.journeys.errors import IndexIsStale, UnknownProperty
from hamsafar.journeys.index import PathIndex, PropertyColumn
from hamsafar.journeys.mapped import NotAMappedFile, Shapes, opening, writing
from hamsafar.journeys.text_column import TextColumn

INDEX, PROPERTY = "path index", "property column"

State = list[Any]


class Events(Protocol):
    """What the index needs of ``events.store.WorkspaceEvents``."""

    def snapshot(self) -> AbstractContextManager[Asks]: ...


def from_store(events: Events, directory: Path) -> PathIndex:
    """The index of all events of a workspace, kept in ``directory``.

    A file that is missing, cut short, damaged, of another layout or of another state of the store is built
    anew. Several threads or processes may do so at once: each writes a file of its own and renames it.
    """
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / "index.paths"
    with events.snapshot() as asks:
        state = _state(asks)
        try:
            return _opened(events, path, state)
        except NotAMappedFile:
            known = survey(asks, "events")
            last_seq = asks.rows("select coalesce(max(seq), -1) from events")[0][0]
            meta: dict[str, Any] = {"state": state, "last_seq": last_seq}
            with writing(path, INDEX, known.shapes(), meta) as arrays:
                # Properties are not in these arrays, so the state of the store is part of the version too.
                meta["version"] = f"{fill(asks, 'events', known, arrays)}-{state[1]}"
    return _opened(events, path, state)


class StoredProperties(Mapping[str, PropertyColumn]):
    """Property columns of one state of a store, each a file beside the index, made when first asked for.

    Events that came later are left out, so a column can still be made of a state that is past; unless events
    were removed from it.
    """

    def __init__(self, events: Events, directory: Path, state: State, n_events: int, last_seq: int) -> None:
        self._events, self._directory, self._state, self._n_events = events, directory, state, n_events
        self._then = f"(select * from events where seq <= {last_seq})"
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
        wanted = {"state": self._state, "name": name}
        try:
            return _opened_property(path, wanted)
        except NotAMappedFile:
            with self._events.snapshot() as asks:
                if asks.rows(f"select count(*) from {self._then}")[0][0] != self._n_events:
                    raise IndexIsStale() from None
                values = property_values(asks, self._then, name)
                if values:
                    texts = TextColumn.of(values)
                    shapes: Shapes = {
                        "code": (np.dtype(np.int32), self._n_events),
                        "value_offset": (np.dtype(np.int64), len(texts.offset)),
                        "value_data": (np.dtype(np.uint8), len(texts.data)),
                    }
                    with writing(path, PROPERTY, shapes, wanted) as arrays:
                        arrays["value_offset"][:] = texts.offset
                        arrays["value_data"][:] = texts.data
                        fill_property(asks, self._then, name, values, arrays["code"])
            if not values:
                raise UnknownProperty(name=name, known=list(self)) from None
            return _opened_property(path, wanted)


def _state(asks: Asks) -> State:
    """What tells one state of a store from another: the count of its changes, and the stamp of the last."""
    return list(asks.rows("select version, stamp::varchar from state")[0])


def _opened(events: Events, path: Path, state: State) -> PathIndex:
    meta, arrays = opening(path, INDEX)
    if meta["state"] != state:
        raise NotAMappedFile(f"{path.name} is of another state of the store")
    properties = StoredProperties(events, path.parent, state, len(arrays["code"]), meta["last_seq"])
    return index_of(arrays, properties=properties, version=meta["version"])


def _opened_property(path: Path, wanted: Mapping[str, Any]) -> PropertyColumn:
    meta, arrays = opening(path, PROPERTY)
    if meta != wanted:
        raise NotAMappedFile(f"{path.name} is another property, or of another state of the store")
    values = decoded(TextColumn(arrays["value_offset"], arrays["value_data"])[:])
    return PropertyColumn(arrays["code"], values)
