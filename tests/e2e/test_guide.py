"""The seven steps, from an empty workspace to a map with owners, in both languages and by the guide alone."""

from __future__ import annotations

from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import NewPage, Site, axe_violations, latin, sign_in
from tests.e2e.test_sample_map import PERSIAN_DIGITS, ask

WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "digits": {},
        "guide": "Guide",
        "progress": "{} of 7 done",
        "steps": [
            "Before you begin",
            "Persona",
            "Problem and questions",
            "Goals and expectations",
            "Actions",
            "Thoughts and feelings",
            "Opportunities",
            "Owners",
        ],
        "objective": "What the map shall help to decide",
        "scope": "Which experience, from where to where",
        "usual": "Begin with five usual stages",
        "stages": ["Awareness", "Consideration", "Purchase", "Use", "Loyalty"],
        "persona": "Add a persona",
        "name": "Mina",
        "job": "Job",
        "pains": "Pain points",
        "channels": "Channels they use",
        "to": "{} of {}",
        "kinds": {
            "problem": "Problem and questions",
            "content": "Content",
            "goals": "Goals",
            "actions": "Customer actions",
            "thoughts": "Thoughts",
            "opportunities": "Opportunities",
        },
        "actions": ["Sees an advert", "Reads the reviews", "Asks in the chat", "Tries it on", "Pays by card"],
        "complaint": "Add a complaint",
        "content": "delighted",
        "owner_of": "Owner of {}",
        "give": "Also give the owner",
        "export": "Export",
        "get": "Get the file",
    },
    "fa": {
        "digits": PERSIAN_DIGITS,
        "guide": "راهنما",
        "progress": "{} از 7 گام انجام شده",
        "steps": [
            "پیش از شروع",
            "پرسونا",
            "مسئله و پرسش‌های مشتری",
            "اهداف و انتظارات",
            "اقدامات مشتری",
            "افکار و احساسات",
            "فرصت‌های بهبود",
            "مسئول‌ها",
        ],
        "objective": "نقشه به کدام تصمیم کمک می‌کند",
        "scope": "کدام تجربه، از کجا تا کجا",
        "usual": "شروع با پنج مرحلهٔ معمول",
        "stages": ["آگاهی", "بررسی", "خرید", "استفاده", "وفاداری"],
        "persona": "افزودن پرسونا",
        "name": "مینا",
        "job": "شغل",
        "pains": "نقاط درد",
        "channels": "کانال‌هایی که استفاده می‌کند",
        "to": "{} در {}",
        "kinds": {
            "problem": "مسئله و پرسش‌های مشتری",
            "content": "محتوا",
            "goals": "اهداف",
            "actions": "اقدامات مشتری",
            "thoughts": "افکار",
            "opportunities": "فرصت‌های بهبود",
        },
        "actions": [
            "آگهی را می‌بیند",
            "نظرها را می‌خواند",
            "در چت می‌پرسد",
            "آن را امتحان می‌کند",
            "با کارت پرداخت می‌کند",
        ],
        "complaint": "افزودن شکایت",
        "content": "بسیار خشنود",
        "owner_of": "مسئول {}",
        "give": "کارت بی‌مسئول را هم به او بسپار",
        "export": "خروجی",
        "get": "گرفتن فایل",
    },
}


def newcomer(page: Page, site: Site, language: str) -> None:
    """Signs in as the first user of a server that has nothing yet."""
    password = "a-long-way-together"
    site.hamsafar("createowner", "--name", "Sara", "--email", "sara@example.org", "--password", password)
    sign_in(page, site, language)


def expect_progress(panel: Locator, words: dict[str, Any], done: int) -> None:
    text = words["progress"].format(done)
    expect(panel.get_by_role("status").first).to_have_text(text.translate(words["digits"]))


def write(panel: Locator, label: str, text: str) -> None:
    field = panel.get_by_role("textbox", name=label, exact=True)
    field.fill(text)
    field.press("Enter")
    expect(field).to_have_value("")


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_seven_steps_from_an_empty_workspace(empty_site: Site, new_page: NewPage, language: str) -> None:
    words = WORDS[language]
    page = new_page(locale="fa-IR" if language == "fa" else "en-GB")
    newcomer(page, empty_site, language)
    workspace = ask(page, "/api/workspaces", {"name": "Team", "language": language})["id"]
    made = ask(page, f"/api/workspaces/{workspace}/maps", {"title": "Map", "language": language})
    page.goto(f"{empty_site.address}/w/{workspace}/maps/{made['id']}")

    # On one's first empty map the guide is there by itself, at the preparation.
    panel = page.get_by_role("complementary")
    expect_progress(panel, words, 0)
    panel.get_by_label(words["objective"]).fill("Where do they give up?")
    panel.get_by_label(words["scope"]).fill("First orders")
    panel.get_by_role("button", name=words["usual"]).click()
    for stage in words["stages"]:
        expect(page.get_by_role("columnheader", name=stage)).to_be_visible()
    assert axe_violations(page) == []

    def open_step(number: int) -> None:
        panel.get_by_role("button", name=words["steps"][number]).first.click()

    def for_each_stage(kind: str, texts: list[str]) -> None:
        for stage, text in zip(words["stages"], texts, strict=True):
            write(panel, words["to"].format(words["kinds"][kind], stage), text)

    open_step(1)
    chooser = panel.get_by_role("combobox", name=words["persona"])
    chooser.fill(words["name"])
    page.get_by_role("option", name=words["name"]).click()
    sheet = panel.get_by_role("region", name=words["name"])
    sheet.get_by_label(words["job"]).fill("Nurse")
    for field in (words["pains"], words["channels"]):
        inside = sheet.locator("input:visible").and_(sheet.get_by_label(field, exact=True))
        inside.fill("Instagram")
        inside.press("Enter")
    expect_progress(panel, words, 1)

    open_step(2)
    for_each_stage("problem", ["?"] * 5)
    expect_progress(panel, words, 1)  # a question wants content that answers it
    for_each_stage("content", ["!"] * 5)
    expect_progress(panel, words, 2)

    open_step(3)
    for_each_stage("goals", ["A gift in time"] * 5)
    expect_progress(panel, words, 3)

    open_step(4)
    for_each_stage("actions", words["actions"])
    panel.get_by_role("button", name=words["complaint"]).click()
    page.keyboard.type("…")
    page.keyboard.press("Enter")
    expect_progress(panel, words, 4)

    open_step(5)
    for_each_stage("thoughts", ["Hm"] * 5)
    for radio in panel.get_by_role("radio", name=words["content"]).all():
        radio.click()
    expect_progress(panel, words, 5)

    open_step(6)
    write(panel, words["to"].format(words["kinds"]["opportunities"], words["stages"][1]), "Say the price")
    expect_progress(panel, words, 6)

    open_step(7)
    for stage in words["stages"]:
        owner = panel.get_by_label(words["owner_of"].format(stage), exact=True).and_(panel.locator("input"))
        owner.fill("Sales")
        owner.press("Tab")
        panel.get_by_role("region", name=stage, exact=True).get_by_role("button", name=words["give"]).click()
    expect_progress(panel, words, 7)
    assert axe_violations(page) == []

    stored = page.evaluate(
        "async (path) => (await fetch(path)).json()",
        f"/api/workspaces/{workspace}/maps/{made['id']}/document",
    )
    assert stored["objective"] == "Where do they give up?"
    assert [one["name"] for one in stored["stages"]] == words["stages"]
    # The customer's own words belong to nobody of ours.
    work = [card for card in stored["cards"] if "owner" in card]
    assert {card["owner"]["name"] for card in work} == {"Sales"}
    assert {card["text"] for card in work} == {*words["actions"], "…", "!", "Say the price"}

    # It stays where it was, and does not come by itself again.
    page.reload()
    expect_progress(panel, words, 7)
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    page.get_by_role("button", name=words["guide"]).click()
    expect_progress(panel, words, 7)

    page.get_by_role("button", name=words["export"], exact=True).click()
    with page.expect_download() as coming:
        page.get_by_role("button", name=words["get"]).click()
    pdf = pypdfium2.PdfDocument(coming.value.path())
    drawn = "".join(sheet.get_textpage().get_text_bounded() for sheet in pdf)
    # Words of a line that runs the other way come out of a PDF in an order of their own.
    assert {"Say", "the", "price"} <= set(drawn.split())
    assert drawn.split().count("gift") == 5


def test_the_guide_on_a_narrow_screen_shows_the_place(empty_site: Site, new_page: NewPage) -> None:
    page: Page = new_page(width=360, height=740)
    newcomer(page, empty_site, "en")
    workspace = ask(page, "/api/workspaces", {"name": "Team", "language": "en"})["id"]
    body = {"template": "bank", "language": "en", "title": "Map"}
    made = ask(page, f"/api/workspaces/{workspace}/maps", body)
    page.goto(f"{empty_site.address}/w/{workspace}/maps/{made['id']}?at=panel:guide")
    panel = page.get_by_role("complementary")
    panel.get_by_role("button", name="Goals and expectations").click()
    assert axe_violations(page) == []
    stage = latin(made["stages"][2])
    panel.get_by_role("button", name=f"Show {stage} on the board").click()
    expect(panel).to_have_count(0)
    expect(page.get_by_role("tab", name=stage)).to_have_attribute("aria-selected", "true")
