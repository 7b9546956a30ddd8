"""Pictures from outside, decoded and written anew: what comes out holds pixels and nothing else. Free of Django.

Camera data, places, comments, colour profiles, later frames and whatever was glued to the end stay behind.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hamsafar.maps.files.errors import FilesBusy, PictureTooLarge, PictureUnreadable

if TYPE_CHECKING:
    from PIL.Image import Image

LONGEST_SIDE = 2400
THUMBNAIL_SIDE = 480
# Of a picture as it comes, before anything is decoded; about 200 MB of memory.
MOST_PIXELS = 50_000_000
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
_MEDIA = {"JPEG": ("jpg", "image/jpeg"), "PNG": ("png", "image/png")}
_AT_ONCE = threading.BoundedSemaphore(2)
_WAIT_SECONDS = 30


@dataclass(frozen=True)
class Picture:
    """``width`` and ``height`` in pixels, of ``data``; the thumbnail has the same shape and ``media``."""

    suffix: str
    media: str
    data: bytes
    thumbnail: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Small:
    """A picture that is kept in a row. ``width`` and ``height`` in pixels."""

    media: str
    data: bytes
    width: int
    height: int


def reencode(data: bytes, name: str) -> Picture:
    """The first frame, turned as its camera was held. Raises PictureTooLarge, PictureUnreadable and FilesBusy."""
    from PIL.Image import Resampling

    with _turn():
        whole, kind = _pixels(data, name, LONGEST_SIDE)
        whole.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Resampling.LANCZOS)
        small = whole.copy()
        small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Resampling.LANCZOS)
        suffix, media = _MEDIA[kind]
        return Picture(suffix, media, _written(whole, kind), _written(small, kind), *whole.size)


def reduced(data: bytes, name: str, sides: Sequence[int], most_bytes: int) -> Small:
    """As ``reencode``, no longer than the first of ``sides`` (falling) with which it weighs at most ``most_bytes``.

    With the last of them it is as it is. Raises the same.
    """
    from PIL.Image import Resampling

    with _turn():
        whole, kind = _pixels(data, name, sides[0])
        for side in sides:
            whole.thumbnail((side, side), Resampling.LANCZOS)
            written = _written(whole, kind)
            if len(written) <= most_bytes:
                break
        return Small(_MEDIA[kind][1], written, *whole.size)


@contextmanager
def _turn() -> Iterator[None]:
    """Not all memory at once. Raises FilesBusy."""
    if not _AT_ONCE.acquire(timeout=_WAIT_SECONDS):
        raise FilesBusy()
    try:
        yield
    finally:
        _AT_ONCE.release()


def _pixels(data: bytes, name: str, longest: int) -> tuple[Image, str]:
    """The picture without anything beside its pixels, about ``longest`` or longer, and the format to write it in."""
    # Loaded with the first picture: not every server sees one.
    from PIL import ImageOps
    from PIL.Image import DecompressionBombError, DecompressionBombWarning
    from PIL.Image import open as open_picture

    too_large = PictureTooLarge(name=name, limit=MOST_PIXELS // 10**6)
    try:
        with open_picture(io.BytesIO(data), formats=_FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise too_large
            # Photos stay photos; what may have sharp edges or holes is kept without loss.
            kind = "JPEG" if opened.format == "JPEG" else "PNG"
            # A JPEG can be decoded at a half or a quarter of its size right away.
            opened.draft(None, (longest, longest))
            return _plain(ImageOps.exif_transpose(opened)), kind
    except (PictureTooLarge, DecompressionBombError, DecompressionBombWarning):
        raise too_large from None
    except (
        Exception
    ) as error:  # decoders tell of damage in many ways: OSError, SyntaxError, struct.error, ...
        raise PictureUnreadable(name=name) from error


def _plain(picture: Image) -> Image:
    """Red, green, blue, and how much shows through if anything does; nothing of what else a picture carries."""
    from PIL.Image import new

    if picture.mode.startswith("I"):
        # Sixteen bits a point: the upper eight.
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    clear = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    mode = "RGBA" if clear else "RGB"
    pixels = picture.convert(mode)
    bare = new(mode, pixels.size)
    bare.paste(pixels)
    return bare


def as_png(picture: Image) -> bytes:
    return _written(picture, "PNG")


def _written(picture: Image, kind: str) -> bytes:
    to = io.BytesIO()
    if kind == "JPEG":
        picture.save(to, "JPEG", quality=86, optimize=True)
    else:
        picture.save(to, "PNG")
    return to.getvalue()
