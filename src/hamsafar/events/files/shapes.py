"""What crosses the door of this package: mapping, inspection, preview, batch."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, Literal
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from hamsafar.events.files.errors import BadMapping, EventNotSaid, RoleMissing, UnknownTimezone
from hamsafar.events.files.reasons import MAX_EVENT_NAME, Rejected

__all__ = [
    "BATCH_SCHEMA",
    "TIME_FORMATS",
    "Batch",
    "Column",
    "Inspection",
    "Mapping",
    "PreviewRow",
    "Question",
    "Rejected",
]

# What a time column may hold. iso and ymd are year-month-day (hyphens, slashes, dots or nothing between);
# named_month is English ("2 Aug 2024"); excel is days since 1899-12-30.
TIME_FORMATS = (
    "iso", "ymd", "dmy", "mdy", "named_month", "jalali_ymd", "jalali_dmy",
    "unix_s", "unix_ms", "unix_us", "unix_ns", "excel",
)  # fmt: skip

Role = Literal["person", "event", "time", "time_of_day", "channel", "property", ""]
Kind = Literal["time", "time_of_day", "number", "boolean", "text", "empty"]


@dataclass(frozen=True)
class Mapping:
    """How a file's columns become events.

    ``event_constant`` names every row when the file has no column of event names (``event == ""``).
    ``time_of_day`` is a second column with the hour, for files that keep date and hour apart.
    ``numbers`` are the properties read as numbers; None = those that are numbers all through the sample.
    None in ``time_format``, ``encoding``, ``delimiter`` and ``sheet`` means: recognise it.
    ``timezone`` (IANA name) is that of times without an offset.
    """

    person: str
    event: str
    time: str
    event_constant: str | None = None
    properties: tuple[str, ...] = ()
    channel: str | None = None
    time_of_day: str | None = None
    time_format: str | None = None
    timezone: str = "UTC"
    numbers: tuple[str, ...] | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None

    def to_dict(self) -> dict[str, Any]:
        plain = {each.name: getattr(self, each.name) for each in fields(self)}
        plain["properties"] = list(self.properties)
        plain["numbers"] = None if self.numbers is None else list(self.numbers)
        return plain

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Mapping:
        """From JSON; unknown fields and wrong types are a ``BadMapping`` that names the field."""
        known = {each.name: each for each in fields(cls)}
        values: dict[str, Any] = {}
        for name, value in data.items():
            if name not in known:
                raise BadMapping(field=name, value=value, expected=", ".join(known))
            if name in ("properties", "numbers"):
                if value is None and name == "numbers":
                    continue
                if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
                    raise BadMapping(field=name, value=value, expected='["…", "…"]')
                value = tuple(value)
            elif value is not None and not isinstance(value, str):
                raise BadMapping(field=name, value=value, expected='"…"')
            values[name] = value
        for name, default in (("person", ""), ("event", ""), ("time", ""), ("timezone", "UTC")):
            values[name] = values.get(name) or default
        return cls(**values)

    def check(self) -> None:
        """Raises a ``FileUnreadable`` unless person, event and time are each said, once, and sensibly."""
        for name in ("person", "time"):
            if not getattr(self, name):
                raise RoleMissing(field=name)
        constant = (self.event_constant or "").strip()
        if bool(self.event) == bool(constant):
            raise EventNotSaid()
        if len(constant) > MAX_EVENT_NAME:
            raise BadMapping(field="event_constant", value=constant[:40], expected=f"≤ {MAX_EVENT_NAME}")
        if self.time_format is not None and self.time_format not in TIME_FORMATS:
            raise BadMapping(field="time_format", value=self.time_format, expected=", ".join(TIME_FORMATS))
        if not _is_timezone(self.timezone):
            raise UnknownTimezone(timezone=self.timezone)

    def columns(self) -> tuple[str, ...]:
        """The names of all columns it uses, each once, in the order person, event, time, the rest."""
        named = (self.person, self.event, self.time, self.time_of_day, self.channel, *self.properties)
        return tuple(dict.fromkeys(name for name in named if name))


def _is_timezone(name: str) -> bool:
    """Whether both libraries know it: the one that names zones and the one that reads whole columns."""
    try:
        ZoneInfo(name)
        pc.assume_timezone(pa.array([0], pa.timestamp("us")), name)
    except (KeyError, ValueError, OSError):  # unknown, a path, a folder; Arrow's error is a ValueError
        return False
    return True


@dataclass(frozen=True)
class Column:
    """A column as seen in the sample; ``role_guess`` is empty for one that is better left out."""

    name: str
    kind: Kind
    samples: tuple[str, ...]
    role_guess: Role = ""

    def to_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "kind": self.kind,
            "samples": list(self.samples),
            "role_guess": self.role_guess,
        }


@dataclass(frozen=True)
class Question:
    """What only the person who knows the file can answer.

    ``ambiguous_date_order`` (options dmy, mdy) must be answered. ``no_event_column`` offers a name for all
    rows; ``no_person_column`` and ``no_time_column`` ask for a column; ``several_sheets`` offers the sheets.
    """

    code: str
    column: str = ""
    options: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {"code": self.code, "column": self.column, "options": list(self.options)}


@dataclass(frozen=True)
class Inspection:
    """What a file is, and a first guess at what its columns mean."""

    format: str
    compression: str | None
    encoding: str | None
    delimiter: str | None
    sheets: tuple[str, ...]
    columns: tuple[Column, ...]
    guess: Mapping
    questions: tuple[Question, ...] = ()
    rows_estimate: int = 0

    def to_dict(self) -> dict[str, Any]:
        return {
            "format": self.format,
            "compression": self.compression,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "sheets": list(self.sheets),
            "columns": [column.to_dict() for column in self.columns],
            "guess": self.guess.to_dict(),
            "questions": [question.to_dict() for question in self.questions],
            "rows_estimate": self.rows_estimate,
        }


@dataclass(frozen=True)
class PreviewRow:
    """One row as it will be read; ``error`` is set, and the rest empty, when it will not."""

    line: int
    person: str
    event: str
    at: str
    properties: dict[str, Any] = field(default_factory=dict)
    channel: str | None = None
    error: Rejected | None = None

    def to_dict(self, language: str = "en") -> dict[str, Any]:
        error = self.error and {
            "code": self.error.code,
            "column": self.error.column,
            "value_excerpt": self.error.value_excerpt,
            "detail": self.error.sentence(language),
        }
        return {
            "line": self.line,
            "person": self.person,
            "event": self.event,
            "at": self.at,
            "channel": self.channel,
            "properties": self.properties,
            "error": error,
        }


BATCH_SCHEMA = pa.schema(
    [
        pa.field("person", pa.string(), nullable=False),
        pa.field("name", pa.string(), nullable=False),
        pa.field("at_us", pa.int64(), nullable=False),
        pa.field("channel", pa.string()),
        pa.field("properties", pa.string(), nullable=False),
        pa.field("row", pa.int64(), nullable=False),
    ]
)


@dataclass(frozen=True)
class Batch:
    """Events in the order of the file, and the rows that could not be read.

    ``table`` has ``BATCH_SCHEMA``: ``at_us`` microseconds since epoch (UTC), ``properties`` a JSON object,
    ``row`` the 0-based number of the data row in the file. ``next_row`` is the ``start_row`` to resume from.
    """

    table: pa.Table
    rejected: list[Rejected]
    bytes_done: int
    bytes_total: int
    next_row: int
