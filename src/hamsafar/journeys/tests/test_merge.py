"""New events are merged into the stored index: the very bytes of a rebuild, and whole or not at all."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamsafar.events.store import SCHEMA, EventStores, WorkspaceEvents
from hamsafar.journeys import from_store, merge, store_state, stored
from hamsafar.journeys.errors import UnknownProperty

Event = tuple[str, str, int, dict[str, Any]]

# Few persons, names and times, so that most events are of a person who is there, at a time that is there.
events_ = st.lists(
    st.tuples(
        st.sampled_from(["", "a", "ab", "b", "آرش", "𝔊"]).map(lambda text: "p" + text),
        st.sampled_from(["buy", "call", "visit", "خرید", "a longer name"]),
        st.integers(-2, 3),
        st.fixed_dictionaries({}, optional={"city": st.sampled_from([None, "یزد", "قم", 1, 1.5, True])}),
    ),
    max_size=6,
)
history = st.lists(st.one_of(events_, st.just("undo"), st.just("look at cities")), max_size=6)


def append(store: WorkspaceEvents, events: list[Event], import_id: str) -> None:
    rows = [
        (person, name, at_us, None, json.dumps(properties, ensure_ascii=False), row)
        for row, (person, name, at_us, properties) in enumerate(events)
    ]
    columns = list(zip(*rows, strict=True)) or [()] * 6
    store.append(
        pa.table([pa.array(c, f.type) for c, f in zip(columns, SCHEMA, strict=True)], schema=SCHEMA),
        import_id=import_id,
    )


@pytest.fixture(scope="module")
def stores() -> Iterator[EventStores]:
    with TemporaryDirectory() as folder, EventStores.open(folder) as opened:
        yield opened


@settings(max_examples=40, deadline=None)
@given(history, st.sampled_from([1, 3, 4_000_000]))
def test_a_merged_index_is_the_rebuilt_one(stores: EventStores, steps: list[Any], at_once: int) -> None:
    """After any appends and undone imports, with property columns asked for now and then."""
    stores.delete("w")
    store = stores.workspace("w")
    before = merge._AT_ONCE
    merge._AT_ONCE = at_once
    try:
        with TemporaryDirectory() as folder:
            kept = Path(folder) / "kept"
            for number, step in enumerate(steps):
                if step == "undo":
                    store.undo_import(f"import {number - 1}")
                elif step == "look at cities":
                    cities(store, kept)
                else:
                    append(store, step, f"import {number}")
                from_store(store, kept)
            afresh = Path(folder) / "afresh"
            from_store(store, kept)
            from_store(store, afresh)
            assert (kept / "index.paths").read_bytes() == (afresh / "index.paths").read_bytes()
            assert cities(store, kept) == cities(store, afresh)
            for file in afresh.glob("property-*"):
                assert (kept / file.name).read_bytes() == file.read_bytes()
    finally:
        merge._AT_ONCE = before


def cities(store: WorkspaceEvents, folder: Path) -> list[Any]:
    try:
        column = from_store(store, folder).properties["city"]
    except UnknownProperty:
        return ["nobody has one"]
    return [column.values[code] if code >= 0 else None for code in column.code.tolist()]


def test_events_that_came_since_are_merged_and_after_an_undo_they_are_not(tmp_path: Path) -> None:
    def grew() -> bool:
        with store.snapshot() as asks:
            (last_seq,) = asks.rows("select max(seq) from events")[0]
            return store_state.only_grew(asks, meta, 2, last_seq)

    with EventStores.open(tmp_path) as stores:
        store = stores.workspace("w")
        append(store, [("sara", "visit", 1, {}), ("ali", "visit", 1, {})], "one")
        from_store(store, tmp_path / "index")
        meta, _ = stored.opening(tmp_path / "index" / "index.paths", stored.INDEX)
        append(store, [("ali", "buy", 0, {})], "two")
        assert grew()
        append(store, [("ali", "buy", 0, {})], "again")  # known already: adds nothing
        assert grew()
        store.undo_import("two")
        assert not grew()
        append(store, [("ali", "buy", 0, {})], "three")
        assert not grew()


def test_more_names_than_a_byte_can_tell_widen_the_codes(tmp_path: Path) -> None:
    with EventStores.open(tmp_path) as stores:
        store = stores.workspace("w")
        append(store, [("p", f"n{number:03}", number, {}) for number in range(1, 257)], "one")
        assert from_store(store, tmp_path / "index").code.dtype == np.uint8
        append(store, [("p", "n000", 10, {}), ("o", "n010", 10, {})], "two")
        index = from_store(store, tmp_path / "index")
        assert index.code.dtype == np.uint16
        assert [index.names[code] for code in index.code[:13]] == [
            "n010", *(f"n{number:03}" for number in range(1, 11)), "n000", "n011",
        ]  # fmt: skip
        rebuilt = from_store(store, tmp_path / "afresh")
        assert index.code.tobytes() == rebuilt.code.tobytes()


_KILLED = """
import os, signal, sys
from pathlib import Path
from hamsafar.events.store import EventStores
from hamsafar.journeys import from_store, mapped

mapped.FileWriter.finish = lambda *_: os.kill(os.getpid(), signal.SIGKILL)  # all is written but the header
with EventStores.open(sys.argv[1]) as stores:
    from_store(stores.workspace("w"), Path(sys.argv[1]) / "index")
"""


def test_a_process_killed_in_the_middle_leaves_the_old_index(tmp_path: Path) -> None:
    index = tmp_path / "index" / "index.paths"
    with EventStores.open(tmp_path) as stores:
        store = stores.workspace("w")
        append(store, [("sara", "visit", 1, {})], "one")
        from_store(store, index.parent)
        append(store, [("ali", "visit", 1, {})], "two")
    before = index.read_bytes()
    source = Path(stored.__file__).parents[2]
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED, tmp_path], env={**os.environ, "PYTHONPATH": str(source)}, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    assert index.read_bytes() == before
    with EventStores.open(tmp_path) as stores:
        assert list(from_store(stores.workspace("w"), index.parent).persons) == ["ali", "sara"]
