"""What is told of changes: who did what to which thing, in its own words, and what is left unsaid."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hamsafar.accounts.tests.people import People
from hamsafar.maps import commands, document
from hamsafar.maps.activity import Happening, Recorder
from hamsafar.maps.activity_queries import last_names
from hamsafar.maps.guard import Trial
from hamsafar.maps.rooms import rooms
from hamsafar.maps.tests.browser import Browser, in_thread

SHOP: dict[str, Any] = {
    "format": "hamsafar-map/1",
    "title": "Shop",
    "kind": "current_state",
    "language": "en",
    "stages": [{"id": "s1", "name": "Purchase"}, {"id": "s2", "name": "Delivery"}],
    "lanes": [{"id": "l1", "kind": "actions"}, {"id": "l2", "kind": "pains", "name": "Troubles"}],
    "cards": [
        {"id": "c1", "stage": "s1", "lane": "l1", "text": "Pays"},
        {"id": "c2", "stage": "s1", "lane": "l2", "text": "Bank is slow"},
    ],
}
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
IN_PURCHASE = {"stage": "Purchase", "lane": "", "lane_kind": "actions"}
IN_DELIVERY = {"stage": "Delivery", "lane": "", "lane_kind": "actions"}


class Story:
    """A map that people change at given minutes; ``told`` is what is listed of it."""

    def __init__(self) -> None:
        self.trial = Trial(document.from_exchange(document.check(SHOP)).get_update())
        self.recorder = Recorder()
        self.rows: dict[str, Any] = {}

    def does(self, user: str, *given: dict[str, Any], minute: float = 0) -> None:
        now = NOON + timedelta(minutes=minute)
        self.trial.perform(commands.plan(self.trial.state, list(given)))
        draft = self.recorder.draft()
        draft.note(user, self.trial.changes, self.trial.state, now)
        self.rows |= draft.rows
        self.recorder.keep(draft, now)

    @property
    def told(self) -> list[tuple[str | None, str, str, str, Any]]:
        listed = [row for row in self.rows.values() if row.said.listed]
        return [
            (row.user_id, row.said.verb, row.said.part, row.said.details.get("name", ""), row.said.details)
            for row in listed
        ]

    def short(self) -> list[tuple[str | None, str, str, str]]:
        return [line[:4] for line in self.told]


def move(stage: str) -> dict[str, Any]:
    return {"do": "move_card", "id": "c1", "stage": stage, "lane": "l1", "before": None}


def write(text: str) -> dict[str, Any]:
    return {"do": "set_card", "id": "c1", "fields": {"text": text}}


def test_a_moved_card_is_told_with_the_names_of_both_places() -> None:
    story = Story()
    story.does("sara", move("s2"))
    assert story.short() == [("sara", "moved", "cards", "Pays")]
    assert story.told[0][4] | {"from": IN_PURCHASE, "to": IN_DELIVERY} == story.told[0][4]


def test_what_one_person_goes_on_doing_is_one_line() -> None:
    story = Story()
    for minute, text in enumerate(["Pays o", "Pays online", "Pays online by card"]):
        story.does("sara", write(text), minute=minute)
    assert story.short() == [("sara", "changed", "cards", "Pays online by card")]
    assert (story.told[0][4]["was"], story.told[0][4]["now"]) == ("Pays", "Pays online by card")
    story.does("omid", write("Pays in cash"), minute=3)
    story.does("sara", write("Pays online"), minute=4)
    story.does("sara", write("Pays"), minute=20)
    assert [line[0] for line in story.told] == ["sara", "omid", "sara", "sara"]


def test_what_was_taken_back_goes_without_saying() -> None:
    story = Story()
    story.does("sara", move("s2"))
    story.does("sara", move("s1"), minute=1)
    story.does("sara", write("Oops"), minute=2)
    story.does("sara", write("Pays"), minute=3)
    story.does("sara", {"do": "add_stage", "id": "s3", "name": "Use"}, minute=4)
    story.does("sara", {"do": "delete_stage", "id": "s3"}, minute=4)
    assert story.told == []
    story.does("sara", write("Pays twice"), minute=5)
    assert story.short() == [("sara", "changed", "cards", "Pays twice")]


def test_a_new_thing_is_told_by_the_name_it_got() -> None:
    story = Story()
    story.does("sara", {"do": "add_card", "id": "c9", "stage": "s2", "lane": "l2", "text": ""})
    story.does("sara", {"do": "set_card", "id": "c9", "fields": {"text": "Late"}}, minute=1)
    assert story.short() == [("sara", "added", "cards", "Late")]
    assert story.told[0][4]["lane"] == "Troubles"


def test_a_deleted_stage_is_one_line_and_its_cards_are_remembered() -> None:
    story = Story()
    story.does("sara", {"do": "delete_stage", "id": "s1"})
    assert story.short() == [("sara", "deleted", "stages", "Purchase")]
    cards = {row.said.target: row.said for row in story.rows.values() if row.said.part == "cards"}
    assert cards["c1"].details["name"] == "Pays"
    assert cards["c1"].details["stage"] == "Purchase"


def test_order_within_a_cell_says_nothing_and_of_stages_it_does() -> None:
    story = Story()
    story.does("sara", {"do": "add_card", "id": "c3", "stage": "s1", "lane": "l1", "text": "Waits"})
    story.does("omid", {"do": "move_card", "id": "c3", "stage": "s1", "lane": "l1", "before": "c1"})
    story.does("omid", {"do": "move_stage", "id": "s2", "before": "s1"})
    story.does("omid", {"do": "set_map", "fields": {"title": "New shop", "status": "approved"}})
    assert story.short() == [
        ("sara", "added", "cards", "Waits"),
        ("omid", "moved", "stages", "Delivery"),
        ("omid", "changed", "map", ""),
    ]
    assert story.told[1][4]["place"] == 1
    assert story.told[2][4] == {"fields": ["status", "title"], "was": "Shop", "now": "New shop"}


def test_a_great_change_is_told_by_its_counts() -> None:
    story = Story()
    many = [{"do": "add_card", "stage": "s1", "lane": "l1", "text": str(n)} for n in range(40)]
    story.does("sara", *many, {"do": "delete_card", "id": "c1"})
    assert [line[1:3] for line in story.told] == [("changed", "map")]
    assert story.told[0][4] == {"counts": {"cards.added": 40, "cards.deleted": 1}}
    kept = [row.said for row in story.rows.values() if not row.said.listed]
    assert kept == [Happening("deleted", "cards", "c1", {"name": "Pays", **IN_PURCHASE}, listed=False)]


# Through the doors


@pytest.fixture
async def _rooms() -> AsyncIterator[None]:
    yield
    await rooms.stop()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_rooms")
async def test_live_edits_commands_and_the_audit_log_are_one_story(people: People) -> None:
    map_id = (await in_thread(people.owner.post, "maps", {"document": SHOP})).json()["id"]
    await in_thread(people.owner.post, f"maps/{map_id}/commands", {"commands": [move("s2")]})
    browser = await Browser(people.editor.client, map_id).open()
    await browser.run(write("Pays online"))
    await browser.run(write("Pays online at last"))
    await browser.until(lambda: browser.saved)
    await in_thread(people.admin.post, f"maps/{map_id}/commands", {"commands": [write("Pays")]})

    first = (await in_thread(people.viewer.get, f"maps/{map_id}/activity", limit=2)).json()
    rest = (await in_thread(people.viewer.get, f"maps/{map_id}/activity", cursor=first["next"])).json()
    told = [(one["user"]["name"], one["action"], one["part"]) for one in [*first["items"], *rest["items"]]]
    assert told == [
        ("Admin", "changed", "cards"),
        ("Editor", "changed", "cards"),
        ("Owner", "moved", "cards"),
        ("Owner", "create_map", None),
    ]
    assert rest["next"] is None
    assert first["items"][1]["details"]["now"] == "Pays online at last"
    assert (await in_thread(people.outsider.get, f"maps/{map_id}/activity")).status_code == 404
    assert (await in_thread(people.owner.get, f"maps/{map_id}/activity", cursor="x")).status_code == 400


@pytest.mark.django_db(transaction=True)
def test_the_last_name_of_a_deleted_card_is_kept(people: People) -> None:
    map_id = people.owner.post("maps", {"document": SHOP}).json()["id"]
    for given in (write("Pays at the door"), {"do": "delete_card", "id": "c1"}):
        assert people.owner.post(f"maps/{map_id}/commands", {"commands": [given]}).status_code == 200
    names = last_names(map_id, ["c1", "c2"])
    assert set(names) == {"c1"}
    assert (names["c1"].details["name"], names["c1"].deleted) == ("Pays at the door", True)


@pytest.mark.django_db(transaction=True)
def test_a_touchpoint_card_is_called_by_its_touchpoint(people: People) -> None:
    touchpoint = people.owner.post("touchpoints", {"name": "Call centre"}).json()["id"]
    map_id = people.owner.post("maps", {"document": SHOP}).json()["id"]
    added = {"do": "add_card", "id": "c9", "stage": "s1", "lane": "l1", "touchpoint": touchpoint}
    people.owner.post(f"maps/{map_id}/commands", {"commands": [added]})
    told = people.viewer.get(f"maps/{map_id}/activity").json()["items"][0]
    assert (told["action"], told["details"]["name"]) == ("added", "Call centre")
