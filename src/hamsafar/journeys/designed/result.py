"""The measured map: what a measurement says. Plain frozen dataclasses; ``to_dict`` is what crosses HTTP."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import pyarrow as pa

from hamsafar.journeys.designed.quantiles import Quantiles
from hamsafar.journeys.view import Language
from hamsafar.lib.intervals import Rate


@dataclass(frozen=True)
class Whole:
    """Instances of the whole map. ``begun = completed + left + still_open``."""

    begun: int
    completed: int
    left: int
    still_open: int
    persons: int
    completion: Rate
    median_seconds_to_complete: float | None
    n_time: int


@dataclass(frozen=True)
class MeasuredStage:
    """Instances in one stage. ``entered = went_on + left + still_open``; ``skipped`` are beside them.

    ``not_seen_after`` are those of ``went_on`` that did the exit action and reached no later stage: over
    all stages ``left + still_open + not_seen_after`` is what the whole map has begun but not completed.
    """

    stage: str
    name: str
    entered: int
    persons: int
    went_on: int
    left: int
    still_open: int
    not_seen_after: int
    skipped: int
    achieved: int | None
    share_went_on: Rate
    median_seconds_to_next: float | None
    n_time: int
    open_after_seconds: float
    open_after_source: str
    gap_n: int
    bound_touchpoints: int


@dataclass(frozen=True)
class Missing:
    """Instances (and persons) that passed by, of ``of`` instances that reached a later stage."""

    instances: int
    persons: int
    of: int


@dataclass(frozen=True)
class OutOfSequence:
    """Events that came after a later stage had been reached."""

    events: int
    instances: int
    persons: int


@dataclass(frozen=True)
class Failing:
    """Visits that the failure matcher fits, of all visits."""

    events: int
    instances: int
    persons: int
    of: int
    share: Rate


@dataclass(frozen=True)
class Late:
    """Visits that took longer than ``target_seconds`` since the touchpoint ``since`` (None: the one before).

    ``of`` are the visits whose time is known, ``seconds`` the quantiles of their times.
    """

    events: int
    instances: int
    persons: int
    of: int
    share: Rate
    target_seconds: float
    since: str | None
    seconds: Quantiles


@dataclass(frozen=True)
class Deviations:
    """``failing`` is None where the touchpoint names no failures, ``late`` where it has no target."""

    missing: Missing | None
    out_of_sequence: OutOfSequence
    failing: Failing | None
    late: Late | None


@dataclass(frozen=True)
class Next:
    """What came after visits of a placement; ``card`` is ``(end)`` where the instance ended."""

    card: str
    touchpoint: str | None
    count: int
    persons: int
    share: float


@dataclass(frozen=True)
class MeasuredTouchpoint:
    """One touchpoint in one stage. ``visits`` is the sum of ``next``; ``last`` is its ``(end)``."""

    card: str
    also_cards: tuple[str, ...]
    touchpoint: str
    name: str
    stage: str
    persons: int
    share_of_persons: Rate
    visits: int
    instances: int
    median_seconds_since_previous: float | None
    n_time: int
    next: tuple[Next, ...]
    last: int
    deviations: Deviations


@dataclass(frozen=True)
class MeasuredGroup:
    """Placements one of which is enough."""

    group: str
    stage: str
    cards: tuple[str, ...]
    missing: Missing | None


@dataclass(frozen=True)
class AdHoc:
    """An event on no touchpoint that is frequent in the passage from one placement to the next."""

    event: str
    from_card: str
    to_card: str
    passages: int
    instances: int
    persons: int
    of: int
    share: Rate


@dataclass(frozen=True)
class Overlap:
    """Events of one name that several matchers fit."""

    event: str
    touchpoints: tuple[str, ...]
    events: int
    given_to: str


@dataclass(frozen=True)
class MapName:
    id: str
    title: str


@dataclass(frozen=True)
class TimeRange:
    """Events at ``from_at`` and later, before ``to_at``; None: without an end."""

    from_at: str | None
    to_at: str | None


@dataclass(frozen=True)
class Medians:
    """How true medians and percentiles are: |stated - true| / true is at most ``relative_error``."""

    exact: bool
    relative_error: float


@dataclass(frozen=True)
class UnknownEvent:
    """A matcher's pattern that no event's name fits."""

    touchpoint: str
    pattern: str


@dataclass(frozen=True)
class UnknownProperty:
    """A property a matcher looks at and no event has."""

    touchpoint: str
    property: str


@dataclass(frozen=True)
class MeasuredMap:
    """A map measured on an index of paths. Times are ISO 8601 in UTC, durations seconds."""

    map: MapName
    range: TimeRange
    data_end_at: str | None
    events: int
    bound_events: int
    unbound_events: int
    persons: int
    medians: Medians
    whole: Whole
    stages: tuple[MeasuredStage, ...]
    touchpoints: tuple[MeasuredTouchpoint, ...]
    groups: tuple[MeasuredGroup, ...]
    ad_hoc: tuple[AdHoc, ...]
    overlaps: tuple[Overlap, ...]
    unbound_touchpoints: tuple[str, ...]
    unknown_events: tuple[UnknownEvent, ...]
    unknown_properties: tuple[UnknownProperty, ...]
    unmeasured_stages: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values."""
        plain: dict[str, Any] = _plain(asdict(self))
        return plain

    def table(self) -> pa.Table:
        """One row per stage: the fields of ``MeasuredStage``, the share that went on in four columns."""
        rows = [asdict(stage) for stage in self.stages]
        for row in rows:
            row |= {f"share_went_on_{name}": value for name, value in row.pop("share_went_on").items()}
        return pa.Table.from_pylist(rows)

    def text(self, language: Language = "en") -> str:
        """Tables for a terminal."""
        from hamsafar.journeys.designed.view import text

        return text(self, language)

    def to_html(self, language: Language = "en") -> str:
        """Tables for a page; every text of the data is escaped."""
        from hamsafar.journeys.designed.view import html

        return html(self, language)

    def _repr_html_(self) -> str:
        return self.to_html()


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value
