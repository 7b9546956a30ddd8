"""The drawing as SVG, PDF and PNG; ``drawing`` makes it.

typst gets the drawing as data and a program that never changes: nothing an author wrote is read as its markup.
"""

from __future__ import annotations

from typing import Any

from hamsafar.maps.document import Exchange
from hamsafar.maps.errors import DrawingTooLarge, MapTooLarge
from hamsafar.maps.formats.carried import carried
from hamsafar.maps.formats.drawing import sheets, svg
from hamsafar.maps.formats.drawing.look import Look
from hamsafar.maps.formats.drawing.sheets import Sheet
from hamsafar.maps.formats.typesetting import typeset

SCALE = 2
MOST_PIXELS = 64_000_000
MOST_CHARACTERS = 1_000_000
# The longest side that readers of PDF agree on, in points.
_LONGEST_SIDE = 14_400

_PROGRAM = b"""
#let job = json(bytes(sys.inputs.job))
#set document(title: job.title, date: none)
#set text(lang: job.language)
#set page(margin: 0pt)
#for sheet in job.sheets {
  page(width: sheet.width * 1pt, height: sheet.height * 1pt, {
    place(top + left, image(bytes(sheet.svg), format: "svg", width: 100%, height: 100%, alt: job.title))
    for one in sheet.links {
      place(top + left, dx: one.x * 1pt, dy: one.y * 1pt,
        link(one.address, box(width: one.width * 1pt, height: one.height * 1pt)))
    }
  })
}
"""


def left_out(exchange: Exchange) -> set[str]:
    return carried(exchange) & {
        "hidden_lanes", "touchpoint_details", "research", "other_maps", "measuring", "evidence_details",
        "emotion_intensity", "attachments", "formatting", "emoji_colors", "letters",
    }  # fmt: skip


def check_length(exchange: Exchange) -> None:
    """Raises MapTooLarge for a map with more text than is laid out: time and memory are bounded."""
    found = sum(len(card["text"]) for card in exchange["cards"])
    if found > MOST_CHARACTERS:
        raise MapTooLarge(found=found, limit=MOST_CHARACTERS)


def svg_file(exchange: Exchange, look: Look) -> bytes:
    """One sheet, with the letters it uses inside."""
    check_length(exchange)
    sheet = sheets.whole(exchange, look)
    return svg.write(sheet.canvas, embed_fonts=True, links=True, zoom=sheet.zoom).encode()


def png_file(exchange: Exchange, look: Look) -> bytes:
    """One sheet at twice its size. Raises DrawingTooLarge beyond ``MOST_PIXELS``."""
    check_length(exchange)
    return rasterise(sheets.whole(exchange, look), exchange["title"], exchange["language"])


def rasterise(sheet: Sheet, title: str, language: str) -> bytes:
    """A sheet as PNG, two pixels for a pixel of the drawing."""
    wide, high = (round(side * sheet.zoom * SCALE) for side in (sheet.canvas.width, sheet.canvas.height))
    if wide * high > MOST_PIXELS:
        raise DrawingTooLarge(width=wide, height=high, limit=MOST_PIXELS // 1_000_000)
    # The page is as many points as the picture has pixels, and a point is a pixel.
    page = Sheet(sheet.canvas, wide, high)
    return typeset(_PROGRAM, _job([page], title, language), "png")


def pdf_file(exchange: Exchange, look: Look) -> bytes:
    """One sheet as large as the map, or A4 or A3 pages."""
    check_length(exchange)
    made = [sheets.whole(exchange, look)] if look.paper == "one" else sheets.tiled(exchange, look, look.paper)
    return pdf_of(made, exchange["title"], exchange["language"])


def pdf_of(made: list[Sheet], title: str, language: str) -> bytes:
    """Sheets as the pages of a PDF."""
    return typeset(_PROGRAM, _job([_within_reach(sheet) for sheet in made], title, language), "pdf")


def _job(made: list[Sheet], title: str, language: str) -> dict[str, Any]:
    return {"title": title, "language": language, "sheets": [_sheet(sheet) for sheet in made]}


def _within_reach(sheet: Sheet) -> Sheet:
    shrunk = min(1.0, _LONGEST_SIDE / max(sheet.width, sheet.height))
    return Sheet(sheet.canvas, sheet.width * shrunk, sheet.height * shrunk)


def _sheet(sheet: Sheet) -> dict[str, Any]:
    scale = sheet.width / sheet.canvas.width
    links = [
        {
            "x": one.x * scale,
            "y": one.y * scale,
            "width": one.width * scale,
            "height": one.height * scale,
            "address": one.address,
        }
        for one in sheet.canvas.links
    ]
    return {
        "width": sheet.width,
        "height": sheet.height,
        "svg": svg.write(sheet.canvas),
        "links": links,
    }
