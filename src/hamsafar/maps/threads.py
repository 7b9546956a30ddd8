"""From the event loop into a thread, for what touches the database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from channels.db import database_sync_to_async

T = TypeVar("T")


async def in_thread(function: Callable[..., T], *arguments: Any) -> T:
    """Runs what touches the database off the event loop."""
    result: T = await database_sync_to_async(function, thread_sensitive=False)(*arguments)
    return result
