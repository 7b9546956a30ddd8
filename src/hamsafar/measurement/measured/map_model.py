"""What measuring needs of a map, read from its exchange document (``hamsafar-map/1``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from hamsafar.lib.conditions import Condition
from hamsafar.lib.persian import normalise
from hamsafar.maps.document import check
from hamsafar.measurement.measured.errors import MapTooLarge

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
        """Reads an exchange document. Raises ``MapInvalid`` with the place of every fault, ``MapTooLarge``."""
        root = check(document)
        library = {row["id"]: touchpoint_of(row) for row in root["touchpoints"]}
        placements, placed = _placements(root, [stage["id"] for stage in root["stages"]])
        rule = root.get("instances", {})
        return cls(
            id=root.get("id", ""),
            title=root["title"],
            stages=tuple(
                Stage(
                    id=row["id"],
                    name=row["name"],
                    exit_touchpoint=row.get("exit_touchpoint"),
                    open_after_seconds=row.get("open_after_seconds"),
                )
                for row in root["stages"]
            ),
            touchpoints=tuple(library[touchpoint] for touchpoint in placed),
            placements=placements,
            groups=_groups(placements),
            first_stage_again=rule.get("begin") != "idle" and len(root["stages"]) > 1,
            idle_seconds=rule.get("idle_seconds"),
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


def touchpoint_of(row: dict[str, Any]) -> Touchpoint:
    """A touchpoint of the library as the exchange document has it, checked before."""
    matcher = row.get("matcher", {})
    return Touchpoint(
        id=row["id"],
        name=row["name"],
        patterns=tuple(dict.fromkeys(map(event_name, matcher.get("events", [])))),
        conditions=tuple(Condition.from_dict(condition) for condition in matcher.get("conditions", [])),
    )


def _placements(root: dict[str, Any], stage_ids: list[str]) -> tuple[tuple[Placement, ...], list[str]]:
    """Placements in map order and the ids of the touchpoints by their first placement."""
    cards: dict[tuple[int, str], list[dict[str, Any]]] = {}
    for row in root["cards"]:
        if touchpoint := row.get("touchpoint"):
            cards.setdefault((stage_ids.index(row["stage"]), touchpoint), []).append(row)
    in_order = sorted(cards, key=lambda key: key[0])  # stable: the order of cards within a stage stays
    if len(in_order) > PLACEMENTS_LIMIT:
        raise MapTooLarge(n=len(in_order), limit=PLACEMENTS_LIMIT)
    placed = list(dict.fromkeys(touchpoint for _, touchpoint in in_order))
    placements = []
    for stage, touchpoint in in_order:
        rows = cards[stage, touchpoint]
        need, group = _strictest(rows, stage_ids[stage])
        placements.append(
            Placement(
                card=rows[0]["id"],
                touchpoint=placed.index(touchpoint),
                stage=stage,
                need=need,
                group=group,
                also_cards=tuple(row["id"] for row in rows[1:]),
            )
        )
    return tuple(placements), placed


def _strictest(rows: list[dict[str, Any]], stage: str) -> tuple[Need, str | None]:
    """The need of cards that are one placement: required beats any-of beats optional (the default)."""
    if any(row.get("need") == "required" for row in rows):
        return "required", None
    for row in rows:
        if row.get("need") == "any_of":
            return "any_of", row.get("group", f"any_of:{stage}")
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
