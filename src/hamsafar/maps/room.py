"""One open map and everyone in it: coming and going, what each browser sends, and what each is told.

What is to be changed goes to the ``writer``; here is what people see of it and of each other. The documents live on
the event loop; the database is reached in threads.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence

from pycrdt import merge_updates

from hamsafar.maps import frames, log, wire
from hamsafar.maps.client import NO_ROLE, Client
from hamsafar.maps.commands import NOTHING
from hamsafar.maps.presence import Presence
from hamsafar.maps.store import Store
from hamsafar.maps.work import CatchUp, Edit, Request
from hamsafar.maps.writer import Writer

PRESENCE_SECONDS = 0.05  # whoever points at what is told together, this often


class Room:
    """Make it on the event loop; it lives until ``stop``."""

    def __init__(self, loaded: log.Loaded, store: Store) -> None:
        self.map_id = loaded.map_id
        self.clients: set[Client] = set()
        self.presence = Presence()
        self.empty_since = time.monotonic()
        self.closing = False
        self._telling: asyncio.TimerHandle | None = None
        self._writer = Writer(loaded, store, self)
        self._doc = self._writer.doc

    def enter(self, client: Client) -> None:
        self.clients.add(client)
        client.send(frames.sync(frames.STEP_1, self._doc.get_state()))
        if present := self.presence.everyone():
            client.send(frames.awareness(present))

    def leave(self, client: Client) -> None:
        self.clients.discard(client)
        self.empty_since = time.monotonic()
        self.presence.leave(client)
        self._tell_presence()

    async def take(self, client: Client, frame: bytes) -> None:
        """One frame from a browser. Raises frames.Malformed; waits when the browser is far ahead of the writer."""
        reader = frames.Reader(frame)
        kind = reader.number()
        if kind == frames.SYNC:
            step, data = reader.number(), reader.payload()
            if step == frames.STEP_1:
                client.send(frames.sync(frames.STEP_2, self._missing(data)))
                client.send(frames.stored(self._doc.get_state()))
            elif client.can_write and data != NOTHING:
                await client.take_slots(data)
                self._writer.put(Edit(client, data))
        elif kind == frames.AWARENESS:
            self.presence.take(client, reader.payload())
            if self._telling is None:
                self._telling = asyncio.get_running_loop().call_later(PRESENCE_SECONDS, self._tell_presence)
        elif kind == frames.QUERY_AWARENESS:
            if present := self.presence.everyone():
                client.send(frames.awareness(present))
        else:
            raise frames.Malformed

    def request(self, request: Request) -> None:
        """Queues commands; their answer comes through the request."""
        self._writer.put(request)

    def catch_up(self) -> None:
        """Looks for updates that were stored past this room, after what is already waiting."""
        self._writer.put(CatchUp())

    def notify(self, what: Mapping[str, str], user_id: str | None = None) -> None:
        """Tells everyone here, or one person on all their screens, that something beside the map has changed."""
        frame = frames.notice(what)
        for client in self.clients:
            if user_id is None or str(client.user.pk) == user_id:
                client.send(frame)

    def show(self, updates: Sequence[bytes], senders: Sequence[Client]) -> None:
        """Tells what is stored: the changes to everyone, in one frame; that it is stored to those who wait for it.

        A single change does not go back to its sender. What a screen has from others is stored before it comes
        there, so only a sender has something to wait for.
        """
        update = frames.sync(frames.UPDATE, updates[0] if len(updates) == 1 else merge_updates(*updates))
        stored = frames.stored(self._doc.get_state())
        waiting = set(senders)
        for client in self.clients:
            if len(updates) > 1 or client not in waiting:
                client.send(update)
            if client in waiting or not waiting:
                client.send(stored)

    def shut(self, code: int, reason: str) -> None:
        """Sends everyone away."""
        for client in list(self.clients):
            client.close(code, reason)

    def cut_off(self, user_ids: set[str]) -> None:
        """Sends away those who may not write any more."""
        for client in list(self.clients):
            if str(client.user.pk) in user_ids:
                client.close(NO_ROLE, "no_role")

    async def stop(self) -> None:
        """Writes what is waiting, then ends."""
        self.closing = True
        if self._telling is not None:
            self._telling.cancel()
        await self._writer.stop()

    @property
    def idle_seconds(self) -> float:
        """How long nobody has been here."""
        return 0.0 if self.clients else time.monotonic() - self.empty_since

    def _missing(self, state_vector: bytes) -> bytes:
        wire.check_state_vector(state_vector)
        try:
            return self._doc.get_update(state_vector)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException:  # see Trial.apply
            raise frames.Malformed from None

    def _tell_presence(self) -> None:
        if self._telling is not None:
            self._telling.cancel()
            self._telling = None
        if told := self.presence.news():
            frame = frames.awareness(told)
            for client in self.clients:
                client.send(frame)
