"""Instants as the stores keep them (integer microseconds since 1970, UTC) and as people write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hamsafar.lib.errors import BadInput

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class BadInstant(BadInput):
    code = "bad_instant"
    en = "“{value}” in “{field}” is not a date. A day such as 2026-03-21 or a time such as {example} is expected."
    fa = "«{value}» در «{field}» تاریخ نیست. روزی مانند 2026-03-21 یا زمانی مانند {example} لازم است."


def from_us(at_us: int) -> datetime:
    """Microseconds since 1970 as an aware datetime in UTC."""
    return EPOCH + at_us * _MICROSECOND


def to_us(at: datetime) -> int:
    """An aware datetime as microseconds since 1970."""
    return (at - EPOCH) // _MICROSECOND


def range_us(from_: str | None, to: str | None) -> tuple[int | None, int | None]:
    """A range as people ask for it as ``from <= at_us < to``.

    Each end is an ISO 8601 day or time; a time without an offset, and a day, are UTC. A day as the end is
    part of the range. Raises ``BadInstant``.
    """
    return _end_us("from", from_, days=0), _end_us("to", to, days=1)


def _end_us(field: str, value: str | None, *, days: int) -> int | None:
    if value is None or not value.strip():
        return None
    text = value.strip()
    try:
        if len(text) == len("2026-03-21"):
            day = date.fromisoformat(text)
            return to_us(datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=days))
        at = datetime.fromisoformat(text)
        return to_us(at if at.tzinfo else at.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        raise BadInstant(field=field, value=value[:40], example="2026-03-21T14:30:00+03:30") from None
