"""Versions over HTTP: who may, what is kept, what comes back, and what two of them differ in."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.utils import timezone

from hamsafar.accounts.models import AuditEntry
from hamsafar.accounts.tests.people import People
from hamsafar.maps.models import Map, MapVersion, Touchpoint
from hamsafar.maps.tests.test_api import change, document_of, make_map
from hamsafar.maps.versions import keeping, packing, rows

SHOP: dict[str, Any] = {
    "format": "hamsafar-map/1",
    "title": "خرید کتاب",
    "kind": "current_state",
    "language": "fa",
    "stages": [{"id": "s1", "name": "آگاهی"}, {"id": "s2", "name": "خرید"}],
    "lanes": [{"id": "l1", "kind": "actions"}, {"id": "l2", "kind": "touchpoints"}],
    "cards": [
        {"id": "c1", "stage": "s1", "lane": "l1", "text": "آگهی را می‌بیند"},
        {"id": "c2", "stage": "s2", "lane": "l2", "text": "", "touchpoint": "t1"},
    ],
    "touchpoints": [{"id": "t1", "name": "سایت"}],
}


@pytest.fixture
def shop(people: People) -> str:
    return make_map(people, document=SHOP)


def keep(people: People, map_id: str, name: str, **fields: Any) -> str:
    made = people.editor.post(f"maps/{map_id}/versions", {"name": name, **fields})
    assert made.status_code == 201, made.content
    return str(made.json()["id"])


def listed(people: People, map_id: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = people.viewer.get(f"maps/{map_id}/versions").json()["items"]
    return found


def restore(people: People, map_id: str, version: str, request_id: str | None = None) -> Any:
    return people.editor.post(f"maps/{map_id}/versions/{version}/restore", {"request_id": request_id})


def age(map_id: str, **by: float) -> None:
    Map.objects.filter(id=map_id).update(updated_at=timezone.now() - timedelta(**by))


def test_editors_keep_rename_and_restore_viewers_look_and_outsiders_find_nothing(
    people: People, shop: str
) -> None:
    version = keep(people, shop, "پیش از جلسه")
    base = f"maps/{shop}/versions"
    for member, write, read in (
        (people.viewer, 403, 200),
        (people.outsider, 404, 404),
        (people.stranger, 401, 401),
    ):
        assert member.post(base, {"name": "x"}).status_code == write
        assert member.patch(f"{base}/{version}", {"name": "x"}).status_code == write
        assert member.post(f"{base}/{version}/restore").status_code == write
        assert member.post(f"maps/{shop}/future").status_code == write
        compared = member.get("map-comparison", before=f"version:{version}", after=f"map:{shop}")
        table = member.get("map-comparison.csv", before=f"version:{version}", after=f"map:{shop}")
        assert (compared.status_code, table.status_code) == (read, read)
        for path in (base, f"{base}/{version}", f"{base}/{version}/document", f"maps/{shop}/links"):
            assert member.get(path).status_code == read
    # Another map of the same workspace does not have it, nor does one in the bin.
    other = make_map(people)
    assert people.viewer.get(f"maps/{other}/versions/{version}").json()["code"] == "version_not_found"
    people.editor.delete(f"maps/{shop}")
    assert people.viewer.get(f"{base}/{version}").status_code == 404
    assert (
        people.viewer.get("map-comparison", before=f"version:{version}", after=f"map:{other}").status_code
        == 404
    )


def test_a_named_version_is_listed_with_who_and_why(people: People, shop: str) -> None:
    version = keep(people, shop, "پیش از جلسه", note="با تیم فروش")
    (found,) = listed(people, shop)
    assert {**found, "at": ""} == {
        "id": version,
        "map": shop,
        "name": "پیش از جلسه",
        "note": "با تیم فروش",
        "reason": "asked",
        "at": "",
        "by": "Editor",
        "stages": 2,
        "cards": 2,
    }
    # Asked for twice (a second click, a lost answer), it is one.
    assert keep(people, shop, "پیش از جلسه") == version
    assert people.editor.post(f"maps/{shop}/versions", {"name": " "}).json()["code"] == "version_invalid"
    assert people.editor.post(f"maps/{shop}/versions", []).status_code in (400, 422)
    renamed = people.editor.patch(f"maps/{shop}/versions/{version}", {"name": "نهایی", "note": None}).json()
    assert (renamed["name"], renamed["note"]) == ("نهایی", "")
    actions = AuditEntry.objects.filter(target=shop).order_by("at").values_list("action", flat=True)
    assert list(actions)[-2:] == ["keep_version", "rename_version"]


def test_the_list_is_paged(people: People, shop: str) -> None:
    names = [f"v{number}" for number in range(5)]
    for name in names:
        keep(people, shop, name)
    found, cursor = [], None
    while True:
        page = people.viewer.get(
            f"maps/{shop}/versions", limit=2, **({"cursor": cursor} if cursor else {})
        ).json()
        found += [one["name"] for one in page["items"]]
        assert page["total"] == 5
        if (cursor := page["next"]) is None:
            break
    assert found == names[::-1]
    assert people.viewer.get(f"maps/{shop}/versions", cursor="x").status_code == 400


def test_restoring_keeps_the_present_and_is_undone_by_restoring_that(people: People, shop: str) -> None:
    then = document_of(people, shop)
    version = keep(people, shop, "first")
    change(people, shop, {"do": "delete_card", "id": "c1"}, {"do": "set_map", "fields": {"title": "دیگر"}})
    present = document_of(people, shop)
    restored = restore(people, shop, version).json()
    assert document_of(people, shop) == then
    kept = next(one for one in listed(people, shop) if one["id"] == restored["kept"])
    assert (kept["reason"], kept["name"], kept["by"]) == ("before_restore", "", "Editor")
    assert people.viewer.get(f"maps/{shop}/versions/{kept['id']}/document").json() == present
    restore(people, shop, restored["kept"])
    assert document_of(people, shop) == present
    told = AuditEntry.objects.filter(target=shop, action="change_map").order_by("-at").first()
    assert told is not None
    assert told.details == {"commands": {"replace_map": 1}, "version": kept["id"]}


def test_a_repeated_restore_is_harmless(people: People, shop: str) -> None:
    version = keep(people, shop, "first")
    change(people, shop, {"do": "delete_card", "id": "c1"})
    once = restore(people, shop, version, "r1").json()
    change(people, shop, {"do": "add_stage", "name": "تحویل"})
    assert restore(people, shop, version, "r1").json() == once
    assert len(document_of(people, shop)["stages"]) == 3
    restore(people, shop, version)
    before = len(listed(people, shop))
    assert restore(people, shop, version).json()["kept"] is None
    assert len(listed(people, shop)) == before


def test_a_touchpoint_that_left_the_library_comes_back_with_the_version(people: People, shop: str) -> None:
    version = keep(people, shop, "first")
    (touchpoint,) = document_of(people, shop)["touchpoints"]
    change(people, shop, {"do": "delete_card", "id": "c2"})
    assert people.editor.delete(f"touchpoints/{touchpoint['id']}").status_code == 204
    # The version still knows its name; the map gets a row of that name.
    old = people.viewer.get(f"maps/{shop}/versions/{version}/document").json()
    assert old["touchpoints"] == [touchpoint]
    assert restore(people, shop, version).status_code == 200
    (back,) = document_of(people, shop)["touchpoints"]
    assert back["name"] == "سایت"
    assert document_of(people, shop)["cards"][1]["touchpoint"] == back["id"]
    assert Touchpoint.objects.count() == 1


def test_a_map_left_for_an_hour_and_one_about_to_lose_a_stage_are_kept(people: People, shop: str) -> None:
    change(people, shop, {"do": "add_stage", "id": "s3", "name": "تحویل"})
    assert listed(people, shop) == []
    age(shop, hours=2)
    change(people, shop, {"do": "set_card", "id": "c1", "fields": {"text": "دیگر"}})
    change(people, shop, {"do": "set_card", "id": "c1", "fields": {"text": "باز هم"}})
    (quiet,) = listed(people, shop)
    assert (quiet["reason"], quiet["by"], quiet["stages"]) == ("quiet", "Editor", 3)
    assert quiet["at"] < (timezone.now() - timedelta(hours=1)).isoformat()
    change(people, shop, {"do": "delete_stage", "id": "s3"})  # empty: nothing of worth is lost
    assert len(listed(people, shop)) == 1
    change(people, shop, {"do": "delete_stage", "id": "s2"})
    large = listed(people, shop)[0]
    assert (large["reason"], large["cards"]) == ("before_large", 2)


def test_old_versions_are_thinned_out_but_named_ones_stay(people: People, shop: str) -> None:
    named = keep(people, shop, "first")
    for days in (60, 59.9):
        age(shop, days=days)
        change(people, shop, {"do": "add_stage", "name": "x"})
    MapVersion.objects.filter(id=named).update(at=timezone.now() - timedelta(days=60))
    assert [one["reason"] for one in listed(people, shop)].count("quiet") == 1
    assert named in {one["id"] for one in listed(people, shop)}
    # Without its name it goes with the next one.
    people.editor.patch(f"maps/{shop}/versions/{named}", {"name": None})
    age(shop, hours=2)
    change(people, shop, {"do": "add_stage", "name": "y"})
    assert named not in {one["id"] for one in listed(people, shop)}


def test_so_many_names_and_no_more(people: People, shop: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hamsafar.maps.actions.versions.MOST_NAMED", 1)
    first = keep(people, shop, "first")
    refused = people.editor.post(f"maps/{shop}/versions", {"name": "second"})
    assert (refused.status_code, refused.json()["code"]) == (409, "too_many_versions")
    people.editor.patch(f"maps/{shop}/versions/{first}", {"name": None})
    keep(people, shop, "second")
    assert people.editor.patch(f"maps/{shop}/versions/{first}", {"name": "x"}).status_code == 409


@pytest.mark.parametrize("where", ["pack", "insert"])
def test_a_version_that_cannot_be_kept_stops_no_edit_but_a_restore(
    people: People, shop: str, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    version = keep(people, shop, "first")

    def broken(*_: Any) -> Any:
        raise DatabaseError("disk full")

    monkeypatch.setattr({"pack": packing, "insert": rows}[where], where, broken)
    assert change(people, shop, {"do": "delete_stage", "id": "s2"}).status_code == 200
    assert len(document_of(people, shop)["stages"]) == 1
    people.editor.client.raise_request_exception = False
    assert restore(people, shop, version).status_code == 500
    assert len(document_of(people, shop)["stages"]) == 1


def test_two_versions_are_compared_in_the_readers_language(people: People, shop: str) -> None:
    version = keep(people, shop, "first")
    owner = {"kind": "team", "name": "فروش"}
    change(
        people,
        shop,
        {"do": "set_card", "id": "c1", "fields": {"text": "=HYPERLINK()", "owner": owner}},
        {"do": "set_emotion", "persona": None, "stage": "s2", "value": -1},
    )
    asked = {"before": f"version:{version}", "after": f"map:{shop}"}
    found = people.viewer.get("map-comparison", **asked).json()
    assert found["stages"] == [["s1", "s1"], ["s2", "s2"]]
    assert [(d["stage_name"], d["part"], d["kinds"], d["owners"]) for d in found["differences"]] == [
        ("آگاهی", "cards", ["changed", "owner"], ["فروش"]),
        ("خرید", "emotions", ["emotion"], []),
    ]
    assert found["differences"][1]["fields"] == [
        {"field": "value", "label": "Value", "before": "", "after": "-1"}
    ]
    people.viewer.patch("/api/me", {"language": "fa"})
    table = people.viewer.get("map-comparison.csv", **asked, kinds="changed", owner="فروش")
    read = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert read[0] == ["مرحله", "بخش", "چه چیزی", "تفاوت", "مسئول", "فیلد", "پیش از آن", "پس از آن"]
    assert read[1] == [
        "آگاهی", "کارت", "'=HYPERLINK()", "تغییرکرده، مسئول", "فروش", "متن", "آگهی را می‌بیند", "'=HYPERLINK()",
    ]  # fmt: skip
    assert len(read) == 3
    assert (
        people.viewer.get("map-comparison", before="x", after=f"map:{shop}").json()["code"]
        == "bad_map_reference"
    )


def test_a_future_state_is_drawn_from_the_map_and_both_know_of_each_other(people: People, shop: str) -> None:
    made = people.editor.post(f"maps/{shop}/future").json()
    assert (made["title"], made["kind"], made["status"]) == (
        "خرید کتاب (وضعیت آینده)",
        "future_state",
        "draft",
    )
    future = document_of(people, made["id"])
    assert future["current_map"] == shop
    assert [card["id"] for card in future["cards"]] == ["c1", "c2"]
    assert people.viewer.get(f"maps/{shop}/links").json()["futures"][0]["id"] == made["id"]
    assert people.viewer.get(f"maps/{made['id']}/links").json()["current"]["title"] == "خرید کتاب"
    change(people, made["id"], {"do": "set_card", "id": "c1", "fields": {"text": "توصیه را می‌شنود"}})
    found = people.viewer.get("map-comparison", before=f"map:{shop}", after=f"map:{made['id']}").json()
    assert [(d["part"], d["kinds"]) for d in found["differences"]] == [
        ("map", ["changed"]),
        ("cards", ["changed"]),
    ]
    # Either may go; the other stays whole.
    people.editor.delete(f"maps/{shop}")
    assert people.viewer.get(f"maps/{made['id']}/links").json()["current"] is None
    assert document_of(people, made["id"])["current_map"] == shop
    people.editor.post(f"maps/{shop}/restore")
    people.editor.delete(f"maps/{made['id']}")
    assert people.viewer.get(f"maps/{shop}/links").json() == {"current": None, "futures": []}
    named = people.editor.post(f"maps/{shop}/future", {"title": "فردا"}).json()
    assert named["title"] == "فردا"
    assert people.editor.post(f"maps/{shop}/future", {"title": " "}).status_code == 400


def test_keeping_says_how_a_version_came_about() -> None:
    assert keeping.REASONS == ("asked", "quiet", "before_large", "before_restore", "before_import")
