"""What is wanted of a drawing: which lanes and curves, on what paper, in which colours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from hamsafar.maps.formats.drawing.brand import PLAIN_BRAND, Brand
from hamsafar.maps.formats.drawing.theme import Theme

Paper = Literal["one", "a4", "a3", "square"]
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


@dataclass(frozen=True)
class Look:
    """``lanes`` and ``curves`` None: all that are shown on screen. ``curves`` are persona ids, "" for everyone's.

    ``pictures`` are by the id of a card's file. ``profiles`` are the library's fields by the id of a persona of the
    map. ``measured`` is drawn only when it is given.
    """

    lanes: frozenset[str] | None = None
    curves: frozenset[str] | None = None
    paper: Paper = "one"
    scheme: Scheme = "light"
    today: date | None = None
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    profiles: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    measured: tuple[MeasuredStage, ...] = ()
    brand: Brand = PLAIN_BRAND

    @property
    def theme(self) -> Theme:
        return self.brand.theme(self.scheme)

    def shows_lane(self, lane: dict[str, Any]) -> bool:
        return lane["id"] in self.lanes if self.lanes is not None else not lane.get("hidden")

    def shows_curve(self, persona: str | None) -> bool:
        return self.curves is None or (persona or "") in self.curves


@dataclass(frozen=True)
class MeasuredStage:
    """What happened at a stage, in instances. ``median_seconds`` is the time to the next stage, of ``timed``."""

    stage: str
    entered: int
    went_on: int
    still_open: int
    left: int
    median_seconds: float | None = None
    timed: int = 0


PLAIN = Look()
