"""What measuring needs of a map, read from its exchange document (``hamsafar-map/1``)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from hamsafar.journeys.designed import document as read
from hamsafar.journeys.designed.errors import MapTooLarge, MapUnreadable
from hamsafar.lib.conditions import Condition
from hamsafar.lib.persian import normalise

PLACEMENTS_LIMIT = 1_000

Need = Literal["required", "optional", "any_of"]


@dataclass(frozen=True)
class Stage:
    id: str
    name: str
    exit_touchpoint: str | None
    open_after_seconds: float | None


@dataclass(frozen=True)
class Matcher:
    """Events of one of these names or patterns that meet all conditions; without patterns it fits none."""

    patterns: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Touchpoint:
    """A touchpoint that stands on the map; without event patterns it is not bound.

    What ``failure`` fits are visits too, and failed ones. ``target_seconds`` is how long a visit may take since
    the touchpoint before it, or since one of ``target_from`` (a touchpoint's id).
    """

    id: str
    name: str
    matcher: Matcher
    failure: Matcher = Matcher()
    target_seconds: float | None = None
    target_from: str | None = None

    @property
    def bound(self) -> bool:
        return bool(self.matcher.patterns)

    def matchers(self) -> tuple[Matcher, ...]:
        """The matcher, then that of failures; none when the touchpoint is not bound."""
        return (self.matcher, self.failure) if self.bound else ()


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
    def of(cls, given: MapModel | dict[str, Any] | str | Path) -> MapModel:
        """A model, an exchange document, or the path of a file with one."""
        if isinstance(given, MapModel):
            return given
        if isinstance(given, str | Path):
            try:
                return cls.from_dict(json.loads(Path(given).read_text(encoding="utf-8")))
            except ValueError as error:
                raise MapUnreadable(place=str(given), expected="hamsafar-map/1 (JSON)") from error
        return cls.from_dict(given)

    @classmethod
    def from_dict(cls, document: Any) -> MapModel:
        """Reads an exchange document. Raises ``MapUnreadable`` with the place of the first fault, ``MapTooLarge``.

        Only what is measured is looked at; whoever wants every fault of a document checks it before.
        """
        root = read.checked(document)
        library = {row["id"]: touchpoint_of(row) for row in root["touchpoints"]}
        placements, placed = _placements(root, [stage["id"] for stage in root["stages"]])
        rule = root.get("instances") or {}
        return cls(
            id=root.get("id") or "",
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
        return sorted(
            {
                condition.property
                for touchpoint in self.touchpoints
                for matcher in touchpoint.matchers()
                for condition in matcher.conditions
            }
        )

    def targets(self) -> list[tuple[float, int | None] | None]:
        """Per placement its target in seconds and the touchpoint (by number) since which the time runs.

        That is None for the touchpoint before, whichever it is. No target where the touchpoint sets none, is not
        bound, or counts from one that is not on the map or not bound.
        """
        numbers = {touchpoint.id: n for n, touchpoint in enumerate(self.touchpoints) if touchpoint.bound}
        found: list[tuple[float, int | None] | None] = []
        for placement in self.placements:
            touchpoint = self.touchpoints[placement.touchpoint]
            since = touchpoint.target_from
            if not touchpoint.bound or touchpoint.target_seconds is None:
                found.append(None)
            elif since is None:
                found.append((touchpoint.target_seconds, None))
            else:
                found.append((touchpoint.target_seconds, numbers[since]) if since in numbers else None)
        return found


def event_name(text: str) -> str:
    """An event name or pattern as events are stored: one spelling, single spaces."""
    return " ".join(normalise(text).split())


def touchpoint_of(row: dict[str, Any]) -> Touchpoint:
    """A touchpoint of the library as the exchange document has it, checked before."""
    return Touchpoint(
        id=row["id"],
        name=row["name"],
        matcher=_matcher(row.get("matcher")),
        failure=_matcher(row.get("failure")),
        target_seconds=row.get("target_seconds"),
        target_from=row.get("target_from"),
    )


def _matcher(plain: dict[str, Any] | None) -> Matcher:
    plain = plain or {}
    return Matcher(
        patterns=tuple(dict.fromkeys(map(event_name, plain.get("events") or ()))),
        conditions=tuple(Condition.from_dict(condition) for condition in plain.get("conditions") or ()),
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
            return "any_of", row.get("group") or f"any_of:{stage}"
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
