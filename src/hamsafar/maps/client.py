"""One connection to a room: what is on its way to the browser and back, and how it is sent away."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

# Close codes. After 4400 the browser begins with a fresh copy; after 4500 it keeps its own and syncs again.
REFUSED, SIGNED_OUT, NO_ROLE, NO_MAP, TOO_MANY, SYNC_AGAIN = 4400, 4401, 4403, 4404, 4429, 4500

# What may wait for a browser that reads slowly. One frame always may: the map itself can be larger.
OUTBOX_FRAMES, OUTBOX_BYTES = 2_000, 4_000_000
# What may wait of a browser's own edits: each takes a slot, and one more for every so many bytes.
_SLOTS, _BYTES_OF_A_SLOT = 64, 32_000


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
    outbox: asyncio.Queue[bytes | Close] = field(default_factory=asyncio.Queue)
    leaving: asyncio.Event = field(default_factory=asyncio.Event)
    _waiting: int = 0
    _slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_SLOTS))

    @property
    def gone(self) -> bool:
        """It has been sent away, or has left."""
        return self.leaving.is_set()

    def send(self, frame: bytes) -> None:
        """Queues a frame; a reader that is far behind is sent away to sync again: one answer has all it missed."""
        if self.gone:
            return
        behind = self._waiting and self._waiting + len(frame) > OUTBOX_BYTES
        if behind or self.outbox.qsize() >= OUTBOX_FRAMES:
            self.close(SYNC_AGAIN, "too_slow")
            return
        self._waiting += len(frame)
        self.outbox.put_nowait(frame)

    async def next(self) -> bytes | Close:
        """The next frame to go out, or the good-bye."""
        frame = await self.outbox.get()
        if isinstance(frame, bytes):
            self._waiting -= len(frame)
        return frame

    def close(self, code: int, reason: str) -> None:
        """Says good-bye after what is on its way; a slow reader's backlog is let go of."""
        if self.gone:
            return
        self.leaving.set()
        if reason == "too_slow":
            while not self.outbox.empty():
                self.outbox.get_nowait()
            self._waiting = 0
        self.outbox.put_nowait(Close(code, reason))

    async def take_slots(self, update: bytes) -> None:
        """Waits until there is room for one more edit to wait."""
        for _ in range(_slots_of(update)):
            await self._slots.acquire()

    def give_back(self, update: bytes) -> None:
        """The edit waits no longer."""
        for _ in range(_slots_of(update)):
            self._slots.release()


def _slots_of(update: bytes) -> int:
    return min(_SLOTS, 1 + len(update) // _BYTES_OF_A_SLOT)
