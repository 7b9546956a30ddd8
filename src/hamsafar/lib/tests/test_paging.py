"""Cursors of lists by time: what was written comes back, what is not ours is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from hamsafar.lib.paging import BadCursor, decode_moment_cursor, encode_cursor

TEHRAN = timezone(timedelta(hours=3, minutes=30))


def test_a_moment_comes_back_in_utc() -> None:
    cursor = encode_cursor([datetime(2026, 3, 21, 0, 30, tzinfo=TEHRAN).isoformat(), "m7"])
    assert decode_moment_cursor(cursor) == (datetime(2026, 3, 20, 21, 0, tzinfo=UTC), "m7")


@pytest.mark.parametrize(
    "cursor",
    [
        "not a cursor",
        encode_cursor(["yesterday", "m7"]),
        encode_cursor(["2026-03-21T00:30:00+03:30"]),
        encode_cursor(["2026-03-21T00:30:00+03:30", 7]),
        encode_cursor(["0001-01-01T00:00:00+03:30", "m7"]),  # before the first moment in UTC
    ],
)
def test_what_is_not_ours_is_refused(cursor: str) -> None:
    with pytest.raises(BadCursor):
        decode_moment_cursor(cursor)
