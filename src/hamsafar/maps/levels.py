"""Maps within maps: a stage may open a map of its own. Rows of the projection, and what they tell of a map's place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from hamsafar.maps import errors
from hamsafar.maps.document import Exchange
from hamsafar.maps.models import DetailMap, Map


class Detail(NamedTuple):
    stage: str
    stage_name: str
    detail: str


@dataclass(frozen=True)
class StageOfMap:
    """A stage of a map, by the names they have now."""

    map: str
    title: str
    stage: str
    stage_name: str


@dataclass(frozen=True)
class Opened:
    """The map that a stage of the asked one opens; ``gone``: deleted, or never in this workspace."""

    stage: str
    map: str
    title: str
    gone: bool


@dataclass(frozen=True)
class Levels:
    """``path``: from the uppermost map down to the one above; ``places``: every stage that this map details."""

    path: list[StageOfMap]
    places: list[StageOfMap]
    details: list[Opened]


def details_of(exchange: Exchange) -> frozenset[Detail]:
    return frozenset(
        Detail(stage["id"], stage["name"], stage["detail_map"])
        for stage in exchange["stages"]
        if "detail_map" in stage
    )


def store(map_id: str, wanted: frozenset[Detail], before: frozenset[Detail] | None) -> None:
    """Makes the rows of a map those of ``wanted``; ``before`` is what they are, None when that is not known."""
    if wanted == before:
        return
    DetailMap.objects.filter(map_id=map_id).delete()
    DetailMap.objects.bulk_create(DetailMap(map_id=map_id, **one._asdict()) for one in wanted)


def levels_of(workspace_id: str, map_id: str) -> Levels:
    """Raises MapNotFound. A map above itself ends the path where it comes again."""
    if not Map.objects.filter(workspace_id=workspace_id, id=map_id, deleted_at=None).exists():
        raise errors.MapNotFound()
    rows = list(
        DetailMap.objects.filter(map__workspace_id=workspace_id, map__deleted_at=None)
        .select_related("map")
        .order_by("map__title", "map_id", "stage_name", "stage")
    )
    above: dict[str, list[StageOfMap]] = {}
    for row in rows:
        place = StageOfMap(row.map_id, row.map.title, row.stage, row.stage_name)
        above.setdefault(row.detail, []).append(place)
    path: list[StageOfMap] = []
    seen, at = {map_id}, map_id
    while (over := above.get(at)) and over[0].map not in seen:
        path.insert(0, over[0])
        at = over[0].map
        seen.add(at)
    own = [row for row in rows if row.map_id == map_id]
    kept = dict(
        Map.objects.filter(
            workspace_id=workspace_id, deleted_at=None, id__in=[row.detail for row in own]
        ).values_list("id", "title")
    )
    details = [Opened(row.stage, row.detail, kept.get(row.detail, ""), row.detail not in kept) for row in own]
    return Levels(path, [place for place in above.get(map_id, []) if place.map != map_id], details)
