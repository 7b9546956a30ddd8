"""What there is in a map that a format may be unable to carry."""

from __future__ import annotations

from collections.abc import Iterator

from hamsafar.maps.document import Exchange
from hamsafar.maps.fields import TOUCHPOINT_PROFILE
from hamsafar.maps.formats import rich
from hamsafar.maps.formats.drawing import fonts, text

# What files of cards are drawn, by the end of their names: the kinds that uploaded pictures are kept as.
DRAWN = (".png", ".jpg", ".svg")


def carried(exchange: Exchange) -> set[str]:
    """Codes of ``formats.LEFT_OUT`` for what this map has at all."""
    stages, cards, lanes = exchange["stages"], exchange["cards"], exchange["lanes"]
    emotions = exchange["emotions"]

    def any_card(*names: str) -> bool:
        return any(card.get(name) is not None for card in cards for name in names)

    found = {
        "descriptions": any(exchange.get(name) for name in ("description", "objective", "scope"))
        or any(part.get("description") for part in (*stages, *lanes, *exchange["steps"])),
        "about": any(exchange.get(name) for name in ("status", "review_on", "level", "review_off")),
        "research": bool(exchange.get("research")),
        "other_maps": bool(exchange.get("current_map")) or any(one.get("detail_map") for one in stages),
        "measuring": any(
            one.get(name) is not None
            for one in stages
            for name in ("exit_touchpoint", "open_after_seconds", "target_seconds")
        )
        or any(one.get("matcher") for one in exchange["touchpoints"]),
        "personas": bool(exchange["personas"]),
        "hidden_lanes": any(lane.get("hidden") for lane in lanes),
        "sizes": any(part.get("width") or part.get("height") for part in (*stages, *lanes)),
        "times_of_day": any(stage.get("begins") or stage.get("ends") for stage in stages),
        "contents": any_card("content"),
        "touchpoint_details": any(
            one.get(name) is not None
            for one in exchange["touchpoints"]
            for name in ("description", *TOUCHPOINT_PROFILE)
        ),
        "touchpoints": any_card("touchpoint", "need", "group"),
        "owners": any(part.get("owner") for part in (*stages, *cards, exchange)),
        "emotions": bool(emotions),
        "emotion_notes": any(point.get("note") for point in emotions),
        "emotion_intensity": any(point.get("intensity") is not None for point in emotions),
        "steps": bool(exchange["steps"]),
        "branches": bool(exchange["branches"]),
        "arrows": bool(exchange["arrows"] or exchange["lines"]),
        "targets": bool(exchange["targets"]),
        "evidence": any_card("evidence"),
        "evidence_details": any(
            card["evidence"].get(name) is not None
            for card in cards
            if card.get("evidence")
            for name in ("query", "observed_at", "note")
        ),
        "marks": any_card("moment_of_truth", "hidden_need", "complaint", "commitment"),
        "scores": any_card("impact", "effort", "confidence", "fit"),
        "colors": any(part.get("color") for part in (*stages, *cards, *exchange["personas"])),
        "files": any_card("files"),
        "attachments": any(
            not file["name"].lower().endswith(DRAWN) for card in cards for file in card.get("files", [])
        ),
        "links": any_card("link"),
        "times": any_card("at"),
        "formatting": any(rich.is_formatted(card["text"]) for card in cards),
        "emoji_colors": any(text.EMOJI.search(one) for one in _texts(exchange)),
        "letters": any(not fonts.has(letter) for letter in set("".join(_texts(exchange)))),
    }
    return {code for code, there in found.items() if there}


def _texts(exchange: Exchange) -> Iterator[str]:
    """What a drawing writes."""
    yield exchange["title"]
    for part in (*exchange["personas"], *exchange["stages"], *exchange["steps"], *exchange["lanes"]):
        yield part.get("name", "")
    for card in exchange["cards"]:
        yield text.clean(card["text"] + card.get("emoji", "") + "".join(card.get("tags", [])))
    for point in exchange["emotions"]:
        yield text.clean(point.get("note", ""))
