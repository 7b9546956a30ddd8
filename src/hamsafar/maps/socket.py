"""The socket of an open map: ``/ws/maps/{id}``. Mounted by ``asgi.py`` through Channels' routing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from channels.routing import URLRouter
from channels.sessions import CookieMiddleware
from django.conf import settings
from django.urls import path, re_path

from hamsafar.maps import frames
from hamsafar.maps.client import NO_MAP, NO_ROLE, REFUSED, TOO_MANY, Client, Close
from hamsafar.maps.errors import MapNotFound
from hamsafar.maps.room import Room
from hamsafar.maps.rooms import TooManyScreens, rooms
from hamsafar.maps.standing import standing
from hamsafar.maps.threads import in_thread

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

LARGEST_FRAME = 1_000_000
GOODBYE_SECONDS = 10.0
_TOO_BIG = 1009


async def map_socket(scope: Scope, receive: Receive, send: Send) -> None:
    """One connection, from its opening to its end."""
    await receive()  # websocket.connect
    # A browser tells its page only the code of a connection that was open, so accept before any refusal.
    await send({"type": "websocket.accept"})
    if not _from_our_page(scope):
        await _close(send, Close(NO_ROLE, "origin"))
        return
    map_id = scope["url_route"]["kwargs"]["map_id"]
    session_key = scope["cookies"].get(settings.SESSION_COOKIE_NAME, "")
    found = await in_thread(standing, session_key, map_id)
    if found.refusal is not None:
        await _close(send, Close(found.refusal, "standing"))
        return
    client = Client(found.user, session_key, found.can_write)
    try:
        room = await rooms.join(map_id, client)
    except MapNotFound:
        await _close(send, Close(NO_MAP, "no_map"))
        return
    except TooManyScreens:
        await _close(send, Close(TOO_MANY, "too_many"))
        return
    try:
        await _talk(room, client, receive, send)
    finally:
        client.leaving.set()
        room.leave(client)


async def _talk(room: Room, client: Client, receive: Receive, send: Send) -> None:
    """Both directions, until one ends; a browser that does not read its good-bye is left without it."""
    halves = {
        asyncio.create_task(_listen(room, client, receive)),
        asyncio.create_task(_speak(client, send)),
        asyncio.create_task(_see_out(client)),
    }
    try:
        done, _ = await asyncio.wait(halves, return_when=asyncio.FIRST_COMPLETED)
        for half in done:
            half.result()
    finally:
        for half in halves:
            half.cancel()
        await asyncio.gather(*halves, return_exceptions=True)


async def _listen(room: Room, client: Client, receive: Receive) -> None:
    while True:
        message = await receive()
        if message["type"] == "websocket.disconnect":
            return
        data = message.get("bytes")
        if data is not None and len(data) > LARGEST_FRAME:
            client.close(_TOO_BIG, "frame_too_big")
        else:
            try:
                await room.take(client, data or b"")
            except frames.Malformed:
                client.close(REFUSED, "malformed")
        if client.gone:
            # The other half says good-bye; ending first would cut it off.
            await asyncio.Event().wait()


async def _speak(client: Client, send: Send) -> None:
    while True:
        frame = await client.next()
        if isinstance(frame, Close):
            await _close(send, frame)
            return
        try:
            await send({"type": "websocket.send", "bytes": frame})
        except OSError:  # the browser went without a word
            return


async def _see_out(client: Client) -> None:
    await client.leaving.wait()
    await asyncio.sleep(GOODBYE_SECONDS)


async def _close(send: Send, close: Close) -> None:
    await send({"type": "websocket.close", "code": close.code, "reason": close.reason})


async def _no_such_socket(scope: Scope, receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "websocket.accept"})
    await _close(send, Close(NO_MAP, "no_socket"))


def _from_our_page(scope: Scope) -> bool:
    """Whether the Origin is this server's own, or one that the settings trust: cookies come along from anywhere."""
    headers = {name.decode("latin1").lower(): value.decode("latin1") for name, value in scope["headers"]}
    origin = headers.get("origin", "")
    return origin in settings.CSRF_TRUSTED_ORIGINS or (
        bool(origin) and urlsplit(origin).netloc.lower() == headers.get("host", "").lower()
    )


# Channels routes ASGI callables by Django's patterns, whose types know only of views.
websocket_urlpatterns = [
    path("ws/maps/<str:map_id>", map_socket),  # type: ignore[arg-type]
    re_path(r"", _no_such_socket),  # type: ignore[arg-type]
]
application = CookieMiddleware(URLRouter(websocket_urlpatterns))  # type: ignore[no-untyped-call]  # a library without types
