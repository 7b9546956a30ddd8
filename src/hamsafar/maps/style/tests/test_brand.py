"""Colours of a workspace: readable on every ground, whatever was chosen; the drawing has those of the screen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hamsafar
from hamsafar.maps.formats.drawing.brand import PALETTE, Brand, contrast, mix, readable
from hamsafar.maps.formats.drawing.theme import THEMES

TOKENS = Path(hamsafar.__file__).parents[2] / "web/src/ui/tokens.ts"
CARDS = ("cardTeal", "cardBlue", "cardAmber", "cardViolet", "cardGreen", "cardRed", "cardGrey")
colors = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#0000ff", "#ffffff", 8.59),
        ("#abcdef", "#abcdef", 1.0),
    ],
)
def test_contrast_is_that_of_the_guidelines(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == pytest.approx(expected, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


def test_a_colour_is_mixed_by_its_share() -> None:
    assert mix("#ff0000", "#0000ff", 0.25) == "#4000bf"


def test_a_readable_colour_stays_as_it_was_chosen() -> None:
    assert readable("#0B5F5F", ("#ffffff", "#f8f6f3"), 4.5) == "#0b5f5f"
    assert Brand(accent="#0b5f5f").theme("light").accent == "#0b5f5f"


@given(accent=colors, palette=st.lists(colors | st.none(), min_size=PALETTE, max_size=PALETTE))
def test_whatever_is_chosen_is_readable_in_light_and_dark(accent: str, palette: list[str | None]) -> None:
    brand = Brand(accent=accent, palette=tuple(palette))
    for theme in (brand.theme("light"), brand.theme("dark")):
        grounds = (theme.ground, theme.surface, theme.sunk, theme.measured, theme.accent_soft, *theme.cards)
        for ink in (*theme.inks, theme.accent):
            for ground in grounds:
                assert contrast(ink, ground) >= 4.5, (ink, ground)
        assert contrast(theme.on_accent, theme.accent) >= 4.5
        for drawn in (*theme.series, *theme.stages):
            assert contrast(drawn, theme.surface) >= 3
        assert len(theme.series) == PALETTE


def test_stages_have_the_chosen_colours_in_turn_else_the_accent_else_what_they_had() -> None:
    two = Brand(palette=("#1a3f7a", None, "#7a1a3f", None, None, None)).theme("light")
    assert [two.stage(None, place) for place in range(3)] == ["#1a3f7a", "#7a1a3f", "#1a3f7a"]
    assert two.stage("#123456", 1) == "#123456"
    accent = Brand(accent="#7a1a3f").theme("light")
    assert [accent.stage(None, place) for place in range(2)] == ["#7a1a3f", "#7a1a3f"]
    assert Brand().theme("light") == THEMES["light"]
    assert THEMES["light"].stage(None, 4) == THEMES["light"].series[0]


def test_colours_of_the_drawing_are_those_of_the_screen() -> None:
    screen = TOKENS.read_text("utf-8")
    for scheme, theme in THEMES.items():
        block = screen.split(f"export const {scheme}: Tokens = {{")[1].split("\n}")[0]
        tokens = dict(re.findall(r"(\w+): '(#[0-9a-f]{6})'", block))
        pairs = {
            "ground": theme.ground, "surface": theme.surface, "sunk": theme.sunk, "text": theme.text,
            "textSoft": theme.soft, "textFaint": theme.faint, "accent": theme.accent, "accentSoft": theme.accent_soft,
            "onAccent": theme.on_accent, "measured": theme.measured,
            **{f"series{place}": color for place, color in enumerate(theme.series, 1)},
            **dict(zip(CARDS, theme.cards, strict=True)),
        }  # fmt: skip
        assert {name: tokens[name] for name in pairs} == pairs
