"""The presentation, opened again: every card an editable shape, Persian from right to left."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from hamsafar.maps import formats
from hamsafar.maps.formats.drawing import text
from hamsafar.maps.tests.large import everything
from hamsafar.maps.tests.test_pictures import HOSTILE, one_card


def opened(exchange: dict[str, Any]) -> Any:
    return Presentation(io.BytesIO(formats.write(exchange, "pptx")))


def words(slide: Any) -> str:
    return " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def squeezed(content: str) -> str:
    return "".join(content.split())


@pytest.mark.parametrize("language", ["fa", "en"])
def test_every_card_is_a_shape_with_its_text(language: str) -> None:
    exchange = everything(language)
    slide = opened(exchange).slides[0]
    cards = [squeezed(s.text_frame.text) for s in slide.shapes if s.shape_type == MSO_SHAPE_TYPE.AUTO_SHAPE]
    for card in exchange["cards"]:
        assert any(squeezed(text.plain(card["text"])) in one for one in cards)
    for stage in exchange["stages"]:
        assert stage["name"] in words(slide)


def test_persian_paragraphs_read_from_the_right_and_say_their_language() -> None:
    slide = opened(one_card("می‌خرد", "fa")).slides[0]
    shape = next(s for s in slide.shapes if s.has_text_frame and "می‌خرد" in s.text_frame.text)
    paragraph = shape.text_frame.paragraphs[0]
    assert (paragraph._p.pPr.get("rtl"), paragraph._p.pPr.get("algn")) == ("1", "r")
    assert paragraph.runs[0]._r.rPr.get("lang") == "fa-IR"


def test_the_first_stage_is_at_the_right_in_persian() -> None:
    def places(language: str) -> list[int]:
        exchange = everything(language)
        slide = opened(exchange).slides[0]
        found = []
        for stage in (exchange["stages"][0], exchange["stages"][-1]):
            found.append(
                next(s.left for s in slide.shapes if s.has_text_frame and stage["name"] in s.text_frame.text)
            )
        return found

    assert places("fa")[0] > places("fa")[1]
    assert places("en")[0] < places("en")[1]


def test_curves_are_freeforms_and_arrows_are_tied_to_their_cards() -> None:
    slide = opened(everything("en")).slides[0]
    kinds = [shape.shape_type for shape in slide.shapes]
    assert kinds.count(MSO_SHAPE_TYPE.FREEFORM) == 2
    tied = [
        s for s in slide.shapes if s.shape_type == MSO_SHAPE_TYPE.LINE and s._element.findall(".//{*}stCxn")
    ]
    assert len(tied) == 1


def test_a_large_map_is_told_stage_by_stage_as_well() -> None:
    exchange = everything("en", cards=300, stages=12, lanes=20)
    slides = list(opened(exchange).slides)
    assert len(slides) > 12
    told = squeezed(" ".join(words(slide) for slide in slides[1:]))
    for card in exchange["cards"]:
        assert squeezed(card["text"]) in told
    assert len(list(opened(everything("en", cards=6, stages=3, lanes=2)).slides)) == 1


def test_links_are_live() -> None:
    slide = opened(one_card("Buys", link="https://example.org/a?b=1&c=2")).slides[0]
    links = [
        shape.click_action.hyperlink.address
        for shape in slide.shapes
        if shape.shape_type == MSO_SHAPE_TYPE.AUTO_SHAPE
    ]
    assert links == ["https://example.org/a?b=1&c=2"]


@pytest.mark.parametrize("content", HOSTILE)
def test_hostile_text_stays_text(content: str) -> None:
    assert len(list(opened(one_card(content, "fa")).slides)) >= 1


@pytest.mark.parametrize("language", ["fa", "en"])
def test_every_shape_is_inside_its_slide_with_letters_for_both_scripts(language: str) -> None:
    deck = opened(everything(language, cards=60, stages=6, lanes=8))
    for shape in (shape for slide in deck.slides for shape in slide.shapes):
        assert shape.left >= -1
        assert shape.top >= -1
        assert shape.left + shape.width <= deck.slide_width + 1
        assert shape.top + shape.height <= deck.slide_height + 1
        if shape.has_text_frame:
            for run in (run for paragraph in shape.text_frame.paragraphs for run in paragraph.runs):
                faces = {face.tag.rpartition("}")[2]: face.get("typeface") for face in run._r.rPr}
                assert (faces["latin"], faces["cs"]) == ("Vazirmatn", "Vazirmatn")
