"""The style of a workspace: chosen in the settings, worn by the board, the public page and an export."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import expect

from tests.e2e.conftest import NewPage, Site, axe_violations, sign_in
from tests.e2e.test_sample_map import ask

WORDS = {
    "fa": {
        "accent": "رنگ اصلی", "first": "رنگ ۱", "hint": "روی زمینهٔ روشن", "large": "درشت",
        "reset": "بازگشت به ظاهر اصلی", "undo": "برگرداندن", "logo": "لوگو", "default": "این ظاهر اصلی نرم‌افزار است.",
    },
    "en": {
        "accent": "Accent", "first": "Colour 1", "hint": "on light grounds", "large": "Large",
        "reset": "Back to the product's own style", "undo": "Undo", "logo": "Logo",
        "default": "This is the product's own style.",
    },
}  # fmt: skip


def logo() -> bytes:
    image = Image.new("RGBA", (300, 120))
    ImageDraw.Draw(image).ellipse((100, 10, 199, 109), fill="#7a1a3f")
    written = BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


@pytest.mark.parametrize(("language", "width"), [("fa", 1280), ("en", 360)])
def test_a_style_is_chosen_seen_everywhere_and_taken_back(
    sample_site: Site, new_page: NewPage, language: str, width: int
) -> None:
    words = WORDS[language]
    page = new_page(locale="fa-IR" if language == "fa" else "en-GB", width=width)
    sign_in(page, sample_site, language)
    home = page.url.removesuffix("/maps")
    page.goto(f"{home}/settings/style")
    expect(page.get_by_text(words["default"])).to_be_visible()
    page.locator("input[type=file]").set_input_files(
        {"name": "logo.png", "mimeType": "image/png", "buffer": logo()}
    )
    # In both previews and beside the button, its empty edges cut off.
    expect(page.get_by_role("img", name=words["logo"])).to_have_count(3)
    assert page.get_by_role("img", name=words["logo"]).first.evaluate("image => image.naturalWidth") == 100
    accent = page.get_by_role("textbox", name=words["accent"], exact=True)
    accent.fill("#ffe14d")
    expect(page.get_by_text(words["hint"])).to_be_visible()
    accent.fill("#7a1a3f")
    first = page.get_by_role("textbox", name=words["first"], exact=True)
    first.fill("#1a3f7a")
    first.press("Enter")
    page.get_by_text(words["large"], exact=True).click()
    expect(page.get_by_role("radio", name=words["large"], exact=True)).to_be_checked()
    expect(page.locator("html")).to_have_css("--map-text", "1.2")
    page.get_by_role("heading", level=1).scroll_into_view_if_needed()  # nothing lies below the bar that stays
    assert axe_violations(page) == []

    workspace = home.rsplit("/", 1)[1]
    maps = page.request.get(f"{sample_site.address}/api/workspaces/{workspace}/maps").json()
    map_id = maps["items"][0]["id"]
    if width > 720:
        page.goto(f"{home}/maps/{map_id}")
        head = page.locator("[data-stage-head]").first
        expect(head).to_have_css("border-top-color", "rgb(26, 63, 122)")
    share = ask(page, f"/api/workspaces/{workspace}/maps/{map_id}/shares", {})
    stranger = new_page(locale="fa-IR" if language == "fa" else "en-GB", width=width, dark=True)
    stranger.goto(f"{sample_site.address}/shared/{share['token']}")
    expect(stranger.get_by_role("img", name=words["logo"])).to_be_visible()
    assert axe_violations(stranger) == []
    drawn = page.request.get(
        f"{sample_site.address}/api/workspaces/{workspace}/maps/{map_id}/export/svg"
    ).text()
    assert "#1a3f7a" in drawn
    assert "<image" in drawn

    page.goto(f"{home}/settings/style")
    page.get_by_role("button", name=words["reset"]).click()
    expect(page.get_by_text(words["default"])).to_be_visible()
    page.get_by_role("button", name=words["undo"], exact=True).click()
    expect(accent).to_have_value("#7a1a3f")
    page.get_by_role("button", name=words["reset"]).click()
    expect(page.get_by_text(words["default"])).to_be_visible()
