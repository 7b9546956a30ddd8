"""What crosses HTTP for notices and mail."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from ninja import Field, Schema


class NoticeOut(Schema):
    id: str
    kind: str
    sentence: str
    excerpt: str
    path: str
    workspace_id: str
    workspace: str
    created_at: datetime
    read: bool


class NoticePage(Schema):
    """``total`` counts the unread ones."""

    items: list[NoticeOut]
    next: str | None
    total: int


class UnreadOut(Schema):
    unread: int


class ReadIn(Schema):
    """Without ``ids``: all of them."""

    ids: Annotated[list[str], Field(max_length=200)] | None = None


class ChoiceOut(Schema):
    kind: str
    label: str
    in_app: bool
    by_mail: bool


class ChoicesOut(Schema):
    """``mail_available``: the server can send mail, and the person has an address that it reaches."""

    mail_available: bool
    email: str
    choices: list[ChoiceOut]


class ChoiceIn(Schema):
    kind: str
    in_app: bool
    by_mail: bool


class TroubleOut(Schema):
    id: str
    name: str
    status: str
    error: str
    at: datetime


class MailOut(Schema):
    available: bool
    sender: str
    counts: dict[str, int]
    troubles: list[TroubleOut]


class TestMailOut(Schema):
    email: str
