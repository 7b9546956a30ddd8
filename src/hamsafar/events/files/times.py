"""Times in many spellings to microseconds since epoch, UTC; whole columns at once.

Every function here works on the distinct values of a column. The result of a value is a number and one of
``OK, MISSING, BAD, OUT_OF_RANGE``: a day that does not exist is BAD, a year before 1900 or after 2100
OUT_OF_RANGE.

A time without an offset is read in the mapping's time zone. Where a change of the clocks makes a local time
happen twice, the first is taken; one that never happens (the skipped hour) becomes the moment of the change.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from hamsafar.events.files.spelling import simplify
from hamsafar.lib import jalali

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint8]

OK, MISSING, BAD, OUT_OF_RANGE = np.uint8(0), np.uint8(1), np.uint8(2), np.uint8(3)

SECOND = 1_000_000
DAY = 86_400 * SECOND
_FIRST = int(np.datetime64("1900-01-01T00:00:00", "us").astype(np.int64))
_LAST = int(np.datetime64("2101-01-01T00:00:00", "us").astype(np.int64))
_EXCEL_EPOCH = int(np.datetime64("1899-12-30T00:00:00", "us").astype(np.int64))

_CLOCK = (
    r"(?:[T ](?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?(?: ?(?P<offset>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?))?)?"
)
_SEPARATED = r"^(?P<a>\d{1,4})[-/.](?P<b>\d{1,2})[-/.](?P<c>\d{1,4})" + _CLOCK + "$"
_COMPACT = (
    r"^(?P<a>\d{4})(?P<b>\d{2})(?P<c>\d{2})(?:[T ]?(?P<hour>\d{2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2})"
    r"(?P<fraction>)(?P<half>))?(?P<offset>Z|[+-]\d{2}(?::?\d{2})?)?)?$"
)
_QUICK = r"^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-](?:0\d|1[0-4]):?\d{2})?)?$"
# Which of the three numbers is year, month, day.
_PLACES = {
    "iso": "abc", "ymd": "abc", "jalali_ymd": "abc",
    "dmy": "cba", "jalali_dmy": "cba", "named_month": "cba", "mdy": "cab",
}  # fmt: skip
_UNIX_UNITS = {"unix_s": SECOND, "unix_ms": 1000, "unix_us": 1}


def parse(values: pa.Array, time_format: str, timezone: str) -> tuple[Ints, Codes]:
    """Any Arrow array of times: text, numbers, dates, timestamps. Nulls and blank texts are MISSING."""
    kind = values.type
    missing = np.asarray(values.is_null())
    if pa.types.is_timestamp(kind):
        at = _ints(values.cast(pa.timestamp("us", kind.tz), safe=False).cast(pa.int64()))
        local = np.zeros(len(at), bool) if kind.tz else ~missing
        return _finish(at, local, timezone, missing, missing)
    if pa.types.is_date(kind):
        at = _ints(values.cast(pa.date32()).cast(pa.int32()).cast(pa.int64())) * DAY
        return _finish(at, ~missing, timezone, missing, missing)
    if pa.types.is_integer(kind) or pa.types.is_floating(kind):
        return _numbers(values, time_format, timezone)
    if not pa.types.is_string(kind):
        values = values.cast(pa.string())
    if time_format.startswith("unix") or time_format == "excel":
        return _numbers(values, time_format, timezone)
    return _texts(values, time_format, timezone)


def _ints(values: pa.Array) -> Ints:
    return np.asarray(pc.fill_null(values, 0).to_numpy(zero_copy_only=False), dtype=np.int64)


def _finish(
    at: Ints, local: npt.NDArray[np.bool_], timezone: str, bad: Any, missing: Any
) -> tuple[Ints, Codes]:
    """Range check, then local times to UTC."""
    outside = ~bad & ((at < _FIRST) | (at >= _LAST))
    code = np.where(missing, MISSING, np.where(bad, BAD, np.where(outside, OUT_OF_RANGE, OK))).astype(
        np.uint8
    )
    at = np.where(code == OK, at, 0)
    local = local & (code == OK)
    if timezone not in ("UTC", "Etc/UTC") and local.any():
        at[local] = to_utc(at[local], timezone)
    return at, code


def to_utc(local: Ints, timezone: str) -> Ints:
    """Local wall-clock microseconds to UTC; see the module on clock changes."""
    wall = pa.array(local, pa.timestamp("us"))
    aware = pc.assume_timezone(wall, timezone, ambiguous="earliest", nonexistent="latest")
    return np.asarray(aware.cast(pa.int64()).to_numpy(zero_copy_only=False), dtype=np.int64)


def _numbers(values: pa.Array, time_format: str, timezone: str) -> tuple[Ints, Codes]:
    missing = np.asarray(values.is_null())
    if time_format not in ("excel", "unix_ns", *_UNIX_UNITS):
        # A number such as 14030512 is a date written without separators.
        return _texts(values.cast(pa.int64(), safe=False).cast(pa.string()), time_format, timezone)
    if pa.types.is_string(values.type):
        text = pc.utf8_trim_whitespace(pa.array([simplify(text) for text in values.to_pylist()], pa.string()))
        missing = missing | np.asarray(pc.fill_null(pc.equal(text, ""), True))
        shaped = pc.fill_null(pc.match_substring_regex(text, r"^-?\d{1,19}(\.\d{1,12})?$"), False)
        bad = ~np.asarray(shaped)
        whole = pc.replace_substring_regex(pc.if_else(shaped, text, "0"), r"\..*$", "")
        values = pc.if_else(shaped, text, "0").cast(pa.float64())
        exact = np.array([max(-(2**62), min(int(text), 2**62)) for text in whole.to_pylist()], dtype=np.int64)
    elif pa.types.is_integer(values.type):
        bad = missing
        exact = _ints(values.cast(pa.int64(), safe=False))
    else:
        number = np.asarray(pc.fill_null(values, np.nan).to_numpy(zero_copy_only=False), dtype=np.float64)
        missing = missing | np.isnan(number)
        bad = missing | ~np.isfinite(number)
        exact = np.where(bad, 0, np.clip(np.where(bad, 0, number), -(2.0**62), 2.0**62)).astype(np.int64)
    number = np.asarray(pc.fill_null(values, 0).to_numpy(zero_copy_only=False), dtype=np.float64)
    number = np.where(bad, 0.0, number)
    if time_format == "excel":
        days = np.clip(number, -1e6, 1e7)
        # A serial is a float of days; what is finer than a millisecond is its rounding error.
        at = _EXCEL_EPOCH + np.rint(days * 86_400_000).astype(np.int64) * 1000
        return _finish(at, ~bad, timezone, bad, missing)
    if time_format == "unix_ns":
        at = exact // 1000
    else:
        unit = _UNIX_UNITS[time_format]
        most = _LAST // unit + 1
        inside = np.clip(exact, -most, most)  # keeps the product within 64 bits; still out of range after it
        part = np.where(np.abs(number) <= most, number - np.trunc(number), 0.0)
        at = inside * unit + np.rint(part * unit).astype(np.int64)
    return _finish(at, np.zeros(len(at), bool), timezone, bad, missing)


def _texts(values: pa.Array, time_format: str, timezone: str) -> tuple[Ints, Codes]:
    quick = _quick(values, timezone) if time_format == "iso" else None
    if quick is not None:
        return quick
    text = pc.utf8_trim_whitespace(values)
    patterns = (_SEPARATED, _COMPACT) if time_format in ("iso", "ymd", "jalali_ymd") else (_SEPARATED,)
    parts = _extract(text, *patterns)
    unread = pc.and_(parts.is_null(), pc.fill_null(pc.not_equal(text, ""), False))
    if pc.any(unread).as_py():
        # Only the rest is looked at one by one: other digits, names of months, a.m. and p.m.
        again = [
            simplify(value) if odd else None
            for value, odd in zip(text.to_pylist(), unread.to_pylist(), strict=True)
        ]
        simpler = pa.array(again, pa.string())
        text = pc.if_else(unread, simpler, text)
        parts = _extract(text, *patterns)
    missing = np.asarray(pc.fill_null(pc.equal(text, ""), True))
    return _from_parts(parts, time_format, timezone, missing)


def _quick(values: pa.Array, timezone: str) -> tuple[Ints, Codes] | None:
    """Arrow's own ISO reader, which takes all of a column or nothing; and it takes some spellings that
    ours do not."""
    if not pc.all(pc.match_substring_regex(values, _QUICK)).as_py():
        return None
    for zone in (None, "UTC"):
        try:
            return parse(values.cast(pa.timestamp("us", zone)), "iso", timezone)
        except pa.ArrowInvalid:
            continue
    return None


def _extract(text: pa.Array, *patterns: str) -> pa.Array:
    found = pc.extract_regex(text, patterns[0])
    for pattern in patterns[1:]:
        if found.null_count:
            other = pc.extract_regex(text, pattern)
            if other.null_count < len(other):
                order = [found.type.field(at).name for at in range(found.type.num_fields)]
                other = pa.StructArray.from_arrays(
                    [pc.struct_field(other, name) for name in order], order, mask=other.is_null()
                )
                found = pc.if_else(found.is_valid(), found, other)
    return found


def _part(parts: pa.Array, name: str) -> Ints:
    text = pc.fill_null(pc.struct_field(parts, name), "")
    return _ints(pc.if_else(pc.equal(text, ""), "0", text).cast(pa.int64()))


def _from_parts(parts: pa.Array, time_format: str, timezone: str, missing: Any) -> tuple[Ints, Codes]:
    unread = np.asarray(parts.is_null())
    year, month, day = (_part(parts, place) for place in _PLACES[time_format])
    widths = pc.utf8_length(pc.fill_null(pc.struct_field(parts, _PLACES[time_format][0]), ""))
    four_digits = _ints(widths) == 4  # a year of two digits could be of any century, or of either calendar
    if time_format.startswith("jalali"):
        exists = jalali.is_valid(year, month, day)
        days = jalali.to_days(year, month, day)
    else:
        exists, days = _gregorian(year, month, day)
    hour, minute, second = _part(parts, "hour"), _part(parts, "minute"), _part(parts, "second")
    half = pc.ascii_lower(pc.fill_null(pc.struct_field(parts, "half"), ""))
    evening, morning = np.asarray(pc.equal(half, "p")), np.asarray(pc.equal(half, "a"))
    halved = evening | morning
    clock = (hour < 24) & (minute < 60) & (second < 60) & ~(halved & ((hour < 1) | (hour > 12)))
    hour = np.where(halved, hour % 12 + 12 * evening, hour)
    fraction = pc.fill_null(pc.struct_field(parts, "fraction"), "")
    micro = _ints(pc.utf8_slice_codeunits(pc.utf8_rpad(fraction, 6, "0"), 0, 6).cast(pa.int64()))
    at = days * DAY + (hour * 3600 + minute * 60 + second) * SECOND + micro

    offset = pc.fill_null(pc.struct_field(parts, "offset"), "")
    has_offset = np.asarray(pc.not_equal(offset, ""))
    if has_offset.any():
        digits = pc.replace_substring_regex(offset, r"[^0-9]", "")
        digits = pc.utf8_rpad(digits, 4, "0")
        value = _ints(digits.cast(pa.int64()))
        minutes = value // 100 * 60 + value % 100
        west = np.asarray(pc.starts_with(offset, "-"))
        at = at - np.where(west, -minutes, minutes) * 60 * SECOND
        clock &= (value // 100 <= 15) & (value % 100 < 60)
    # The year 1 or 9999 exists; that it is no customer's date is said by the range check.
    bad = missing | unread | ~four_digits | ~exists | ~clock
    return _finish(np.where(bad, 0, at), ~has_offset & ~bad, timezone, bad, missing)


def _gregorian(year: Ints, month: Ints, day: Ints) -> tuple[npt.NDArray[np.bool_], Ints]:
    """(which dates exist, their days since 1970-01-01)."""
    known = (year >= 1) & (month >= 1) & (month <= 12) & (day >= 1)
    start = ((np.where(known, year, 1970) - 1970) * 12 + np.where(known, month, 1) - 1).astype(
        "datetime64[M]"
    )
    first = start.astype("datetime64[D]").astype(np.int64)
    length = (start + 1).astype("datetime64[D]").astype(np.int64) - first
    return known & (day <= length), first + day - 1


_TIME_OF_DAY = re.compile(r"^\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AP]M)?$")


def is_time_of_day(text: str) -> bool:
    """Whether a text is an hour without a date: ``14:30``, ``۲:۳۰ ب.ظ``."""
    return bool(_TIME_OF_DAY.match(simplify(text) or ""))
