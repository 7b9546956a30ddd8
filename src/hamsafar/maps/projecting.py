"""What lists and searches see of a map, in step with its changes.

Projecting a whole map takes milliseconds, and a live map changes many times a second, mostly in its cards. So a change
of cards asks again only for the cells they stand in or have left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hamsafar.maps import document, log, owned
from hamsafar.maps.activity import Change
from hamsafar.maps.document import State
from hamsafar.maps.versions.keeping import Outline

# A change of these may change what is seen of everything.
_ABOVE_CARDS = frozenset(("meta", "stages", "lanes"))
_Cell = tuple[Any, Any]


class Projector:
    """``projection`` and ``outline`` are those of the state it was last shown."""

    def __init__(self, state: State) -> None:
        self._begin(state)

    def follow(self, state: State, changes: Sequence[Change]) -> None:
        """``state`` has come out of the last one by these changes."""
        changed = {change.part for change in changes}
        if changed & _ABOVE_CARDS:
            self._begin(state)
        elif "cards" in changed:
            self._ask_cells(state, {cell for change in changes for cell in _cells(change)})

    def _begin(self, state: State) -> None:
        exchange = document.project(state)
        self.projection = log.Projection.of(exchange)
        self.outline = Outline.of(exchange)
        self._cells = owned.Cells(exchange)
        cell_of = {card["id"]: (card["stage"], card["lane"]) for card in exchange["cards"]}
        self._parts: dict[_Cell, list[owned.Part]] = {}
        for part in self.projection.placed.parts:
            if part.part == "card":
                self._parts.setdefault(cell_of[part.part_id], []).append(part)

    def _ask_cells(self, state: State, cells: set[_Cell]) -> None:
        stages, lanes = self._cells.stages, self._cells.lanes
        standing: list[str] = []
        touchpoints, contents = set(), set()
        asked: dict[_Cell, dict[str, dict[str, Any]]] = {}
        for identifier, card in state["cards"].items():
            stage, lane = card["stage"], card["lane"]
            if stage not in stages or lane not in lanes:  # crossed edits: its place is gone
                continue
            standing.append(identifier)
            if (touchpoint := card.get("touchpoint")) is not None:
                touchpoints.add(touchpoint)
            if (content := card.get("content")) is not None:
                contents.add(content)
            if (stage, lane) in cells:
                asked.setdefault((stage, lane), {})[identifier] = card
        gone, new = [], []
        for cell in cells:
            cards = asked.get(cell, {})
            gone += self._parts.pop(cell, [])
            if cards:
                entries = [{"id": one, **_given(cards[one])} for one in document.in_order(cards)]
                self._parts[cell] = self._cells.parts(cell, entries)
                new += self._parts[cell]
        before = self.projection.placed
        placed = before._replace(
            touchpoints=frozenset(touchpoints),
            contents=frozenset(contents),
            parts=before.parts.difference(gone).union(new),
        )
        self.projection = replace(self.projection, card_count=len(standing), placed=placed)
        self.outline = replace(self.outline, cards=frozenset(standing))


def _given(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if value is not None}


def _cells(change: Change) -> list[_Cell]:
    """The cells that a change of a card has to do with."""
    if change.part != "cards":
        return []
    return [(entry["stage"], entry["lane"]) for entry in (change.before, change.after) if entry is not None]
