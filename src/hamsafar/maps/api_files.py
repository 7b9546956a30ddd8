"""HTTP: maps as files of many formats, in and out."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Router, Status
from ninja.files import UploadedFile

from hamsafar.maps import actions, formats, policies, queries, schemas
from hamsafar.maps.document import LARGEST_FILE
from hamsafar.maps.errors import FormatNotWritten
from hamsafar.maps.faults import Fault, MapInvalid

router = Router(tags=["maps"])


@router.post("/workspaces/{workspace_id}/maps/import", response={201: schemas.MapCreated})
def import_map(
    request: HttpRequest, workspace_id: str, file: File[UploadedFile], language: Form[str] = ""
) -> Any:
    """A new map from a file: JSON, CSV, XLSX, Mermaid or YAML, told by its suffix."""
    member = policies.can_edit_maps(request.user, workspace_id)
    if (file.size or 0) > LARGEST_FILE:
        raise MapInvalid([Fault("", "too_long", {"limit": LARGEST_FILE, "found": file.size})])
    spoken = language if language in ("fa", "en") else member.workspace_language
    made, notes = actions.create_map(member, formats.read(file.name or "", file.read(), spoken))
    told = [note.to_dict(request.user.language) for note in notes]  # type: ignore[union-attr]  # let in by a policy
    return Status(201, {**vars(queries.get_map(workspace_id, made)), "notes": told})


@router.get("/workspaces/{workspace_id}/maps/{map_id}/exports", response=list[schemas.MapExportOut])
def list_exports(request: HttpRequest, workspace_id: str, map_id: str) -> Any:
    """The formats this map can be had in, and what each cannot carry of it."""
    policies.can_read_maps(request.user, workspace_id)
    exchange = queries.exchange_document(map_id, workspace_id)
    return [{"format": name, "left_out": formats.left_out(exchange, name)} for name in formats.WRITTEN]


@router.get("/workspaces/{workspace_id}/maps/{map_id}/export/{format_name}", response={200: None})
def export_map(request: HttpRequest, workspace_id: str, map_id: str, format_name: str) -> HttpResponse:
    policies.can_read_maps(request.user, workspace_id)
    module = formats.WRITTEN.get(format_name)
    if module is None:
        raise FormatNotWritten(format=format_name[:20], known=tuple(formats.WRITTEN))
    exchange = queries.exchange_document(map_id, workspace_id)
    answer = HttpResponse(module.write(exchange), content_type=f"{module.MEDIA}; charset=utf-8")
    name = f"{exchange['title'][:80]}.{module.SUFFIXES[0]}"
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
