"""The drawing of a map: SVG, PDF and PNG, in both languages, of kind and of hostile texts."""

from __future__ import annotations

import io
import re
import unicodedata
import xml.etree.ElementTree as ET
from datetime import date
from typing import Any

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from hamsafar.accounts.tests.people import People
from hamsafar.maps import exporting, formats, templates
from hamsafar.maps.document import check
from hamsafar.maps.errors import BadExportChoice, DrawingTooLarge, MapTooLarge
from hamsafar.maps.formats.drawing import fonts, sheets, text
from hamsafar.maps.formats.drawing.look import PLAIN, Look
from hamsafar.maps.tests.large import everything

SVG = "{http://www.w3.org/2000/svg}"


def one_card(content: str, language: str = "en", **more: Any) -> dict[str, Any]:
    return check(
        {
            "format": "hamsafar-map/1", "title": "T", "kind": "current_state", "language": language,
            "stages": [{"id": "s", "name": "Buy"}], "lanes": [{"id": "l", "kind": "actions"}],
            "cards": [{"id": "c", "lane": "l", "stage": "s", "text": content, **more}],
        }
    )  # fmt: skip


def written(exchange: dict[str, Any], look: Look = PLAIN) -> str:
    """All texts of the drawing with a space between, without the signs of direction."""
    root = ET.fromstring(formats.write(exchange, "svg", look))
    return " ".join(re.sub("[\u2066-\u2069]", "", one.text or "") for one in root.iter(f"{SVG}text"))


def letters(content: str) -> str:
    """For comparing what a PDF's reader found, whatever it did to spaces, joined forms and the order of lines."""
    kept = unicodedata.normalize("NFKC", content)
    return "".join(sorted(c for c in kept if c.isalnum()))


def pages(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("template", templates.TEMPLATES)
def test_the_drawing_says_every_card_and_every_name(template: str, language: str) -> None:
    exchange = check(templates.exchange(template, language))
    said = "".join(written(exchange).split())
    for part in (*exchange["stages"], *exchange["cards"]):
        name = text.plain(part.get("text") or part.get("name") or "")
        assert "".join(name.split()) in said


@pytest.mark.parametrize("language", ["fa", "en"])
def test_an_svg_stands_alone(language: str) -> None:
    root = ET.fromstring(formats.write(everything(language), "svg"))
    for element in root.iter():
        for name, value in element.attrib.items():
            if name.endswith(("href", "src")) and element.tag != f"{SVG}a":
                assert value.startswith(("data:", "#"))
    style = next(root.iter(f"{SVG}style")).text or ""
    assert style.count("@font-face") == 3  # regular, bold, emoji
    assert set(re.findall(r"url\(([a-z]+):", style)) == {"data"}


def test_persian_is_read_from_the_right_and_english_from_the_left() -> None:
    def first_stage_is_right(language: str) -> bool:
        drawn = sheets.whole(everything(language), PLAIN).canvas
        at = {shape.text: shape.x for shape in drawn.shapes if hasattr(shape, "text")}
        names = [stage["name"] for stage in everything(language)["stages"]]
        return bool(at[names[0]] > at[names[-1]])

    assert first_stage_is_right("fa")
    assert not first_stage_is_right("en")


def test_dates_are_jalali_in_persian_and_gregorian_in_english() -> None:
    day = Look(today=date(2026, 11, 30))
    assert "۹ آذر ۱۴۰۵" in written(everything("fa"), day)
    assert "30 November 2026" in written(everything("en"), day)


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_pdf_has_every_card_as_text_and_its_links(language: str) -> None:
    exchange = everything(language, cards=24, stages=4, lanes=6)
    pdf = formats.write(exchange, "pdf")
    (page,) = pages(pdf)
    found = letters(page)
    for card in exchange["cards"]:
        number = re.search(r"\((\d+)\)", card["text"])
        assert number is not None
        assert number[1] in page
    # Each letter of each card as often as it stands on the map.
    for letter in set(letters("".join(card["text"] for card in exchange["cards"]))):
        assert found.count(letter) >= sum(card["text"].count(letter) for card in exchange["cards"]) * 0.98
    assert b"https://example.org/a?b=1&c=2" in pdf


def test_english_text_comes_out_of_a_pdf_in_reading_order() -> None:
    exchange = one_card("Compares the price with two other shops and then buys")
    (page,) = pages(formats.write(exchange, "pdf"))
    assert "Compares the price with two other shops and then buys" in " ".join(page.split())


def test_persian_words_come_out_of_a_pdf_in_reading_order() -> None:
    (page,) = pages(formats.write(one_card("قیمت را مقایسه می‌کند و نظر خریدار را می‌بیند", "fa"), "pdf"))
    assert "قیمت را مقایسه" in " ".join(page.split())


@pytest.mark.parametrize("paper", ["a4", "a3"])
def test_tiled_pages_repeat_stage_heads_and_lane_names_and_say_their_number(paper: str) -> None:
    exchange = everything("en", cards=300, stages=12, lanes=20)
    made = pypdfium2.PdfDocument(formats.write(exchange, "pdf", Look(paper=paper)))  # type: ignore[arg-type]
    wide = {"a4": 842, "a3": 1191}[paper]
    assert {round(page.get_width()) for page in made} == {wide}
    # Where words end is the reader's guess.
    said = ["".join(page.get_textpage().get_text_range().split()) for page in made]
    assert all(f"Page{number}of{len(said)}" in one for number, one in enumerate(said, 1))
    assert len([one for one in said if "1Awareness1" in one and "Goals" in one]) > 1
    told = "".join(said)
    assert all(f"({place})" in told for place in range(300))


def test_a_card_longer_than_a_page_goes_on_over_pages() -> None:
    words = " ".join(f"word{n}" for n in range(600))
    said = pages(formats.write(one_card(words), "pdf", Look(paper="a4")))
    assert len(said) > 2
    told = "".join("".join(said).split())
    assert [n for n in range(600) if f"word{n}" not in told] == []


def test_a_png_is_twice_the_drawing() -> None:
    exchange = everything("fa", cards=12, stages=3, lanes=4)
    drawn = sheets.whole(exchange, PLAIN).canvas
    picture = Image.open(io.BytesIO(formats.write(exchange, "png")))
    assert picture.size == (drawn.width * 2, drawn.height * 2)
    assert len(picture.convert("RGB").resize((200, 200)).getcolors(40_000) or []) > 50


def test_lanes_curves_and_colours_are_as_chosen() -> None:
    exchange = everything("en")
    lanes, curves = frozenset({"l1", "curve"}), frozenset({"p2"})
    said = written(exchange, Look(lanes=lanes, curves=curves))
    assert "Customer actions" in said
    assert "Goals" not in said
    assert "Reza, clerk" in said
    assert sheets.whole(exchange, Look(scheme="dark")).canvas.background != "#f8f6f3"
    hidden = check({**exchange, "lanes": [{**one, "hidden": True} for one in exchange["lanes"]]})
    assert "Customer actions" not in written(hidden)
    assert "Customer actions" in written(hidden, Look(lanes=lanes))


HOSTILE = [
    "<script>alert(1)</script> & \"quotes\" 'single' ]]> &amp;",
    "\u202eRIGHT TO LEFT\u202c \u2067isolated\u2069 \u200fmark",
    "#strong[x] *bold* $x^2$ @ref \\ `raw` // #import \"x\"",
    "👩‍💻🇮🇷👍🏽7️⃣🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️ 😀سلام😀hello😀",
    "W" * 5000,
    "ل" * 5000,
    "漢字かな한국어 עברית ไทย",
    "a\u0301\u0302\u0303" * 200 + "\u0651" * 50,
    "\ufdfa\ufdfb ﷽ \u200d\u200d\u200c",
    "\t\n\n\n- one\n- two\n[a](https://example.org) **b**",
]  # fmt: skip


@pytest.mark.parametrize("content", HOSTILE)
@pytest.mark.parametrize("language", ["fa", "en"])
def test_hostile_text_stays_text(content: str, language: str) -> None:
    exchange = one_card(content, language, tags=[content[:200].strip()], emoji=content[:2])
    for look in (Look(), Look(paper="a4")):
        assert formats.write(exchange, "pdf", look).startswith(b"%PDF")
    root = ET.fromstring(formats.write(exchange, "svg"))
    assert not list(root.iter(f"{SVG}script"))
    assert Image.open(io.BytesIO(formats.write(exchange, "png"))).width > 0


def test_markup_of_the_typesetter_is_shown_not_read() -> None:
    (page,) = pages(formats.write(one_card('#panic("x") #read("/etc/passwd") $x$'), "pdf"))
    assert '#panic("x")' in " ".join(page.split())


def test_overrides_do_not_reach_the_drawing() -> None:
    assert "\u202e" not in formats.write(one_card("a\u202eb\u2066c"), "svg").decode()


@given(st.text(max_size=120))
@settings(max_examples=40, deadline=None)
def test_any_text_can_be_drawn(content: str) -> None:
    shown = "".join(c for c in content if unicodedata.category(c) not in ("Cs", "Cc"))
    exchange = one_card(shown, "fa")
    ET.fromstring(formats.write(exchange, "svg"))
    assert formats.write(exchange, "pdf").startswith(b"%PDF")


@given(st.text(alphabet="سلام می‌کاg hW12، 😀()", max_size=200), st.integers(40, 300))
@settings(max_examples=60, deadline=None)
def test_lines_fit_and_lose_nothing(content: str, room: int) -> None:
    lines = text.wrap(content, 12, room)
    assert "".join("".join(line.text.split()) for line in lines) == "".join(text.clean(content).split())
    assert all(line.width <= room for line in lines)


@pytest.mark.parametrize("words", ["سلام", "نقاط تماس", "بالاخره کالا", "The quick brown fox", "۲٬۵۰۰ تومان"])
def test_widths_are_those_of_the_drawn_words(words: str) -> None:
    drawing = one_card("x")
    drawing["title"] = words
    png = Image.open(io.BytesIO(formats.write(drawing, "png"))).convert("L")
    # The title alone: 22 px bold, drawn at twice its size below the margin.
    band = png.crop((0, 64, png.width, 128)).point(lambda v: 255 if v < 128 else 0)
    box = band.getbbox()
    assert box is not None
    assert (box[2] - box[0]) / 2 == pytest.approx(fonts.width(words, 22, True), rel=0.06)


def test_too_large_is_said_and_refused() -> None:
    exchange = everything("en", cards=5000, stages=20, lanes=20)
    with pytest.raises(DrawingTooLarge) as refused:
        formats.write(exchange, "png")
    assert all(refused.value.sentence(language) for language in ("fa", "en"))
    long = one_card("x")
    long["cards"] = [{**long["cards"][0], "id": f"c{n}", "text": "word " * 1000} for n in range(201)]
    with pytest.raises(MapTooLarge):
        formats.write(check(long), "pdf")


def test_an_export_in_its_own_process_is_the_same_and_tells_errors() -> None:
    exchange = everything("fa", cards=12, stages=3, lanes=4)
    assert exporting.export(exchange, "svg", PLAIN) == formats.write(exchange, "svg")
    with pytest.raises(DrawingTooLarge):
        exporting.export(everything("en", cards=5000, stages=20, lanes=20), "png", PLAIN)


def test_what_a_picture_loses_is_said() -> None:
    exchange = one_card("**漢** [a](https://example.org) 😀", files=[{"id": "f", "name": "a.pdf"}])
    assert formats.left_out(exchange, "pdf") == ["attachments", "formatting", "emoji_colors", "letters"]
    assert formats.left_out(one_card("plain"), "pdf") == []


def test_choices_are_checked() -> None:
    with pytest.raises(BadExportChoice):
        formats.look_for("pdf", paper="letter")
    with pytest.raises(BadExportChoice):
        formats.look_for("svg", scheme="sepia")
    assert formats.look_for("pdf").paper == "one"
    assert formats.look_for("pdf", curves=",p1").curves == frozenset({"", "p1"})


def test_pictures_come_over_http(people: People) -> None:
    own = people.editor.post("maps", {"template": "cafe", "language": "fa"}).json()["id"]
    for kind, begin in (("pdf", b"%PDF"), ("png", b"\x89PNG"), ("svg", b"<svg")):
        answer = people.viewer.get(f"maps/{own}/export/{kind}")
        assert (answer.status_code, answer.content[: len(begin)]) == (200, begin)
        assert people.outsider.get(f"maps/{own}/export/{kind}").status_code in (403, 404)
    refused = people.viewer.get(f"maps/{own}/export/pdf", paper="a0")
    assert (refused.status_code, refused.json()["code"]) == (400, "bad_export_choice")
    offered = {one["format"]: one for one in people.viewer.get(f"maps/{own}/exports").json()}
    assert offered["pdf"]["papers"] == ["one", "a4", "a3"]
    assert "scheme" in offered["png"]["chooses"]
