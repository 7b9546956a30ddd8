"""The room's rare cases: races with other processes, readers that do not keep up."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from asgiref.sync import sync_to_async

from hamsafar.accounts.tests.people import People
from hamsafar.maps import commands, document, log
from hamsafar.maps.client import SYNC_AGAIN, Client, Close
from hamsafar.maps.errors import MapBusy
from hamsafar.maps.room import Room
from hamsafar.maps.store import Store
from hamsafar.maps.work import Request

ADD = [{"do": "add_stage", "name": "A"}]


def store_past_the_room(map_id: str, workspace_id: str, request_id: str) -> dict[str, Any]:
    """What another process does that carries out ``ADD``."""
    loaded = log.load(map_id)
    doc = document.open_doc(loaded.updates)
    made = commands.plan(document.read(doc), ADD)
    update = commands.perform(doc, made)
    answer = {"added": made.added, "seq": loaded.seq + 1}
    projection = log.Projection.of(document.project(document.read(doc)))
    entry = log.Entry(update, None, None, request_id, answer)
    log.append(log.Batch(map_id, workspace_id, loaded.seq, [entry], projection))
    return answer


def request(people: People, request_id: str | None) -> Request:
    answer = asyncio.get_running_loop().create_future()
    return Request(people.editor.user_id, ADD, request_id, set(), answer)


@pytest.mark.django_db(transaction=True)
async def test_a_request_that_another_process_has_just_answered_is_not_done_again(people: People) -> None:
    map_id = (await sync_to_async(people.editor.post)("maps", {"title": "T"})).json()["id"]
    store = Store()
    room = Room(await sync_to_async(log.load)(map_id), store)
    answered = await sync_to_async(store_past_the_room)(map_id, people.workspace_id, "r1")
    same, other = request(people, "r1"), request(people, "r2")
    room.request(same)
    room.request(other)
    assert await same.answer == answered
    assert (await other.answer)["seq"] == 2
    await room.stop()
    await store.close()
    loaded = await sync_to_async(log.load)(map_id)
    assert len(document.read(document.open_doc(loaded.updates))["stages"]) == 2


@pytest.mark.django_db(transaction=True)
async def test_a_request_that_cannot_be_stored_is_told_so(people: People, monkeypatch: Any) -> None:
    map_id = (await sync_to_async(people.editor.post)("maps", {"title": "T"})).json()["id"]
    store = Store()
    room = Room(await sync_to_async(log.load)(map_id), store)

    def always_behind(_: log.Batch) -> int:
        raise log.Behind

    monkeypatch.setattr(log, "append", always_behind)
    asked = request(people, None)
    room.request(asked)
    with pytest.raises(MapBusy):
        await asked.answer
    await room.stop()
    await store.close()


@pytest.mark.django_db(transaction=True)
async def test_a_room_ends_even_when_its_last_write_fails(people: People, monkeypatch: Any) -> None:
    map_id = (await sync_to_async(people.editor.post)("maps", {"title": "T"})).json()["id"]
    store = Store()
    room = Room(await sync_to_async(log.load)(map_id), store)
    asked = request(people, None)
    room.request(asked)
    await asked.answer

    def broken(*_: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(log, "compact", broken)
    await asyncio.wait_for(room.stop(), 10)
    await store.close()


async def test_a_reader_thousands_of_frames_behind_is_sent_away() -> None:
    client = Client(user=None, session_key="", can_write=True)
    for number in range(3_000):
        client.send(str(number).encode())
    assert client.gone
    assert await client.next() == Close(SYNC_AGAIN, "too_slow")
    client.send(b"more")
    assert client.outbox.empty()


async def test_a_reader_megabytes_behind_is_sent_away_and_keeps_nothing() -> None:
    client = Client(user=None, session_key="", can_write=True)
    client.send(b"a whole map" * 1_000_000)  # one frame may always wait
    assert not client.gone
    await client.next()
    for _ in range(10):
        client.send(b"x" * 500_000)
    assert [await client.next(), client.outbox.qsize()] == [Close(SYNC_AGAIN, "too_slow"), 0]
