"""Versions of a map: keep, look at, compare, restore before somebody else's eyes, and take the restoring back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import NewPage, Site, axe_violations, sign_in
from tests.e2e.test_sample_map import ask

WORDS = {
    "fa": {
        "stage": "خرید",
        "pain": "پرداخت کند است",
        "rewritten": "پرداخت قطع می‌شود",
        "name": "پیش از کارگاه",
        "panel": "نسخه‌ها",
        "none": "هنوز نسخه‌ای نیست",
        "name_now": "نام‌گذاری وضعیت کنونی نقشه",
        "keep": "نگه‌داشتن این نسخه",
        "look": "دیدن: «پیش از کارگاه»",
        "looking": "در حال دیدن «پیش از کارگاه» هستید",
        "back": "بازگشت به نقشه",
        "menu": "کارهای نسخهٔ «پیش از کارگاه»",
        "restore": "بازگرداندن این نسخه",
        "restored": "نقشه به همان صورت بازگشت",
        "undo": "برگرداندن",
        "kept": "پیش از بازگرداندن نسخه",
        "compare": "مقایسه با اکنون: «پیش از کارگاه»",
        "list": "به‌صورت فهرست",
        "one": "۱ تفاوت",
    },
    "en": {
        "stage": "Buying",
        "pain": "Payment is slow",
        "rewritten": "Payment breaks off",
        "name": "Before the workshop",
        "panel": "Versions",
        "none": "No version yet",
        "name_now": "Name the map as it is now",
        "keep": "Keep this version",
        "look": "Look at it: “Before the workshop”",
        "looking": "You are looking at “Before the workshop”",
        "back": "Back to the map",
        "menu": "What to do with “Before the workshop”",
        "restore": "Restore this version",
        "restored": "The map is again as it was",
        "undo": "Undo",
        "kept": "Before a restore",
        "compare": "Compare with now: “Before the workshop”",
        "list": "As a list",
        "one": "1 difference",
    },
}


def draw(page: Page, words: dict[str, str], language: str) -> str:
    """A map with one pain; returns its address."""
    site, workspace = page.url.split("/w/")
    workspace = workspace.split("/")[0]
    document = {
        "format": "hamsafar-map/1",
        "title": words["stage"],
        "kind": "current_state",
        "language": language,
        "stages": [{"id": "s", "name": words["stage"]}],
        "lanes": [{"id": "p", "kind": "pains"}],
        "cards": [{"id": "c", "stage": "s", "lane": "p", "text": words["pain"]}],
    }
    made = ask(page, f"/api/workspaces/{workspace}/maps", {"document": document})
    return f"{site}/w/{workspace}/maps/{made['id']}"


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_version_is_restored_and_the_restoring_taken_back(
    sample_site: Site, new_page: NewPage, language: str
) -> None:
    words = WORDS[language]
    page, other = (new_page(locale="fa-IR" if language == "fa" else "en-GB") for _ in range(2))
    for one in (page, other):
        sign_in(one, sample_site, language)
    address = draw(page, words, language)
    for one in (page, other):
        one.goto(address)
        expect(card(one)).to_have_text(words["pain"])

    page.get_by_role("button", name=words["panel"], exact=True).click()
    panel = page.get_by_role("complementary")
    expect(panel).to_contain_text(words["none"])
    panel.get_by_label(words["name_now"]).fill(words["name"])
    panel.get_by_role("button", name=words["keep"]).click()
    expect(panel.get_by_role("listitem")).to_contain_text([words["name"]])
    assert axe_violations(page) == []

    card(page).dblclick()
    page.keyboard.press("Control+a")
    page.keyboard.type(words["rewritten"])
    page.keyboard.press("Enter")
    expect(card(other)).to_have_text(words["rewritten"])

    page.get_by_role("button", name=words["panel"], exact=True).click()
    panel.get_by_role("link", name=words["look"]).click()
    expect(page.get_by_text(words["looking"])).to_be_visible()
    expect(card(page)).to_have_text(words["pain"])
    card(page).dblclick()
    expect(page.get_by_role("main").get_by_role("textbox")).to_have_count(0)
    assert axe_violations(page) == []
    page.get_by_role("link", name=words["back"]).click()

    panel.get_by_role("button", name=words["menu"]).click()
    page.get_by_role("menuitem", name=words["restore"]).click()
    for one in (page, other):
        expect(card(one)).to_have_text(words["pain"])
    expect(panel.get_by_role("listitem").first).to_contain_text(words["kept"])
    toast = page.get_by_role("alert").filter(has_text=words["restored"])
    assert axe_violations(page) == []
    toast.get_by_role("button", name=words["undo"]).click()
    for one in (page, other):
        expect(card(one)).to_have_text(words["rewritten"])
    expect(panel.get_by_role("listitem").first).to_contain_text(words["kept"])

    panel.get_by_role("link", name=words["compare"]).click()
    expect(page.get_by_text(words["one"], exact=True)).to_be_visible()
    assert axe_violations(page) == []
    page.get_by_text(words["list"], exact=True).click()
    expect(page.get_by_role("deletion")).to_have_text(words["pain"])
    expect(page.get_by_role("insertion")).to_have_text(words["rewritten"])
    assert axe_violations(page) == []


def card(page: Page) -> Locator:
    return page.locator("[data-card=c]")
