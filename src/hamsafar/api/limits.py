"""Bodies that are too large are refused while they arrive; Django itself would write all of them to disk first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from io import BytesIO
from typing import Any

from channels.db import database_sync_to_async
from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.http import parse_cookie

from hamsafar.accounts.policies import NotSignedIn
from hamsafar.accounts.queries import session_user
from hamsafar.api.problems import problem
from hamsafar.events.errors import UploadTooLarge
from hamsafar.lib.errors import HamsafarError, TooLarge
from hamsafar.maps.files.actions import LARGEST
from hamsafar.maps.files.errors import FileTooLarge

Scope = dict[str, Any]
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[..., Awaitable[None]]

_FORM_BYTES = 1024 * 1024  # what a form puts around its file


async def _signed_in(scope: Scope) -> bool:
    cookies: dict[str, str] = {}
    for name, value in scope["headers"]:
        if name == b"cookie":
            cookies |= parse_cookie(value.decode("latin1"))
    key = cookies.get(settings.SESSION_COOKIE_NAME, "")
    return bool(key) and await database_sync_to_async(session_user)(key) is not None


def limit_bodies(app: App, signed_in: Callable[[Scope], Awaitable[bool]] = _signed_in) -> App:
    """The HTTP application behind a limit: that of its kind for uploads, else what Django takes into memory.

    A file is received from users alone: strangers could fill the disk before an endpoint sends them away.
    """

    async def limited(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] == "POST" and _is_upload(scope["path"]) and not await signed_in(scope):
            await _drain(receive)
            await _refuse(scope, send, NotSignedIn())
            return
        limit, error = _limit(scope["path"])
        if _declared(scope) > limit:
            await _refuse(scope, send, error)
            return
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                await _refuse(scope, send, error)
                return {"type": "http.disconnect"}
            return message

        await app(scope, counted, send)

    return limited


def _is_upload(path: str) -> bool:
    return path.endswith("/imports/uploads") or _is_file_of_a_card(path)


def _is_file_of_a_card(path: str) -> bool:
    return path.endswith("/files") and "/maps/" in path


def _limit(path: str) -> tuple[int, HamsafarError]:
    if _is_file_of_a_card(path):
        return LARGEST + _FORM_BYTES, FileTooLarge(limit_megabytes=LARGEST // 1024**2)
    if _is_upload(path):
        largest = settings.MAX_UPLOAD_BYTES
        return largest + _FORM_BYTES, UploadTooLarge(limit_megabytes=largest // 1024**2)
    return settings.DATA_UPLOAD_MAX_MEMORY_SIZE, TooLarge()


def _declared(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0


async def _drain(receive: Receive) -> None:
    """Lets a body of moderate size pass by: browsers show an answer only when they have sent theirs."""
    left = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    while left > 0:
        message = await receive()
        if not message.get("more_body"):
            return
        left -= len(message["body"])


async def _refuse(scope: Scope, send: Send, error: HamsafarError) -> None:
    answer = problem(ASGIRequest(scope, BytesIO()), error)
    headers = [(name.lower().encode(), value.encode()) for name, value in answer.items()]
    await send({"type": "http.response.start", "status": answer.status_code, "headers": headers})
    await send({"type": "http.response.body", "body": answer.content})
