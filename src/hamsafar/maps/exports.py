"""A map of a workspace as a file that is downloaded."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from django.http import HttpResponse

from hamsafar.maps import exporting, formats, queries
from hamsafar.maps.files.queries import thumbnails_of
from hamsafar.maps.formats.drawing.look import Look
from hamsafar.maps.style.queries import brand_of

_BINARY = ("application/pdf", "image/png", "application/vnd.")


def download(workspace_id: str, map_id: str, written: str, look: Look) -> HttpResponse:
    """Raises MapNotFound and what the export raises. The caller has checked who may."""
    exchange = queries.exchange_document(map_id, workspace_id)
    form = formats.WRITTEN[written]
    whole = replace(
        look,
        profiles=queries.persona_profiles(workspace_id, exchange),
        pictures=thumbnails_of(workspace_id, exchange) if form.heavy else {},
        brand=brand_of(workspace_id),
    )
    media = form.media if form.media.startswith(_BINARY) else f"{form.media}; charset=utf-8"
    answer = HttpResponse(exporting.export(exchange, written, whole), content_type=media)
    name = f"{exchange['title'][:80]}.{form.suffix}"
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
