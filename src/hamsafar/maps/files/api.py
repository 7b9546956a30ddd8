"""HTTP: files of cards, in from editors and out to every member."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from ninja import File, Router, Status
from ninja.files import UploadedFile

from hamsafar.maps import policies
from hamsafar.maps.files import actions, queries, schemas
from hamsafar.maps.files.errors import FileTooLarge

router = Router(tags=["files"])

# Whatever a file holds, it runs nothing, loads nothing and is nobody of ours.
_CAGE = "default-src 'none'; style-src 'none'; sandbox; frame-ancestors 'none'"
# A file's content never changes; the hour bounds how long a browser shows it after somebody has left.
_CACHED = "private, max-age=3600"


@router.post("/workspaces/{workspace_id}/maps/{map_id}/files", response={201: schemas.MapFileOut})
def add_file(request: HttpRequest, workspace_id: str, map_id: str, file: File[UploadedFile]) -> Any:
    """A picture or a document for a card of the map: by itself it is on none. Pictures are decoded and written anew."""
    member = policies.can_edit_maps(request.user, workspace_id)
    if (file.size or 0) > actions.LARGEST:
        raise FileTooLarge(limit_megabytes=actions.LARGEST // 1024**2)
    return Status(201, actions.add_file(member, map_id, file.name or "", file.read()))


@router.get("/workspaces/{workspace_id}/files/{file_id}", response={200: None})
def get_file(request: HttpRequest, workspace_id: str, file_id: str) -> HttpResponse:
    """The file itself: a picture to look at, anything else to download."""
    policies.can_read_maps(request.user, workspace_id)
    return _answer(request, queries.content_of(workspace_id, file_id))


@router.get("/workspaces/{workspace_id}/files/{file_id}/thumbnail", response={200: None})
def get_thumbnail(request: HttpRequest, workspace_id: str, file_id: str) -> HttpResponse:
    """A picture with at most 480 pixels a side."""
    policies.can_read_maps(request.user, workspace_id)
    return _answer(request, queries.content_of(workspace_id, file_id, thumbnail=True))


def _answer(request: HttpRequest, content: queries.Content) -> HttpResponse:
    known = [tag.strip().removeprefix("W/") for tag in request.headers.get("If-None-Match", "").split(",")]
    answer: HttpResponse
    if content.tag in known:
        answer = HttpResponseNotModified()
    else:
        shown = "inline" if content.media.startswith("image/") else "attachment"
        answer = HttpResponse(content.data, content_type=content.media)
        answer["Content-Disposition"] = f"{shown}; filename*=UTF-8''{quote(content.name, safe='')}"
    answer["ETag"] = content.tag
    answer["Cache-Control"] = _CACHED
    answer["Content-Security-Policy"] = _CAGE
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
