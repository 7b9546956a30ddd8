"""HTTP: the libraries that maps share: touchpoints, channels, contents, personas."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Body, Router, Status

from hamsafar.maps import actions, persona_cards, policies, queries, schemas
from hamsafar.maps.schemas import JsonObject

router = Router(tags=["maps"])


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


@router.get("/workspaces/{workspace_id}/touchpoints/duplicates", response=list[list[schemas.TouchpointOut]])
def duplicate_touchpoints(request: HttpRequest, workspace_id: str) -> Any:
    """Groups of touchpoints that may be one."""
    policies.can_read_maps(request.user, workspace_id)
    return queries.duplicate_touchpoints(workspace_id)


@router.post("/workspaces/{workspace_id}/touchpoints/{touchpoint_id}/merge", response=schemas.TouchpointOut)
def merge_touchpoints(
    request: HttpRequest, workspace_id: str, touchpoint_id: str, body: schemas.MergeIn
) -> Any:
    """Puts ``into`` in this one's place on every map, and deletes this one."""
    member = policies.can_edit_maps(request.user, workspace_id)
    actions.merge_touchpoints(member, touchpoint_id, body.into, body.events)
    return queries.get_touchpoint(workspace_id, body.into)


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


@router.get("/workspaces/{workspace_id}/contents", response=schemas.ContentPage)
def list_contents(
    request: HttpRequest, workspace_id: str, search: str = "", cursor: str | None = None, limit: int = 50
) -> Any:
    policies.can_read_maps(request.user, workspace_id)
    return queries.list_contents(workspace_id, search=search, cursor=cursor, limit=limit)


@router.post("/workspaces/{workspace_id}/contents", response={201: schemas.ContentOut})
def create_content(request: HttpRequest, workspace_id: str, body: Body[JsonObject]) -> Any:
    member = policies.can_edit_maps(request.user, workspace_id)
    return Status(201, queries.get_content(workspace_id, actions.create_content(member, body)))


@router.patch("/workspaces/{workspace_id}/contents/{content_id}", response=schemas.ContentOut)
def update_content(
    request: HttpRequest,
    workspace_id: str,
    content_id: str,
    body: Body[JsonObject],
) -> Any:
    member = policies.can_edit_maps(request.user, workspace_id)
    actions.update_content(member, content_id, body)
    return queries.get_content(workspace_id, content_id)


@router.delete("/workspaces/{workspace_id}/contents/{content_id}", response={204: None})
def delete_content(request: HttpRequest, workspace_id: str, content_id: str) -> Any:
    actions.delete_content(policies.can_edit_maps(request.user, workspace_id), content_id)
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


@router.post("/workspaces/{workspace_id}/personas/{persona_id}/card", response={200: None})
def persona_card(
    request: HttpRequest, workspace_id: str, persona_id: str, body: schemas.PersonaCardIn
) -> HttpResponse:
    """The persona as a card (PDF, PNG, SVG) in the workspace's style. A POST, for ``portrait`` is a whole picture."""
    policies.can_read_maps(request.user, workspace_id)
    return persona_cards.download(workspace_id, persona_id, body.language, body.format, body.portrait)
