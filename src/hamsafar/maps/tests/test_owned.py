"""Who answers for what, across maps: mine, a team's, nobody's; renamed and deleted owners; pages."""

from __future__ import annotations

from typing import Any

import pytest

from hamsafar.accounts.tests.people import People
from hamsafar.maps.models import OwnedPart
from hamsafar.maps.tests.test_api import change, make_map

BO = {"kind": "text", "name": "Bo"}

LANES = [
    {"id": "goals", "kind": "goals"},
    {"id": "actions", "kind": "actions"},
    {"id": "opps", "kind": "opportunities"},
]


def draw(people: People, title: str, *cards: dict[str, Any], stage_owner: Any = None, **fields: Any) -> str:
    """A map of one stage with these cards."""
    stage = {"id": "s", "name": "Buy", **({"owner": stage_owner} if stage_owner else {})}
    exchange = {
        "format": "hamsafar-map/1", "title": title, "kind": "current_state", "language": "en",
        "stages": [stage], "lanes": LANES, **fields,
        "cards": [{"stage": "s", "lane": "actions", "text": "", **card} for card in cards],
    }  # fmt: skip
    return make_map(people, document=exchange)


def owned(people: People, **query: Any) -> list[tuple[str, str, str | None]]:
    page = people.viewer.get("owned", **query)
    assert page.status_code == 200, page.content
    return [(one["part"], one["text"], one["owner"] and one["owner"]["name"]) for one in page.json()["items"]]


def own(people: People, name: str) -> dict[str, str]:
    members = {one["name"]: one["id"] for one in people.viewer.get("members").json()}
    return {"kind": "member", "id": members[name], "name": name}


def test_stages_and_work_need_owners_and_goals_do_not(people: People) -> None:
    draw(people, "One", {"id": "a", "text": "Pays"}, {"id": "g", "lane": "goals", "text": "A gift"})
    assert owned(people) == [("stage", "Buy", None), ("card", "Pays", None)]
    assert owned(people, owner="none", kind="stage") == [("stage", "Buy", None)]
    assert owned(people, kind="actions", search="pay") == [("card", "Pays", None)]
    assert owned(people, stage="Use") == []
    assert people.viewer.get("owned/counts").json()[0]["unowned"] == 2
    for path in ("owned", "owned/counts"):
        assert people.outsider.get(path).status_code == 404
        assert people.stranger.get(path).status_code == 401


def test_mine_is_what_i_or_my_teams_own_on_every_map(people: People) -> None:
    viewer, editor = own(people, "Viewer"), own(people, "Editor")
    made = people.admin.post("teams", {"name": "Sales", "members": [viewer["id"]]})
    team = made.json()["items"][0]
    mine = {"id": "a", "text": "Mine", "owner": viewer}
    draw(people, "One", mine, {"id": "b", "text": "Hers", "owner": editor})
    by_id = {"kind": "team", "id": team["id"], "name": "Sales"}
    draw(
        people, "Two", {"id": "a", "text": "By id", "owner": by_id},
        {"id": "b", "text": "By name", "owner": {"kind": "team", "name": "sales"}},
        {"id": "c", "text": "Another team", "owner": {"kind": "team", "name": "Support"}},
    )  # fmt: skip
    assert [text for _, text, _ in owned(people, owner="mine")] == ["Mine", "By id", "By name"]
    assert [text for _, text, _ in owned(people, owner=f"team:{team['id']}")] == ["By id", "By name"]
    assert [text for _, text, _ in owned(people, owner=f"member:{editor['id']}")] == ["Hers"]
    assert people.viewer.get("owned", owner="everybody").json()["code"] == "unknown_owner"


def test_a_renamed_owner_has_the_new_name_and_a_deleted_one_keeps_theirs(people: People) -> None:
    team = people.admin.post("teams", {"name": "Sales"}).json()["items"][0]
    draw(
        people, "One", {"id": "a", "text": "x", "owner": {"kind": "team", "id": team["id"], "name": "Sales"}}
    )
    people.admin.patch(f"teams/{team['id']}", {"name": "Shop"})
    owner = people.viewer.get("owned", kind="actions").json()["items"][0]["owner"]
    assert (owner["name"], owner["gone"]) == ("Shop", False)
    people.admin.delete(f"teams/{team['id']}")
    owner = people.viewer.get("owned", kind="actions").json()["items"][0]["owner"]
    assert (owner["name"], owner["gone"]) == ("Sales", True)


def test_touchpoints_of_the_library_are_owned_too(people: People) -> None:
    viewer = own(people, "Viewer")
    made = people.admin.post("teams", {"name": "Sales", "members": [viewer["id"]]})
    team = made.json()["items"][0]

    def touchpoint(name: str, owner: Any) -> str:
        saved = people.editor.post("touchpoints", {"name": name, **({"owner": owner} if owner else {})})
        assert saved.status_code == 201, saved.content
        return str(saved.json()["id"])

    site = touchpoint("Site", viewer)
    touchpoint("Call", {"kind": "team", "name": "sales"})
    touchpoint("Shop", {"kind": "team", "id": team["id"], "name": "Sales"})
    touchpoint("Courier", BO)
    touchpoint("Advert", None)

    def names(**query: Any) -> list[str]:
        return [one["name"] for one in people.viewer.get("owned/touchpoints", **query).json()]

    assert names() == ["Advert", "Call", "Courier", "Shop", "Site"]
    assert names(owner="mine") == ["Call", "Shop", "Site"]
    assert names(owner=f"team:{team['id']}") == ["Call", "Shop"]
    assert names(owner=f"member:{viewer['id']}", search="SIT") == ["Site"]
    assert names(owner="none") == ["Advert"]
    make_map(
        people,
        document={
            "format": "hamsafar-map/1", "title": "One", "kind": "current_state", "language": "en",
            "stages": [{"id": "s", "name": "Buy"}], "lanes": LANES,
            "cards": [{"id": "a", "stage": "s", "lane": "actions", "text": "", "touchpoint": site}],
            "touchpoints": [{"id": site, "name": "Site"}],
        },
    )  # fmt: skip
    on_map = people.viewer.get("maps").json()["items"][0]["id"]
    assert names(map=on_map) == ["Site"]
    people.admin.patch(f"teams/{team['id']}", {"name": "Shopping"})
    shop = people.viewer.get("owned/touchpoints", search="shop").json()[0]["owner"]
    assert (shop["name"], shop["gone"]) == ("Shopping", False)
    assert people.viewer.get("owned/touchpoints", owner="everybody").json()["code"] == "unknown_owner"
    assert people.outsider.get("owned/touchpoints").status_code == 404
    assert people.stranger.get("owned/touchpoints").status_code == 401


def test_every_change_of_the_map_is_followed(people: People) -> None:
    map_id = draw(
        people,
        "One",
        {"id": "a", "text": "Pays"},
        {"id": "b", "text": "Waits"},
        owner={"kind": "text", "name": "Ann"},
    )
    assert [part for part, _, _ in owned(people)] == ["map", "stage", "card", "card"]
    change(
        people,
        map_id,
        {"do": "set_card", "id": "a", "fields": {"owner": BO, "text": "Paid"}},
    )
    change(people, map_id, {"do": "move_card", "id": "b", "stage": "s", "lane": "actions", "before": "a"})
    assert owned(people, kind="actions") == [("card", "Waits", None), ("card", "Paid", "Bo")]
    change(people, map_id, {"do": "set_stage", "id": "s", "fields": {"name": "Order"}})
    assert owned(people, stage="Order")[-1] == ("card", "Paid", "Bo")
    change(people, map_id, {"do": "delete_stage", "id": "s"})
    assert owned(people) == [("map", "One", "Ann")]
    people.editor.delete(f"maps/{map_id}")
    assert owned(people) == []


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_pages_neither_repeat_nor_miss(people: People, limit: int) -> None:
    for title in ("One", "Two"):
        draw(people, title, *({"id": f"c{n}", "text": f"{title} {n}"} for n in range(4)))
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = people.viewer.get("owned", limit=limit, kind="actions", cursor=cursor).json()
        seen += [one["text"] for one in page["items"]]
        assert page["total"] == 8
        cursor = page["next"]
    assert seen == [f"{title} {n}" for title in ("One", "Two") for n in range(4)]


def test_another_workspace_is_not_seen(people: People) -> None:
    draw(people, "One", {"id": "a", "text": "Ours"})
    assert OwnedPart.objects.count() == 2
    elsewhere = people.outsider.client.get("/api/session").json()["workspaces"][0]["id"]
    assert people.outsider.get(f"/api/workspaces/{elsewhere}/owned").json()["items"] == []
