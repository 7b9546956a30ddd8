from __future__ import annotations

from datetime import UTC, datetime

import pytest

from hamsafar.lib.times import BadInstant, from_us, range_us, to_us


def test_microseconds_and_back() -> None:
    at = datetime(2026, 3, 21, 14, 30, 0, 123456, tzinfo=UTC)
    assert from_us(to_us(at)) == at
    assert to_us(datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)) == -1


def test_a_day_at_the_end_is_part_of_the_range() -> None:
    start, end = range_us("2026-03-21", "2026-03-21")
    assert (start, end) == (
        to_us(datetime(2026, 3, 21, tzinfo=UTC)),
        to_us(datetime(2026, 3, 22, tzinfo=UTC)),
    )
    assert range_us(None, "") == (None, None)


def test_times_carry_their_offset() -> None:
    assert range_us("2026-03-21T03:30:00+03:30", None)[0] == to_us(datetime(2026, 3, 21, tzinfo=UTC))
    assert range_us("2026-03-21T00:00", None)[0] == to_us(datetime(2026, 3, 21, tzinfo=UTC))


@pytest.mark.parametrize("value", ["yesterday", "2026-13-01", "9999-12-31", "۱۴۰۳/۰۵/۱۲"])
def test_anything_else_is_told_with_its_field(value: str) -> None:
    with pytest.raises(BadInstant) as told:
        range_us(None, value)
    assert told.value.params["field"] == "to"
