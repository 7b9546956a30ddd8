"""The hero: a sample map on which paths are measured, in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewPage, Site, axe_violations, latin, sign_in

WORDS = {
    "fa-IR": {
        "sample": "دادهٔ نمونه",
        "map": "خرید از ترنج",
        "payment": "پرداخت",
        "happened": "چه رخ داد",
        "entered": "وارد شدند",
        "who": "چه کسانی؟",
        "persons": "شخص",
        "thousands": "٬",
    },
    "en-GB": {
        "sample": "Sample data",
        "map": "Buying from Toranj",
        "payment": "Payment",
        "happened": "What happened",
        "entered": "entered",
        "who": "who are they?",
        "persons": "person",
        "thousands": ",",
    },
}

PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def ask(page: Page, path: str, body: dict[str, Any]) -> Any:
    """What the API answers to the signed-in user of this page."""
    return page.evaluate(
        """async ([path, body]) => {
            const token = document.cookie.match(/csrftoken=([^;]+)/)[1]
            const answer = await fetch(path, {method: 'POST', body: JSON.stringify(body),
                headers: {'Content-Type': 'application/json', 'X-CSRFToken': token}})
            return await answer.json()
        }""",
        [path, body],
    )


@pytest.mark.parametrize("locale", ["fa-IR", "en-GB"])
def test_the_map_shows_what_happened_and_who(sample_site: Site, new_page: NewPage, locale: str) -> None:
    words = WORDS[locale]
    page = new_page(locale=locale)
    sign_in(page, sample_site, locale[:2])
    expect(page.get_by_text(words["sample"]).first).to_be_visible()
    assert axe_violations(page) == []

    page.get_by_text(words["map"]).first.click()
    page.wait_for_url("**/maps/*")
    expect(page.get_by_text(words["happened"]).first).to_be_visible()
    workspace, map_id = page.url.split("/w/")[1].split("/maps/")
    map_id = map_id.split("?")[0]
    measured = ask(page, f"/api/workspaces/{workspace}/maps/{map_id}/measure", {})
    assert measured["persons"] == 20_000

    def shown(number: int) -> str:
        return f"{number:,}".replace(",", words["thousands"])

    def written(number: int) -> str:
        return shown(number).translate(PERSIAN_DIGITS if locale == "fa-IR" else {})

    board = page.get_by_role("table").first
    for stage in measured["stages"]:
        expect(board).to_contain_text(f"{written(stage['entered'])} {words['entered']}", use_inner_text=True)

    page.get_by_text(words["payment"], exact=True).first.click()
    details = page.get_by_role("complementary")
    expect(details.get_by_role("heading", name=words["payment"])).to_be_visible()
    expect(details.get_by_role("button", name=words["who"]).first).to_be_visible()
    card = next(row for row in measured["touchpoints"] if row["name"] == words["payment"])
    who = details.get_by_role("button", name=words["who"]).first
    assert latin(who.inner_text()) == shown(card["persons"])
    who.click()
    people = page.get_by_role("dialog")
    expect(people.get_by_role("link").first).to_be_visible()
    expect(people).to_contain_text(f"{written(card['persons'])} {words['persons']}", use_inner_text=True)
    assert axe_violations(page) == []


@pytest.mark.parametrize("dark", [False, True])
def test_the_map_passes_axe_narrow_and_dark(sample_site: Site, new_page: NewPage, dark: bool) -> None:
    page = new_page(locale="fa-IR", width=360, height=740, dark=dark)
    sign_in(page, sample_site, "fa")
    page.get_by_role("link").filter(has_text="ترنج").first.click()
    page.wait_for_url("**/maps/*")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe_violations(page) == []
