"""The style of a workspace over HTTP: who may, what is kept, what is refused, and what a public link shows."""

from __future__ import annotations

import base64
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from hamsafar.accounts.models import AuditEntry
from hamsafar.accounts.tests.people import People, Person
from hamsafar.maps.files.tests.test_hostile import HOSTILE_SVG, bomb, picture
from hamsafar.maps.models import Logo
from hamsafar.maps.style.actions import MOST_LOGOS
from hamsafar.maps.tests.test_api import make_map

WIDE_SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 1"><path fill="#123456" d="M0 0h4v1H0z"/></svg>'
)
ENTITY_SVG = b'<!DOCTYPE x [<!ENTITY y "z">]><svg xmlns="http://www.w3.org/2000/svg">&y;</svg>'


def send(person: Person, name: str, data: bytes) -> Any:
    return person.upload("style/logos", SimpleUploadedFile(name, data))


def added(people: People, name: str, data: bytes) -> dict[str, Any]:
    answer = send(people.admin, name, data)
    assert answer.status_code == 201, answer.content
    found: dict[str, Any] = answer.json()
    return found


def opened(logo: dict[str, Any]) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(logo["address"].partition(",")[2])))


def test_admins_choose_and_every_member_sees(people: People) -> None:
    plain = people.viewer.get("style").json()
    assert (plain["accent"], plain["palette"], plain["text"], plain["logo"]) == ("", [""] * 6, "normal", None)
    assert plain["tokens"] == {"light": {}, "dark": {}}
    wanted = {"accent": "#7A1A3F", "palette": ["", "#1a3f7a"], "text": "large"}
    for refused, status in (
        (people.editor, 403), (people.viewer, 403), (people.outsider, 404), (people.stranger, 401),
    ):  # fmt: skip
        assert refused.patch("style", wanted).status_code == status
        assert refused.post("style/preview", wanted).status_code == status
        assert send(refused, "a.png", picture()).status_code == status
    assert people.viewer.get("style").json() == plain
    for refused, status in ((people.outsider, 404), (people.stranger, 401)):
        assert refused.get("style").status_code == status

    made = people.admin.patch("style", wanted).json()
    assert people.viewer.get("style").json() == made
    assert (made["accent"], made["palette"][:2], made["text"], made["scale"]) == (
        "#7a1a3f",
        ["", "#1a3f7a"],
        "large",
        1.2,
    )
    assert made["tokens"]["light"]["accent"] == "#7a1a3f"
    assert made["tokens"]["light"]["series2"] == "#1a3f7a"
    assert "series1" not in made["tokens"]["light"]
    assert made["stages"]["light"] == ["#1a3f7a"]
    told = AuditEntry.objects.get(action="set_style")
    assert told.details == {"accent": "#7a1a3f", "palette": ["", "#1a3f7a"], "text": "large"}
    back = people.admin.patch("style", {"accent": None, "palette": None, "text": None}).json()
    assert back == plain


def test_a_colour_that_is_not_readable_is_moved_and_told(people: People) -> None:
    before = people.viewer.get("style").json()
    seen = people.admin.post("style/preview", {"accent": "#ffe14d"}).json()
    hint = next(one for one in seen["hints"] if one["scheme"] == "light")
    assert (hint["place"], hint["chosen"], hint["needed"]) == ("accent", "#ffe14d", 4.5)
    assert hint["contrast"] < 1.5
    assert hint["shown"] == seen["tokens"]["light"]["accent"]
    assert [one for one in seen["hints"] if one["scheme"] == "dark"] == []
    assert people.viewer.get("style").json() == before


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"accent": "red"}, "accent"),
        ({"accent": "#12345"}, "accent"),
        ({"accent": "#123456;}body{display:none"}, "accent"),
        ({"palette": ["#123456"] * 7}, "palette"),
        ({"palette": ["blue"]}, "palette[0]"),
        ({"palette": "#123456"}, "palette"),
        ({"text": "huge"}, "text"),
        ({"font": "Comic"}, "font"),
    ],
)
def test_a_bad_field_is_named_and_nothing_changes(people: People, fields: Any, place: str) -> None:
    people.admin.patch("style", {"accent": "#123456"})
    for refused in (people.admin.patch("style", fields), people.admin.post("style/preview", fields)):
        assert (refused.status_code, refused.json()["code"]) == (400, "style_invalid")
        assert refused.json()["errors"][0]["field"] == place
    assert people.viewer.get("style").json()["accent"] == "#123456"


def test_a_logo_is_pixels_and_nothing_else(people: People) -> None:
    exif = Image.Exif()
    exif[0x010E] = "at home, 35.7 N 51.4 E"
    photo = added(people, "../x.jpeg", picture("JPEG", (3000, 1500), exif=exif.tobytes(), comment=b"secret"))
    assert (photo["width"], photo["height"]) == (1000, 500) == opened(photo).size
    assert not opened(photo).getexif()
    drawing = added(people, "logo.svg", WIDE_SVG)
    assert drawing["address"].startswith("data:image/png;")
    assert (drawing["width"], drawing["height"]) == (1000, 250)
    assert opened(drawing).getpixel((5, 5)) == (0x12, 0x34, 0x56, 255)
    hostile = added(people, "logo.svg", HOSTILE_SVG.encode())
    assert hostile["address"].startswith("data:image/png;")


def test_empty_edges_are_cut_and_a_logo_that_would_not_be_seen_gets_a_ground(people: People) -> None:
    def drawn(color: str) -> bytes:
        image = Image.new("RGBA", (300, 200))
        ImageDraw.Draw(image).rectangle((100, 50, 199, 99), fill=color)
        written = io.BytesIO()
        image.save(written, "PNG")
        return written.getvalue()

    white, black, teal = (added(people, "a.png", drawn(color)) for color in ("white", "#111111", "#0b8f8f"))
    assert (white["width"], white["height"]) == (100, 50)
    assert white["plates"] == {"light": "#221f1b", "dark": None}
    assert black["plates"] == {"light": None, "dark": "#ffffff"}
    assert teal["plates"] == {"light": None, "dark": None}
    assert added(people, "a.png", picture())["plates"] == {"light": None, "dark": None}


@pytest.mark.parametrize(
    ("name", "data", "status", "code"),
    [
        ("a.png", bomb(), 413, "picture_too_large"),
        ("a.png", picture()[:60], 400, "picture_unreadable"),
        ("a.png", b"<script>alert(1)</script>", 400, "picture_unreadable"),
        ("a.png", bytes(6 * 1024**2), 413, "logo_too_large"),
        ("a.svg", b"<html/>", 400, "drawing_refused"),
        ("a.svg", ENTITY_SVG, 400, "drawing_refused"),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', 400, "logo_empty"),
        ("a.gif", picture("GIF"), 400, "logo_kind_refused"),
        ("a.exe", b"MZ", 400, "logo_kind_refused"),
    ],
    ids=["bomb", "cut off", "page", "too large", "no drawing", "entity", "empty", "gif", "program"],
)  # fmt: skip
def test_what_is_no_logo_is_refused(people: People, name: str, data: bytes, status: int, code: str) -> None:
    refused = send(people.admin, name, data)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert not Logo.objects.exists()


def test_a_change_of_logo_can_be_taken_back_and_old_ones_go(people: People) -> None:
    first = added(people, "first.png", picture())["id"]
    assert people.admin.patch("style", {"logo": first}).json()["logo"]["id"] == first
    for number in range(MOST_LOGOS + 3):
        other = added(people, f"{number}.png", picture(size=(20 + number, 20)))["id"]
    people.admin.patch("style", {"logo": other})
    assert Logo.objects.count() == MOST_LOGOS + 1
    assert people.admin.patch("style", {"logo": first}).json()["logo"]["id"] == first
    assert people.admin.patch("style", {"logo": None}).json()["logo"] is None


def test_a_logo_of_another_workspace_is_not_to_be_had(people: People) -> None:
    mine = added(people, "a.png", picture())["id"]
    elsewhere = people.outsider.get("/api/session").json()["workspaces"][0]["id"]
    for refused in (
        people.outsider.patch(f"/api/workspaces/{elsewhere}/style", {"logo": mine}),
        people.outsider.post(f"/api/workspaces/{elsewhere}/style/preview", {"logo": mine}),
    ):
        assert (refused.status_code, refused.json()["code"]) == (404, "logo_not_found")


def test_a_public_link_has_the_style(people: People) -> None:
    map_id = make_map(people)
    token = people.editor.post(f"maps/{map_id}/shares", {}).json()["token"]
    people.admin.patch("style", {"accent": "#7a1a3f", "logo": added(people, "a.svg", WIDE_SVG)["id"]})
    shown = people.stranger.post(f"/api/shared/{token}", {}).json()["style"]
    assert shown == people.viewer.get("style").json()
