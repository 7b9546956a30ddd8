"""What may be inside an uploaded file, and what is left of it. Free of the database."""

from __future__ import annotations

import io
import struct
import zlib
from xml.etree.ElementTree import fromstring

import pytest
from PIL import Image

from hamsafar.lib.errors import HamsafarError
from hamsafar.maps.files import drawings, kinds, pictures
from hamsafar.maps.files.errors import DrawingRefused, PictureTooLarge, PictureUnreadable


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 20), mode: str = "RGB", **save: object) -> bytes:
    written = io.BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else None).save(written, kind, **save)
    return written.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def bomb(side: int = 40_000) -> bytes:
    """A PNG of some hundred kilobytes that is gigabytes when it is decoded."""
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    lines = zlib.compress(bytes((side // 8 + 1) * side), 9)
    parts = _chunk(b"IHDR", head), _chunk(b"IDAT", lines), _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_is_written_anew_within_bounds(kind: str) -> None:
    made = pictures.reencode(picture(kind, (3000, 1500)), "x")
    assert (made.width, made.height) == (2400, 1200) == opened(made.data).size
    assert opened(made.thumbnail).size == (480, 240)
    assert opened(made.data).format == ("JPEG" if kind == "JPEG" else "PNG")


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_pixels_is_taken(mode: str) -> None:
    made = pictures.reencode(picture("PNG", mode=mode), "x")
    assert opened(made.data).mode == ("RGBA" if "A" in mode else "RGB")


def test_sixteen_bits_a_point_keep_their_brightness() -> None:
    written = io.BytesIO()
    Image.new("I;16", (4, 4), 32_896).save(written, "PNG")
    assert opened(pictures.reencode(written.getvalue(), "x").data).getpixel((0, 0)) == (128, 128, 128)


def test_a_print_colour_jpeg_is_taken() -> None:
    made = pictures.reencode(picture("JPEG", mode="CMYK"), "x")
    assert opened(made.data).mode == "RGB"


def test_what_the_camera_wrote_stays_behind_but_for_how_it_was_held() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "at home, 35.7 N 51.4 E"
    data = picture("JPEG", (40, 20), exif=exif.tobytes(), comment=b"secret")
    assert b"at home" in data
    made = pictures.reencode(data, "x")
    assert (made.width, made.height) == (20, 40)
    for left in (made.data, made.thumbnail):
        assert b"at home" not in left
        assert b"secret" not in left
        assert not opened(left).getexif()


def test_what_is_glued_to_a_picture_stays_behind() -> None:
    data = picture("GIF") + b"<script>alert(1)</script>PK\x03\x04"
    assert b"script" not in pictures.reencode(data, "x").data


def test_only_the_first_frame_is_kept() -> None:
    written = io.BytesIO()
    first, second = Image.new("RGB", (8, 8), "red"), Image.new("RGB", (8, 8), "blue")
    first.save(written, "GIF", save_all=True, append_images=[second])
    made = opened(pictures.reencode(written.getvalue(), "x").data)
    assert made.convert("RGB").getpixel((0, 0)) == (255, 0, 0)


def test_a_bomb_is_refused_before_it_is_decoded() -> None:
    for side in (8_000, 40_000):
        assert len(bomb(side)) < 300_000
        with pytest.raises(PictureTooLarge):
            pictures.reencode(bomb(side), "bomb.png")


@pytest.mark.parametrize(
    "data",
    [
        picture("JPEG", (900, 900))[:-200],
        picture("PNG")[:40],
        b"<html><script>alert(1)</script>",
        b"\x89PNG\r\n\x1a\n",
        picture("BMP"),
        picture("TIFF"),
    ],
    ids=["cut-off jpeg", "cut-off png", "a page", "a head alone", "bmp", "tiff"],
)
def test_what_is_no_whole_picture_is_refused(data: bytes) -> None:
    with pytest.raises(PictureUnreadable):
        pictures.reencode(data, "x.png")


HOSTILE_SVG = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
  xmlns:e="http://example.org" viewBox="0 0 10 10" onload="alert(1)">
  <script>alert(1)</script>
  <style>@import url(http://evil.example/x.css);</style>
  <foreignObject><div xmlns="http://www.w3.org/1999/xhtml" onclick="alert(1)">x</div></foreignObject>
  <image href="http://evil.example/a.png"/><use xlink:href="http://evil.example/a.svg#b"/>
  <a xlink:href="javascript:alert(1)"><text>click</text></a>
  <set attributeName="onclick" to="alert(1)"/><animate attributeName="href"/>
  <e:rect onclick="alert(1)"/>
  <linearGradient id="sky"><stop offset="0" stop-color="#09f"/></linearGradient>
  <rect id="good" width="4" height="4" fill="url(#sky)" onclick="alert(1)" style="fill:url(http://evil.example)"/>
  <rect id="far" width="4" height="4" fill="url(http://evil.example/x#y)" stroke="javascript:alert(1)"/>
  <text x="1" y="2" font-family="Vazirmatn">سفر &lt;script&gt;</text>
</svg>"""


def test_a_drawing_keeps_its_shapes_and_nothing_that_acts_or_calls() -> None:
    clean = drawings.sanitise(HOSTILE_SVG.encode(), "x.svg")
    root = fromstring(clean)
    names = [one.tag.rpartition("}")[2] for one in root.iter()]
    assert names == ["svg", "linearGradient", "stop", "rect", "rect", "text"]
    attributes = {(one.get("id"), key): value for one in root.iter() for key, value in one.attrib.items()}
    assert attributes[("good", "fill")] == "url(#sky)"
    assert ("far", "fill") not in attributes
    assert ("far", "stroke") not in attributes
    assert not [key for _, key in attributes if key.startswith("on") or key in ("style", "href")]
    for gone in (b"evil", b"javascript", b"alert", b"xlink", b"<script"):
        assert gone not in clean
    assert "سفر" in clean.decode()
    assert drawings.sanitise(clean, "x.svg") == clean


_ROOT = '<svg xmlns="http://www.w3.org/2000/svg">'


@pytest.mark.parametrize(
    "drawing",
    [
        f'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>{_ROOT}<text>&x;</text></svg>',
        f'<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>{_ROOT}<text>&b;</text></svg>',
        "<html><script>alert(1)</script></html>",
        "<svg><script/></svg>",
        f"{_ROOT}<g>",
        _ROOT + "<g>" * 5000 + "</g>" * 5000 + "</svg>",
        _ROOT + "<g/>" * 20_001 + "</svg>",
        _ROOT + " " * 1024**2 + "</svg>",
        "",
    ],
    ids=["external", "entities", "page", "no namespace", "cut off", "deep", "many", "heavy", "empty"],
)
def test_a_drawing_that_cannot_be_made_harmless_is_refused(drawing: str) -> None:
    with pytest.raises(DrawingRefused):
        drawings.sanitise(drawing.encode(), "x.svg")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../x/photo.png", "photo.png"),
        ("C:\\fakepath\\گزارش.pdf", "گزارش.pdf"),
        ("invoice\u202egnp.pdf", "invoicegnp.pdf"),
        ("\u2066می‌خواهم\u2069.pdf", "می‌خواهم.pdf"),
        ('a"b<c>:d|e?*.txt', "a_b_c__d_e__.txt"),
        ("..png", "file.png"),
        ("a\r\nSet-Cookie: x.txt", "aSet-Cookie_ x.txt"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("   .  .pdf", "file.pdf"),
    ],
)
def test_names_are_harmless(given: str, kept: str) -> None:
    assert kinds.harmless_name(given) == kept
    assert kinds.harmless_name(kept) == kept


@pytest.mark.parametrize(
    ("name", "data", "fine"),
    [
        ("a.pdf", b"%PDF-1.7 ...", True),
        ("a.pdf", b"<html>", False),
        ("a.docx", b"PK\x03\x04...", True),
        ("a.xlsx", b"\xd0\xcf\x11\xe0 old office", False),
        ("a.csv", "نام,شهر".encode(), True),
        ("a.txt", b"MZ\x00\x01", False),
        ("a.txt", "سلام".encode("utf-16"), True),
        ("a.exe", b"MZ", False),
        ("a.html", b"<html>", False),
        ("svg", b"<svg/>", False),
    ],
)
def test_documents_are_what_their_suffix_says(name: str, data: bytes, fine: bool) -> None:
    def check() -> None:
        kinds.check_document(name, kinds.suffix_of(name), data)

    if fine:
        check()
    else:
        with pytest.raises(HamsafarError) as told:
            check()
        assert told.value.code in ("file_kind_refused", "file_not_what_it_says")
