"""HTTP: watching a job and asking it to stop."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from hamsafar.accounts import policies
from hamsafar.jobs import actions, queries, schemas

router = Router(tags=["jobs"])


@router.get("/workspaces/{workspace_id}/jobs/{job_id}", response=schemas.JobOut)
def get_job(request: HttpRequest, workspace_id: str, job_id: str) -> Any:
    policies.viewer(request.user, workspace_id)
    return queries.get_job(workspace_id, job_id)


@router.post("/workspaces/{workspace_id}/jobs/{job_id}/cancel", response=schemas.JobOut)
def cancel_job(request: HttpRequest, workspace_id: str, job_id: str) -> Any:
    policies.editor(request.user, workspace_id)
    return actions.cancel(workspace_id, job_id)
