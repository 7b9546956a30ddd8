"""What of a map a public link shows. Free of Django."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from hamsafar.maps.document import Exchange

# Of a touchpoint and a content the public sees what they are, not how they are measured or judged.
_TOUCHPOINT = ("id", "name", "channel")
_CONTENT = ("id", "name", "kind", "link")
# What the team tells itself.
_PRIVATE_META = (
    "id", "owner", "status", "review_on", "review_off", "research", "current_map", "instances", "level",
)  # fmt: skip
_PRIVATE = ("owner", "evidence", "files", "detail_map")


def public_view(exchange: Exchange, lanes: Collection[str] | None) -> Exchange:
    """The map with only these lanes (None: all that are not hidden), and without what is the team's own.

    Owners are left out, unless a lane of owners is shown: then their names stay on the stages. An emotion
    curve is shown when no lane is chosen, or when a lane of emotions is. Targets are not shown.
    """
    shown = [
        lane
        for lane in exchange["lanes"]
        if (lane["id"] in lanes if lanes is not None else not lane.get("hidden"))
    ]
    kept = {lane["id"] for lane in shown}
    kinds = {lane["kind"] for lane in shown}
    cards = [_without(card, _PRIVATE) for card in exchange["cards"] if card["lane"] in kept]
    card_ids = {card["id"] for card in cards}
    placed = {card.get("touchpoint") for card in cards}
    touchpoints = [_only(one, _TOUCHPOINT) for one in exchange["touchpoints"] if one["id"] in placed]
    channels = {one.get("channel") for one in touchpoints}
    contents = {card.get("content") for card in cards}
    return {
        **_without(exchange, _PRIVATE_META),
        "stages": [_stage(stage, "owner" in kinds, placed) for stage in exchange["stages"]],
        "lanes": [_without(lane, ("hidden",)) for lane in shown],
        "cards": cards,
        "emotions": exchange["emotions"] if lanes is None or "emotion" in kinds else [],
        "personas": [_only(one, ("id", "name", "color")) for one in exchange["personas"]],
        "lines": [line for line in exchange["lines"] if line["after_lane"] in kept],
        "arrows": [
            one for one in exchange["arrows"] if one["from_card"] in card_ids and one["to_card"] in card_ids
        ],
        "targets": [],
        "touchpoints": touchpoints,
        "channels": [one for one in exchange["channels"] if one["id"] in channels],
        "contents": [_only(one, _CONTENT) for one in exchange["contents"] if one["id"] in contents],
    }


def _stage(stage: dict[str, Any], owners: bool, placed: Collection[str | None]) -> dict[str, Any]:
    public = _without(stage, _PRIVATE)
    if public.get("exit_touchpoint") not in placed:
        public.pop("exit_touchpoint", None)
    if owners and "owner" in stage:
        # A name, not an account.
        public["owner"] = {"kind": "text", "name": stage["owner"]["name"]}
    return public


def _without(entry: dict[str, Any], fields: Collection[str]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name not in fields}


def _only(entry: dict[str, Any], fields: Collection[str]) -> dict[str, Any]:
    return {name: entry[name] for name in fields if name in entry}
