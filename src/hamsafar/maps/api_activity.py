"""HTTP: what happened to a map."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from hamsafar.maps import activity_queries, policies, queries, schemas

router = Router(tags=["maps"])


@router.get("/workspaces/{workspace_id}/maps/{map_id}/activity", response=schemas.ActivityPage)
def list_activity(
    request: HttpRequest, workspace_id: str, map_id: str, cursor: str | None = None, limit: int = 50
) -> Any:
    policies.can_read_maps(request.user, workspace_id)
    queries.get_map(workspace_id, map_id)
    return activity_queries.activity_page(workspace_id, map_id, cursor=cursor, limit=limit)
