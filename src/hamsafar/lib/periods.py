"""Days, weeks and months of a calendar in a time zone, as ranges of instants."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from hamsafar.lib import jalali
from hamsafar.lib.errors import BadInput
from hamsafar.lib.times import EPOCH, from_us, to_us

Period = Literal["day", "week", "month", "jalali_month"]
PERIODS: tuple[Period, ...] = ("day", "week", "month", "jalali_month")
Weekday = Literal["monday", "saturday"]
WEEKDAYS: tuple[Weekday, ...] = ("monday", "saturday")

_DAY = timedelta(days=1)
_FIRST_DAY = date(1970, 1, 1)
# Days since 1970, modulo 7, of a week's first day: 1970-01-01 was a Thursday.
_WEEK_BEGINS = {"monday": 4, "saturday": 2}


class UnknownZone(BadInput):
    code = "unknown_zone"
    en = "“{timezone}” is not a known time zone. A name such as Asia/Tehran or UTC is expected."
    fa = "«{timezone}» منطقهٔ زمانی شناخته‌شده‌ای نیست. نامی مانند Asia/Tehran یا UTC لازم است."


class OutsideCalendar(BadInput):
    code = "outside_calendar"
    en = "Some times lie outside the calendar: periods are known from year 1622 to year 2300."
    fa = "برخی از زمان‌ها بیرون از محدودهٔ تقویم‌اند: دوره‌ها فقط برای سال‌های ۱۶۲۲ تا ۲۳۰۰ میلادی تعریف شده‌اند."


@dataclass(frozen=True)
class Periods:
    """``starts_us`` int64 [n + 1]: period ``p`` has the instants ``starts_us[p] <= at < starts_us[p + 1]``.

    ``names`` [n]: ``2026-01-31`` for days and weeks (their first day), ``2026-01`` for months, ``1404-11`` for Jalali
    ones; in the order of time.
    """

    starts_us: npt.NDArray[np.int64]
    names: tuple[str, ...]


def zone(timezone: str) -> ZoneInfo:
    """The time zone of that name; raises ``UnknownZone``."""
    try:
        return ZoneInfo(timezone)
    except (KeyError, ValueError, OSError):
        raise UnknownZone(timezone=timezone[:60]) from None


def periods(
    first_us: int, last_us: int, period: Period, timezone: str, week_starts: Weekday = "monday"
) -> Periods:
    """The periods from that of ``first_us`` to that of ``last_us``. Raises ``UnknownZone``, ``OutsideCalendar``."""
    in_zone = zone(timezone)
    try:
        first, last = (from_us(at_us).astimezone(in_zone).date() for at_us in (first_us, last_us))
    except OverflowError:
        raise OutsideCalendar from None
    if first.year < 1622 or last.year > 2300:
        raise OutsideCalendar
    days = np.arange((first - _FIRST_DAY).days - 32, (last - _FIRST_DAY).days + 34, dtype=np.int64)
    begins = days[_begin(days, period, week_starts)]
    # The last beginning that is not after the first day, up to the first one after the last day.
    low = int(np.searchsorted(begins, (first - _FIRST_DAY).days, side="right")) - 1
    high = int(np.searchsorted(begins, (last - _FIRST_DAY).days, side="right"))
    begins = begins[low : high + 1]
    starts = [start_of_day(_FIRST_DAY + int(day) * _DAY, in_zone) for day in begins]
    return Periods(np.array(starts, dtype=np.int64), tuple(_names(begins[:-1], period)))


def start_of_day(day: date, in_zone: tzinfo) -> int:
    """The first instant, in microseconds since 1970, at which clocks in the zone show ``day``.

    That is not always midnight: where summer time begins at midnight (in Iran until 2022), the day begins at one.
    A day that a zone skipped begins, and ends, with the next one.
    """
    midnight = datetime(day.year, day.month, day.day, tzinfo=in_zone)
    early, late = sorted(to_us(midnight.replace(fold=fold).astimezone(UTC)) for fold in (0, 1))
    if early == late or from_us(early).astimezone(in_zone).date() == day:
        return early
    # Midnight does not exist: clocks were put forward somewhere between its two readings.
    seconds = range((late - early) // 1_000_000)
    return early + 1_000_000 * bisect_left(
        seconds,
        True,
        key=lambda s: (EPOCH + timedelta(microseconds=early, seconds=s)).astimezone(in_zone).date() >= day,
    )


def _begin(days: npt.NDArray[np.int64], period: Period, week_starts: Weekday) -> npt.NDArray[np.bool_]:
    """Which of the days (since 1970) begin a period."""
    if period == "day":
        return np.ones(len(days), dtype=bool)
    if period == "week":
        return np.asarray(days % 7 == _WEEK_BEGINS[week_starts])
    if period == "jalali_month":
        return np.asarray(jalali.from_days(days)[2] == 1)
    dates = days.astype("datetime64[D]")
    return np.asarray(dates == dates.astype("datetime64[M]").astype("datetime64[D]"))


def _names(days: npt.NDArray[np.int64], period: Period) -> list[str]:
    if period == "jalali_month":
        years, months, _ = jalali.from_days(days)
        return [f"{year:04}-{month:02}" for year, month in zip(years.tolist(), months.tolist(), strict=True)]
    unit = "M" if period == "month" else "D"
    return [str(one) for one in days.astype("datetime64[D]").astype(f"datetime64[{unit}]")]
