"""Live maps: who may come in, what they see of each other, what is kept, and what is refused."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from pycrdt import Array, Map, Text

from hamsafar.accounts.models import AuditEntry, Member
from hamsafar.accounts.tests.people import People
from hamsafar.maps import document, frames, log
from hamsafar.maps.models import MapSnapshot, MapUpdate
from hamsafar.maps.rooms import rooms
from hamsafar.maps.tests.browser import Browser, in_thread, put

pytestmark = pytest.mark.django_db(transaction=True)
STAGE = {"do": "add_stage", "id": "s1", "name": "آگاهی"}


@pytest.fixture
def map_id(people: People) -> str:
    return str(people.editor.post("maps", {"title": "Purchase"}).json()["id"])


@pytest.fixture(autouse=True)
async def _rooms() -> AsyncIterator[None]:
    yield
    await rooms.stop()


def stored_map(map_id: str) -> dict[str, Any]:
    return document.project(document.read(document.open_doc(log.load(map_id).updates)))


def stage_names(exchange: dict[str, Any]) -> list[str]:
    return [stage["name"] for stage in exchange["stages"]]


async def test_two_screens_see_each_other_and_everything_is_stored(people: People, map_id: str) -> None:
    one = await Browser(people.editor.client, map_id).open()
    two = await Browser(people.owner.client, map_id).open()
    assert one.map["title"] == "Purchase"
    await one.run(STAGE)
    await two.run({"do": "add_stage", "id": "s2", "name": "خرید"})
    for browser in (one, two):
        await browser.until(lambda browser=browser: len(browser.map["stages"]) == 2 and browser.saved)
    assert one.map == two.map
    assert await in_thread(stored_map, map_id) == one.map
    listed = (await in_thread(people.viewer.get, "maps")).json()["items"][0]
    assert listed["stages"] == one.names("stages")
    await one.leave()
    await two.leave()


async def test_a_viewer_watches_and_writes_nothing(people: People, map_id: str) -> None:
    viewer = await Browser(people.viewer.client, map_id).open()
    editor = await Browser(people.editor.client, map_id).open()
    await viewer.run({"do": "add_stage", "id": "mine", "name": "Mine"})
    await editor.run(STAGE)
    await viewer.until(lambda: "آگاهی" in viewer.names("stages"))
    assert stage_names(await in_thread(stored_map, map_id)) == ["آگاهی"]


async def test_strangers_outsiders_and_seekers_of_nothing_are_told_apart(people: People, map_id: str) -> None:
    deleted = (await in_thread(people.editor.post, "maps", {"title": "Old"})).json()["id"]
    await in_thread(people.editor.delete, f"maps/{deleted}")
    for client, target, code in (
        (people.stranger.client, map_id, 4401),
        (people.outsider.client, map_id, 4403),
        (people.editor.client, "nothing", 4404),
        (people.editor.client, deleted, 4404),
    ):
        browser = Browser(client, target)
        await browser.connect()
        assert (await browser.closed()).code == code


@pytest.mark.parametrize("origin", ["http://evil.example", "http://here:2", "null", ""])
async def test_a_page_of_another_site_gets_nothing(people: People, map_id: str, origin: str) -> None:
    browser = Browser(people.editor.client, map_id, origin=origin)
    await browser.connect()
    assert (await browser.closed()).code == 4403


async def test_commands_over_http_reach_the_open_room(people: People, map_id: str) -> None:
    browser = await Browser(people.owner.client, map_id).open()
    body = {"commands": [STAGE], "request_id": "r1"}
    first = await in_thread(people.editor.post, f"maps/{map_id}/commands", body)
    again = await in_thread(people.editor.post, f"maps/{map_id}/commands", body)
    assert first.json() == again.json() == {"added": ["s1"], "seq": 1}
    await browser.until(lambda: browser.names("stages") == ["آگاهی"] and browser.saved)
    bad = await in_thread(
        people.editor.post, f"maps/{map_id}/commands", {"commands": [{"do": "delete_stage", "id": "no"}]}
    )
    assert (bad.status_code, bad.json()["code"]) == (400, "command_invalid")
    assert await in_thread(AuditEntry.objects.filter(action="change_map").count) == 1


async def test_the_same_request_twice_at_once_is_done_once(people: People, map_id: str) -> None:
    await Browser(people.owner.client, map_id).open()
    body = {"commands": [{"do": "add_stage", "name": "A"}], "request_id": "twin"}
    answers = await asyncio.gather(
        *(in_thread(people.editor.post, f"maps/{map_id}/commands", body) for _ in range(4))
    )
    assert len({answer.content for answer in answers}) == 1
    assert stage_names(await in_thread(stored_map, map_id)) == ["A"]


async def test_what_another_process_stored_is_brought_in(people: People, map_id: str) -> None:
    browser = await Browser(people.editor.client, map_id).open()

    def past_the_room() -> None:
        from hamsafar.maps import commands

        doc = document.open_doc(log.load(map_id).updates)
        update = commands.perform(doc, commands.plan(document.read(doc), [STAGE]))
        projection = log.Projection.of(document.project(document.read(doc)))
        log.append(log.Batch(map_id, people.workspace_id, 0, [log.Entry(update, None)], projection))

    await in_thread(past_the_room)
    await browser.run({"do": "add_stage", "id": "s2", "name": "خرید"})
    await browser.until(lambda: len(browser.map["stages"]) == 2 and browser.saved)
    assert await in_thread(stored_map, map_id) == browser.map
    assert await in_thread(MapUpdate.objects.filter(map_id=map_id).count) == 2


async def test_a_removed_member_is_cut_off_and_writes_nothing_more(people: People, map_id: str) -> None:
    editor = await Browser(people.editor.client, map_id).open()
    viewer = await Browser(people.viewer.client, map_id).open()
    await in_thread(Member.objects.filter(user_id__in=[people.editor.user_id, people.viewer.user_id]).delete)
    await editor.run(STAGE)
    assert (await editor.closed()).code == 4403
    await rooms.check_standing()
    assert (await viewer.closed()).code == 4403
    assert stage_names(await in_thread(stored_map, map_id)) == []


async def test_signing_out_and_losing_a_role_are_noticed(people: People, map_id: str) -> None:
    editor = await Browser(people.editor.client, map_id).open()
    admin = await Browser(people.admin.client, map_id).open()
    await in_thread(people.admin.delete, "/_allauth/browser/v1/auth/session")
    await in_thread(Member.objects.filter(user_id=people.editor.user_id).update, role="viewer")
    await rooms.check_standing()
    assert (await admin.closed()).code == 4401
    assert (await editor.closed()).code == 4500  # comes back, as a viewer
    back = await Browser(people.editor.client, map_id).open()
    await back.run(STAGE)
    await back.send(frames.sync(frames.STEP_1, back.doc.get_state()))
    await back.step()
    assert stage_names(await in_thread(stored_map, map_id)) == []


@pytest.mark.parametrize(
    ("write", "reason"),
    [
        (put("stages", "s9", "text"), "wrong_type"),
        (put("stages", "s9", Map({"order": "V"})), "required"),
        (put("stages", "s9", Map({"name": "A"})), "wrong_type"),
        (put("stages", "s9", Map({"name": 5, "order": "V"})), "wrong_type"),
        (put("stages", "s9", Map({"name": "A", "order": "V", "shoe": 1})), "unknown_field"),
        (put("stages", "s9", Map({"name": Text("A"), "order": "V"})), "wrong_type"),
        (put("stages", "s9", Map({"name": "A", "order": "V", "owner": Array([1])})), "wrong_type"),
        (put("stages", "s 9", Map({"name": "A", "order": "V"})), "bad_id"),
        (put("stages", "s9", Map({"name": "A", "order": "../"})), "bad_order"),
        (put("cards", "c9", Map({"order": "V", "text": "no stage"})), "required"),
        (put("emotions", ":s1:", Map({"stage": "s1", "value": 9})), "out_of_range"),
        (put("emotions", "elsewhere", Map({"stage": "s1", "value": 1})), "bad_id"),
        (put("meta", "title", ""), "blank"),
        (put("meta", "kind", ["x"]), "wrong_type"),
        (put("diary", "a", 1), "unknown_field"),
        (lambda doc: doc.get("list", type=Array).append(1), "unknown_field"),
    ],
)  # fmt: skip
async def test_an_update_that_breaks_the_map_is_refused(
    people: People, map_id: str, write: Any, reason: str
) -> None:
    watcher = await Browser(people.owner.client, map_id).open()
    vandal = await Browser(people.editor.client, map_id).open()
    before = await in_thread(stored_map, map_id)
    await vandal.change(write)
    closed = await vandal.closed()
    assert (closed.code, closed.reason) == (4400, reason)
    await watcher.run(STAGE)  # the room lives on
    await watcher.until(lambda: watcher.saved and len(watcher.map["stages"]) == 1)
    assert await in_thread(stored_map, map_id) == {**before, "stages": watcher.map["stages"]}
    fresh = await Browser(people.editor.client, map_id).open()
    assert fresh.map == watcher.map


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        b"\xff" * 40,
        b"\x00",
        b"\x00\x02\x05ab",
        b"\x00\x02\x03abc",
        b"\x00\x00\x03\xff\xff\xff",
        b"\x07\x00",
        b"\x01\x04\x01\x01\x7f{",
        frames.awareness(frames.number(1) + frames.number(7) + frames.number(1) + frames.payload(b"{oops")),
        frames.awareness(
            frames.number(1) + frames.number(7) + frames.number(1) + frames.payload(b"x" * 20_000)
        ),
    ],
)
async def test_garbage_ends_its_own_connection_only(people: People, map_id: str, frame: bytes) -> None:
    watcher = await Browser(people.owner.client, map_id).open()
    vandal = await Browser(people.editor.client, map_id).open()
    await vandal.send(frame)
    assert (await vandal.closed()).code == 4400
    await watcher.run(STAGE)
    await watcher.until(lambda: watcher.saved)


async def test_a_frame_of_more_than_a_megabyte_ends_the_connection(people: People, map_id: str) -> None:
    browser = await Browser(people.editor.client, map_id).open()
    await browser.send(frames.sync(frames.UPDATE, b"\x00" * 1_000_001))
    assert (await browser.closed()).code == 1009


async def test_an_update_that_stands_on_a_missing_one_is_refused(people: People, map_id: str) -> None:
    browser = await Browser(people.editor.client, map_id).open()
    ahead = document.new_doc()
    updates: list[bytes] = []
    ahead.observe(lambda event: updates.append(event.update))
    for title in ("one", "two"):
        put("meta", "title", title)(ahead)
    await browser.send(frames.sync(frames.UPDATE, updates[1]))
    assert (await browser.closed()).code == 4400
    assert (await in_thread(stored_map, map_id))["title"] == "Purchase"


async def test_a_failed_store_loses_nothing(people: People, map_id: str, monkeypatch: Any) -> None:
    one = await Browser(people.editor.client, map_id).open()
    two = await Browser(people.owner.client, map_id).open()

    def full_disk(*_: Any) -> int:
        raise OSError("disk full")

    monkeypatch.setattr(log, "append", full_disk)
    await one.run(STAGE)
    assert (await one.closed()).code == 4500
    assert not one.saved
    assert two.names("stages") == []
    monkeypatch.undo()

    # The browser keeps its document and syncs again: the change is still there and now goes through.
    back = Browser(people.editor.client, map_id)
    back.doc = one.doc
    await back.connect()
    await back.send(frames.sync(frames.STEP_1, back.doc.get_state()))
    await back.until(lambda: back.saved)
    await two.until(lambda: two.names("stages") == ["آگاهی"])
    assert stage_names(await in_thread(stored_map, map_id)) == ["آگاهی"]


async def test_a_deleted_map_closes_on_everyone_and_comes_back(people: People, map_id: str) -> None:
    browser = await Browser(people.editor.client, map_id).open()
    await browser.run(STAGE)
    await browser.until(lambda: browser.saved)
    await in_thread(people.owner.delete, f"maps/{map_id}")
    assert (await browser.closed()).code == 4404
    await in_thread(people.owner.post, f"maps/{map_id}/restore")
    back = await Browser(people.editor.client, map_id).open()
    assert back.names("stages") == ["آگاهی"]


async def test_an_empty_room_is_closed_and_its_log_made_one_snapshot(people: People, map_id: str) -> None:
    browser = await Browser(people.editor.client, map_id).open()
    for number in range(5):
        await browser.run({"do": "add_stage", "name": str(number)})
    await browser.until(lambda: browser.saved)
    await rooms.close_idle(0)
    assert await in_thread(MapUpdate.objects.count) == 5  # somebody is there
    await browser.leave()
    await rooms.close_idle(0)
    assert await in_thread(MapUpdate.objects.count) == 0
    assert (await in_thread(MapSnapshot.objects.get)).seq == 5
    back = await Browser(people.viewer.client, map_id).open()
    assert back.map == browser.map
    made = await in_thread(people.editor.post, f"maps/{map_id}/commands", {"commands": [STAGE]})
    assert made.json()["seq"] == 6


async def test_coming_back_with_nothing_new_stores_nothing(people: People, map_id: str) -> None:
    one = await Browser(people.editor.client, map_id).open()
    await one.run(STAGE, {"do": "delete_stage", "id": "s1"})
    await one.until(lambda: one.saved)
    await one.leave()
    back = Browser(people.editor.client, map_id)
    back.doc = one.doc
    await back.open()
    await back.run({"do": "set_map", "fields": {"title": "X"}})
    await back.until(lambda: back.saved and back.map["title"] == "X")
    assert await in_thread(MapUpdate.objects.count) == 2


def presence(client: int, clock: int, state: Any) -> bytes:
    told = json.dumps(state, ensure_ascii=False, separators=(",", ":")).encode()
    return frames.number(1) + frames.number(client) + frames.number(clock) + frames.payload(told)


async def test_presence_is_relayed_and_ends_with_the_connection(people: People, map_id: str) -> None:
    one = await Browser(people.editor.client, map_id).open()
    two = await Browser(people.owner.client, map_id).open()
    editor = {"id": people.editor.user_id, "name": "Editor"}

    await one.send(frames.awareness(presence(7, 1, {"selected": "card:c1"})))
    await two.until(lambda: bool(two.present))
    assert two.present == [presence(7, 1, {"user": editor, "selected": "card:c1"})]
    await two.send(frames.awareness(presence(7, 9, None)))  # nobody speaks for another
    three = await Browser(people.viewer.client, map_id).open()
    assert three.present == two.present
    await one.leave()
    await three.until(lambda: len(three.present) == 2)
    assert three.present[1] == presence(7, 1, None)


async def test_nobody_poses_as_another_and_only_known_fields_pass(people: People, map_id: str) -> None:
    watcher = await Browser(people.owner.client, map_id).open()
    poser = await Browser(people.viewer.client, map_id).open()
    state = {
        "user": {"id": people.owner.user_id, "name": "Owner"},
        "editing": "card:c1",
        "selected": "card:<script>",
        "cursor": {"in": "cell:s1|l1", "x": 0.25, "y": 1, "z": 3},
        "more": ["anything"],
    }
    await poser.send(frames.awareness(presence(7, 1, state)))
    await watcher.until(lambda: bool(watcher.present))
    seen = {
        "user": {"id": people.viewer.user_id, "name": "Viewer"},
        "cursor": {"in": "cell:s1|l1", "x": 0.25, "y": 1},
    }
    assert watcher.present == [presence(7, 1, seen)]


async def test_many_moves_are_told_as_the_last_one(people: People, map_id: str) -> None:
    mover = await Browser(people.editor.client, map_id).open()
    watcher = await Browser(people.owner.client, map_id).open()
    for clock in range(1, 101):
        cursor = {"in": "map:", "x": clock / 100, "y": 0}
        await mover.send(frames.awareness(presence(7, clock, {"cursor": cursor})))
    await watcher.until(lambda: bool(watcher.present) and b'"x":1.0' in watcher.present[-1])
    assert len(watcher.present) < 20


async def test_whoever_is_removed_or_demoted_is_cut_off_at_once(people: People, map_id: str) -> None:
    """The rooms' own look around every few seconds plays no part: the removal itself tells them."""
    editor = await Browser(people.editor.client, map_id).open()
    viewer = await Browser(people.viewer.client, map_id).open()
    members = {one["user_id"]: one["id"] for one in (await in_thread(people.owner.get, "members")).json()}
    await in_thread(people.owner.delete, f"members/{members[people.viewer.user_id]}")
    assert (await viewer.closed()).code == 4403
    await in_thread(people.owner.patch, f"members/{members[people.editor.user_id]}", {"role": "viewer"})
    closed = await editor.closed()
    assert (closed.code, closed.reason) == (4500, "standing")


async def test_a_notice_reaches_who_has_the_map_open(people: People, map_id: str) -> None:
    one = await Browser(people.editor.client, map_id).open()
    two = await Browser(people.owner.client, map_id).open()
    rooms.notify_user(people.owner.user_id, {"about": "notices"})
    rooms.notify(map_id, {"about": "comments", "thread": "t1"})
    await one.until(lambda: bool(one.notices))
    await two.until(lambda: len(two.notices) == 2)
    assert one.notices == [{"about": "comments", "thread": "t1"}]
    assert two.notices == [{"about": "notices"}, {"about": "comments", "thread": "t1"}]


async def test_live_edits_are_one_line_of_the_audit_log_for_a_while(people: People, map_id: str) -> None:
    browser = await Browser(people.editor.client, map_id).open()
    for number in range(3):
        await browser.run({"do": "add_stage", "name": str(number)})
        await browser.until(lambda: browser.saved)
    entries = await in_thread(lambda: list(AuditEntry.objects.filter(action="change_map")))
    assert [(entry.user_id, entry.details) for entry in entries] == [(people.editor.user_id, {"live": True})]
