"""Versions of a map that is open: restored under everybody's eyes, kept before somebody's large change."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from django.db import DatabaseError

from hamsafar.accounts.tests.people import People
from hamsafar.maps.rooms import rooms
from hamsafar.maps.tests.browser import Browser, in_thread
from hamsafar.maps.versions import packing
from hamsafar.maps.versions.tests.test_api import SHOP, age, document_of, keep, listed, make_map, restore

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop(people: People) -> str:
    return make_map(people, document=SHOP)


@pytest.fixture(autouse=True)
async def _rooms() -> AsyncIterator[None]:
    yield
    await rooms.stop()


async def test_restoring_is_seen_on_every_screen_and_keeps_what_they_had_just_written(
    people: People, shop: str
) -> None:
    version = await in_thread(keep, people, shop, "first")
    browser = await Browser(people.owner.client, shop).open()
    await browser.run({"do": "add_stage", "id": "s3", "name": "تحویل"})
    await browser.run({"do": "set_card", "id": "c1", "fields": {"text": "همین حالا"}})
    restored = (await in_thread(restore, people, shop, version)).json()
    await browser.until(lambda: browser.names("stages") == ["آگاهی", "خرید"] and browser.saved)
    assert browser.map["cards"][0]["text"] == "آگهی را می‌بیند"
    await browser.until(lambda: {"about": "versions"} in browser.notices)
    # What was written before it is in the version that undoes it, on this screen too.
    await in_thread(restore, people, shop, restored["kept"])
    await browser.until(lambda: len(browser.names("stages")) == 3 and browser.saved)
    assert browser.map["cards"][0]["text"] == "همین حالا"


async def test_a_stage_with_cards_that_somebody_deletes_live_is_kept(people: People, shop: str) -> None:
    browser = await Browser(people.owner.client, shop).open()
    await browser.run({"do": "add_stage", "id": "s3", "name": "تحویل"})
    await browser.until(lambda: browser.saved)
    await browser.run({"do": "delete_stage", "id": "s2"})
    await browser.run(
        {"do": "set_map", "fields": {"title": "after"}}
    )  # a deletion alone is in no state vector
    await browser.until(lambda: browser.saved)
    (kept,) = await in_thread(listed, people, shop)
    assert (kept["reason"], kept["by"], kept["stages"], kept["cards"]) == ("before_large", "Owner", 3, 2)


async def test_a_live_edit_after_a_quiet_hour_keeps_what_was_left(people: People, shop: str) -> None:
    await in_thread(lambda: age(shop, hours=3))
    then = await in_thread(document_of, people, shop)
    browser = await Browser(people.owner.client, shop).open()
    await browser.run({"do": "set_map", "fields": {"title": "1"}})
    await browser.until(lambda: browser.saved)
    await browser.run({"do": "set_map", "fields": {"title": "2"}})
    await browser.until(lambda: browser.saved)
    (kept,) = await in_thread(listed, people, shop)
    assert (kept["reason"], kept["by"]) == ("quiet", "Editor")
    old = await in_thread(people.viewer.get, f"maps/{shop}/versions/{kept['id']}/document")
    assert old.json() == then


async def test_a_version_that_cannot_be_made_stops_no_live_edit(
    people: People, shop: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> Any:
        raise DatabaseError("disk full")

    monkeypatch.setattr(packing, "pack", broken)
    browser = await Browser(people.owner.client, shop).open()
    await browser.run({"do": "delete_stage", "id": "s2"})
    await browser.run(
        {"do": "set_map", "fields": {"title": "after"}}
    )  # a deletion alone is in no state vector
    await browser.until(lambda: browser.saved)
    assert len((await in_thread(document_of, people, shop))["stages"]) == 1


async def test_a_restore_whose_present_cannot_be_kept_changes_nothing(
    people: People, shop: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = await in_thread(keep, people, shop, "first")
    browser = await Browser(people.owner.client, shop).open()
    await browser.run({"do": "set_map", "fields": {"title": "now"}})
    await browser.until(lambda: browser.saved)

    def broken(*_: Any) -> Any:
        raise DatabaseError("disk full")

    monkeypatch.setattr(packing, "pack", broken)
    refused = await in_thread(restore, people, shop, version)
    assert (refused.status_code, refused.json()["code"]) == (503, "map_busy")
    await browser.run({"do": "add_stage", "id": "s9", "name": "more"})
    await browser.until(lambda: browser.saved)
    assert browser.map["title"] == "now"
    assert len((await in_thread(document_of, people, shop))["stages"]) == 3
