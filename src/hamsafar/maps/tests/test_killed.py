"""A server that is killed in the middle of live edits: what it called stored is there after the next start."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import websockets

from hamsafar.maps import commands, document, frames

ROUNDS = 3

# Runs in a process of its own, against the killed server's data.
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
map_id, _ = create_map(member, {"format": "hamsafar-map/1", "title": "T", "kind": "current_state", "language": "en"})
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


async def edit_until_killed(
    process: subprocess.Popen[bytes], port: int, setting: dict[str, str], round_: int
) -> list[str]:
    """Adds stages one after another and kills the server after some are stored; returns the stored ones."""
    address = f"ws://127.0.0.1:{port}/ws/maps/{setting['map']}"
    headers = {"Cookie": f"sessionid={setting['session']}"}
    doc = document.new_doc()
    sent: dict[str, bytes] = {}
    stored: list[str] = []
    async with websockets.connect(
        address, additional_headers=headers, origin=f"http://127.0.0.1:{port}", open_timeout=60
    ) as connection:
        await connection.send(frames.sync(frames.STEP_1, doc.get_state()))
        synced = False
        try:
            while True:
                reader = frames.Reader(bytes(await connection.recv()))
                kind = reader.number()
                if kind == frames.SYNC and reader.number() != frames.STEP_1:
                    doc.apply_update(reader.payload())
                elif kind == frames.STORED:
                    synced, vector = True, reader.payload()
                    stored = [name for name, update in sent.items() if known(vector, update)]
                    if len(stored) >= 4 + round_:
                        process.send_signal(signal.SIGKILL)
                if synced and len(sent) < len(stored) + 6:
                    for _ in range(2):
                        name = f"r{round_}n{len(sent)}"
                        made = commands.plan(document.read(doc), [{"do": "add_stage", "name": name}])
                        sent[name] = commands.perform(doc, made)
                        await connection.send(frames.sync(frames.UPDATE, sent[name]))
        except websockets.ConnectionClosed:
            return stored


def known(vector: bytes, update: bytes) -> bool:
    from pycrdt import get_update

    return get_update(update, vector)[0] == 0


def test_what_was_called_stored_survives_a_kill(tmp_path: Path) -> None:
    environment = {**os.environ, "HAMSAFAR_DATA": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    environment.pop("DATABASE_URL", None)
    environment.setdefault("DJANGO_SETTINGS_MODULE", "hamsafar.settings")
    setting = run(environment, SET_UP)
    promised: list[str] = []
    for round_ in range(ROUNDS):
        with server(environment) as (process, port):
            promised += asyncio.run(edit_until_killed(process, port, setting, round_))
    exchange = run(environment, READ, setting["map"])
    kept = [stage["name"] for stage in exchange["stages"]]
    assert len(promised) >= ROUNDS * 4
    assert set(promised) <= set(kept)
    assert len(kept) == len(set(kept))
    document.check(exchange)
