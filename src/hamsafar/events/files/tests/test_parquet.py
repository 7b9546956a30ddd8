"""Parquet: types stay what they are."""

import resource
from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from hamsafar.events.files import Mapping, errors, inspect, read_batches
from hamsafar.events.files.tests.reading import codes, read, write

AT = [
    datetime(2024, 8, 2, 10, 0, tzinfo=UTC),
    None,
    datetime(9999, 1, 1, tzinfo=UTC),
    datetime(2024, 8, 3, tzinfo=UTC),
]


def parquet(path, columns, **options):
    pq.write_table(pa.table(columns), path, **options)
    return path


def test_typed_columns(tmp_path):
    path = parquet(tmp_path / "f.parquet", {
        "CustomerID": pa.array([17850.0, 17850.0, 3.0, float("nan")]),
        "event": pa.array(["خريد", "b", "c", "d"], pa.large_string()).dictionary_encode(),
        "at": pa.array(AT, pa.timestamp("us", "Asia/Tehran")),
        "channel": pa.array(["site", None, None, None]),
        "price": pa.array([2.5, 1, 1, 1]), "quantity": pa.array([6.0, 1, 1, 1]),
        "paid": pa.array([True, False, None, None]),
        "code": pa.array(["007", "8", "9", "10"]), "day": pa.array([date(2024, 8, 2)] * 4),
        "cost": pa.array([Decimal("1.50")] * 4), "tags": pa.array([["a", "b"], [], None, None]),
        "nothing": pa.nulls(4),
    })  # fmt: skip
    guess = inspect(path).guess
    assert (guess.person, guess.event, guess.time, guess.channel) == ("CustomerID", "event", "at", "channel")
    assert "nothing" not in guess.properties
    rows, rejected = read(path)
    assert [(row["person"], row["name"], row["at"], row["channel"]) for row in rows] == [
        ("17850", "خرید", "2024-08-02T10:00:00Z", "site")
    ]
    assert rows[0]["properties"] == {
        "price": 2.5, "quantity": 6, "paid": True, "code": "007", "day": "2024-08-02", "cost": 1.5, "tags": ["a", "b"],
    }  # fmt: skip
    assert codes(rejected) == [
        (2, "missing_time", "at"),
        (3, "time_out_of_range", "at"),
        (4, "missing_person", "CustomerID"),
    ]


@pytest.mark.parametrize("group", [3, 10, 100])
def test_resuming_across_row_groups(tmp_path, group):
    path = parquet(tmp_path / "f.parquet", {
        "who": pa.array(range(40)), "what": pa.array(["a"] * 40), "when": pa.array([1722592800 + n for n in range(40)]),
    }, row_group_size=group)  # fmt: skip
    mapping = Mapping(person="who", event="what", time="when")
    whole, _ = read(path, mapping)
    assert [row["row"] for row in whole] == list(range(40))
    for start in (0, 1, 3, 10, 39, 40):
        assert read(path, mapping, batch_rows=7, start_row=start)[0] == whole[start:]


def test_broken_files(tmp_path):
    data = parquet(
        tmp_path / "f.parquet", {"who": pa.array(range(1000)), "when": pa.array(range(1000))}
    ).read_bytes()
    for content in (data[:500], data[:-20], b"PAR1" + bytes(100) + b"PAR1"):
        with pytest.raises(errors.FileBroken, match="Parquet"):
            inspect(write(tmp_path / "g.parquet", content))
    with pytest.raises(errors.FileEncrypted):
        inspect(write(tmp_path / "g.parquet", b"PARE" + bytes(100)))
    with pytest.raises(errors.NoRows):
        inspect(
            parquet(
                tmp_path / "f.parquet", {"who": pa.array([], pa.string()), "when": pa.array([], pa.string())}
            )
        )


def test_a_small_file_that_says_a_long_text_many_times(tmp_path):
    long = pa.DictionaryArray.from_arrays(pa.array([0] * 4_000, pa.int32()), ["x" * 1_000_000])
    path = parquet(tmp_path / "f.parquet", {
        "who": pa.array(range(4_000)), "what": pa.array(["a"] * 4_000), "when": pa.array([1722592800] * 4_000),
        "note": long.cast(pa.dictionary(pa.int32(), pa.string())),
    })  # fmt: skip
    assert path.stat().st_size < 3_000_000  # of four thousand million characters
    rejected = 0
    for batch in read_batches(
        path, Mapping("who", "what", "when", properties=("note",), time_format="unix_s")
    ):
        assert batch.table.num_rows == 0
        rejected += sum(row.code == "value_too_long" for row in batch.rejected)
    assert rejected == 4_000
    assert (
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 2_000_000
    )  # kB; all at once it would be four million
