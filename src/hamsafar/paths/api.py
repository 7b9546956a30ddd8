"""HTTP: the engine's questions over a workspace's events."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router

from hamsafar.accounts import policies
from hamsafar.journeys import PathIndex
from hamsafar.paths import queries, schemas

router = Router(tags=["paths"])

Limit = Annotated[int, Query(50, ge=1, le=500)]


@router.get("/workspaces/{workspace_id}/events/names", response=schemas.EventNames)
def event_names(request: HttpRequest, workspace_id: str, limit: Limit, search: str = "") -> Any:
    policies.viewer(request.user, workspace_id)
    found = queries.event_names(workspace_id, search)
    return {"items": found[:limit], "total": len(found)}


@router.get("/workspaces/{workspace_id}/persons", response=schemas.PersonPage)
def list_persons(
    request: HttpRequest, workspace_id: str, limit: Limit, search: str = "", cursor: str | None = None
) -> Any:
    policies.viewer(request.user, workspace_id)
    index = queries.workspace_index(workspace_id)
    return queries.persons_page(index, queries.persons_named(index, search), cursor, limit)


@router.post("/workspaces/{workspace_id}/paths/overview", response=dict[str, Any])
def overview(request: HttpRequest, workspace_id: str, body: schemas.Scope) -> Any:
    return _index(request, workspace_id, body).overview().to_dict()


@router.post("/workspaces/{workspace_id}/paths/transitions", response=dict[str, Any])
def transitions(request: HttpRequest, workspace_id: str, body: schemas.Scope) -> Any:
    return _index(request, workspace_id, body).transitions().to_dict()


@router.post("/workspaces/{workspace_id}/paths/variants", response=dict[str, Any])
def variants(request: HttpRequest, workspace_id: str, body: schemas.VariantsIn) -> Any:
    return _index(request, workspace_id, body).variants(top=body.top).to_dict()


@router.post("/workspaces/{workspace_id}/paths/funnel", response=dict[str, Any])
def funnel(request: HttpRequest, workspace_id: str, body: schemas.FunnelIn) -> Any:
    return _index(request, workspace_id, body).funnel(body.steps, body.within_seconds).to_dict()


@router.post("/workspaces/{workspace_id}/paths/who", response=schemas.PersonPage)
def who(request: HttpRequest, workspace_id: str, body: schemas.WhoIn) -> Any:
    index = _index(request, workspace_id, body)
    numbers = queries.persons_behind(index, body.question, body.selector)
    return queries.persons_page(index, numbers, body.cursor, body.limit)


def _index(request: HttpRequest, workspace_id: str, scope: schemas.Scope) -> PathIndex:
    policies.viewer(request.user, workspace_id)
    return queries.selected_index(workspace_id, scope.from_, scope.to, scope.condition_list())
