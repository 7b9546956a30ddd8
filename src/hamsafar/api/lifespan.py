"""What starts and stops with the server process."""

from __future__ import annotations

import logging
import sys
from threading import Thread
from typing import Any

from asgiref.sync import sync_to_async

from hamsafar.accounts.actions import tell_deleted_workspaces
from hamsafar.events.stores import close_stores, open_stores
from hamsafar.jobs.workers import QueueThread, start_workers
from hamsafar.maps.files.tasks import ask_for_sweeps
from hamsafar.maps.rooms import rooms
from hamsafar.paths.following import Follower, start_follower

log = logging.getLogger(__name__)

# A thread that computes lets the others on after so long. Storing one change of a live map hands over a dozen times,
# and with Python's own five milliseconds each it waits longer for its turn than it works.
SWITCH_SECONDS = 0.0005

_threads: list[QueueThread | Follower] = []


def start() -> None:
    sys.setswitchinterval(SWITCH_SECONDS)
    open_stores()  # a second server on the same data is told so before it listens
    tell_deleted_workspaces()
    ask_for_sweeps()
    _threads.append(start_follower())
    _threads.extend(start_workers())
    Thread(target=_warm, name="hamsafar-warm", daemon=True).start()


def _warm() -> None:
    """Compiles in the background what the first person to look would wait for."""
    from hamsafar.journeys.designed.warm import warm as warm_measurement
    from hamsafar.journeys.warm import warm as warm_questions

    try:
        warm_measurement()
        warm_questions()
    except Exception:
        log.exception("the kernels could not be compiled ahead; they will be when they are needed")


def stop() -> None:
    for thread in _threads:
        thread.stop()
    for thread in _threads:
        thread.join(timeout=10)
    # A job that is still writing keeps the stores: it is cut off with the process and resumed at the next start.
    if not any(thread.is_alive() for thread in _threads):
        close_stores()
    _threads.clear()


async def lifespan(receive: Any, send: Any) -> None:
    """The ASGI lifespan protocol."""
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            try:
                await sync_to_async(start)()
            except Exception as problem:
                log.exception("the server cannot start")
                await send({"type": "lifespan.startup.failed", "message": str(problem)})
                return
            await send({"type": "lifespan.startup.complete"})
        else:
            await rooms.stop()
            await sync_to_async(stop)()
            await send({"type": "lifespan.shutdown.complete"})
            return
