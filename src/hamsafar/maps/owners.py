"""Reads: who answers for what, across the maps of a workspace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from hamsafar.accounts.queries import TeamView, member_id, members_of, teams_of
from hamsafar.lib.errors import BadInput
from hamsafar.lib.paging import LARGEST_PAGE, Page, decode_cursor, encode_cursor
from hamsafar.lib.persian import search_key
from hamsafar.maps.models import OwnedPart


class UnknownOwner(BadInput):
    code = "unknown_owner"
    en = "“{owner}” is not whom one can ask for. Expected: mine, none, any, member:<id>, team:<id>."
    fa = "«{owner}» پذیرفته نیست. یکی از این‌ها بنویسید: \u2066mine, none, any, member:<id>, team:<id>\u2069."


@dataclass(frozen=True)
class OwnerView:
    """``name`` is what they are called now; ``gone``: they were deleted since, and the map's word is kept."""

    kind: str
    id: str | None
    name: str
    gone: bool


@dataclass(frozen=True)
class OwnedView:
    """``part`` is map, stage or card; ``owner`` None: nobody answers for it."""

    map: str
    map_title: str
    part: str
    id: str
    lane_kind: str
    text: str
    stage: str
    owner: OwnerView | None


@dataclass(frozen=True)
class OwnedCount:
    map: str
    title: str
    owned: int
    unowned: int


@dataclass(frozen=True)
class Asked:
    """What is asked for; empty fields ask for everything. ``kind`` is map, stage, or a kind of lane."""

    owner: str = "any"
    map: str = ""
    kind: str = ""
    stage: str = ""
    search: str = ""


def list_owned(
    workspace_id: str, user_id: str, asked: Asked, *, cursor: str | None = None, limit: int = 50
) -> Page[OwnedView]:
    """Parts of the workspace's maps, map by map in the order they were made, each in reading order."""
    limit = max(1, min(limit, LARGEST_PAGE))
    teams = teams_of(workspace_id)
    rows = _living(workspace_id).filter(_owner(workspace_id, user_id, asked.owner, teams))
    if asked.map:
        rows = rows.filter(map_id=asked.map)
    if asked.kind in ("map", "stage"):
        rows = rows.filter(part=asked.kind)
    elif asked.kind:
        rows = rows.filter(part="card", lane_kind=asked.kind)
    if asked.stage:
        rows = rows.filter(stage_name=asked.stage.replace("\x00", ""))
    if key := search_key(asked.search).replace("\x00", ""):
        rows = rows.filter(text_search__contains=key)
    total = rows.count()
    if cursor:
        map_id, position, row_id = decode_cursor(cursor, str, int, int)
        same_map = Q(map_id=map_id)
        later = Q(position__gt=position) | Q(position=position, id__gt=row_id)
        rows = rows.filter(Q(map_id__gt=map_id) | (same_map & later))
    found = list(rows.select_related("map").order_by("map_id", "position", "id")[: limit + 1])
    names = _names(workspace_id, teams)
    last = found[limit - 1] if len(found) > limit else None
    after = encode_cursor([last.map_id, last.position, last.id]) if last else None
    return Page([_view(row, names) for row in found[:limit]], after, total)


def count_owned(workspace_id: str) -> list[OwnedCount]:
    """For each map with anything to answer for, how much of it has an owner; in the order of ``list_owned``."""
    rows = (
        _living(workspace_id)
        .values("map_id", "map__title")
        .annotate(unowned=Count("id", filter=Q(owner_kind="")), all=Count("id"))
        .order_by("map_id")
    )
    return [
        OwnedCount(row["map_id"], row["map__title"], row["all"] - row["unowned"], row["unowned"])
        for row in rows
    ]


def _living(workspace_id: str) -> Any:
    return OwnedPart.objects.filter(map__workspace_id=workspace_id, map__deleted_at=None)


def _owner(workspace_id: str, user_id: str, owner: str, teams: list[TeamView]) -> Q:
    kind, _, owner_id = owner.partition(":")
    if owner == "any":
        return Q()
    if owner == "none":
        return Q(owner_kind="")
    if owner == "mine":
        own = member_id(workspace_id, user_id)
        mine = Q(owner_kind="member", owner_id=own)
        for team in teams:
            if own in team.members:
                mine |= _team(team.id, team.name)
        return mine
    if kind == "member" and owner_id:
        return Q(owner_kind="member", owner_id=owner_id)
    if kind == "team" and owner_id:
        return _team(owner_id, next((team.name for team in teams if team.id == owner_id), None))
    raise UnknownOwner(owner=owner[:60])


def _team(team_id: str, name: str | None) -> Q:
    """A team by its id; a map from a template or a file names it by its name alone."""
    found = Q(owner_kind="team", owner_id=team_id)
    return (
        found
        if name is None
        else found | Q(owner_kind="team", owner_id="", owner_search=search_key(name)[:200])
    )


def _names(workspace_id: str, teams: list[TeamView]) -> dict[tuple[str, str], str]:
    found = {("member", one.id): one.name for one in members_of(workspace_id)}
    found.update({("team", one.id): one.name for one in teams})
    return found


def _view(row: OwnedPart, names: dict[tuple[str, str], str]) -> OwnedView:
    owner = None
    if row.owner_kind:
        known = names.get((row.owner_kind, row.owner_id)) if row.owner_id else row.owner_name
        owner = OwnerView(row.owner_kind, row.owner_id or None, known or row.owner_name, known is None)
    return OwnedView(
        map=row.map_id,
        map_title=row.map.title,
        part=row.part,
        id=row.part_id,
        lane_kind=row.lane_kind,
        text=row.text,
        stage=row.stage_name,
        owner=owner,
    )
