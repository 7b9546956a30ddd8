"""HTTP: views of questions, saved under a name."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from hamsafar.lib.paging import LARGEST_PAGE
from hamsafar.paths import actions, policies, saved_queries, saved_schemas

router = Router(tags=["paths"])

_PATH = "/workspaces/{workspace_id}/paths/views"


@router.get(_PATH, response=saved_schemas.ViewPage)
def list_views(
    request: HttpRequest,
    workspace_id: str,
    search: str = "",
    question: str | None = None,
    cursor: str | None = None,
    limit: Annotated[int, Query(50, ge=1, le=LARGEST_PAGE)] = 50,
) -> Any:
    member = policies.can_read_views(request.user, workspace_id)
    return saved_queries.views_page(
        workspace_id, member.user_id, search=search, question=question, cursor=cursor, limit=limit
    )


@router.post(_PATH, response={201: saved_schemas.ViewOut})
def save_view(request: HttpRequest, workspace_id: str, body: saved_schemas.ViewIn) -> Any:
    member = policies.can_save_view(request.user, workspace_id, shared=body.shared)
    view_id = actions.save_view(workspace_id, member.user_id, **body.model_dump())
    return Status(201, saved_queries.view(workspace_id, member.user_id, view_id))


@router.get(_PATH + "/{view_id}", response=saved_schemas.ViewOut)
def show_view(request: HttpRequest, workspace_id: str, view_id: str) -> Any:
    member = policies.can_read_views(request.user, workspace_id)
    return saved_queries.view(workspace_id, member.user_id, view_id)


@router.patch(_PATH + "/{view_id}", response=saved_schemas.ViewOut)
def change_view(request: HttpRequest, workspace_id: str, view_id: str, body: saved_schemas.ViewChange) -> Any:
    member = policies.can_read_views(request.user, workspace_id)
    found = saved_queries.view(workspace_id, member.user_id, view_id)
    fields = {name: value for name, value in body.model_dump().items() if value is not None}
    shared = fields.get("shared", found.shared)
    hiding = not (shared or found.mine)
    policies.can_change_view(request.user, workspace_id, shared=found.shared or shared, hiding=hiding)
    actions.change_view(view_id, fields)
    return saved_queries.view(workspace_id, member.user_id, view_id)


@router.delete(_PATH + "/{view_id}", response={204: None})
def delete_view(request: HttpRequest, workspace_id: str, view_id: str) -> Any:
    member = policies.can_read_views(request.user, workspace_id)
    found = saved_queries.view(workspace_id, member.user_id, view_id)
    policies.can_change_view(request.user, workspace_id, shared=found.shared)
    actions.delete_view(view_id)
    return Status(204, None)
