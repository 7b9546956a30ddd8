"""What crosses HTTP for questions about paths."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from ninja import Field, Schema

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


class WhoIn(Scope):
    question: Literal["overview", "transitions", "variants", "funnel"]
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
