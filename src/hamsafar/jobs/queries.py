"""Reads: a job as a person sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hamsafar.jobs.models import Job
from hamsafar.lib.errors import NotFound


class JobNotFound(NotFound):
    code = "job_not_found"
    en = "There is no such job in this workspace."
    fa = "چنین کاری در این فضای کاری نیست."


@dataclass(frozen=True)
class JobView:
    """``error`` is ``{"code", "params", "en", "fa"}`` of the error that ended a failed job."""

    id: str
    kind: str
    status: str
    done: int
    total: int | None
    error: dict[str, Any] | None
    attempt: int
    created_at: datetime
    finished_at: datetime | None

    @property
    def ended(self) -> bool:
        return self.status in ("done", "failed", "cancelled")


def view(job: Job) -> JobView:
    return JobView(
        job.id,
        job.kind,
        job.status,
        job.done,
        job.total,
        job.error,
        job.attempt,
        job.created_at,
        job.finished_at,
    )


def get_job(workspace_id: str, job_id: str) -> JobView:
    job = Job.objects.filter(workspace_id=workspace_id, id=job_id).first()
    if job is None:
        raise JobNotFound()
    return view(job)


def get_jobs(workspace_id: str, job_ids: list[str]) -> dict[str, JobView]:
    """Several jobs in one query, by id; unknown ids are left out."""
    return {job.id: view(job) for job in Job.objects.filter(workspace_id=workspace_id, id__in=job_ids)}


def last_job(workspace_id: str, kind: str) -> JobView | None:
    """The one that was asked for last, whether it has run or not."""
    job = Job.objects.filter(workspace_id=workspace_id, kind=kind).order_by("-created_at", "-id").first()
    return view(job) if job else None
