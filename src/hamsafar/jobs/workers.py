"""Threads of the server process that run the queue: one for short work, one for long."""

from __future__ import annotations

import logging
import threading

from django.db import close_old_connections, connection
from django_tasks_db.management.commands.db_worker import Worker

from hamsafar.jobs import actions
from hamsafar.lib.ids import new_id

log = logging.getLogger(__name__)

POLL_SECONDS = (
    5.0  # a job of this process wakes its worker at once; the poll is for those queued by the shell
)


class QueueThread(threading.Thread):
    """Empties one queue whenever it is woken."""

    def __init__(self, queue: str) -> None:
        super().__init__(name=f"hamsafar-jobs-{queue}", daemon=True)
        self._queue = queue
        self._wake = threading.Event()
        self._stop_asked = False
        self._worker: Worker | None = None
        actions.on_start(self._wake.set)

    def stop(self) -> None:
        """Interrupts the present job at its next step; it and the rest stay queued for the next start."""
        self._stop_asked = True
        if self._worker is not None:
            self._worker.running = False
        actions.stop_running()
        self._wake.set()

    def run(self) -> None:
        while not self._stop_asked:
            self._wake.clear()
            try:
                self._empty_the_queue()
            except Exception:
                log.exception("the %s queue stumbled and goes on", self._queue)
            close_old_connections()
            self._wake.wait(POLL_SECONDS)
        connection.close()

    def _empty_the_queue(self) -> None:
        self._worker = Worker(
            queue_names=[self._queue],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=new_id(),
            excluded_queue_names=[],
        )
        # Asked to stop between two jobs: the worker was not there to be told.
        self._worker.running = not self._stop_asked
        self._worker.run()


def start_workers() -> list[QueueThread]:
    """Starts the threads; what a killed server left running is queued again first."""
    actions.stop_running(stop=False)
    actions.requeue_interrupted()
    threads = [QueueThread(queue) for queue in ("short", "long")]
    for thread in threads:
        thread.start()
    return threads
