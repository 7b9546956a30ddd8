"""What crosses HTTP for measured maps. The answers are the dataclasses of ``journeys.designed.result`` themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Field, Schema

from hamsafar.journeys.designed.ad_hoc import Frequent
from hamsafar.journeys.designed.measure import Selection
from hamsafar.lib.times import range_us
from hamsafar.paths.schemas import EventScope, Scope


class MeasureIn(EventScope):
    """The events to measure on; ``open_after`` sets thresholds in seconds by stage."""

    open_after: dict[str, float] = Field(default_factory=dict)
    ad_hoc_share: float = Field(Frequent.share, ge=0, le=1)
    ad_hoc_min: int = Field(Frequent.passages, ge=1)

    def selection(self) -> Selection:
        from_us, to_us = range_us(self.from_, self.to)
        return Selection(
            from_us=from_us,
            to_us=to_us,
            conditions=tuple(self.condition_list()),
            open_after=self.open_after,
            frequent=Frequent(self.ad_hoc_share, self.ad_hoc_min),
        )


class DesignIn(Scope):
    """The paths held against a map; ``open_after`` sets thresholds in seconds by stage."""

    open_after: dict[str, float] = Field(default_factory=dict)
    ad_hoc_share: float = Field(Frequent.share, ge=0, le=1)
    ad_hoc_min: int = Field(Frequent.passages, ge=1)

    def selection(self) -> Selection:
        return Selection(
            open_after=self.open_after,
            frequent=Frequent(self.ad_hoc_share, self.ad_hoc_min),
            scope=self.paths(),
        )


class DeviationsIn(DesignIn):
    """``persons``: of how many persons, the first by id, the deviations are listed one by one."""

    persons: int = Field(0, ge=0, le=1_000)


class PersonDeviationsIn(DesignIn):
    person: str


class WhoInDesignIn(DesignIn):
    selector: dict[str, Any]
    cursor: str | None = None
    limit: int = Field(50, ge=1, le=500)


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
