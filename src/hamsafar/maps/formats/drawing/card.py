"""A card, measured: its rows of text, marks and small print, and the places where it may be cut between pages."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from hamsafar.maps.formats import rich
from hamsafar.maps.formats.drawing import text, theme
from hamsafar.maps.formats.drawing.look import Look
from hamsafar.maps.formats.drawing.text import Line
from hamsafar.maps.formats.words import Speech


@dataclass(frozen=True)
class Chip:
    """A mark with a word. ``tone``: ``truth`` is filled, ``warn`` and ``accent`` are tinted, ``tag`` is outlined."""

    label: Line
    tone: str

    @property
    def width(self) -> float:
        return self.label.width + (24 if self.tone == "truth" else 12)


@dataclass(frozen=True)
class Row:
    """One row of a card: a line of its text, chips, a line of small print, or a picture."""

    height: float
    line: Line | None = None
    small: Line | None = None
    chips: tuple[Chip, ...] = ()
    picture: tuple[bytes, str, float, float] | None = None


@dataclass(frozen=True)
class CardBox:
    """A card of ``width`` as it is drawn; ``part`` is 0 for a whole one or its first piece, then 1, 2, ..."""

    id: str
    width: float
    rows: tuple[Row, ...]
    color: str | None
    evidence: str | None
    link: str | None
    part: int = 0

    @property
    def height(self) -> float:
        return sum(row.height for row in self.rows) + 2 * theme.PAD

    def split(self, room: float) -> tuple[CardBox, CardBox] | None:
        """The piece that fits into ``room`` and the rest; None when not even a row fits, or all do."""
        taken, count = 2.0 * theme.PAD, 0
        while count < len(self.rows) and taken + self.rows[count].height <= room:
            taken += self.rows[count].height
            count += 1
        if count in (0, len(self.rows)):
            return None
        return replace(self, rows=self.rows[:count]), replace(
            self, rows=self.rows[count:], part=self.part + 1
        )


@dataclass(frozen=True)
class Context:
    """What cards are measured with: words, wishes, and the library by id."""

    speech: Speech
    look: Look
    touchpoints: dict[str, dict[str, Any]]
    channels: dict[str, dict[str, Any]]
    contents: dict[str, dict[str, Any]]

    @classmethod
    def of(cls, exchange: dict[str, Any], look: Look) -> Context:
        return cls(
            Speech(exchange["language"]),
            look,
            {one["id"]: one for one in exchange["touchpoints"]},
            {one["id"]: one for one in exchange["channels"]},
            {one["id"]: one for one in exchange["contents"]},
        )


def shown_text(card: dict[str, Any], context: Context) -> str:
    """The card's own words; a touchpoint without any is called by its name."""
    own = text.plain(card["text"])
    touchpoint = context.touchpoints.get(card.get("touchpoint", ""))
    return own or (text.clean(touchpoint["name"]) if touchpoint else "")


def measure(card: dict[str, Any], width: float, context: Context) -> CardBox:
    """The card in a column of ``width``."""
    rtl = context.speech.rtl
    room = width - 2 * theme.CARD_PAD
    words = " ".join(filter(None, [text.clean(card.get("emoji", "")).strip(), shown_text(card, context)]))
    rows = [
        Row(theme.TEXT_LEADING, line=line)
        for line in text.wrap(words or context.speech("no_text"), theme.TEXT_SIZE, room, rtl=rtl)
    ]
    rows += _pictures(card, room, context.look)
    rows += _chip_rows(_chips(card, room, context), room)
    facts = small_print(card, context)
    small = "\u00a0· ".join(text.unbroken(fact, theme.SMALL, room - 10) for fact in facts)
    if small:
        rows += [
            Row(theme.SMALL_LEADING, small=line)
            for line in text.wrap(small, theme.SMALL, room, rtl=rtl, ours=True)
        ]
    return CardBox(
        card["id"],
        width,
        tuple(rows),
        card.get("color"),
        card.get("evidence", {}).get("kind"),
        _address(card),
    )


def _address(card: dict[str, Any]) -> str | None:
    if card.get("link"):
        return str(card["link"])
    return next(iter(rich.addresses(card["text"])), None)


def marks(card: dict[str, Any], speech: Speech) -> list[tuple[str, str]]:
    """(word, tone) of everything a card is marked as."""
    found: list[tuple[str, str]] = []
    if card.get("at"):
        found.append((speech.digits(card["at"]), "accent"))
    for field, tone in (("moment_of_truth", "truth"), ("hidden_need", "accent"), ("complaint", "warn")):
        if card.get(field):
            found.append((speech(field), tone))
    if card.get("fit"):
        found.append((speech(f"fit.{card['fit']}"), "warn" if card["fit"] == "cannot" else "accent"))
    return found + [(f"#{text.clean(tag).strip()}", "tag") for tag in card.get("tags", [])]


def small_print(card: dict[str, Any], context: Context) -> list[str]:
    """What else a card says, in a few words each."""
    speech = context.speech
    found: list[str] = []
    touchpoint = context.touchpoints.get(card.get("touchpoint", ""))
    if touchpoint:
        name = text.clean(touchpoint["name"])
        if name != shown_text(card, context):
            found.append(f"{speech('touchpoint')}: {name}")
        channel = context.channels.get(touchpoint.get("channel", ""))
        if channel:
            found.append(text.clean(channel["name"]))
    content = context.contents.get(card.get("content", ""))
    if content:
        found.append(text.clean(content["name"]))
    if card.get("need") in ("optional", "any_of"):
        found.append(speech(f"need.{card['need']}"))
    if card.get("owner"):
        found.append(speech("owner_of", name=text.clean(card["owner"]["name"])))
    found += [
        speech(field, score=card[field]) for field in ("impact", "effort", "confidence") if card.get(field)
    ]
    if card.get("commitment"):
        found.append(speech("commitment", level=card["commitment"]))
    evidence = card.get("evidence", {})
    if evidence.get("n") is not None:
        found.append(f"{speech('evidence.' + evidence['kind'])}: {speech('observed_n', n=evidence['n'])}")
    if card.get("link"):
        found.append(text.clean(card["link"]))
    found += [
        text.clean(one["name"]) for one in card.get("files", []) if one["id"] not in context.look.pictures
    ]
    return found


def _chips(card: dict[str, Any], room: float, context: Context) -> list[Chip]:
    return [
        Chip(
            text.fitting(word, theme.SMALL, room - (24 if tone == "truth" else 12), rtl=context.speech.rtl),
            tone,
        )
        for word, tone in marks(card, context.speech)
    ]


def _chip_rows(chips: Iterable[Chip], room: float) -> list[Row]:
    rows: list[list[Chip]] = []
    taken = room
    for chip in chips:
        if taken + chip.width > room:
            rows.append([])
            taken = 0.0
        rows[-1].append(chip)
        taken += chip.width + theme.CHIP_GAP
    return [Row(theme.CHIP + theme.CHIP_GAP, chips=tuple(row)) for row in rows]


def _pictures(card: dict[str, Any], room: float, look: Look) -> list[Row]:
    found = []
    for file in card.get("files", []):
        data = look.pictures.get(file["id"])
        shape = data and picture_shape(data)
        if data and shape:
            media, wide, high = shape
            scale = min(room / wide, 120 / high)
            found.append(Row(high * scale + 6, picture=(data, media, wide * scale, high * scale)))
    return found


def picture_shape(data: bytes) -> tuple[str, int, int] | None:
    """(media type, width, height) of a PNG or JPEG; None for anything else."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
            media = {"PNG": "image/png", "JPEG": "image/jpeg"}[picture.format or ""]
            return (media, *picture.size) if min(picture.size) > 0 else None
    except (UnidentifiedImageError, OSError, KeyError, ValueError, Image.DecompressionBombError):
        return None
