"""Cards: several at once, between maps and from a spreadsheet, and what they carry, in both languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewPage, Site, axe_violations, sign_in
from tests.e2e.test_sample_map import ask

WORDS = {
    "fa": {
        "stages": ("آگاهی", "خرید"),
        "pains": ("کند است", "گران است"),
        "two": "۲ کارت انتخاب شد",
        "panel": "فرصت‌های بهبود",
    },
    "en": {
        "stages": ("Seeing", "Buying"),
        "pains": ("It is slow", "It is dear"),
        "two": "2 cards selected",
        "panel": "Opportunities",
    },
}


def draw(page: Page, site: Site, language: str) -> None:
    """A map of two stages with two pains and an opportunity, opened."""
    words = WORDS[language]
    workspace = page.url.split("/w/")[1].split("/")[0]
    document = {
        "format": "hamsafar-map/1",
        "title": "Cards",
        "kind": "current_state",
        "language": language,
        "stages": [{"id": f"s{i}", "name": name} for i, name in enumerate(words["stages"])],
        "lanes": [{"id": "p", "kind": "pains"}, {"id": "o", "kind": "opportunities"}],
        "cards": [
            *(
                {"id": f"p{i}", "stage": "s0", "lane": "p", "text": text}
                for i, text in enumerate(words["pains"])
            ),
            {
                "id": "o0",
                "stage": "s1",
                "lane": "o",
                "text": "**+**",
                "impact": 5,
                "effort": 2,
                "confidence": 3,
            },
        ],
    }
    made = ask(page, f"/api/workspaces/{workspace}/maps", {"document": document})
    page.goto(f"{site.address}/w/{workspace}/maps/{made['id']}")
    expect(page.locator("[data-card=p0]")).to_be_visible()


@pytest.mark.parametrize("locale", ["fa-IR", "en-GB"])
def test_several_cards_travel_between_maps(sample_site: Site, new_page: NewPage, locale: str) -> None:
    language = locale[:2]
    words = WORDS[language]
    page = new_page(locale=locale)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(page, sample_site, language)
    draw(page, sample_site, language)

    page.locator("[data-card=p0]").click()
    page.locator("[data-card=p1]").click(modifiers=["Control"])
    expect(page.get_by_role("toolbar").get_by_text(words["two"])).to_be_visible()
    assert axe_violations(page) == []
    page.keyboard.press("Control+c")
    assert page.evaluate("navigator.clipboard.readText()") == "\n".join(words["pains"])

    draw(page, sample_site, language)
    page.locator('[data-cell="s1|p"] > button').focus()
    page.keyboard.press("Control+v")
    expect(page.locator('[data-cell="s1|p"] [data-card]')).to_have_count(2)
    page.keyboard.press("Control+z")
    expect(page.locator('[data-cell="s1|p"] [data-card]')).to_have_count(0)

    page.evaluate("""navigator.clipboard.writeText('۱\\t=1+1\\n"a\\nb"\\t')""")
    page.locator('[data-cell="s0|o"] > button').focus()
    page.keyboard.press("Control+v")
    expect(page.locator('[data-cell="s0|o"] [data-card]')).to_have_count(2)
    expect(page.locator('[data-cell="s1|o"] [data-card]').last).to_have_text("=1+1")

    page.get_by_role("button", name=words["panel"], exact=True).click()
    expect(page.get_by_role("figure")).to_be_visible()
    assert axe_violations(page) == []


@pytest.mark.parametrize("width", [1280, 360])
def test_several_cards_are_chosen_by_touch(sample_site: Site, new_page: NewPage, width: int) -> None:
    page = new_page(width=width, touch=True)
    sign_in(page, sample_site, "en")
    draw(page, sample_site, "en")
    page.get_by_role("button", name="Choose several cards by touch").tap()
    for card in ("p0", "p1"):
        page.locator(f"[data-card={card}]").tap()
    bar = page.get_by_role("toolbar")
    expect(bar.get_by_text("2 cards selected")).to_be_visible()
    assert axe_violations(page) == []
    bar.get_by_role("button", name="Delete").tap()
    expect(page.locator("[data-card=p0], [data-card=p1]")).to_have_count(0)
