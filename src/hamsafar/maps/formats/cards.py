"""A map as a table, one row a card: what CSV and XLSX have in common. ``cards_read`` is the way back.

Rows stand in reading order, stage by stage. An owner lane's row holds the stage's owner, an emotion lane's row a point
of a curve: the feeling (-2 to 2) as text, and whose it is. What has no card has a row of its own, so that nothing of
the drawing is lost: a stage, a step, a lane; lanes come first when the cards would bring them in another order.
"""

from __future__ import annotations

import re
from typing import Any

from hamsafar.lib.persian import search_key
from hamsafar.maps.document import Exchange
from hamsafar.maps.formats.carried import carried
from hamsafar.maps.formats.words import WORDS

# name -> (fa, en)
HEADS: dict[str, tuple[str, str]] = {
    "stage": ("مرحله", "Stage"),
    "lane": ("ردیف", "Lane"),
    "kind": ("نوع ردیف", "Kind of lane"),
    "text": ("متن", "Text"),
    "owner": ("مسئول", "Owner"),
    "tags": ("برچسب‌ها", "Tags"),
    "commitment": ("میزان تعهد", "Commitment"),
    "complaint": ("شکایت", "Complaint"),
    "link": ("پیوند", "Link"),
    "emoji": ("شکلک", "Emoji"),
    "step": ("گام", "Step"),
    "persona": ("پرسونا", "Persona"),
    "at": ("ساعت", "Time"),
    "moment_of_truth": ("لحظهٔ حقیقت", "Moment of truth"),
    "hidden_need": ("نیاز پنهان", "Hidden need"),
    "fit": ("پاسخ ما به هدف", "Can we serve it"),
    "impact": ("اثر", "Impact"),
    "effort": ("تلاش", "Effort"),
    "confidence": ("اطمینان", "Confidence"),
    "evidence": ("شاهد", "Evidence"),
    "n": ("تعداد شواهد", "n"),
    "color": ("رنگ", "Colour"),
}
COLUMNS = tuple(HEADS)
FLAGS = ("complaint", "moment_of_truth", "hidden_need")
SCORES = ("impact", "effort", "confidence")
_YES = {"en": "yes", "fa": "بله"}

Row = list[str]


def rows(exchange: Exchange) -> list[Row]:
    """The head and all rows, as texts in the map's language."""
    place = 0 if exchange["language"] == "fa" else 1
    # Lanes by themselves come first when the cards would bring them in another order.
    told: list[dict[str, str]] = []
    for stage in exchange["stages"]:
        told += _stage_rows(stage, exchange, place)
    lanes = [(lane["kind"], lane.get("name") or "") for lane in exchange["lanes"]]
    brought = list(dict.fromkeys((row["kind"], row["lane"]) for row in told if row.get("kind")))
    if brought != lanes[: len(brought)]:
        told = [{"kind": kind, "lane": name} for kind, name in lanes] + told
    else:
        told += [{"kind": kind, "lane": name} for kind, name in lanes[len(brought) :]]
    body = [[row.get(name, "").replace("\r\n", "\n").replace("\r", "\n") for name in COLUMNS] for row in told]
    return [[heads[place] for heads in HEADS.values()], *body]


def _stage_rows(stage: dict[str, Any], exchange: Exchange, place: int) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    steps = {step["id"]: step["name"] for step in exchange["steps"] if step["stage"] == stage["id"]}
    personas = {one["id"]: one["name"] for one in exchange["personas"]}
    touchpoints = {one["id"]: one["name"] for one in exchange["touchpoints"]}
    for lane in exchange["lanes"]:
        own = [c for c in exchange["cards"] if (c["stage"], c["lane"]) == (stage["id"], lane["id"])]
        cells = [_card(card, steps, touchpoints, exchange["language"], place) for card in own]
        if lane["kind"] == "owner":
            cells = [{"text": stage["owner"]["name"]}] if stage.get("owner") else []
        elif lane["kind"] == "emotion":
            cells = [
                {
                    "text": repr(point["value"]),
                    "persona": personas.get(point["persona"] or "", ""),
                    "step": steps.get(point.get("step", ""), ""),
                }
                for point in exchange["emotions"]
                if point["stage"] == stage["id"]
            ]
        head = {"stage": stage["name"], "lane": lane.get("name") or "", "kind": lane["kind"]}
        found += [{**head, **cell} for cell in cells]
    alone = [{"stage": stage["name"], "step": name} for name in steps.values()]
    if not found and not alone:
        alone = [{"stage": stage["name"]}]
    return alone + found


def _card(
    card: dict[str, Any], steps: dict[str, str], touchpoints: dict[str, str], language: str, place: int
) -> dict[str, str]:
    evidence = card.get("evidence", {})
    return {
        "text": card["text"] if card["text"].strip() else touchpoints.get(card.get("touchpoint", ""), ""),
        "owner": card.get("owner", {}).get("name", ""),
        "tags": "; ".join(_escaped(tag) for tag in card.get("tags", [])),
        "commitment": str(card.get("commitment", "")),
        **{flag: _YES[language] if card.get(flag) else "" for flag in FLAGS},
        **{score: str(card.get(score, "")) for score in SCORES},
        "link": card.get("link", ""),
        "emoji": card.get("emoji", ""),
        "step": steps.get(card.get("step", ""), ""),
        "at": card.get("at", ""),
        "fit": WORDS[f"fit.{card['fit']}"][place] if card.get("fit") else "",
        "evidence": WORDS[f"evidence.{evidence['kind']}"][place] if evidence else "",
        "n": str(evidence.get("n", "")),
        "color": card.get("color", ""),
    }


def _escaped(tag: str) -> str:
    """A tag that has the sign between tags within."""
    return re.sub(r"[\\;؛]", r"\\\g<0>", tag)


def left_out(exchange: Exchange) -> set[str]:
    lost = carried(exchange) - {
        "owners", "emotions", "links", "steps", "times", "marks", "scores", "evidence", "formatting", "emoji_colors",
        "letters", "personas", "colors",
    }  # fmt: skip
    kinds = {lane["kind"] for lane in exchange["lanes"]}
    points = exchange["emotions"]
    if points and "emotion" not in kinds:
        lost.add("emotions")
    if any(stage.get("owner") for stage in exchange["stages"]) and "owner" not in kinds:
        lost.add("owners")
    felt = {point["persona"] for point in points} if "emotion" in kinds else set()
    if any(one["id"] not in felt or one.get("persona") for one in exchange["personas"]) or any(
        lane.get("persona") for lane in exchange["lanes"]
    ):
        lost.add("personas")
    if any(part.get("color") for part in (*exchange["stages"], *exchange["personas"])):
        lost.add("colors")
    if any(part.get("owner", {}).get("id") for part in (*exchange["stages"], *exchange["cards"])):
        lost.add("owner_links")
    return lost | ({"same_names"} if _same_names(exchange) else set())


def _same_names(exchange: Exchange) -> bool:
    """Whether two things would be taken for one, because a table knows them by their names."""
    groups: list[list[Any]] = [
        [search_key(one["name"]) for one in exchange["stages"]],
        [search_key(one["name"]) for one in exchange["personas"]],
        [(one["stage"], search_key(one["name"])) for one in exchange["steps"]],
        [(one["kind"], search_key(one.get("name") or "")) for one in exchange["lanes"]],
    ]
    return any(len(set(group)) < len(group) for group in groups)
