"""The writer thread: every change of every workspace passes through it, several in one commit."""

from __future__ import annotations

import contextlib
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

import duckdb

from hamsafar.events.store.running import run

Result = TypeVar("Result")
Work = Callable[[duckdb.DuckDBPyConnection], Any]
Watch = Callable[[float], None]
"""Is told how much of the running statement is done, 0 to 1; raises to give the work up."""

WATCH_EVERY_SECONDS = 0.5


@dataclass(eq=False)
class _Order:
    database: str
    work: Work
    answer: Future[Any] = field(default_factory=Future)
    withdrawn: bool = False


class Withdrawn(Exception):
    """The answer to a piece of work that was given up by the one who asked for it."""


class Writer:
    """Runs pieces of work in the order they came, those of one workspace that are waiting in one transaction.

    A group commit costs one ``fsync`` for all of them. If one piece fails, the group is rolled back and each
    piece runs again in a transaction of its own, so only the one at fault fails. A piece may therefore run
    twice and must do nothing but change the database. Answers are given after the commit.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        # DuckDB counts how far a statement is only with its progress bar on; nothing is printed.
        for setting in (
            "enable_progress_bar = true",
            "enable_progress_bar_print = false",
            "progress_bar_time = 0",
        ):
            run(connection, f"set {setting}")
        self._waiting: deque[_Order] = deque()
        self._changed = threading.Condition()
        self._running: list[_Order] = []
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="hamsafar-event-writer", daemon=True)
        self._thread.start()

    def run(
        self,
        database: str,
        work: Callable[[duckdb.DuckDBPyConnection], Result],
        watch: Watch | None = None,
    ) -> Result:
        """Run ``work`` inside a transaction on ``database``; returns its result once it is durable.

        ``watch`` is called now and then while one waits, in the caller's thread, with the share of the
        running statement that is done. If it raises, the work is given up and rolled back, and the exception
        passes on (unless the work was done by then).
        """
        order = _Order(database, work)
        with self._changed:
            if self._closing:
                raise RuntimeError("the event store is closed")
            self._waiting.append(order)
            self._changed.notify()
        while watch is not None:
            finished, _ = wait([order.answer], timeout=WATCH_EVERY_SECONDS)
            if finished:
                break
            try:
                watch(self._share_done(order))
            except BaseException:
                if self._withdraw(order):
                    raise
                break
        return cast(Result, order.answer.result())

    def _share_done(self, order: _Order) -> float:
        """How much of the running statement is done, as DuckDB estimates it; 0 while another order runs."""
        with self._changed:
            running = order in self._running
        # -1 is "not known", which a statement that has just begun is.
        return min(1.0, max(0.0, self._connection.query_progress() / 100)) if running else 0.0

    def _withdraw(self, order: _Order) -> bool:
        """Give a piece of work up; False when it was done first."""
        with self._changed:
            order.withdrawn = True
            if order in self._running:
                self._connection.interrupt()
        try:
            order.answer.result()
        except (Withdrawn, duckdb.Error):
            return True
        return False

    def close(self) -> None:
        """Finish what is waiting, then stop."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join()

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._waiting and not self._closing:
                    self._changed.wait()
                if not self._waiting:
                    return
                database = self._waiting[0].database
                group = [order for order in self._waiting if order.database == database]
                self._waiting = deque(order for order in self._waiting if order.database != database)
                self._running = group
            self._commit(group)
            with self._changed:
                self._running = []

    def _commit(self, group: list[_Order]) -> None:
        for order in [order for order in group if order.withdrawn]:
            order.answer.set_exception(Withdrawn())
        group = [order for order in group if not order.withdrawn]
        if not group:
            return
        try:
            run(self._connection, f'use "{group[0].database}"')
            run(self._connection, "begin")
            results = [order.work(self._connection) for order in group]
            run(self._connection, "commit")
        except BaseException as error:
            self._roll_back()
            # An interrupt that was meant for a neighbour is no fault of this order either.
            misled = isinstance(error, duckdb.InterruptException) and not group[0].withdrawn
            if len(group) == 1 and not misled:
                group[0].answer.set_exception(error)
            else:
                for order in group:
                    self._commit([order])
            return
        for order, result in zip(group, results, strict=True):
            order.answer.set_result(result)

    def _roll_back(self) -> None:
        with contextlib.suppress(duckdb.Error):  # a failed commit has already ended the transaction
            run(self._connection, "rollback")
