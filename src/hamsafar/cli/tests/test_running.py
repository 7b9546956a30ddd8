"""The note of where the server listens."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hamsafar.cli import running


def test_the_note_lasts_as_long_as_the_server(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    assert running.address() is None
    with running.announced("0.0.0.0", 8765):
        assert running.address() == "http://127.0.0.1:8765"
        assert (tmp_path / "server.json").stat().st_mode & 0o077 == 0 or os.name == "nt"
    assert running.address() is None


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot be asked whether a process runs")
def test_the_note_of_a_killed_server_leads_nowhere(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    note = {"address": "http://127.0.0.1:8765", "pid": gone.pid}
    (tmp_path / "server.json").write_text(json.dumps(note))
    assert running.address() is None
