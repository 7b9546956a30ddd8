"""Maps over HTTP: a member of each kind, and the outsider, at every door."""

from __future__ import annotations

import json
from typing import Any

import pytest

from hamsafar.accounts.models import AuditEntry
from hamsafar.accounts.tests.people import People
from hamsafar.lib.paging import encode_cursor
from hamsafar.maps.document import SERVER_CLIENT
from hamsafar.maps.models import Map, MapUpdate, PlacedTouchpoint
from hamsafar.maps.tests.test_document import FULL


def make_map(people: People, **body: Any) -> str:
    made = people.editor.post("maps", body or {"title": "Purchase"})
    assert made.status_code == 201, made.content
    return str(made.json()["id"])


def document_of(people: People, map_id: str) -> dict[str, Any]:
    answer: dict[str, Any] = people.viewer.get(f"maps/{map_id}/document").json()
    return answer


def change(people: People, map_id: str, *commands: Any, request_id: str | None = None) -> Any:
    return people.editor.post(
        f"maps/{map_id}/commands", {"commands": list(commands), "request_id": request_id}
    )


def test_editors_make_maps_and_every_member_sees_them(people: People) -> None:
    body = {"title": "Purchase", "kind": "future_state"}
    assert people.viewer.post("maps", body).status_code == 403
    assert people.outsider.post("maps", body).status_code == 404
    assert people.stranger.post("maps", body).status_code == 401
    made = people.editor.post("maps", body)
    assert (made.status_code, made.json()["notes"]) == (201, [])

    listed = people.viewer.get("maps").json()
    assert [(m["title"], m["kind"], m["language"]) for m in listed["items"]] == [
        ("Purchase", "future_state", "en")
    ]
    assert (listed["next"], listed["total"]) == (None, 1)
    assert people.viewer.get(f"maps/{made.json()['id']}").json()["updated_by"] == "Editor"
    for path in ("maps", f"maps/{made.json()['id']}", f"maps/{made.json()['id']}/document"):
        assert people.outsider.get(path).status_code == 404
        assert people.stranger.get(path).status_code == 401


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "title"),
        ({"title": "  "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"title": "x", "kind": "sketch"}, "kind"),
        ({"title": "x", "language": "de"}, "language"),
        ({"document": []}, ""),
        ({"document": "{"}, ""),
        ({"document": {**FULL, "title": ""}}, "title"),
    ],
)
def test_a_bad_map_is_told_with_its_place_and_nothing_is_made(people: People, body: Any, field: str) -> None:
    refused = people.editor.post("maps", body)
    assert (refused.status_code, refused.json()["code"]) == (400, "map_invalid")
    assert refused.json()["errors"][0]["field"] == field
    assert not Map.objects.exists()


def test_a_nested_bomb_is_refused(people: People) -> None:
    bomb = '{"document": ' + "[" * 50_000 + "]" * 50_000 + "}"
    path = f"/api/workspaces/{people.workspace_id}/maps"
    refused = people.editor.client.post(path, bomb, content_type="application/json")
    assert refused.status_code == 400


def test_faults_speak_the_users_language(people: People) -> None:
    people.editor.patch("/api/me", {"language": "fa"})
    refused = people.editor.post("maps", {"document": {**FULL, "lanes": [{"id": "l1", "kind": "swim"}]}})
    assert "یکی از این‌ها نیست" in refused.json()["errors"][0]["detail"]


def test_a_file_comes_in_goes_out_and_comes_in_again(people: People) -> None:
    first = make_map(people, document=json.dumps(FULL, ensure_ascii=False))
    once = document_of(people, first)
    # The file's library became the workspace's: same map, other ids of touchpoints, channels and contents.
    (touchpoint,) = once["touchpoints"]
    assert touchpoint["matcher"] == FULL["touchpoints"][0]["matcher"]
    assert once["channels"][0]["name"] == "اینستاگرام"
    assert once["cards"][1]["touchpoint"] == touchpoint["id"]
    parts = ("stages", "lanes", "cards", "emotions", "branches", "lines", "arrows", "targets", "title")
    told = json.dumps({part: once[part] for part in parts}, ensure_ascii=False)
    [content] = once["contents"]
    ours = told.replace(touchpoint["id"], "t1").replace(content["id"], "k1")
    assert json.loads(ours) == {part: FULL[part] for part in parts}

    second = make_map(people, document=once)
    again = document_of(people, second)
    assert {**again, "id": ""} == {**once, "id": ""}
    assert len(people.viewer.get("touchpoints").json()["items"]) == 1


def test_a_file_does_not_change_a_touchpoint_that_others_share(people: People) -> None:
    exported = document_of(people, make_map(people, document=FULL))
    exported["touchpoints"][0]["matcher"] = {"events": ["something_else"], "conditions": []}
    exported["current_map"] = "01HERE00000000000000000000"
    made = people.editor.post("maps", {"document": exported}).json()
    assert {note["code"] for note in made["notes"]} == {"matcher_kept", "map_link_dropped"}
    (touchpoint,) = people.viewer.get("touchpoints").json()["items"]
    assert touchpoint["matcher"]["events"] == ["instagram_*"]
    assert len(touchpoint["maps"]) == 2


def test_what_a_target_counts_from_comes_along(people: People) -> None:
    """Also where it stands on no card: else the file could not be measured by itself."""
    touchpoints = [
        {
            "id": "courier",
            "name": "Courier",
            "matcher": {"events": ["brought"]},
            "failure": {"events": ["lost"], "conditions": []},
            "target_seconds": 3600,
            "target_from": "order",
        },
        {"id": "order", "name": "Order", "matcher": {"events": ["order"]}},
    ]
    cards = [{"id": "c", "lane": "l1", "stage": "s1", "text": "", "touchpoint": "courier"}]
    plain = {name: value for name, value in FULL.items() if name in ("format", "title", "kind", "language")}
    plain |= {"stages": [{"id": "s1", "name": "A"}], "lanes": [{"id": "l1", "kind": "touchpoints"}]}
    made = make_map(people, document={**plain, "cards": cards, "touchpoints": touchpoints})
    courier, order = document_of(people, made)["touchpoints"]
    assert courier["target_from"] == order["id"]
    assert (courier["target_seconds"], courier["failure"]) == (3600, touchpoints[0]["failure"])

    changed = {**document_of(people, made), "touchpoints": [{**courier, "target_seconds": 60}, order]}
    notes = people.editor.post("maps", {"document": changed}).json()["notes"]
    assert [(note["field"], note["code"]) for note in notes] == [
        ("touchpoints[0].target_seconds", "standard_kept")
    ]


def test_lists_are_searched_in_any_spelling_and_paged(people: People) -> None:
    for title in ("سفر خرید كتاب", "سفر خدمات", "Service"):
        make_map(people, title=title)
    assert [m["title"] for m in people.viewer.get("maps", search="کتاب").json()["items"]] == ["سفر خرید كتاب"]
    assert people.viewer.get("maps", search="SERV").json()["total"] == 1
    assert people.viewer.get("maps", search="\x00").json()["total"] == 3
    first = people.viewer.get("maps", limit=2).json()
    second = people.viewer.get("maps", limit=2, cursor=first["next"]).json()
    titles = [m["title"] for m in first["items"] + second["items"]]
    assert titles == ["Service", "سفر خدمات", "سفر خرید كتاب"]
    assert second["next"] is None
    for mark in (
        "nonsense",
        encode_cursor(["0001-01-01T00:00:00+14:00", "x"]),
        encode_cursor(["never", "x"]),
    ):
        assert people.viewer.get("maps", cursor=mark).json()["code"] == "bad_cursor"


def test_commands_change_a_map_and_are_audited(people: People) -> None:
    map_id = make_map(people)
    made = change(
        people,
        map_id,
        {"do": "add_stage", "id": "s1", "name": "آگاهی"},
        {"do": "add_lane", "id": "l1", "kind": "actions"},
        {"do": "add_card", "stage": "s1", "lane": "l1", "text": "می‌بیند"},
    )
    assert made.status_code == 200
    assert made.json()["added"][:2] == ["s1", "l1"]
    assert document_of(people, map_id)["cards"][0]["text"] == "می‌بیند"
    seen = people.viewer.get(f"maps/{map_id}").json()
    assert (seen["stages"], seen["card_count"]) == (["آگاهی"], 1)
    entry = AuditEntry.objects.get(action="change_map")
    assert entry.details == {"commands": {"add_stage": 1, "add_lane": 1, "add_card": 1}}

    command = {"commands": [{"do": "set_map", "fields": {"title": "X"}}]}
    assert people.viewer.post(f"maps/{map_id}/commands", command).status_code == 403
    assert people.outsider.post(f"maps/{map_id}/commands", command).status_code == 404
    assert people.stranger.post(f"maps/{map_id}/commands", command).status_code == 401


def test_a_bad_command_changes_nothing(people: People) -> None:
    map_id = make_map(people)
    refused = change(people, map_id, {"do": "add_stage", "name": "A"}, {"do": "delete_stage", "id": "no"})
    assert (refused.status_code, refused.json()["code"]) == (400, "command_invalid")
    assert refused.json()["errors"] == [
        {"field": "commands[1].id", "code": "dangling_reference", "detail": "There is no stage “no”."}
    ]
    assert document_of(people, map_id)["stages"] == []
    assert not MapUpdate.objects.exists()


def test_a_repeated_request_is_answered_alike_and_done_once(people: People) -> None:
    map_id = make_map(people)
    first = change(people, map_id, {"do": "add_stage", "name": "A"}, request_id="r1")
    again = change(people, map_id, {"do": "add_stage", "name": "A"}, request_id="r1")
    assert first.json() == again.json()
    assert len(document_of(people, map_id)["stages"]) == 1
    for bad in ("x" * 65, "", "a b", "nul\x00"):
        assert change(people, map_id, request_id=bad).json()["errors"][0]["field"] == "request_id"


def test_many_commands_leave_one_client_in_the_state(people: People) -> None:
    from hamsafar.maps import document, log

    map_id = make_map(people)
    for number in range(5):
        change(people, map_id, {"do": "add_stage", "name": str(number)})
    state = document.open_doc(log.load(map_id).updates).get_state()
    assert state[0] == 1  # one client in the state vector
    assert state[1] == SERVER_CLIENT


def test_a_deleted_map_comes_back_for_thirty_days(people: People) -> None:
    map_id = make_map(people)
    assert people.viewer.delete(f"maps/{map_id}").status_code == 403
    assert people.outsider.delete(f"maps/{map_id}").status_code == 404
    assert people.editor.delete(f"maps/{map_id}").status_code == 204
    assert people.editor.delete(f"maps/{map_id}").status_code == 404
    assert people.viewer.get(f"maps/{map_id}/document").json()["code"] == "map_not_found"
    assert change(people, map_id, {"do": "add_stage", "name": "A"}).status_code == 404
    assert people.viewer.get("maps").json()["items"] == []
    assert len(people.viewer.get("maps", deleted=True).json()["items"]) == 1

    assert people.viewer.post(f"maps/{map_id}/restore").status_code == 403
    assert people.outsider.post(f"maps/{map_id}/restore").status_code == 404
    assert people.editor.post(f"maps/{map_id}/restore").json()["title"] == "Purchase"
    assert people.editor.post(f"maps/{map_id}/restore").status_code == 404


def test_a_map_is_gone_for_good_after_its_time_in_the_bin(people: People) -> None:
    from datetime import timedelta

    from django.utils import timezone

    old, new = make_map(people), make_map(people)
    people.editor.delete(f"maps/{old}")
    Map.objects.filter(id=old).update(deleted_at=timezone.now() - timedelta(days=31))
    assert people.editor.post(f"maps/{old}/restore").status_code == 404
    people.editor.delete(f"maps/{new}")  # whoever fills the bin empties what is over its time
    assert set(Map.objects.values_list("id", flat=True)) == {new}


def test_a_map_of_another_workspace_is_out_of_reach(people: People) -> None:
    map_id = make_map(people)
    elsewhere = people.outsider.get("/api/session").json()["workspaces"][0]["id"]
    for path in (f"maps/{map_id}", f"maps/{map_id}/document"):
        assert people.outsider.get(f"/api/workspaces/{elsewhere}/{path}").status_code == 404
    command = {"commands": [{"do": "add_stage", "name": "A"}]}
    assert (
        people.outsider.post(f"/api/workspaces/{elsewhere}/maps/{map_id}/commands", command).status_code
        == 404
    )
    assert people.outsider.delete(f"/api/workspaces/{elsewhere}/maps/{map_id}").status_code == 404


@pytest.mark.parametrize("language", ["fa", "en"])
def test_every_template_makes_a_map(people: People, language: str) -> None:
    templates = people.viewer.get("map-templates", language=language).json()
    assert len(templates) == 16
    for template in templates:
        body = {"template": template["id"], "language": language, "title": "Mine"}
        made = people.editor.post("maps", body)
        assert (made.json()["title"], made.json()["stages"]) == ("Mine", template["stages"])
        filled = people.viewer.get(f"map-templates/{template['id']}/document", language=language).json()
        assert [stage["name"] for stage in filled["stages"]] == template["stages"]
    assert people.editor.post("maps", {"template": "../x"}).json()["code"] == "template_not_found"
    assert people.outsider.get("map-templates").status_code == 404
    document = "map-templates/bank/document"
    assert people.viewer.get("map-templates/none/document", language="en").status_code == 404
    assert people.viewer.get(document, language="de").json()["code"] == "template_not_found"
    assert people.outsider.get(document, language="en").status_code == 404
    assert people.stranger.get("map-templates").status_code == 401


def test_placed_and_bound_touchpoints_are_counted(people: People) -> None:
    bound = people.editor.post("touchpoints", {"name": "Site", "matcher": {"events": ["visit"]}}).json()["id"]
    loose = people.editor.post("touchpoints", {"name": "Call"}).json()["id"]
    map_id = make_map(people)
    change(
        people,
        map_id,
        {"do": "add_stage", "id": "s1", "name": "A", "exit_touchpoint": bound},
        {"do": "add_lane", "id": "l1", "kind": "touchpoints"},
        {"do": "add_card", "id": "c1", "stage": "s1", "lane": "l1", "text": "", "touchpoint": bound},
        {"do": "add_card", "id": "c2", "stage": "s1", "lane": "l1", "text": "", "touchpoint": loose},
    )
    seen = people.viewer.get(f"maps/{map_id}").json()
    assert (seen["placed_touchpoints"], seen["bound_touchpoints"]) == (2, 1)
    missing = change(people, map_id, {"do": "set_card", "id": "c1", "fields": {"touchpoint": "no"}})
    assert missing.json()["errors"][0]["field"] == "commands[0].fields.touchpoint"
    change(people, map_id, {"do": "delete_card", "id": "c2"})
    assert PlacedTouchpoint.objects.count() == 1
