"""What crosses HTTP for questions about paths."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from ninja import Field, Schema

from hamsafar.journeys.what_if import Change
from hamsafar.lib.conditions import Condition


class ConditionIn(Schema):
    property: str
    op: str
    value: Any = None


class Scope(Schema):
    """The events a question is about: ``from`` and ``to`` as in ``lib.times.range_us``, and conditions."""

    from_: str | None = Field(None, alias="from")
    to: str | None = None
    # Each property is a pass over all events when it is first asked for.
    conditions: list[ConditionIn] = Field(default_factory=list, max_length=50)

    def condition_list(self) -> list[Condition]:
        return [Condition.from_dict(one.model_dump()) for one in self.conditions]


class VariantsIn(Scope):
    top: int = Field(20, ge=1, le=1000)


class FunnelIn(Scope):
    steps: list[str]
    within_seconds: float | None = None


class PatternIn(Scope):
    """``find``: see ``journeys.patterns.language``."""

    find: str
    top: int = 20


class SpansIn(Scope):
    find: str
    person: str
    limit: int = Field(100, ge=1, le=1000)


class SpanOut(Schema):
    """An occurrence of a pattern: its names in order, and the times of its first and last event."""

    path: list[str]
    begin_at: datetime
    end_at: datetime


class Spans(Schema):
    items: list[SpanOut]
    total: int


class AttributionIn(Scope):
    """``over`` null: the channels are the events' names. See ``journeys.attribution``."""

    conversion: str
    over: str | None = "channel"
    touches: list[str] = Field(default_factory=list, max_length=1000)
    models: list[str] | None = Field(None, max_length=20)
    order: int = 1
    lookback_seconds: float | None = None
    half_life_seconds: float = 604_800
    position: tuple[float, float] = (0.4, 0.4)
    value: str | None = None
    counted: Literal["every", "first"] = "every"
    top: int = 20

    def options(self) -> dict[str, Any]:
        """The keyword arguments of ``Askable.attribution``."""
        asked = self.model_dump(exclude={*Scope.model_fields, "models"})
        return asked if self.models is None else {**asked, "models": self.models}


class ChangeIn(Schema):
    """``value`` is set (=), added (+) or multiplied by (*): a probability, or seconds."""

    source: str
    target: str
    how: Literal["=", "+", "*"]
    value: float


class WhatIfIn(Scope):
    """``nodes``: names of events that are one node, by its label; null: every name is a node."""

    goal: str
    changes: list[ChangeIn] = Field(default_factory=list, max_length=100)
    times: list[ChangeIn] = Field(default_factory=list, max_length=100)
    nodes: dict[str, list[str]] | None = Field(None, max_length=1000)

    def options(self) -> dict[str, Any]:
        """The keyword arguments of ``Askable.what_if``."""
        changes, times = ([Change(**one.dict()) for one in many] for many in (self.changes, self.times))
        return {"goal": self.goal, "changes": changes, "times": times, "nodes": self.nodes}


class WhoIn(Scope):
    question: str  # one of ``queries.SELECTORS``
    selector: dict[str, Any] = Field(default_factory=dict)
    cursor: str | None = None
    limit: int = Field(50, ge=1, le=500)


class EventNameOut(Schema):
    name: str
    events: int
    persons: int


class EventNames(Schema):
    items: list[EventNameOut]
    total: int


class PersonOut(Schema):
    person: str
    events: int
    first_at: datetime
    last_at: datetime


class PersonPage(Schema):
    items: list[PersonOut]
    next: str | None
    total: int
