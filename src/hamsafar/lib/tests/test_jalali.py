from datetime import UTC, date, datetime

import jdatetime
import numpy as np
import pytest

from hamsafar.lib.jalali import MONTHS, from_days, is_leap, is_valid, jalali_date, to_days

EPOCH = date(1970, 1, 1).toordinal()


def test_every_day_of_three_centuries_agrees_with_jdatetime():
    first = jdatetime.date(1200, 1, 1).togregorian().toordinal() - EPOCH
    last = jdatetime.date(1500, 12, 29).togregorian().toordinal() - EPOCH
    days = np.arange(first, last + 1)
    year, month, day = from_days(days)
    assert is_valid(year, month, day).all()
    assert (to_days(year, month, day) == days).all()
    for at in range(0, len(days), 97):  # 97 is coprime to week, month and year: all kinds of days come up
        other = jdatetime.date.fromgregorian(date=date.fromordinal(int(days[at]) + EPOCH))
        assert (year[at], month[at], day[at]) == (other.year, other.month, other.day)


def test_every_new_year_and_last_day_agrees_with_jdatetime():
    for year in range(1200, 1501):
        assert is_leap(year) == jdatetime.date(year, 1, 1).isleap()
        for month, day in [(1, 1), (6, 31), (7, 1), (12, 29)]:
            ours = to_days(np.array([year]), np.array([month]), np.array([day]))[0]
            assert ours == jdatetime.date(year, month, day).togregorian().toordinal() - EPOCH


@pytest.mark.parametrize(
    ("year", "month", "day", "valid"),
    [(1403, 12, 30, True), (1404, 12, 30, False), (1403, 6, 31, True), (1403, 7, 31, False),
     (1403, 13, 1, False), (1403, 0, 1, False), (1403, 1, 0, False), (999, 1, 1, False)],
)  # fmt: skip
def test_which_dates_exist(year, month, day, valid):
    assert is_valid(np.array([year]), np.array([month]), np.array([day]))[0] == valid


def test_the_date_is_that_of_the_place():
    late = datetime(2024, 8, 1, 21, 0, tzinfo=UTC)  # past midnight in Tehran
    assert jalali_date(late) == "1403/05/12"
    assert jalali_date(late, "UTC") == "1403/05/11"
    with pytest.raises(ValueError, match="time zone"):
        jalali_date(datetime(2024, 8, 1))  # noqa: DTZ001  (a wall clock)


def test_days_outside_the_known_years_are_refused():
    with pytest.raises(ValueError, match="1000 to 1700"):
        from_days(np.array([10_000_000]))


def test_month_names():
    assert MONTHS[4] == "مرداد"
    assert len(MONTHS) == 12
