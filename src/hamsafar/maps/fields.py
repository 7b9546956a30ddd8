"""What a map document (``hamsafar-map/1``) holds: every field of every part, once.

The checks, the commands, the socket's guard and the JSON Schema in ``docs/schema`` all read these tables.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from hamsafar.lib.conditions import OPERATORS, as_number
from hamsafar.maps.faults import Fault
from hamsafar.maps.shape import (
    COLOR,
    ID,
    LINK,
    TIME_OF_DAY,
    Choice,
    Date,
    Faults,
    Flag,
    JsonSchema,
    Kind,
    ListOf,
    Number,
    Object,
    Ref,
    Text,
    name_of_type,
)

FORMAT = "hamsafar-map/1"

MAP_KINDS = ("current_state", "day_in_the_life", "future_state", "service_blueprint")
STATUSES = ("draft", "in_review", "approved")
LANGUAGES = ("fa", "en")
LANE_KINDS = (
    "problem",
    "goals",
    "expectations",
    "actions",
    "touchpoints",
    "thoughts",
    "feelings",
    "emotion",
    "quotes",
    "pains",
    "gains",
    "opportunities",
    "content",
    "metrics",
    "owner",
    "text",
    "evidence_physical",
    "frontstage",
    "backstage",
    "support",
)
CHANNEL_KINDS = (
    "web",
    "app",
    "phone",
    "sms",
    "email",
    "social",
    "messenger",
    "search",
    "store",
    "courier",
    "ads",
    "other",
)
# How well we can serve a customer's goal.
FITS = ("can", "partly", "cannot")
CONTENT_KINDS = ("article", "video", "guide", "offer", "tool", "event", "other")
LINE_KINDS = ("interaction", "visibility", "internal_interaction")

NAME = Text(200, blank_allowed=False)
SHORT = Text(200)
SCORE = Number(1, 5, whole=True)
LONG = Text(5_000)
_YEAR_SECONDS = 366 * 86_400
SECONDS = Number(1, 10 * _YEAR_SECONDS)
OWNER = Object(
    {"kind": Choice(("member", "team", "text")), "id": ID, "name": NAME}, required=("kind", "name")
)


class _Scalar:
    """A property's value: text, number or yes/no."""

    def check(self, value: Any, place: str, faults: Faults) -> Any:
        if isinstance(value, bool):
            return value
        if isinstance(value, int | float):
            return Number(-1e300, 1e300).check(value, place, faults)
        return Text(1_000).check(value, place, faults)

    def schema(self) -> JsonSchema:
        return {"type": ["string", "number", "boolean"]}


_VALUES = ListOf(_Scalar(), 500)


_TEST = Object({"property": NAME, "op": Choice(OPERATORS)}, required=("property", "op"))


class _Condition:
    """``{property, op, value}``; every operator but ``exists`` needs its value."""

    def check(self, value: Any, place: str, faults: Faults) -> Any:
        if not isinstance(value, dict):
            return _TEST.check(value, place, faults)
        rest = {name: one for name, one in value.items() if name != "value"}
        cleaned = _TEST.check(rest, place, faults)
        op, operand = cleaned.get("op"), value.get("value")
        if op == "exists":
            return cleaned
        if operand is None:
            faults.append(Fault(f"{place}.value", "required"))
        elif op == "in":
            cleaned["value"] = _VALUES.check(operand, f"{place}.value", faults)
        else:
            cleaned["value"] = _Scalar().check(operand, f"{place}.value", faults)
            if op in ("<", ">") and as_number(operand) is None:
                found = {"expected": "number", "found": name_of_type(operand)}
                faults.append(Fault(f"{place}.value", "wrong_type", found))
        return cleaned

    def schema(self) -> JsonSchema:
        plain = _TEST.schema()
        plain["properties"]["value"] = {
            "description": "a list for “in”, absent for “exists”",
            "anyOf": [_Scalar().schema(), _VALUES.schema(), {"type": "null"}],
        }
        return plain


MATCHER = Object(
    {"events": ListOf(Text(1_000, blank_allowed=False), 100), "conditions": ListOf(_Condition(), 50)},
    required=("events",),
    defaults={"conditions": []},
)


class _Scope:
    """What a target is about: the whole map, one stage or one touchpoint."""

    def check(self, value: Any, place: str, faults: Faults) -> Any:
        one = Object({"map": Flag(), "stage": Ref("stages"), "touchpoint": Ref("touchpoints")})
        before = len(faults)
        cleaned = one.check(value, place, faults)
        if len(faults) == before and (len(cleaned) != 1 or cleaned.get("map") is False):
            expected = "{map: true}, {stage}, {touchpoint}"
            faults.append(Fault(place, "not_one_of", {"found": ", ".join(cleaned), "expected": expected}))
        return cleaned

    def schema(self) -> JsonSchema:
        def only(name: str, schema: JsonSchema) -> JsonSchema:
            return {
                "type": "object",
                "properties": {name: schema},
                "required": [name],
                "additionalProperties": False,
            }

        return {
            "anyOf": [
                only("map", {"const": True}),
                only("stage", Ref("stages").schema()),
                only("touchpoint", Ref("touchpoints").schema()),
            ]
        }


INSTANCES = Object(
    {"begin": Choice(("first_stage_again", "idle")), "idle_seconds": SECONDS}, required=("begin",)
)

META = Object(
    {
        "title": NAME,
        "kind": Choice(MAP_KINDS),
        "language": Choice(LANGUAGES),
        "description": LONG,
        "objective": LONG,
        "scope": LONG,
        # What the team knew before it drew: studies, interviews, figures.
        "research": ListOf(
            Object({"title": NAME, "link": LINK, "note": LONG}, required=("title",)),
            50,
        ),
        "status": Choice(STATUSES),
        "owner": OWNER,
        "review_on": Date(),
        "level": Number(0, 3, whole=True),
        "current_map": ID,
        "instances": INSTANCES,
        # Rules of the review that are not for this map. Their names are the editor's (web/src/editor/review).
        "review_off": ListOf(
            Object(
                {"rule": Text(60, blank_allowed=False), "reason": Text(1_000, blank_allowed=False)},
                required=("rule", "reason"),
            ),
            100,
        ),
    },
    required=("title", "kind", "language"),
)

_EVIDENCE = Object(
    {
        "kind": Choice(("assumption", "observed", "stale")),
        "query": LONG,
        "observed_at": Date(time=True),
        "n": Number(0, 1e12, whole=True),
        "note": LONG,
    },
    required=("kind",),
)

# The parts of the document that live in Yjs, each a list in the exchange format.
PARTS: dict[str, Object] = {
    "personas": Object({"id": ID, "persona": ID, "name": NAME, "color": COLOR}, required=("id", "name")),
    "stages": Object(
        {
            "id": ID,
            "name": NAME,
            "description": LONG,
            "owner": OWNER,
            "exit_touchpoint": Ref("touchpoints"),
            "open_after_seconds": SECONDS,
            "target_seconds": SECONDS,
            "color": COLOR,
            "detail_map": ID,
            # The part of the day that this stage of a day in the life covers.
            "begins": TIME_OF_DAY,
            "ends": TIME_OF_DAY,
            # How wide its column is drawn, in CSS pixels; else as wide as the others.
            "width": Number(120, 1_200, whole=True),
            "collapsed": Flag(),
        },
        required=("id", "name"),
    ),
    # Columns within a stage.
    "steps": Object(
        {"id": ID, "stage": Ref("stages"), "name": NAME, "description": LONG},
        required=("id", "stage", "name"),
    ),
    "lanes": Object(
        {
            "id": ID,
            "kind": Choice(LANE_KINDS),
            "name": SHORT,
            "description": LONG,
            "persona": Ref("personas"),
            "hidden": Flag(),
            "collapsed": Flag(),
            # The least height it is drawn with, in CSS pixels.
            "height": Number(40, 1_200, whole=True),
        },
        required=("id", "kind"),
    ),
    "cards": Object(
        {
            "id": ID,
            "lane": Ref("lanes"),
            "stage": Ref("stages"),
            "step": Ref("steps"),
            # Plain text with a little Markdown: **bold**, *italic*, - lists, [links](https://...).
            "text": LONG,
            "touchpoint": Ref("touchpoints"),
            "content": Ref("contents"),
            "need": Choice(("required", "optional", "any_of")),
            "group": ID,
            "owner": OWNER,
            "evidence": _EVIDENCE,
            "tags": ListOf(NAME, 20),
            "color": COLOR,
            "emoji": Text(32),
            "link": LINK,
            # How far the customer commits themselves: 1 notices, 2 reads or watches, 3 leaves a trace,
            # 4 tries or negotiates, 5 pays or signs, 6 recommends.
            "commitment": Number(1, 6, whole=True),
            "complaint": Flag(),
            "moment_of_truth": Flag(),
            "hidden_need": Flag(),
            # When it happens, on a day in the life.
            "at": TIME_OF_DAY,
            # Of a goal: whether we can serve it.
            "fit": Choice(FITS),
            # Of an opportunity: 1 is least.
            "impact": SCORE,
            "effort": SCORE,
            "confidence": SCORE,
            # Uploaded pictures and files, kept beside the map.
            "files": ListOf(Object({"id": ID, "name": NAME, "alt": SHORT}, required=("id", "name")), 10),
        },
        required=("id", "lane", "stage"),
        defaults={"text": ""},
    ),
    "emotions": Object(
        {
            "persona": Ref("personas"),
            "stage": Ref("stages"),
            "step": Ref("steps"),
            "value": Number(-2, 2),
            "intensity": Number(0, 1),
            "note": LONG,
        },
        required=("stage", "value"),
        defaults={"persona": None},
    ),
    "branches": Object(
        {
            "id": ID,
            "name": SHORT,
            "from_stage": Ref("stages"),
            "to_stage": Ref("stages"),
            "condition": LONG,
        },
        required=("id", "from_stage", "to_stage"),
        defaults={"name": ""},
    ),
    "lines": Object(
        {"id": ID, "kind": Choice(LINE_KINDS), "after_lane": Ref("lanes")},
        required=("id", "kind", "after_lane"),
    ),
    "arrows": Object(
        {"id": ID, "from_card": Ref("cards"), "to_card": Ref("cards"), "label": SHORT},
        required=("id", "from_card", "to_card"),
    ),
    "targets": Object(
        {
            "id": ID,
            "metric": Text(60, blank_allowed=False),
            "scope": _Scope(),
            "value": Number(-1e15, 1e15),
            "unit": Text(40),
            "due_on": Date(),
        },
        required=("id", "metric", "scope", "value"),
    ),
}
COLLECTIONS = tuple(PARTS)
ORDERED = tuple(name for name in COLLECTIONS if name != "emotions")

# What may be said of a touchpoint besides where it is and which events it is.
TOUCHPOINT_PROFILE: dict[str, Kind] = {
    # The sentence: I [doing] on [channel] because [reason].
    "doing": SHORT,
    "reason": SHORT,
    "importance_to_customer": SCORE,
    "importance_to_company": SCORE,
    # How well we do there, as we judge ourselves.
    "performance": SCORE,
    "owner": OWNER,
    "medium": Choice(("physical", "digital")),
    "device": SHORT,
    "surroundings": LONG,
    "initiator": Choice(("customer", "company")),
}

# Library rows that a file carries along so that it can be measured by itself.
LIBRARY: dict[str, Object] = {
    "touchpoints": Object(
        {
            "id": ID,
            "name": NAME,
            "channel": Ref("channels"),
            "matcher": MATCHER,
            "failure": MATCHER,
            "target_seconds": SECONDS,
            "target_from": Ref("touchpoints"),
            "description": LONG,
            **TOUCHPOINT_PROFILE,
        },
        required=("id", "name"),
    ),
    "channels": Object(
        {"id": ID, "name": NAME, "kind": Choice(CHANNEL_KINDS)}, required=("id", "name", "kind")
    ),
    # What we publish, and the customer's question that it answers.
    "contents": Object(
        {
            "id": ID,
            "name": NAME,
            "kind": Choice(CONTENT_KINDS),
            "link": LINK,
            "persona": ID,
            "stage": SHORT,
            "question": LONG,
        },
        required=("id", "name", "kind"),
    ),
}

# The most of each that one map may hold.
LIMITS = {
    "personas": 50,
    "stages": 100,
    "steps": 500,
    "lanes": 100,
    "cards": 5_000,
    "emotions": 5_000,
    "branches": 500,
    "lines": 20,
    "arrows": 2_000,
    "targets": 500,
    "touchpoints": 2_000,
    "channels": 200,
    "contents": 2_000,
}

MAP = Object(
    {
        "format": Choice((FORMAT,)),
        "id": ID,
        **META.fields,
        **{name: ListOf(part, LIMITS[name]) for name, part in {**PARTS, **LIBRARY}.items()},
    },
    required=("format", *META.required),
    defaults={name: [] for name in (*PARTS, *LIBRARY)},
)


def emotion_key(persona: str | None, stage: str, step: str | None = None) -> str:
    """The one place of an emotion: a persona's (or nobody's) at a stage or step."""
    return f"{persona or ''}:{stage}:{step or ''}"


@cache
def references(part: str) -> tuple[tuple[str, str, bool], ...]:
    """(field, collection it refers to, whether the entry means nothing without it) for one part."""
    shape = {**PARTS, **LIBRARY}[part]
    return tuple(
        (name, kind.to, name in shape.required)
        for name, kind in shape.fields.items()
        if isinstance(kind, Ref)
    )
