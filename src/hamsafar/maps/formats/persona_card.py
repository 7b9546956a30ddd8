"""A persona as a card for printing and posts: PDF, PNG and SVG of one drawing, in the language of whoever asks."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from hamsafar.maps.formats import pictures
from hamsafar.maps.formats.drawing import around, svg, text
from hamsafar.maps.formats.drawing.brand import Brand
from hamsafar.maps.formats.drawing.shapes import Canvas
from hamsafar.maps.formats.drawing.sheets import Sheet
from hamsafar.maps.formats.readable.content import PROFILE_LISTS
from hamsafar.maps.formats.words import Speech

# Format -> media type.
WRITTEN = {"pdf": "application/pdf", "png": "image/png", "svg": "image/svg+xml"}
_WIDE, _MARGIN, _GAP, _FACE = 800.0, 40.0, 32.0, 128.0
_LOGO = (150.0, 40.0)
_FACTS = ("archetype", "age_range", "job_title", "location")
# Of one list, and of the traits: a card is a choice, the sheet has them all.
_MOST_LINES, _MOST_TRAITS = 6, 8


def write(
    name: str, profile: Mapping[str, Any], language: str, face: bytes | None, brand: Brand, written: str
) -> bytes:
    """The card in a format of ``WRITTEN``. ``profile`` as in ``personas.PROFILE``; ``face`` is a PNG or JPEG."""
    sheet = draw(name, profile, language, face, brand)
    if written == "pdf":
        return pictures.pdf_of([sheet], name, language)
    if written == "png":
        return pictures.rasterise(sheet, name, language)
    return svg.write(sheet.canvas, embed_fonts=True, zoom=sheet.zoom).encode()


def draw(name: str, profile: Mapping[str, Any], language: str, face: bytes | None, brand: Brand) -> Sheet:
    zoom = brand.scale
    canvas = Canvas(round(_WIDE / zoom), 0, language == "fa", "#ffffff", text.clean(name), language)
    _Card(canvas, Speech(language), brand).paint(name, profile, face)
    return Sheet(canvas, canvas.width * 0.75 * zoom, canvas.height * 0.75 * zoom, zoom)


class _Card:
    def __init__(self, canvas: Canvas, say: Speech, brand: Brand) -> None:
        self.canvas, self.say, self.brand = canvas, say, brand
        self.colors = brand.theme("light")

    def paint(self, name: str, profile: Mapping[str, Any], face: bytes | None) -> None:
        c, colors = self.canvas, self.colors
        c.rect(0, 0, c.width, 8, fill=colors.accent)
        self._face(name, face)
        beside = _MARGIN + _FACE + 28
        room = c.width - beside - _MARGIN
        y = self._write(name, beside, _MARGIN - 4, 28, room - self._logo(), colors.text, bold=True)
        facts = " · ".join(text.clean(profile[field]) for field in _FACTS if profile.get(field))
        y = self._write(facts, beside, y, 15, room, colors.soft)
        y = self._write(profile.get("quote", ""), beside, y + 8, 17, room, colors.accent)
        y = max(y, _MARGIN + _FACE) + 20
        if profile.get("description"):
            y = self._write(profile["description"], _MARGIN, y, 15, c.width - 2 * _MARGIN, colors.text) + 12
        c.height = round(self._columns(profile, y) + _MARGIN)

    def _write(
        self, words: str, x: float, y: float, size: float, room: float, fill: str, *, bold: bool = False
    ) -> float:
        """Returns where the lines end."""
        if not words.strip():
            return y
        for line in text.wrap(text.plain(words), size, room, bold=bold, rtl=self.say.rtl):
            self.canvas.text(line, x, y + size * 1.2, size, fill, bold=bold)
            y += size * 1.6
        return y

    def _face(self, name: str, face: bytes | None) -> None:
        c, colors = self.canvas, self.colors
        middle = _MARGIN + _FACE / 2
        c.circle(middle, middle, _FACE / 2, fill=colors.accent_soft)
        if face:
            c.picture(_MARGIN, _MARGIN, _FACE, _FACE, _round(face), "image/png")
            return
        line = text.line(text.clean(name).strip()[:1], 52, bold=True, rtl=self.say.rtl)
        c.text(line, middle, middle + 18, 52, colors.accent, bold=True, anchor="middle")

    def _logo(self) -> float:
        """At the end of the head; returns the room it takes."""
        logo = self.brand.logo
        if logo is None:
            return 0.0
        wide, high = around.logo_size(logo, _LOGO)
        x, y = self.canvas.width - _MARGIN - wide, _MARGIN - 6
        plate, inset = logo.plate(self.canvas.background), 6.0
        if plate:
            self.canvas.rect(x - inset, y - inset, wide + 2 * inset, high + 2 * inset, fill=plate, radius=6)
        self.canvas.picture(x, y, wide, high, logo.data, logo.media)
        return wide + 20

    def _columns(self, profile: Mapping[str, Any], top: float) -> float:
        """Lists and traits, each in the column that ends higher; returns where the longer one ends."""
        c, colors = self.canvas, self.colors
        wide = (c.width - 2 * _MARGIN - _GAP) / 2
        ends = [top, top]
        for field in PROFILE_LISTS:
            said = [one for one in profile.get(field, []) if one.strip()][:_MOST_LINES]
            if not said:
                continue
            side = ends.index(min(ends))
            x = _MARGIN + side * (wide + _GAP)
            y = self._write(
                self.say(f"persona_field.{field}"), x, ends[side], 14, wide, colors.accent, bold=True
            )
            for one in said:
                c.circle(x + 4, y + 12, 2.2, fill=colors.soft)
                y = self._write(one, x + 14, y, 14, wide - 14, colors.text)
            ends[side] = y + 14
        for trait in profile.get("traits", [])[:_MOST_TRAITS]:
            side = ends.index(min(ends))
            x, y = _MARGIN + side * (wide + _GAP), ends[side]
            line = text.fitting(trait["name"], 14, wide - 110, rtl=self.say.rtl)
            c.text(line, x, y + 17, 14, colors.text)
            for point in range(1, 6):
                fill = colors.accent if point <= trait["value"] else None
                c.circle(x + wide - 100 + point * 18, y + 12, 5.5, fill=fill, stroke=colors.accent)
            ends[side] = y + 26
        return max(ends)


def _round(face: bytes) -> bytes:
    """The middle of a picture as a disc."""
    from PIL import Image, ImageDraw, ImageOps

    side = 384
    with Image.open(io.BytesIO(face), formats=("PNG", "JPEG")) as picture:
        square = ImageOps.fit(picture.convert("RGBA"), (side, side))
    mask = Image.new("L", (side * 2, side * 2))
    ImageDraw.Draw(mask).ellipse((0, 0, side * 2 - 1, side * 2 - 1), fill=255)
    disc = Image.new("RGBA", (side, side))
    disc.paste(square, mask=mask.resize((side, side)))
    written = io.BytesIO()
    disc.save(written, "PNG")
    return written.getvalue()
