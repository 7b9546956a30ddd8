"""Teams, and who answers for what across maps, in both languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import NewPage, Site, axe_violations
from tests.e2e.test_guide import newcomer
from tests.e2e.test_sample_map import ask

WORDS = {
    "en": {
        "propose": "Make these teams",
        "team": "Support",
        "members": "Members of Support",
        "name": "Name of the team",
        "renamed": "Care",
        "owner": "Owner",
        "none": "Nobody's",
        "mine": "Mine",
        "give": "Also give the owner",
        "stage": "Delivery",
    },
    "fa": {
        "propose": "ساختن همین تیم‌ها",
        "team": "پشتیبانی",
        "members": "اعضای پشتیبانی",
        "name": "نام تیم",
        "renamed": "مراقبت از مشتری",
        "owner": "مسئول",
        "none": "بی‌مسئول",
        "mine": "کارهای من",
        "give": "کارت بی‌مسئول را هم به او بسپار",
        "stage": "تحویل",
    },
}


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_team_takes_over_what_nobody_owned(empty_site: Site, new_page: NewPage, language: str) -> None:
    words = WORDS[language]
    page = new_page(locale="fa-IR" if language == "fa" else "en-GB")
    newcomer(page, empty_site, language)
    workspace = ask(page, "/api/workspaces", {"name": "Team", "language": language})["id"]
    home = f"{empty_site.address}/w/{workspace}"
    exchange = {
        "format": "hamsafar-map/1",
        "title": "Map",
        "kind": "current_state",
        "language": language,
        "stages": [{"id": "s", "name": words["stage"]}],
        "lanes": [{"id": "a", "kind": "actions"}, {"id": "t", "kind": "thoughts"}],
        "cards": [
            {"id": "c1", "lane": "a", "stage": "s", "text": "Calls the courier"},
            {"id": "c2", "lane": "t", "stage": "s", "text": "Where is it?"},
        ],
    }
    made = ask(page, f"/api/workspaces/{workspace}/maps", {"document": exchange})

    # The usual teams are one press away; one gets its member.
    page.goto(f"{home}/settings/teams")
    page.get_by_role("button", name=words["propose"]).click()
    team = page.get_by_role("listitem").filter(has=page.get_by_role("combobox", name=words["members"]))
    expect(team).to_have_count(1)
    team.get_by_role("combobox", name=words["members"]).click()
    page.get_by_role("option", name="Sara").click()
    page.keyboard.press("Escape")
    assert axe_violations(page) == []

    # What nobody owns is work: the stage and its action, not the customer's thought.
    page.goto(f"{home}/owned?who=none")
    table = page.get_by_role("table")
    expect(table.get_by_role("link")).to_have_text([words["stage"], "Calls the courier"])
    assert axe_violations(page) == []
    table.get_by_role("link", name=words["stage"]).click()
    page.wait_for_url(f"**/maps/{made['id']}?at=stage:s")
    panel = page.get_by_role("complementary")
    panel.get_by_role("combobox", name=words["owner"], exact=True).click()
    page.get_by_role("option", name=words["team"]).click()
    panel.get_by_role("button", name=words["give"]).click()
    card = page.locator("[data-card=c1]")
    expect(card.get_by_text(words["team"])).to_have_count(1)

    # It is mine, being in the team, and has the team's new name when that is called otherwise.
    page.goto(f"{home}/owned")
    expect(table.get_by_role("link")).to_have_text([words["stage"], "Calls the courier"])
    page.goto(f"{home}/settings/teams")
    field = page.get_by_role("listitem").filter(has_text="Sara").get_by_role("textbox", name=words["name"])
    field.fill(words["renamed"])
    field.press("Enter")
    expect(page.get_by_role("combobox", name=words["members"])).to_have_count(0)
    page.goto(f"{home}/owned")
    expect(table.get_by_text(words["renamed"])).to_have_count(2)
    table.get_by_role("link", name="Calls the courier").click()
    expect(page.locator("[data-card=c1]").get_by_text(words["renamed"])).to_have_count(1)
