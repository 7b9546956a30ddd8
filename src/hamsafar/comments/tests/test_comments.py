"""Threads on a map: who may read and write them, whom they reach, and what stays of them."""

from __future__ import annotations

from typing import Any

import pytest

from hamsafar.accounts.tests.people import People, Person

pytestmark = pytest.mark.django_db(transaction=True)

SHOP: dict[str, Any] = {
    "format": "hamsafar-map/1",
    "title": "Shop",
    "kind": "current_state",
    "language": "en",
    "stages": [{"id": "s1", "name": "Purchase"}, {"id": "s2", "name": "Delivery"}],
    "lanes": [{"id": "l1", "kind": "actions"}],
    "cards": [{"id": "c1", "stage": "s1", "lane": "l1", "text": "Pays"}],
}


@pytest.fixture
def map_id(people: People) -> str:
    return str(people.owner.post("maps", {"document": SHOP}).json()["id"])


def on_card(text: str, **more: Any) -> dict[str, Any]:
    return {"part": "card", "target": "c1", "text": text, **more}


def begin(person: Person, map_id: str, text: str, **more: Any) -> dict[str, Any]:
    answer = person.post(f"maps/{map_id}/threads", on_card(text, **more))
    assert answer.status_code == 201, answer.json()
    return dict(answer.json())


def listed(person: Person, map_id: str, **query: Any) -> list[str]:
    found = person.get(f"maps/{map_id}/threads", **query).json()["items"]
    return [thread["comments"][0]["text"] for thread in found]


def heard(person: Person) -> list[tuple[str, str]]:
    items = person.get("/api/me/notices").json()["items"]
    return [(one["kind"], one["excerpt"]) for one in items]


def at(person: Person) -> str:
    return f"<@{person.user_id}>"


def test_a_thread_on_every_kind_of_part(people: People, map_id: str) -> None:
    parts = [("map", ""), ("stage", "s1"), ("lane", "l1"), ("cell", "s1|l1"), ("card", "c1")]
    for part, target in parts:
        body = {"part": part, "target": target, "text": part}
        made = people.editor.post(f"maps/{map_id}/threads", body)
        assert made.status_code == 201, made.json()
    named = {
        one["part"]: one["details"] for one in people.viewer.get(f"maps/{map_id}/threads").json()["items"]
    }
    assert named["map"] == {"name": "Shop"}
    assert named["stage"]["name"] == "Purchase"
    assert (named["cell"]["stage"], named["cell"]["lane_kind"]) == ("Purchase", "actions")
    assert (named["card"]["name"], named["card"]["stage"]) == ("Pays", "Purchase")
    counts = people.viewer.get(f"maps/{map_id}/threads/counts").json()
    assert (counts["open"], counts["unread"]) == (5, 5)
    assert {"part": "cell", "target": "s1|l1", "open": 1, "unread": 1} in counts["parts"]
    for part, target in [("card", "c9"), ("cell", "s1"), ("stage", "c1"), ("map", "s1")]:
        body = {"part": part, "target": target, "text": "?"}
        missing = people.editor.post(f"maps/{map_id}/threads", body)
        assert (missing.status_code, missing.json()["code"]) == (404, "part_not_found")


def test_viewers_read_editors_write_outsiders_do_neither(people: People, map_id: str) -> None:
    thread = begin(people.editor, map_id, "Too slow?")
    base = f"maps/{map_id}/threads/{thread['id']}"
    comment = f"maps/{map_id}/comments/{thread['comments'][0]['id']}"
    assert people.viewer.get(base).json()["comments"][0]["author"]["name"] == "Editor"
    assert people.outsider.get(base).status_code == 404
    for person, status in ((people.viewer, 403), (people.outsider, 404), (people.stranger, 401)):
        assert person.post(f"maps/{map_id}/threads", on_card("no")).status_code == status
        assert person.post(f"{base}/comments", {"text": "no"}).status_code == status
        assert person.post(f"{base}/resolve").status_code == status
        assert person.patch(comment, {"text": "no"}).status_code == status
        assert person.delete(comment).status_code == status
    assert people.outsider.post(f"{base}/seen").status_code == 404
    elsewhere = people.owner.post("maps", {"title": "Other"}).json()["id"]
    assert people.owner.get(f"maps/{elsewhere}/threads/{thread['id']}").status_code == 404
    assert people.owner.patch(comment, {"text": "not mine"}).json()["code"] == "not_your_comment"
    assert people.owner.delete(comment).json()["code"] == "not_your_comment"


def test_writing_changing_deleting_and_bringing_back(people: People, map_id: str) -> None:
    thread = begin(people.editor, map_id, "  كارت بانکي  ")
    assert thread["comments"][0]["text"] == "کارت بانکی"
    reply = people.owner.post(f"maps/{map_id}/threads/{thread['id']}/comments", {"text": "Yes"}).json()
    mine = reply["comments"][1]["id"]
    changed = people.owner.patch(f"maps/{map_id}/comments/{mine}", {"text": "Yes, often"}).json()
    assert (changed["comments"][1]["text"], bool(changed["comments"][1]["edited_at"])) == ("Yes, often", True)
    assert people.owner.delete(f"maps/{map_id}/comments/{mine}").status_code == 204
    shown = people.viewer.get(f"maps/{map_id}/threads/{thread['id']}").json()["comments"][1]
    assert (shown["deleted"], shown["text"]) == (True, "")
    assert people.owner.patch(f"maps/{map_id}/comments/{mine}", {"text": "x"}).status_code == 404
    people.editor.delete(f"maps/{map_id}/comments/{thread['comments'][0]['id']}")
    assert listed(people.viewer, map_id) == []
    back = people.owner.post(f"maps/{map_id}/comments/{mine}/restore").json()
    assert [one["text"] for one in back["comments"]] == ["", "Yes, often"]
    for text, code in ((" \u200f ", "comment_blank"), ("x" * 5_001, "comment_too_long")):
        wrong = people.editor.post(f"maps/{map_id}/threads", on_card(text))
        assert (wrong.status_code, wrong.json()["code"]) == (400, code)


def test_the_same_request_again_makes_nothing_new(people: People, map_id: str) -> None:
    first = begin(people.editor, map_id, "once", request_id="r1")
    assert begin(people.editor, map_id, "once", request_id="r1")["id"] == first["id"]
    for _ in range(2):
        body = {"text": "reply", "request_id": "r2"}
        answer = people.owner.post(f"maps/{map_id}/threads/{first['id']}/comments", body)
        assert len(answer.json()["comments"]) == 2
    assert len(heard(people.editor)) == 1


def test_resolving_and_opening_again(people: People, map_id: str) -> None:
    thread = begin(people.editor, map_id, "Too slow?")
    base = f"maps/{map_id}/threads/{thread['id']}"
    for _ in range(2):
        assert people.owner.post(f"{base}/resolve").json()["resolved_by"]["name"] == "Owner"
    assert listed(people.viewer, map_id) == []
    assert listed(people.viewer, map_id, which="resolved") == ["Too slow?"]
    assert people.viewer.get(f"maps/{map_id}/threads/counts").json()["open"] == 0
    assert people.editor.post(f"{base}/reopen").json()["resolved_at"] is None
    people.owner.post(f"{base}/resolve")
    assert people.owner.post(f"{base}/comments", {"text": "Not yet"}).json()["resolved_at"] is None
    assert [kind for kind, _ in heard(people.editor)] == ["reply", "resolved", "resolved"]


def test_each_hears_once_and_by_the_nearest_reason(people: People, map_id: str) -> None:
    owner_id = {one["user_id"]: one["id"] for one in people.owner.get("members").json()}
    owner = {"kind": "member", "id": owner_id[people.owner.user_id], "name": "Owner"}
    command = {"do": "set_card", "id": "c1", "fields": {"owner": owner}}
    people.owner.post(f"maps/{map_id}/commands", {"commands": [command]})
    thread = begin(people.editor, map_id, f"{at(people.admin)} and {at(people.editor)}, look")
    assert heard(people.admin) == [("mention", "@Admin and @Editor, look")]
    assert heard(people.owner) == [("owned", "@Admin and @Editor, look")]
    assert heard(people.editor) == heard(people.viewer) == []
    body = {"text": f"Seen, {at(people.editor)}"}
    people.admin.post(f"maps/{map_id}/threads/{thread['id']}/comments", body)
    assert heard(people.editor) == [("mention", "Seen, @Editor")]
    assert len(heard(people.admin)) == 1
    notice = people.editor.get("/api/me/notices").json()["items"][0]
    assert notice["sentence"] == "\u2068Admin\u2069 mentioned you in a comment on “\u2068Pays · Shop\u2069”"
    assert notice["path"] == f"/w/{people.workspace_id}/maps/{map_id}?at=panel:comments&thread={thread['id']}"


def test_only_members_can_be_named_and_a_change_tells_only_the_new(people: People, map_id: str) -> None:
    wrong = people.editor.post(f"maps/{map_id}/threads", on_card(at(people.outsider)))
    assert (wrong.status_code, wrong.json()["code"]) == (400, "mention_not_a_member")
    thread = begin(people.editor, map_id, at(people.viewer))
    assert thread["comments"][0]["people"] == [{"id": people.viewer.user_id, "name": "Viewer"}]
    members = {one["user_id"]: one["id"] for one in people.owner.get("members").json()}
    people.owner.delete(f"members/{members[people.viewer.user_id]}")
    path = f"maps/{map_id}/comments/{thread['comments'][0]['id']}"
    changed = people.editor.patch(path, {"text": f"{at(people.viewer)} {at(people.admin)}"})
    assert changed.status_code == 200
    assert heard(people.admin) == [("mention", "@Viewer @Admin")]
    assert listed(people.admin, map_id, which="mentions") == [f"{at(people.viewer)} {at(people.admin)}"]
    assert listed(people.owner, map_id, which="mentions") == []


def test_unread_until_seen_and_again_after_an_answer(people: People, map_id: str) -> None:
    thread = begin(people.editor, map_id, "Too slow?")
    base = f"maps/{map_id}/threads/{thread['id']}"

    def unread(person: Person) -> int:
        return int(person.get(f"maps/{map_id}/threads/counts").json()["unread"])

    assert (unread(people.editor), unread(people.viewer)) == (0, 1)
    assert people.viewer.post(f"{base}/seen").status_code == 204
    assert unread(people.viewer) == 0
    people.owner.post(f"{base}/comments", {"text": f"Yes {at(people.viewer)}"})
    assert (unread(people.editor), unread(people.viewer), unread(people.owner)) == (1, 1, 0)
    assert people.viewer.get("/api/me/notices/unread").json() == {"unread": 1}
    people.viewer.post(f"maps/{map_id}/threads/seen")
    assert unread(people.viewer) == 0
    assert people.viewer.get("/api/me/notices/unread").json() == {"unread": 0}


def test_filters_parts_and_pages(people: People, map_id: str) -> None:
    for number in range(5):
        begin(people.editor, map_id, f"card {number}")
    people.admin.post(f"maps/{map_id}/threads", {"part": "map", "text": "whole"})
    assert listed(people.admin, map_id, which="mine") == ["whole"]
    assert len(listed(people.viewer, map_id, part="card", target="c1")) == 5
    assert listed(people.viewer, map_id, part="map") == ["whole"]
    seen, cursor = [], None
    while True:
        page = people.viewer.get(
            f"maps/{map_id}/threads", limit=4, **({"cursor": cursor} if cursor else {})
        ).json()
        seen += [one["comments"][0]["text"] for one in page["items"]]
        if (cursor := page["next"]) is None:
            break
    assert seen == ["whole", *(f"card {number}" for number in (4, 3, 2, 1, 0))]
    assert page["total"] == 6


def test_a_comment_on_a_deleted_card_keeps_the_cards_last_text(people: People, map_id: str) -> None:
    thread = begin(people.editor, map_id, "Really?")

    def run(command: dict[str, Any]) -> None:
        answer = people.owner.post(f"maps/{map_id}/commands", {"commands": [command]})
        assert answer.status_code == 200

    run({"do": "set_card", "id": "c1", "fields": {"text": "Pays at the door"}})
    shown = people.viewer.get(f"maps/{map_id}/threads/{thread['id']}").json()
    assert (shown["details"]["name"], shown["gone"]) == ("Pays at the door", False)
    run({"do": "delete_stage", "id": "s1"})  # the card goes with it
    shown = people.viewer.get(f"maps/{map_id}/threads/{thread['id']}").json()
    assert (shown["details"]["name"], shown["gone"]) == ("Pays at the door", True)
    assert shown["comments"][0]["text"] == "Really?"


def test_a_list_asks_the_database_the_same_however_long_it_is(
    people: People, map_id: str, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        thread = begin(people.editor, map_id, f"{at(people.viewer)} {number}")
        people.owner.post(f"maps/{map_id}/threads/{thread['id']}/comments", {"text": "Yes"})
    with django_assert_max_num_queries(12):
        people.viewer.get(f"maps/{map_id}/threads", limit=20)
