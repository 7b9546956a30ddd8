"""What crosses HTTP for public links."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Schema

from hamsafar.maps.style.schemas import StyleOut


class ShareOut(Schema):
    """``lanes`` null: all that are not hidden. The page of the link is ``/shared/{token}``."""

    id: str
    token: str
    name: str
    has_password: bool
    expires_at: datetime | None
    expired: bool
    lanes: list[str] | None
    measured: bool
    embeddable: bool
    created_at: datetime
    created_by: str | None


class SharePasswordIn(Schema):
    password: str = ""


class SharedMapOut(Schema):
    """The map in the exchange format; ``measured``: whether its numbers may be asked for too."""

    document: dict[str, Any]
    measured: bool
    style: StyleOut
