"""What crosses HTTP for files of cards."""

from __future__ import annotations

from ninja import Schema


class MapFileOut(Schema):
    """``width`` and ``height`` in pixels: of a picture that has a thumbnail."""

    id: str
    name: str
    media: str
    size: int
    width: int | None
    height: int | None
