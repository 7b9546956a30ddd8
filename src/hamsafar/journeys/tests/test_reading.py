"""Reading files into an index: the fast way for typed Parquet and the way through ``events.files`` agree."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from hamsafar import journeys
from hamsafar.events.files import FileUnreadable, bulk
from hamsafar.journeys import Condition, reading

CSV = """\
customer,status,when,city,basket
7,visit,2026-01-01 10:00:00,Tehran,
3,visit,2026-01-01 09:00:00,شيراز,
7,buy,2026-01-01 10:00:00,Tehran,120
3,call,yesterday,شیراز,
,visit,2026-01-01 09:00:00,Tehran,
7,call,2026-01-02 08:00:00,Tehran,"1,250"
"""


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    path = tmp_path / "visits.csv"
    path.write_text(CSV, encoding="utf-8")
    return path


def paths(index: journeys.PathIndex) -> dict[str, list[str]]:
    return {
        index.persons[person]: [
            index.names[code] for code in index.code[index.offset[person] : index.offset[person + 1]]
        ]
        for person in range(index.n_persons)
    }


def test_a_csv_becomes_paths_and_its_bad_rows_are_counted(csv: Path) -> None:
    index = journeys.read(csv, person="customer", event="status", time="when")
    assert paths(index) == {"3": ["visit"], "7": ["visit", "buy", "call"]}
    assert {row.code: (row.count, row.first_line) for row in index.rejected} == {
        "bad_time": (1, 5),
        "missing_person": (1, 6),
    }
    assert index.version == journeys.read(csv, person="customer", event="status", time="when").version


def test_columns_that_are_not_named_are_guessed(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("customer_id,event,time,city\n1,visit,2026-01-01,Yazd\n1,buy,2026-01-02,Qom\n")
    assert paths(journeys.read(path)) == {"1": ["visit", "buy"]}
    assert paths(journeys.read(path, event="city")) == {"1": ["Yazd", "Qom"]}
    assert paths(journeys.read(path, event_constant="seen")) == {"1": ["seen", "seen"]}
    path.write_text(
        "customer_id,event,time,seen\n1,visit,2026-01-01,1404/10/12\n1,buy,2026-01-02,1404/10/11\n"
    )
    assert paths(journeys.read(path, time="seen")) == {"1": ["buy", "visit"]}  # its own format, too


def test_named_properties_can_be_asked_for_and_others_cannot(csv: Path) -> None:
    index = journeys.read(csv, person="customer", event="status", time="when", properties=["basket", "city"])
    assert paths(index.select(conditions=[Condition("basket", ">", 200)])) == {"7": ["call"]}
    assert paths(index.select(conditions=[Condition("city", "=", "شیراز")])) == {"3": ["visit"]}
    assert index.properties["basket"].values == (120, 1250)
    with pytest.raises(journeys.errors.UnknownProperty):
        index.select(conditions=[Condition("customer", "exists")])


def test_the_channel_is_a_property_too(csv: Path) -> None:
    index = journeys.read(csv, person="customer", event="status", time="when", channel="city")
    assert paths(index.select(conditions=[Condition("channel", "=", "tehran")])) == {
        "7": ["visit", "buy", "call"]
    }


def parquet(path: Path, persons: list[str | None], times: list[datetime]) -> Path:
    names = [["a", "b", "c d"][place % 3] for place in range(len(persons))]
    pq.write_table(pa.table({"who": persons, "what": names, "at": pa.array(times, pa.timestamp("us"))}), path)
    return path


def at(hour: int) -> datetime:
    return datetime(2026, 1, 1, hour)  # noqa: DTZ001  (a column without a time zone)


def test_typed_parquet_reads_alike_both_ways(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = parquet(tmp_path / "x.parquet", ["z", "k", "z", "k 2", "z"], [at(9), at(8), at(7), at(7), at(9)])
    columns = {"person": "who", "event": "what", "time": "at"}
    assert bulk.bulk_select(path, reading.mapping_for(path, "who", "what", "at"))
    straight = journeys.read(path, **columns)
    monkeypatch.setattr(bulk, "bulk_select", lambda *_: None)
    assert journeys.read(path, **columns).version == straight.version
    assert paths(straight) == {"k": ["b"], "k 2": ["a"], "z": ["c d", "a", "b"]}


@pytest.mark.parametrize(
    ("persons", "found", "rejected"),
    [
        (["z", " z", "z"], ["z"], 0),
        (["z", "z", None], ["z"], 1),
        (["17850.0", "17850", "x"], ["17850", "x"], 0),
        (["علي", "علی", "علی"], ["علی"], 0),
    ],
)
def test_parquet_with_untidy_persons_is_tidied(
    tmp_path: Path, persons: list[str | None], found: list[str], rejected: int
) -> None:
    index = journeys.read(parquet(tmp_path / "x.parquet", persons, [at(1)] * 3), "who", "what", "at")
    assert list(index.persons) == found
    assert sum(row.count for row in index.rejected) == rejected


def test_a_time_zone_moves_naive_times(tmp_path: Path) -> None:
    path = parquet(tmp_path / "x.parquet", ["z"], [at(12)])
    index = journeys.read(path, "who", "what", "at", timezone="Asia/Tehran")
    assert index.overview().first_at == "2026-01-01T08:30:00Z"


def test_several_files_follow_one_another(tmp_path: Path) -> None:
    same_time = [at(1)] * 2
    files = [parquet(tmp_path / f"{n}.parquet", ["z", "y"], same_time) for n in (1, 2)]
    index = journeys.read(files, "who", "what", "at")
    assert paths(index) == {"y": ["b", "b"], "z": ["a", "a"]}
    csv = tmp_path / "3.csv"
    csv.write_text("who,what,at\nz,late,2026-01-01 01:00:00\n")
    assert paths(journeys.read([*files, csv], "who", "what", "at"))["z"] == ["a", "a", "late"]
    assert paths(journeys.read([csv, *files], "who", "what", "at"))["z"] == ["late", "a", "a"]


def test_a_name_with_a_star_is_one_file(tmp_path: Path) -> None:
    parquet(tmp_path / "ab.parquet", ["other"], [at(1)])
    starred = parquet(tmp_path / "a*.parquet", ["z"], [at(1)])
    assert list(journeys.read(starred, "who", "what", "at").persons) == ["z"]


def test_a_file_that_is_no_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.bin"
    path.write_bytes(b"\x00\x01\x02" * 100)
    with pytest.raises(FileUnreadable):
        journeys.read(path, "who", "what", "at")


def test_times_are_in_utc(csv: Path) -> None:
    index = journeys.read(csv, person="customer", event="status", time="when")
    assert datetime.fromtimestamp(int(index.at_us[0]) / 1e6, UTC).isoformat() == "2026-01-01T09:00:00+00:00"
