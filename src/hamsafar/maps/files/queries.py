"""Reads: which files a workspace has, and what is in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.db.models import Q, Sum

from hamsafar.maps.document import Exchange
from hamsafar.maps.files import keeping
from hamsafar.maps.files.drawings import MEDIA as DRAWING
from hamsafar.maps.files.errors import MapFileNotFound
from hamsafar.maps.models import MapFile

# Of one drawing of a map: the pictures that are in it, and what they weigh together.
MOST_DRAWN = 300
MOST_DRAWN_BYTES = 40 * 1024**2


@dataclass(frozen=True)
class FileView:
    """A file as cards name it. ``width`` and ``height`` in pixels: of pictures that have a thumbnail."""

    id: str
    name: str
    media: str
    size: int
    width: int | None
    height: int | None


@dataclass(frozen=True)
class Content:
    """What is sent to whoever opens a file; ``tag`` changes with the content."""

    name: str
    media: str
    data: bytes
    tag: str


def view(row: MapFile) -> FileView:
    return FileView(row.id, row.name, row.media, row.size, row.width, row.height)


def used_bytes(workspace_id: str) -> int:
    """What the files of a workspace take of the disk; a content under two names counts once."""
    kept = MapFile.objects.filter(workspace_id=workspace_id).values("digest", "size").distinct()
    return kept.aggregate(total=Sum("size"))["total"] or 0


def content_of(workspace_id: str, file_id: str, *, thumbnail: bool = False) -> Content:
    """Raises MapFileNotFound; also when a thumbnail is asked of what has none."""
    row = MapFile.objects.filter(workspace_id=workspace_id, id=file_id).first()
    if row is None or (thumbnail and row.width is None):
        raise MapFileNotFound()
    part = keeping.THUMBNAIL if thumbnail else ""
    try:
        data = keeping.path_of(workspace_id, row.digest, part).read_bytes()
    except FileNotFoundError:
        raise MapFileNotFound() from None
    return Content(row.name, row.media, data, f'"{row.digest[:32]}{part}"')


def thumbnails_of(workspace_id: str, exchange: Exchange) -> dict[str, bytes]:
    """The small pictures of a map's cards by the file's id, in reading order as far as a drawing's bounds go.

    An SVG is small as it is, and comes whole. A picture that is of another workspace, or is not there, is left out.
    """
    wanted = list(dict.fromkeys(file["id"] for card in exchange["cards"] for file in card.get("files", [])))
    paths = _paths(workspace_id, wanted)
    found: dict[str, bytes] = {}
    weight = 0
    for file_id in [one for one in wanted if one in paths][:MOST_DRAWN]:
        path = paths[file_id]
        try:
            weight += path.stat().st_size
            if weight > MOST_DRAWN_BYTES:
                break
            found[file_id] = path.read_bytes()
        except FileNotFoundError:
            continue
    return found


def _paths(workspace_id: str, ids: Iterable[str]) -> dict[str, Path]:
    """File id -> where its small picture is kept; asked in lots that every database takes."""
    wanted = list(ids)
    drawable = Q(width__isnull=False) | Q(media=DRAWING)
    found: dict[str, Path] = {}
    for start in range(0, len(wanted), 500):
        rows = MapFile.objects.filter(drawable, workspace_id=workspace_id, id__in=wanted[start : start + 500])
        for file_id, digest, media in rows.values_list("id", "digest", "media"):
            part = "" if media == DRAWING else keeping.THUMBNAIL
            found[file_id] = keeping.path_of(workspace_id, digest, part)
    return found
