"""A server in a process of its own, for the tests that kill it or take its disk away."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import websockets
from pycrdt import get_update

from hamsafar.maps import commands, document, frames

# Run in processes of their own, against the server's data.
SET_UP = """
import json, sys
from hamsafar.cli import django
django.setup()
from importlib import import_module
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from hamsafar.accounts import actions, policies
from hamsafar.accounts.models import User
from hamsafar.maps.actions import create_map
from django.conf import settings
user_id, workspace_id = actions.set_up(
    name="Sara", email="sara@example.org", password="a-long-way-together", workspace="W", language="en")
user = User.objects.get(id=user_id)
member = policies.editor(user, workspace_id)
map_id, _ = create_map(member, {"format": "hamsafar-map/1", "title": "T", "kind": "current_state", "language": "en",
    "stages": [{"id": "s", "name": "S"}], "lanes": [{"id": "l", "kind": "text"}]})
session = import_module(settings.SESSION_ENGINE).SessionStore()
session[SESSION_KEY], session[BACKEND_SESSION_KEY] = user_id, settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.save()
print(json.dumps({"session": session.session_key, "workspace": workspace_id, "map": map_id}))
"""
READ = """
import json, sys
from hamsafar.cli import django
django.setup(migrate=False)
from hamsafar.maps.queries import exchange_document
print(json.dumps(exchange_document(sys.argv[1])))
"""


def run(environment: dict[str, str], script: str, *arguments: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def server(environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """A server on a listening socket of ours, so that clients wait in its queue until it is up."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(128)
        arguments = ["-m", "uvicorn", "hamsafar.asgi:application", "--fd", str(listener.fileno())]
        process = subprocess.Popen(
            [sys.executable, *arguments, "--log-level", "warning", "--ws", "websockets-sansio"],
            env=environment,
            pass_fds=[listener.fileno()],
        )
        try:
            yield process, listener.getsockname()[1]
        finally:
            process.kill()
            process.wait()


def environment_in(folder: Path) -> dict[str, str]:
    """The variables of a server with its data in this folder."""
    environment = {**os.environ, "HAMSAFAR_DATA": str(folder), "PYTHONPATH": os.pathsep.join(sys.path)}
    environment.pop("DATABASE_URL", None)
    environment.setdefault("DJANGO_SETTINGS_MODULE", "hamsafar.settings")
    return environment


class Screen:
    """A browser with the map open: what it has sent by name, and what of it the server has called stored."""

    def __init__(self, port: int, setting: dict[str, str]) -> None:
        self.doc = document.new_doc()
        self.sent: dict[str, bytes] = {}
        self.stored: list[str] = []
        self.port, self._setting = port, setting

    async def open(self) -> Screen:
        """Connects, or comes back with what was not stored; returns when all is synced."""
        self._connection = await websockets.connect(
            f"ws://127.0.0.1:{self.port}/ws/maps/{self._setting['map']}",
            additional_headers={"Cookie": f"sessionid={self._setting['session']}"},
            origin=f"http://127.0.0.1:{self.port}",  # type: ignore[arg-type]  # a NewType of theirs
            open_timeout=60,
        )
        self._synced = False
        await self._connection.send(frames.sync(frames.STEP_1, self.doc.get_state()))
        await self.until(lambda: self._synced)
        return self

    async def close(self) -> None:
        await self._connection.close()

    async def add_card(self, text: str) -> None:
        made = commands.plan(
            document.read(self.doc), [{"do": "add_card", "stage": "s", "lane": "l", "text": text}]
        )
        self.sent[text] = commands.perform(self.doc, made)
        await self._connection.send(frames.sync(frames.UPDATE, self.sent[text]))

    async def until(self, seen: Callable[[], bool]) -> None:
        """Takes frames until it is so. Raises websockets.ConnectionClosed when the server goes."""
        while not seen():
            reader = frames.Reader(bytes(await self._connection.recv()))  # type: ignore[arg-type]  # only binary frames
            kind = reader.number()
            if kind == frames.STORED:
                self._synced, vector = True, reader.payload()
                self.stored = [
                    name for name, update in self.sent.items() if get_update(update, vector)[0] == 0
                ]
            elif kind == frames.SYNC:
                step, data = reader.number(), reader.payload()
                if step == frames.STEP_1:
                    missing = self.doc.get_update(data)
                    await self._connection.send(frames.sync(frames.STEP_2, missing))
                else:
                    self.doc.apply_update(data)

    @property
    def cards(self) -> list[str]:
        return [card["text"] for card in document.project(document.read(self.doc))["cards"]]
