"""Comments on other screens: heard at once, and no more by who was sent away."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from hamsafar.accounts.tests.people import People
from hamsafar.comments.tests.test_comments import SHOP, at, on_card
from hamsafar.maps.rooms import rooms
from hamsafar.maps.tests.browser import Browser, in_thread

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
async def _rooms() -> AsyncIterator[None]:
    yield
    await rooms.stop()


async def test_a_comment_and_its_notice_come_at_once(people: People) -> None:
    map_id = (await in_thread(people.owner.post, "maps", {"document": SHOP})).json()["id"]
    viewer = await Browser(people.viewer.client, map_id).open()
    made = await in_thread(people.editor.post, f"maps/{map_id}/threads", on_card(at(people.viewer)))
    await viewer.until(lambda: len(viewer.notices) == 2)
    told = {"about": "comments", "thread": made.json()["id"]}
    assert sorted(viewer.notices, key=lambda one: one["about"]) == [told, {"about": "notices"}]


async def test_a_member_who_is_removed_hears_nothing_more(people: People) -> None:
    map_id = (await in_thread(people.owner.post, "maps", {"document": SHOP})).json()["id"]
    viewer = await Browser(people.viewer.client, map_id).open()
    members = {one["user_id"]: one["id"] for one in (await in_thread(people.owner.get, "members")).json()}
    await in_thread(people.owner.delete, f"members/{members[people.viewer.user_id]}")
    assert (await viewer.closed()).code == 4403
    await in_thread(people.editor.post, f"maps/{map_id}/threads", on_card("after"))
    assert viewer.notices == []
    assert (await in_thread(people.viewer.get, f"maps/{map_id}/threads")).status_code == 404
