"""Times: every spelling, the calendar, the clock changes, and what is no time at all."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import jdatetime
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamsafar.events.files import times
from hamsafar.events.files.recognise import recognise
from hamsafar.lib.jalali import MONTHS
from hamsafar.lib.persian import localise_digits

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
OUTCOME = {0: "ok", 1: "missing", 2: "bad", 3: "out of range"}


def one(value, time_format="iso", timezone="UTC", kind=None):
    """The time as ISO text, or why there is none."""
    at, code = times.parse(pa.array([value], kind or pa.string()), time_format, timezone)
    if code[0]:
        return OUTCOME[int(code[0])]
    return (EPOCH + timedelta(microseconds=int(at[0]))).isoformat().replace("+00:00", "Z")


@pytest.mark.parametrize(
    ("text", "time_format", "expected"),
    [
        ("2024-08-02T10:20:30Z", "iso", "2024-08-02T10:20:30Z"),
        ("2024-08-02 10:20:30.1234567", "iso", "2024-08-02T10:20:30.123456Z"),
        ("2024-08-02T10:20:30+03:30", "iso", "2024-08-02T06:50:30Z"),
        ("2024-08-02T10:20-0800", "iso", "2024-08-02T18:20:00Z"),
        ("2024-08-02 10:20 UTC", "iso", "2024-08-02T10:20:00Z"),
        ("2024/8/2", "iso", "2024-08-02T00:00:00Z"),
        ("2024.08.02 9:05", "ymd", "2024-08-02T09:05:00Z"),
        ("20240802T102030", "iso", "2024-08-02T10:20:30Z"),
        ("20240802", "iso", "2024-08-02T00:00:00Z"),
        ("2/8/2024 1:05 PM", "dmy", "2024-08-02T13:05:00Z"),
        ("8/2/2024 12:05 am", "mdy", "2024-08-02T00:05:00Z"),
        ("2 Aug 2024, 10:20", "named_month", "2024-08-02T10:20:00Z"),
        ("August 2nd, 2024", "named_month", "2024-08-02T00:00:00Z"),
        ("Fri, 02 Aug 2024 10:20:30 GMT", "named_month", "2024-08-02T10:20:30Z"),
        ("1403/05/12 14:30", "jalali_ymd", "2024-08-02T14:30:00Z"),
        ("۱۴۰۳/۰۵/۱۲ ۱۴:۳۰:۰۵", "jalali_ymd", "2024-08-02T14:30:05Z"),
        ("١٤٠٣-٥-١٢", "jalali_ymd", "2024-08-02T00:00:00Z"),
        ("14030512", "jalali_ymd", "2024-08-02T00:00:00Z"),
        ("1403/05/12 - 14:30", "jalali_ymd", "2024-08-02T14:30:00Z"),
        ("۱۴:۳۰ ۱۴۰۳/۰۵/۱۲", "jalali_ymd", "2024-08-02T14:30:00Z"),
        ("۱۴۰۳/۰۵/۱۲ ساعت ۲:۳۰ ب.ظ", "jalali_ymd", "2024-08-02T14:30:00Z"),
        ("۱۴۰۳/۰۵/۱۲ ۹:۳۰ صبح", "jalali_ymd", "2024-08-02T09:30:00Z"),
        ("جمعه، ۱۲ مرداد ۱۴۰۳، ساعت ۱۴:۳۰", "jalali_dmy", "2024-08-02T14:30:00Z"),
        ("سه‌شنبه ۱ آبان ۱۴۰۳", "jalali_dmy", "2024-10-22T00:00:00Z"),
        ("30/12/1403", "jalali_dmy", "2025-03-20T00:00:00Z"),
        ("1722592800", "unix_s", "2024-08-02T10:00:00Z"),
        ("۱۷۲۲۵۹۲۸۰۰", "unix_s", "2024-08-02T10:00:00Z"),
        ("1722592800.25", "unix_s", "2024-08-02T10:00:00.250000Z"),
        ("1722592800123", "unix_ms", "2024-08-02T10:00:00.123000Z"),
        ("1722592800123456", "unix_us", "2024-08-02T10:00:00.123456Z"),
        ("1722592800123456789", "unix_ns", "2024-08-02T10:00:00.123456Z"),
        ("45506.5", "excel", "2024-08-02T12:00:00Z"),
    ],
)  # fmt: skip
def test_spellings(text, time_format, expected):
    assert one(text, time_format) == expected


@pytest.mark.parametrize(
    ("text", "time_format", "why"),
    [
        ("", "iso", "missing"), ("  ", "iso", "missing"), (None, "iso", "missing"), ("", "unix_s", "missing"),
        ("never", "iso", "bad"), ("2024-02-30", "iso", "bad"), ("2024-13-01", "iso", "bad"),
        ("2024-08-02 25:00", "iso", "bad"), ("2024-08-02 10:60", "iso", "bad"), ("24-08-02", "iso", "bad"),
        ("2024-08-02 13:00 PM", "iso", "bad"), ("1404/12/30", "jalali_ymd", "bad"),
        ("03/05/12", "jalali_ymd", "bad"), ("31/02/2024", "dmy", "bad"), ("13/13/2024", "mdy", "bad"),
        ("02/08/24", "dmy", "bad"), ("2024-08-02", "dmy", "bad"), ("soon", "unix_s", "bad"),
        ("0001-01-01 00:00:00", "iso", "out of range"), ("9999-12-31 23:59:59", "iso", "out of range"),
        ("1899-12-31", "iso", "out of range"), ("2101-01-01", "iso", "out of range"),
        ("1200/01/01", "jalali_ymd", "out of range"), ("1403/05/12", "iso", "out of range"),
        ("9" * 19, "unix_s", "out of range"), ("-" + "9" * 19, "unix_us", "out of range"),
        ("9999999", "excel", "out of range"),
    ],
)  # fmt: skip
def test_what_is_no_time(text, time_format, why):
    assert one(text, time_format) == why


def test_a_bad_value_does_not_disturb_its_neighbours():
    values = pa.array(
        ["2024-08-02", "2024-02-30", None, "۲۰۲۴-۰۸-۰۲", "2024-08-02T00:00:00Z", "x", "0001-01-01"]
    )
    at, code = times.parse(values, "iso", "Asia/Tehran")
    assert [OUTCOME[c] for c in code] == ["ok", "bad", "missing", "ok", "ok", "bad", "out of range"]
    assert at[0] == at[3] == at[4] - 12_600_000_000


def test_typed_columns():
    wall = datetime(2024, 8, 2, 10, 0)  # noqa: DTZ001  (a wall clock)
    assert one(wall, timezone="Asia/Tehran", kind=pa.timestamp("ms")) == "2024-08-02T06:30:00Z"
    assert (
        one(wall.replace(tzinfo=UTC), timezone="Asia/Tehran", kind=pa.timestamp("ns", "UTC"))
        == "2024-08-02T10:00:00Z"
    )
    assert one(wall.date(), timezone="Asia/Tehran", kind=pa.date32()) == "2024-08-01T20:30:00Z"
    assert one(1722592800, "unix_s", kind=pa.int32()) == "2024-08-02T10:00:00Z"
    assert one(1722592800.5, "unix_s", kind=pa.float64()) == "2024-08-02T10:00:00.500000Z"
    assert one(14030512, "jalali_ymd", kind=pa.int64()) == "2024-08-02T00:00:00Z"
    assert one(float("nan"), "unix_s", kind=pa.float64()) == "missing"
    assert one(float("inf"), "unix_s", kind=pa.float64()) == "bad"


def test_clock_changes():
    # Tehran, 2022: clocks went from 24:00 to 01:00 at the start of 22 March, and back on 21 September at 24:00.
    assert (
        one("2022-03-22 00:30", timezone="Asia/Tehran") == "2022-03-21T20:30:00Z"
    )  # skipped: the change itself
    assert one("2022-03-22 01:00", timezone="Asia/Tehran") == "2022-03-21T20:30:00Z"
    assert one("2022-09-21 23:30", timezone="Asia/Tehran") == "2022-09-21T19:00:00Z"  # twice: the first
    assert (
        one("2023-07-01 12:00", timezone="Asia/Tehran") == "2023-07-01T08:30:00Z"
    )  # no summer time any more


moments = st.datetimes(datetime(1930, 1, 1), datetime(2090, 1, 1)).map(lambda at: at.replace(microsecond=0))  # noqa: DTZ001  (a wall clock)


@settings(max_examples=80, deadline=None)
@given(st.lists(moments, min_size=1, max_size=8), st.booleans())
def test_jalali_round_trip(walls, persian):
    """What jdatetime writes is read as the moment it came from."""
    zone = ZoneInfo("Asia/Tehran")
    jalali = [jdatetime.datetime.fromgregorian(datetime=wall) for wall in walls]
    written = [day.strftime("%Y/%m/%d %H:%M:%S") for day in jalali]
    named = [
        f"{day.day} {MONTHS[day.month - 1]} {day.year} ساعت {day.strftime('%H:%M:%S')}" for day in jalali
    ]
    language = "fa" if persian else "en"
    expected = [int((wall.replace(tzinfo=UTC) - EPOCH).total_seconds()) * 1_000_000 for wall in walls]
    for texts, time_format in ((written, "jalali_ymd"), (named, "jalali_dmy")):
        at, code = times.parse(
            pa.array([localise_digits(text, language) for text in texts]), time_format, "UTC"
        )
        assert not code.any()
        assert at.tolist() == expected
        local, code = times.parse(pa.array(texts), time_format, "Asia/Tehran")
        for got, wall in zip(local.tolist(), walls, strict=True):
            first = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
            if first.astimezone(zone).replace(tzinfo=None) == wall:  # not in a skipped hour
                assert got == int((first - EPOCH).total_seconds()) * 1_000_000


@settings(max_examples=80, deadline=None)
@given(
    st.lists(moments, min_size=1, max_size=8),
    st.sampled_from(["%Y-%m-%dT%H:%M:%S", "%Y/%m/%d %H:%M:%S", "%d.%m.%Y %H:%M:%S", "%m/%d/%Y %I:%M:%S %p",
                     "%d %B %Y %H:%M:%S", "%b %d, %Y %H:%M:%S", "%a, %d %b %Y %H:%M:%S GMT", "%Y%m%d%H%M%S"]),
)  # fmt: skip
def test_gregorian_round_trip(walls, pattern):
    time_format = {
        "%d.": "dmy",
        "%m/": "mdy",
        "%d ": "named_month",
        "%b ": "named_month",
        "%a,": "named_month",
    }
    at, code = times.parse(
        pa.array([w.strftime(pattern) for w in walls]), time_format.get(pattern[:3], "iso"), "UTC"
    )
    assert not code.any()
    assert at.tolist() == [
        int((wall.replace(tzinfo=UTC) - EPOCH).total_seconds()) * 1_000_000 for wall in walls
    ]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.text(max_size=30) | st.from_regex(r"\d{1,4}[-/]\d{1,2}[-/]\d{1,4}( \d\d:\d\d)?", fullmatch=True)
    )
)
def test_no_text_whatever_breaks_the_reader(values):
    for time_format in ("iso", "dmy", "jalali_ymd", "named_month", "unix_ms", "excel"):
        at, code = times.parse(pa.array(values, pa.string()), time_format, "Asia/Tehran")
        assert len(at) == len(code) == len(values)
    recognise(values, numbers=True)


iso_like = st.from_regex(
    r" ?2024-(0[0-9]|1[0-3])-([0-2][0-9]|3[0-2])([T ][0-2][0-9](:?[0-6][0-9](:?[0-6][0-9]([.,][0-9]{1,9})?)?)?)?"
    r" ?(Z|UTC|[+-][0-2][0-9](:?[0-6][0-9])?)?",
    fullmatch=True,
)


@settings(max_examples=120, deadline=None)
@given(st.lists(iso_like, min_size=1, max_size=4), st.sampled_from(["UTC", "Asia/Tehran"]))
def test_a_time_reads_the_same_whatever_stands_around_it(values, timezone):
    """A column that is all ISO is read by Arrow, any other by our own patterns; nobody must notice."""
    alone = [times.parse(pa.array([value]), "iso", timezone) for value in values]
    at, code = times.parse(pa.array([*values, "x"]), "iso", timezone)
    assert code.tolist() == [int(each[1][0]) for each in alone] + [2]
    assert at.tolist()[:-1] == [int(each[0][0]) for each in alone]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["2024-08-02 10:00"], "iso"), (["1403/05/12", "1403/05/13"], "jalali_ymd"),
        (["۱۲/۰۵/۱۴۰۳"], "jalali_dmy"), (["۱۲ مرداد ۱۴۰۳"], "jalali_dmy"), (["2 Aug 2024"], "named_month"),
        (["01/02/2024", "25/02/2024"], "dmy"), (["01/02/2024", "02/25/2024"], "mdy"),
        (["01/02/2024", "03/04/2024"], None), (["14030512", "14030513"], "jalali_ymd"), (["20240802"], "iso"),
        (["1722592800"], "unix_s"), (["1722592800123"], "unix_ms"), (["1722592800123456"], "unix_us"),
        (["45506.5"], "excel"),
    ],
)  # fmt: skip
def test_formats_are_recognised(values, expected):
    found = recognise(values, numbers=True)
    assert found is not None
    assert found.format == expected


@pytest.mark.parametrize(
    "values",
    [["17", "18"], ["a", "b"], ["0912-345-6789"], ["1.2.3"], ["1722592800"], [], ["a", "b", "2024-08-02"]],
)
def test_what_is_not_taken_for_times(values):
    assert recognise(values, numbers=False) is None
