"""Django's SQLite back end, with one write lock in the process.

SQLite has one writer. Its own waiting is a poll with back-off, which under many writers starves some of them until
"database is locked". Threads of one process can queue fairly instead: a transaction takes this lock before BEGIN
IMMEDIATE and gives it back after COMMIT or ROLLBACK. Other processes still meet SQLite's own lock and timeout.
"""

from __future__ import annotations

import threading
from typing import Any

from django.db.backends.sqlite3 import base

_LOCKS: dict[str, threading.Lock] = {}


class DatabaseWrapper(base.DatabaseWrapper):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._holds_write_lock = False

    @property
    def _write_lock(self) -> threading.Lock:
        return _LOCKS.setdefault(str(self.settings_dict["NAME"]), threading.Lock())

    def _release(self) -> None:
        if self._holds_write_lock:
            self._holds_write_lock = False
            self._write_lock.release()

    def _start_transaction_under_autocommit(self) -> None:
        self._write_lock.acquire()
        self._holds_write_lock = True
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # not in the stubs
        except BaseException:
            self._release()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # not in the stubs
        self._release()  # after a failed COMMIT Django rolls back, which releases

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # not in the stubs
        finally:
            self._release()

    def close(self) -> None:
        super().close()
        if not self.in_atomic_block:  # inside a block Django only marks the connection as closed
            self._release()
