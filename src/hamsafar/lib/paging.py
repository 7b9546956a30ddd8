"""Keyset paging: a cursor names the last item seen, so that pages neither repeat nor miss what others add."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from hamsafar.lib.errors import BadInput

T = TypeVar("T")
LARGEST_PAGE = 200


class BadCursor(BadInput):
    code = "bad_cursor"
    en = "The page mark “{cursor}” is not one of ours. Start again from the first page."
    fa = "نشانهٔ صفحه («{cursor}») معتبر نیست. از صفحهٔ نخست شروع کنید."


@dataclass(frozen=True)
class Page(Generic[T]):
    items: Sequence[T]
    next: str | None
    total: int | None = None


def encode_cursor(key: Sequence[Any]) -> str:
    """The sort key of the last item on a page, as text for an address."""
    return base64.urlsafe_b64encode(json.dumps(list(key)).encode()).decode().rstrip("=")


def decode_cursor(cursor: str, *kinds: type) -> tuple[Any, ...]:
    """The sort key in a cursor; raises BadCursor when it does not have these types."""
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        json.dumps(
            key, ensure_ascii=False
        ).encode()  # fails for half a surrogate pair, which no database takes
    except (ValueError, RecursionError):
        raise BadCursor(cursor=cursor[:40]) from None
    if not isinstance(key, list) or [type(part) for part in key] != list(kinds):
        raise BadCursor(cursor=cursor[:40])
    return tuple(key)


def decode_moment_cursor(cursor: str) -> tuple[datetime, str]:
    """The moment (in UTC) and the id in a cursor of a list by time; raises BadCursor when it has not these."""
    at, last_id = decode_cursor(cursor, str, str)
    try:
        return datetime.fromisoformat(at).astimezone(UTC), last_id
    except (ValueError, OverflowError):
        raise BadCursor(cursor=cursor[:40]) from None


def page_of(
    items: Sequence[T], key: Callable[[T], tuple[str, ...]], cursor: str | None, limit: int
) -> Page[T]:
    """One page of items that are all at hand, sorted by ``key``, which is unique and made of texts."""
    limit = max(1, min(limit, LARGEST_PAGE))
    ordered = sorted(items, key=key)
    start = 0
    if cursor and ordered:
        after = decode_cursor(cursor, *(str for _ in key(ordered[0])))
        start = next((i for i, item in enumerate(ordered) if key(item) > after), len(ordered))
    shown = ordered[start : start + limit]
    more = start + limit < len(ordered)
    return Page(shown, encode_cursor(key(shown[-1])) if more else None, len(ordered))
