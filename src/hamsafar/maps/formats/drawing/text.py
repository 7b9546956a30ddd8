"""The texts of a drawing: cleaned, cut into lines that fit, each line with its direction and its emoji apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from hamsafar.maps.formats import rich
from hamsafar.maps.formats.drawing import fonts

# Embeddings, overrides and isolates reach beyond their own text; what XML cannot hold; what nobody can see.
_UNDRAWABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff]"
)
_PICTURE = (
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf\u2934\u2935"
    "\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001f1e5\U0001f200-\U0001faff]"
)
_DRESSED = f"{_PICTURE}\ufe0f?[\U0001f3fb-\U0001f3ff]?"
EMOJI = re.compile(
    f"[0-9#*]\ufe0f?\u20e3|[\U0001f1e6-\U0001f1ff]{{2}}"
    f"|{_DRESSED}(?:\u200d{_DRESSED}){{0,8}}[\U000e0020-\U000e007f]{{0,16}}"
)
# Where a long word may be cut: after these, and anywhere between letters that stand alone.
_SOFT_BREAK = re.compile(r"(?<=[-/–—_?&=.,،؛])(?=[^\s\d])")
_ALONE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|[\U00020000-\U0003ffff]")
_SPACE = re.compile(r"[ \t]+")


@dataclass(frozen=True)
class Run:
    """A part of a line: text of one font, or one emoji. ``at`` is its distance from where the line begins."""

    text: str
    emoji: bool
    at: float
    width: float


@dataclass(frozen=True)
class Line:
    """One line: ``rtl`` is its paragraph's direction; runs in the order they are read."""

    text: str
    rtl: bool
    width: float
    runs: tuple[Run, ...]


def clean(text: str) -> str:
    """Without what cannot be drawn, or would turn what stands beside it."""
    return _UNDRAWABLE.sub("", unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n"))


def plain(text: str) -> str:
    """A card's text as it is read: cleaned, without the signs of its formatting."""
    return rich.plain(clean(text))


def is_rtl(text: str, otherwise: bool) -> bool:
    """Whether the first letter that has a direction reads from right to left."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return otherwise


def line(text: str, size: float, *, bold: bool = False, rtl: bool = False) -> Line:
    """A text on one line, however wide; ``rtl`` when no letter says."""
    one_line = " ".join(clean(text).split())
    return _line(one_line, size, bold, is_rtl(one_line, rtl))


def fitting(text: str, size: float, room: float, *, bold: bool = False, rtl: bool = False) -> Line:
    """A text on one line of at most ``room``, shortened with an ellipsis if need be."""
    whole = line(text, size, bold=bold, rtl=rtl)
    if whole.width <= room:
        return whole
    low, high = 0, len(whole.text)
    while low < high:
        middle = (low + high + 1) // 2
        tried = _line(whole.text[:middle].rstrip() + "…", size, bold, whole.rtl)
        low, high = (middle, high) if tried.width <= room else (low, middle - 1)
    return _line(whole.text[:low].rstrip() + "…", size, bold, whole.rtl)


def unbroken(fact: str, size: float, room: float) -> str:
    """A few words that stay together when lines are cut, if there is room for them at all."""
    kept = fact.replace(" ", "\u00a0")
    return kept if _advance(kept, size, False) <= room else fact


def wrap(
    text: str, size: float, room: float, *, bold: bool = False, rtl: bool = False, ours: bool = False
) -> list[Line]:
    """Lines of at most ``room``; empty lines between paragraphs are kept, one at most.

    ``rtl`` is the direction of ``ours``, words we put together; a paragraph of an author's has its own.
    """
    return list(_wrapped(text, size, room, bold, rtl, ours))


@lru_cache(maxsize=8_192)
def _wrapped(text: str, size: float, room: float, bold: bool, rtl: bool, ours: bool) -> tuple[Line, ...]:
    found: list[Line] = []
    for paragraph in re.sub(r"\n{3,}", "\n\n", clean(text).strip()).split("\n"):
        direction = rtl if ours else is_rtl(paragraph, rtl)
        found += [_line(one, size, bold, direction) for one in _cut(paragraph, size, room, bold)]
    return tuple(found)


def _cut(paragraph: str, size: float, room: float, bold: bool) -> Iterator[str]:
    now, taken = "", 0.0
    for piece in _unbreakable(paragraph):
        wide = _advance(piece, size, bold)
        if taken + wide <= room or (piece == " " and now):
            now, taken = now + piece, taken + wide
            continue
        if now.strip():
            yield now.strip()
        now, taken = "", 0.0
        if piece == " ":
            continue
        if wide <= room:
            now, taken = piece, wide
            continue
        *full, now = _chopped(piece, size, room, bold)
        yield from full
        taken = _advance(now, size, bold)
    yield now.strip()


def _unbreakable(paragraph: str) -> Iterator[str]:
    """Words, spaces, emoji and letters that stand alone."""
    place = 0
    for found in EMOJI.finditer(paragraph):
        yield from _words(paragraph[place : found.start()])
        yield found[0]
        place = found.end()
    yield from _words(paragraph[place:])


def _words(text: str) -> Iterator[str]:
    for index, word in enumerate(_SPACE.split(text)):
        if index:
            yield " "
        if not word:
            continue
        for part in _SOFT_BREAK.split(word) if len(word) > 12 else [word]:
            if _ALONE.search(part):
                yield from part
            else:
                yield part


def _chopped(word: str, size: float, room: float, bold: bool) -> list[str]:
    """A word that is wider than a line, in pieces; a letter keeps its marks."""
    pieces, now = [], ""
    for letter in word:
        if now and not unicodedata.combining(letter) and _advance(now + letter, size, bold) > room:
            pieces.append(now)
            now = ""
        now += letter
    return [*pieces, now]


def _advance(text: str, size: float, bold: bool) -> float:
    return sum(wide for _, _, wide in _split(text, size, bold))


def _split(text: str, size: float, bold: bool) -> list[tuple[str, bool, float]]:
    """(text, whether an emoji, width) in order."""
    parts: list[tuple[str, bool, float]] = []
    place = 0
    for found in EMOJI.finditer(text):
        if len(found[0]) == 1 and not fonts.drawn_by_emoji(found[0]):
            continue
        if before := text[place : found.start()]:
            parts.append((before, False, fonts.width(before, size, bold)))
        parts.append((found[0], True, fonts.emoji_width(found[0], size)))
        place = found.end()
    if rest := text[place:]:
        parts.append((rest, False, fonts.width(rest, size, bold)))
    return parts


def _line(text: str, size: float, bold: bool, rtl: bool) -> Line:
    parts = _split(text, size, bold)
    # A line of emoji and letters of the other direction is read in that direction.
    reads_rtl = rtl
    if len(parts) > 1:
        spoken = {is_rtl(part, rtl) for part, emoji, _ in parts if not emoji and part.strip()}
        if len(spoken) == 1:
            (reads_rtl,) = spoken
    total = sum(wide for _, _, wide in parts)
    ordered = parts if reads_rtl == rtl else parts[::-1]
    runs, at = [], 0.0
    for part, emoji, wide in ordered:
        runs.append(Run(part, emoji, at, wide))
        at += wide
    return Line(text, rtl, total, tuple(runs))
