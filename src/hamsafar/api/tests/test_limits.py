from __future__ import annotations

import json
from typing import Any

import pytest

from hamsafar.accounts.queries import session_user
from hamsafar.accounts.tests.people import People
from hamsafar.api.limits import limit_bodies

UPLOADS = "/api/workspaces/w1/imports/uploads"


async def send_body(
    path: str, parts: list[bytes], *headers: tuple[bytes, bytes], user: bool = True
) -> tuple[int, list[dict[str, Any]]]:
    """How many bytes the application behind the limit got, and what was sent back."""
    waiting = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
    got, sent = 0, []

    async def receive() -> dict[str, Any]:
        return waiting.pop(0) if waiting else {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        nonlocal got
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            got += len(message["body"])
            if not message["more_body"]:
                await send({"type": "http.response.start", "status": 200, "headers": []})
                return

    scope = {"type": "http", "method": "POST", "path": path, "headers": list(headers), "query_string": b""}

    async def signed_in(_: Any) -> bool:
        return user

    await limit_bodies(app, signed_in)(scope, receive, send)
    return got, sent


@pytest.fixture(autouse=True)
def small(settings: Any) -> None:
    settings.MAX_UPLOAD_BYTES = 3 * 1024**2
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000


async def test_what_is_within_the_limit_passes() -> None:
    got, sent = await send_body(UPLOADS, [bytes(1024**2)] * 3, (b"content-length", b"3145728"))
    assert (got, sent[0]["status"]) == (3 * 1024**2, 200)


async def test_a_declared_length_is_refused_before_a_byte_is_read() -> None:
    got, sent = await send_body(
        UPLOADS, [bytes(10)], (b"content-length", b"99999999"), (b"accept-language", b"fa")
    )
    assert (got, sent[0]["status"]) == (0, 413)
    told = json.loads(sent[1]["body"])
    assert told["code"] == "upload_too_large"
    assert "۳ مگابایت" in told["detail"]


async def test_a_body_without_a_length_is_cut_off_where_it_passes_the_limit() -> None:
    got, sent = await send_body(UPLOADS, [bytes(1024**2)] * 100)
    assert got <= 4 * 1024**2
    assert [message.get("status") for message in sent] == [413, None]


async def test_other_addresses_have_the_limit_of_json() -> None:
    _, sent = await send_body("/api/session", [bytes(1001)])
    assert (sent[0]["status"], json.loads(sent[1]["body"])["code"]) == (413, "too_large")


async def test_a_file_of_a_card_has_a_limit_of_its_own() -> None:
    path = "/api/workspaces/w1/maps/m1/files"
    got, sent = await send_body(path, [bytes(1024**2)] * 20)
    assert (got, sent[0]["status"]) == (20 * 1024**2, 200)
    got, sent = await send_body(path, [bytes(1024**2)] * 30)
    assert got <= 21 * 1024**2
    assert [message.get("status") for message in sent] == [413, None]
    assert json.loads(sent[1]["body"])["code"] == "file_too_large"
    got, sent = await send_body(path, [bytes(10)], user=False)
    assert (got, sent[0]["status"]) == (0, 401)


async def test_a_strangers_file_is_not_received() -> None:
    got, sent = await send_body(UPLOADS, [bytes(10)], user=False)
    assert (got, sent[0]["status"], json.loads(sent[1]["body"])["code"]) == (0, 401, "not_signed_in")
    got, sent = await send_body(UPLOADS, [bytes(1024**2)] * 100, user=False)
    assert (got, sent[0]["status"]) == (0, 401)
    got, sent = await send_body("/api/session", [bytes(10)], user=False)
    assert (got, sent[0]["status"]) == (10, 200)


@pytest.mark.django_db
def test_a_sessions_cookie_says_whose_it_is(people: People) -> None:
    key = people.viewer.client.cookies["sessionid"].value
    assert session_user(key).pk == people.viewer.user_id
    people.viewer.client.logout()
    assert session_user(key) is None
    assert session_user("") is None
