"""A server that is killed in the middle of uploads: what it answered for is there, and no row lacks its content."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from hamsafar.maps.tests.test_killed import SET_UP, run, server

ROUNDS = 3
READ = """
import json, sys
from hamsafar.cli import django
django.setup(migrate=False)
from hamsafar.maps.files import keeping
from hamsafar.maps.models import MapFile
rows = {row.id: row for row in MapFile.objects.all()}
whole = [one for one, row in rows.items()
         if keeping.digest_of(keeping.path_of(row.workspace_id, row.digest).read_bytes()) == row.digest]
print(json.dumps({"rows": sorted(rows), "whole": sorted(whole)}))
"""


def upload(port: int, setting: dict[str, str], text: bytes) -> str:
    """The id of the kept file."""
    address, token = f"http://127.0.0.1:{port}", "x" * 32
    headers = {
        "Cookie": f"sessionid={setting['session']}; csrftoken={token}",
        "X-CSRFToken": token,
        "Origin": address,
        "Content-Type": "multipart/form-data; boundary=part",
    }
    head = b'--part\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
    path = f"{address}/api/workspaces/{setting['workspace']}/maps/{setting['map']}/files"
    request = Request(path, head + text + b"\r\n--part--\r\n", headers)
    with urlopen(request, timeout=60) as answer:
        return str(json.load(answer)["id"])


def upload_until_killed(port: int, process: Any, setting: dict[str, str], round_: int) -> list[str]:
    """Sends files by four at once and kills the server after some were answered; returns the ids of those."""
    kept: list[str] = []

    def send(sender: int) -> None:
        for number in range(1000):
            text = f"{round_} {sender} {number} ".encode() * 20_000
            try:
                kept.append(upload(port, setting, text))
            except (OSError, HTTPException):
                return
            if len(kept) >= 6 + round_:
                process.send_signal(signal.SIGKILL)

    senders = [threading.Thread(target=send, args=[sender], daemon=True) for sender in range(4)]
    for sender in senders:
        sender.start()
    process.wait(timeout=120)
    # One that waits in the queue of the listening socket is let go when that is closed.
    for sender in senders:
        sender.join(timeout=2)
    return list(kept)


def test_what_was_answered_for_survives_a_kill(tmp_path: Path) -> None:
    environment = {**os.environ, "HAMSAFAR_DATA": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    environment.pop("DATABASE_URL", None)
    environment.setdefault("DJANGO_SETTINGS_MODULE", "hamsafar.settings")
    setting = run(environment, SET_UP)
    promised: list[str] = []
    for round_ in range(ROUNDS):
        with server(environment) as (process, port):
            promised += upload_until_killed(port, process, setting, round_)
    found = run(environment, READ)
    assert len(promised) >= ROUNDS * 6
    assert set(promised) <= set(found["rows"])
    assert found["rows"] == found["whole"]
