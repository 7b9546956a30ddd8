"""HTTP: the engine's questions over a workspace's events."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from hamsafar.accounts import policies
from hamsafar.journeys import PathIndex
from hamsafar.paths import queries, schemas

router = Router(tags=["paths"])


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


@router.post("/workspaces/{workspace_id}/paths/who", response=schemas.WhoOut)
def who(request: HttpRequest, workspace_id: str, body: schemas.WhoIn) -> Any:
    index = _index(request, workspace_id, body)
    numbers = queries.persons_behind(index, body.question, body.selector)
    return queries.persons_page(index, numbers, body.cursor, body.limit)


def _index(request: HttpRequest, workspace_id: str, scope: schemas.Scope) -> PathIndex:
    policies.viewer(request.user, workspace_id)
    return queries.selected_index(workspace_id, scope.from_, scope.to, scope.condition_list())
