"""What crosses HTTP for events and imports."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from ninja import Schema


class MappingBody(Schema):
    mapping: dict[str, Any]


class InspectIn(Schema):
    """How the user says the file is to be read; what is left out is recognised."""

    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None


class ImportIn(Schema):
    upload_id: str
    mapping: dict[str, Any]


class ColumnOut(Schema):
    name: str
    kind: str
    samples: list[str]
    role_guess: str


class QuestionOut(Schema):
    code: str
    column: str
    options: list[str]


class MappingOut(Schema):
    person: str
    event: str
    time: str
    event_constant: str | None
    properties: list[str]
    channel: str | None
    time_of_day: str | None = None
    time_format: str | None
    timezone: str
    numbers: list[str] | None = None
    encoding: str | None
    delimiter: str | None
    sheet: str | None


class InspectionOut(Schema):
    format: str
    compression: str | None
    encoding: str | None
    delimiter: str | None
    sheets: list[str]
    columns: list[ColumnOut]
    guess: MappingOut
    questions: list[QuestionOut]
    rows_estimate: int


class UploadOut(Schema):
    id: str
    filename: str
    size: int
    inspection: InspectionOut


class RowErrorOut(Schema):
    code: str
    column: str
    value_excerpt: str
    detail: str


class PreviewRowOut(Schema):
    line: int
    person: str
    event: str
    at: str
    channel: str | None
    properties: dict[str, Any]
    error: RowErrorOut | None


class PreviewOut(Schema):
    rows: list[PreviewRowOut]
    rejected_in_sample: int
    questions: list[QuestionOut]


class ReasonOut(Schema):
    code: str
    column: str
    count: int
    first_line: int
    detail: str


class ImportErrorOut(Schema):
    code: str
    detail: str


class ImportOut(Schema):
    id: str
    filename: str
    size: int
    status: Literal["queued", "running", "done", "failed", "cancelled", "undone"]
    job_id: str
    progress: float | None
    error: ImportErrorOut | None
    rows_read: int
    rows_added: int
    rows_duplicate: int
    rows_rejected: int
    reasons: list[ReasonOut]
    mapping: MappingOut
    created_at: datetime
    created_by: str | None


class ImportPage(Schema):
    items: list[ImportOut]
    next: str | None


class PropertyOut(Schema):
    name: str
    kind: Literal["number", "text", "boolean", "mixed"]
    events: int
    values: list[Any]
    sampled: bool


class PersonOut(Schema):
    person: str
    events: int
    first_at: datetime
    last_at: datetime


class PathEventOut(Schema):
    at: datetime
    name: str
    channel: str | None
    properties: dict[str, Any]


class PathPage(Schema):
    items: list[PathEventOut]
    next: str | None
