"""The parts of an exchange document (``hamsafar-map/1``) that are measured: are they there and of the right kind?"""

from __future__ import annotations

from typing import Any

from hamsafar.journeys.designed.errors import MapUnreadable

FORMAT = "hamsafar-map/1"


def checked(document: Any) -> dict[str, Any]:
    """``document`` with its lists present. Raises ``MapUnreadable`` at the first thing that cannot be used."""
    root = _object(document, "")
    if root.get("format") != FORMAT:
        raise MapUnreadable(place="format", expected=FORMAT)
    _text(root, "title", "")
    root = {**root, **{name: root.get(name) or [] for name in ("stages", "cards", "touchpoints")}}
    stages = _ids(root, "stages")
    touchpoints = _ids(root, "touchpoints")
    for number, stage in enumerate(root["stages"]):
        _text(stage, "name", f"stages[{number}].")
        _seconds(stage, "open_after_seconds", f"stages[{number}].")
    for number, touchpoint in enumerate(root["touchpoints"]):
        place = f"touchpoints[{number}]."
        _text(touchpoint, "name", place)
        _seconds(touchpoint, "target_seconds", place)
        for name in ("matcher", "failure"):
            _matcher(touchpoint.get(name), place + name)
    _ids(root, "cards")
    for number, card in enumerate(root["cards"]):
        _one_of(card.get("stage"), stages, f"cards[{number}].stage")
        if card.get("touchpoint") is not None:
            _one_of(card["touchpoint"], touchpoints, f"cards[{number}].touchpoint")
    rule = _object(root.get("instances") or {}, "instances")
    if rule.get("begin") is not None:
        _one_of(rule["begin"], {"first_stage_again", "idle"}, "instances.begin")
    _seconds(rule, "idle_seconds", "instances.")
    return root


def _ids(root: dict[str, Any], name: str) -> set[str]:
    if not isinstance(root[name], list):
        raise MapUnreadable(place=name, expected="[...]")
    seen: set[str] = set()
    for number, entry in enumerate(root[name]):
        place = f"{name}[{number}]"
        identifier = _text(_object(entry, place), "id", place + ".")
        if identifier in seen:
            raise MapUnreadable(place=f"{place}.id", expected=f"≠ {identifier}")
        seen.add(identifier)
    return seen


def _object(value: Any, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise MapUnreadable(place=place or FORMAT, expected="{...}")
    return value


def _text(entry: dict[str, Any], name: str, place: str) -> str:
    value = entry.get(name)
    if not isinstance(value, str) or not value:
        raise MapUnreadable(place=place + name, expected='"..."')
    return value


def _seconds(entry: dict[str, Any], name: str, place: str) -> None:
    value = entry.get(name)
    if value is not None and (
        isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1e10
    ):
        raise MapUnreadable(place=place + name, expected="> 0")


def _one_of(value: Any, known: set[str], place: str) -> None:
    if not isinstance(value, str) or value not in known:
        raise MapUnreadable(place=place, expected=", ".join(sorted(known)[:12]) or "–")


def _matcher(value: Any, place: str) -> None:
    if value is None:
        return
    events = _object(value, place).get("events") or []
    if not isinstance(events, list) or not all(isinstance(name, str) for name in events):
        raise MapUnreadable(place=f"{place}.events", expected='["..."]')
    conditions = value.get("conditions") or []
    if not isinstance(conditions, list) or not all(isinstance(one, dict) for one in conditions):
        raise MapUnreadable(place=f"{place}.conditions", expected="[{...}]")
