"""Maps within maps: what a stage opens, what a map details, and what is left of a deleted one."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from hamsafar.accounts.tests.people import People
from hamsafar.maps import levels
from hamsafar.maps.tests.test_api import change, make_map


def with_stages(people: People, title: str, *names: str) -> str:
    made = make_map(people, title=title)
    for name in names:
        assert change(people, made, {"do": "add_stage", "id": name.lower(), "name": name}).status_code == 200
    return made


def opens(people: People, map_id: str, stage: str, detail: str | None) -> None:
    command = {"do": "set_stage", "id": stage, "fields": {"detail_map": detail}}
    assert change(people, map_id, command).status_code == 200


def levels_of(people: People, map_id: str) -> dict[str, Any]:
    answer = people.viewer.get(f"maps/{map_id}/levels")
    assert answer.status_code == 200
    told: dict[str, Any] = answer.json()
    return told


def test_a_map_knows_the_stages_it_details_and_the_way_down_to_it(people: People) -> None:
    top = with_stages(people, "Life with us", "Buy", "Use")
    middle = with_stages(people, "Buying", "Pay")
    low = with_stages(people, "Paying", "Card")
    opens(people, top, "buy", middle)
    opens(people, middle, "pay", low)

    assert levels_of(people, top)["details"] == [
        {"stage": "buy", "map": middle, "title": "Buying", "gone": False}
    ]
    found = levels_of(people, low)
    assert [(place["title"], place["stage_name"]) for place in found["path"]] == [
        ("Life with us", "Buy"),
        ("Buying", "Pay"),
    ]
    assert found["places"] == [{"map": middle, "title": "Buying", "stage": "pay", "stage_name": "Pay"}]


def test_names_follow_and_a_stage_may_let_go(people: People) -> None:
    top, low = with_stages(people, "Top", "Buy"), make_map(people, title="Low")
    opens(people, top, "buy", low)
    change(people, top, {"do": "set_stage", "id": "buy", "fields": {"name": "Purchase"}})
    assert levels_of(people, low)["places"][0]["stage_name"] == "Purchase"
    opens(people, top, "buy", None)
    assert levels_of(people, low) == {"path": [], "places": [], "details": []}


def test_a_deleted_map_is_gone_and_comes_back(people: People) -> None:
    top, low = with_stages(people, "Top", "Buy"), make_map(people, title="Low")
    opens(people, top, "buy", low)
    assert people.editor.delete(f"maps/{low}").status_code == 204
    assert levels_of(people, top)["details"] == [{"stage": "buy", "map": low, "title": "", "gone": True}]
    people.editor.post(f"maps/{low}/restore", {})
    assert levels_of(people, top)["details"][0]["gone"] is False
    people.editor.delete(f"maps/{top}")
    assert levels_of(people, low)["places"] == []


def test_maps_above_each_other_end(people: People) -> None:
    one, other = with_stages(people, "One", "A"), with_stages(people, "Other", "B")
    opens(people, one, "a", other)
    opens(people, other, "b", one)
    assert [place["title"] for place in levels_of(people, one)["path"]] == ["Other"]


def test_only_members_see_it_in_as_many_queries_for_many_as_for_one(people: People) -> None:
    top, low = with_stages(people, "Top", "A", "B", "C"), make_map(people, title="Low")
    opens(people, top, "a", low)
    for outsider, status in ((people.outsider, 404), (people.stranger, 401)):
        assert outsider.get(f"maps/{top}/levels").status_code == status
    workspace = people.editor.workspace_id
    with CaptureQueriesContext(connection) as few:
        levels.levels_of(workspace, top)
    opens(people, top, "b", low)
    opens(people, top, "c", low)
    with CaptureQueriesContext(connection) as many:
        levels.levels_of(workspace, top)
    assert len(few) == len(many) == 3
