"""Where the server of this data folder listens, so that the shell can work through it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def _note() -> Path:
    from django.conf import settings

    return Path(settings.DATA_DIR) / "server.json"


@contextmanager
def announced(host: str, port: int) -> Iterator[None]:
    """While inside, the data folder says where the server is."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104  (compared with, not bound to)
    note = _note()
    with os.fdopen(os.open(note, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump({"address": f"http://{reachable}:{port}", "pid": os.getpid()}, file)
    try:
        yield
    finally:
        note.unlink(missing_ok=True)


def address() -> str | None:
    """Where the server is. A killed one's note does not count: another may listen there, and gets no link."""
    try:
        note = json.loads(_note().read_text())
        return str(note["address"]) if _runs(int(note["pid"])) else None
    except (OSError, ValueError, KeyError):
        return None


def _runs(pid: int) -> bool:
    if os.name == "nt":  # to ask would be to end it
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
