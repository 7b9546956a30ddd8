"""Touchpoints, channels and personas over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from hamsafar.accounts.tests.people import People
from hamsafar.maps.tests.test_api import change, make_map

MATCHER = {"events": ["order_*"], "conditions": [{"property": "amount", "op": ">", "value": 100}]}
GOOD: dict[str, dict[str, Any]] = {
    "touchpoints": {"name": "Basket", "matcher": MATCHER, "description": "On the site"},
    "channels": {"name": "Site", "kind": "web"},
    "personas": {
        "name": "سارا",
        "quote": "«وقت ندارم»",
        "age_range": "۲۵ تا ۳۴",
        "values": ["خانواده", "صداقت"],
        "lifestyle": "پرمشغله",
        "traits": [{"name": "دیجیتالی", "value": 4}],
        "photo": "data:image/png;base64,iVBORw0KGgo=",
    },
}


@pytest.mark.parametrize("kind", GOOD)
def test_editors_write_and_every_member_reads(people: People, kind: str) -> None:
    for refused, status in ((people.viewer, 403), (people.outsider, 404), (people.stranger, 401)):
        assert refused.post(kind, GOOD[kind]).status_code == status
    made = people.editor.post(kind, GOOD[kind])
    assert made.status_code == 201, made.content
    row = made.json()
    assert {field: row[field] for field in GOOD[kind]} == GOOD[kind]
    assert people.viewer.get(kind).json()["items"] == [row]
    for refused, status in ((people.outsider, 404), (people.stranger, 401)):
        assert refused.get(kind).status_code == status

    path = f"{kind}/{row['id']}"
    for refused, status in ((people.viewer, 403), (people.outsider, 404), (people.stranger, 401)):
        assert refused.patch(path, {"name": "X"}).status_code == status
        assert refused.delete(path).status_code == status
    changed = people.editor.patch(path, {"name": "نام تازه"}).json()
    assert changed["name"] == "نام تازه"
    assert people.viewer.get(kind, search="نام تازه").json()["total"] == 1
    assert people.viewer.get(kind, search="zzz").json()["total"] == 0

    elsewhere = people.outsider.get("/api/session").json()["workspaces"][0]["id"]
    foreign = f"/api/workspaces/{elsewhere}/{path}"
    assert people.outsider.patch(foreign, {"name": "X"}).status_code == 404
    assert people.outsider.delete(foreign).status_code == 404
    assert people.editor.delete(path).status_code == 204
    assert people.editor.delete(path).status_code == 404


@pytest.mark.parametrize(
    ("kind", "change", "field"),
    [
        ("touchpoints", {"name": ""}, "name"),
        ("touchpoints", {"name": None}, "name"),
        ("touchpoints", {"channel": "nowhere"}, "channel"),
        ("touchpoints", {"matcher": {"events": "order"}}, "matcher.events"),
        (
            "touchpoints",
            {"matcher": {"events": ["x"], "conditions": [{"property": "p", "op": "~"}]}},
            "matcher.conditions[0].op",
        ),
        ("touchpoints", {"id": "mine"}, "id"),
        ("touchpoints", {"failure": {"events": "failed"}}, "failure.events"),
        ("touchpoints", {"target_seconds": 0}, "target_seconds"),
        ("touchpoints", {"target_seconds": "two days"}, "target_seconds"),
        ("touchpoints", {"target_from": "nowhere"}, "target_from"),
        ("channels", {"kind": "pigeon"}, "kind"),
        ("personas", {"traits": [{"name": "x", "value": 6}]}, "traits[0].value"),
        ("personas", {"photo": "http://example.org/me.png"}, "photo"),
        ("personas", {"values": "honesty"}, "values"),
        ("personas", {"horoscope": "leo"}, "horoscope"),
    ],
)
def test_a_bad_field_is_named_and_nothing_changes(people: People, kind: str, change: Any, field: str) -> None:
    made = people.editor.post(kind, GOOD[kind]).json()
    for refused in (
        people.editor.patch(f"{kind}/{made['id']}", change),
        people.editor.post(kind, {**GOOD[kind], **change}),
    ):
        assert (refused.status_code, refused.json()["code"]) == (400, "library_invalid")
        assert refused.json()["errors"][0]["field"] == field
    assert people.viewer.get(kind).json()["items"] == [made]


def test_a_touchpoint_on_a_map_is_not_deleted(people: People) -> None:
    touchpoint = people.editor.post("touchpoints", GOOD["touchpoints"]).json()["id"]
    map_id = make_map(people)
    change(
        people,
        map_id,
        {"do": "add_stage", "id": "s1", "name": "A"},
        {"do": "add_lane", "id": "l1", "kind": "touchpoints"},
        {"do": "add_card", "stage": "s1", "lane": "l1", "text": "", "touchpoint": touchpoint},
    )
    assert people.viewer.get(f"touchpoints/{touchpoint}").json()["maps"] == [
        {"id": map_id, "title": "Purchase"}
    ]
    refused = people.editor.delete(f"touchpoints/{touchpoint}")
    assert (refused.status_code, refused.json()["code"]) == (409, "touchpoint_in_use")
    assert "Purchase" in refused.json()["detail"]
    people.editor.delete(f"maps/{map_id}")
    assert people.editor.delete(f"touchpoints/{touchpoint}").status_code == 204
    people.editor.post(f"maps/{map_id}/restore")
    card = people.viewer.get(f"maps/{map_id}/document").json()["cards"][0]
    assert "touchpoint" not in card


def test_a_binding_is_made_and_taken_away(people: People) -> None:
    made = people.editor.post("touchpoints", {"name": "Call"}).json()
    assert made["matcher"] is None
    bound = people.editor.patch(f"touchpoints/{made['id']}", {"matcher": {"events": ["call"]}}).json()
    assert bound["matcher"] == {"events": ["call"], "conditions": []}
    assert people.editor.patch(f"touchpoints/{made['id']}", {"matcher": None}).json()["matcher"] is None


def test_failures_and_a_target_time_are_set_and_taken_away(people: People) -> None:
    order = people.editor.post("touchpoints", {"name": "Order"}).json()["id"]
    standard = {
        "failure": {"events": ["lost"], "conditions": []},
        "target_seconds": 86_400,
        "target_from": order,
    }
    made = people.editor.post("touchpoints", {"name": "Courier", **standard}).json()
    assert {name: made[name] for name in standard} == standard
    bare = people.editor.patch(f"touchpoints/{made['id']}", dict.fromkeys(standard)).json()
    assert [bare[name] for name in standard] == [None, None, None]


def test_a_target_goes_with_the_touchpoint_it_counts_from(people: People) -> None:
    order = people.editor.post("touchpoints", {"name": "Order"}).json()["id"]
    courier = people.editor.post(
        "touchpoints", {"name": "Courier", "target_seconds": 60, "target_from": order}
    ).json()
    assert people.editor.delete(f"touchpoints/{order}").status_code == 204
    left = people.viewer.get(f"touchpoints/{courier['id']}").json()
    assert (left["target_seconds"], left["target_from"]) == (None, None)


def test_a_channel_has_one_name_and_leaves_its_touchpoints_behind(people: People) -> None:
    channel = people.editor.post("channels", {"name": "تلفن", "kind": "phone"}).json()["id"]
    twin = people.editor.post("channels", {"name": " تلفن ", "kind": "phone"})
    assert (twin.status_code, twin.json()["code"]) == (409, "channel_exists")
    touchpoint = people.editor.post("touchpoints", {"name": "Call", "channel": channel}).json()["id"]
    assert people.viewer.get("channels").json()["items"][0]["touchpoints"] == 1
    assert people.editor.delete(f"channels/{channel}").status_code == 204
    assert people.viewer.get(f"touchpoints/{touchpoint}").json()["channel"] is None


def test_lists_are_sorted_by_the_alphabet_and_paged(people: People) -> None:
    for name in ("گلدان", "پارچه", "کتاب", "آینه", "Zebra"):
        people.editor.post("personas", {"name": name})
    names, cursor = [], None
    while True:
        page = people.viewer.get("personas", limit=2, **({"cursor": cursor} if cursor else {})).json()
        names += [persona["name"] for persona in page["items"]]
        if not (cursor := page["next"]):
            break
    assert names == ["Zebra", "آینه", "پارچه", "کتاب", "گلدان"]


def test_a_field_of_a_persona_is_taken_away(people: People) -> None:
    made = people.editor.post("personas", GOOD["personas"]).json()
    changed = people.editor.patch(f"personas/{made['id']}", {"quote": None}).json()
    assert changed["quote"] == ""
    assert changed["values"] == made["values"]
