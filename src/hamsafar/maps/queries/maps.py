"""Reads: maps, their lists and documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from hamsafar.lib.paging import LARGEST_PAGE, Page, decode_moment_cursor, encode_cursor
from hamsafar.maps import document, errors, log
from hamsafar.maps.activity import Names
from hamsafar.maps.document import Exchange
from hamsafar.maps.models import BIN_LIFE, Map, Touchpoint
from hamsafar.maps.queries.library import exchange_library, sought


@dataclass(frozen=True)
class MapView:
    """A map in a list: what its projection knows. ``stages`` are their names, in order."""

    id: str
    title: str
    kind: str
    language: str
    status: str
    stages: list[str]
    card_count: int
    placed_touchpoints: int
    bound_touchpoints: int
    created_at: datetime
    updated_at: datetime
    updated_by: str | None


def get_map(workspace_id: str, map_id: str) -> MapView:
    """Raises MapNotFound, also for a map of another workspace or in the bin."""
    found = _with_counts(workspace_id).filter(id=map_id, deleted_at=None).first()
    if found is None:
        raise errors.MapNotFound()
    return _map_view(found)


def map_title(workspace_id: str, map_id: str) -> str:
    """Raises MapNotFound, also for a map of another workspace or in the bin."""
    found = Map.objects.filter(workspace_id=workspace_id, id=map_id, deleted_at=None)
    title = found.values_list("title", flat=True).first()
    if title is None:
        raise errors.MapNotFound()
    return title


@dataclass(frozen=True)
class PartView:
    """What a part of a map is called, and the member who answers for it (their id as a member)."""

    details: dict[str, Any]
    owner_member_id: str | None


def part_of(workspace_id: str, map_id: str, part: str, target: str) -> PartView:
    """A ``map``, ``stage``, ``lane``, ``cell`` (``stage|lane``) or ``card`` as stored now. Raises PartNotFound."""
    loaded = log.load(map_id)
    if loaded.workspace_id != workspace_id:
        raise errors.MapNotFound()
    state = document.read(document.open_doc(loaded.updates))
    names = Names(state, ())
    if part == "map" and not target:
        meta = state["meta"]
        return PartView({"name": meta.get("title", "")}, _member_of(meta))
    if part == "cell":
        stage, _, lane = target.partition("|")
        if stage not in state["stages"] or lane not in state["lanes"]:
            raise errors.PartNotFound()
        return PartView(names.place({"stage": stage, "lane": lane}), _member_of(state["stages"][stage]))
    entry = state.get(f"{part}s", {}).get(target)
    if part not in ("stage", "lane", "card") or entry is None:
        raise errors.PartNotFound()
    details = names.details(f"{part}s", entry)
    if "touchpoint" in details:
        touchpoint = Touchpoint.objects.filter(workspace_id=workspace_id, id=details["touchpoint"]).first()
        details["name"] = touchpoint.name if touchpoint else ""
    return PartView(details, _member_of(entry))


def _member_of(entry: dict[str, Any]) -> str | None:
    owner = entry.get("owner") or {}
    return owner.get("id") if owner.get("kind") == "member" else None


def list_maps(
    workspace_id: str, *, search: str = "", cursor: str | None = None, limit: int = 50, deleted: bool = False
) -> Page[MapView]:
    """Maps whose title has ``search`` in it (compared by search key), last changed first.

    ``deleted``: those in the bin instead, as long as they can be restored.
    """
    limit = max(1, min(limit, LARGEST_PAGE))
    kept = {"deleted_at__gt": timezone.now() - BIN_LIFE} if deleted else {"deleted_at": None}
    rows = _with_counts(workspace_id).filter(**kept)
    if key := sought(search):
        rows = rows.filter(title_search__contains=key)
    total = rows.count()
    if cursor:
        moment, map_id = decode_moment_cursor(cursor)
        rows = rows.filter(Q(updated_at__lt=moment) | Q(updated_at=moment, id__lt=map_id))
    found = list(rows.order_by("-updated_at", "-id")[: limit + 1])
    shown = [_map_view(row) for row in found[:limit]]
    last = shown[-1] if len(found) > limit else None
    return Page(shown, encode_cursor([last.updated_at.isoformat(), last.id]) if last else None, total)


def _with_counts(workspace_id: str) -> Any:
    return (
        Map.objects.filter(workspace_id=workspace_id)
        .select_related("updated_by")
        .annotate(
            placed=Count("placedtouchpoint"),
            bound=Count("placedtouchpoint", filter=Q(placedtouchpoint__touchpoint__matcher__isnull=False)),
        )
    )


def _map_view(row: Any) -> MapView:
    return MapView(
        id=row.id,
        title=row.title,
        kind=row.kind,
        language=row.language,
        status=row.status,
        stages=row.stages,
        card_count=row.card_count,
        placed_touchpoints=row.placed,
        bound_touchpoints=row.bound,
        created_at=row.created_at,
        updated_at=row.updated_at,
        updated_by=row.updated_by.name if row.updated_by else None,
    )


def exchange_document(map_id: str, workspace_id: str | None = None) -> Exchange:
    """The map in the exchange format, with the touchpoints and channels it uses joined in.

    Raises MapNotFound; also for a map outside ``workspace_id``, when that is given.
    """
    loaded = log.load(map_id)
    if workspace_id is not None and loaded.workspace_id != workspace_id:
        raise errors.MapNotFound()
    state = document.read(document.open_doc(loaded.updates))
    shown = document.project(state, exchange_library(loaded.workspace_id))
    return document.tidy({"id": map_id, **shown})
