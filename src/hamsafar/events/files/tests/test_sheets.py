"""Excel workbooks: types, sheets, dates, and what must not be opened."""

import struct
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest

from hamsafar.events.files import Mapping, errors, inspect, preview, xlsx
from hamsafar.events.files.tests.reading import codes, read


def workbook(path, sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_a_sheet_with_its_types(tmp_path):
    path = workbook(tmp_path / "orders.xlsx", {"سفارش‌ها": [
        ["کد مشتری", "رویداد", "تاریخ", "مبلغ", "کد پیگیری", "پرداخت شد"],
        [17850.0, "ثبت سفارش", datetime(2024, 8, 2, 14, 30), 1250000, "0071", True],  # noqa: DTZ001  (a wall clock)
        [17850, "پرداخت", datetime(2024, 8, 2, 14, 45, 30), 1250000.5, "0072", None],  # noqa: DTZ001  (a wall clock)
        [],
        [None, "پرداخت", datetime(2024, 8, 2), 5, "0073", False],  # noqa: DTZ001  (a wall clock)
        [3, "پرداخت", "بعداً", 5, "0074", False],
    ]})  # fmt: skip
    inspection = inspect(path)
    assert (inspection.format, inspection.sheets, inspection.rows_estimate) == ("xlsx", ("سفارش‌ها",), 4)
    guess = inspection.guess
    assert (guess.person, guess.event, guess.time) == ("کد مشتری", "رویداد", "تاریخ")
    rows, rejected = read(path)
    assert [(row["person"], row["name"], row["at"], row["properties"]) for row in rows] == [
        (
            "17850",
            "ثبت سفارش",
            "2024-08-02T14:30:00Z",
            {"مبلغ": 1250000, "کد پیگیری": "0071", "پرداخت شد": True},
        ),
        ("17850", "پرداخت", "2024-08-02T14:45:30Z", {"مبلغ": 1250000.5, "کد پیگیری": "0072"}),
    ]
    assert codes(rejected) == [(5, "missing_person", "کد مشتری"), (6, "bad_time", "تاریخ")]


def test_dates_as_texts_as_serials_and_apart_from_the_hour(tmp_path):
    texts = workbook(tmp_path / "t.xlsx", {"a": [
        ["customer", "event", "date", "amount"], ["1", "x", "۱۴۰۳/۰۵/۱۲ ۱۴:۳۰", "۱٬۲۵۰٬۰۰۰"],
        ["2", "x", "1403/05/13", "۵"],
    ]})  # fmt: skip
    assert [(row["at"], row["properties"]) for row in read(texts)[0]] == [
        ("2024-08-02T11:00:00Z", {"amount": 1250000}), ("2024-08-02T20:30:00Z", {"amount": 5}),
    ]  # fmt: skip
    serials = workbook(
        tmp_path / "s.xlsx", {"a": [["customer", "event", "date"], ["1", "x", 45506.5], ["1", "x", 45507]]}
    )
    assert [row["at"] for row in read(serials)[0]] == ["2024-08-02T12:00:00Z", "2024-08-03T00:00:00Z"]
    apart = workbook(tmp_path / "c.xlsx", {"a": [
        ["customer", "event", "date", "time"],
        ["1", "x", date(2024, 8, 2), time(14, 30)], ["1", "x", date(2024, 8, 3), None],
    ]})  # fmt: skip
    assert inspect(apart).guess.time_of_day == "time"
    assert [row["at"] for row in read(apart)[0]] == ["2024-08-02T14:30:00Z", "2024-08-03T00:00:00Z"]


def test_several_sheets_are_asked_about(tmp_path):
    header = ["customer", "event", "time"]
    path = workbook(tmp_path / "f.xlsx", {
        "about": [["made by the office"]], "empty": [],
        "may": [header, ["1", "a", datetime(2024, 5, 1)]],  # noqa: DTZ001  (a wall clock)
        "june": [["a title above the table"], header, ["2", "b", datetime(2024, 6, 1)]],  # noqa: DTZ001  (a wall clock)
    })  # fmt: skip
    inspection = inspect(path)
    assert inspection.guess.sheet == "may"
    assert [(q.code, q.options) for q in inspection.questions] == [
        ("several_sheets", ("about", "empty", "may", "june"))
    ]
    mapping = Mapping(person="customer", event="event", time="time", sheet="june")
    assert [row["person"] for row in read(path, mapping)[0]] == ["2"], "below the title"
    for sheet in ("about", "empty"):
        with pytest.raises(errors.SheetNotATable, match=sheet):
            inspect(path, sheet=sheet)
    with pytest.raises(errors.SheetMissing, match="about, empty, may, june"):
        preview(path, Mapping(person="customer", event="event", time="time", sheet="july"))


def test_an_empty_workbook(tmp_path):
    with pytest.raises(errors.SheetNotATable) as refused:
        inspect(workbook(tmp_path / "f.xlsx", {"a": [["customer", "event"]]}))
    assert "کاربرگ «a» جدول نیست" in refused.value.sentence("fa")


def test_broken_and_encrypted_workbooks(tmp_path):
    whole = workbook(
        tmp_path / "f.xlsx", {"a": [["who", "what"], *([str(n), "x" * 50] for n in range(2000))]}
    )
    data = whole.read_bytes()
    for name, content in {
        "half.xlsx": data[: len(data) // 2],
        "holes.xlsx": data[:1000] + bytes(len(data) - 2000) + data[-1000:],
    }.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(errors.FileBroken, match="XLSX"):
            inspect(tmp_path / name)
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    (tmp_path / "secret.xlsx").write_bytes(ole + "EncryptedPackage".encode("utf-16-le") + bytes(600))
    with pytest.raises(errors.FileEncrypted):
        inspect(tmp_path / "secret.xlsx")
    (tmp_path / "old.xls").write_bytes(ole + "Workbook".encode("utf-16-le") + bytes(600))
    with pytest.raises(errors.UnknownFileType, match="before 2007"):
        inspect(tmp_path / "old.xls")


def bomb(path, body, declared=None):
    """A workbook whose sheet is ``body`` repeated; ``declared`` makes it lie about the size."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for piece in body:
                sheet.write(piece)
    if declared is not None:
        data = bytearray(path.read_bytes())
        central = data.rfind(b"PK\x01\x02")
        data[central + 24 : central + 28] = struct.pack("<I", declared)
        path.write_bytes(data)
    return path


@pytest.mark.parametrize("declared", [None, 1000])
def test_a_zip_bomb_is_refused_whatever_it_says_of_itself(tmp_path, declared, monkeypatch):
    monkeypatch.setattr(xlsx, "RATIO_APPLIES_FROM", 4 * 1024 * 1024)  # the same at a sixteenth of the size
    path = bomb(tmp_path / "f.xlsx", (b" " * 1024 * 1024 for _ in range(64)), declared)
    assert path.stat().st_size < 200_000
    with pytest.raises(errors.ExpandsTooFar) as refused:
        inspect(path)
    assert refused.value.status == 413
    assert "باز شدهٔ آن" in refused.value.sentence("fa")


def test_two_cells_at_opposite_corners_are_refused(tmp_path):
    path = workbook(tmp_path / "f.xlsx", {"a": [["who", "what"]]})
    book = openpyxl.load_workbook(path)
    book.active["XFD1048576"] = "far"
    book.save(path)
    with pytest.raises(errors.SheetTooLarge, match="1,048,576 rows and 16,384 columns"):
        inspect(path)
