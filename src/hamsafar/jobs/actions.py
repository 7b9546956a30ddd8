"""Starting, running and cancelling long work.

A room declares a kind of job once, at import of its ``tasks``::

    @job("import", queue="long")
    def run_import(handle: Handle) -> None: ...

A job may run twice (the server may be stopped in its middle, the machine may die between its last write and the
note that it is done), so its function must be harmless when repeated; ``handle.attempt`` tells it that it is not
the first.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from hamsafar.jobs.models import Job
from hamsafar.jobs.queries import JobNotFound, JobView, view
from hamsafar.lib.errors import HamsafarError

log = logging.getLogger(__name__)

Queue = Literal["short", "long"]
PROGRESS_EVERY_SECONDS = 0.5

_KINDS: dict[str, tuple[Callable[[Handle], None], Queue]] = {}
_wake_workers: list[Callable[[], None]] = []
_stopping = threading.Event()


class Cancelled(Exception):
    """Raised inside a job's function when a person has asked for it to stop."""


class Interrupted(BaseException):
    """Raised inside a job's function when the server stops: the job goes on at the next start.

    Not an ``Exception``, so that cleaning up after a failure leaves the job's resume point alone.
    """


@dataclass
class Handle:
    """What a job's function holds while it runs."""

    job_id: str
    workspace_id: str
    user_id: str | None
    params: dict[str, Any]
    attempt: int
    _told_at: float = 0.0

    def progress(self, done: int, total: int | None) -> None:
        """Tells how far the work is; at most twice a second is written. Raises ``Cancelled`` when asked to stop."""
        _check_stopping()
        now = time.monotonic()
        if now - self._told_at < PROGRESS_EVERY_SECONDS:
            return
        self._told_at = now
        Job.objects.filter(id=self.job_id).update(done=done, total=total)
        self.check_cancelled()

    def check_cancelled(self) -> None:
        _check_stopping()
        if Job.objects.filter(id=self.job_id, cancel_requested=True).exists():
            raise Cancelled()


def job(kind: str, *, queue: Queue) -> Callable[[Callable[[Handle], None]], Callable[[Handle], None]]:
    """Declares the function that does one kind of job."""

    def declare(function: Callable[[Handle], None]) -> Callable[[Handle], None]:
        _KINDS[kind] = (function, queue)
        return function

    return declare


def start(
    workspace_id: str, kind: str, params: dict[str, Any], user_id: str | None, *, at: datetime | None = None
) -> JobView:
    """Queues a job, to run at once or not before ``at``. The row and its place in the queue are one transaction."""
    _, queue = _KINDS[kind]
    with transaction.atomic():
        made = Job.objects.create(workspace_id=workspace_id, kind=kind, params=params, created_by_id=user_id)
        run_job.using(queue_name=queue, run_after=at).enqueue(made.id)
        transaction.on_commit(wake)
    return view(made)


def cancel(workspace_id: str, job_id: str) -> JobView:
    """Asks a job to stop. A queued one stops at once, a running one at its next step; an ended one stays as it is."""
    with transaction.atomic():
        found = Job.objects.select_for_update().filter(workspace_id=workspace_id, id=job_id).first()
        if found is None:
            raise JobNotFound()
        if found.status == Job.Status.QUEUED and found.attempt == 0:
            found.status, found.finished_at = Job.Status.CANCELLED, timezone.now()
        found.cancel_requested = True
        found.save(update_fields=["status", "finished_at", "cancel_requested"])
    return view(found)


def run_now(job_id: str) -> JobView:
    """Runs a job in this thread: the CLI's way when no server is there to do it."""
    _run(job_id)
    return view(Job.objects.get(id=job_id))


@task(queue_name="short")
def run_job(job_id: str) -> None:
    """What the queue's workers call."""
    _run(job_id)


def _run(job_id: str) -> None:
    with transaction.atomic():
        row = Job.objects.select_for_update().filter(id=job_id).first()
        if row is None or row.status in (Job.Status.DONE, Job.Status.FAILED, Job.Status.CANCELLED):
            return
        row.status, row.attempt = Job.Status.RUNNING, row.attempt + 1
        row.save(update_fields=["status", "attempt"])
    function, _ = _KINDS[row.kind]
    handle = Handle(row.id, row.workspace_id, row.created_by_id, row.params, row.attempt)
    try:
        handle.check_cancelled()
        function(handle)
    except Cancelled:
        _finish(job_id, Job.Status.CANCELLED)
    except Interrupted:
        _put_back(row)
    except HamsafarError as error:
        _finish(job_id, Job.Status.FAILED, error)
    except Exception:
        log.exception("job %s (%s) failed unexpectedly", job_id, row.kind)
        _finish(job_id, Job.Status.FAILED, HamsafarError())
    else:
        _finish(job_id, Job.Status.DONE)


def _put_back(row: Job) -> None:
    """Queues an interrupted job again; this process takes nothing from the queue any more."""
    _, queue = _KINDS[row.kind]
    with transaction.atomic():
        Job.objects.filter(id=row.id).update(status=Job.Status.QUEUED)
        run_job.using(queue_name=queue).enqueue(row.id)


def stop_running(*, stop: bool = True) -> None:
    """Interrupts the running jobs of this process at their next step; ``stop=False`` lets new ones run."""
    if stop:
        _stopping.set()
    else:
        _stopping.clear()


def _check_stopping() -> None:
    if _stopping.is_set():
        raise Interrupted()


def _finish(job_id: str, status: Job.Status, error: HamsafarError | None = None) -> None:
    told = None
    if error is not None:
        told = {
            "code": error.code,
            "params": {key: str(value) for key, value in error.params.items()},
            "en": error.sentence("en"),
            "fa": error.sentence("fa"),
        }
    Job.objects.filter(id=job_id).update(status=status, error=told, finished_at=timezone.now())


def requeue_interrupted() -> int:
    """Returns what a killed server left running to the queue. For the single server's start, before its workers."""
    from django_tasks_db.models import DBTaskResult

    with transaction.atomic():
        Job.objects.filter(status=Job.Status.RUNNING).update(status=Job.Status.QUEUED)
        return DBTaskResult.objects.running().update(status="READY", started_at=None)


def on_start(wake_worker: Callable[[], None]) -> None:
    """Registers a worker's alarm clock, so that a job does not wait for the next poll."""
    _wake_workers.append(wake_worker)


def wake() -> None:
    for wake_worker in _wake_workers:
        wake_worker()
