"""What crosses HTTP for maps and libraries.

What comes in is checked by the same tables as map files (``fields``, ``personas``), so that a fault has its place
and its sentence in both languages; here it is any JSON object.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from ninja import Field, Schema

JsonObject = dict[str, Any]


class FaultOut(Schema):
    field: str
    code: str
    detail: str


class MapOut(Schema):
    id: str
    title: str
    kind: str
    language: str
    status: str
    stages: list[str]
    card_count: int
    placed_touchpoints: int
    bound_touchpoints: int
    created_at: datetime
    updated_at: datetime
    updated_by: str | None


class MapCreated(MapOut):
    notes: list[FaultOut]


class MapPage(Schema):
    items: list[MapOut]
    next: str | None
    total: int | None


class MapIn(Schema):
    """One of: ``document`` (JSON data, or a file's text), ``template`` with ``language``, or a ``title`` alone."""

    document: Any = None
    template: str | None = None
    language: str | None = None
    title: str | None = None
    kind: str | None = None


class CommandsIn(Schema):
    commands: Any
    request_id: str | None = None


class StageOfMapOut(Schema):
    map: str
    title: str
    stage: str
    stage_name: str


class OpenedOut(Schema):
    stage: str
    map: str
    title: str
    gone: bool


class LevelsOut(Schema):
    """Where a map stands among the others: ``path`` from the uppermost map, ``places`` it details, maps it opens."""

    path: list[StageOfMapOut]
    places: list[StageOfMapOut]
    details: list[OpenedOut]


class CommandsOut(Schema):
    added: list[str]
    seq: int


class VersionOut(Schema):
    """Without a name it was kept by itself; ``reason``: asked, quiet, before_large, before_restore, before_import."""

    id: str
    map: str
    name: str
    note: str
    reason: str
    at: datetime
    by: str | None
    stages: int
    cards: int


class VersionPage(Schema):
    items: list[VersionOut]
    next: str | None
    total: int | None


class RestoreIn(Schema):
    request_id: str | None = None


class RestoredOut(Schema):
    """``kept``: the version with what the map was before, null when it was the same already."""

    seq: int
    kept: str | None


class FutureIn(Schema):
    title: str | None = None


class LinkedOut(Schema):
    id: str
    title: str
    updated_at: datetime


class LinksOut(Schema):
    current: LinkedOut | None
    futures: list[LinkedOut]


class ToldFieldOut(Schema):
    field: str
    label: str
    before: str
    after: str


class DifferenceOut(Schema):
    """One entry that differs; ``before`` and ``after`` are its ids, ``stage`` those of its stage on both sides."""

    part: str
    part_label: str
    kinds: list[str]
    before: str | None
    after: str | None
    stage: tuple[str | None, str | None]
    stage_name: str
    said: str
    owners: list[str]
    fields: list[ToldFieldOut]


class ComparisonOut(Schema):
    """Both documents; the stages and lanes of both in one order, as pairs of ids; and what differs."""

    before: JsonObject
    after: JsonObject
    stages: list[tuple[str | None, str | None]]
    lanes: list[tuple[str | None, str | None]]
    differences: list[DifferenceOut]


class OwnerOut(Schema):
    """``gone``: the member or team was deleted since."""

    kind: str
    id: str | None
    name: str
    gone: bool


class OwnedOut(Schema):
    map: str
    map_title: str
    part: str
    id: str
    lane_kind: str
    text: str
    stage: str
    owner: OwnerOut | None


class OwnedPage(Schema):
    items: list[OwnedOut]
    next: str | None
    total: int | None


class OwnedTouchpointOut(Schema):
    id: str
    name: str
    channel: str
    owner: OwnerOut | None


class OwnedCountOut(Schema):
    map: str
    title: str
    owned: int
    unowned: int


class TemplateOut(Schema):
    id: str
    group: str
    language: str
    title: str
    description: str
    stages: list[str]
    lanes: list[str]


class TemplateSaved(Schema):
    id: str


class MapExportOut(Schema):
    format: str
    left_out: list[str]
    papers: list[str]
    chooses: list[str]


class MapTitle(Schema):
    id: str
    title: str


class MatcherOut(Schema):
    events: list[str]
    conditions: list[JsonObject]


class TouchpointOut(Schema):
    id: str
    name: str
    description: str
    channel: str | None
    matcher: MatcherOut | None
    failure: MatcherOut | None
    target_seconds: float | None
    target_from: str | None
    profile: JsonObject
    maps: list[MapTitle]
    updated_at: datetime


class TouchpointPage(Schema):
    items: list[TouchpointOut]
    next: str | None
    total: int | None


class MergeIn(Schema):
    """``events``: whether the one that stays keeps its own matcher, or also fits the other's events."""

    into: str
    events: Literal["keep", "join"] = "keep"


class ContentOut(Schema):
    id: str
    name: str
    kind: str
    link: str
    persona: str | None
    stage: str
    question: str
    maps: list[MapTitle]
    updated_at: datetime


class ContentPage(Schema):
    items: list[ContentOut]
    next: str | None
    total: int | None


class ChannelOut(Schema):
    id: str
    name: str
    kind: str
    touchpoints: int


class ChannelPage(Schema):
    items: list[ChannelOut]
    next: str | None
    total: int | None


class Trait(Schema):
    name: str
    value: int


class PersonaOut(Schema):
    """What is not said about a persona is empty."""

    id: str
    name: str
    photo: str = ""
    portrait: dict[str, str] | None = None
    quote: str = ""
    description: str = ""
    archetype: str = ""
    gender: str = ""
    age_range: str = ""
    job_title: str = ""
    education: str = ""
    location: str = ""
    income: str = ""
    lifestyle: str = ""
    scenario: str = ""
    values: list[str] = Field(default_factory=list)
    goals: list[str] = Field(default_factory=list)
    motivations: list[str] = Field(default_factory=list)
    needs: list[str] = Field(default_factory=list)
    pains: list[str] = Field(default_factory=list)
    barriers: list[str] = Field(default_factory=list)
    channels: list[str] = Field(default_factory=list)
    brands: list[str] = Field(default_factory=list)
    traits: list[Trait] = Field(default_factory=list)
    updated_at: datetime


class PersonaPage(Schema):
    items: list[PersonaOut]
    next: str | None
    total: int | None


class Doer(Schema):
    id: str
    name: str


class ActivityOut(Schema):
    """``action`` is added, deleted, moved or changed, of a ``part``; or an action of the audit log."""

    id: str
    began_at: datetime
    at: datetime
    user: Doer | None
    action: str
    part: str | None
    target: str
    details: JsonObject


class ActivityPage(Schema):
    items: list[ActivityOut]
    next: str | None


class PersonaCardIn(Schema):
    """``portrait``: a data address of a PNG, for a persona without a photo."""

    format: Literal["pdf", "png", "svg"]
    language: Literal["fa", "en"]
    portrait: str = ""
