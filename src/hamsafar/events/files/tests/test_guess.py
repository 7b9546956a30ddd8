"""Which columns are who, what and when; what must be asked."""

import pytest

from hamsafar.events.files import Mapping, errors, inspect, read_batches
from hamsafar.events.files.guess import words
from hamsafar.events.files.tests.reading import codes, read, write


def guessed(path):
    guess = inspect(path).guess
    return guess.person, guess.event or guess.event_constant, guess.time


def table(path, names, rows, delimiter=","):
    return write(path, "\n".join(delimiter.join(map(str, row)) for row in [names, *rows]) + "\n")


def test_words_of_a_name():
    assert words("CustomerID") == words("customer_id") == words("Customer Id") == {"customer", "id"}
    assert words("شناسهٔ‌ مشتري") == {"شناسه", "مشتری"}
    assert words("InvoiceNo") == {"invoice", "no"}


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["user_id", "session_id", "event", "timestamp"], ("user_id", "event", "timestamp")),
        (["session_id", "event_name", "distinct_id", "ts"], ("distinct_id", "event_name", "ts")),
        (
            ["order_id", "activity", "customer_email", "created_at"],
            ("customer_email", "activity", "created_at"),
        ),
        (["کد سفارش", "رویداد", "کد مشتری", "تاریخ"], ("کد مشتری", "رویداد", "تاریخ")),
        (
            ["شماره فاکتور", "نوع عملیات", "شماره موبایل", "زمان ثبت"],
            ("شماره موبایل", "نوع عملیات", "زمان ثبت"),
        ),
        (["ردیف", "اقدام", "شناسهٔ کاربر", "تاریخ و ساعت"], ("شناسهٔ کاربر", "اقدام", "تاریخ و ساعت")),
    ],
)
def test_columns_by_their_names(tmp_path, names, expected):
    rows = [(n, ["visit", "buy"][n % 2], f"0912{n % 5}", f"2024-08-02 10:{n:02d}") for n in range(40)]
    assert guessed(table(tmp_path / "f.csv", names, rows)) == expected


def test_the_time_it_happened_not_another_time(tmp_path):
    names = ["customer", "event", "birth_date", "updated_at", "event_time", "synced"]
    others = ("1990-01-01", "2024-09-01 10:00")
    rows = [(n % 3, "a", *others, f"2024-08-02 10:{n:02d}", "2024-09-02 10:00") for n in range(9)]
    assert guessed(table(tmp_path / "f.csv", names, rows))[2] == "event_time"
    rows = [(n % 3, "خرید", f"13{n + 60}/01/01", "1403/05/12") for n in range(9)]
    assert (
        guessed(table(tmp_path / "g.csv", ["مشتری", "رویداد", "تاریخ تولد", "تاریخ خرید"], rows))[2]
        == "تاریخ خرید"
    )


def test_a_file_of_one_kind_of_event_is_asked_for_its_name(tmp_path):
    rows = [(n, n % 7, "2024-08-02", 1000 * n) for n in range(50)]
    path = table(tmp_path / "store purchases.csv", ["invoice_no", "customer_id", "date", "amount"], rows)
    inspection = inspect(path)
    assert [(q.code, q.options) for q in inspection.questions] == [("no_event_column", ("store purchases",))]
    assert inspection.guess.event_constant == "store purchases"
    assert {row["name"] for row in read(path)[0]} == {"store purchases"}
    assert inspect(path, filename="C:\\exports\\خرید.csv").guess.event_constant == "خرید"


def test_what_is_not_there_is_asked_for(tmp_path):
    path = table(tmp_path / "f.csv", ["a", "b"], [("x", 1), ("y", 2)])
    assert [q.code for q in inspect(path).questions] == [
        "no_time_column",
        "no_person_column",
        "no_event_column",
    ]
    assert guessed(path) == ("", "f", "")


def test_properties_are_the_rest_and_numbers_are_recognised(tmp_path):
    names = [
        "customer",
        "event",
        "date",
        "amount",
        "zip_code",
        "note",
        "empty",
        "channel",
        "acquisition_channel",
    ]
    rows = [(n, "a", "2024-08-02", f'"{n + 1},500"', f"0{n}", f"n{n}", "", "web", "ads") for n in range(5)]
    guess = inspect(table(tmp_path / "f.csv", names, rows)).guess
    assert guess.properties == ("amount", "zip_code", "note", "acquisition_channel")
    assert guess.numbers == ("amount",)
    assert guess.channel == "channel"


def test_an_odd_value_in_a_column_of_numbers_stays_text(tmp_path):
    rows = [(1, "a", "2024-08-02", n) for n in range(12_000)] + [(1, "a", "2024-08-02", "12 تومان")]
    mapping = Mapping("customer", "event", "date", properties=("amount",))
    rows, _ = read(table(tmp_path / "f.csv", ["customer", "event", "date", "amount"], rows), mapping)
    assert rows[-2]["properties"] == {"amount": 11_999}
    assert rows[-1]["properties"] == {"amount": "12 تومان"}


@pytest.mark.parametrize(("late", "order"), [("25/02/2024", "dmy"), ("02/25/2024", "mdy")])
def test_a_late_value_settles_the_order_of_day_and_month(tmp_path, late, order):
    rows = [(n, "a", f"{n % 12 + 1:02d}/03/2024") for n in range(12_000)] + [(1, "a", late)]
    path = table(tmp_path / "f.csv", ["customer", "event", "date"], rows)
    inspection = inspect(path)
    assert inspection.guess.time_format == order
    assert inspection.questions == ()
    assert read(path)[0][-1]["at"] == "2024-02-25T00:00:00Z"


def test_an_order_that_nothing_settles_is_asked_not_guessed(tmp_path):
    path = table(
        tmp_path / "f.csv", ["customer", "event", "date"], [(1, "a", "03/04/2024"), (2, "b", "05/06/2024")]
    )
    inspection = inspect(path)
    assert inspection.guess.time_format is None
    [question] = inspection.questions
    assert (question.code, question.column, question.options) == (
        "ambiguous_date_order",
        "date",
        ("dmy", "mdy"),
    )
    with pytest.raises(errors.DateOrderAmbiguous, match="03/04/2024"):
        read_batches(path, inspection.guess)
    answered = Mapping("customer", "event", "date", time_format="mdy")
    assert [row["at"][:10] for row in read(path, answered)[0]] == ["2024-03-04", "2024-05-06"]


def test_a_row_that_contradicts_the_order_is_rejected(tmp_path):
    dates = ["25/02/2024", "26/02/2024", "02/27/2024", "01/02/2024"]
    path = table(tmp_path / "f.csv", ["customer", "event", "date"], [(1, "a", date) for date in dates])
    rows, rejected = read(path)
    assert [row["at"][:10] for row in rows] == ["2024-02-25", "2024-02-26", "2024-02-01"]
    assert codes(rejected) == [(4, "bad_time", "date")]


def test_date_and_hour_in_two_columns(tmp_path):
    days = ["1403/05/12", "1403/05/12", "1403/05/12", "", "1403/05/12", "1403/05/13"]
    hours = ["۱۴:۳۰", "", "930", "10:00", "noon", "۲:۱۵ ب.ظ"]
    rows = [(1, "خرید", day, hour) for day, hour in zip(days, hours, strict=True)]
    path = table(tmp_path / "f.csv", ["مشتری", "رویداد", "تاریخ", "ساعت"], rows, ";")
    guess = inspect(path).guess
    assert (guess.time, guess.time_of_day, guess.timezone, guess.properties) == (
        "تاریخ",
        "ساعت",
        "Asia/Tehran",
        (),
    )
    rows, rejected = read(path)
    assert [row["at"][:16] for row in rows] == [
        "2024-08-02T11:00", "2024-08-01T20:30", "2024-08-02T06:00", "2024-08-03T10:45",
    ]  # fmt: skip
    assert codes(rejected) == [(5, "missing_time", "تاریخ"), (6, "bad_time", "تاریخ")]
