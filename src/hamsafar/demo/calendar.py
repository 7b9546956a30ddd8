"""The shop's year: when people look around, when the shop is open.

Mehr 1404 to the end of Shahrivar 1405, in Tehran's time (UTC+3:30 the whole year round).
"""

from __future__ import annotations

import calendar
from datetime import date
from functools import cache

import jdatetime
import numpy as np

from hamsafar.demo.draw import DAY, HOUR, MINUTE, Dice, Ints

TEHRAN_OFFSET_SECONDS = 3 * HOUR + 30 * MINUTE
DAYS = 365
_MARGIN_DAYS = 60  # deliveries and answers may fall after the year; they are cut off later
_OPENS, _CLOSES = 9 * HOUR, 18 * HOUR


def jalali(year: int, month: int, day: int) -> date:
    """The Gregorian date of a Jalali one."""
    return date.fromordinal(jdatetime.date(year, month, day).togregorian().toordinal())


def midnight(day: date) -> int:
    """Seconds since the epoch at Tehran's midnight that begins ``day``."""
    return calendar.timegm(day.timetuple()) - TEHRAN_OFFSET_SECONDS


FIRST_DAY = jalali(1404, 7, 1)
START = midnight(FIRST_DAY)
END = START + DAYS * DAY

# (first day, last day, per cent of an ordinary day): how the year breathes.
_SEASONS = (
    (jalali(1404, 7, 1), jalali(1404, 7, 10), 135),  # schools and universities open
    (jalali(1404, 9, 3), jalali(1404, 9, 6), 150),  # the week of the autumn sale …
    (jalali(1404, 9, 7), jalali(1404, 9, 7), 260),  # … and its Friday
    (jalali(1404, 9, 15), jalali(1404, 9, 20), 140),  # Mother's Day
    (jalali(1404, 9, 21), jalali(1404, 9, 29), 240),  # presents for Yalda night
    (jalali(1404, 9, 30), jalali(1404, 10, 2), 70),
    (jalali(1404, 11, 28), jalali(1404, 12, 7), 120),
    (jalali(1404, 12, 8), jalali(1404, 12, 25), 190),  # presents for Nowruz
    (jalali(1404, 12, 26), jalali(1404, 12, 29), 90),
    (jalali(1405, 1, 1), jalali(1405, 1, 13), 42),  # the Nowruz holidays
    (jalali(1405, 2, 8), jalali(1405, 2, 12), 130),  # Teachers' Day
    (jalali(1405, 4, 3), jalali(1405, 4, 5), 50),  # Tasua and Ashura
    (jalali(1405, 6, 18), jalali(1405, 6, 31), 145),  # before school
)

_HOLIDAYS = frozenset(
    [jalali(1405, 1, day) for day in (1, 2, 3, 4, 12, 13)]
    + [jalali(1404, 11, 22), jalali(1404, 12, 29), jalali(1405, 3, 14), jalali(1405, 3, 15)]
    + [jalali(1405, 4, 4), jalali(1405, 4, 5)]
)

# Python's weekdays: Monday is 0, Thursday 3, Friday 4. People look around more at the weekend.
_WEEKDAY_PER_CENT = (93, 92, 95, 116, 128, 97, 94)

# How many of a day's visits begin in each hour of Tehran's day.
_HOURS_ONLINE = (34, 16, 8, 4, 3, 4, 8, 16, 28, 38, 44, 48, 50, 46, 40, 40, 44, 50, 56, 62, 74, 92, 96, 66)
_HOURS_STORE = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 10, 10, 6, 3, 3, 8, 14, 18, 20, 16, 8, 0, 0)


def _date(day: int) -> date:
    return date.fromordinal(FIRST_DAY.toordinal() + day)


@cache
def day_weights() -> Ints:
    """How busy each of the year's days is, as whole-number weights."""
    weights = np.empty(DAYS, dtype=np.int64)
    for day in range(DAYS):
        today = _date(day)
        season = next((share for first, last, share in _SEASONS if first <= today <= last), 100)
        weights[day] = _WEEKDAY_PER_CENT[today.weekday()] * season
    weights.setflags(write=False)
    return weights


@cache
def _next_open_day() -> Ints:
    """For each day of the year and its margin: that day when the shop works, else the next that does."""
    days = np.empty(DAYS + _MARGIN_DAYS, dtype=np.int64)
    following = DAYS + _MARGIN_DAYS
    for day in reversed(range(DAYS + _MARGIN_DAYS)):
        today = _date(day)
        if today.weekday() != calendar.FRIDAY and today not in _HOLIDAYS:
            following = day
        days[day] = following
    days.setflags(write=False)
    return days


def day_after(dice: Dice, first_day: Ints) -> Ints:
    """A day of the year from ``first_day`` on, busy days more often."""
    weights = day_weights()
    before = np.concatenate([[0], np.cumsum(weights)])
    position = before[first_day] + dice.below(before[-1] - before[first_day])
    return np.asarray(np.searchsorted(before, position, side="right") - 1)


def moment(dice: Dice, day: Ints, *, in_store: bool = False) -> Ints:
    """A moment of each day, in seconds since the epoch."""
    n = len(day)
    hour = dice.pick(_HOURS_STORE if in_store else _HOURS_ONLINE, n)
    return np.asarray(START + day * DAY + hour * HOUR + dice.between(0, HOUR - 1, n))


def when_open(dice: Dice, at: Ints) -> Ints:
    """``at`` when people work then (Saturday to Thursday, 9 to 18), else the next working morning."""
    day, second = np.divmod(at - START, DAY)
    last = DAYS + _MARGIN_DAYS - 1
    working_day = _next_open_day()[np.minimum(day, last)]
    open_now = (working_day == day) & (second >= _OPENS) & (second < _CLOSES)
    same_morning = (working_day == day) & (second < _OPENS)
    morning = np.where(same_morning, day, _next_open_day()[np.minimum(day + 1, last)])
    later = START + morning * DAY + _OPENS + dice.delay((60, HOUR, 4 * HOUR), len(at))
    return np.where(open_now, at, later)
