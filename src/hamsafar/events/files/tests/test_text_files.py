"""CSV and its relatives, JSON Lines: delimiters, encodings, quoting, rows that cannot be read."""

import codecs
import csv
import gzip
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamsafar.events.files import Mapping, errors, inspect, preview, read_batches
from hamsafar.events.files.tests.reading import codes, events, read, write
from hamsafar.events.files.values import clean_text

BY_NAME = Mapping(person="who", event="what", time="when")


def test_a_csv_is_recognised_and_read(tmp_path):
    path = write(tmp_path / "orders.csv", "customer_id,event,time,amount\n17,visit,2024-08-02 10:00:00,5\n"
                 ",buy,2024-08-02 11:00:00,7\n")  # fmt: skip
    inspection = inspect(path)
    assert (inspection.format, inspection.encoding, inspection.delimiter) == ("csv", "utf-8", ",")
    assert [(c.name, c.kind, c.role_guess) for c in inspection.columns] == [
        ("customer_id", "text", "person"), ("event", "text", "event"), ("time", "time", "time"),
        ("amount", "number", "property"),
    ]  # fmt: skip
    assert inspection.rows_estimate == 2
    [batch] = read_batches(path, inspection.guess)
    assert batch.table.to_pylist() == [
        {"person": "17", "name": "visit", "at_us": 1722592800000000, "channel": None,
         "properties": '{"amount":5}', "row": 0}
    ]  # fmt: skip
    assert codes(batch.rejected) == [(3, "missing_person", "customer_id")]
    assert batch.next_row == 2
    assert batch.bytes_done == batch.bytes_total == path.stat().st_size
    assert Mapping.from_dict(json.loads(json.dumps(inspection.guess.to_dict()))) == inspection.guess


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_recognised(tmp_path, delimiter):
    text = "user_id;event;time;note\n1;a;2024-08-02 10:00;x,y\n2;b;2024-08-02 11:00;p,q\n".replace(
        ";", delimiter
    )
    if delimiter == ",":
        text = text.replace("x,y", '"x,y"').replace("p,q", '"p,q"')
    path = write(tmp_path / "f.txt", text)
    assert inspect(path).delimiter == delimiter
    rows, rejected = read(path)
    assert [row["properties"] for row in rows] == [{"note": "x,y"}, {"note": "p,q"}]
    assert rejected == []


def test_the_separator_line_that_excel_writes_is_obeyed(tmp_path):
    path = write(
        tmp_path / "f.csv", "sep=;\r\nuser_id;event;time\r\n1;a;2024-08-02 10:00\r\n;b;2024-08-02 10:00\r\n"
    )
    rows, rejected = read(path)
    assert [row["person"] for row in rows] == ["1"]
    assert codes(rejected) == [(4, "missing_person", "user_id")]


PERSIAN = "شناسه مشتری,رویداد,تاریخ,توضیح\n۱۲,خرید آنلاین,2024-08-02 10:00,کتاب‌های شعر\n"


@pytest.mark.parametrize(
    ("encoding", "found"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16-le"), ("utf-16-le", "utf-16-le"),
     ("utf-16-be", "utf-16-be")],
)  # fmt: skip
def test_unicode_encodings(tmp_path, encoding, found):
    path = write(tmp_path / "f.csv", PERSIAN, encoding)
    assert inspect(path).encoding == found
    rows, _ = read(path)
    assert rows[0]["person"] == "12"
    assert rows[0]["name"] == "خرید آنلاین"
    assert rows[0]["properties"] == {"توضیح": "کتاب‌های شعر"}


def test_utf16_with_the_big_end_first_and_a_mark(tmp_path):
    path = write(tmp_path / "f.csv", codecs.BOM_UTF16_BE + PERSIAN.encode("utf-16-be"))
    assert inspect(path).encoding == "utf-16-be"
    assert events(path) == [("12", "خرید آنلاین", "2024-08-02T10:00:00Z")]


def test_windows_1256_is_told_from_western_and_from_broken_utf8(tmp_path):
    arabic = "customer,event,time\n1,خريد كتاب,2024-08-02\n"
    western = "customer,event,time\n1,Café visité,2024-08-02\n2,Öffnung,2024-08-02\n"
    assert inspect(write(tmp_path / "a.csv", arabic, "cp1256")).encoding == "windows-1256"
    assert inspect(write(tmp_path / "w.csv", western, "cp1252")).encoding == "windows-1252"
    broken = "customer,event,time\n" + "1,خرید,2024-08-02\n" * 5
    path = write(tmp_path / "b.csv", broken.encode() + b"2,\xd8\xff,2024-08-02\n3,ok,2024-08-02\n")
    assert inspect(path).encoding == "utf-8"
    rows, rejected = read(path)
    assert len(rows) == 6
    assert codes(rejected) == [(7, "bad_encoding", "")]
    assert [row["name"] for row in read(write(tmp_path / "a.csv", arabic, "cp1256"))[0]] == ["خرید کتاب"]


def test_a_first_persian_letter_far_into_the_file_decides_the_encoding(tmp_path):
    body = "".join(f"{n},visit,2024-08-02 10:00\n" for n in range(20_000))  # 500 kB of ASCII
    path = write(tmp_path / "f.csv", "who,what,when\n" + body + "7,خريد,2024-08-02 10:00\n", "cp1256")
    assert inspect(path).encoding == "windows-1256"
    assert read(path, BY_NAME)[0][-1]["name"] == "خرید"


def test_an_encoding_can_be_said(tmp_path):
    path = write(tmp_path / "f.csv", "who,what,when\n1,é,2024-08-02\n", "cp1252")
    said = Mapping(person="who", event="what", time="when", encoding="cp1252")
    assert events(path, said) == [("1", "é", "2024-08-02T00:00:00Z")]
    with pytest.raises(errors.UnknownEncoding, match="windows-1256"):
        read_batches(path, Mapping(person="who", event="what", time="when", encoding="klingon"))


def test_letters_digits_and_spaces_have_one_spelling(tmp_path):
    path = write(tmp_path / "f.csv", "who,what,when,note\n ۱۲٣ ,  خريد   كالا ,2024-08-02, می‌روم ۲ \n")
    rows, _ = read(path, Mapping(person="who", event="what", time="when", properties=("note",)))
    assert (rows[0]["person"], rows[0]["name"]) == ("123", "خرید کالا")
    assert rows[0]["properties"] == {"note": "می‌روم ۲"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_quoted_lines(tmp_path, end):
    path = write(tmp_path / "f.csv", end.join(
        ["who,what,when,note", '1,a,2024-08-02,"two', 'lines, and ""quotes"""', "", ",,,", "2,b,nonsense,x", ""]
    ))  # fmt: skip
    rows, rejected = read(path, Mapping(person="who", event="what", time="when", properties=("note",)))
    assert [row["properties"] for row in rows] == [{"note": 'two\nlines, and "quotes"'}]
    assert codes(rejected) == [(6, "bad_time", "when")]
    assert rejected[0].value_excerpt == "nonsense"


def test_rows_of_another_width(tmp_path):
    path = write(
        tmp_path / "f.csv", "who,what,when\n1,a,2024-08-02\n2,b\n3,c,2024-08-02,x\n4,d,2024-08-02,,\n"
    )
    rows, rejected = read(path, BY_NAME)
    assert [row["person"] for row in rows] == ["1", "4"]  # empty cells at the end are only separators
    assert codes(rejected) == [(3, "too_few_columns", ""), (4, "too_many_columns", "")]
    assert [row["row"] for row in rows] == [0, 3]


def test_a_quotation_mark_that_is_never_closed_costs_its_own_line_only(tmp_path):
    lines = [f"{n},a,2024-08-02,ok" for n in range(3000)]
    lines[1000] = '1000,a,2024-08-02,"open'
    lines[2000] = '2000,a,"2024-08-02,open'
    path = write(tmp_path / "f.csv", "who,what,when,note\n" + "\n".join(lines) + "\n")
    rows, rejected = read(path, BY_NAME)
    assert len(rows) == 2998
    assert codes(rejected) == [(1002, "quote_not_closed", ""), (2002, "quote_not_closed", "")]
    assert rejected[0].value_excerpt == '1000,a,2024-08-02,"open'


cells = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t;,\"'"), max_size=12)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=300), st.sampled_from([",", ";", "\t", "|"]))
def test_what_the_csv_module_writes_is_read_back(pairs, delimiter):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "f.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, delimiter=delimiter)
            writer.writerow(["who", "what", "when", "a", "b"])
            writer.writerows(("1", "x", "2024-08-02", *pair) for pair in pairs)
        mapping = Mapping("who", "what", "when", properties=("a", "b"), numbers=(), delimiter=delimiter)
        rows, rejected = read(path, mapping)
    assert rejected == []
    expected = [{name: clean_text(cell) for name, cell in zip("ab", pair, strict=True)} for pair in pairs]
    assert [row["properties"] for row in rows] == [{k: v for k, v in row.items() if v} for row in expected]


def test_an_open_quotation_that_meets_another_is_seen_by_their_number(tmp_path):
    lines = [f"{n},a,2024-08-02,ok" for n in range(30)]
    lines[10] = '10,a,2024-08-02,"open'
    lines[20] = '20,a,2024-08-02,"closed"'  # with the lines between, four columns again
    rows, rejected = read(
        write(tmp_path / "f.csv", "who,what,when,note\n" + "\n".join(lines) + "\n"), BY_NAME
    )
    assert [row["person"] for row in rows] == [str(n) for n in range(30) if n != 10]
    assert codes(rejected) == [(12, "quote_not_closed", "")]


def test_gzip_reads_as_what_is_inside(tmp_path):
    path = write(tmp_path / "f.csv.gz", gzip.compress(PERSIAN.encode("utf-16")))
    inspection = inspect(path)
    assert (inspection.format, inspection.compression, inspection.encoding) == ("csv", "gzip", "utf-16-le")
    assert events(path) == [("12", "خرید آنلاین", "2024-08-02T10:00:00Z")]


def test_json_lines(tmp_path):
    path = write(tmp_path / "f.jsonl", "\n".join([
        '{"event": "visit", "properties": {"distinct_id": "u1", "time": 1722592800, "price": 9.5, "tags": ["a"]}}',
        "",
        '{"event": "buy", "properties": {"distinct_id": "u1", "time": 1722592860.25, "price": "x", "code": "007"}}',
        '{"event": "half',
        "[1, 2]",
        '{"event": "buy", "properties": {"distinct_id": null, "time": 1722592860}}',
        '{"event": "\\ud800", "properties": {"distinct_id": "u2", "time": 1722592860}}',
        '{"event": "nested ' + "[" * 100_000 + '", "deep": ' + "[" * 100_000 + "}",
    ]))  # fmt: skip
    inspection = inspect(path)
    assert inspection.format == "jsonl"
    guess = inspection.guess
    assert (guess.person, guess.event, guess.time) == ("properties.distinct_id", "event", "properties.time")
    assert guess.time_format == "unix_s"
    rows, rejected = read(path)
    assert [(row["person"], row["name"], row["at"], row["properties"]) for row in rows] == [
        ("u1", "visit", "2024-08-02T10:00:00Z", {"properties.price": 9.5, "properties.tags": ["a"]}),
        ("u1", "buy", "2024-08-02T10:01:00.250000Z", {"properties.price": "x", "properties.code": "007"}),
    ]
    assert codes(rejected) == [
        (4, "bad_json", ""), (5, "bad_json", ""), (6, "missing_person", "properties.distinct_id"),
        (7, "bad_encoding", ""), (8, "bad_json", ""),
    ]  # fmt: skip


def test_json_lines_keep_their_types(tmp_path):
    path = write(tmp_path / "f.jsonl.gz", gzip.compress(
        b'{"user_id": 17, "event": "a", "ts": "2024-08-02T10:00:00+03:30", "n": 5, "s": "5", "f": true, "big": 1e400}\n'
    ))  # fmt: skip
    rows, _ = read(path)
    assert rows[0]["person"] == "17"
    assert rows[0]["at"] == "2024-08-02T06:30:00Z"
    assert rows[0]["properties"] == {"n": 5, "s": "5", "f": True}  # what is no number is absent


def test_reading_does_not_depend_on_batches_or_on_where_it_resumes(tmp_path):
    lines = [f"{n % 7},{'buy' if n % 3 else ''},2024-08-02 10:00:{n % 60:02d},{n}" for n in range(500)]
    path = write(tmp_path / "f.csv", "who,what,when,n\n" + "\n".join(lines) + "\n")
    mapping = Mapping(person="who", event="what", time="when", properties=("n",))
    whole, rejected = read(path, mapping)
    assert (len(whole), len(rejected)) == (333, 167)
    assert read(path, mapping, batch_rows=7) == (whole, rejected)
    for start in (0, 1, 6, 7, 250, 499, 500, 900):
        rows, faults = read(path, mapping, batch_rows=7, start_row=start)
        assert rows == [row for row in whole if row["row"] >= start]
        assert [fault.line for fault in faults] == [
            fault.line for fault in rejected if fault.line >= start + 2
        ]


def test_nothing_is_left_after_the_end(tmp_path):
    path = write(tmp_path / "f.csv", "who,what,when\n" + "1,a,2024-08-02\n" * 5)
    assert [batch.next_row for batch in read_batches(path, BY_NAME, start_row=4)] == [5]
    assert list(read_batches(path, BY_NAME, start_row=5)) == []


def test_preview_shows_rows_as_they_will_be_read(tmp_path):
    path = write(
        tmp_path / "f.csv", "who,what,when,n\n1,a,2024-08-02 10:00,5\n2,b,never,6\n3,c,2024-08-02 12:00,7\n"
    )
    mapping = Mapping(person="who", event="what", time="when", properties=("n",), timezone="Asia/Tehran")
    shown = [row.to_dict("fa") for row in preview(path, mapping, limit=2)]
    assert shown == [
        {"line": 2, "person": "1", "event": "a", "at": "2024-08-02T06:30:00+00:00", "channel": None,
         "properties": {"n": 5}, "error": None},
        {"line": 3, "person": "", "event": "", "at": "", "channel": None, "properties": {},
         "error": {"code": "bad_time", "column": "when", "value_excerpt": "never",
                   "detail": "«when» با قالب تاریخ این ستون نمی‌خواند یا چنین روز و ساعتی وجود ندارد."}},
    ]  # fmt: skip


def test_large_files_of_long_lines(tmp_path):
    """More than is kept for going back, in lines of 30,000 characters."""
    long = "x" * 30_000
    lines = [
        f'{n % 9},a,2024-08-02,"{long}\n{n}"' if n % 100 == 7 else f"{n % 9},a,2024-08-02,{long}"
        for n in range(400)
    ]
    lines[300] = '3,a,2024-08-02,"never closed ' + long
    path = write(tmp_path / "f.csv", "who,what,when,note\n" + "\n".join(lines) + "\n")
    rows, rejected = read(path, BY_NAME)
    assert len(rows) == 399
    assert codes(rejected) == [(305, "quote_not_closed", "")]
    objects = [{"who": 1, "what": "a", "when": "2024-08-02", "note": long} for _ in range(400)]
    path = write(tmp_path / "f.jsonl", "\n".join(map(json.dumps, objects)))
    rows, rejected = read(path, BY_NAME)
    assert (len(rows), rejected) == (400, [])


def test_many_broken_lines(tmp_path):
    good, bad = "1,خرید,2024-08-02\n".encode() * 20, b"2,\xff\xfe,2024-08-02\n"
    path = write(tmp_path / "f.csv", b"who,what,when\n" + (good + bad) * 3000)
    rows, rejected = read(path, BY_NAME)
    assert (len(rows), len(rejected)) == (60_000, 3000)
    assert {row.line % 21 for row in rejected} == {1}


def test_a_wide_file(tmp_path):
    names = ["customer", "event", "date", *(f"c{n}" for n in range(900))]
    rows = [
        ",".join([f"{n % 90}", "a", "2024-08-02", *(f"{n * m % 97}" for m in range(900))]) for n in range(300)
    ]
    path = write(tmp_path / "f.csv", ",".join(names) + "\n" + "\n".join(rows) + "\n")
    guess = inspect(path).guess
    assert (guess.person, guess.event, guess.time, len(guess.numbers)) == ("customer", "event", "date", 900)
    assert read(path)[0][5]["properties"]["c8"] == 40
