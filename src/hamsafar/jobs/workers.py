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
        actions.on_start(self._wake.set)

    def stop(self) -> None:
        """Lets the present job finish its step; the rest stays queued for the next start."""
        self._stop_asked = True
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
        worker = Worker(
            queue_names=[self._queue],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=new_id(),
            excluded_queue_names=[],
        )
        worker.run()


def start_workers() -> list[QueueThread]:
    """Starts the threads; what a killed server left running is queued again first."""
    actions.requeue_interrupted()
    threads = [QueueThread(queue) for queue in ("short", "long")]
    for thread in threads:
        thread.start()
    return threads
