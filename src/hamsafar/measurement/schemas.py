"""What crosses HTTP for measured maps. The answers are the dataclasses of ``journeys.designed.result`` themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from ninja import Field, Schema

from hamsafar.journeys.designed.ad_hoc import Frequent
from hamsafar.journeys.designed.measure import Selection
from hamsafar.journeys.errors import SmallGroup
from hamsafar.journeys.what_if import Change
from hamsafar.measurement.errors import NothingWithheld
from hamsafar.paths.schemas import Scope


class MeasureIn(Scope):
    """The paths to measure a map on; ``open_after`` sets thresholds in seconds by stage.

    A measured map is shown whole: ``min_group`` belongs to ``stages`` and ``deviations``.
    """

    open_after: dict[str, float] = Field(default_factory=dict)
    ad_hoc_share: float = Field(Frequent.share, ge=0, le=1)
    ad_hoc_min: int = Field(Frequent.passages, ge=1)

    def selection(self) -> Selection:
        """Raises ``NothingWithheld`` when small groups are to be withheld."""
        if self.min_group is not None:
            raise NothingWithheld()
        return self._selection()

    def _selection(self) -> Selection:
        return Selection(
            open_after=self.open_after,
            frequent=Frequent(self.ad_hoc_share, self.ad_hoc_min),
            scope=self.paths(),
        )


class ExportIn(MeasureIn):
    """A picture of the map with what happened below; the rest as in ``maps.formats.look_for``."""

    lanes: str | None = None
    curves: str | None = None
    paper: str | None = None
    scheme: str | None = None


class StagesIn(Scope):
    """See ``journeys.designed.stages``. ``map``: which map; ``open_after``: thresholds in seconds by stage."""

    map: str
    open_after: dict[str, float] = Field(default_factory=dict)


class DeviationsIn(Scope):
    """See ``journeys.designed.deviations``. ``persons``: of how many, the first by id, they are listed one by one."""

    map: str
    ad_hoc_share: float = Field(Frequent.share, ge=0, le=1)
    ad_hoc_min: int = Field(Frequent.passages, ge=1)
    persons: int = Field(0, ge=0, le=1_000)

    def frequent(self) -> Frequent:
        return Frequent(self.ad_hoc_share, self.ad_hoc_min)


class NumberOnMap(Schema):
    """Who is behind a number of ``stages`` or ``deviations``: the map, how it was asked, and which number."""

    map: str
    open_after: dict[str, float] = Field(default_factory=dict)
    ad_hoc_share: float = Field(Frequent.share, ge=0, le=1)
    ad_hoc_min: int = Field(Frequent.passages, ge=1)
    number: dict[str, Any]  # see ``journeys.designed.who.Selector``

    def selection(self) -> Selection:
        return Selection(open_after=self.open_after, frequent=Frequent(self.ad_hoc_share, self.ad_hoc_min))


class ChangeIn(Schema):
    """``value`` is set (=), added (+) or multiplied by (*): a probability, or seconds."""

    source: str
    target: str
    how: Literal["=", "+", "*"]
    value: float


class WhatIfIn(Scope):
    """See ``journeys.what_if``. The nodes are the touchpoints of a ``map``, or ``nodes``: names of events that are one
    node, by its label; with neither, every name is a node."""

    goal: str
    changes: list[ChangeIn] = Field(default_factory=list, max_length=100)
    times: list[ChangeIn] = Field(default_factory=list, max_length=100)
    nodes: dict[str, list[str]] | None = Field(None, max_length=1000)
    map: str | None = None

    def options(self) -> dict[str, Any]:
        """The keyword arguments of ``Askable.what_if``, but the map."""
        changes, times = ([Change(**one.dict()) for one in many] for many in (self.changes, self.times))
        return {"goal": self.goal, "changes": changes, "times": times, "nodes": self.nodes}


class TransitionSelector(Schema):
    """Who took a transition on the way to the goal; ``nodes`` and ``map`` as they were asked."""

    goal: str
    source: str
    target: str
    nodes: dict[str, list[str]] | None = Field(None, max_length=1000)
    map: str | None = None


class PersonDeviationsIn(MeasureIn):
    """One person is a group of one: where groups below ``min_group`` are withheld, so is whoever it is."""

    person: str

    def selection(self) -> Selection:
        """Raises ``SmallGroup``."""
        if self.min_group is not None and self.min_group > 1:
            raise SmallGroup(least=self.min_group)
        return self._selection()


class WhoOnMapIn(MeasureIn):
    selector: dict[str, Any]
    cursor: str | None = None
    limit: int = Field(50, ge=1, le=500)


class Span(Schema):
    """One instance: its first and its last event on the map."""

    begin_at: datetime
    end_at: datetime


class PersonOnMapOut(Schema):
    """``instances`` is how many are behind the number; the first of them are in ``spans``."""

    person: str
    instances: int
    spans: list[Span]


class WhoOnMapOut(Schema):
    items: list[PersonOnMapOut]
    next: str | None
    total: int


class MatchIn(Schema):
    """``touchpoint`` is the one whose matcher is edited, ``map`` the map beside it."""

    matcher: dict[str, Any]
    map: str | None = None
    touchpoint: str | None = None


class ExampleOut(Schema):
    person: str
    at: datetime
    name: str
    channel: str | None
    properties: dict[str, Any]


class AlsoMatchedOut(Schema):
    id: str
    name: str
    events: int


class MatchOut(Schema):
    events: int
    persons: int
    examples: list[ExampleOut]
    never_seen: list[str]
    unknown_properties: list[str]
    also_matched_by: list[AlsoMatchedOut]
