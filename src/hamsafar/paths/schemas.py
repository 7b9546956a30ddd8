"""What crosses HTTP for questions about paths."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from ninja import Field, Schema

from hamsafar.journeys.index import Unit
from hamsafar.journeys.scope import Scope as PathScope
from hamsafar.lib.conditions import Condition
from hamsafar.lib.times import range_us


class ConditionIn(Schema):
    property: str
    op: str
    value: Any = None


class EventScope(Schema):
    """The events a question is about: ``from`` and ``to`` as in ``lib.times.range_us``, and conditions."""

    from_: str | None = Field(None, alias="from")
    to: str | None = None
    # Each property is a pass over all events when it is first asked for.
    conditions: list[ConditionIn] = Field(default_factory=list, max_length=50)

    def condition_list(self) -> list[Condition]:
        return list(_conditions(self.conditions))


class Scope(EventScope):
    """The paths a question is about, in the words of ``journeys.scope.Scope``; what is left out restricts nothing.

    ``min_group``: rows that rest on fewer persons are withheld (see ``journeys.small_groups``).
    """

    person_conditions: list[ConditionIn] = Field(default_factory=list, max_length=50)
    person_last_conditions: list[ConditionIn] = Field(default_factory=list, max_length=50)
    only_persons: list[str] | None = Field(None, max_length=10_000)
    except_persons: list[str] = Field(default_factory=list, max_length=10_000)
    unit: Unit | None = None
    session_gap_seconds: float | None = None
    session_column: str | None = None
    restart: list[str] | None = Field(None, min_length=1, max_length=1_000)
    instance_column: str | None = None
    pattern: str | None = None
    without_pattern: str | None = None
    min_group: int | None = Field(None, ge=1, le=1_000_000)

    def paths(self) -> PathScope:
        """What it means; raises what ``journeys.scope.Scope`` raises, and ``BadInstant``."""
        from_us, to_us = range_us(self.from_, self.to)
        return PathScope(
            from_us=from_us,
            to_us=to_us,
            conditions=_conditions(self.conditions),
            person_conditions=_conditions(self.person_conditions),
            person_last_conditions=_conditions(self.person_last_conditions),
            only_persons=None if self.only_persons is None else tuple(self.only_persons),
            except_persons=tuple(self.except_persons),
            unit=self.unit,
            session_gap_seconds=self.session_gap_seconds,
            session_column=self.session_column,
            restart=None if self.restart is None else tuple(self.restart),
            instance_column=self.instance_column,
            pattern=self.pattern,
            without_pattern=self.without_pattern,
        )


class Segment(EventScope):
    """Persons, and which of their events: one side of a comparison, in the words of ``Scope``."""

    person_conditions: list[ConditionIn] = Field(default_factory=list, max_length=50)
    person_last_conditions: list[ConditionIn] = Field(default_factory=list, max_length=50)
    only_persons: list[str] | None = Field(None, max_length=10_000)
    except_persons: list[str] = Field(default_factory=list, max_length=10_000)

    def paths(self) -> PathScope:
        return Scope(**self.model_dump(by_alias=True)).paths()


def _conditions(given: list[ConditionIn]) -> tuple[Condition, ...]:
    return tuple(Condition.from_dict(one.model_dump()) for one in given)


class VariantsIn(Scope):
    top: int = Field(20, ge=1, le=1000)


class FunnelIn(Scope):
    """As ``journeys.funnel`` takes them; a step and an excluded text may be several names: ``a|b``."""

    steps: list[str]
    within_seconds: float | None = None
    order: Literal["ordered", "any", "strict"] = "ordered"
    exclude: list[str] = Field(default_factory=list, max_length=1_000)
    breakdown: str | None = None
    breakdown_top: int = Field(5, ge=1, le=100)
    next_top: int = Field(5, ge=1, le=100)

    def asked(self) -> dict[str, Any]:
        return {
            name: getattr(self, name)
            for name in (
                "steps",
                "within_seconds",
                "order",
                "exclude",
                "breakdown",
                "breakdown_top",
                "next_top",
            )
        }


class PatternIn(Scope):
    """``find``: see ``journeys.patterns.language``."""

    find: str
    top: int = 20


class FlowIn(Scope):
    """See ``journeys.flow``."""

    anchor: str
    before: int = 2
    after: int = 3
    top: int = 8
    occurrence: Literal["first", "last", "every"] = "every"
    collapse: bool = False

    def options(self) -> dict[str, Any]:
        """The keyword arguments of ``Askable.flow``."""
        return self.model_dump(exclude={*Scope.model_fields})


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


class NextStepIn(Scope):
    person: str
    top: int = 5
    min_confidence: float = 0.2
    open_after_seconds: float | None = None

    def options(self) -> dict[str, Any]:
        """The keyword arguments of ``Askable.next_step``."""
        return self.model_dump(exclude={*Scope.model_fields})


class NextStepEvaluationIn(Scope):
    """``split``: a date or a time, as ``from``; null: the one that four fifths of the events lie before."""

    split: str | None = None
    min_confidence: float = 0.2
    open_after_seconds: float | None = None

    def options(self) -> dict[str, Any]:
        """The keyword arguments of ``Askable.next_step_evaluation``."""
        split_us, _ = range_us(self.split, None)
        asked = self.model_dump(exclude={*Scope.model_fields, "split"})
        return {**asked, "split_us": split_us}


class WhoIn(Scope):
    """``segment``: only its persons and events, as of one side of a comparison; the scope holds for them."""

    question: str  # one of ``questions.QUESTIONS``
    segment: Segment | None = None
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


class PersonBehind(Schema):
    """``instances``: runs through a map that are behind the number; null where it counts none."""

    person: str
    events: int
    first_at: datetime
    last_at: datetime
    instances: int | None = None


class PersonPage(Schema):
    items: list[PersonBehind]
    next: str | None
    total: int
