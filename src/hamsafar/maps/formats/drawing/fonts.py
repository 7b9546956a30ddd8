"""The fonts of the exports: how wide a text is, which letters they have, and subsets of them to embed.

Widths are those of the joined forms of Arabic letters, read from the font's own tables: a Persian word is far
narrower or wider than its letters one by one.
"""

from __future__ import annotations

import io
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "fonts"
TEXT, EMOJI = "Vazirmatn", "Noto Emoji"
_REGULAR, _BOLD, _EMOJI = "Vazirmatn-Regular.ttf", "Vazirmatn-Bold.ttf", "NotoEmoji-Regular.ttf"
FILES = {(TEXT, False): _REGULAR, (TEXT, True): _BOLD, (EMOJI, False): _EMOJI}

# Arabic letters that join to what stands before them only; all others join both ways.
_RIGHT_JOINING = frozenset("آأؤإاةدذرزوژٱۀۃۆۇۈۉۊۋۏ")
_NOT_JOINING = frozenset("ء\u200c")
_ZWJ = "\u200d"
_LAM, _ALEFS = "ل", frozenset("اآأإ")


@dataclass(frozen=True)
class _Metrics:
    """Advances in font units: ``plain`` by character, ``joined`` by (character, form).

    ``lam_alef`` is how much narrower the pair is as one glyph, by the form of the lam.
    """

    units: int
    plain: dict[str, int]
    joined: dict[tuple[str, str], int]
    lam_alef: dict[str, int]


@cache
def _metrics(family: str, bold: bool) -> _Metrics:
    from fontTools.ttLib import TTFont

    opened: Any = TTFont(FOLDER / FILES[family, bold], lazy=True)
    with opened as font:
        cmap, advances = font.getBestCmap(), font["hmtx"].metrics
        plain = {chr(code): advances[glyph][0] for code, glyph in cmap.items()}
        joined: dict[tuple[str, str], int] = {}
        if family == TEXT:
            for form in ("init", "medi", "fina"):
                swapped = _substitutions(font["GSUB"].table, form)
                for code, glyph in cmap.items():
                    if glyph in swapped:
                        joined[chr(code), form] = advances[swapped[glyph]][0]
        alef = joined.get(("ا", "fina"), 0)
        lam_alef = {
            form: joined[_LAM, form] + alef - plain[ligature]
            for form, ligature in (("init", "\ufefb"), ("medi", "\ufefc"))
            if ligature in plain
        }
        return _Metrics(font["head"].unitsPerEm, plain, joined, lam_alef)


def _substitutions(table: Any, feature: str) -> dict[str, str]:
    """Glyph by glyph, what a feature of one-to-one substitutions makes of it."""
    found: dict[str, str] = {}
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == feature:
            for index in record.Feature.LookupListIndex:
                for sub in table.LookupList.Lookup[index].SubTable:
                    found.update(getattr(sub, "ExtSubTable", sub).mapping)
    return found


def has(character: str) -> bool:
    """Whether one of the fonts can draw it; marks of direction and joining are not drawn at all."""
    return (
        unicodedata.category(character) in ("Cf", "Cc", "Zs", "Mn")
        or character in _metrics(TEXT, False).plain
        or character in _metrics(EMOJI, False).plain
    )


def drawn_by_emoji(character: str) -> bool:
    """Whether only the emoji font has it."""
    return character not in _metrics(TEXT, False).plain and character in _metrics(EMOJI, False).plain


@lru_cache(maxsize=65_536)
def _word_units(word: str, bold: bool) -> float:
    metrics = _metrics(TEXT, bold)
    missing = metrics.units * 0.6
    total = 0.0
    letters = [c for c in word if not unicodedata.combining(c)]
    for place, letter in enumerate(letters):
        if not _joins(letter):
            total += metrics.plain.get(letter, 0 if unicodedata.category(letter) == "Cf" else missing)
            continue
        before = place > 0 and _joins_on(letters[place - 1])
        after = place + 1 < len(letters) and letter not in _RIGHT_JOINING and _joins(letters[place + 1], _ZWJ)
        form = {(True, True): "medi", (True, False): "fina", (False, True): "init"}.get((before, after))
        plain = metrics.plain.get(letter, missing)
        total += metrics.joined.get((letter, form), plain) if form else plain
        if letter == _LAM and form and letters[place + 1 : place + 2] and letters[place + 1] in _ALEFS:
            total -= metrics.lam_alef.get(form, 0)
    return total / metrics.units


def _joins(letter: str, also: str = "") -> bool:
    return letter == also or (
        ("\u0620" <= letter <= "\u06d3" and letter not in _NOT_JOINING and letter.isalpha()) or letter == "ـ"
    )


def _joins_on(letter: str) -> bool:
    """Whether it reaches for the letter after it."""
    return letter == _ZWJ or (_joins(letter) and letter not in _RIGHT_JOINING)


def width(text: str, size: float, bold: bool = False) -> float:
    """How wide a text without emoji is drawn, in the units of ``size``."""
    return size * sum(_word_units(word, bold) for word in _pieces(text))


def _pieces(text: str) -> list[str]:
    """Words and the spaces between them; words repeat, and are measured once."""
    if " " not in text:
        return [text]
    words = text.split(" ")
    return [piece for word in words for piece in (word, " ")][:-1]


@lru_cache(maxsize=4_096)
def emoji_width(emoji: str, size: float) -> float:
    """One emoji, however many characters it is made of, is one picture wide."""
    metrics = _metrics(EMOJI, False)
    return size * metrics.plain.get(emoji[0], metrics.units) / metrics.units


def subset(family: str, bold: bool, characters: set[str]) -> bytes:
    """The font with these characters only, as WOFF."""
    import fontTools.subset
    from fontTools.ttLib import TTFont

    subsetting: Any = fontTools.subset

    options = subsetting.Options(
        layout_features=["*"]
        if family == EMOJI
        else ["init", "medi", "fina", "rlig", "liga", "calt", "ccmp", "mark"],
        name_IDs=[1, 2, 13, 14],
        notdef_outline=True,
        hinting=False,
        desubroutinize=True,
    )
    with TTFont(FOLDER / FILES[family, bold], lazy=True, recalcTimestamp=False) as font:
        maker = subsetting.Subsetter(options)
        maker.populate(unicodes=[ord(one) for one in characters])
        maker.subset(font)
        font.flavor = "woff"
        written = io.BytesIO()
        font.save(written)
        return written.getvalue()
