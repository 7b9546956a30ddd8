"""What crosses HTTP for saved views."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Field, Schema


class ViewIn(Schema):
    """``request``: what is asked, as at ``POST W/paths/<question>``; ``address``: the page's own, for the screen."""

    name: str
    question: str
    request: dict[str, Any] = Field(default_factory=dict)
    address: str = ""
    shared: bool = False


class ViewChange(Schema):
    name: str | None = None
    request: dict[str, Any] | None = None
    address: str | None = None
    shared: bool | None = None


class ViewOut(Schema):
    id: str
    name: str
    question: str
    request: dict[str, Any]
    address: str
    shared: bool
    mine: bool
    owner_name: str | None
    updated_at: datetime


class ViewPage(Schema):
    items: list[ViewOut]
    next: str | None
    total: int
