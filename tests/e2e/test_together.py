"""Two people in one map: one asks, the other hears of it at once, answers and settles it; in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewPage, Site, axe_violations
from tests.e2e.test_guide import newcomer
from tests.e2e.test_sample_map import ask

WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "locale": "en-GB",
        "card": "Payment fails",
        "name": "Reza Kiani",
        "typed": "kiani",
        "question": "which bank is it?",
        "answer": "All of them, since Monday.",
        "begin": "Begin a thread here",
        "your_name": "Your name",
        "password": "Password",
        "join": "Join",
        "bell": "Notices: 1 unread",
        "bell_read": "Notices",
        "told": "mentioned you in a comment",
        "resolve": "Resolve",
        "reopen": "Reopen",
        "reply": "Reply; @",
        "mark": "1 open thread, 1 with news",
        "resolved_by": "Resolved by",
        "notices": "mentioned you in a comment",
        "settings/notices": "Somebody names you in a comment",
    },
    "fa": {
        "locale": "fa-IR",
        "card": "پرداخت ناموفق می‌ماند",
        "name": "علی‌رضا کیانی",
        "typed": "كياني",  # with Arabic letters: it is the same name
        "question": "کدام بانک است؟",
        "answer": "همهٔ بانک‌ها، از دوشنبه.",
        "begin": "گفت‌وگو را اینجا آغاز کنید",
        "your_name": "نام شما",
        "password": "رمز عبور",
        "join": "می‌پیوندم",
        "bell": "اعلان‌ها: ۱ خوانده‌نشده",
        "bell_read": "اعلان‌ها",
        "told": "از شما نام برد",
        "resolve": "حل شد",
        "reopen": "باز کردن دوباره",
        "reply": "پاسخ؛ با @",
        "mark": "۱ گفت‌وگوی باز، ۱ مورد خوانده‌نشده",
        "resolved_by": "آن را حل‌شده دانست",
        "notices": "از شما نام برد",
        "settings/notices": "کسی در دیدگاهی از شما نام ببرد",
    },
}


@pytest.mark.parametrize("language", ["fa", "en"])
def test_one_asks_the_other_hears_answers_and_settles(
    empty_site: Site, new_page: NewPage, language: str
) -> None:
    words = WORDS[language]
    asking = new_page(locale=words["locale"], width=1280, height=800)
    newcomer(asking, empty_site, language)
    workspace = ask(asking, "/api/workspaces", {"name": "Team", "language": language})["id"]
    made = ask(asking, f"/api/workspaces/{workspace}/maps", {"document": exchange(words, language)})
    address = f"{empty_site.address}/w/{workspace}/maps/{made['id']}"
    answering = join(
        asking, new_page(locale=words["locale"], width=1280, height=800), empty_site, workspace, words
    )
    answering.goto(address)
    card = answering.locator("[data-card=c]")
    expect(card).to_be_visible()

    # Begun by the keyboard on the card, with a name typed in another way than its bearer writes it.
    asking.goto(address)
    asking.locator("[data-card=c]").focus()
    asking.keyboard.press("Control+Alt+KeyM")
    field = asking.get_by_role("combobox", name=words["begin"])
    expect(field).to_be_focused()
    field.press_sequentially(f"@{words['typed']}")
    expect(asking.get_by_role("option")).to_have_count(1)
    field.press("Enter")
    expect(field).to_have_value(f"@{words['name']} ")
    field.press_sequentially(words["question"])
    field.press("Control+Enter")
    thread = asking.get_by_role("region", name=words["card"])
    expect(thread).to_contain_text(words["question"])
    assert axe_violations(asking) == []

    # The other was on the map all the time and touched nothing.
    expect(card.get_by_role("button", name=words["mark"])).to_be_visible()
    answering.get_by_role("button", name=words["bell"]).click()
    notice = answering.get_by_role("link").filter(has_text=words["told"])
    expect(notice).to_contain_text(words["question"])
    notice.click()
    own = answering.get_by_role("region", name=words["card"])
    expect(own).to_contain_text(words["question"])
    expect(answering.get_by_role("button", name=words["bell_read"], exact=True)).to_be_visible()
    own.get_by_role("combobox", name=words["reply"]).fill(words["answer"])
    own.get_by_role("combobox", name=words["reply"]).press("Control+Enter")
    expect(thread).to_contain_text(words["answer"])
    own.get_by_role("button", name=words["resolve"]).click()

    expect(thread).to_contain_text(words["resolved_by"])
    expect(thread.get_by_role("button", name=words["reopen"])).to_be_visible()
    expect(card.get_by_role("button", name=words["mark"])).to_have_count(0)
    assert axe_violations(asking) == []

    # The same notice on the list's own screen, and how one hears of what.
    for screen in ("notices", "settings/notices"):
        answering.goto(f"{empty_site.address}/w/{workspace}/{screen}")
        expect(answering.get_by_text(words[screen]).first).to_be_visible()
        assert axe_violations(answering) == []


def exchange(words: dict[str, Any], language: str) -> dict[str, Any]:
    return {
        "format": "hamsafar-map/1",
        "title": "Map",
        "kind": "current_state",
        "language": language,
        "stages": [{"id": "s", "name": "1"}],
        "lanes": [{"id": "p", "kind": "pains"}],
        "cards": [{"id": "c", "lane": "p", "stage": "s", "text": words["card"]}],
    }


def join(owner: Page, page: Page, site: Site, workspace: str, words: dict[str, Any]) -> Page:
    """A second member, signed in on a page of their own."""
    member = {"email": "reza@example.org", "name": words["name"], "role": "editor"}
    invite = ask(owner, f"/api/workspaces/{workspace}/members", member)["invite_path"]
    page.goto(f"{site.address}{invite}")
    page.get_by_label(words["your_name"], exact=True).fill(words["name"])
    page.get_by_label(words["password"], exact=True).fill("a-long-way-together")
    page.get_by_role("button", name=words["join"]).click()
    page.wait_for_url("**/w/*/maps")
    return page
