"""Sweeping files that nothing names, as a job: once a day at most, for workspaces that have any."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from hamsafar.jobs import actions as jobs
from hamsafar.jobs.actions import Handle, job
from hamsafar.jobs.queries import last_job
from hamsafar.maps.files.sweeping import sweep
from hamsafar.maps.models import MapFile

SWEEP_JOB = "sweep_files"
_EVERY = timedelta(days=1)


@job(SWEEP_JOB, queue="long")
def sweep_files(handle: Handle) -> None:
    """A repetition finds less to do."""
    sweep(handle.workspace_id)


def ask_for_sweep(workspace_id: str) -> None:
    """Queues a sweep, unless the last one was asked for within a day."""
    last = last_job(workspace_id, SWEEP_JOB)
    if last is None or last.created_at < timezone.now() - _EVERY:
        jobs.start(workspace_id, SWEEP_JOB, {}, None)


def ask_for_sweeps() -> None:
    """For the server's start, and of all workspaces."""
    living = MapFile.objects.filter(workspace__deleted_at=None)
    for workspace_id in living.values_list("workspace_id", flat=True).distinct():
        ask_for_sweep(workspace_id)
