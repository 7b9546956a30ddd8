"""Saved views: who sees and changes which, what may be saved, and that names are unique where they are seen."""

from __future__ import annotations

from typing import Any

import pytest

from hamsafar.accounts.tests.people import People, Person

FUNNEL = {
    "name": "از بازدید تا خرید",
    "question": "funnel",
    "request": {"steps": ["visit", "buy"], "within_seconds": 86400, "from": "2026-03-21"},
    "address": "step=visit&step=buy&within=1d",
}


def save(person: Person, **changes: Any) -> Any:
    return person.post("paths/views", {**FUNNEL, **changes})


def names(person: Person) -> list[str]:
    return [one["name"] for one in person.get("paths/views").json()["items"]]


def test_a_view_is_kept_as_it_was_said(people: People) -> None:
    made = save(people.editor, shared=True)
    assert made.status_code == 201
    view = people.viewer.get(f"paths/views/{made.json()['id']}").json()
    assert {name: view[name] for name in FUNNEL} == FUNNEL
    assert (view["shared"], view["mine"], view["owner_name"]) == (True, False, "Editor")
    assert people.editor.post("paths/funnel", view["request"]).status_code in (200, 400), "it can be asked"


def test_private_views_are_their_owners_alone(people: People) -> None:
    view = save(people.viewer).json()["id"]
    assert names(people.viewer) == [FUNNEL["name"]], "a viewer may keep views of their own"
    for other in (people.editor, people.admin, people.owner):
        assert names(other) == []
        assert other.get(f"paths/views/{view}").status_code == 404
        assert other.patch(f"paths/views/{view}", {"name": "x"}).status_code == 404
        assert other.delete(f"paths/views/{view}").status_code == 404


def test_shared_views_are_read_by_all_and_changed_by_editors(people: People) -> None:
    assert save(people.viewer, shared=True).status_code == 403
    view = save(people.editor, shared=True).json()["id"]
    assert names(people.viewer) == [FUNNEL["name"]]
    assert people.viewer.patch(f"paths/views/{view}", {"name": "mine now"}).status_code == 403
    assert people.viewer.delete(f"paths/views/{view}").status_code == 403
    assert people.admin.patch(f"paths/views/{view}", {"name": "ours"}).json()["name"] == "ours"
    assert people.owner.delete(f"paths/views/{view}").status_code == 204
    assert names(people.editor) == []


def test_sharing_and_hiding(people: People) -> None:
    view = save(people.viewer).json()["id"]
    assert people.viewer.patch(f"paths/views/{view}", {"shared": True}).status_code == 403
    shared = save(people.editor, shared=True).json()["id"]
    refused = people.admin.patch(f"paths/views/{shared}", {"shared": False})
    assert (refused.status_code, refused.json()["code"]) == (403, "view_not_yours")
    assert people.editor.patch(f"paths/views/{shared}", {"shared": False}).json()["shared"] is False
    assert names(people.admin) == []


def test_outsiders_find_nothing(people: People) -> None:
    view = save(people.editor, shared=True).json()["id"]
    for who, status in ((people.outsider, 404), (people.stranger, 401)):
        assert save(who).status_code == status
        assert who.get("paths/views").status_code == status
        assert who.get(f"paths/views/{view}").status_code == status
        assert who.patch(f"paths/views/{view}", {"name": "x"}).status_code == status
        assert who.delete(f"paths/views/{view}").status_code == status


def test_names_are_unique_among_what_is_shared_and_among_ones_own(people: People) -> None:
    save(people.editor, shared=True)
    again = save(people.admin, shared=True, name="از بازديد تا خريد")
    assert (again.status_code, again.json()["code"]) == (409, "view_name_taken"), "in any way of typing it"
    assert save(people.admin).status_code == 201, "one's own may be called the same"
    assert save(people.viewer).status_code == 201
    assert save(people.viewer).status_code == 409
    other = save(people.viewer, name="دیگری").json()["id"]
    assert people.viewer.patch(f"paths/views/{other}", {"name": FUNNEL["name"]}).status_code == 409
    assert names(people.viewer).count("دیگری") == 1, "a refused change changes nothing"


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"question": "horoscope"}, "question_unknown", None),
        ({"request": {"steps": "visit"}}, "view_unreadable", "request.steps"),
        ({"request": {"within_seconds": 5}}, "view_unreadable", "request.steps"),
        ({"name": "  "}, "view_name_missing", None),
        ({"name": "x" * 201}, "view_name_missing", None),
        ({"request": {"steps": ["x" * 21_000]}}, "view_too_large", None),
        ({"address": "x" * 21_000}, "view_too_large", None),
    ],
)
def test_what_is_no_view_is_refused(
    people: People, wrong: dict[str, Any], code: str, field: str | None
) -> None:
    answer = save(people.editor, **wrong)
    assert answer.status_code in (400, 413, 422)
    assert answer.json()["code"] == code
    assert field is None or [one["field"] for one in answer.json()["errors"]] == [field]
    assert names(people.editor) == []


def test_an_update_is_read_by_the_questions_schema_too(people: People) -> None:
    view = save(people.editor).json()["id"]
    assert people.editor.patch(f"paths/views/{view}", {"request": {"steps": 1}}).status_code == 422
    changed = people.editor.patch(
        f"paths/views/{view}", {"request": {"steps": ["visit"], "noise": 1}, "address": "?step=visit"}
    ).json()
    assert (changed["request"], changed["address"]) == ({"steps": ["visit"]}, "step=visit")


def test_views_are_found_by_name_and_paged(people: People) -> None:
    for name in ("ب", "الف", "پ"):
        save(people.editor, name=name)
    save(people.editor, name="همه", question="overview", request={})
    first = people.editor.get("paths/views", limit=3).json()
    second = people.editor.get("paths/views", limit=3, cursor=first["next"]).json()
    assert [one["name"] for one in first["items"] + second["items"]] == ["الف", "ب", "پ", "همه"]
    assert (first["total"], second["next"]) == (4, None)
    assert [one["name"] for one in people.editor.get("paths/views", search="هم").json()["items"]] == ["همه"]
    assert [one["name"] for one in people.editor.get("paths/views", question="overview").json()["items"]] == [
        "همه"
    ]
