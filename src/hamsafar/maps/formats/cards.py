"""A map as a table, one row a card: what CSV and XLSX have in common.

Rows stand in reading order, stage by stage. An owner lane's row holds the stage's owner, an emotion lane's row the
feeling (-2 to 2) as text. A stage or lane without cards has a row of its own, so that nothing of the drawing is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from hamsafar.lib.persian import ascii_digits, search_key
from hamsafar.maps.document import Exchange
from hamsafar.maps.faults import Fault, MapInvalid
from hamsafar.maps.fields import FORMAT, LANE_KINDS
from hamsafar.maps.formats.carried import carried

COLUMNS = ("stage", "lane", "kind", "text", "owner", "tags", "commitment", "complaint", "link", "emoji")
HEADS = {
    "en": (
        "Stage", "Lane", "Kind of lane", "Text", "Owner", "Tags", "Commitment", "Complaint", "Link", "Emoji",
    ),
    "fa": ("مرحله", "ردیف", "نوع ردیف", "متن", "مسئول", "برچسب‌ها", "میزان تعهد", "شکایت", "پیوند", "شکلک"),
}  # fmt: skip
_YES = {"en": "yes", "fa": "بله"}
_TRUE = {search_key(word) for word in ("yes", "true", "1", "x", "بله", "آری")}
_UNTITLED = {"en": "Map from a table", "fa": "نقشه از جدول"}

Row = list[str]


def rows(exchange: Exchange) -> list[Row]:
    """The head and all rows, as texts in the map's language."""
    language = exchange["language"]
    lanes = exchange["lanes"]
    found: list[Row] = [list(HEADS[language])]
    used: set[str] = set()
    for stage in exchange["stages"]:
        before = len(found)
        for lane in lanes:
            own = [c for c in exchange["cards"] if (c["stage"], c["lane"]) == (stage["id"], lane["id"])]
            cells = [_card_cells(card, language) for card in own]
            if lane["kind"] == "owner" and stage.get("owner"):
                cells = [[stage["owner"]["name"], *[""] * 6]]
            elif lane["kind"] == "emotion":
                felt = [p for p in exchange["emotions"] if p["stage"] == stage["id"] and not p.get("step")]
                cells = [[f"{point['value']:g}", *[""] * 6] for point in felt if point["persona"] is None]
            used.update({lane["id"]} if cells else ())
            found += [[stage["name"], lane.get("name") or "", lane["kind"], *one] for one in cells]
        if len(found) == before:
            found.append([stage["name"], *[""] * (len(COLUMNS) - 1)])
    found += [
        ["", lane.get("name") or "", lane["kind"], *[""] * 7] for lane in lanes if lane["id"] not in used
    ]
    return found


def _card_cells(card: dict[str, Any], language: str) -> Row:
    return [
        card["text"],
        card.get("owner", {}).get("name", ""),
        "; ".join(card.get("tags", [])),
        str(card.get("commitment", "")),
        _YES[language] if card.get("complaint") else "",
        card.get("link", ""),
        card.get("emoji", ""),
    ]


def left_out(exchange: Exchange) -> set[str]:
    lost = carried(exchange) - {
        "owners", "emotions", "links", "hidden_lanes", "formatting", "emoji_colors", "letters",
    }  # fmt: skip
    kinds = {lane["kind"] for lane in exchange["lanes"]}
    if any(point["persona"] is not None or point.get("step") for point in exchange["emotions"]):
        lost.add("emotions_of_personas")
    elif exchange["emotions"] and "emotion" not in kinds:
        lost.add("emotions")
    if any(stage.get("owner") for stage in exchange["stages"]) and "owner" not in kinds:
        lost.add("owners")
    return lost


def exchange_of(table: Iterable[Sequence[str]], language: str) -> Exchange:
    """The map in a table with the heads of either language, in any order; ``stage`` and ``text`` are needed.

    Raises MapInvalid with the row (from 1, the head) that cannot be used.
    """
    lines = [(number, [str(cell).strip() for cell in row]) for number, row in enumerate(table, 1)]
    lines = [(number, row) for number, row in lines if any(row)]
    if not lines:
        raise MapInvalid([Fault("", "no_cards")])
    places = _places(lines[0][1])
    stages: dict[str, dict[str, Any]] = {}
    lanes: dict[tuple[str, str], dict[str, Any]] = {}
    cards: list[dict[str, Any]] = []
    emotions: list[dict[str, Any]] = []
    faults: list[Fault] = []
    for number, row in lines[1:]:
        cell = {name: row[place] if place < len(row) else "" for name, place in places.items()}
        stage, lane = _stage(stages, cell["stage"]), _lane(lanes, cell, number, faults)
        if stage is None or lane is None or not cell["text"]:
            continue
        if lane["kind"] == "owner":
            stage["owner"] = {"kind": "text", "name": cell["text"]}
        elif lane["kind"] == "emotion":
            value = _number(cell["text"], -2, 2, number, faults)
            if value is not None:
                emotions.append({"persona": None, "stage": stage["id"], "value": value})
        else:
            cards.append(_card(cell, len(cards), stage["id"], lane["id"], number, faults))
    if faults:
        raise MapInvalid(faults)
    return {
        "format": FORMAT,
        "title": _UNTITLED[language],
        "kind": "current_state",
        "language": language,
        "stages": list(stages.values()),
        "lanes": list(lanes.values()),
        "cards": cards,
        # The last one said for a stage counts.
        "emotions": list({point["stage"]: point for point in emotions}.values()),
    }


def _places(head: Row) -> dict[str, int]:
    known = {
        search_key(word): name
        for words in (COLUMNS, *HEADS.values())
        for name, word in zip(COLUMNS, words, strict=True)
    }
    places: dict[str, int] = {}
    for place, word in enumerate(head):
        name = known.get(search_key(word))
        if name is not None:
            places.setdefault(name, place)
    missing = [name for name in ("stage", "text") if name not in places]
    if missing:
        raise MapInvalid([Fault("row 1", "column_missing", {"column": name}) for name in missing])
    return {name: places.get(name, 10**6) for name in COLUMNS}


def _stage(stages: dict[str, dict[str, Any]], name: str) -> dict[str, Any] | None:
    if not name:
        return None
    return stages.setdefault(search_key(name), {"id": f"s{len(stages) + 1}", "name": name})


def _lane(
    lanes: dict[tuple[str, str], dict[str, Any]], cell: dict[str, str], number: int, faults: list[Fault]
) -> dict[str, Any] | None:
    kind = cell["kind"].lower() or "text"
    if not cell["kind"] and not cell["lane"] and not cell["text"]:
        return None
    if kind not in LANE_KINDS:
        faults.append(
            Fault(f"row {number}", "not_one_of", {"found": kind, "expected": ", ".join(LANE_KINDS)})
        )
        return None
    lane: dict[str, Any] = {"id": f"l{len(lanes) + 1}", "kind": kind}
    if cell["lane"]:
        lane["name"] = cell["lane"]
    return lanes.setdefault((kind, search_key(cell["lane"])), lane)


def _card(
    cell: dict[str, str], place: int, stage: str, lane: str, number: int, faults: list[Fault]
) -> dict[str, Any]:
    card: dict[str, Any] = {"id": f"c{place + 1}", "lane": lane, "stage": stage, "text": cell["text"]}
    if cell["owner"]:
        card["owner"] = {"kind": "text", "name": cell["owner"]}
    tags = [tag.strip() for tag in cell["tags"].replace("؛", ";").split(";") if tag.strip()]
    if tags:
        card["tags"] = list(dict.fromkeys(tags))
    if cell["commitment"]:
        level = _number(cell["commitment"], 1, 6, number, faults)
        if level is not None:
            card["commitment"] = int(level)
    if search_key(cell["complaint"]) in _TRUE:
        card["complaint"] = True
    for field in ("link", "emoji"):
        if cell[field]:
            card[field] = cell[field]
    return card


def _number(text: str, least: int, most: int, number: int, faults: list[Fault]) -> float | None:
    plain = ascii_digits(text).replace("٫", ".").replace("−", "-")
    if plain.endswith("-"):  # as it is often written from right to left
        plain = "-" + plain[:-1]
    try:
        value = float(plain)
    except ValueError:
        value = least - 1.0
    if not least <= value <= most:
        faults.append(
            Fault(f"row {number}", "out_of_range", {"found": text[:40], "low": least, "high": most})
        )
        return None
    return value
