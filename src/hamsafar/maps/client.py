"""One connection to a room: what is on its way to the browser, and how it is sent away."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

# Close codes. After 4400 the browser begins with a fresh copy; after 4500 it keeps its own and syncs again.
REFUSED, SIGNED_OUT, NO_ROLE, NO_MAP, SYNC_AGAIN = 4400, 4401, 4403, 4404, 4500

_OUTBOX = 2_000
_PENDING_EDITS = 64


@dataclass(frozen=True)
class Close:
    code: int
    reason: str


@dataclass(eq=False)
class Client:
    """One connection: what is on its way to it, and whether it may write."""

    user: Any
    session_key: str
    can_write: bool
    outbox: asyncio.Queue[bytes | Close] = field(default_factory=lambda: asyncio.Queue(_OUTBOX))
    slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_PENDING_EDITS))
    gone: bool = False

    def send(self, frame: bytes) -> None:
        """Queues a frame; a reader that is thousands of frames behind is sent away to sync again."""
        if self.gone:
            return
        try:
            self.outbox.put_nowait(frame)
        except asyncio.QueueFull:
            self.close(SYNC_AGAIN, "too_slow")

    def close(self, code: int, reason: str) -> None:
        if self.gone:
            return
        self.gone = True
        while self.outbox.full():
            self.outbox.get_nowait()
        self.outbox.put_nowait(Close(code, reason))
