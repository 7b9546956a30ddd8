"""Touchpoints, channels, contents and personas over HTTP."""

from __future__ import annotations

import base64
import io
from typing import Any

import pytest
from PIL import Image

from hamsafar.accounts.tests.people import People
from hamsafar.maps.files.tests.test_hostile import bomb, picture
from hamsafar.maps.tests.test_api import change, make_map


def address(data: bytes, kind: str = "png") -> str:
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


MATCHER = {"events": ["order_*"], "conditions": [{"property": "amount", "op": ">", "value": 100}]}
GOOD: dict[str, dict[str, Any]] = {
    "touchpoints": {"name": "Basket", "matcher": MATCHER, "description": "On the site"},
    "channels": {"name": "Site", "kind": "web"},
    "contents": {
        "name": "چطور سایز مناسب را پیدا کنم؟",
        "kind": "article",
        "link": "https://example.com/size",
        "stage": "بررسی",
        "question": "به من می‌خورد؟",
    },
    "personas": {
        "name": "سارا",
        "quote": "«وقت ندارم»",
        "age_range": "۲۵ تا ۳۴",
        "values": ["خانواده", "صداقت"],
        "lifestyle": "پرمشغله",
        "traits": [{"name": "دیجیتالی", "value": 4}],
        "photo": address(picture()),
    },
}


def test_a_photo_is_drawn_anew_and_small(people: People) -> None:
    held = Image.Exif()
    held[0x0112], held[0x010E] = 6, "at home, 35.7 N 51.4 E"
    written = io.BytesIO()
    Image.effect_noise((800, 400), 60).convert("RGB").save(
        written, "JPEG", exif=held.tobytes(), comment=b"secret", quality=70
    )
    made = people.editor.post(
        "personas", {"name": "Sara", "photo": address(written.getvalue(), "jpeg")}
    ).json()
    kept = made["photo"]
    assert kept.startswith("data:image/jpeg;base64,")
    data = base64.b64decode(kept.partition(",")[2])
    assert b"secret" not in data
    assert b"at home" not in data
    # Turned as it was held, and no larger than it is shown.
    assert Image.open(io.BytesIO(data)).size == (192, 384)

    for hostile in (
        address(b"\x89PNG\r\n\x1a\n<script>alert(1)</script>"), address(picture()[:40]), "data:image/png;base64,AAA",
    ):  # fmt: skip
        refused = people.editor.patch(f"personas/{made['id']}", {"photo": hostile})
        assert (refused.status_code, refused.json()["code"]) == (400, "picture_unreadable")
        assert "Sara" in refused.json()["title"] + refused.json().get("detail", "")
    refused = people.editor.patch(f"personas/{made['id']}", {"photo": address(bomb(20_000))})
    assert (refused.status_code, refused.json()["code"]) == (413, "picture_too_large")
    assert people.viewer.get(f"personas/{made['id']}").json()["photo"] == kept


def map_with(people: People, touchpoint: str | None = None) -> str:
    """A map of one stage and one lane, with a card when a touchpoint is to stand on it."""
    map_id = make_map(people)
    card = {"do": "add_card", "stage": "s1", "lane": "l1", "text": "", "touchpoint": touchpoint}
    answer = change(
        people,
        map_id,
        {"do": "add_stage", "id": "s1", "name": "A"},
        {"do": "add_lane", "id": "l1", "kind": "touchpoints"},
        *([card] if touchpoint else []),
    )
    assert answer.status_code == 200, answer.content
    return map_id


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
        ("touchpoints", {"performance": 6}, "performance"),
        ("touchpoints", {"medium": "both"}, "medium"),
        ("contents", {"kind": "poem"}, "kind"),
        ("contents", {"link": "javascript:alert(1)"}, "link"),
        ("contents", {"persona": "nobody"}, "persona"),
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
    map_id = map_with(people, touchpoint)
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


def test_what_is_said_of_a_touchpoint_is_kept_apart_and_travels_in_files(people: People) -> None:
    said = {"doing": "look for a size", "reason": "the shop is far", "importance_to_customer": 5}
    made = people.editor.post("touchpoints", {"name": "Size guide", **said}).json()
    assert made["profile"] == said
    changed = people.editor.patch(f"touchpoints/{made['id']}", {"reason": None, "performance": 2}).json()
    assert changed["profile"] == {"doing": "look for a size", "importance_to_customer": 5, "performance": 2}
    map_id = map_with(people, made["id"])
    [carried] = people.viewer.get(f"maps/{map_id}/document").json()["touchpoints"]
    assert carried["performance"] == 2
    assert "reason" not in carried


def test_content_stands_on_maps_and_is_not_deleted_from_under_them(people: People) -> None:
    content = people.editor.post("contents", GOOD["contents"]).json()
    map_id = map_with(people)
    change(people, map_id, {"do": "add_lane", "id": "reading", "kind": "content"})
    card = {
        "do": "add_card",
        "id": "c9",
        "stage": "s1",
        "lane": "reading",
        "text": "",
        "content": content["id"],
    }
    change(people, map_id, card)
    [shown] = people.viewer.get(f"maps/{map_id}/document").json()["contents"]
    assert shown["link"] == GOOD["contents"]["link"]
    [listed] = people.viewer.get("contents").json()["items"]
    assert [one["id"] for one in listed["maps"]] == [map_id]
    refused = people.editor.delete(f"contents/{content['id']}")
    assert (refused.status_code, refused.json()["code"]) == (409, "content_in_use")
    change(people, map_id, {"do": "delete_card", "id": "c9"})
    assert people.editor.delete(f"contents/{content['id']}").status_code == 204


def test_a_card_names_only_content_of_its_workspace(people: People) -> None:
    map_id = map_with(people)
    commands = [{"do": "add_card", "stage": "s1", "lane": "l1", "text": "", "content": "elsewhere"}]
    answer = people.editor.post(f"maps/{map_id}/commands", {"commands": commands})
    assert answer.json()["errors"][0]["field"] == "commands[0].content"


def test_content_of_a_file_meets_the_workspace_s_own(people: People) -> None:
    own = people.editor.post("contents", GOOD["contents"]).json()
    document = {
        "format": "hamsafar-map/1",
        "title": "From elsewhere",
        "kind": "current_state",
        "language": "fa",
        "stages": [{"id": "s1", "name": "A"}],
        "lanes": [{"id": "l1", "kind": "content"}],
        "cards": [
            {"id": "a", "stage": "s1", "lane": "l1", "content": "same"},
            {"id": "b", "stage": "s1", "lane": "l1", "content": "new"},
        ],
        "contents": [
            {"id": "same", **GOOD["contents"]},
            {"id": "new", "name": "Size video", "kind": "video", "persona": "not-ours"},
        ],
    }
    made = people.editor.post("maps", {"document": document})
    assert made.status_code == 201, made.content
    shown = people.viewer.get(f"maps/{made.json()['id']}/document").json()
    assert [one["name"] for one in shown["contents"]] == [own["name"], "Size video"]
    assert shown["contents"][0]["id"] == own["id"]
    assert people.viewer.get("contents").json()["total"] == 2


class TestMerging:
    """Two touchpoints that are one."""

    def pair(self, people: People, **other: Any) -> tuple[str, str]:
        goes = people.editor.post(
            "touchpoints", {"name": "سبد  خرید", "matcher": {"events": ["cart"]}, **other}
        )
        stays = people.editor.post("touchpoints", {"name": "سبد خرید", "matcher": {"events": ["basket"]}})
        return goes.json()["id"], stays.json()["id"]

    def test_every_map_changes_over_and_the_other_is_gone(self, people: People) -> None:
        goes, stays = self.pair(people, performance=4, target_seconds=60)
        maps = [map_with(people, goes) for _ in range(2)]
        change(people, maps[0], {"do": "set_stage", "id": "s1", "fields": {"exit_touchpoint": goes}})
        scope = {"touchpoint": goes}
        change(people, maps[0], {"do": "add_target", "metric": "reached", "scope": scope, "value": 0.5})
        counting = people.editor.post(
            "touchpoints", {"name": "Paid", "target_seconds": 9, "target_from": goes}
        ).json()["id"]
        answer = people.editor.post(f"touchpoints/{goes}/merge", {"into": stays, "events": "join"})
        assert answer.status_code == 200, answer.content
        merged = answer.json()
        assert merged["matcher"] == {"events": ["basket", "cart"], "conditions": []}
        assert (merged["profile"], merged["target_seconds"]) == ({"performance": 4}, 60)
        assert {one["id"] for one in merged["maps"]} == set(maps)
        assert people.viewer.get(f"touchpoints/{goes}").status_code == 404
        assert people.viewer.get(f"touchpoints/{counting}").json()["target_from"] == stays
        shown = people.viewer.get(f"maps/{maps[0]}/document").json()
        assert shown["stages"][0]["exit_touchpoint"] == stays
        assert shown["targets"][0]["scope"] == {"touchpoint": stays}
        assert goes not in str(shown)

    def test_the_one_that_stays_keeps_its_own_events_unless_asked(self, people: People) -> None:
        goes, stays = self.pair(people)
        answer = people.editor.post(f"touchpoints/{goes}/merge", {"into": stays})
        assert answer.json()["matcher"]["events"] == ["basket"]

    def test_events_with_conditions_are_not_joined_and_nothing_changes(self, people: People) -> None:
        goes, stays = self.pair(people, matcher=MATCHER)
        map_id = map_with(people, goes)
        refused = people.editor.post(f"touchpoints/{goes}/merge", {"into": stays, "events": "join"})
        assert (refused.status_code, refused.json()["code"]) == (409, "matchers_not_joinable")
        assert people.viewer.get(f"maps/{map_id}/document").json()["cards"][0]["touchpoint"] == goes

    def test_into_itself_into_nothing_and_by_others(self, people: People) -> None:
        goes, stays = self.pair(people)
        path = f"touchpoints/{goes}/merge"
        assert people.editor.post(path, {"into": goes}).json()["code"] == "touchpoint_into_itself"
        assert people.editor.post(path, {"into": "nothing"}).status_code == 404
        for refused, status in ((people.viewer, 403), (people.outsider, 404), (people.stranger, 401)):
            assert refused.post(path, {"into": stays}).status_code == status
            if refused is not people.viewer:
                assert refused.get("touchpoints/duplicates").status_code == status

    def test_the_same_name_or_the_same_events_may_be_one(self, people: People) -> None:
        for name, events in (
            ("سبد خرید", []),
            ("سبد‌خرید", ["cart"]),
            ("Basket", ["cart"]),
            ("Payment", ["paid"]),
            ("Paid", ["paid", "refunded"]),
        ):
            people.editor.post(
                "touchpoints", {"name": name, "matcher": {"events": events} if events else None}
            )
        groups = people.viewer.get("touchpoints/duplicates").json()
        assert [{one["name"] for one in group} for group in groups] == [{"سبد خرید", "سبد‌خرید", "Basket"}]
