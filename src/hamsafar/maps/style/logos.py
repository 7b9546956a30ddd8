"""Logos from outside, made pixels and nothing else. Free of the database.

A drawing (SVG) is cleaned as those on cards are, and then drawn once, in a process of its own: what is kept and sent
is never the drawing.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hamsafar.maps import apart
from hamsafar.maps.errors import ExportTookTooLong
from hamsafar.maps.files import drawings, kinds, pictures
from hamsafar.maps.files.errors import DrawingRefused
from hamsafar.maps.formats.drawing.brand import contrast
from hamsafar.maps.formats.drawing.theme import THEMES
from hamsafar.maps.formats.typesetting import typeset
from hamsafar.maps.style.errors import LogoEmpty, LogoKindRefused, LogoTooLarge

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST = 5 * 1024**2
KNOWN = ("png", "jpg", "jpeg", "webp", "svg")
# It is kept in a row and sent with every map that is shared.
_SIDES = (1000, 700, 480, 320, 200)
_MOST_BYTES = 160_000
# Drawn in a square of so many pixels, which is then cut to what is seen.
_PROGRAM = b"""
#let job = json(bytes(sys.inputs.job))
#set page(width: 1000pt, height: 1000pt, margin: 0pt, fill: none)
#image(bytes(job.svg), format: "svg", width: 100%, height: 100%, fit: "contain")
"""
# A pixel is seen from this contrast on; more than this share of pixels that are not seen, and the logo is lost.
_SEEN, _LOST = 1.6, 0.15


@dataclass(frozen=True)
class Made:
    """A logo as it is kept; ``lost_on`` as in ``formats.drawing.brand.Logo``."""

    media: str
    data: bytes
    width: int
    height: int
    lost_on: str


def make(given_name: str, data: bytes) -> Made:
    """Raises the errors of ``style.errors`` and ``files.errors`` for what is no logo."""
    name = kinds.harmless_name(given_name)
    suffix = name.rpartition(".")[2].lower()
    if suffix not in KNOWN:
        raise LogoKindRefused(name=name, known=KNOWN)
    if len(data) > LARGEST:
        raise LogoTooLarge(limit_megabytes=LARGEST // 1024**2)
    if suffix == "svg":
        data = _drawn(drawings.sanitise(data, name), name)
    return _cut(pictures.reduced(data, name, _SIDES, _MOST_BYTES), name)


def _drawn(svg: bytes, name: str) -> bytes:
    try:
        return apart.run(draw, svg)
    except ExportTookTooLong:
        raise DrawingRefused(name=name) from None


def draw(svg: bytes) -> bytes:
    """A clean drawing as a PNG with nothing behind it."""
    return typeset(_PROGRAM, {"svg": svg.decode()}, "png")


def _cut(made: pictures.Small, name: str) -> Made:
    """Without the empty edges."""
    from PIL.Image import open as open_picture

    with open_picture(io.BytesIO(made.data)) as picture:
        if picture.mode != "RGBA":
            return Made(made.media, made.data, made.width, made.height, "")
        box = picture.getchannel("A").point(lambda alpha: 255 if alpha > 8 else 0).getbbox()
        if box is None:
            raise LogoEmpty(name=name)
        seen = picture.crop(box)
        return Made("image/png", pictures.as_png(seen), *seen.size, _lost_on(seen))


def _lost_on(picture: Image) -> str:
    small = picture.copy()
    small.thumbnail((64, 64))
    pixels = small.tobytes()
    drawn = [pixels[at : at + 3] for at in range(0, len(pixels), 4) if pixels[at + 3] > 128]
    counted: dict[bytes, int] = {}
    for pixel in drawn:
        counted[pixel] = counted.get(pixel, 0) + 1
    lost = [
        scheme
        for scheme, theme in THEMES.items()
        if sum(
            count for pixel, count in counted.items() if contrast(f"#{pixel.hex()}", theme.surface) < _SEEN
        )
        > _LOST * len(drawn)
    ]
    return "both" if len(lost) == 2 else "".join(lost)
