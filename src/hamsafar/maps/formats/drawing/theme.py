"""Colours and measures of the drawing: those of the screen (``web/src/ui/tokens.ts``)."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Theme:
    ground: str
    surface: str
    sunk: str
    line: str
    line_strong: str
    text: str
    soft: str
    faint: str
    accent: str
    accent_soft: str
    on_accent: str
    warn: str
    warn_soft: str
    measured: str
    measured_line: str
    went_on: str
    still_open: str
    left: str
    # From -2 to +2.
    emotions: tuple[str, str, str, str, str]
    series: tuple[str, ...]
    # Grounds of cards: one for each of the series, and the grey one.
    cards: tuple[str, ...]
    # Of the heads of stages, in turn; without any they have the first of the series.
    stages: tuple[str, ...] = ()

    @property
    def inks(self) -> tuple[str, str, str]:
        """What text is written in."""
        return self.text, self.soft, self.faint

    def stage(self, given: str | None, place: int) -> str:
        """The colour of the head of the stage at ``place``: its own, else the next of ``stages``."""
        if given or not self.stages:
            return self.color(given, 0)
        return self.stages[place % len(self.stages)]

    def emotion(self, value: float) -> str:
        return self.emotions[max(-2, min(2, round_half_up(value))) + 2]

    def color(self, given: str | None, place: int = 0) -> str:
        """An author's colour as one that SVG knows; without one the next of the series."""
        if given and re.fullmatch(r"#[0-9a-fA-F]{6}", given):
            return given
        if given in ("grey", "gray"):
            return self.faint
        if given in _NAMED:
            return self.series[_NAMED[given]]
        return self.series[place % len(self.series)]


def round_half_up(value: float) -> int:
    """As the screen rounds."""
    return int(value + 0.5) if value >= 0 else -int(-value + 0.5)


# The names that the colours of cards and personas have on screen, by place in the series.
_NAMED = {
    "teal": 0, "blue": 1, "amber": 2, "yellow": 2, "orange": 5, "purple": 3, "violet": 3, "grape": 3, "green": 4,
    "lime": 4, "red": 5, "indigo": 1, "cyan": 0, "pink": 3,
}  # fmt: skip

_LIGHT = Theme(
    ground="#f8f6f3", surface="#ffffff", sunk="#f1eee9", line="#e5e0d8", line_strong="#c9c1b5", text="#221f1b",
    soft="#575148", faint="#6e675c", accent="#0b5f5f", accent_soft="#e2efed", on_accent="#ffffff",
    warn="#845300", warn_soft="#fbf0da",
    measured="#edf3f2", measured_line="#c8dad7", went_on="#1a7a77", still_open="#9ac4c0", left="#c8702c",
    emotions=("#b3520a", "#d98a3d", "#8c857a", "#5b93c7", "#1f5fa6"),
    series=("#1a7a77", "#3d6fb4", "#b67a1c", "#86518f", "#6a7c2c", "#b1542f"),
    cards=("#dcf0ee", "#e3edfa", "#fbefcd", "#f3e8f6", "#e9f1d8", "#fde8e1", "#ece8e2"),
)  # fmt: skip
_DARK = Theme(
    ground="#171512", surface="#1f1d19", sunk="#13110f", line="#353029", line_strong="#544d43", text="#efece7",
    soft="#c0b9ae", faint="#a39b8f", accent="#6cc4be", accent_soft="#173534", on_accent="#06282a",
    warn="#e3b55f", warn_soft="#362a13",
    measured="#1a2423", measured_line="#2f4644", went_on="#3f9f9a", still_open="#2c5b59", left="#d98a4c",
    emotions=("#ee9247", "#d8a877", "#a39b8f", "#86b1dc", "#5f9fe6"),
    series=("#4fb0aa", "#7fa8e0", "#d9a44a", "#bd8bc6", "#a5b761", "#df8a64"),
    cards=("#173634", "#1d2c43", "#3a2d11", "#36243c", "#283115", "#412318", "#302c27"),
)  # fmt: skip
THEMES = {"light": _LIGHT, "dark": _DARK}

MARGIN = 32
LANE_NAME = 150
STAGE = 184
STEP = 150
PAD = 7  # between a cell's edge and its cards
GAP = 6  # between cards
CARD_PAD = 9
TEXT_SIZE, TEXT_LEADING = 12.5, 20.0
SMALL, SMALL_LEADING = 10.5, 16.0
CHIP = 17  # the height of a chip
CHIP_GAP = 4
EMOTION = 128
LINE_BAND = 24
