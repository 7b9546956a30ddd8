"""Mermaid's ``journey`` diagram: sections are stages, tasks are actions, a score of 1 to 5 is a feeling.

Syntax: https://mermaid.js.org/syntax/userJourney.html
"""

from __future__ import annotations

import re
from statistics import mean
from typing import Any

from hamsafar.maps.document import Exchange
from hamsafar.maps.faults import Fault, MapInvalid
from hamsafar.maps.fields import FORMAT
from hamsafar.maps.formats.carried import carried

SUFFIXES = ("mmd", "mermaid")
MEDIA = "text/vnd.mermaid"

_TASK = re.compile(r"^(?P<text>.+?)\s*:\s*(?P<score>-?\d+)\s*(?::\s*(?P<actors>.*))?$")
_MIDDLE = 3
_NOBODY = {"en": "Customer", "fa": "مشتری"}
_UNTITLED = {"en": "Journey", "fa": "سفر مشتری"}


def read(data: bytes, language: str) -> Exchange:
    """Actors become tags of the action; the feeling of a stage is the mean of its tasks' scores, minus three.

    Raises MapInvalid with the line that is no journey's.
    """
    title = ""
    stages: list[dict[str, Any]] = []
    cards: list[dict[str, Any]] = []
    scores: list[tuple[str, int]] = []
    begun = False
    for number, raw in enumerate(_text(data).splitlines(), 1):
        line = raw.split("%%", 1)[0].strip()
        if not line or line == "---":
            continue
        if not begun:
            if line != "journey":
                raise MapInvalid([Fault("", "not_a_journey", {"line": number})])
            begun = True
        elif line.startswith("title"):
            title = line.removeprefix("title").strip(": ")
        elif line.startswith("section"):
            stages.append({"id": f"s{len(stages) + 1}", "name": line.removeprefix("section").strip() or "–"})
        elif found := _TASK.match(line):
            if not stages:  # tasks before any section
                stages.append({"id": "s1", "name": title or _UNTITLED[language]})
            actors = [actor.strip() for actor in (found["actors"] or "").split(",")]
            card: dict[str, Any] = {
                "id": f"c{len(cards) + 1}",
                "lane": "actions",
                "stage": stages[-1]["id"],
                "text": found["text"].strip(),
            }
            if tags := [actor for actor in dict.fromkeys(actors) if actor]:
                card["tags"] = tags
            cards.append(card)
            scores.append((stages[-1]["id"], int(found["score"])))
        elif not line.startswith(("accTitle", "accDescr")):
            raise MapInvalid([Fault("", "not_a_task", {"line": number})])
    if not begun:
        raise MapInvalid([Fault("", "not_a_journey", {"line": 1})])
    felt = {
        stage["id"]: [min(5, max(1, score)) - _MIDDLE for at, score in scores if at == stage["id"]]
        for stage in stages
    }
    return {
        "format": FORMAT,
        "title": title or _UNTITLED[language],
        "kind": "current_state",
        "language": language,
        "stages": stages,
        "lanes": [{"id": "actions", "kind": "actions"}, {"id": "emotion", "kind": "emotion"}],
        "cards": cards,
        "emotions": [
            {"persona": None, "stage": stage, "value": round(mean(values), 2)}
            for stage, values in felt.items()
            if values
        ],
    }


def write(exchange: Exchange) -> bytes:
    """Actions (without any, the touchpoints) of each stage with the feeling drawn for it."""
    kinds = {lane["id"]: lane["kind"] for lane in exchange["lanes"]}
    told = "actions" if "actions" in kinds.values() else "touchpoints"
    personas = ", ".join(_word(persona["name"]) for persona in exchange["personas"])
    nobody = personas or _NOBODY[exchange["language"]]
    lines = ["journey", f"  title {_word(exchange['title'])}"]
    for stage in exchange["stages"]:
        lines.append(f"  section {_word(stage['name'])}")
        felt = [point["value"] for point in exchange["emotions"] if point["stage"] == stage["id"]]
        score = min(5, max(1, round((mean(felt) if felt else 0) + _MIDDLE)))
        for card in exchange["cards"]:
            if card["stage"] == stage["id"] and kinds[card["lane"]] == told and card["text"].strip():
                actors = ", ".join(_word(tag) for tag in card.get("tags", [])) or nobody
                lines.append(f"    {_word(card['text'])}: {score}: {actors}")
    return ("\n".join(lines) + "\n").encode()


def left_out(exchange: Exchange) -> set[str]:
    lost = carried(exchange) - {
        "personas",
        "emotions",
        "hidden_lanes",
        "formatting",
        "emoji_colors",
        "letters",
    }
    kinds = {lane["kind"] for lane in exchange["lanes"]} - {"emotion", "owner"}
    if len(kinds) > 1:
        lost.add("lanes")
    if len({point["persona"] for point in exchange["emotions"]}) > 1:
        lost.add("emotions_of_personas")
    return lost


def _word(text: str) -> str:
    """A text on one line without the characters that Mermaid reads as syntax."""
    return " ".join(re.sub(r"[:;#\n\r]+", " ", text).split()) or "–"


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise MapInvalid([Fault("", "not_utf8")]) from None
