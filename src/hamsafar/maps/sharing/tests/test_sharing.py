"""Public links over HTTP: made by editors, opened by anybody, until they end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from hamsafar.accounts.tests.people import People
from hamsafar.maps.models import MapShare
from hamsafar.maps.sharing.links import token_of
from hamsafar.maps.sharing.tries import MOST_FROM_ONE
from hamsafar.maps.tests.test_api import make_map


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    cache.clear()


def share(people: People, map_id: str, **fields: Any) -> dict[str, Any]:
    made = people.editor.post(f"maps/{map_id}/shares", fields)
    assert made.status_code == 201, made.content
    found: dict[str, Any] = made.json()
    return found


def open_(people: People, token: str, password: str = "") -> Any:
    return people.stranger.post(f"/api/shared/{token}", {"password": password})


def test_editors_make_and_revoke_links_and_nobody_else_sees_them(people: People) -> None:
    map_id = make_map(people)
    path = f"maps/{map_id}/shares"
    made = share(people, map_id, name="For the agency")
    one = f"{path}/{made['id']}"
    for refused, status in ((people.viewer, 403), (people.outsider, 404), (people.stranger, 401)):
        assert refused.get(path).status_code == status
        assert refused.post(path, {}).status_code == status
        assert refused.patch(one, {"measured": True}).status_code == status
        assert refused.delete(one).status_code == status
    assert people.editor.get(path).json() == [made]
    elsewhere = people.outsider.get("/api/session").json()["workspaces"][0]["id"]
    foreign = f"/api/workspaces/{elsewhere}/maps/{map_id}/shares"
    assert people.outsider.get(foreign).status_code == 404
    assert people.outsider.delete(f"{foreign}/{made['id']}").status_code == 404
    assert open_(people, made["token"]).status_code == 200

    assert people.editor.delete(one).status_code == 204
    assert people.editor.delete(one).status_code == 404
    assert people.editor.get(path).json() == []
    assert (open_(people, made["token"]).status_code, people.editor.patch(one, {}).status_code) == (404, 404)


def test_anybody_opens_a_link_and_sees_the_map_as_it_is_now(people: People) -> None:
    map_id = make_map(people)
    token = share(people, map_id)["token"]
    people.editor.post(f"maps/{map_id}/commands", {"commands": [{"do": "add_stage", "name": "خرید"}]})
    answer = open_(people, token)
    assert answer.json()["measured"] is False
    assert [stage["name"] for stage in answer.json()["document"]["stages"]] == ["خرید"]
    people.editor.delete(f"maps/{map_id}")
    assert open_(people, token).status_code == 404


def test_a_link_opens_its_own_map_only_and_is_not_guessed(people: People) -> None:
    made = share(people, make_map(people))
    for token in ("x", made["id"], made["token"] + "x", made["token"][:-1], token_of("another")):
        assert open_(people, token).status_code == 404
        assert people.stranger.post(f"/api/shared/{token}/measured").status_code == 404


def test_a_password_is_asked_for_kept_hashed_and_tried_only_so_often(people: People) -> None:
    map_id = make_map(people)
    made = share(people, map_id, password="زعفران")
    assert (made["has_password"], "password" in made) == (True, False)
    assert "زعفران" not in MapShare.objects.get().password
    assert open_(people, made["token"]).json()["code"] == "share_password_needed"
    assert open_(people, made["token"], "زعفران").status_code == 200
    for _ in range(MOST_FROM_ONE):
        assert open_(people, made["token"], "wrong").json()["code"] == "share_password_wrong"
    assert open_(people, made["token"], "زعفران").status_code == 429
    cache.clear()
    people.editor.patch(f"maps/{map_id}/shares/{made['id']}", {"password": None})
    assert open_(people, made["token"]).status_code == 200


def test_a_link_ends_when_it_was_told_to(people: People) -> None:
    map_id = make_map(people)
    soon = timezone.now() + timedelta(hours=1)
    made = share(people, map_id, expires_at=soon.isoformat())
    assert open_(people, made["token"]).status_code == 200
    past = timezone.now() - timedelta(seconds=1)
    changed = people.editor.patch(f"maps/{map_id}/shares/{made['id']}", {"expires_at": past.isoformat()})
    assert changed.json()["expired"] is True
    assert open_(people, made["token"]).json()["code"] == "share_not_found"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"expires_at": "tomorrow"}, "expires_at"),
        ({"lanes": "all"}, "lanes"),
        ({"measured": "yes"}, "measured"),
        ({"token": "mine"}, "token"),
    ],
)
def test_bad_fields_are_named_and_change_nothing(people: People, fields: Any, field: str) -> None:
    map_id = make_map(people)
    refused = people.editor.post(f"maps/{map_id}/shares", fields)
    assert (refused.status_code, refused.json()["code"]) == (400, "share_invalid")
    assert refused.json()["errors"][0]["field"] == field
    assert people.editor.get(f"maps/{map_id}/shares").json() == []


def test_only_an_embeddable_link_may_be_framed(people: People) -> None:
    map_id = make_map(people)
    made = share(people, map_id)
    page = people.stranger.get(f"/shared/{made['token']}")
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    people.editor.patch(f"maps/{map_id}/shares/{made['id']}", {"embeddable": True})
    page = people.stranger.get(f"/shared/{made['token']}")
    assert "frame-ancestors *" in page.headers["Content-Security-Policy"]


def test_numbers_are_shown_only_when_chosen(people: People) -> None:
    map_id = make_map(people)
    made = share(people, map_id)
    refused = people.stranger.post(f"/api/shared/{made['token']}/measured")
    assert (refused.status_code, refused.json()["code"]) == (404, "share_not_found")
