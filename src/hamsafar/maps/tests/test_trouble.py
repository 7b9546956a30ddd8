"""Live maps in trouble: full maps, slow readers, too many screens, and people who come back after hours."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from asgiref.sync import sync_to_async

from hamsafar.accounts.tests.people import People
from hamsafar.maps import client, document, frames, log, rooms, socket, writer
from hamsafar.maps.models import MapUpdate
from hamsafar.maps.tests.browser import Browser

pytestmark = pytest.mark.django_db(transaction=True)
STAGE = {"do": "add_stage", "id": "s1", "name": "آگاهی"}


@pytest.fixture
def map_id(people: People) -> str:
    return str(people.editor.post("maps", {"title": "Purchase"}).json()["id"])


@pytest.fixture(autouse=True)
async def _rooms() -> AsyncIterator[None]:
    yield
    await rooms.rooms.stop()


async def in_thread(function: Any, *arguments: Any, **named: Any) -> Any:
    return await sync_to_async(function, thread_sensitive=False)(*arguments, **named)


def stored_map(map_id: str) -> dict[str, Any]:
    return document.project(document.read(document.open_doc(log.load(map_id).updates)))


def rename(name: str) -> dict[str, Any]:
    return {"do": "set_stage", "id": "s1", "fields": {"name": name}}


async def test_an_update_that_would_make_the_map_too_large_is_refused(
    people: People, map_id: str, monkeypatch: Any
) -> None:
    browser = await Browser(people.editor.client, map_id).open()
    await browser.run(STAGE)
    await browser.until(lambda: browser.saved)
    monkeypatch.setattr(writer, "LARGEST_DOCUMENT", 1_000)
    await browser.run({"do": "set_map", "fields": {"objective": "x" * 1_000}})
    closed = await browser.closed()
    assert (closed.code, closed.reason) == (4400, "map_full")
    again = await Browser(people.editor.client, map_id).open()
    await again.run(rename("خرید"))  # what fits is still welcome
    await again.until(lambda: again.saved)
    assert (await in_thread(stored_map, map_id))["stages"] == [{"id": "s1", "name": "خرید"}]


async def test_a_map_does_not_fill_up_by_being_edited_for_long(
    people: People, map_id: str, monkeypatch: Any
) -> None:
    monkeypatch.setattr(writer, "LARGEST_DOCUMENT", 20_000)
    monkeypatch.setattr(writer, "COMPACT_AFTER", 10)
    browser = await Browser(people.editor.client, map_id).open()
    await browser.run(STAGE)
    for number in range(60):
        await browser.run({"do": "set_map", "fields": {"objective": f"{number} " + "x" * 1_000}})
        await browser.until(lambda: browser.saved)
    kept = await in_thread(log.load, map_id)
    assert kept.seq == 61
    assert sum(map(len, kept.updates)) < 20_000
    assert await in_thread(MapUpdate.objects.filter(map_id=map_id).count) < 20


async def test_edits_go_on_while_a_snapshot_is_made_and_none_is_lost(
    people: People, map_id: str, monkeypatch: Any
) -> None:
    monkeypatch.setattr(writer, "COMPACT_AFTER", 3)
    one = await Browser(people.editor.client, map_id).open()
    two = await Browser(people.owner.client, map_id).open()
    for number in range(40):
        await one.run({"do": "add_stage", "name": f"a{number}"})
        await two.run({"do": "add_stage", "name": f"b{number}"})
    for browser in (one, two):
        await browser.until(lambda browser=browser: browser.saved and len(browser.map["stages"]) == 80)
    assert await in_thread(stored_map, map_id) == one.map == two.map


async def test_whoever_was_away_for_hours_comes_back_with_all_they_wrote(people: People, map_id: str) -> None:
    traveller = await Browser(people.editor.client, map_id).open()
    await traveller.run(STAGE, {"do": "add_lane", "id": "l1", "kind": "actions"})
    await traveller.until(lambda: traveller.saved)
    await traveller.leave()
    # On the way: writes in the stage, and in one that the others delete meanwhile.
    offline = Browser(people.editor.client, map_id)
    offline.doc = traveller.doc
    for command in (
        {"do": "add_stage", "id": "s2", "name": "خرید"},
        {"do": "add_card", "id": "c1", "stage": "s1", "lane": "l1", "text": "در قطار نوشته شد"},
        {"do": "add_card", "id": "c2", "stage": "s2", "lane": "l1", "text": "این هم"},
    ):
        offline.write(command)
    at_home = await Browser(people.owner.client, map_id).open()
    await at_home.run({"do": "delete_stage", "id": "s1"}, {"do": "add_stage", "id": "s3", "name": "استفاده"})
    await at_home.until(lambda: at_home.saved)
    await at_home.leave()
    await rooms.rooms.close_idle(0)  # the log is one snapshot by now
    await offline.open()
    await offline.until(lambda: offline.saved)
    merged = await in_thread(stored_map, map_id)
    assert {stage["id"] for stage in merged["stages"]} == {"s2", "s3"}
    assert [card["text"] for card in merged["cards"]] == ["این هم"]
    assert merged == offline.map
    await offline.run({**STAGE, "id": "s4"})
    await offline.until(lambda: offline.saved)


async def test_one_person_may_not_have_any_number_of_screens(
    people: People, map_id: str, monkeypatch: Any
) -> None:
    monkeypatch.setattr(rooms, "MOST_SCREENS_OF_A_USER", 2)
    first, second = [await Browser(people.editor.client, map_id).open() for _ in range(2)]
    third = Browser(people.editor.client, map_id)
    await third.connect()
    closed = await third.closed()
    assert (closed.code, closed.reason) == (4429, "too_many")
    await Browser(people.owner.client, map_id).open()  # somebody else may
    await first.leave()
    again = await Browser(people.editor.client, map_id).open()
    assert again.map == second.map


async def test_a_browser_that_does_not_read_holds_nobody_up_and_is_let_go_of(
    people: People, map_id: str, monkeypatch: Any
) -> None:
    monkeypatch.setattr(client, "OUTBOX_FRAMES", 5)
    monkeypatch.setattr(socket, "GOODBYE_SECONDS", 0.0)
    arrived, never = asyncio.Event(), asyncio.Event()

    async def receive() -> dict[str, Any]:
        if not arrived.is_set():
            return {"type": "websocket.connect"}
        await never.wait()
        raise AssertionError

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "websocket.accept":
            arrived.set()
        else:
            await never.wait()  # the network takes no more

    stuck = asyncio.create_task(
        socket.application(Browser(people.editor.client, map_id).scope, receive, send)
    )
    await arrived.wait()
    writing = await Browser(people.owner.client, map_id).open()
    for number in range(20):
        await writing.run({"do": "add_stage", "name": str(number)})
        await writing.until(lambda: writing.saved)
    await asyncio.wait_for(stuck, 10)
    assert len(writing.map["stages"]) == 20


async def test_a_sender_far_ahead_of_the_writer_waits() -> None:
    sender = client.Client(user=None, session_key="", can_write=True)
    large, small = b"x" * 1_000_000, b"x"
    await sender.take_slots(large)
    await sender.take_slots(large)
    waiting = asyncio.create_task(sender.take_slots(small))
    await asyncio.sleep(0)
    assert not waiting.done()
    sender.give_back(large)
    await asyncio.wait_for(waiting, 10)


async def test_a_room_tells_only_the_sender_that_it_is_stored(people: People, map_id: str) -> None:
    writing = await Browser(people.editor.client, map_id).open()
    watching = await Browser(people.owner.client, map_id).open()
    known = watching.stored
    await writing.run(STAGE)
    await writing.until(lambda: writing.saved)
    await watching.until(lambda: watching.names("stages") == ["آگاهی"])
    await watching.send(frames.awareness(b"\x00"))
    assert watching.stored == known
