"""The index of a workspace's store: memory-mapped files beside it, which follow the events."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hamsafar.journeys.build import Asks, fill, index_of, survey
from hamsafar.journeys.columns import sorted_arrays
from hamsafar.journeys.index import PathIndex
from hamsafar.journeys.mapped import Array, NotAMappedFile, Shapes, opening, writing
from hamsafar.journeys.merge import Merge
from hamsafar.journeys.store_state import Events, File, events_between, only_grew, state
from hamsafar.journeys.stored_properties import StoredProperties

INDEX = "path index"

Plan = tuple[Shapes, Callable[[dict[str, Array]], None]]


def from_store(events: Events, directory: Path) -> PathIndex:
    """The index of all events of a workspace, kept in ``directory``.

    When events only came since the file there was written, they are merged into a new one. A file that is missing,
    cut short, damaged, of another layout, or of a state of the store from which events were removed is built anew.
    Both give the same bytes. Several threads or processes may do so at once: each writes a file of its own and
    renames it, so that whoever is stopped in the middle leaves the old one.
    """
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / "index.paths"
    with events.snapshot() as asks:
        now = state(asks)
        try:
            meta, arrays = opening(path, INDEX)
            if meta["state"] == now:
                return _index(events, directory, (meta, arrays))
            outdated: File | None = (meta, arrays)
        except NotAMappedFile:
            outdated = None
        last_seq = asks.rows("select coalesce(max(seq), -1) from events")[0][0]
        # No two states of a store share a stamp, so it is the index's version too.
        meta = {"state": now, "last_seq": last_seq, "version": now[1]}
        shapes, write = _merged(asks, outdated, last_seq) or _rebuilt(asks)
        with writing(path, INDEX, shapes, meta) as arrays:
            write(arrays)
    return _index(events, directory, opening(path, INDEX))


def _rebuilt(asks: Asks) -> Plan:
    known = survey(asks, "events")
    return known.shapes(), lambda arrays: fill(asks, "events", known, arrays)


def _merged(asks: Asks, outdated: File | None, last_seq: int) -> Plan | None:
    """How to merge what came since; None when it cannot be."""
    if outdated is None:
        return None
    meta, arrays = outdated
    if not only_grew(asks, meta, len(arrays["code"]), last_seq):
        return None
    new, _ = sorted_arrays(events_between(asks, meta["last_seq"], last_seq))
    merge = Merge.of(arrays, new)
    return merge.shapes(), merge.fill


def _index(events: Events, directory: Path, file: File) -> PathIndex:
    meta, arrays = file
    return index_of(
        arrays, properties=StoredProperties(events, directory, meta, arrays), version=meta["version"]
    )
