"""The fast way must give what the slow way gives, or leave the file to it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from hamsafar.events.files import Mapping, read_batches
from hamsafar.events.files.bulk import bulk_select
from hamsafar.events.store import EventStores

AT = datetime(2026, 3, 21, 14, 30, 0, 123456, tzinfo=UTC)
MAPPING = Mapping(
    person="who",
    event="what",
    time="at",
    properties=("amount", "price", "city", "vip"),
    channel="via",
    numbers=("amount", "price"),
)
COLUMNS: dict[str, list[Any]] = {
    "who": ["17", "ali reza", "007"],
    "what": ["buy now", "visit", "visit"],
    "at": [AT, AT, AT],
    "via": ["web", "app", "web"],
    "amount": [1250000, None, -3],
    "price": [12.5, 1250000.0, None],
    "city": ['Yazd "old" \\ town', None, "Shiraz"],
    "vip": [True, False, None],
}


def written(path: Path, **changed: Any) -> Path:
    columns = {**COLUMNS, **changed}
    arrays = {
        name: values if isinstance(values, pa.Array) else pa.array(values) for name, values in columns.items()
    }
    if isinstance(columns["at"], list):
        arrays["at"] = pa.array(columns["at"], pa.timestamp("us", "UTC"))
    pq.write_table(pa.table(arrays), path / "events.parquet")
    return path / "events.parquet"


def test_both_ways_give_the_same_events(tmp_path: Path) -> None:
    path = written(tmp_path)
    bulk = bulk_select(path, MAPPING)
    assert bulk is not None
    with EventStores.open(tmp_path) as stores:
        fast, slow = stores.workspace("fast"), stores.workspace("slow")
        assert fast.append_from_sql(*bulk, import_id="i1").added == 3
        for batch in read_batches(path, MAPPING):
            slow.stage(batch.table, import_id="i1", resume_point=batch.next_row)
        assert slow.finish_import("i1").added == 3
        columns = "select person, name, at_us, channel, properties, row from events order by seq"
        with fast.snapshot() as one, slow.snapshot() as other:
            assert one.rows(columns) == other.rows(columns)


@pytest.mark.parametrize(
    "changed",
    [
        {"who": ["17", None, "x"]},
        {"who": ["17", " ali", "x"]},
        {"who": ["17.0", "ali", "x"]},
        {"who": ["۱۷", "ali", "x"]},
        {"who": [1.0, 2.0, 3.0]},
        {"what": ["buy", "", "x"]},
        {"what": ["buy", "two  spaces", "x"]},
        {"what": ["buy", "x" * 201, "x"]},
        {"at": [AT, None, AT]},
        {"at": [AT, AT.replace(year=2150), AT]},
        {"at": pa.array(["2026-01-01", "2026-01-01", "2026-01-02"])},
        {"price": [1e20, 1.0, 2.0]},
        {"price": [float("nan"), 1.0, 2.0]},
        {"city": ["يزد", "x", "y"]},
        {"city": [["a"], ["b"], ["c"]]},
    ],
)
def test_a_file_that_needs_reading_is_left_to_the_reader(tmp_path: Path, changed: dict[str, Any]) -> None:
    assert bulk_select(written(tmp_path, **changed), MAPPING) is None


def test_other_mappings_are_left_to_the_reader(tmp_path: Path) -> None:
    path = written(tmp_path)
    naive = written(tmp_path, at=pa.array([AT.replace(tzinfo=None)] * 3, pa.timestamp("us")))
    assert bulk_select(naive, Mapping("who", "what", "at")) is not None
    assert bulk_select(naive, Mapping("who", "what", "at", timezone="Asia/Tehran")) is None
    assert bulk_select(path, Mapping("who", "what", "nowhere")) is None
    (tmp_path / "events.csv").write_text("who,what,at\n1,visit,2026-01-01\n")
    assert bulk_select(tmp_path / "events.csv", Mapping("who", "what", "at")) is None
