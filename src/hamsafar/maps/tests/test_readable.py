"""The readable document: HTML and PDF with everything a reader looks for, and nothing that runs."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from html.parser import HTMLParser

import pypdfium2
import pytest
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from hamsafar.accounts.tests.people import People
from hamsafar.maps import exporting, formats
from hamsafar.maps.document import check
from hamsafar.maps.formats.drawing.look import PLAIN, Look
from hamsafar.maps.formats.drawing.raster import as_pixels
from hamsafar.maps.tests.large import everything
from hamsafar.maps.tests.test_pictures import HOSTILE, one_card


class Reader(HTMLParser):
    """The tags, addresses and words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_document_tells_the_map_stage_by_stage(language: str) -> None:
    exchange = everything(language)
    profile = {"p1": {"job_title": "JOB", "goals": ["ONE", "TWO"], "quote": "QUOTE **loud**"}}
    page = Reader(formats.write(exchange, "document_html", Look(profiles=profile)).decode())
    for card in exchange["cards"]:
        assert card["text"] in page.words
    places = [page.words.index(f"{stage['name']}") for stage in exchange["stages"]]
    assert places == sorted(places)
    for said in ("JOB", "ONE", "QUOTE loud", exchange["objective"], exchange["personas"][1]["name"]):
        assert said in page.words
    assert {"h1", "h2", "h3", "h4", "strong"} <= page.tags
    assert set(page.addresses) == {"https://example.org/a?b=1&c=2"}


def test_feelings_are_words_with_their_notes() -> None:
    said = Reader(formats.write(everything("en"), "document_html").decode()).words
    assert "upset (-2)" in said
    assert "delighted" in said
    assert "if only they had told me sooner" in said


def test_the_touchpoints_sentence_is_told() -> None:
    exchange = one_card("")
    exchange["cards"][0]["touchpoint"] = "t"
    exchange["touchpoints"] = [
        {"id": "t", "name": "Chat", "channel": "c", "doing": "ask", "reason": "it is quick"}
    ]
    exchange["channels"] = [{"id": "c", "name": "WhatsApp", "kind": "messenger"}]
    said = Reader(formats.write(check(exchange), "document_html").decode()).words
    assert "I ask on WhatsApp, because it is quick." in said


@pytest.mark.parametrize("content", HOSTILE)
def test_hostile_text_stays_text(content: str) -> None:
    exchange = one_card(content, "fa")
    page = formats.write(exchange, "document_html").decode()
    assert not {"script", "iframe", "object", "img"} & Reader(page).tags
    assert not re.findall(r"url\((?!data:)", page)
    assert formats.write(exchange, "document_pdf").startswith(b"%PDF")


def test_the_pdf_has_every_card_and_live_links() -> None:
    exchange = everything("en", cards=60)
    pdf = formats.write(exchange, "document_pdf")
    said = "".join(
        "".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(pdf)
    )
    for card in exchange["cards"]:
        if card["text"].isascii():
            assert "".join(card["text"].split()) in said
    assert b"https://example.org/a?b=1&c=2" in pdf


def test_lanes_are_as_chosen() -> None:
    said = Reader(
        formats.write(everything("en"), "document_html", Look(lanes=frozenset({"l1"}))).decode()
    ).words
    assert "Customer actions" in said
    assert "Goals" not in said
    assert "Goals" in Reader(formats.write(everything("en"), "document_html", PLAIN).decode()).words


def test_profiles_of_the_library_are_in_the_document(people: People) -> None:
    persona = people.editor.post("personas", {"name": "Sara", "job_title": "Student of physics"}).json()["id"]
    exchange = one_card("Pays")
    exchange["personas"] = [{"id": "p", "persona": persona, "name": "Sara"}]
    own = people.editor.post("maps", {"document": exchange}).json()["id"]
    answer = people.viewer.get(f"maps/{own}/export/document_html")
    assert answer.status_code == 200
    assert "Student of physics" in answer.content.decode()
    assert answer["Content-Disposition"].startswith("attachment")


SVG = (
    '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">'
    '<rect width="40" height="20" fill="#c00000"/></svg>'
)


def test_pictures_of_cards_are_in_the_document_with_their_words() -> None:
    exchange = one_card("Pays", files=[{"id": "f", "name": "till.svg", "alt": "A till"}])
    drawn = as_pixels(
        {"f": SVG.encode(), "x": b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>"}
    )
    assert list(drawn) == ["f"]
    with Image.open(io.BytesIO(drawn["f"])) as picture:
        assert (picture.size, picture.convert("RGB").getpixel((5, 5))) == ((480, 240), (192, 0, 0))
    look = replace(PLAIN, pictures=drawn)
    page = formats.write(exchange, "document_html", look).decode()
    assert '<img src="data:image/png;base64,' in page
    assert 'alt="A till"' in page
    assert b"/Image" in formats.write(exchange, "document_pdf", look)


def test_an_svg_of_a_card_is_drawn_by_the_process_of_its_own() -> None:
    exchange = one_card("Pays", files=[{"id": "f", "name": "till.svg"}])
    look = replace(PLAIN, pictures={"f": SVG.encode()})
    deck = Presentation(io.BytesIO(exporting.export(exchange, "pptx", look)))
    kinds = [shape.shape_type for shape in deck.slides[0].shapes]
    assert kinds.count(MSO_SHAPE_TYPE.PICTURE) == 1
