"""Which parts of a map somebody should answer for, as rows to be asked about across maps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from hamsafar.lib.persian import search_key
from hamsafar.maps.document import Exchange
from hamsafar.maps.models import OwnedPart

# Lanes whose cards are somebody's work; what the customer thinks and feels belongs to nobody of ours. The editor's
# own list is in web/src/editor/owners.ts.
WORK_LANES = frozenset(
    {
        "actions",
        "touchpoints",
        "content",
        "opportunities",
        "evidence_physical",
        "frontstage",
        "backstage",
        "support",
    }
)
# Room for the lanes of a stage and the cards of a cell, so that a new card moves only those behind it in its cell.
_STAGE, _LANE = 100 * 5_001, 5_001


class Part(NamedTuple):
    """``part`` is map, stage or card; ``owner_kind`` is empty where nobody answers for it."""

    part: str
    part_id: str
    position: int
    lane_kind: str
    text: str
    stage_name: str
    owner_kind: str
    owner_id: str
    owner_name: str


def parts_of(exchange: Exchange) -> frozenset[Part]:
    """All stages, the cards of ``WORK_LANES``, and whatever else has an owner (the map itself, any card)."""
    found = []
    if owner := exchange.get("owner"):
        found.append(_part("map", "", 0, "", exchange.get("title", ""), "", owner))
    for at, stage in enumerate(exchange["stages"], 1):
        name = stage["name"]
        found.append(_part("stage", stage["id"], at * _STAGE, "", name, name, stage.get("owner")))
    cells = Cells(exchange)
    cards: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for card in exchange["cards"]:
        cards.setdefault((card["stage"], card["lane"]), []).append(card)
    for cell, standing in cards.items():
        found += cells.parts(cell, standing)
    return frozenset(found)


class Cells:
    """Where the cells of a map stand, and which of their cards are parts to answer for."""

    def __init__(self, exchange: Exchange) -> None:
        self.lanes = {lane["id"]: (at, lane["kind"]) for at, lane in enumerate(exchange["lanes"], 1)}
        self.stages = {stage["id"]: (at, stage["name"]) for at, stage in enumerate(exchange["stages"], 1)}

    def parts(self, cell: tuple[str, str], cards: Sequence[dict[str, Any]]) -> list[Part]:
        """Of one cell (stage, lane), whose ``cards`` are in reading order."""
        stage, lane = cell
        (lane_at, kind), (stage_at, stage_name) = self.lanes[lane], self.stages[stage]
        first = stage_at * _STAGE + lane_at * _LANE
        return [
            _part("card", card["id"], first + at, kind, card["text"], stage_name, card.get("owner"))
            for at, card in enumerate(cards, 1)
            if "owner" in card or kind in WORK_LANES
        ]


def _part(
    part: str,
    part_id: str,
    position: int,
    lane_kind: str,
    text: str,
    stage: str,
    owner: dict[str, Any] | None,
) -> Part:
    kind, owner_id, name = (owner["kind"], owner.get("id", ""), owner["name"]) if owner else ("", "", "")
    return Part(part, part_id, position, lane_kind, text[:300], stage[:200], kind, owner_id, name[:200])


def store(map_id: str, wanted: frozenset[Part], before: frozenset[Part] | None) -> None:
    """Makes the rows of a map those of ``wanted``; ``before`` are those it has, None when that is not known."""
    if wanted == before:
        return
    if before is None:
        OwnedPart.objects.filter(map_id=map_id).delete()
        before = frozenset()
    gone = {(one.part, one.part_id) for one in before - wanted}
    for part in ("map", "stage", "card"):
        if ids := [part_id for kind, part_id in gone if kind == part]:
            OwnedPart.objects.filter(map_id=map_id, part=part, part_id__in=ids).delete()
    OwnedPart.objects.bulk_create(
        OwnedPart(
            map_id=map_id,
            owner_search=search_key(one.owner_name)[:200],
            text_search=search_key(f"{one.text} {one.stage_name}")[:500],
            **one._asdict(),
        )
        for one in wanted - before
    )
