"""Drawings of authors (SVG) as pictures of pixels, for files that hold nothing else. Free of Django."""

from __future__ import annotations

import io
from collections.abc import Mapping

from hamsafar.maps.formats.typesetting import typeset

SIDE = 480
_PROGRAM = b"""
#let job = json(bytes(sys.inputs.job))
#set page(width: job.side * 1pt, height: job.side * 1pt, margin: 0pt, fill: none)
#image(bytes(job.svg), format: "svg", width: 100%, height: 100%, fit: "contain")
"""


def as_pixels(pictures: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same pictures, each SVG as a PNG of ``SIDE`` pixels at most; one that cannot be drawn is left out."""
    found = {}
    for name, data in pictures.items():
        pixels = _drawn(data) if _is_drawing(data) else data
        if pixels is not None:
            found[name] = pixels
    return found


def _is_drawing(data: bytes) -> bool:
    return data.startswith(b"<?xml")  # as they are kept: written by ``files.drawings``


def _drawn(data: bytes) -> bytes | None:
    from PIL import Image

    try:
        whole = typeset(_PROGRAM, {"svg": data.decode(), "side": SIDE}, "png")
    except (RuntimeError, ValueError):  # what typst says of an SVG that has no size, or nothing in it
        return None
    with Image.open(io.BytesIO(whole)) as picture:
        box = picture.getbbox()
        if box is None:
            return None
        written = io.BytesIO()
        picture.crop(box).save(written, "PNG")
    return written.getvalue()
