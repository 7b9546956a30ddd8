"""What crosses HTTP for retention, survival, correlates and comparison."""

from __future__ import annotations

from typing import Any, Literal

from ninja import Field, Schema

from hamsafar.journeys.scope import Scope as PathScope
from hamsafar.lib.periods import Period, Weekday
from hamsafar.paths.schemas import Scope, Segment


class _Asked(Scope):
    def options(self) -> dict[str, Any]:
        """What is asked, as keyword arguments of the question."""
        return self.model_dump(exclude=set(Scope.model_fields))


class RetentionIn(_Asked):
    """See ``journeys.retention``. ``first``, ``returning``: an event, or several as ``a|b``; null is any."""

    period: Period = "week"
    week_starts: Weekday = "monday"
    timezone: str = "UTC"
    first: str | None = None
    returning: str | None = None
    mode: Literal["exact", "unbounded"] = "exact"
    periods: int = 12


class SurvivalIn(_Asked):
    """See ``journeys.survival``. ``by``: a property whose values at the start are groups."""

    start: str
    end: str
    by: str | None = None
    top: int = 5


class CorrelatesIn(_Asked):
    """See ``journeys.correlates``. ``properties``: those whose values are features too."""

    goal: str
    properties: list[str] = Field(default_factory=list, max_length=20)
    within_seconds: float | None = None
    min_paths: int = 10
    top: int = 50


class CompareIn(Scope):
    """``of``: a question's name, asked with ``arguments`` (its own fields) of the segments ``a`` and ``b``.

    A segment is taken of all events first; the scope of the comparison then holds for both.
    """

    of: str
    arguments: dict[str, Any] = Field(default_factory=dict)
    a: Segment
    b: Segment

    def paths(self) -> PathScope:
        """Everything: the scope comes after the segments."""
        super().paths()  # raises what is wrong with it
        return PathScope()

    def common(self) -> PathScope:
        return super().paths()


class CohortSelector(Schema):
    """Who is behind a figure of retention: of a ``cohort`` (null: all) those back in ``back_in``, or not."""

    period: Period = "week"
    week_starts: Weekday = "monday"
    timezone: str = "UTC"
    first: str | None = None
    returning: str | None = None
    mode: Literal["exact", "unbounded"] = "exact"
    cohort: str | None = None
    back_in: int | None = None
    came_back: bool = True


class SurvivalSelector(Schema):
    start: str
    end: str
    by: str | None = None
    top: int = 5
    group: str | None = None
    bucket: Literal["started", "reached", "open"] = "started"
    within_seconds: float | None = None


class CorrelatesSelector(Schema):
    """Paths with a feature (no ``name``: all that are compared) that reached the goal, did not, or (null) either."""

    goal: str
    kind: Literal["event", "transition", "property"] = "event"
    name: list[str] = Field(default_factory=list, max_length=2)
    within_seconds: float | None = None
    reached: bool | None = None
