"""What crosses HTTP for a workspace's style."""

from __future__ import annotations

from typing import Literal

from ninja import Schema

Scheme = Literal["light", "dark"]


class LogoOut(Schema):
    """``address`` is a data address. ``plates``: the ground it needs on light and on dark, if any."""

    id: str
    address: str
    width: int
    height: int
    plates: dict[Scheme, str | None]


class StyleHintOut(Schema):
    """A chosen colour that is shown otherwise, because it would not be readable; ``place``: accent, or 0 to 5."""

    place: str
    scheme: Scheme
    chosen: str
    shown: str
    contrast: float
    needed: float


class StyleOut(Schema):
    """``tokens``: colours of the screen that differ from the product's own, by name; ``stages``: of their heads."""

    logo: LogoOut | None
    accent: str
    palette: list[str]
    text: Literal["small", "normal", "large"]
    scale: float
    tokens: dict[Scheme, dict[str, str]]
    stages: dict[Scheme, list[str]]
    hints: list[StyleHintOut]
