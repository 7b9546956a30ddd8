"""A Hamsafar of its own for a benchmark: a data folder with people and maps, and a server process on it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

_START_SECONDS = 60
_WARM_SECONDS = 180


@dataclass(frozen=True)
class Installation:
    """``sessions`` sign in editors of one workspace; ``maps`` are ids."""

    environment: dict[str, str]
    sessions: list[str]
    maps: list[str]

    def stored(self, map_ids: list[str]) -> list[dict[str, Any]]:
        """Maps as the database has them, from a process of its own; see ``inside.stored``."""
        found: list[dict[str, Any]] = self.ask("stored", *map_ids)
        return found

    def ask(self, what: str, *arguments: str) -> Any:
        done = subprocess.run(
            [sys.executable, "-m", "bench.rooms.inside", what, *arguments],
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def installation(*, people: int, maps: int, cards: int) -> Iterator[Installation]:
    """An installation in a temporary folder, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="hamsafar-rooms-") as folder:
        roots = [str(Path(__file__).parents[2]), *(path for path in sys.path if path)]
        environment = {**os.environ, "HAMSAFAR_DATA": folder, "PYTHONPATH": os.pathsep.join(roots)}
        environment.pop("DATABASE_URL", None)
        environment.setdefault("DJANGO_SETTINGS_MODULE", "hamsafar.settings")
        made = Installation(environment, [], []).ask("fill", str(people), str(maps), str(cards))
        yield Installation(environment, made["sessions"], made["maps"])


class Server:
    """The server process, as it is started by ``hamsafar serve``."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.port = port
        self.watched = psutil.Process(process.pid)

    def memory(self) -> int:
        """Bytes in RAM now."""
        return int(self.watched.memory_info().rss)

    def cpu_seconds(self) -> float:
        times = self.watched.cpu_times()
        return float(times.user + times.system)


@contextmanager
def server(made: Installation, *, warm: bool) -> Iterator[Server]:
    """``warm``: wait until it is quiet after its start."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "hamsafar.cli.main", "serve", "--port", str(port)],
        env=made.environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, process)
        running = Server(process, port)
        if warm:
            _wait_until_warm(running)
        yield running
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")


def _wait_until_warm(running: Server) -> None:
    """A server compiles its kernels in the background after its start, which on a new machine takes a minute."""
    quiet = 0
    until = time.monotonic() + _WARM_SECONDS
    while quiet < 3 and time.monotonic() < until:
        before = running.cpu_seconds()
        time.sleep(1)
        quiet = quiet + 1 if running.cpu_seconds() - before < 0.05 else 0
