"""One thread stores for all rooms: whatever waits, of any map, is stored in one transaction.

Writing to disk is what takes time, and one write carries many changes as easily as one.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.db import DatabaseError, connection, transaction

from hamsafar.accounts import policies
from hamsafar.lib.errors import HamsafarError
from hamsafar.maps import log


class NotEditors(Exception):
    """Some senders may no longer write; nothing of their map was stored."""

    def __init__(self, user_ids: set[str]) -> None:
        self.user_ids = user_ids
        super().__init__(", ".join(user_ids))


@dataclass(frozen=True)
class _Waiting:
    batch: log.Batch
    senders: Collection[str]
    stored: asyncio.Future[int]


class Store:
    """Make it on the event loop."""

    def __init__(self) -> None:
        # A thread of its own keeps its connection: opening one costs more than a change.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="maps-store")
        self._waiting: list[_Waiting] = []
        self._task: asyncio.Task[None] | None = None

    async def append(self, batch: log.Batch, senders: Collection[str]) -> int:
        """``log.append``, after asking whether the sending users (ids) may still write, else NotEditors."""
        waiting = _Waiting(batch, senders, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._drain(), name="maps store")
        return await waiting.stored

    async def _drain(self) -> None:
        while self._waiting:
            taken, self._waiting = self._waiting, []
            outcomes: Sequence[int | Exception]
            try:
                loop = asyncio.get_running_loop()
                outcomes = await loop.run_in_executor(self._thread, _store_all, taken)
            except Exception as error:
                outcomes = [error] * len(taken)
            for waiting, outcome in zip(taken, outcomes, strict=True):
                if waiting.stored.done():
                    continue
                if isinstance(outcome, Exception):
                    waiting.stored.set_exception(outcome)
                else:
                    waiting.stored.set_result(outcome)

    async def compact(self, map_id: str, seq: int, state: bytes) -> None:
        """``log.compact``, in its turn."""
        await asyncio.get_running_loop().run_in_executor(self._thread, _compact, map_id, seq, state)

    async def close(self) -> None:
        """Ends the thread and its connection; nothing may be waiting."""
        await asyncio.get_running_loop().run_in_executor(self._thread, _close_connection)
        self._thread.shutdown()


def _close_connection() -> None:
    connection.close()  # of the thread that runs this


def _compact(map_id: str, seq: int, state: bytes) -> None:
    with _good_connection():
        log.compact(map_id, seq, state)


@contextlib.contextmanager
def _good_connection() -> Iterator[None]:
    """After any trouble the next one begins with a new connection, whatever is wrong with this one."""
    try:
        yield
    except BaseException:
        connection.close()
        raise


def _store_all(taken: Sequence[_Waiting]) -> list[int | Exception]:
    """In the thread: what could be stored as its new ``seq``, what could not as its error."""
    with _good_connection():
        if len(taken) == 1:
            return [_outcome(taken[0])]
        with transaction.atomic():
            return [_outcome(waiting) for waiting in taken]


def _outcome(waiting: _Waiting) -> int | Exception:
    """One map's, in a savepoint of its own: its trouble is not another's."""
    try:
        return _store(waiting)
    except (log.Behind, NotEditors, HamsafarError, DatabaseError) as error:
        # A full or failing disk makes the database drop the whole transaction, with the maps before this one in it.
        # Django would end such a transaction without a word.
        if connection.in_atomic_block and connection.needs_rollback:
            raise
        return error


def _store(waiting: _Waiting) -> int:
    revoked = set(waiting.senders)
    if revoked:
        revoked -= policies.editors_among(revoked, waiting.batch.workspace_id)
    if revoked:
        raise NotEditors(revoked)
    return log.append(waiting.batch)
