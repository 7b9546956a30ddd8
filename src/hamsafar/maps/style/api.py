"""HTTP: a workspace's style, for every member to see and for admins to choose."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Body, File, Router, Status
from ninja.files import UploadedFile

from hamsafar.maps import policies
from hamsafar.maps.schemas import JsonObject
from hamsafar.maps.style import actions, logos, queries, schemas
from hamsafar.maps.style.errors import LogoTooLarge

router = Router(tags=["style"])


@router.get("/workspaces/{workspace_id}/style", response=schemas.StyleOut)
def get_style(request: HttpRequest, workspace_id: str) -> Any:
    policies.can_read_maps(request.user, workspace_id)
    return queries.style_of(workspace_id)


@router.patch("/workspaces/{workspace_id}/style", response=schemas.StyleOut)
def set_style(request: HttpRequest, workspace_id: str, body: Body[JsonObject]) -> Any:
    """Changes the given ones of ``logo`` (id), ``accent``, ``palette`` (six colours or ""), ``text``; null: our own."""
    actions.set_style(policies.can_style_maps(request.user, workspace_id), body)
    return queries.style_of(workspace_id)


@router.post("/workspaces/{workspace_id}/style/preview", response=schemas.StyleOut)
def preview_style(request: HttpRequest, workspace_id: str, body: Body[JsonObject]) -> Any:
    """As it would be with these fields; nothing is kept."""
    policies.can_style_maps(request.user, workspace_id)
    return queries.previewed(workspace_id, body)


@router.post("/workspaces/{workspace_id}/style/logos", response={201: schemas.LogoOut})
def add_logo(request: HttpRequest, workspace_id: str, file: File[UploadedFile]) -> Any:
    """A picture (PNG, JPEG, WebP) or drawing (SVG) to choose as the logo; it is drawn anew."""
    member = policies.can_style_maps(request.user, workspace_id)
    if (file.size or 0) > logos.LARGEST:
        raise LogoTooLarge(limit_megabytes=logos.LARGEST // 1024**2)
    return Status(201, actions.add_logo(member, file.name or "", file.read()))
