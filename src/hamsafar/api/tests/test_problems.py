"""The contract of errors: whatever goes wrong under /api is a problem document."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from hamsafar.accounts.tests.people import People
from hamsafar.api.main import api

MEMBERS = {"code", "detail", "params", "status", "title", "type"}


def is_problem(response: Any, status: int) -> bool:
    return (
        response.status_code == status
        and response.headers["Content-Type"] == "application/problem+json"
        and set(response.json()) >= MEMBERS
    )


def routes() -> list[tuple[str, str]]:
    found = []
    for path, item in api.get_openapi_schema(path_prefix="/api/")["paths"].items():
        found += [(method.upper(), path) for method in item]
    return found


OPEN = {"/api/session", "/api/setup", "/api/invites/{token}"}
BY_LINK = {"/api/shared/{token}", "/api/shared/{token}/measured"}


@pytest.mark.parametrize(("method", "path"), routes())
def test_a_stranger_gets_nothing_but_a_problem(method: str, path: str, db: None) -> None:
    if path in OPEN:
        return
    response = Client().generic(method, path.replace("{", "").replace("}", ""))
    if path in BY_LINK:
        assert is_problem(response, 404) or is_problem(response, 422), response.content
        return
    assert is_problem(response, 401), response.content


@pytest.mark.parametrize(("method", "path"), routes())
def test_an_outsider_gets_nothing_but_a_problem(method: str, path: str, people: People) -> None:
    if "{workspace_id}" not in path:
        return
    address = path.replace("{workspace_id}", people.workspace_id).replace("{", "").replace("}", "")
    response = people.outsider.client.generic(method, address, "{}", content_type="application/json")
    # A body that cannot be read may be told before the workspace is looked at; it tells nothing.
    assert is_problem(response, 404) or is_problem(response, 422), response.content


@pytest.mark.parametrize(
    ("address", "body"),
    [
        ("/api/workspaces", '{"name": "a\\ud800", "language": "en"}'),
        ("paths/funnel", '{"steps": ["\\ud800"]}'),
    ],
)
def test_half_a_surrogate_pair_is_told_and_kept_nowhere(people: People, address: str, body: str) -> None:
    path = address if address.startswith("/") else f"/api/workspaces/{people.workspace_id}/{address}"
    refused = people.viewer.client.generic("POST", path, body, content_type="application/json")
    assert is_problem(refused, 400), refused.content
    assert "U+D800" in refused.json()["detail"] or refused.json()["code"] == "unknown_event"
    assert len(people.viewer.get("/api/session").json()["workspaces"]) == 1


def test_a_page_mark_of_half_a_surrogate_pair_is_none_of_ours(people: People) -> None:
    for listing in ("imports", "maps", "touchpoints"):
        answer = people.viewer.get(listing, cursor="WyJcdWQ4MDAiXQ")
        assert answer.status_code in (200, 400), listing
    assert people.viewer.get("imports", cursor="WyJcdWQ4MDAiXQ").json()["code"] == "bad_cursor"


@pytest.mark.parametrize(
    ("boundary", "body"),
    [
        (
            "; boundary=a",
            b'--a\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\n\r\nx\r\n--a--',
        ),
        ("", b"x"),
        ("; boundary=" + "b" * 300, b"x"),
    ],
)
def test_a_form_that_cannot_be_read_is_told(people: People, boundary: str, body: bytes) -> None:
    path = f"/api/workspaces/{people.workspace_id}/imports/uploads"
    filled = body.replace(b"%s", b"a" * 5000)
    refused = people.editor.client.generic(
        "POST", path, filled, content_type=f"multipart/form-data{boundary}"
    )
    assert is_problem(refused, 400), refused.content


def test_a_foreign_host_name_is_a_sentence_in_the_readers_language() -> None:
    for language, word in (("en", "HAMSAFAR_HOSTS"), ("fa", "میزبان")):
        refused = Client().get("/", HTTP_HOST="evil.example", HTTP_ACCEPT_LANGUAGE=language)
        assert is_problem(refused, 400)
        assert word in refused.json()["detail"]


def test_unknown_addresses_methods_bodies_and_tokens(people: People) -> None:
    assert is_problem(people.owner.get("/api/nowhere"), 404)
    assert is_problem(people.owner.get("nowhere"), 404)
    assert is_problem(people.owner.delete("/api/session"), 405)
    broken = people.owner.client.post("/api/workspaces", "{", content_type="application/json")
    assert is_problem(broken, 400)
    wrong = people.owner.post("/api/workspaces", {"name": 1})
    assert is_problem(wrong, 422)
    assert {error["field"].split(".")[-1] for error in wrong.json()["errors"]} == {"name", "language"}


def test_without_its_token_a_write_is_refused(people: People) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = people.owner.client.cookies
    refused = strict.post("/api/workspaces", {"name": "x", "language": "en"}, content_type="application/json")
    assert is_problem(refused, 403)
    assert refused.json()["code"] == "csrf_missing"


def test_pages_keep_to_themselves(db: None) -> None:
    page = Client().get("/")
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert "csrftoken" in page.cookies
