"""A map drawn without a mouse, and what a screen reader hears of it, in both languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import NewPage, Site, sign_in
from tests.e2e.test_sample_map import ask

WORDS = {
    "fa": {
        "add_stage": "افزودن مرحله",
        "stage": "آگاهی",
        "later": "خرید",
        "add_card": "افزودن کارت: اهداف، آگاهی",
        "cards": ("هدیه‌ای پیدا کنم", "زود برسد"),
        "added": "کارت «هدیه‌ای پیدا کنم» به آگاهی، اهداف افزوده شد.",
        "moved": "کارت «هدیه‌ای پیدا کنم» به آگاهی، نقاط درد رفت.",
        "two": "۲ کارت انتخاب شد",
        "two_moved": "۲ کارت جابه‌جا شد؛ اکنون در خرید، اهداف.",
        "color": "رنگ",
        "amber": "کهربایی",
        "colored": "۲ کارت تغییر کرد: کهربایی.",
        "undone": "برگردانده شد.",
        "redone": "دوباره انجام شد.",
        "nothing": "کاری برای انجام دوباره نیست.",
        "deleted": "کارت «زود برسد» حذف شد. با Ctrl+Z برمی‌گردد.",
        "stage_moved": "مرحلهٔ خرید اکنون شمارهٔ ۱ است.",
        "panels": ("راهنما", "بازبینی", "دیدگاه‌ها", "نسخه‌ها"),
    },
    "en": {
        "add_stage": "Add a stage",
        "stage": "Awareness",
        "later": "Buying",
        "add_card": "Add a card: Goals, Awareness",
        "cards": ("Find a gift", "Be quick"),
        "added": "Card “Find a gift” added to Awareness, Goals.",
        "moved": "Card “Find a gift” moved to Awareness, Pain points.",
        "two": "2 cards selected",
        "two_moved": "2 cards moved; now at Buying, Goals.",
        "color": "Colour",
        "amber": "Amber",
        "colored": "2 cards changed: Amber.",
        "undone": "Undone.",
        "redone": "Done again.",
        "nothing": "There is nothing to do again.",
        "deleted": "Card “Be quick” deleted. Ctrl+Z brings it back.",
        "stage_moved": "Stage Buying is now number 1.",
        "panels": ("Guide", "Review", "Comments", "Versions"),
    },
}


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_map_is_drawn_with_the_keyboard_alone(sample_site: Site, new_page: NewPage, language: str) -> None:
    words = WORDS[language]
    page = new_page(locale="fa-IR" if language == "fa" else "en-GB")
    sign_in(page, sample_site, language)
    workspace = page.url.split("/w/")[1].split("/")[0]
    document = {
        "format": "hamsafar-map/1",
        "title": "Keys",
        "kind": "current_state",
        "language": language,
        "lanes": [{"id": "g", "kind": "goals"}, {"id": "p", "kind": "pains"}],
    }
    made = ask(page, f"/api/workspaces/{workspace}/maps", {"document": document})
    page.goto(f"{sample_site.address}/w/{workspace}/maps/{made['id']}?at=panel:guide")
    # Time goes the way the language is read: the next stage is to the left in Persian.
    forward, back = ("ArrowLeft", "ArrowRight") if language == "fa" else ("ArrowRight", "ArrowLeft")
    keys = page.keyboard
    first, second = (page.get_by_role("group", name=text, exact=True) for text in words["cards"])

    go_to(page, page.get_by_role("button", name=words["add_stage"]))
    keys.press("Enter")
    write(page, words["stage"])
    stage = page.get_by_role("columnheader", name=words["stage"])
    expect(stage).to_be_focused()

    go_to(page, page.get_by_role("button", name=words["add_card"]))
    keys.press("Enter")
    write(page, words["cards"][0])
    says(page, words["added"])
    write(page, words["cards"][1])
    keys.press("Escape")
    expect(page.get_by_role("button", name=words["add_card"])).to_be_focused()

    go_to(page, first, back=True)
    # Below the other card of its cell first, then into the lane below.
    keys.press("Alt+ArrowDown")
    keys.press("Alt+ArrowDown")
    says(page, words["moved"])
    expect(first).to_be_focused()
    keys.press("Alt+ArrowUp")
    expect(page.locator('[data-cell$="|g"] [data-card]')).to_have_count(2)

    # Another stage, from the menu of the first.
    keys.press("Control+z")
    says(page, words["undone"])
    keys.press("Control+y")
    says(page, words["redone"])
    keys.press("Control+y")
    says(page, words["nothing"])
    go_to(page, stage, back=True)
    keys.press("Tab")
    keys.press("Enter")
    item = page.get_by_role("menuitem", name=AFTER[language])
    for _ in range(12):
        if is_focused(item):
            break
        keys.press("ArrowDown")
    keys.press("Enter")
    write(page, words["later"])
    later = page.get_by_role("columnheader", name=words["later"])
    expect(later).to_be_focused()

    go_to(page, second)
    keys.press("Shift+ArrowDown")
    says(page, words["two"])
    keys.press(f"Alt+{forward}")
    says(page, words["two_moved"])
    go_to(page, page.get_by_role("toolbar").get_by_role("button", name=words["color"]))
    keys.press("Enter")
    go_to(page, page.get_by_role("dialog").get_by_role("button", name=words["amber"]))
    keys.press("Enter")
    says(page, words["colored"])
    keys.press("Escape")
    colored = page.locator("[data-card][data-color=amber]")
    expect(colored).to_have_count(2)
    keys.press("Control+z")
    says(page, words["undone"])
    expect(colored).to_have_count(0)

    go_to(page, second, back=True)
    keys.press("Delete")
    says(page, words["deleted"])
    expect(second).to_have_count(0)
    keys.press("Control+z")
    expect(second).to_be_visible()

    go_to(page, later, back=True)
    keys.press(f"Alt+{back}")
    says(page, words["stage_moved"])
    expect(later).to_be_focused()

    panel = page.get_by_role("complementary")
    for name in words["panels"]:
        opener = page.get_by_role("button", name=name).and_(page.locator("[data-opens=inspector]"))
        go_to(page, opener, back=True)
        keys.press("Enter")
        expect(panel.get_by_role("heading", level=2).first).to_be_focused()
        keys.press("Escape")
        expect(panel).to_have_count(0)
        expect(opener).to_be_focused()


AFTER = {"fa": "افزودن مرحله پس از این", "en": "Add a stage after"}


def is_focused(part: Locator) -> bool:
    return part.count() == 1 and bool(part.evaluate("(part) => part === document.activeElement"))


def go_to(page: Page, part: Locator, *, back: bool = False) -> None:
    """Tab by Tab, as somebody without a mouse goes."""
    expect(part).to_be_visible()
    for _ in range(90):
        if is_focused(part):
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"the keyboard does not reach {part}")


def write(page: Page, text: str) -> None:
    expect(page.locator("textarea:focus")).to_be_visible()
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def says(page: Page, text: str) -> None:
    expect(page.get_by_role("status").filter(has_text=text).first).to_be_attached()
