"""Work that takes long or may go wrong, in a process of its own: bounded in time and memory, and whatever an engine
may do there, the server goes on.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

from hamsafar.lib.errors import HamsafarError
from hamsafar.maps.errors import ExportsBusy, ExportTookTooLong

SECONDS = 60
MOST_MEMORY = 4 * 1024**3  # of address space, which is more than is ever touched
_AT_ONCE = threading.BoundedSemaphore(2)


def run(function: Callable[..., bytes], *given: Any) -> bytes:
    """What a function of a module of ours answers. Raises what it raises, ExportsBusy and ExportTookTooLong."""
    if not _AT_ONCE.acquire(timeout=SECONDS / 2):
        raise ExportsBusy()
    try:
        return _answer(_worked((function, given)))
    finally:
        _AT_ONCE.release()


def _worked(job: tuple[Callable[..., bytes], tuple[Any, ...]]) -> bytes:
    try:
        done = subprocess.run(
            [sys.executable, "-m", "hamsafar.maps.apart"],
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
    """The process: a job on standard input, the answer or the error on standard output."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    function, given = pickle.load(sys.stdin.buffer)  # noqa: S301  # from the server itself
    try:
        answer: Any = function(*given)
    except HamsafarError as error:
        answer = error
    sys.stdout.buffer.write(pickle.dumps(answer))


if __name__ == "__main__":
    _work()
