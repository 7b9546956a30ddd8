"""Properties, a person and their path over HTTP."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from hamsafar.accounts.tests.people import People
from hamsafar.events.tests.importing import SHOP_CSV, SHOP_MAPPING, run

READS = ["events/properties", "persons/ali", "persons/ali/path"]


@pytest.mark.parametrize("path", READS)
def test_members_read_and_others_do_not(people: People, path: str) -> None:
    run(people.editor, SHOP_CSV, SHOP_MAPPING)
    answers = [
        getattr(people, who).get(path).status_code for who in ("owner", "viewer", "outsider", "stranger")
    ]
    assert answers == [200, 200, 404, 401]


def test_properties(people: People) -> None:
    assert people.viewer.get("events/properties").json() == []
    run(people.editor, SHOP_CSV, SHOP_MAPPING)
    assert people.viewer.get("events/properties").json() == [
        {"name": "city", "kind": "text", "events": 3, "values": ["یزد"], "sampled": False}
    ]


def test_a_path_is_paged(people: People) -> None:
    run(people.editor, SHOP_CSV, SHOP_MAPPING)
    assert people.viewer.get("persons/ali").json() == {
        "person": "ali",
        "events": 3,
        "first_at": "2026-03-21T10:00:00Z",
        "last_at": "2026-03-21T10:05:00Z",
    }
    start = people.viewer.get("persons/ali/path", limit=2).json()
    rest = people.viewer.get("persons/ali/path", limit=2, cursor=start["next"]).json()
    assert [one["name"] for one in start["items"] + rest["items"]] == ["visit", "visit", "buy"]
    assert rest["next"] is None
    assert start["items"][0] == {
        "at": "2026-03-21T10:00:00Z",
        "name": "visit",
        "channel": None,
        "properties": {"city": "یزد"},
    }


def test_nobody_and_nonsense_are_told(people: People) -> None:
    for path in ("persons/nobody", "persons/nobody/path"):
        answer = people.viewer.get(path)
        assert (answer.status_code, answer.json()["code"]) == (404, "person_not_found")
    run(people.editor, SHOP_CSV, SHOP_MAPPING)
    answer = people.viewer.get("persons/ali/path", cursor="x")
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_cursor")
    assert people.viewer.get("persons/ali/path", limit=0).status_code == 422


def test_an_id_may_have_any_character(people: People) -> None:
    odd = "a/b c?d%e#ف"
    run(
        people.editor,
        f"customer,what,when\n{odd},visit,2026-01-01T00:00Z\nx,y,2026-01-01T00:00Z\n",
        SHOP_MAPPING | {"properties": []},
    )
    address = quote(odd, safe="")
    assert people.viewer.get(f"persons/{address}").json()["person"] == odd
    assert people.viewer.get(f"persons/{address}/path").json()["items"][0]["name"] == "visit"
