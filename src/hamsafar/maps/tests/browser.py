"""A browser as the socket sees it: a Yjs document that speaks y-protocols."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from asgiref.testing import ApplicationCommunicator
from channels.db import database_sync_to_async
from django.test import Client
from pycrdt import Doc, Map

from hamsafar.maps import commands, document, frames
from hamsafar.maps.socket import application


async def in_thread(function: Any, *arguments: Any, **named: Any) -> Any:
    """Calls what touches the database in a thread, and leaves no connection behind."""
    return await database_sync_to_async(function, thread_sensitive=False)(*arguments, **named)


class Closed(Exception):
    """The server said good-bye."""

    def __init__(self, code: int, reason: str) -> None:
        self.code, self.reason = code, reason
        super().__init__(f"{code} {reason}")


class Browser:
    def __init__(
        self, client: Client, map_id: str, origin: str = "http://here:1", host: str = "here:1"
    ) -> None:
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
        headers = [(b"host", host.encode()), (b"cookie", cookies.encode())]
        if origin:
            headers.append((b"origin", origin.encode()))
        self.scope = {
            "type": "websocket",
            "path": f"/ws/maps/{map_id}",
            "query_string": b"",
            "headers": headers,
        }
        self.socket = ApplicationCommunicator(application, self.scope)
        self.doc: Doc[Any] = document.new_doc()
        self.stored: bytes | None = None
        self.present: list[bytes] = []
        self.notices: list[dict[str, str]] = []

    async def open(self) -> Browser:
        """Connects and syncs: returns when the first copy is here and stored."""
        await self.connect()
        await self.send(frames.sync(frames.STEP_1, self.doc.get_state()))
        await self.until(lambda: self.stored is not None)
        return self

    async def connect(self) -> None:
        await self.socket.send_input({"type": "websocket.connect"})
        assert (await self.socket.receive_output(timeout=10))["type"] == "websocket.accept"

    async def send(self, frame: bytes) -> None:
        await self.socket.send_input({"type": "websocket.receive", "bytes": frame})

    async def step(self) -> None:
        """Takes one frame of the server's."""
        message = await self.socket.receive_output(timeout=10)
        if message["type"] == "websocket.close":
            raise Closed(message["code"], message.get("reason", ""))
        reader = frames.Reader(message["bytes"])
        kind = reader.number()
        if kind == frames.SYNC:
            step, data = reader.number(), reader.payload()
            if step == frames.STEP_1:
                await self.send(frames.sync(frames.STEP_2, self.doc.get_update(data)))
            else:
                self.doc.apply_update(data)
        elif kind == frames.STORED:
            self.stored = reader.payload()
        elif kind == frames.AWARENESS:
            self.present.append(reader.payload())
        elif kind == frames.NOTICE:
            self.notices.append(json.loads(reader.payload()))

    async def until(self, seen: Callable[[], bool]) -> None:
        while not seen():
            await self.step()

    async def closed(self) -> Closed:
        """The good-bye, after whatever comes before it."""
        while True:
            try:
                await self.step()
            except Closed as closed:
                return closed

    @property
    def saved(self) -> bool:
        """Whether all that was written here is stored; what came from others was stored before it came."""
        return self.stored is not None and _clock(self.stored, self.doc) >= _clock(
            self.doc.get_state(), self.doc
        )

    @property
    def map(self) -> dict[str, Any]:
        return document.project(document.read(self.doc))

    def names(self, part: str) -> list[str]:
        return [entry["name"] for entry in self.map[part]]

    async def run(self, *given: dict[str, Any]) -> None:
        """Changes the local document and sends the change, as the editor does."""
        await self.send(frames.sync(frames.UPDATE, self.write(*given)))

    def write(self, *given: dict[str, Any]) -> bytes:
        """Changes the local document only; returns the change."""
        return commands.perform(self.doc, commands.plan(document.read(self.doc), list(given)))

    async def change(self, write: Callable[[Doc[Any]], None]) -> None:
        """Writes anything at all into the local document and sends it."""
        before = self.doc.get_state()
        with self.doc.transaction():
            write(self.doc)
        await self.send(frames.sync(frames.UPDATE, self.doc.get_update(before)))

    async def leave(self) -> None:
        await self.socket.send_input({"type": "websocket.disconnect", "code": 1001})
        await self.socket.wait(timeout=10)


def _clock(state_vector: bytes, doc: Doc[Any]) -> int:
    """How much of this document's own writing a state vector knows."""
    reader = frames.Reader(state_vector)
    return {reader.number(): reader.number() for _ in range(reader.number())}.get(doc.client_id, 0)


def put(root: str, key: str, value: Any) -> Callable[[Doc[Any]], None]:
    """A raw write into a root map, for what no editor would send."""

    def write(doc: Doc[Any]) -> None:
        doc.get(root, type=Map)[key] = value

    return write
