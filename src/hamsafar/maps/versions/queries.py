"""Reads: a map's versions, their documents, and the links between a current state and its futures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from hamsafar.lib.paging import LARGEST_PAGE, Page, decode_moment_cursor, encode_cursor
from hamsafar.maps import errors, queries
from hamsafar.maps.document import Exchange
from hamsafar.maps.models import Map, MapVersion
from hamsafar.maps.versions.packing import unpack


@dataclass(frozen=True)
class VersionView:
    """A version in a list. ``reason``: why it was kept; ``at`` and ``by``: when the map was so, and who left it so."""

    id: str
    map: str
    name: str
    note: str
    reason: str
    at: datetime
    by: str | None
    stages: int
    cards: int


@dataclass(frozen=True)
class Linked:
    """A map at the other end of a link."""

    id: str
    title: str
    updated_at: datetime


@dataclass(frozen=True)
class Links:
    """The current state that a map draws the future of, and the futures drawn of it, newest first."""

    current: Linked | None
    futures: list[Linked]


MOST_FUTURES = 50


def list_versions(
    workspace_id: str, map_id: str, *, cursor: str | None = None, limit: int = 50
) -> Page[VersionView]:
    """A map's versions, newest first. Raises MapNotFound."""
    queries.get_map(workspace_id, map_id)
    limit = max(1, min(limit, LARGEST_PAGE))
    rows = _rows().filter(map_id=map_id)
    total = rows.count()
    if cursor:
        moment, last_id = decode_moment_cursor(cursor)
        rows = rows.filter(Q(at__lt=moment) | Q(at=moment, id__lt=last_id))
    found = list(rows.order_by("-at", "-id")[: limit + 1])
    shown = [_view(row) for row in found[:limit]]
    last = shown[-1] if len(found) > limit else None
    return Page(shown, encode_cursor([last.at.isoformat(), last.id]) if last else None, total)


def get_version(workspace_id: str, map_id: str, version_id: str) -> VersionView:
    return _view(row(workspace_id, version_id, map_id))


def version_at(map_id: str, seq: int) -> str | None:
    """The id of a version of the map as it was after update ``seq``."""
    return (
        MapVersion.objects.filter(map_id=map_id, seq=seq).order_by("id").values_list("id", flat=True).first()
    )


def version_document(workspace_id: str, version_id: str, map_id: str | None = None) -> Exchange:
    """The whole map as it was then, with the library's touchpoints as they were then."""
    return unpack(bytes(row(workspace_id, version_id, map_id).document))


def row(workspace_id: str, version_id: str, map_id: str | None = None) -> MapVersion:
    """Raises VersionNotFound, also for a version of another workspace, of another map, or of one in the bin."""
    of_map = {} if map_id is None else {"map_id": map_id}
    found = (
        MapVersion.objects.select_related("user")
        .filter(id=version_id, map__workspace_id=workspace_id, map__deleted_at=None, **of_map)
        .first()
    )
    if found is None:
        raise errors.VersionNotFound()
    return found


def named(workspace_id: str, reference: str) -> Exchange:
    """The exchange dict that ``map:<id>`` (as it is now) or ``version:<id>`` names."""
    kind, _, identifier = reference.partition(":")
    if kind == "map":
        return queries.exchange_document(identifier, workspace_id)
    if kind == "version":
        return version_document(workspace_id, identifier)
    raise errors.BadMapReference(found=reference[:60])


def links(workspace_id: str, map_id: str) -> Links:
    """Raises MapNotFound. Maps in the bin are at no end of a link."""
    here = Map.objects.filter(workspace_id=workspace_id, deleted_at=None)
    mine = here.filter(id=map_id).first()
    if mine is None:
        raise errors.MapNotFound()
    current = here.filter(id=mine.current_map).first() if mine.current_map else None
    futures = here.filter(current_map=map_id).exclude(id=map_id).order_by("-updated_at", "-id")[:MOST_FUTURES]
    return Links(_linked(current) if current else None, [_linked(one) for one in futures])


def _linked(found: Map) -> Linked:
    return Linked(found.id, found.title, found.updated_at)


def _rows() -> Any:
    return MapVersion.objects.select_related("user").defer("document")


def _view(found: Any) -> VersionView:
    return VersionView(
        id=found.id,
        map=found.map_id,
        name=found.name,
        note=found.note,
        reason=found.reason,
        at=found.at,
        by=found.user.name if found.user else None,
        stages=found.stages,
        cards=found.cards,
    )
