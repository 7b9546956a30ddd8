"""A persona from an empty library to a card, in both languages: written, drawn, compared, and named anew on a map."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import NewPage, Site, axe_violations
from tests.e2e.test_guide import newcomer
from tests.e2e.test_sample_map import ask

WORDS = {
    "en": {
        "add": "Add a persona",
        "name": "Name",
        "job": "Job",
        "undo": "Undo",
        "saved": "Saved",
        "face": "Change the portrait",
        "scarf": "headscarf",
        "more": "More",
        "copy": "Duplicate",
        "compare": "Compare",
        "only": "Only what differs",
        "search": "Search personas",
    },
    "fa": {
        "add": "افزودن پرسونا",
        "name": "نام",
        "job": "شغل",
        "undo": "برگرداندن",
        "saved": "ذخیره شد",
        "face": "تغییر چهره",
        "scarf": "روسری",
        "more": "بیشتر",
        "copy": "رونوشت",
        "compare": "مقایسه",
        "only": "فقط تفاوت‌ها",
        "search": "جست‌وجو در پرسوناها",
    },
}


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_persona_is_written_drawn_and_compared(empty_site: Site, new_page: NewPage, language: str) -> None:
    words = WORDS[language]
    page = new_page(locale="fa-IR" if language == "fa" else "en-GB")
    newcomer(page, empty_site, language)
    workspace = ask(page, "/api/workspaces", {"name": "Team", "language": language})["id"]
    home = f"{empty_site.address}/w/{workspace}"
    page.goto(f"{home}/personas")
    page.get_by_role("button", name=words["add"]).click()
    name = page.get_by_role("textbox", name=words["name"], exact=True)
    name.fill("Mina")
    name.press("Enter")
    job = page.get_by_role("textbox", name=words["job"], exact=True)
    job.fill("Nurse")
    job.press("Enter")
    expect(page.get_by_role("status").filter(has_text=words["saved"])).to_be_visible()
    page.get_by_role("button", name=words["undo"]).click()
    expect(job).to_have_value("")
    page.keyboard.press("Control+y")
    expect(job).to_have_value("Nurse")

    page.get_by_role("button", name=words["face"]).click()
    page.get_by_role("radio", name=words["scarf"]).click()
    expect(page.get_by_role("radio", name=words["scarf"])).to_be_checked()
    assert axe_violations(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("radio", name=words["scarf"])).to_have_count(0)

    for form, begins in (("PNG", b"\x89PNG"), ("PDF", b"%PDF")):
        with page.expect_download() as card:
            page.get_by_role("button", name=words["more"], exact=True).click()
            page.get_by_role("menuitem", name=form).click()
        assert card.value.path().read_bytes().startswith(begins)

    first = page.url.rsplit("/", 1)[1]
    page.get_by_role("button", name=words["more"], exact=True).click()
    page.get_by_role("menuitem", name=words["copy"], exact=True).click()
    page.wait_for_url(lambda url: "/personas/" in url and not url.endswith(first))
    expect(page.get_by_role("textbox", name=words["name"], exact=True)).not_to_have_value("Mina")
    job.fill("Teacher")
    job.press("Enter")
    expect(page.get_by_role("status").filter(has_text=words["saved"])).to_be_visible()
    page.get_by_role("link", name=words["compare"]).click()
    page.get_by_role("switch", name=words["only"]).press("Space")
    expect(page.get_by_role("row")).to_have_count(2)  # the head, and the one field that differs
    expect(page.get_by_role("row", name=words["job"])).to_contain_text("Nurse")
    assert axe_violations(page) == []

    # What the library calls her now stands on the map that knew her by another name.
    exchange = {
        "format": "hamsafar-map/1",
        "title": "Map",
        "kind": "current_state",
        "language": language,
        "personas": [{"id": "p", "name": "Somebody", "persona": first}],
        "stages": [{"id": "s", "name": "Buy"}],
    }
    made = ask(page, f"/api/workspaces/{workspace}/maps", {"document": exchange})
    page.goto(f"{home}/maps/{made['id']}?at=map:")
    expect(page.get_by_role("link", name="Mina")).to_be_visible()
    expect(page.get_by_text("Somebody")).to_have_count(0)

    page.goto(f"{home}/personas")
    page.get_by_role("textbox", name=words["search"]).fill("teach")
    expect(page.get_by_role("heading", level=2)).to_have_count(1)
