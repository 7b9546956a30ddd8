"""What measuring needs of a map, read from its exchange document (``hamsafar-map/1``)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from hamsafar.lib.conditions import BadCondition, Condition
from hamsafar.lib.persian import normalise
from hamsafar.measurement.measured.errors import (
    MapFieldMissing,
    MapFieldWrong,
    MapIdTwice,
    MapRefersToNothing,
    MapTooLarge,
)

FORMAT = "hamsafar-map/1"
PLACEMENTS_LIMIT = 1_000

Need = Literal["required", "optional", "any_of"]


@dataclass(frozen=True)
class Stage:
    id: str
    name: str
    exit_touchpoint: str | None
    open_after_seconds: float | None


@dataclass(frozen=True)
class Touchpoint:
    """A touchpoint that stands on the map; without event patterns it is not bound."""

    id: str
    name: str
    patterns: tuple[str, ...]
    conditions: tuple[Condition, ...]

    @property
    def bound(self) -> bool:
        return bool(self.patterns)


@dataclass(frozen=True)
class Placement:
    """A touchpoint in a stage. Further cards of the same touchpoint in the same stage are ``also_cards``."""

    card: str
    touchpoint: int
    stage: int
    need: Need
    group: str | None
    also_cards: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """Placements one of which is enough. It belongs to the latest stage in which a card of it stands."""

    id: str
    stage: int
    placements: tuple[int, ...]


@dataclass(frozen=True)
class MapModel:
    """Stages in order, placements in map order (stage, then card), touchpoints by first placement."""

    id: str
    title: str
    stages: tuple[Stage, ...]
    touchpoints: tuple[Touchpoint, ...]
    placements: tuple[Placement, ...]
    groups: tuple[Group, ...]
    first_stage_again: bool
    idle_seconds: float | None

    @classmethod
    def from_dict(cls, document: Any) -> MapModel:
        """Reads and checks the parts of the document that decide numbers; the rest is not looked at.

        Raises a ``BadMap`` that names the place in the document.
        """
        root = _object(document, "(document)")
        if root.get("format") != FORMAT:
            raise MapFieldWrong(place="format", expected="format")
        stages = _stages(root)
        library = _library(root)
        placements, placed = _placements(root, [stage.id for stage in stages], library)
        for number, stage in enumerate(stages):
            if stage.exit_touchpoint is not None and stage.exit_touchpoint not in library:
                raise MapRefersToNothing(place=f"stages[{number}].exit_touchpoint", id=stage.exit_touchpoint)
        again, idle_seconds = _instances(root)
        return cls(
            id=_text(root, "id", "", ""),
            title=_text(root, "title", "", ""),
            stages=stages,
            touchpoints=tuple(library[touchpoint] for touchpoint in placed),
            placements=placements,
            groups=_groups(placements),
            first_stage_again=again and len(stages) > 1,
            idle_seconds=idle_seconds,
        )

    def exit_placements(self) -> list[int | None]:
        """Per stage the placement of its exit action.

        None when the stage names no exit action, or one that can never be seen there because it is not bound
        or does not stand in the stage.
        """
        found: list[int | None] = [None] * len(self.stages)
        for number, placement in enumerate(self.placements):
            touchpoint = self.touchpoints[placement.touchpoint]
            if touchpoint.bound and touchpoint.id == self.stages[placement.stage].exit_touchpoint:
                found[placement.stage] = number
        return found

    def property_names(self) -> list[str]:
        """The event properties that the matchers look at, in order of name."""
        return sorted({c.property for touchpoint in self.touchpoints for c in touchpoint.conditions})


def event_name(text: str) -> str:
    """An event name or pattern as events are stored: one spelling, single spaces."""
    return " ".join(normalise(text).split())


def _stages(root: dict[str, Any]) -> tuple[Stage, ...]:
    rows = list(_rows(root, "stages"))
    if not rows:
        raise MapFieldWrong(place="stages", expected="stages")
    return tuple(
        Stage(
            id=_text(row, "id", place),
            name=_text(row, "name", place, ""),
            exit_touchpoint=_optional_text(row, "exit_touchpoint", place),
            open_after_seconds=_optional_seconds(row, "open_after_seconds", place),
        )
        for place, row in rows
    )


def _library(root: dict[str, Any]) -> dict[str, Touchpoint]:
    library = {}
    for place, row in _rows(root, "touchpoints"):
        matcher = _object(row.get("matcher") or {}, f"{place}.matcher")
        touchpoint = Touchpoint(
            id=_text(row, "id", place),
            name=_text(row, "name", place, ""),
            patterns=tuple(_patterns(matcher, f"{place}.matcher")),
            conditions=tuple(_conditions(matcher, f"{place}.matcher")),
        )
        library[touchpoint.id] = touchpoint
    return library


def _patterns(matcher: dict[str, Any], place: str) -> Iterator[str]:
    for number, pattern in enumerate(_list(matcher, "events", place)):
        if not isinstance(pattern, str) or not event_name(pattern):
            raise MapFieldWrong(place=f"{place}.events[{number}]", expected="text")
        yield event_name(pattern)


def _conditions(matcher: dict[str, Any], place: str) -> Iterator[Condition]:
    for number, row in enumerate(_list(matcher, "conditions", place)):
        where = f"{place}.conditions[{number}]"
        condition = _object(row, where)
        _text(condition, "property", where)
        _text(condition, "op", where)
        try:
            yield Condition.from_dict(condition)
        except BadCondition as error:
            raise MapFieldWrong(place=where, expected="condition") from error


def _placements(
    root: dict[str, Any], stage_ids: list[str], library: dict[str, Touchpoint]
) -> tuple[tuple[Placement, ...], list[str]]:
    """Placements in map order and the ids of the touchpoints by their first placement."""
    cards: dict[tuple[int, str], list[tuple[str, Need, str | None]]] = {}
    for place, row in _rows(root, "cards"):
        touchpoint = _optional_text(row, "touchpoint", place)
        if touchpoint is None:
            continue
        if touchpoint not in library:
            raise MapRefersToNothing(place=f"{place}.touchpoint", id=touchpoint)
        stage = _text(row, "stage", place)
        if stage not in stage_ids:
            raise MapRefersToNothing(place=f"{place}.stage", id=stage)
        need: Need = row.get("need") or "optional"
        if need not in ("required", "optional", "any_of"):
            raise MapFieldWrong(place=f"{place}.need", expected="need")
        entry = (_text(row, "id", place), need, _optional_text(row, "group", place))
        cards.setdefault((stage_ids.index(stage), touchpoint), []).append(entry)

    in_order = sorted(cards, key=lambda key: key[0])  # stable: the order of cards within a stage stays
    if len(in_order) > PLACEMENTS_LIMIT:
        raise MapTooLarge(n=len(in_order), limit=PLACEMENTS_LIMIT)
    placed = list(dict.fromkeys(touchpoint for _, touchpoint in in_order))
    placements = []
    for stage_number, touchpoint in in_order:
        entries = cards[stage_number, touchpoint]
        need, group = _strictest(entries, stage_ids[stage_number])
        placements.append(
            Placement(
                card=entries[0][0],
                touchpoint=placed.index(touchpoint),
                stage=stage_number,
                need=need,
                group=group,
                also_cards=tuple(card for card, _, _ in entries[1:]),
            )
        )
    return tuple(placements), placed


def _strictest(entries: list[tuple[str, Need, str | None]], stage: str) -> tuple[Need, str | None]:
    if any(need == "required" for _, need, _ in entries):
        return "required", None
    for _, need, group in entries:
        if need == "any_of":
            return "any_of", group or f"any_of:{stage}"
    return "optional", None


def _groups(placements: tuple[Placement, ...]) -> tuple[Group, ...]:
    members: dict[str, list[int]] = {}
    for number, placement in enumerate(placements):
        if placement.group is not None:
            members.setdefault(placement.group, []).append(number)
    return tuple(
        Group(id=group, stage=max(placements[number].stage for number in numbers), placements=tuple(numbers))
        for group, numbers in members.items()
    )


def _instances(root: dict[str, Any]) -> tuple[bool, float | None]:
    """Whether the first stage begins a new instance, and the idle time that does."""
    rule = _object(root.get("instances") or {}, "instances")
    begin = rule.get("begin", "first_stage_again")
    if begin not in ("first_stage_again", "idle"):
        raise MapFieldWrong(place="instances.begin", expected="begin")
    idle_seconds = _optional_seconds(rule, "idle_seconds", "instances")
    if begin == "idle" and idle_seconds is None:
        raise MapFieldMissing(place="instances.idle_seconds")
    return begin == "first_stage_again", idle_seconds


def _rows(root: dict[str, Any], key: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects of a collection with their places; their ids are texts and differ."""
    seen: set[str] = set()
    for number, value in enumerate(_list(root, key, "")):
        place = f"{key}[{number}]"
        row = _object(value, place)
        row_id = _text(row, "id", place)
        if row_id in seen:
            raise MapIdTwice(place=place, id=row_id)
        seen.add(row_id)
        yield place, row


def _at(place: str, key: str) -> str:
    return f"{place}.{key}" if place else key


def _object(value: Any, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise MapFieldWrong(place=place, expected="object")
    return value


def _list(row: dict[str, Any], key: str, place: str) -> list[Any]:
    value = row.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise MapFieldWrong(place=_at(place, key), expected="list")
    return value


def _text(row: dict[str, Any], key: str, place: str, default: str | None = None) -> str:
    value = row.get(key)
    if value is None:
        value = default
    if value is None:
        raise MapFieldMissing(place=_at(place, key))
    if not isinstance(value, str):
        raise MapFieldWrong(place=_at(place, key), expected="text")
    return value


def _optional_text(row: dict[str, Any], key: str, place: str) -> str | None:
    return None if row.get(key) is None else _text(row, key, place)


def _optional_seconds(row: dict[str, Any], key: str, place: str) -> float | None:
    value = row.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1e10:
        raise MapFieldWrong(place=_at(place, key), expected="positive number")
    return float(value)
