"""A workspace's own look: its logo, its colours made readable on our grounds, and how large maps are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from hamsafar.maps.formats.drawing.theme import THEMES, Theme

TextSize = Literal["small", "normal", "large"]
TEXT_SIZES: dict[TextSize, float] = {"small": 0.9, "normal": 1.0, "large": 1.2}
# Places of a palette: the six colours of the series, which cards, stages and personas are given by name.
PALETTE = 6
# WCAG 2.2: text on its ground (1.4.3), and drawings beside it (1.4.11).
TEXT_CONTRAST, DRAWING_CONTRAST = 4.5, 3.0
_WHITE, _BLACK = "#ffffff", "#000000"
# How much of a colour a ground may take at most; less where text would not be readable on it.
_TINT = {"light": 0.22, "dark": 0.34}
_SOFT = {"light": 0.13, "dark": 0.3}
# Lighter than this, black stands out from a ground more than white does.
_MIDDLE = 0.18
_GREY = "#8c857a"


@dataclass(frozen=True)
class Logo:
    """Width and height in pixels. ``lost_on``: where much of it is not seen (light, dark, both; empty: nowhere)."""

    data: bytes
    media: str
    width: int
    height: int
    lost_on: str = ""

    def plate(self, surface: str) -> str | None:
        """The ground it needs on ``surface``; None when it is seen as it is."""
        own = "light" if luminance(surface) > _MIDDLE else "dark"
        if self.lost_on not in (own, "both"):
            return None
        if self.lost_on == "both":
            return _GREY
        return THEMES["light"].text if own == "light" else _WHITE


@dataclass(frozen=True)
class Brand:
    """``accent`` and the places of ``palette`` are ``#rrggbb`` as they were chosen; None is the product's own."""

    accent: str | None = None
    palette: tuple[str | None, ...] = (None,) * PALETTE
    text: TextSize = "normal"
    logo: Logo | None = None

    @property
    def scale(self) -> float:
        """Of the letters of maps."""
        return TEXT_SIZES[self.text]

    def theme(self, scheme: Literal["light", "dark"]) -> Theme:
        """The product's colours with these in their places, each moved as far as it needs to be readable."""
        return self._themes[scheme]

    @cached_property
    def _themes(self) -> dict[str, Theme]:
        return {scheme: self._made(scheme, theme) for scheme, theme in THEMES.items()}

    def _made(self, scheme: str, plain: Theme) -> Theme:
        theme = plain
        if self.accent:
            grounds = (plain.ground, plain.surface, plain.sunk, plain.measured, *plain.cards)
            accent = readable(self.accent, grounds, TEXT_CONTRAST)
            theme = replace(
                plain,
                accent=accent,
                accent_soft=tint(self.accent, plain.surface, (*plain.inks, accent), _SOFT[scheme]),
                on_accent=max((_WHITE, plain.ground, plain.text), key=lambda ink: contrast(ink, accent)),
            )
        series, cards = list(theme.series), list(theme.cards)
        for place, color in enumerate(self.palette):
            if color:
                series[place] = readable(color, (plain.ground, plain.surface), DRAWING_CONTRAST)
                cards[place] = tint(color, plain.surface, (*plain.inks, theme.accent), _TINT[scheme])
        return replace(theme, series=tuple(series), cards=tuple(cards), stages=self._stages(theme, series))

    def _stages(self, theme: Theme, series: Sequence[str]) -> tuple[str, ...]:
        """Heads of stages have the chosen colours in turn, else the chosen accent."""
        chosen = tuple(series[place] for place, color in enumerate(self.palette) if color)
        return chosen or ((theme.accent,) if self.accent else ())


PLAIN_BRAND = Brand()


def luminance(color: str) -> float:
    """Relative luminance (WCAG), 0 to 1."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (WCAG), 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mix(color: str, into: str, share: float) -> str:
    """``into`` with ``share`` (0 to 1) of ``color``."""
    pairs = ((int(color[at : at + 2], 16), int(into[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(one * share + other * (1 - share)):02x}" for one, other in pairs)


def least_contrast(color: str, grounds: Sequence[str]) -> float:
    return min(contrast(color, ground) for ground in grounds)


def readable(color: str, grounds: Sequence[str], least: float) -> str:
    """The colour, darkened on light grounds and lightened on dark ones until it stands out from all of them.

    The grounds are all light or all dark, so that black or white always does.
    """
    towards = _BLACK if luminance(grounds[0]) > _MIDDLE else _WHITE
    for step in range(41):
        made = mix(towards, color.lower(), step / 40)
        if least_contrast(made, grounds) >= least:
            return made
    return towards


def tint(color: str, surface: str, inks: Sequence[str], most: float) -> str:
    """A ground with up to ``most`` of the colour in it, on which every ink is readable."""
    for step in range(20, 0, -1):
        made = mix(color.lower(), surface, most * step / 20)
        if least_contrast(made, inks) >= TEXT_CONTRAST:
            return made
    return surface
