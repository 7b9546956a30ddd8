"""The index of a store: built once per state, files recognised or rebuilt, properties beside it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from hamsafar.events.store import SCHEMA, EventStores, WorkspaceEvents
from hamsafar.journeys import Condition, PathIndex, from_store, stored
from hamsafar.journeys.errors import IndexIsStale, UnknownProperty
from hamsafar.journeys.mapped import NotAMappedFile, opening

EVENTS: list[tuple[str, str, int, str | None, dict[str, Any]]] = [
    ("sara", "visit", 20, "web", {"city": "تهران"}),
    ("ali", "visit", 10, "app", {"city": "شیراز", "a/b~c": 1}),
    ("sara", "buy", 10, None, {"amount": 120.5, "city": None}),
    ("ali", "buy", 30, "web", {"amount": 7, "new": True}),
    ("ali", "call", 30, None, {"channel": "own", "0": "zero"}),
]


def table(events: list[tuple[str, str, int, str | None, dict[str, Any]]], first_row: int = 0) -> pa.Table:
    return pa.Table.from_pylist(
        [
            {
                "person": person,
                "name": name,
                "at_us": at_us,
                "channel": channel,
                "properties": json.dumps(properties, ensure_ascii=False),
                "row": first_row + row,
            }
            for row, (person, name, at_us, channel, properties) in enumerate(events)
        ],
        schema=SCHEMA,
    )


@pytest.fixture
def events(tmp_path: Path) -> Iterator[WorkspaceEvents]:
    with EventStores.open(tmp_path) as stores:
        workspace = stores.workspace("w")
        workspace.append(table(EVENTS), import_id="one")
        yield workspace


def lines(index: PathIndex) -> list[str]:
    return [
        f"{index.persons[person]} {index.names[index.code[place]]} {index.at_us[place]}"
        for person in range(index.n_persons)
        for place in range(index.offset[person], index.offset[person + 1])
    ]


PATHS = ["ali visit 10", "ali buy 30", "ali call 30", "sara buy 10", "sara visit 20"]


def test_a_store_has_an_index_in_memory_mapped_files(events: WorkspaceEvents, tmp_path: Path) -> None:
    index = from_store(events, tmp_path / "index")
    assert lines(index) == PATHS
    assert isinstance(index.at_us.base, np.memmap)
    with pytest.raises(ValueError, match="read-only"):
        index.at_us[0] = 0


def test_it_is_built_once_and_anew_when_the_events_change(events: WorkspaceEvents, tmp_path: Path) -> None:
    first = from_store(events, tmp_path / "index")
    written = (tmp_path / "index" / "index.paths").stat().st_mtime_ns
    assert from_store(events, tmp_path / "index").version == first.version
    assert (tmp_path / "index" / "index.paths").stat().st_mtime_ns == written
    events.append(table([("sara", "call", 40, None, {})]), import_id="two")
    second = from_store(events, tmp_path / "index")
    assert lines(second) == [*PATHS, "sara call 40"]
    assert lines(first) == PATHS  # whoever still reads the old index reads it whole
    events.undo_import("two")
    third = from_store(events, tmp_path / "index")
    assert lines(third) == PATHS
    assert len({first.version, second.version, third.version}) == 3


def test_a_rebuild_gives_the_identical_index(events: WorkspaceEvents, tmp_path: Path) -> None:
    one, two = (from_store(events, tmp_path / place) for place in ("a", "b"))
    assert one.version == two.version
    first, second = ((tmp_path / place / "index.paths").read_bytes() for place in ("a", "b"))
    assert first == second


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def lengthen(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\0")


def empty(path: Path) -> None:
    path.write_bytes(b"")


def foreign(path: Path) -> None:
    path.write_bytes(b"PAR1" * 5000)


def flip_in_header(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[40] ^= 1
    path.write_bytes(content)


def other_layout(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[8] += 1
    path.write_bytes(content)


def a_property(path: Path) -> None:
    shutil.copy(next(path.parent.glob("property-*")), path)


@pytest.mark.parametrize(
    "damage", [cut, lengthen, empty, foreign, flip_in_header, other_layout, a_property, Path.unlink]
)
def test_a_file_that_is_not_ours_is_not_believed(
    events: WorkspaceEvents, tmp_path: Path, damage: Any
) -> None:
    place = tmp_path / "index"
    version = from_store(events, place).version
    from_store(events, place).properties["city"]
    damage(place / "index.paths")
    with pytest.raises(NotAMappedFile):
        opening(place / "index.paths", stored.INDEX)
    index = from_store(events, place)
    assert lines(index) == PATHS
    assert index.version == version


def test_no_byte_of_the_header_can_be_changed(events: WorkspaceEvents, tmp_path: Path) -> None:
    path = tmp_path / "index" / "index.paths"
    from_store(events, path.parent)
    whole = path.read_bytes()
    header = 16 + int.from_bytes(whole[12:16], "little") + 4
    with path.open("r+b") as file:
        for place in range(header):
            file.seek(place)
            file.write(bytes([whole[place] ^ 0x80]))
            file.flush()
            with pytest.raises(NotAMappedFile):
                opening(path, stored.INDEX)
            file.seek(place)
            file.write(whole[place : place + 1])
    assert path.read_bytes() == whole


def test_an_event_takes_at_most_eleven_bytes(tmp_path: Path) -> None:
    """With paths of twenty events and ids of eighteen characters; the file's header is not counted."""
    rows = [(f"customer-{n // 20:09}", "abc"[n % 3], n, None, {}) for n in range(20_000)]
    with EventStores.open(tmp_path) as stores:
        store = stores.workspace("w")
        store.append(table(rows), import_id="one")
        from_store(store, tmp_path / "index")
    assert ((tmp_path / "index" / "index.paths").stat().st_size - 8_192) / len(rows) <= 11


def test_the_index_of_another_store_is_not_believed(events: WorkspaceEvents, tmp_path: Path) -> None:
    """Same number of changes, same number of events: only the events themselves differ."""
    with EventStores.open(tmp_path / "other") as stores:
        other = stores.workspace("w")
        other.append(table([(f"x{person}", *rest) for person, *rest in EVENTS]), import_id="one")
        from_store(other, tmp_path / "index")
        assert other.watermark().version == events.watermark().version
    assert lines(from_store(events, tmp_path / "index")) == PATHS


def test_what_a_killed_process_left_behind_is_removed(events: WorkspaceEvents, tmp_path: Path) -> None:
    place = tmp_path / "index"
    place.mkdir()
    old, new = place / ".index.paths.1.aa.part", place / ".index.paths.2.bb.part"
    for path in (old, new):
        path.touch()
    os.utime(old, (0, 0))
    from_store(events, place)
    assert not old.exists()
    assert new.exists()  # perhaps still being written


def values(index: PathIndex, name: str) -> list[Any]:
    column = index.properties[name]
    return [column.values[code] if code >= 0 else None for code in column.code]


def test_property_columns_are_in_the_order_of_the_index(events: WorkspaceEvents, tmp_path: Path) -> None:
    index = from_store(events, tmp_path / "index")
    assert values(index, "city") == ["شیراز", None, None, None, "تهران"]
    assert values(index, "amount") == [None, 7, None, 120.5, None]
    assert values(index, "a/b~c") == [1, None, None, None, None]
    assert values(index, "0") == [None, None, "zero", None, None]
    assert values(index, "new") == [None, True, None, None, None]
    assert values(index, "channel") == ["app", "web", "own", None, "web"]
    again = from_store(events, tmp_path / "index")
    assert values(again, "city") == values(index, "city")
    assert lines(index.select(conditions=[Condition("channel", "=", "web")])) == [
        "ali buy 30",
        "sara visit 20",
    ]


def test_a_damaged_or_exchanged_property_file_is_not_believed(
    events: WorkspaceEvents, tmp_path: Path
) -> None:
    place = tmp_path / "index"
    from_store(events, place).properties["city"]
    (city,) = place.glob("property-*")
    from_store(events, place).properties["amount"]
    (amount,) = set(place.glob("property-*")) - {city}
    shutil.copy(amount, city)
    cut(amount)
    index = from_store(events, place)
    assert values(index, "city")[0] == "شیراز"
    assert values(index, "amount")[1] == 7


def test_an_unknown_property_offers_the_nearest(events: WorkspaceEvents, tmp_path: Path) -> None:
    index = from_store(events, tmp_path / "index")
    with pytest.raises(UnknownProperty, match="Did you mean “amount”"):
        index.properties["amonut"]
    assert not list((tmp_path / "index").glob("*.part"))
    assert sorted(index.properties) == ["0", "a/b~c", "amount", "channel", "city", "new"]


def test_a_column_can_be_made_while_events_arrive_but_not_after_some_were_removed(
    events: WorkspaceEvents, tmp_path: Path
) -> None:
    events.append(table([("sara", "call", 40, None, {"city": "قم"})]), import_id="two")
    index = from_store(events, tmp_path / "index")
    events.append(table([("ali", "call", 5, None, {"city": "یزد"})]), import_id="three")
    assert values(index, "city") == ["شیراز", None, None, None, "تهران", "قم"]
    events.undo_import("two")
    with pytest.raises(IndexIsStale):
        index.properties["amount"]
    assert values(from_store(events, tmp_path / "index"), "city")[0] == "یزد"


def test_an_empty_store_has_an_empty_index(tmp_path: Path) -> None:
    with EventStores.open(tmp_path) as stores:
        for _ in range(2):  # built, then opened
            index = from_store(stores.workspace("w"), tmp_path / "index")
            assert (index.n_events, index.n_persons, index.names) == (0, 0, ())
            assert index.overview().to_dict()["events"] == 0
            assert index.transitions().to_dict()["rows"] == []
            assert index.variants().to_dict()["rows"] == []
