"""What crosses HTTP for comments."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Field, Schema

Part = Literal["map", "stage", "lane", "cell", "card"]
RequestId = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[\w.-]+$")]


class WriterOut(Schema):
    id: str
    name: str


class CommentOut(Schema):
    id: str
    author: WriterOut | None
    text: str
    people: list[WriterOut]
    created_at: datetime
    edited_at: datetime | None
    deleted: bool


class ThreadOut(Schema):
    id: str
    part: Part
    target: str
    details: dict[str, Any]
    gone: bool
    comments: list[CommentOut]
    created_at: datetime
    updated_at: datetime
    resolved_at: datetime | None
    resolved_by: WriterOut | None
    unread: bool


class ThreadPage(Schema):
    items: list[ThreadOut]
    next: str | None
    total: int


class PartCountOut(Schema):
    part: Part
    target: str
    open: int
    unread: int


class CountsOut(Schema):
    open: int
    unread: int
    parts: list[PartCountOut]


class ThreadIn(Schema):
    part: Part
    target: Annotated[str, Field(max_length=130)] = ""
    text: str
    request_id: RequestId | None = None


class ReplyIn(Schema):
    text: str
    request_id: RequestId | None = None


class TextIn(Schema):
    text: str
