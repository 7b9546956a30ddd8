"""Periods beside the calendar itself: every instant is in the period its local date says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import jdatetime
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamsafar.lib.periods import PERIODS, OutsideCalendar, Period, UnknownZone, periods, start_of_day
from hamsafar.lib.times import from_us, to_us

ZONES = [
    "UTC",
    "Asia/Tehran",
    "America/Havana",
    "America/Santiago",
    "Pacific/Apia",
    "America/Toronto",
    "Asia/Kabul",
]
instants = st.integers(to_us(datetime(1960, 1, 1, tzinfo=UTC)), to_us(datetime(2035, 1, 1, tzinfo=UTC)))


def name_of(day: date, period: Period, week_starts: str) -> str:
    if period == "day":
        return day.isoformat()
    if period == "week":
        first = {"monday": 0, "saturday": 5}[week_starts]
        return (day - timedelta(days=(day.weekday() - first) % 7)).isoformat()
    if period == "month":
        return f"{day:%Y-%m}"
    jalali = jdatetime.date.fromgregorian(date=day)
    return f"{jalali.year:04}-{jalali.month:02}"


@given(
    st.lists(instants, min_size=1, max_size=6),
    st.sampled_from(PERIODS),
    st.sampled_from(ZONES),
    st.sampled_from(["monday", "saturday"]),
    st.integers(0, 400),
)
@settings(max_examples=60, deadline=None)
def test_every_instant_is_in_the_period_of_its_date(times, period, zone, week_starts, days) -> None:  # type: ignore[no-untyped-def]
    first = min(times)
    times = [first + (at - first) % (86_400_000_000 * (days + 1)) for at in times]
    found = periods(first, max(times), period, zone, week_starts)
    assert len(found.starts_us) == len(found.names) + 1
    assert all(one <= other for one, other in pairwise(found.starts_us))
    assert found.starts_us[0] <= first
    assert max(times) < found.starts_us[-1]
    for at in times:
        place = int(np.searchsorted(found.starts_us, at, side="right")) - 1
        assert found.names[place] == name_of(
            from_us(at).astimezone(ZoneInfo(zone)).date(), period, week_starts
        )


@pytest.mark.parametrize(
    ("day", "utc"),
    [
        ("2022-03-21", "2022-03-20T20:30"),  # 1 Farvardin 1401, winter time
        ("2022-03-22", "2022-03-21T20:30"),  # midnight does not exist: clocks go from 24:00 to 01:00
        ("2022-03-23", "2022-03-22T19:30"),  # summer time
        ("2022-09-21", "2022-09-20T19:30"),  # the last day of summer time
        ("2022-09-22", "2022-09-21T20:30"),
        ("2024-03-20", "2024-03-19T20:30"),  # no more summer time
        ("2024-07-01", "2024-06-30T20:30"),
    ],
)
def test_days_in_tehran_with_and_without_summer_time(day: str, utc: str) -> None:
    found = from_us(start_of_day(date.fromisoformat(day), ZoneInfo("Asia/Tehran")))
    assert found == datetime.fromisoformat(utc).replace(tzinfo=UTC)


def test_a_day_that_was_skipped_is_empty() -> None:
    apia = ZoneInfo("Pacific/Apia")
    assert start_of_day(date(2011, 12, 30), apia) == start_of_day(date(2011, 12, 31), apia)


def test_clocks_put_forward_before_midnight() -> None:
    """Toronto, 1919-03-30: clocks went from 23:30 to 00:30, so the 31st began at half past."""
    start = start_of_day(date(1919, 3, 31), ZoneInfo("America/Toronto"))
    assert from_us(start) == datetime(1919, 3, 31, 4, 30, tzinfo=UTC)


def test_names() -> None:
    noon = to_us(datetime(2026, 1, 1, 12, tzinfo=UTC))  # a Thursday, 11 Dey 1404
    names = {
        (period, week): periods(noon, noon, period, "Asia/Tehran", week).names
        for period, week in [
            ("day", "monday"),
            ("week", "monday"),
            ("week", "saturday"),
            ("month", "monday"),
            ("jalali_month", "monday"),
        ]
    }
    assert list(names.values()) == [
        ("2026-01-01",),
        ("2025-12-29",),
        ("2025-12-27",),
        ("2026-01",),
        ("1404-10",),
    ]


def test_what_is_no_zone_and_no_date() -> None:
    for zone in ("Mars/Base", "", "../etc"):
        with pytest.raises(UnknownZone):
            periods(0, 0, "day", zone)
    for at in (-(2**62), 2**62):
        with pytest.raises(OutsideCalendar):
            periods(min(at, 0), max(at, 0), "day", "UTC")
