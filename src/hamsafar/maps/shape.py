"""The kinds of value a map document is made of: each checks and cleans a value, and knows its JSON Schema."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from math import isfinite
from typing import Any, Protocol

from hamsafar.maps.faults import Fault

Faults = list[Fault]
JsonSchema = dict[str, Any]

ID_PATTERN = r"^[A-Za-z0-9_.-]{1,64}$"
_ID = re.compile(ID_PATTERN)
_COLOR_PATTERN = r"^(#[0-9a-fA-F]{6}|[a-z]{1,20})$"
_COLOR = re.compile(_COLOR_PATTERN)
_LINK_PATTERN = r"^([hH][tT][tT][pP][sS]?://|[mM][aA][iI][lL][tT][oO]:)[^\s<>\"]+$"
_LINK = re.compile(_LINK_PATTERN)
_TIME_OF_DAY = re.compile(r"^([01][0-9]|2[0-3]):[0-5][0-9]$")
_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$", re.ASCII)
# Control characters (tab and line ends aside) and half a surrogate pair: databases choke on them.
_UNKEEPABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class Kind(Protocol):
    """A kind of value. ``check`` adds what is wrong to ``faults`` and returns the value cleaned."""

    def check(self, value: Any, place: str, faults: Faults) -> Any: ...

    def schema(self) -> JsonSchema: ...


def name_of_type(value: Any) -> str:
    """The word (see ``faults.WORDS``) for a JSON value's type."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes_no"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, str):
        return "text"
    if isinstance(value, list | tuple):
        return "list"
    return "object" if isinstance(value, dict) else "shared_type"


def _wrong_type(place: str, expected: str, value: Any) -> Fault:
    return Fault(place, "wrong_type", {"expected": expected, "found": name_of_type(value)})


def excerpt(value: Any) -> str:
    """What the author wrote, short enough for a sentence."""
    text = _UNKEEPABLE.sub("\ufffd", str(value)[:61])
    return text if len(text) <= 60 else text[:59] + "…"


@dataclass(frozen=True)
class Text:
    """Text as the author wrote it; ``blank_allowed=False`` refuses nothing but spaces."""

    limit: int
    blank_allowed: bool = True

    def check(self, value: Any, place: str, faults: Faults) -> Any:
        if not isinstance(value, str):
            faults.append(_wrong_type(place, "text", value))
        elif not self.blank_allowed and not value.strip():
            faults.append(Fault(place, "blank"))
        elif len(value) > self.limit:
            faults.append(Fault(place, "too_long", {"limit": self.limit, "found": len(value)}))
        elif bad := _UNKEEPABLE.search(value):
            faults.append(Fault(place, "bad_text", {"found": f"{ord(bad.group()):04X}"}))
        return value

    def schema(self) -> JsonSchema:
        plain: JsonSchema = {"type": "string", "maxLength": self.limit}
        return plain if self.blank_allowed else {**plain, "pattern": r"\S"}


@dataclass(frozen=True)
class Pattern:
    """Text of one form; ``code`` is the fault's."""

    pattern: re.Pattern[str]
    code: str
    limit: int = 2000

    def check(self, value: Any, place: str, faults: Faults) -> Any:
        if not isinstance(value, str):
            faults.append(_wrong_type(place, "text", value))
        elif len(value) > self.limit or not self.pattern.fullmatch(value) or _UNKEEPABLE.search(value):
            faults.append(Fault(place, self.code, {"found": excerpt(value)}))
        return value

    def schema(self) -> JsonSchema:
        return {"type": "string", "maxLength": self.limit, "pattern": self.pattern.pattern}


ID = Pattern(_ID, "bad_id", 64)
COLOR = Pattern(_COLOR, "bad_color", 20)
LINK = Pattern(_LINK, "bad_link")
TIME_OF_DAY = Pattern(_TIME_OF_DAY, "bad_time_of_day", 5)


@dataclass(frozen=True)
class Ref:
    """The id of something in the collection ``to``; whether it is there is checked with the whole map."""

    to: str

    def check(self, value: Any, place: str, faults: Faults) -> Any:
        return ID.check(value, place, faults)

    def schema(self) -> JsonSchema:
        return {**ID.schema(), "description": f"id in {self.to}"}


@dataclass(frozen=True)
class Date:
    """A calendar day (Gregorian, ISO 8601), with ``time`` a moment with its offset."""

    time: bool = False

    def check(self, value: Any, place: str, faults: Faults) -> Any:
        if not isinstance(value, str):
            faults.append(_wrong_type(place, "text", value))
            return value
        try:
            if self.time:
                right = len(value) <= 40 and datetime.fromisoformat(value).tzinfo is not None
            else:
                right = bool(_DATE.match(value) and date.fromisoformat(value))
        except ValueError:
            right = False
        if not right:
            example = "2026-11-22T09:30:00+03:30" if self.time else "2026-11-22"
            faults.append(Fault(place, "bad_date", {"found": excerpt(value), "example": example}))
        return value

    def schema(self) -> JsonSchema:
        return {"type": "string", "format": "date-time" if self.time else "date"}


@dataclass(frozen=True)
class Choice:
    """One of a few words."""

    options: tuple[str, ...]

    def check(self, value: Any, place: str, faults: Faults) -> Any:
        if not isinstance(value, str):
            faults.append(_wrong_type(place, "text", value))
        elif value not in self.options:
            known = {"found": excerpt(value), "expected": ", ".join(self.options)}
            faults.append(Fault(place, "not_one_of", known))
        return value

    def schema(self) -> JsonSchema:
        return {"enum": list(self.options)}


@dataclass(frozen=True)
class Number:
    """A finite number between ``low`` and ``high``, both included."""

    low: float
    high: float
    whole: bool = False

    def check(self, value: Any, place: str, faults: Faults) -> Any:
        if isinstance(value, bool) or not isinstance(value, int | float):
            faults.append(_wrong_type(place, "whole_number" if self.whole else "number", value))
            return value
        if (isinstance(value, float) and not isfinite(value)) or not self.low <= value <= self.high:
            found = {"low": self.low, "high": self.high, "found": excerpt(value)}
            faults.append(Fault(place, "out_of_range", found))
            return value
        if isinstance(value, float) and value.is_integer():
            return int(value)  # JavaScript has one kind of number; 2.0 and 2 are the same
        if self.whole and isinstance(value, float):
            faults.append(_wrong_type(place, "whole_number", value))
        return value

    def schema(self) -> JsonSchema:
        return {"type": "integer" if self.whole else "number", "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True)
class Flag:
    def check(self, value: Any, place: str, faults: Faults) -> Any:
        if not isinstance(value, bool):
            faults.append(_wrong_type(place, "yes_no", value))
        return value

    def schema(self) -> JsonSchema:
        return {"type": "boolean"}


@dataclass(frozen=True)
class ListOf:
    item: Kind
    limit: int

    def check(self, value: Any, place: str, faults: Faults) -> Any:
        if not isinstance(value, list):
            faults.append(_wrong_type(place, "list", value))
            return value
        if len(value) > self.limit:
            faults.append(Fault(place, "too_many", {"limit": self.limit, "found": len(value)}))
            return value
        return [self.item.check(one, f"{place}[{i}]", faults) for i, one in enumerate(value)]

    def schema(self) -> JsonSchema:
        return {"type": "array", "items": self.item.schema(), "maxItems": self.limit}


@dataclass(frozen=True)
class Object:
    """Named fields. ``null`` for an optional field is the same as leaving it out."""

    fields: dict[str, Kind]
    required: tuple[str, ...] = ()
    defaults: dict[str, Any] = field(default_factory=dict)
    unique_ids: bool = False

    def check(self, value: Any, place: str, faults: Faults) -> Any:
        if not isinstance(value, dict):
            faults.append(_wrong_type(place, "object", value))
            return value
        cleaned = self.check_some(value, place, faults)
        for name in self.required:
            if name not in value:
                faults.append(Fault(_inside(place, name), "required"))
        kept = {name: one for name, one in cleaned.items() if one is not None}
        if not self.defaults:
            return kept
        # A fresh copy: a default list shall not be shared by two maps.
        whole = {**{name: copy.copy(default) for name, default in self.defaults.items()}, **kept}
        return {name: whole[name] for name in self.fields if name in whole}

    def check_some(self, value: dict[str, Any], place: str, faults: Faults) -> dict[str, Any]:
        """Checks the fields that are there, in the order of the table; None stands for an optional field to go."""
        cleaned: dict[str, Any] = {}
        for name in value:
            if name not in self.fields:
                faults.append(Fault(_inside(place, excerpt(name)), "unknown_field", {"field": excerpt(name)}))
        for name, kind in self.fields.items():
            if name not in value:
                continue
            one = value[name]
            if one is None and name not in self.required:
                cleaned[name] = None
            else:
                cleaned[name] = kind.check(one, _inside(place, name), faults)
        return cleaned

    def schema(self) -> JsonSchema:
        properties: JsonSchema = {}
        for name, kind in self.fields.items():
            one = kind.schema()
            properties[name] = one if name in self.required else {"anyOf": [one, {"type": "null"}]}
            if name in self.defaults:
                properties[name]["default"] = self.defaults[name]
        plain: JsonSchema = {"type": "object", "properties": properties, "additionalProperties": False}
        return {**plain, "required": list(self.required)} if self.required else plain


def _inside(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name
