"""Files that are wrong as a whole: a clear sentence in both languages, the place, what was expected."""

import gzip
import json
import re
import resource
import tracemalloc
import zipfile

import pytest

from hamsafar.events.files import FileUnreadable, Mapping, errors, inspect, preview, read_batches, sniff
from hamsafar.events.files.tests.reading import codes, read, write

BY_NAME = Mapping(person="who", event="what", time="when")
HEADER = "who,what,when\n"
HALF_A_GZIP = gzip.compress(HEADER.encode() + b"".join(b"%d,a,2024-08-02\n" % n for n in range(50_000)))[
    :-2000
]


def refused(error, call, *arguments):
    with pytest.raises(error) as caught:
        call(*arguments)
    english, persian = caught.value.sentence("en"), caught.value.sentence("fa")
    assert not re.search(r"\{\w", english + persian)
    assert any("\u0600" <= ch <= "\u06ff" for ch in persian)
    assert caught.value.params["file"]
    return english


@pytest.mark.parametrize(
    ("content", "error", "says"),
    [
        (b"", errors.NoRows, "no rows"),
        (b"\n \r\n\t\n", errors.NoRows, "no rows"),
        (HEADER.encode(), errors.NoRows, "no rows"),
        (HEADER.encode() + b"\n,,\n", errors.NoRows, "no rows"),
        (bytes(5000), errors.UnknownFileType, "zeros"),
        (b"name\n1\n2\n", errors.OneColumn, "“name”"),
        (b"who:what:when\n1:2:3\n", errors.OneColumn, "who:what:when"),
        (b"who,what,who,when,when\n1,2,3,4,5\n", errors.DuplicateColumns, "“who”, “when”"),
        ("مبلغ,كد,مبلغ ,کد\n1,2,3,4\n".encode(), errors.DuplicateColumns, "“مبلغ”, “کد”"),
        (b"17,visit,2024-08-02 10:00\n18,visit,2024-08-03 10:00\n", errors.HeaderMissing, "2024-08-02 10:00"),
        ((",".join(f"c{n}" for n in range(5000)) + "\n1\n").encode(), errors.TooManyColumns, "5000 columns"),
        (b"who," + b"n" * 500 + b",when\n1,2,3\n", errors.ColumnNameTooLong, "nnn…"),
        (b'who,"what,when\n' + b"1,2,3\n" * 100_000, errors.QuoteNotClosed, "line 1"),
        (b"who,what,when\n" + b'x","y\n' * 60_000, errors.QuoteNotClosed, "line 3"),
        (b"who,what,when\n1,2\n3,4\n", errors.NoReadableRow, "Line 2"),
        (b"%PDF-1.7 ...", errors.UnknownFileType, "a PDF"),
        (b"\x89PNG\r\n\x1a\n....", errors.UnknownFileType, "a picture"),
        (b"<html><table><tr><td>1</td></tr></table></html>", errors.UnknownFileType, "a web page"),
        (b"<?xml version='1.0'?><rss/>", errors.UnknownFileType, "XML"),
        (b'[{"who": 1}]', errors.UnknownFileType, "JSON array"),
        (b"{not json}\n{neither}\n", errors.NoReadableRow, "Line 1"),
        (bytes(range(256)) * 20, errors.UnknownFileType, "not text"),
        (b"\x1f\x8b\x08\x00damaged", errors.FileBroken, "gzip"),
        (HALF_A_GZIP, errors.FileBroken, "gzip"),
        (gzip.compress(b"PAR1", mtime=0), errors.UnknownFileType, "packed already"),
    ],
)  # fmt: skip
def test_files_that_are_refused(tmp_path, content, error, says):
    path = write(tmp_path / "f.csv", content)
    assert says in refused(error, lambda: [*read_batches(path, inspect(path).guess)])


def test_an_archive_is_named_as_one(tmp_path):
    with zipfile.ZipFile(tmp_path / "f.zip", "w") as archive:
        archive.writestr("orders.csv", "a,b\n1,2\n")
    assert "ZIP archive" in refused(errors.UnknownFileType, inspect, tmp_path / "f.zip")


def test_a_line_of_forty_megabytes_stops_with_its_number_and_little_memory(tmp_path):
    path = tmp_path / "f.csv"
    with path.open("w") as file:
        file.write(HEADER + "1,a,2024-08-02\n")
        for _ in range(40):
            file.write("x" * 1024 * 1024)
    tracemalloc.start()
    says = refused(errors.LineTooLong, inspect, path)
    assert "Line 3" in says
    assert tracemalloc.get_traced_memory()[1] < 24 * 1024 * 1024
    tracemalloc.stop()


def test_a_gzip_bomb_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sniff, "RATIO_APPLIES_FROM", 4 * 1024 * 1024)  # the same at a sixteenth of the size
    path = write(
        tmp_path / "f.csv.gz", gzip.compress(HEADER.encode() + b"1,a,2024-08-02 10:00\n" * 2_000_000)
    )
    assert path.stat().st_size < 200_000
    assert "expands" in refused(errors.ExpandsTooFar, lambda: [*read_batches(path, BY_NAME)])


def test_memory_is_bounded_by_the_batch(tmp_path):
    path = write(tmp_path / "f.csv", HEADER + "1,visit,2024-08-02 10:00:00\n" * 200_000)
    [*read_batches(path, BY_NAME, batch_rows=2000)]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    big = write(tmp_path / "g.csv", "")
    with big.open("w") as file:
        file.write(HEADER)
        for n in range(100):
            file.write(f"{n},visit,2024-08-02 10:00:00\n" * 10_000)  # 30 MB
    assert sum(batch.table.num_rows for batch in read_batches(big, BY_NAME, batch_rows=2000)) == 1_000_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 25 * 1024  # kB


def test_all_rows_bad_is_told_row_by_row(tmp_path):
    path = write(
        tmp_path / "f.csv", HEADER + "1,a,0001-01-01\n2,b,9999-12-31\n3,,2024-08-02\n,d,2024-08-02\n"
    )
    rows, rejected = read(path, BY_NAME)
    assert rows == []
    assert codes(rejected) == [
        (2, "time_out_of_range", "when"), (3, "time_out_of_range", "when"), (4, "missing_event", "what"),
        (5, "missing_person", "who"),
    ]  # fmt: skip
    for row in rejected:
        assert row.column in row.sentence("en")
        assert row.column in row.sentence("fa")
    assert all(row.error for row in preview(path, BY_NAME))


def test_long_names_and_values(tmp_path):
    path = write(tmp_path / "f.csv", "who,what,when,note,channel\n" + "".join(
        f"{who},{what},2024-08-02,{note},{channel}\n"
        for who, what, note, channel in [
            ("1", "e" * 10_000, "n", "c"), ("p" * 201, "e", "n", "c"), ("1", "e", "n" * 40_000, "c"),
            ("1", "e", "n", "c" * 300), ("p" * 200, "ر" * 200, "n" * 30_000, "c"),
        ]
    ))  # fmt: skip
    rows, rejected = read(
        path, Mapping(person="who", event="what", time="when", properties=("note",), channel="channel")
    )
    assert codes(rejected) == [
        (2, "event_name_too_long", "what"), (3, "person_too_long", "who"), (4, "value_too_long", "note"),
        (5, "value_too_long", "channel"),
    ]  # fmt: skip
    assert all(len(row.value_excerpt) <= 80 for row in rejected)
    assert len(rows) == 1


def test_zero_bytes_and_formulas_are_only_text(tmp_path):
    path = write(tmp_path / "f.csv", HEADER + "1,=cmd|' /C calc'!A0,2024-08-02\n2,a\x00b,2024-08-02\n")
    assert [row["name"] for row in read(path, BY_NAME)[0]] == ["=cmd|' /C calc'!A0", "ab"]


@pytest.mark.parametrize(
    ("mapping", "error", "says"),
    [
        ({"person": "whom"}, errors.ColumnMissing, "“whom”. The file has: who, what, when"),
        ({"person": ""}, errors.RoleMissing, "“person”"),
        ({"event": ""}, errors.EventNotSaid, "one name for all rows"),
        ({"event_constant": "buy"}, errors.EventNotSaid, "not both"),
        ({"event": "", "event_constant": "x" * 201}, errors.BadMapping, "“event_constant”"),
        ({"time": "what"}, errors.TimeNotRecognised, "“a” (line 2)"),
        ({"time_format": "stardate"}, errors.BadMapping, "jalali_ymd"),
        ({"timezone": "Asia/Atlantis"}, errors.UnknownTimezone, "Asia/Tehran"),
        ({"timezone": "../../etc/passwd"}, errors.UnknownTimezone, "Asia/Tehran"),
        ({"delimiter": "xx"}, errors.BadMapping, "“delimiter”"),
        ({"numbers": ["gone"]}, errors.ColumnMissing, "“gone”"),
        ({"properties": ["gone"]}, errors.ColumnMissing, "“gone”"),
    ],
)  # fmt: skip
def test_mappings_that_are_refused(tmp_path, mapping, error, says):
    path = write(tmp_path / "f.csv", HEADER + "1,a,2024-08-02\n")
    whole = Mapping.from_dict({"person": "who", "event": "what", "time": "when", **mapping})
    assert says in refused(error, read_batches, path, whole)
    assert says in refused(error, preview, path, whole)


@pytest.mark.parametrize("data", [{"persons": "x"}, {"person": 5}, {"properties": "x"}, {"properties": [1]}])
def test_mappings_that_are_no_mappings(data):
    with pytest.raises(errors.BadMapping):
        Mapping.from_dict(data)


def test_every_error_speaks_both_languages():
    kinds = [
        kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, FileUnreadable)
    ]
    assert len(kinds) > 15
    assert len({kind.code for kind in kinds}) == len(kinds)
    for kind in kinds:
        assert {part[1] for part in _fields(kind.en)} == {part[1] for part in _fields(kind.fa)}
        assert json.dumps(kind.code).islower()


def _fields(template):
    from string import Formatter

    return [part for part in Formatter().parse(template) if part[1]]
