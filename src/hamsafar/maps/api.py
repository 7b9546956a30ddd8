"""HTTP: maps, their documents and commands, and templates."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Body, Router, Status

from hamsafar.accounts.policies import Membership
from hamsafar.maps import actions, document, levels, owners, policies, queries, schemas, templates
from hamsafar.maps.fields import FORMAT
from hamsafar.maps.schemas import JsonObject

router = Router(tags=["maps"])


@router.get("/workspaces/{workspace_id}/maps", response=schemas.MapPage)
def list_maps(
    request: HttpRequest,
    workspace_id: str,
    search: str = "",
    cursor: str | None = None,
    limit: int = 50,
    deleted: bool = False,
) -> Any:
    policies.can_read_maps(request.user, workspace_id)
    return queries.list_maps(workspace_id, search=search, cursor=cursor, limit=limit, deleted=deleted)


@router.post("/workspaces/{workspace_id}/maps", response={201: schemas.MapCreated})
def create_map(request: HttpRequest, workspace_id: str, body: schemas.MapIn) -> Any:
    member = policies.can_edit_maps(request.user, workspace_id)
    language = _language(request)
    made, notes = actions.create_map(member, _document(member, body))
    told = [note.to_dict(language) for note in notes]
    return Status(201, {**vars(queries.get_map(workspace_id, made)), "notes": told})


def _document(member: Membership, body: schemas.MapIn) -> Any:
    """The exchange data that the body asks for; whatever is wrong with it is told when the map is made."""
    if isinstance(body.document, str):
        return document.parse(body.document)
    if body.document is not None:
        return body.document
    language = body.language or member.workspace_language
    if body.template is not None:
        exchange = queries.template_document(member.workspace_id, body.template, language)
        return {**exchange, "title": body.title} if body.title is not None else exchange
    kind = body.kind or "current_state"
    return {"format": FORMAT, "title": body.title, "kind": kind, "language": language}


@router.get("/workspaces/{workspace_id}/maps/{map_id}", response=schemas.MapOut)
def get_map(request: HttpRequest, workspace_id: str, map_id: str) -> Any:
    policies.can_read_maps(request.user, workspace_id)
    return queries.get_map(workspace_id, map_id)


@router.delete("/workspaces/{workspace_id}/maps/{map_id}", response={204: None})
def delete_map(request: HttpRequest, workspace_id: str, map_id: str) -> Any:
    actions.delete_map(policies.can_edit_maps(request.user, workspace_id), map_id)
    return Status(204, None)


@router.post("/workspaces/{workspace_id}/maps/{map_id}/restore", response=schemas.MapOut)
def restore_map(request: HttpRequest, workspace_id: str, map_id: str) -> Any:
    actions.restore_map(policies.can_edit_maps(request.user, workspace_id), map_id)
    return queries.get_map(workspace_id, map_id)


@router.get("/workspaces/{workspace_id}/maps/{map_id}/levels", response=schemas.LevelsOut)
def get_levels(request: HttpRequest, workspace_id: str, map_id: str) -> Any:
    policies.can_read_maps(request.user, workspace_id)
    return levels.levels_of(workspace_id, map_id)


@router.get("/workspaces/{workspace_id}/maps/{map_id}/document", response=JsonObject)
def get_document(request: HttpRequest, workspace_id: str, map_id: str) -> Any:
    policies.can_read_maps(request.user, workspace_id)
    return queries.exchange_document(map_id, workspace_id)


@router.post("/workspaces/{workspace_id}/maps/{map_id}/commands", response=schemas.CommandsOut)
def run_commands(request: HttpRequest, workspace_id: str, map_id: str, body: schemas.CommandsIn) -> Any:
    member = policies.can_edit_maps(request.user, workspace_id)
    return actions.run_commands(member, map_id, body.commands, body.request_id)


@router.get("/workspaces/{workspace_id}/owned", response=schemas.OwnedPage)
def list_owned(
    request: HttpRequest,
    workspace_id: str,
    owner: str = "any",
    map: str = "",
    kind: str = "",
    stage: str = "",
    search: str = "",
    cursor: str | None = None,
    limit: int = 50,
) -> Any:
    member = policies.can_read_maps(request.user, workspace_id)
    asked = owners.Asked(owner, map, kind, stage, search)
    return owners.list_owned(workspace_id, member.user_id, asked, cursor=cursor, limit=limit)


@router.get("/workspaces/{workspace_id}/owned/touchpoints", response=list[schemas.OwnedTouchpointOut])
def list_owned_touchpoints(
    request: HttpRequest, workspace_id: str, owner: str = "any", map: str = "", search: str = ""
) -> Any:
    """Touchpoints of the library by whoever answers for them; ``map``: only those that stand on it."""
    member = policies.can_read_maps(request.user, workspace_id)
    asked = owners.Asked(owner, map, search=search)
    return owners.list_owned_touchpoints(workspace_id, member.user_id, asked)


@router.get("/workspaces/{workspace_id}/owned/counts", response=list[schemas.OwnedCountOut])
def count_owned(request: HttpRequest, workspace_id: str) -> Any:
    policies.can_read_maps(request.user, workspace_id)
    return owners.count_owned(workspace_id)


@router.get("/workspaces/{workspace_id}/map-templates", response=list[schemas.TemplateOut])
def list_templates(request: HttpRequest, workspace_id: str, language: str | None = None) -> Any:
    policies.can_read_maps(request.user, workspace_id)
    return [*queries.own_templates(workspace_id, language), *templates.list_templates(language)]


@router.get("/workspaces/{workspace_id}/map-templates/{template}/document", response=JsonObject)
def get_template(request: HttpRequest, workspace_id: str, template: str, language: str) -> Any:
    policies.can_read_maps(request.user, workspace_id)
    return queries.template_document(workspace_id, template, language)


@router.post("/workspaces/{workspace_id}/maps/{map_id}/template", response={201: schemas.TemplateSaved})
def save_template(request: HttpRequest, workspace_id: str, map_id: str, body: Body[JsonObject]) -> Any:
    """Keeps the map as a template of the workspace: ``name``, ``description``."""
    made = actions.save_template(policies.can_edit_maps(request.user, workspace_id), map_id, body)
    return Status(201, {"id": made})


@router.delete("/workspaces/{workspace_id}/map-templates/{template}", response={204: None})
def delete_template(request: HttpRequest, workspace_id: str, template: str) -> Any:
    actions.delete_template(policies.can_edit_maps(request.user, workspace_id), template)
    return Status(204, None)


def _language(request: HttpRequest) -> str:
    return str(request.user.language)  # type: ignore[union-attr]  # a policy has let them in: a user of ours
