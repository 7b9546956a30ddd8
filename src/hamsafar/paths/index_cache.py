"""One path index per workspace, kept while its events stay as they are."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class IndexCache(Generic[Value]):
    """The latest value of each key, for the most recently used keys.

    ``get`` makes a value when there is none for this state: once, however many threads ask, and without
    keeping those waiting who ask for another key.
    """

    def __init__(self, keep: int) -> None:
        self._keep = keep
        self._lock = threading.Lock()
        self._making: dict[str, threading.Lock] = {}
        self._made: OrderedDict[str, tuple[str, Value]] = OrderedDict()

    def get(self, key: str, state: str, make: Callable[[], Value]) -> Value:
        with self._lock:
            making = self._making.setdefault(key, threading.Lock())
        with making:
            with self._lock:
                found = self._made.get(key)
                if found is not None and found[0] == state:
                    self._made.move_to_end(key)
                    return found[1]
            value = make()
            with self._lock:
                self._made[key] = (state, value)
                self._made.move_to_end(key)
                while len(self._made) > self._keep:
                    self._made.popitem(last=False)
            return value

    def forget(self, key: str) -> None:
        with self._lock:
            self._made.pop(key, None)
