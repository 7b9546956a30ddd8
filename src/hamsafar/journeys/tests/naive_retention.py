"""Retention in plain Python, straight from its definition."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import jdatetime

from hamsafar.journeys.tests.naive import Event, paths
from hamsafar.lib.times import from_us


def period_number(at_us: int, period: str, zone: str, week_starts: str) -> int:
    """Periods counted one by one: neighbours differ by 1."""
    day = from_us(at_us).astimezone(ZoneInfo(zone)).date()
    if period == "day":
        return day.toordinal()
    if period == "week":
        first = {"monday": 0, "saturday": 5}[week_starts]
        return (day - timedelta(days=(day.weekday() - first) % 7)).toordinal() // 7
    if period == "month":
        return day.year * 12 + day.month - 1
    jalali = jdatetime.date.fromgregorian(date=day)
    return int(jalali.year * 12 + jalali.month - 1)


def name_of(at_us: int, period: str, zone: str, week_starts: str) -> str:
    day = from_us(at_us).astimezone(ZoneInfo(zone)).date()
    if period == "week":
        first = {"monday": 0, "saturday": 5}[week_starts]
        day = date.fromordinal(day.toordinal() - (day.weekday() - first) % 7)
    if period in ("day", "week"):
        return day.isoformat()
    number = period_number(at_us, period, zone, week_starts)
    return f"{number // 12:04}-{number % 12 + 1:02}"


def retention(
    events: Sequence[Event],
    period: str,
    zone: str,
    week_starts: str,
    first: Sequence[str] | None,
    returning: Sequence[str] | None,
    unbounded: bool,
    furthest: int,
) -> dict[tuple[str, int], tuple[set[str], set[str], bool]]:
    """(cohort, k) -> its persons, those of them who came back, and whether the period is over."""

    def number(at_us: int) -> int:
        return period_number(at_us, period, zone, week_starts)

    found: dict[tuple[str, int], tuple[set[str], set[str], bool]] = {}
    last = max((event.at_us for event in events), default=0)
    for person, path in paths(events).items():
        begins = [place for place, event in enumerate(path) if first is None or event.name in first]
        if not begins:
            continue
        start = path[begins[0]]
        after = [
            number(event.at_us) - number(start.at_us)
            for event in path[begins[0] + 1 :]
            if returning is None or event.name in returning
        ]
        for k in range(furthest + 1):
            if number(start.at_us) + k > number(last):
                break
            cohort = name_of(start.at_us, period, zone, week_starts)
            complete = number(start.at_us) + k < number(last)
            members, back, _ = found.setdefault((cohort, k), (set(), set(), complete))
            members.add(person)
            if any(since >= k if unbounded else since == k for since in after):
                back.add(person)
    return found
