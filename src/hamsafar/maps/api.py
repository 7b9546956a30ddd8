"""HTTP: maps, their documents and commands, templates, and the libraries."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Body, Router, Status

from hamsafar.accounts.policies import Membership
from hamsafar.maps import actions, document, policies, queries, schemas, templates
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
        exchange = templates.exchange(body.template, language)
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


@router.get("/workspaces/{workspace_id}/maps/{map_id}/document", response=JsonObject)
def get_document(request: HttpRequest, workspace_id: str, map_id: str) -> Any:
    policies.can_read_maps(request.user, workspace_id)
    return queries.exchange_document(map_id, workspace_id)


@router.post("/workspaces/{workspace_id}/maps/{map_id}/commands", response=schemas.CommandsOut)
def run_commands(request: HttpRequest, workspace_id: str, map_id: str, body: schemas.CommandsIn) -> Any:
    member = policies.can_edit_maps(request.user, workspace_id)
    return actions.run_commands(member, map_id, body.commands, body.request_id)


@router.get("/workspaces/{workspace_id}/map-templates", response=list[schemas.TemplateOut])
def list_templates(request: HttpRequest, workspace_id: str, language: str | None = None) -> Any:
    policies.can_read_maps(request.user, workspace_id)
    return templates.list_templates(language)


@router.get("/workspaces/{workspace_id}/map-templates/{template}/document", response=JsonObject)
def get_template(request: HttpRequest, workspace_id: str, template: str, language: str) -> Any:
    policies.can_read_maps(request.user, workspace_id)
    return templates.exchange(template, language)


@router.get("/workspaces/{workspace_id}/touchpoints", response=schemas.TouchpointPage)
def list_touchpoints(
    request: HttpRequest, workspace_id: str, search: str = "", cursor: str | None = None, limit: int = 50
) -> Any:
    policies.can_read_maps(request.user, workspace_id)
    return queries.list_touchpoints(workspace_id, search=search, cursor=cursor, limit=limit)


@router.post("/workspaces/{workspace_id}/touchpoints", response={201: schemas.TouchpointOut})
def create_touchpoint(request: HttpRequest, workspace_id: str, body: Body[JsonObject]) -> Any:
    member = policies.can_edit_maps(request.user, workspace_id)
    return Status(201, queries.get_touchpoint(workspace_id, actions.create_touchpoint(member, body)))


@router.get("/workspaces/{workspace_id}/touchpoints/{touchpoint_id}", response=schemas.TouchpointOut)
def get_touchpoint(request: HttpRequest, workspace_id: str, touchpoint_id: str) -> Any:
    policies.can_read_maps(request.user, workspace_id)
    return queries.get_touchpoint(workspace_id, touchpoint_id)


@router.patch("/workspaces/{workspace_id}/touchpoints/{touchpoint_id}", response=schemas.TouchpointOut)
def update_touchpoint(
    request: HttpRequest,
    workspace_id: str,
    touchpoint_id: str,
    body: Body[JsonObject],
) -> Any:
    member = policies.can_edit_maps(request.user, workspace_id)
    actions.update_touchpoint(member, touchpoint_id, body)
    return queries.get_touchpoint(workspace_id, touchpoint_id)


@router.delete("/workspaces/{workspace_id}/touchpoints/{touchpoint_id}", response={204: None})
def delete_touchpoint(request: HttpRequest, workspace_id: str, touchpoint_id: str) -> Any:
    actions.delete_touchpoint(policies.can_edit_maps(request.user, workspace_id), touchpoint_id)
    return Status(204, None)


@router.get("/workspaces/{workspace_id}/channels", response=schemas.ChannelPage)
def list_channels(
    request: HttpRequest, workspace_id: str, search: str = "", cursor: str | None = None, limit: int = 50
) -> Any:
    policies.can_read_maps(request.user, workspace_id)
    return queries.list_channels(workspace_id, search=search, cursor=cursor, limit=limit)


@router.post("/workspaces/{workspace_id}/channels", response={201: schemas.ChannelOut})
def create_channel(request: HttpRequest, workspace_id: str, body: Body[JsonObject]) -> Any:
    member = policies.can_edit_maps(request.user, workspace_id)
    return Status(201, queries.get_channel(workspace_id, actions.create_channel(member, body)))


@router.patch("/workspaces/{workspace_id}/channels/{channel_id}", response=schemas.ChannelOut)
def update_channel(
    request: HttpRequest,
    workspace_id: str,
    channel_id: str,
    body: Body[JsonObject],
) -> Any:
    member = policies.can_edit_maps(request.user, workspace_id)
    actions.update_channel(member, channel_id, body)
    return queries.get_channel(workspace_id, channel_id)


@router.delete("/workspaces/{workspace_id}/channels/{channel_id}", response={204: None})
def delete_channel(request: HttpRequest, workspace_id: str, channel_id: str) -> Any:
    actions.delete_channel(policies.can_edit_maps(request.user, workspace_id), channel_id)
    return Status(204, None)


@router.get("/workspaces/{workspace_id}/personas", response=schemas.PersonaPage)
def list_personas(
    request: HttpRequest, workspace_id: str, search: str = "", cursor: str | None = None, limit: int = 50
) -> Any:
    policies.can_read_maps(request.user, workspace_id)
    return queries.list_personas(workspace_id, search=search, cursor=cursor, limit=limit)


@router.post("/workspaces/{workspace_id}/personas", response={201: schemas.PersonaOut})
def create_persona(request: HttpRequest, workspace_id: str, body: Body[JsonObject]) -> Any:
    member = policies.can_edit_maps(request.user, workspace_id)
    return Status(201, queries.get_persona(workspace_id, actions.create_persona(member, body)))


@router.get("/workspaces/{workspace_id}/personas/{persona_id}", response=schemas.PersonaOut)
def get_persona(request: HttpRequest, workspace_id: str, persona_id: str) -> Any:
    policies.can_read_maps(request.user, workspace_id)
    return queries.get_persona(workspace_id, persona_id)


@router.patch("/workspaces/{workspace_id}/personas/{persona_id}", response=schemas.PersonaOut)
def update_persona(
    request: HttpRequest,
    workspace_id: str,
    persona_id: str,
    body: Body[JsonObject],
) -> Any:
    member = policies.can_edit_maps(request.user, workspace_id)
    actions.update_persona(member, persona_id, body)
    return queries.get_persona(workspace_id, persona_id)


@router.delete("/workspaces/{workspace_id}/personas/{persona_id}", response={204: None})
def delete_persona(request: HttpRequest, workspace_id: str, persona_id: str) -> Any:
    actions.delete_persona(policies.can_edit_maps(request.user, workspace_id), persona_id)
    return Status(204, None)


def _language(request: HttpRequest) -> str:
    return str(request.user.language)  # type: ignore[union-attr]  # a policy has let them in: a user of ours
