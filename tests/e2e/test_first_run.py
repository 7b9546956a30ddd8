"""A newcomer on an empty database, in both languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewPage, Site, axe_violations

WORDS = {
    "fa-IR": {
        "welcome": "به همسفر خوش آمدید",
        "name": "نام شما",
        "email": "ایمیل",
        "password": "رمز عبور",
        "workspace": "فضای کاری",
        "begin": "شروع کنیم",
        "dir": "rtl",
    },
    "en-GB": {
        "welcome": "Welcome to Hamsafar",
        "name": "Your name",
        "email": "E-mail",
        "password": "Password",
        "workspace": "Workspace",
        "begin": "Begin",
        "dir": "ltr",
    },
}


def fill(page: Page, words: dict[str, str], password: str) -> None:
    page.get_by_label(words["name"]).fill("سارا احمدی")
    page.get_by_label(words["email"]).fill("sara@example.org")
    page.get_by_label(words["password"], exact=True).fill(password)
    page.get_by_label(words["workspace"]).fill("کتاب و هنر")
    page.get_by_role("button", name=words["begin"]).click()


@pytest.mark.parametrize("locale", ["fa-IR", "en-GB"])
def test_the_owner_makes_an_account_and_is_in(empty_site: Site, new_page: NewPage, locale: str) -> None:
    words = WORDS[locale]
    page = new_page(locale=locale)
    page.goto(empty_site.address)
    expect(page.get_by_role("heading", name=words["welcome"])).to_be_visible()
    assert page.locator("html").get_attribute("dir") == words["dir"]
    assert axe_violations(page) == []

    fill(page, words, "12345678")
    expect(page.get_by_role("alert").first).to_be_visible()
    fill(page, words, "a-long-way-together")
    page.wait_for_url("**/w/*/maps")
    expect(page.get_by_text("کتاب و هنر").first).to_be_visible()
    assert axe_violations(page) == []

    other = new_page(locale=locale)
    other.goto(f"{empty_site.address}/setup")
    other.wait_for_url("**/signin")
