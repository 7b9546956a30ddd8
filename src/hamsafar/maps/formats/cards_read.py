"""The map in a table of cards, with the heads of either language, in any order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from hamsafar.lib.persian import ascii_digits, search_key
from hamsafar.maps.document import Exchange
from hamsafar.maps.faults import Fault, MapInvalid
from hamsafar.maps.fields import FITS, FORMAT, LANE_KINDS
from hamsafar.maps.formats.cards import FLAGS, HEADS, SCORES
from hamsafar.maps.formats.words import WORDS

_TRUE = {search_key(word) for word in ("yes", "true", "1", "x", "بله", "آری")}
_UNTITLED = {"en": "Map from a table", "fa": "نقشه از جدول"}
_EVIDENCE = ("assumption", "observed", "stale")
_MOST_SEEN = 10**12

Cells = dict[str, str]


def exchange_of(table: Iterable[Sequence[str]], language: str) -> Exchange:
    """The map in a table; ``stage`` and ``text`` are needed.

    Raises MapInvalid with the row (from 1, the head) that cannot be used.
    """
    lines = [(number, [str(cell).strip() for cell in row]) for number, row in enumerate(table, 1)]
    lines = [(number, row) for number, row in lines if any(row)]
    if not lines:
        raise MapInvalid([Fault("", "no_cards")])
    places = _places(lines[0][1])
    made = _Map()
    for number, row in lines[1:]:
        made.add(
            {name: row[place] if place < len(row) else "" for name, place in places.items()}, f"row {number}"
        )
    if made.faults:
        raise MapInvalid(made.faults)
    return {
        "format": FORMAT,
        "title": _UNTITLED[language],
        "kind": "current_state",
        "language": language,
        "personas": list(made.personas.values()),
        "stages": list(made.stages.values()),
        "steps": list(made.steps.values()),
        "lanes": list(made.lanes.values()),
        "cards": made.cards,
        "emotions": list(made.emotions.values()),
    }


def _places(head: list[str]) -> dict[str, int]:
    known = {search_key(word): name for name, heads in HEADS.items() for word in (name, *heads)}
    places: dict[str, int] = {}
    for place, word in enumerate(head):
        name = known.get(search_key(word))
        if name is not None:
            places.setdefault(name, place)
    missing = [name for name in ("stage", "text") if name not in places]
    if missing:
        raise MapInvalid([Fault("row 1", "column_missing", {"column": name}) for name in missing])
    return {name: places.get(name, 10**6) for name in HEADS}


class _Map:
    """A map in the making: things by the key of their names, so that a table typed by hand still fits."""

    def __init__(self) -> None:
        self.stages: dict[str, dict[str, Any]] = {}
        self.steps: dict[tuple[str, str], dict[str, Any]] = {}
        self.lanes: dict[tuple[str, str], dict[str, Any]] = {}
        self.personas: dict[str, dict[str, Any]] = {}
        self.cards: list[dict[str, Any]] = []
        # The last one said for a place counts.
        self.emotions: dict[tuple[str | None, str, str | None], dict[str, Any]] = {}
        self.faults: list[Fault] = []

    def add(self, cell: Cells, row: str) -> None:
        stage, lane = self._stage(cell["stage"]), self._lane(cell, row)
        if stage is None:
            return
        step = self._step(stage, cell["step"])
        if lane is None:
            return
        if lane["kind"] == "owner":
            if cell["text"]:
                stage["owner"] = {"kind": "text", "name": cell["text"]}
        elif lane["kind"] == "emotion":
            self._emotion(stage, step, cell, row)
        else:
            card = self._card(cell, stage, lane, step, row)
            if card["text"] or len(card) > 4 + (step is not None):
                self.cards.append(card)

    def _stage(self, name: str) -> dict[str, Any] | None:
        if not name:
            return None
        return self.stages.setdefault(search_key(name), {"id": f"s{len(self.stages) + 1}", "name": name})

    def _step(self, stage: dict[str, Any], name: str) -> str | None:
        if not name:
            return None
        fresh = {"id": f"t{len(self.steps) + 1}", "stage": stage["id"], "name": name}
        return str(self.steps.setdefault((stage["id"], search_key(name)), fresh)["id"])

    def _lane(self, cell: Cells, row: str) -> dict[str, Any] | None:
        kind = cell["kind"].lower() or "text"
        if not cell["kind"] and not cell["lane"] and not cell["text"]:
            return None
        if kind not in LANE_KINDS:
            self.faults.append(Fault(row, "not_one_of", {"found": kind, "expected": ", ".join(LANE_KINDS)}))
            return None
        lane: dict[str, Any] = {"id": f"l{len(self.lanes) + 1}", "kind": kind}
        if cell["lane"]:
            lane["name"] = cell["lane"]
        return self.lanes.setdefault((kind, search_key(cell["lane"])), lane)

    def _emotion(self, stage: dict[str, Any], step: str | None, cell: Cells, row: str) -> None:
        value = self._number(cell["text"], -2, 2, row) if cell["text"] else None
        if value is None:
            return
        persona = None
        if cell["persona"]:
            fresh = {"id": f"p{len(self.personas) + 1}", "name": cell["persona"]}
            persona = self.personas.setdefault(search_key(cell["persona"]), fresh)["id"]
        point = {"persona": persona, "stage": stage["id"], "value": value}
        self.emotions[persona, stage["id"], step] = {**point, "step": step} if step else point

    def _card(
        self, cell: Cells, stage: dict[str, Any], lane: dict[str, Any], step: str | None, row: str
    ) -> dict[str, Any]:
        card: dict[str, Any] = {
            "id": f"c{len(self.cards) + 1}",
            "lane": lane["id"],
            "stage": stage["id"],
            "text": cell["text"],
        }
        if step:
            card["step"] = step
        if cell["owner"]:
            card["owner"] = {"kind": "text", "name": cell["owner"]}
        if tags := _tags(cell["tags"]):
            card["tags"] = tags
        for name, most in (("commitment", 6), *((score, 5) for score in SCORES)):
            if cell[name]:
                level = self._number(cell[name], 1, most, row)
                if level is not None:
                    card[name] = int(level)
        card.update({flag: True for flag in FLAGS if search_key(cell[flag]) in _TRUE})
        card.update({name: cell[name] for name in ("link", "emoji", "color") if cell[name]})
        if cell["at"]:
            at = ascii_digits(cell["at"])
            card["at"] = f"0{at}" if re.fullmatch(r"\d:\d\d", at) else at
        if fit := self._one_of(cell["fit"], "fit", FITS, row):
            card["fit"] = fit
        if kind := self._one_of(cell["evidence"], "evidence", _EVIDENCE, row):
            card["evidence"] = {"kind": kind}
            seen = self._number(cell["n"], 0, _MOST_SEEN, row) if cell["n"] else None
            if seen is not None:
                card["evidence"]["n"] = int(seen)
        return card

    def _one_of(self, found: str, name: str, options: tuple[str, ...], row: str) -> str | None:
        """An option by its own name or its word in either language."""
        if not found:
            return None
        known = {
            search_key(word): option for option in options for word in (option, *WORDS[f"{name}.{option}"])
        }
        option = known.get(search_key(found))
        if option is None:
            expected = ", ".join(options)
            self.faults.append(Fault(row, "not_one_of", {"found": found[:40], "expected": expected}))
        return option

    def _number(self, text: str, least: int, most: int, row: str) -> float | None:
        plain = ascii_digits(text).replace("٫", ".").replace("−", "-")
        if plain.endswith("-"):  # as it is often written from right to left
            plain = "-" + plain[:-1]
        try:
            value = float(plain)
        except ValueError:
            value = least - 1.0
        if not least <= value <= most:
            self.faults.append(Fault(row, "out_of_range", {"found": text[:40], "low": least, "high": most}))
            return None
        return value


def _tags(text: str) -> list[str]:
    """Tags with semicolons between; a backslash keeps one within a tag."""
    parts = re.split(r"(?<!\\)((?:\\\\)*)[;؛]", text)
    whole = ["".join(parts[place : place + 2]) for place in range(0, len(parts), 2)]
    tags = [re.sub(r"\\(.)", r"\1", part.strip(), flags=re.S).strip() for part in whole]
    return list(dict.fromkeys(tag for tag in tags if tag))
