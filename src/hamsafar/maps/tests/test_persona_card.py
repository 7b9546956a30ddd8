"""A persona as a card: in three formats, in the reader's language, in the workspace's style; hostile faces refused."""

from __future__ import annotations

import base64
import io
import re

import pytest
from PIL import Image

from hamsafar.accounts.tests.people import People
from hamsafar.maps.files.tests.test_hostile import bomb, picture
from hamsafar.maps.formats import persona_card
from hamsafar.maps.formats.drawing.brand import Brand

SARA = {
    "name": "سارا احمدی",
    "quote": "«وقت ندارم» <script>",
    "age_range": "۲۵ تا ۳۴",
    "goals": ["زود برسد", "ارزان باشد"],
    "traits": [{"name": "دیجیتالی", "value": 4}],
}


def address(data: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(data).decode()}"


def words(svg: str) -> str:
    return " ".join(re.findall(r"<text[^>]*>\u2067?([^<\u2069]*)", svg))


def test_every_member_has_it_in_three_formats(people: People) -> None:
    path = f"personas/{people.editor.post('personas', SARA).json()['id']}/card"
    for form, begins in (("pdf", b"%PDF"), ("png", b"\x89PNG"), ("svg", b"<svg")):
        card = people.viewer.post(path, {"format": form, "language": "fa"})
        assert card.status_code == 200, card.content
        assert card.content.startswith(begins)
        assert card["Content-Disposition"].startswith("attachment")
    assert (
        Image.open(io.BytesIO(people.viewer.post(path, {"format": "png", "language": "fa"}).content)).width
        == 1600
    )
    assert people.outsider.post(path, {"format": "pdf", "language": "fa"}).status_code == 404
    assert people.stranger.post(path, {"format": "pdf", "language": "fa"}).status_code == 401
    assert people.viewer.post("personas/none/card", {"format": "pdf", "language": "fa"}).status_code == 404


def test_it_speaks_the_readers_language_and_has_the_workspaces_style(people: People) -> None:
    people.admin.patch("style", {"accent": "#7a1a3f", "text": "large"})
    path = f"personas/{people.editor.post('personas', SARA).json()['id']}/card"
    fa, en = (
        people.viewer.post(path, {"format": "svg", "language": lang}).content.decode()
        for lang in ("fa", "en")
    )
    assert "اهداف" in words(fa)
    assert "Goals" in words(en)
    assert "زود برسد" in words(en)
    assert "<script" not in fa
    assert "#7a1a3f" in fa
    assert 'width="800.4"' in fa  # the same card, larger letters


def test_the_face_is_the_photo_else_the_portrait_that_is_sent_and_no_hostile_one(people: People) -> None:
    plain = people.editor.post("personas", {"name": "Sara"}).json()["id"]
    path = f"personas/{plain}/card"
    asked = {"format": "svg", "language": "en"}
    assert b"<image" not in people.viewer.post(path, asked).content
    assert b"<image" in people.viewer.post(path, {**asked, "portrait": address(picture())}).content
    for hostile in (
        "http://example.org/a.png",
        "data:image/svg+xml;base64,PHN2Zy8+",
        address(b"MZ"),
        address(bomb(20_000)),
    ):
        refused = people.viewer.post(path, {**asked, "portrait": hostile})
        assert refused.json()["code"] in ("picture_unreadable", "picture_too_large")
    people.editor.patch(f"personas/{plain}", {"photo": address(picture())})
    assert b"<image" in people.viewer.post(path, asked).content


@pytest.mark.parametrize("language", ["fa", "en"])
def test_nothing_runs_over_the_edge(language: str) -> None:
    long = {"name": "x", "quote": "very long words " * 40, "description": "y" * 900, "needs": ["z" * 190] * 9,
            "traits": [{"name": "w" * 150, "value": 5}] * 12}  # fmt: skip
    canvas = persona_card.draw("n" * 200, long, language, None, Brand(text="large")).canvas
    for shape in canvas.shapes:
        if hasattr(shape, "text"):
            assert -1 <= shape.x <= shape.x + shape.width <= canvas.width + 1
            assert shape.y < canvas.height
