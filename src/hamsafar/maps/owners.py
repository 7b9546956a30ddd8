"""Reads: who answers for what, across the maps of a workspace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from hamsafar.accounts.queries import TeamView, member_id, members_of, teams_of
from hamsafar.lib.errors import BadInput
from hamsafar.lib.paging import LARGEST_PAGE, Page, decode_cursor, encode_cursor
from hamsafar.lib.persian import search_key, sort_key
from hamsafar.maps.models import OwnedPart, Touchpoint


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
class OwnedTouchpointView:
    """``channel`` is its name, empty without one."""

    id: str
    name: str
    channel: str
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
    rows = _living(workspace_id).filter(_whom(workspace_id, user_id, asked.owner, teams).rows())
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


def list_owned_touchpoints(workspace_id: str, user_id: str, asked: Asked) -> list[OwnedTouchpointView]:
    """Touchpoints of the library by name; of what is asked, ``kind`` and ``stage`` do not apply to them.

    Raises UnknownOwner.
    """
    teams = teams_of(workspace_id)
    whom = _whom(workspace_id, user_id, asked.owner, teams)
    rows = Touchpoint.objects.filter(workspace_id=workspace_id).select_related("channel")
    if asked.map:
        rows = rows.filter(placedtouchpoint__map_id=asked.map)
    if key := search_key(asked.search).replace("\x00", ""):
        rows = rows.filter(name_search__contains=key)
    names = _names(workspace_id, teams)
    found = [
        OwnedTouchpointView(
            id=row.id,
            name=row.name,
            channel=row.channel.name if row.channel else "",
            owner=_owner_view(owner["kind"], owner.get("id", ""), owner["name"], names) if owner else None,
        )
        for row in rows
        if whom.is_of(owner := row.profile.get("owner"))
    ]
    return sorted(found, key=lambda one: (sort_key(one.name), one.id))


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


@dataclass(frozen=True)
class _Whom:
    """Whom is asked for: ``keys`` are (kind, id), or ("team", "", name) of a team that a map knows by name alone."""

    keys: frozenset[tuple[str, ...]] = frozenset()
    anybody: bool = False
    nobody: bool = False

    def rows(self) -> Q:
        if self.anybody:
            return Q()
        if self.nobody:
            return Q(owner_kind="")
        found = Q(pk__in=[])
        for kind, owner_id, *name in self.keys:
            found |= Q(owner_kind=kind, owner_id=owner_id, **({"owner_search": name[0]} if name else {}))
        return found

    def is_of(self, owner: dict[str, Any] | None) -> bool:
        """Of an owner as documents and libraries keep one."""
        if self.anybody:
            return True
        if owner is None or self.nobody:
            return owner is None and self.nobody
        owner_id = owner.get("id", "")
        key = (owner["kind"], owner_id) if owner_id else (owner["kind"], "", search_key(owner["name"])[:200])
        return key in self.keys


def _whom(workspace_id: str, user_id: str, owner: str, teams: list[TeamView]) -> _Whom:
    """Raises UnknownOwner."""
    kind, _, owner_id = owner.partition(":")
    if owner == "any":
        return _Whom(anybody=True)
    if owner == "none":
        return _Whom(nobody=True)
    if owner == "mine":
        own = member_id(workspace_id, user_id)
        mine = [_team(team.id, team.name) for team in teams if own in team.members]
        return _Whom(frozenset({("member", own or "")}).union(*mine))
    if kind == "member" and owner_id:
        return _Whom(frozenset({("member", owner_id)}))
    if kind == "team" and owner_id:
        return _Whom(_team(owner_id, next((team.name for team in teams if team.id == owner_id), None)))
    raise UnknownOwner(owner=owner[:60])


def _team(team_id: str, name: str | None) -> frozenset[tuple[str, ...]]:
    """A team by its id; a map from a template or a file names it by its name alone."""
    by_id = ("team", team_id)
    return frozenset({by_id} if name is None else {by_id, ("team", "", search_key(name)[:200])})


def _names(workspace_id: str, teams: list[TeamView]) -> dict[tuple[str, str], str]:
    found = {("member", one.id): one.name for one in members_of(workspace_id)}
    found.update({("team", one.id): one.name for one in teams})
    return found


def _owner_view(kind: str, owner_id: str, name: str, names: dict[tuple[str, str], str]) -> OwnerView:
    known = names.get((kind, owner_id)) if owner_id else name
    return OwnerView(kind, owner_id or None, known or name, known is None)


def _view(row: OwnedPart, names: dict[tuple[str, str], str]) -> OwnedView:
    owner = None
    if row.owner_kind:
        owner = _owner_view(row.owner_kind, row.owner_id, row.owner_name, names)
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
