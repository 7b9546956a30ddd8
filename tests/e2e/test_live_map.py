"""Two people on one map: each sees what the other does, and what says saved is stored."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.conftest import NewPage, Site, sign_in
from tests.e2e.test_sample_map import ask


def test_two_screens_edit_one_map(sample_site: Site, new_page: NewPage) -> None:
    one, two = new_page(), new_page()
    for page in (one, two):
        sign_in(page, sample_site, "en")
    workspace = one.url.split("/w/")[1].split("/")[0]
    maps = f"/api/workspaces/{workspace}/maps"
    body = {"template": "before_during_after", "language": "en", "title": "Live"}
    map_id = ask(one, maps, body)["id"]
    for page in (one, two):
        page.goto(f"{sample_site.address}/w/{workspace}/maps/{map_id}")
        expect(page.get_by_text("Saved").first).to_be_visible()

    one.get_by_role("columnheader", name="Before purchase").get_by_text("Before purchase").dblclick()
    one.keyboard.press("Control+A")
    one.keyboard.type("Need and search")
    one.keyboard.press("Enter")
    expect(two.get_by_role("columnheader", name="Need and search")).to_be_visible()

    command = {"do": "add_stage", "name": "Coming back"}
    added = ask(one, f"{maps}/{map_id}/commands", {"commands": [command]})["added"]
    for page in (one, two):
        expect(page.get_by_role("columnheader", name="Coming back")).to_be_visible()

    # Undo takes back one's own change, not what came from elsewhere meanwhile.
    one.keyboard.press("Control+z")
    for page in (one, two):
        expect(page.get_by_role("columnheader", name="Before purchase")).to_be_visible()
        expect(page.get_by_role("columnheader", name="Coming back")).to_be_visible()

    expect(one.get_by_text("Saved").first).to_be_visible()
    stored = one.evaluate("async (path) => (await fetch(path)).json()", f"{maps}/{map_id}/document")
    names = [one_stage["name"] for one_stage in stored["stages"]]
    assert names == ["Before purchase", "During purchase", "After purchase", "Coming back"]
    assert stored["stages"][3]["id"] == added[0]

    ask(one, f"{maps}/{map_id}/commands", {"commands": [{"do": "delete_stage", "id": added[0]}]})
    expect(two.get_by_role("columnheader", name="Coming back")).to_have_count(0)

    deleted = one.evaluate(
        """async (path) => {
            const token = document.cookie.match(/csrftoken=([^;]+)/)[1]
            return (await fetch(path, {method: 'DELETE', headers: {'X-CSRFToken': token}})).status
        }""",
        f"{maps}/{map_id}",
    )
    assert deleted == 204
