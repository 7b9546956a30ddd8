"""What starts and stops with the server process."""

from __future__ import annotations

import logging
from typing import Any

from asgiref.sync import sync_to_async

from hamsafar.jobs.workers import QueueThread, start_workers

log = logging.getLogger(__name__)

_threads: list[QueueThread] = []


def start() -> None:
    _threads.extend(start_workers())


def stop() -> None:
    for thread in _threads:
        thread.stop()
    for thread in _threads:
        thread.join(timeout=10)
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
            await sync_to_async(stop)()
            await send({"type": "lifespan.shutdown.complete"})
            return
