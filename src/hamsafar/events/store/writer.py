"""The writer thread: every change of every workspace passes through it, several in one commit."""

from __future__ import annotations

import contextlib
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import duckdb

Result = TypeVar("Result")
Work = Callable[[duckdb.DuckDBPyConnection], Any]


@dataclass(frozen=True)
class _Order:
    database: str
    work: Work
    answer: Future[Any]


class Writer:
    """Runs pieces of work in the order they came, those of one workspace that are waiting in one transaction.

    A group commit costs one ``fsync`` for all of them. If one piece fails, the group is rolled back and each
    piece runs again in a transaction of its own, so only the one at fault fails. A piece may therefore run
    twice and must do nothing but change the database. Answers are given after the commit.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._waiting: deque[_Order] = deque()
        self._changed = threading.Condition()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="hamsafar-event-writer", daemon=True)
        self._thread.start()

    def run(self, database: str, work: Callable[[duckdb.DuckDBPyConnection], Result]) -> Result:
        """Run ``work`` inside a transaction on ``database``; returns its result once it is durable."""
        return cast(Result, self.submit(database, work).result())

    def submit(self, database: str, work: Work) -> Future[Any]:
        """As ``run``, but answers with the future result at once."""
        answer: Future[Any] = Future()
        with self._changed:
            if self._closing:
                raise RuntimeError("the event store is closed")
            self._waiting.append(_Order(database, work, answer))
            self._changed.notify()
        return answer

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
            self._commit(group)

    def _commit(self, group: list[_Order]) -> None:
        try:
            self._connection.execute(f'use "{group[0].database}"')
            self._connection.execute("begin")
            results = [order.work(self._connection) for order in group]
            self._connection.execute("commit")
        except BaseException as error:
            self._roll_back()
            if len(group) == 1:
                group[0].answer.set_exception(error)
            else:
                for order in group:
                    self._commit([order])
            return
        for order, result in zip(group, results, strict=True):
            order.answer.set_result(result)

    def _roll_back(self) -> None:
        with contextlib.suppress(duckdb.Error):  # a failed commit has already ended the transaction
            self._connection.execute("rollback")
