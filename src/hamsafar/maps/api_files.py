"""HTTP: maps as files of many formats, in and out."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, Form, Router, Status
from ninja.files import UploadedFile

from hamsafar.maps import actions, exports, formats, policies, queries, schemas
from hamsafar.maps.document import LARGEST_FILE
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
    return [
        {
            "format": name,
            "left_out": formats.left_out(exchange, name),
            "papers": form.papers,
            "chooses": form.chooses,
        }
        for name, form in formats.WRITTEN.items()
    ]


@router.get("/workspaces/{workspace_id}/maps/{map_id}/export/{format_name}", response={200: None})
def export_map(
    request: HttpRequest,
    workspace_id: str,
    map_id: str,
    format_name: str,
    lanes: str | None = None,
    curves: str | None = None,
    paper: str | None = None,
    scheme: str | None = None,
) -> HttpResponse:
    """The map as a file. ``lanes`` and ``curves`` are ids with commas between them; an empty one is everyone's."""
    policies.can_read_maps(request.user, workspace_id)
    look = formats.look_for(
        format_name, lanes=lanes, curves=curves, paper=paper, scheme=scheme, today=timezone.localdate()
    )
    return exports.download(workspace_id, map_id, format_name, look)
