"""The Jalali (Solar Hijri) calendar over whole arrays.

A day is an integer: days since 1970-01-01. Leap years follow the 33-year rule, which agrees with the
official calendar in the years that matter here (Kazimierz M. Borkowski, "The Persian calendar for 3000
years", Earth, Moon, and Planets 74 (1996), 223-230). Years outside ``FIRST_YEAR .. LAST_YEAR`` are invalid.
"""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

FIRST_YEAR, LAST_YEAR = 1000, 1700

MONTHS = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip

Ints = npt.NDArray[np.int64]

_LEAP_REMAINDERS = (1, 5, 9, 13, 17, 22, 26, 30)
_YEARS = np.arange(FIRST_YEAR, LAST_YEAR + 2, dtype=np.int64)
_LEAP = np.isin(_YEARS % 33, _LEAP_REMAINDERS)
# First day of every year, counted from an anchor everyone can check: 1 Farvardin 1403 is 20 March 2024.
_SINCE_FIRST = np.concatenate([[0], np.cumsum(365 + _LEAP[:-1])])
_ANCHOR = int(np.datetime64("2024-03-20").astype("datetime64[D]").astype(np.int64))
_YEAR_STARTS: Ints = _SINCE_FIRST - _SINCE_FIRST[1403 - FIRST_YEAR] + _ANCHOR
# Six months of 31 days, five of 30, and the last of 29 or 30.
_MONTH_STARTS = np.array([0, 31, 62, 93, 124, 155, 186, 216, 246, 276, 306, 336], dtype=np.int64)


def is_leap(year: int) -> bool:
    """Whether Esfand of ``year`` has 30 days."""
    return year % 33 in _LEAP_REMAINDERS


def is_valid(year: Ints, month: Ints, day: Ints) -> npt.NDArray[np.bool_]:
    """Which (year, month, day) are dates of the calendar, within the known years."""
    known = (year >= FIRST_YEAR) & (year <= LAST_YEAR) & (month >= 1) & (month <= 12) & (day >= 1)
    leap = np.isin(year % 33, _LEAP_REMAINDERS)
    length = np.where(month <= 6, 31, np.where(month < 12, 30, np.where(leap, 30, 29)))
    return np.asarray(known & (day <= length))


def to_days(year: Ints, month: Ints, day: Ints) -> Ints:
    """Days since 1970-01-01 of valid dates (see ``is_valid``); others give a number without meaning."""
    place = np.clip(year, FIRST_YEAR, LAST_YEAR) - FIRST_YEAR
    return np.asarray(_YEAR_STARTS[place] + _MONTH_STARTS[np.clip(month, 1, 12) - 1] + day - 1)


def from_days(days: Ints) -> tuple[Ints, Ints, Ints]:
    """(year, month, day) of days since 1970-01-01; ``ValueError`` outside the known years."""
    days = np.asarray(days, dtype=np.int64)
    if days.size and (days.min() < _YEAR_STARTS[0] or days.max() >= _YEAR_STARTS[-1]):
        raise ValueError(f"the Jalali calendar is known here from year {FIRST_YEAR} to {LAST_YEAR}")
    place = np.searchsorted(_YEAR_STARTS, days, side="right") - 1
    of_year = days - _YEAR_STARTS[place]
    month = np.searchsorted(_MONTH_STARTS, of_year, side="right")
    return place + FIRST_YEAR, month, of_year - _MONTH_STARTS[month - 1] + 1


def jalali_date(moment: datetime, tz: str | tzinfo = "Asia/Tehran") -> str:
    """The Jalali date of an aware datetime in ``tz``, as ``"1403/05/12"`` (0-9 digits)."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone has no date")
    zone = ZoneInfo(tz) if isinstance(tz, str) else tz
    day = moment.astimezone(zone).date().toordinal() - date(1970, 1, 1).toordinal()
    year, month, day_of_month = from_days(np.array([day], dtype=np.int64))
    return f"{year[0]:04d}/{month[0]:02d}/{day_of_month[0]:02d}"
