"""A public link: made by an editor, opened by somebody who has no account, and ended."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import NewPage, Site, axe_violations, sign_in
from tests.e2e.test_sample_map import ask

WORDS = {
    "fa": {
        "share": "هم‌رسانی",
        "make": "ساخت پیوند",
        "password": "گذرواژه",
        "save": "ذخیره",
        "set": "هنگام باز شدن گذرواژه پرسیده می‌شود.",
        "open": "باز کردن نقشه",
        "wrong": "گذرواژهٔ این نقشه این نیست.",
        "end": "باطل کردن پیوند",
        "gone": "این پیوند نقشه‌ای را باز نمی‌کند",
        "none": "هنوز پیوند عمومی ندارد",
    },
    "en": {
        "share": "Share",
        "make": "Make a link",
        "password": "Password",
        "save": "Save",
        "set": "A password is asked for.",
        "open": "Open the map",
        "wrong": "This is not the password of this map.",
        "end": "End this link",
        "gone": "This link does not open a map",
        "none": "No public link yet",
    },
}


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_stranger_reads_a_shared_map_until_its_link_ends(
    sample_site: Site, new_page: NewPage, language: str
) -> None:
    words = WORDS[language]
    locale = "fa-IR" if language == "fa" else "en-GB"
    page = new_page(locale=locale)
    sign_in(page, sample_site, language)
    workspace = page.url.split("/w/")[1].split("/")[0]
    document = {
        "format": "hamsafar-map/1",
        "title": "Kettle 12",
        "kind": "current_state",
        "language": language,
        "stages": [{"id": "s", "name": "Look", "owner": {"kind": "text", "name": "Somebody of ours"}}],
        "lanes": [{"id": "l", "kind": "actions"}],
        "cards": [{"id": "c", "stage": "s", "lane": "l", "text": "Compares three kettles"}],
    }
    made = ask(page, f"/api/workspaces/{workspace}/maps", {"document": document})
    page.goto(f"{sample_site.address}/w/{workspace}/maps/{made['id']}")
    page.get_by_role("button", name=words["share"], exact=True).click()
    panel = page.get_by_role("complementary")
    panel.get_by_role("button", name=words["make"]).click()
    address = panel.locator("input[readonly]").first
    expect(address).to_be_visible()
    link = address.input_value()
    password = panel.get_by_label(words["password"], exact=True).and_(panel.locator("input"))
    password.fill("saffron 12")
    panel.get_by_role("button", name=words["save"], exact=True).click()
    expect(panel.get_by_text(words["set"])).to_be_visible()
    assert axe_violations(page) == []

    stranger = new_page(locale=locale)
    stranger.goto(link)
    field = stranger.get_by_label(words["password"], exact=True).and_(stranger.locator("input"))
    field.fill("pepper")
    stranger.get_by_role("button", name=words["open"]).click()
    expect(stranger.get_by_text(words["wrong"])).to_be_visible()
    field.fill("saffron 12")
    field.press("Enter")
    expect(stranger.get_by_text("Compares three kettles")).to_be_visible()
    expect(stranger.get_by_text("Somebody of ours")).to_have_count(0)
    assert axe_violations(stranger) == []

    panel.get_by_role("button", name=words["end"]).click()
    page.get_by_role("dialog").get_by_role("button", name=words["end"]).click()
    expect(panel.get_by_text(words["none"])).to_be_visible()
    stranger.reload()
    expect(stranger.get_by_text(words["gone"])).to_be_visible()
