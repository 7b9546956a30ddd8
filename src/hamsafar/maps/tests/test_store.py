"""What waits together is stored together, and one map's trouble is not another's."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import OperationalError, connection, transaction

from hamsafar.accounts.tests.people import People
from hamsafar.maps import commands, document, log
from hamsafar.maps.errors import MapNotFound
from hamsafar.maps.models import Map
from hamsafar.maps.store import NotEditors, Store

pytestmark = pytest.mark.django_db(transaction=True)


def batch(map_id: str, workspace_id: str, stage: str, known_seq: int = 0) -> log.Batch:
    doc = document.open_doc(log.load(map_id).updates)
    update = commands.perform(doc, commands.plan(document.read(doc), [{"do": "add_stage", "name": stage}]))
    projection = log.Projection.of(document.project(document.read(doc)))
    return log.Batch(map_id, workspace_id, known_seq, [log.Entry(update, None)], projection)


def make_map(people: People, title: str) -> str:
    return str(people.editor.post("maps", {"title": title}).json()["id"])


async def test_maps_are_stored_together_and_each_for_itself(people: People) -> None:
    def prepare() -> dict[str, tuple[log.Batch, list[Any]]]:
        good, behind, gone, not_ours = (make_map(people, name) for name in ("good", "behind", "gone", "x"))
        w = people.workspace_id
        prepared: dict[str, tuple[log.Batch, list[Any]]] = {
            "good": (batch(good, w, "A"), [people.editor.user_id]),
            "behind": (batch(behind, w, "A", known_seq=7), []),
            "gone": (batch(gone, w, "A"), []),
            "viewer": (batch(not_ours, w, "A"), [people.viewer.user_id]),
        }
        people.editor.delete(f"maps/{gone}")
        return prepared

    prepared = await sync_to_async(prepare)()
    store = Store()
    results = await asyncio.gather(
        *(store.append(one, senders) for one, senders in prepared.values()), return_exceptions=True
    )
    await store.close()
    told = dict(zip(prepared, results, strict=True))
    assert told["good"] == 1
    assert isinstance(told["behind"], log.Behind)
    assert isinstance(told["gone"], MapNotFound)
    assert isinstance(told["viewer"], NotEditors)
    stored = await sync_to_async(lambda: dict(Map.objects.values_list("title", "stages")))()
    assert stored == {"good": ["A"], "behind": [], "gone": [], "x": []}


async def test_after_a_broken_connection_the_next_change_is_stored(people: People, monkeypatch: Any) -> None:
    map_id = await sync_to_async(make_map)(people, "map")
    waiting = await sync_to_async(batch)(map_id, people.workspace_id, "A")
    store = Store()

    def broken(_: log.Batch) -> int:
        raise OSError("the disk went away")

    monkeypatch.setattr(log, "append", broken)
    with pytest.raises(OSError, match="disk"):
        await store.append(waiting, [])
    monkeypatch.undo()
    assert await store.append(waiting, []) == 1
    await store.close()


async def test_a_transaction_that_the_database_drops_is_reported_for_every_map_in_it(
    people: People, monkeypatch: Any
) -> None:
    """A full disk makes SQLite roll back by itself, in the middle of the transaction."""

    def prepare() -> list[log.Batch]:
        maps = [make_map(people, title) for title in ("first", "second", "third")]
        return [batch(map_id, people.workspace_id, "A") for map_id in maps]

    batches = await sync_to_async(prepare)()
    store, append = Store(), log.append

    def full_disk(given: log.Batch) -> int:
        if given is batches[1]:
            with transaction.atomic():
                connection.cursor().execute("ROLLBACK")
                raise OperationalError("database or disk is full")
        return append(given)

    monkeypatch.setattr(log, "append", full_disk)
    results = await asyncio.gather(*(store.append(one, set()) for one in batches), return_exceptions=True)
    monkeypatch.undo()
    assert [type(result) for result in results] == [OperationalError] * 3
    assert await asyncio.gather(*(store.append(one, set()) for one in batches)) == [1, 1, 1]
    await store.close()
    stored = await sync_to_async(lambda: list(Map.objects.values_list("stages", flat=True)))()
    assert stored == [["A"]] * 3
