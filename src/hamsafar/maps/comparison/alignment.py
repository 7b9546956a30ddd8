"""Two maps beside each other: what stands opposite what, and under which stage a difference is told."""

from __future__ import annotations

from typing import Any

from hamsafar.maps.comparison.matching import Entry, Pairs
from hamsafar.maps.document import Exchange

# What stands opposite each other: an id of the first map, of the second, or both.
Opposite = tuple[str | None, str | None]


def aligned(part: str, before: Exchange, after: Exchange, pairs: Pairs) -> list[Opposite]:
    """The entries of both maps in one order: the second's, with what only the first has behind its neighbour there."""
    origin = {new: old for old, new in pairs[part].items()}
    rows: list[Opposite] = [(origin.get(entry["id"]), entry["id"]) for entry in after[part]]
    place = 0
    for entry in before[part]:
        old = entry["id"]
        if old in pairs[part]:
            place = next(index for index, row in enumerate(rows) if row[0] == old) + 1
        else:
            rows.insert(place, (old, None))
            place += 1
    return rows


def stage_of(part: str, entry: Entry | None, exchange: Exchange) -> str | None:
    """The id of the stage that an entry stands in, begins in or is about; None: the whole map."""
    if entry is None:
        return None
    found: Any = None
    if part == "stages":
        found = entry["id"]
    elif part == "branches":
        found = entry["from_stage"]
    elif part == "targets":
        found = entry["scope"].get("stage")
    elif part == "arrows":
        found = next((card["stage"] for card in exchange["cards"] if card["id"] == entry["from_card"]), None)
    else:
        found = entry.get("stage")
    return found if isinstance(found, str) else None
