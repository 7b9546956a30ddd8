"""The infographic: the right size, the right cards, both languages."""

from __future__ import annotations

import io
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from hamsafar.maps import formats, templates
from hamsafar.maps.document import check
from hamsafar.maps.formats import infographic
from hamsafar.maps.formats.drawing.card import Context
from hamsafar.maps.formats.drawing.look import PLAIN, Look
from hamsafar.maps.tests.large import everything
from hamsafar.maps.tests.test_pictures import HOSTILE, one_card


def said(exchange: dict[str, Any], look: Look = PLAIN) -> str:
    shapes = infographic.draw(exchange, look).canvas.shapes
    return " ".join(shape.text for shape in shapes if hasattr(shape, "text"))


def test_a_post_has_1080_pixels_a_side_and_the_print_is_a4() -> None:
    exchange = everything("fa")
    post = formats.write(exchange, "infographic_png", Look(paper="square"))
    assert Image.open(io.BytesIO(post)).size == (1080, 1080)
    (page,) = pypdfium2.PdfDocument(formats.write(exchange, "infographic_pdf", Look(paper="a4")))
    assert (round(page.get_width()), round(page.get_height())) == (595, 842)


@pytest.mark.parametrize("language", ["fa", "en"])
def test_it_says_whose_journey_it_is_its_stages_and_its_key_moments(language: str) -> None:
    exchange = everything(language)
    told = said(exchange)
    for name in (*exchange["personas"], *exchange["stages"]):
        assert name["name"] in told
    reasons = [why for why, _ in infographic.key_cards(exchange, Context.of(exchange, PLAIN), 8)]
    assert reasons == ["moment_of_truth"] * 6 + ["lowest", "highest"]


def test_the_lowest_and_the_highest_point_choose_telling_cards() -> None:
    exchange = check(templates.exchange("online_shop", "en"))
    found = infographic.key_cards(exchange, Context.of(exchange, PLAIN), 3)
    felt = {point["stage"]: point["value"] for point in exchange["emotions"]}
    by_reason = {why: felt[one["stage"]] for why, one in found}
    assert (by_reason["lowest"], by_reason["highest"]) == (min(felt.values()), max(felt.values()))


@pytest.mark.parametrize("content", HOSTILE)
@pytest.mark.parametrize("paper", ["a4", "square"])
def test_hostile_text_stays_within(content: str, paper: Any) -> None:
    exchange = one_card(content, "fa", moment_of_truth=True)
    exchange["title"] = exchange["stages"][0]["name"] = (content.strip() or "x")[:200]
    look = Look(paper=paper)
    assert formats.write(exchange, "infographic_pdf", look).startswith(b"%PDF")
    sheet = infographic.draw(exchange, look)
    for shape in sheet.canvas.shapes:
        if hasattr(shape, "text"):
            assert shape.x >= 0
            assert shape.x + shape.width <= sheet.canvas.width
            assert shape.y <= sheet.canvas.height


def test_a_map_without_stages_has_one_too() -> None:
    exchange = check({"format": "hamsafar-map/1", "title": "T", "kind": "current_state", "language": "en"})
    for kind in formats.WRITTEN:
        assert formats.write(exchange, kind)
