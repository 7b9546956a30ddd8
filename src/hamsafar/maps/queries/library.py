"""Reads: the libraries that maps share: touchpoints, channels, contents, personas."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count

from hamsafar.lib.paging import Page, page_of
from hamsafar.lib.persian import search_key, sort_key
from hamsafar.maps import errors
from hamsafar.maps.document import Exchange
from hamsafar.maps.models import (
    Channel,
    Content,
    Persona,
    PlacedContent,
    PlacedTouchpoint,
    Touchpoint,
)


@dataclass(frozen=True)
class TouchpointView:
    """``profile`` has the fields of ``fields.TOUCHPOINT_PROFILE``; ``maps`` are those it stands on."""

    id: str
    name: str
    description: str
    channel: str | None
    matcher: dict[str, Any] | None
    failure: dict[str, Any] | None
    target_seconds: float | None
    target_from: str | None
    profile: dict[str, Any]
    maps: list[dict[str, str]]
    updated_at: datetime


@dataclass(frozen=True)
class ContentView:
    """``maps`` are those it stands on."""

    id: str
    name: str
    kind: str
    link: str
    persona: str | None
    stage: str
    question: str
    maps: list[dict[str, str]]
    updated_at: datetime


@dataclass(frozen=True)
class ChannelView:
    id: str
    name: str
    kind: str
    touchpoints: int


def sought(search: str) -> str:
    """The key of what is searched for; a null character is in no name, and PostgreSQL takes none."""
    return search_key(search).replace("\x00", "")


def exchange_library(workspace_id: str) -> dict[str, dict[str, Any]]:
    """The workspace's touchpoints, channels and contents, as ``document.project`` wants them."""
    touchpoints = {}
    for row in Touchpoint.objects.filter(workspace_id=workspace_id):
        plain = {
            "id": row.id,
            "name": row.name,
            "channel": row.channel_id,
            "matcher": row.matcher,
            "failure": row.failure,
            "target_seconds": row.target_seconds,
            "target_from": row.target_from_id,
            "description": row.description or None,
            **row.profile,
        }
        touchpoints[row.id] = {field: value for field, value in plain.items() if value is not None}
    channels = {
        row.id: {"id": row.id, "name": row.name, "kind": row.kind}
        for row in Channel.objects.filter(workspace_id=workspace_id)
    }
    contents = {}
    for content in Content.objects.filter(workspace_id=workspace_id):
        said = {
            "id": content.id,
            "name": content.name,
            "kind": content.kind,
            "link": content.link,
            "persona": content.persona_id,
            "stage": content.stage,
            "question": content.question,
        }
        contents[content.id] = {field: value for field, value in said.items() if value}
    return {"touchpoints": touchpoints, "channels": channels, "contents": contents}


def library_ids(workspace_id: str) -> dict[str, set[str]]:
    """The ids of what a card may name, by collection."""
    return {
        name: set(rows.objects.filter(workspace_id=workspace_id).values_list("id", flat=True))
        for name, rows in (("touchpoints", Touchpoint), ("contents", Content))
    }


def list_touchpoints(
    workspace_id: str, *, search: str = "", cursor: str | None = None, limit: int = 50
) -> Page[TouchpointView]:
    """Touchpoints by name."""
    rows = Touchpoint.objects.filter(workspace_id=workspace_id, name_search__contains=sought(search))
    return page_of([*_touchpoint_views(rows)], _by_name, cursor, limit)


def get_touchpoint(workspace_id: str, touchpoint_id: str) -> TouchpointView:
    rows = Touchpoint.objects.filter(workspace_id=workspace_id, id=touchpoint_id)
    found = next(iter(_touchpoint_views(rows)), None)
    if found is None:
        raise errors.TouchpointNotFound()
    return found


def _touchpoint_views(rows: Any) -> list[TouchpointView]:
    rows = list(rows)
    maps = _maps_with(PlacedTouchpoint, "touchpoint_id", rows)
    return [
        TouchpointView(
            row.id,
            row.name,
            row.description,
            row.channel_id,
            row.matcher,
            row.failure,
            row.target_seconds,
            row.target_from_id,
            row.profile,
            maps.get(row.id, []),
            row.updated_at,
        )
        for row in rows
    ]


def duplicate_touchpoints(workspace_id: str) -> list[list[TouchpointView]]:
    """Groups of touchpoints that may be one: of the same name (spaces and marks aside), or of the same events."""
    rows = list(Touchpoint.objects.filter(workspace_id=workspace_id).order_by("name_search", "id"))
    leader = {row.id: row.id for row in rows}
    first: dict[str, str] = {}
    for row in rows:
        keys = ["name " + "".join(letter for letter in row.name_search if letter.isalnum())]
        if row.matcher and row.matcher["events"]:
            events, conditions = sorted(row.matcher["events"]), row.matcher["conditions"]
            keys.append("events " + json.dumps([events, conditions], sort_keys=True))
        for key in keys:
            same = first.setdefault(key, row.id)
            if leader[same] != leader[row.id]:
                gone, kept = leader[row.id], leader[same]
                leader = {one: kept if led == gone else led for one, led in leader.items()}
    groups: dict[str, list[TouchpointView]] = {}
    for view in _touchpoint_views(rows):
        groups.setdefault(leader[view.id], []).append(view)
    return [group for group in groups.values() if len(group) > 1]


def _maps_with(places: Any, column: str, rows: list[Any]) -> dict[str, list[dict[str, str]]]:
    """The maps on which each row stands, by its id."""
    placed = places.objects.filter(**{f"{column}__in": [row.id for row in rows]}, map__deleted_at=None)
    maps: dict[str, list[dict[str, str]]] = {}
    for place in placed.select_related("map").order_by("map__title", "map_id"):
        maps.setdefault(getattr(place, column), []).append({"id": place.map_id, "title": place.map.title})
    return maps


def list_contents(
    workspace_id: str, *, search: str = "", cursor: str | None = None, limit: int = 50
) -> Page[ContentView]:
    """Contents by title."""
    rows = Content.objects.filter(workspace_id=workspace_id, name_search__contains=sought(search))
    return page_of(_content_views(rows), _by_name, cursor, limit)


def get_content(workspace_id: str, content_id: str) -> ContentView:
    found = _content_views(Content.objects.filter(workspace_id=workspace_id, id=content_id))
    if not found:
        raise errors.ContentNotFound()
    return found[0]


def _content_views(rows: Any) -> list[ContentView]:
    rows = list(rows)
    maps = _maps_with(PlacedContent, "content_id", rows)
    return [
        ContentView(
            row.id,
            row.name,
            row.kind,
            row.link,
            row.persona_id,
            row.stage,
            row.question,
            maps.get(row.id, []),
            row.updated_at,
        )
        for row in rows
    ]


def list_channels(
    workspace_id: str, *, search: str = "", cursor: str | None = None, limit: int = 50
) -> Page[ChannelView]:
    """Channels by name."""
    rows = Channel.objects.filter(workspace_id=workspace_id, name_search__contains=sought(search))
    return page_of([*_channel_views(rows)], _by_name, cursor, limit)


def get_channel(workspace_id: str, channel_id: str) -> ChannelView:
    found = next(iter(_channel_views(Channel.objects.filter(workspace_id=workspace_id, id=channel_id))), None)
    if found is None:
        raise errors.ChannelNotFound()
    return found


def _channel_views(rows: Any) -> list[ChannelView]:
    counted = rows.annotate(touchpoints=Count("touchpoint"))
    return [ChannelView(row.id, row.name, row.kind, row.touchpoints) for row in counted]


def list_personas(
    workspace_id: str, *, search: str = "", cursor: str | None = None, limit: int = 50
) -> Page[dict[str, Any]]:
    """Personas by name, each as its fields (see ``personas.PROFILE``) with id, name and ``updated_at``."""
    rows = Persona.objects.filter(workspace_id=workspace_id, name_search__contains=sought(search))
    views = [_persona_view(row) for row in rows]
    return page_of(views, lambda view: (sort_key(view["name"]), view["id"]), cursor, limit)


def get_persona(workspace_id: str, persona_id: str) -> dict[str, Any]:
    row = Persona.objects.filter(workspace_id=workspace_id, id=persona_id).first()
    if row is None:
        raise errors.PersonaNotFound()
    return _persona_view(row)


def _persona_view(row: Persona) -> dict[str, Any]:
    return {"id": row.id, "name": row.name, **row.profile, "updated_at": row.updated_at}


def _by_name(view: TouchpointView | ChannelView | ContentView) -> tuple[str, ...]:
    return (sort_key(view.name), view.id)


def persona_profiles(workspace_id: str, exchange: Exchange) -> dict[str, dict[str, Any]]:
    """What the library says of the personas of a map, by their ids on the map."""
    wanted = {one["persona"]: one["id"] for one in exchange["personas"] if one.get("persona")}
    rows = Persona.objects.filter(workspace_id=workspace_id, id__in=list(wanted))
    return {wanted[row.id]: row.profile for row in rows}
