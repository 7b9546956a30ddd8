"""The style in every export: the logo in the head, the colours, and the size of letters."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import pytest
from pptx import Presentation

from hamsafar.maps.files.tests.test_hostile import picture
from hamsafar.maps.formats import look_for, write
from hamsafar.maps.formats.drawing.brand import Brand, Logo
from hamsafar.maps.formats.drawing.plan import widths
from hamsafar.maps.formats.readable import as_pdf
from hamsafar.maps.tests.large import everything

LOGO = Logo(picture(size=(300, 100)), "image/png", 300, 100, "dark")
WINE = "#7a1a3f"


def written(form: str, brand: Brand, exchange: Any = None, **wishes: Any) -> bytes:
    look = replace(look_for(form, **wishes), brand=brand)
    return write(exchange or everything("fa", 12, 3, 3), form, look)


def sizes(svg: str) -> tuple[float, float, float]:
    """(shown width, width within, what a pixel within is on screen)"""
    found = re.search(r'width="([\d.]+)" height="[\d.]+" viewBox="0 0 ([\d.]+) ', svg)
    assert found
    shown, within = float(found[1]), float(found[2])
    return shown, within, shown / within


@pytest.mark.parametrize("form", ["svg", "infographic_svg"])
def test_a_drawing_has_the_logo_and_the_accent_in_both_schemes(form: str) -> None:
    plain = written(form, Brand()).decode()
    assert "<image" not in plain
    for scheme in ("light", "dark"):
        brand = Brand(accent=WINE, logo=LOGO)
        drawn = written(form, brand, scheme=scheme).decode()
        assert drawn.count("<image") == 1
        assert f'"{brand.theme(scheme).accent}"' in drawn  # type: ignore[arg-type]  # one of both schemes
        # On dark it would be lost, so it stands on white there.
        assert ('rx="6" fill="#ffffff"/><image' in drawn) == (scheme == "dark")


def test_larger_letters_leave_stages_as_wide_and_the_page_has_fewer_of_them() -> None:
    exchange = everything("en", 12, 3, 3)
    look = look_for("svg")
    large = replace(look, brand=Brand(text="large"))
    assert sum(widths(exchange, exchange["stages"], large)) == pytest.approx(
        sum(widths(exchange, exchange["stages"], look)) / 1.2
    )
    _, _, letters = sizes(written("svg", Brand(text="large"), exchange).decode())
    assert letters == pytest.approx(1.2, abs=0.01)
    assert sizes(written("svg", Brand(text="small"), exchange).decode())[2] == pytest.approx(0.9, abs=0.01)


def test_a_picture_is_as_large_as_its_letters() -> None:
    from PIL import Image

    for text, side in (("normal", 1080), ("large", 1080), ("small", 1080)):
        data = written("infographic_png", Brand(text=text), paper="square")  # type: ignore[arg-type]  # one of the sizes
        assert Image.open(io.BytesIO(data)).size == (side, side)


def test_pages_and_slides_have_the_logo() -> None:
    pages = written("pdf", Brand(logo=LOGO), everything("fa", 40, 8, 6), paper="a4")
    assert pages.count(b"/Subtype/Image") + pages.count(b"/Subtype /Image") > 0
    deck = Presentation(
        io.BytesIO(written("pptx", Brand(accent=WINE, logo=LOGO), everything("fa", 40, 8, 6)))
    )
    for slide in deck.slides:
        assert [shape.shape_type for shape in slide.shapes].count(13) == 1  # a picture
    assert not any(
        shape.shape_type == 13
        for slide in Presentation(io.BytesIO(written("pptx", Brand()))).slides
        for shape in slide.shapes
    )


def test_the_readable_document_has_it_too() -> None:
    page = written("document_html", Brand(accent=WINE, text="large", logo=LOGO)).decode()
    assert "<img class=logo" in page
    assert f"--accent:{WINE}" in page
    assert "font-size:19.2px" in page
    styled = as_pdf.style(
        replace(look_for("document_pdf"), brand=Brand(accent=WINE, text="small", logo=LOGO))
    )
    assert (styled["accent"], styled["scale"], styled["plate"]) == (WINE, 0.9, None)
    assert written("document_pdf", Brand(logo=LOGO)).startswith(b"%PDF")
