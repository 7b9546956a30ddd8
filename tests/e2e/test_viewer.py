"""An invited member who may look and not touch, with another language than the workspace's."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.conftest import NewPage, Site, sign_in


def test_a_viewer_joins_in_their_own_language_and_changes_nothing(
    sample_site: Site, new_page: NewPage
) -> None:
    owner = new_page(locale="fa-IR")
    sign_in(owner, sample_site, "fa")
    workspace = owner.url.split("/w/")[1].split("/")[0]
    invite = owner.evaluate(
        """async (workspace) => {
            const token = document.cookie.match(/csrftoken=([^;]+)/)[1]
            const answer = await fetch(`/api/workspaces/${workspace}/members`, {method: 'POST',
                body: JSON.stringify({email: 'viewer@example.org', name: 'Nima', role: 'viewer'}),
                headers: {'Content-Type': 'application/json', 'X-CSRFToken': token}})
            return (await answer.json()).invite_path
        }""",
        workspace,
    )

    page = new_page(locale="en-GB")
    page.goto(f"{sample_site.address}{invite}")
    page.get_by_label("Your name").fill("Nima")
    page.get_by_label("Password", exact=True).fill("a-long-way-together")
    page.get_by_role("button", name="Join").click()
    page.wait_for_url("**/w/*/maps")
    expect(page.get_by_role("link", name="Paths")).to_be_visible()
    expect(page.get_by_text("25 of 25 touchpoints bound")).to_be_visible()  # words and digits alike
    expect(page.get_by_role("button", name="New map")).to_have_count(0)

    page.get_by_role("link").filter(has_text="خرید از ترنج").first.click()
    expect(page.get_by_text("View only")).to_be_visible()
    expect(page.get_by_text("What happened", exact=True).first).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Add a "))).to_have_count(0)
