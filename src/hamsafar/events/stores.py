"""The process's one set of event stores."""

from __future__ import annotations

import atexit
import threading

from django.conf import settings

from hamsafar.events.store import EventStores

_lock = threading.Lock()
_stores: EventStores | None = None


def open_stores() -> EventStores:
    """The stores in the data folder; opened when first asked for. ``StoreInUse`` when another process has them."""
    global _stores
    with _lock:
        if _stores is None:
            _stores = EventStores.open(settings.DATA_DIR, memory_limit=settings.EVENT_MEMORY_LIMIT)
            atexit.register(close_stores)
        return _stores


def close_stores() -> None:
    """Releases the files; the next question opens them again."""
    global _stores
    with _lock:
        if _stores is not None:
            _stores.close()
            _stores = None
            atexit.unregister(close_stores)
