"""Exports that take long are written by a process of their own: bounded in time and memory, and whatever a drawing
engine may do there, the server goes on.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
from dataclasses import replace
from typing import Any

from hamsafar.lib.errors import HamsafarError
from hamsafar.maps.document import Exchange
from hamsafar.maps.errors import ExportsBusy, ExportTookTooLong
from hamsafar.maps.formats import WRITTEN
from hamsafar.maps.formats.drawing.look import Look
from hamsafar.maps.formats.drawing.raster import as_pixels

SECONDS = 60
MOST_MEMORY = 4 * 1024**3  # of address space, which is more than is ever touched
_AT_ONCE = threading.BoundedSemaphore(2)


def export(exchange: Exchange, written: str, look: Look) -> bytes:
    """The map as a file. Raises what the format raises, ExportsBusy and ExportTookTooLong."""
    if not WRITTEN[written].heavy:
        return WRITTEN[written].write(exchange, look)
    if not _AT_ONCE.acquire(timeout=SECONDS / 2):
        raise ExportsBusy()
    try:
        return _answer(_worked((exchange, written, look)))
    finally:
        _AT_ONCE.release()


def _worked(job: tuple[Exchange, str, Look]) -> bytes:
    try:
        done = subprocess.run(
            [sys.executable, "-m", "hamsafar.maps.exporting"],
            input=pickle.dumps(job),
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ExportTookTooLong(seconds=SECONDS) from None
    if done.returncode != 0:
        raise ExportTookTooLong(seconds=SECONDS)
    return done.stdout


def _answer(data: bytes) -> bytes:
    found: Any = pickle.loads(data)  # noqa: S301  # written by a process of ours, from data that was checked
    if isinstance(found, HamsafarError):
        raise found
    return bytes(found)


def _work() -> None:
    """The process: a job on standard input, the file or the error on standard output."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    exchange, written, look = pickle.load(sys.stdin.buffer)  # noqa: S301  # from the server itself
    try:
        drawable = replace(look, pictures=as_pixels(look.pictures))
        answer: Any = WRITTEN[written].write(exchange, drawable)
    except HamsafarError as error:
        answer = error
    sys.stdout.buffer.write(pickle.dumps(answer))


if __name__ == "__main__":
    _work()
