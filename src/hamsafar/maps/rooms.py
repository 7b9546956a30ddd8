"""All open rooms of this process, and the doors to them: sockets from the event loop, everyone else from threads."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import logging
from collections.abc import Callable, Mapping
from typing import Any

from hamsafar.maps import log
from hamsafar.maps.client import NO_MAP, SYNC_AGAIN, Client
from hamsafar.maps.drafting import LibraryIds
from hamsafar.maps.errors import MapBusy
from hamsafar.maps.room import Room
from hamsafar.maps.standing import standings
from hamsafar.maps.store import Store
from hamsafar.maps.threads import in_thread
from hamsafar.maps.work import Request

logger = logging.getLogger(__name__)

IDLE_SECONDS = 30.0
TEND_SECONDS = 5.0
ANSWER_SECONDS = 30.0
# A person may have so many maps and windows open in all; a browser that is out of its mind has more.
MOST_SCREENS_OF_A_USER = 50
_ASKED_AT_ONCE = 500


class TooManyScreens(Exception):
    """One person has more connections than anybody needs."""


class Rooms:
    """Rooms by map id. They begin with the first socket and end with its event loop."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._open: dict[str, Room] = {}

    # From the event loop

    async def join(self, map_id: str, client: Client) -> Room:
        """The map's room with the client in it; opened when it was not. Raises MapNotFound, TooManyScreens."""
        self._attach()
        async with self._door:
            if self._screens(client.user.pk) >= MOST_SCREENS_OF_A_USER:
                raise TooManyScreens()
            room = self._open.get(map_id)
            if room is None:
                room = self._open[map_id] = Room(await in_thread(log.load, map_id), self._store)
                room.catch_up()  # commands may have passed by between the loading and this line
            room.enter(client)
            return room

    def _screens(self, user_id: Any) -> int:
        return sum(client.user.pk == user_id for room in self._open.values() for client in room.clients)

    def _attach(self) -> None:
        loop = asyncio.get_running_loop()
        if self._loop is loop:
            return
        self._loop, self._open, self._door, self._store = loop, {}, asyncio.Lock(), Store()
        self._tending = loop.create_task(self._tend(), name="rooms")

    async def _tend(self) -> None:
        while True:
            await asyncio.sleep(TEND_SECONDS)
            try:
                await self.check_standing()
                await self.close_idle(IDLE_SECONDS)
            except Exception:
                logger.exception("the rooms could not be tended")

    async def check_standing(self, user_id: str | None = None) -> None:
        """Sends away who has signed out, left the workspace or lost the right they came with; all, or one user."""
        clients = [
            (client, room.map_id)
            for room in self._open.values()
            for client in room.clients
            if user_id is None or str(client.user.pk) == user_id
        ]
        asked = [(client.session_key, map_id) for client, map_id in clients]
        for start in range(0, len(asked), _ASKED_AT_ONCE):
            these = slice(start, start + _ASKED_AT_ONCE)
            for (client, _), now in zip(
                clients[these], await in_thread(standings, asked[these]), strict=True
            ):
                if now.refusal is not None:
                    client.close(now.refusal, "standing")
                elif now.can_write != client.can_write:
                    client.can_write = now.can_write
                    client.close(SYNC_AGAIN, "standing")  # comes back with its new right

    async def close_idle(self, idle_seconds: float) -> None:
        """Closes rooms that nobody has been in for so long."""
        async with self._door:
            for map_id, room in list(self._open.items()):
                if not room.clients and room.idle_seconds >= idle_seconds:
                    await room.stop()
                    del self._open[map_id]

    async def stop(self) -> None:
        """Ends all rooms; for a server that goes down in order."""
        if self._loop is not asyncio.get_running_loop():
            return
        self._tending.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._tending
        for room in self._open.values():
            room.shut(1001, "going_away")
            await room.stop()
        await self._store.close()
        self._open, self._loop = {}, None

    # From any other thread

    def run_commands(
        self, map_id: str, user_id: str, commands: Any, request_id: str | None, library: LibraryIds
    ) -> dict[str, Any] | None:
        """Hands commands to the map's room and waits until they are stored; None when it is not open."""
        if (loop := self._loop_with(map_id)) is None:
            return None
        asked = self._ask(map_id, user_id, commands, request_id, library)
        try:
            return asyncio.run_coroutine_threadsafe(asked, loop).result(ANSWER_SECONDS)
        except concurrent.futures.TimeoutError:
            raise MapBusy() from None

    def catch_up(self, map_id: str) -> None:
        """Tells an open room that something was stored past it."""
        if (loop := self._loop_with(map_id)) is not None:
            loop.call_soon_threadsafe(lambda: self._tell(map_id, Room.catch_up))

    def close(self, map_id: str) -> None:
        """Sends everyone away from a deleted map."""
        if (loop := self._loop_with(map_id)) is not None:
            loop.call_soon_threadsafe(lambda: self._tell(map_id, lambda room: room.shut(NO_MAP, "no_map")))

    def notify(self, map_id: str, what: Mapping[str, str]) -> None:
        """Tells everyone who has the map open that something beside it has changed."""
        if (loop := self._loop_with(map_id)) is not None:
            loop.call_soon_threadsafe(lambda: self._tell(map_id, lambda room: room.notify(what)))

    def notify_user(self, user_id: str, what: Mapping[str, str]) -> None:
        """Tells one person, on every map they have open."""
        if (loop := self._running()) is not None:
            loop.call_soon_threadsafe(self._tell_user, user_id, what)

    def check_user(self, user_id: str) -> None:
        """Looks at once whether this user may stay, instead of at the next turn."""
        if (loop := self._running()) is not None:
            asyncio.run_coroutine_threadsafe(self.check_standing(user_id), loop)

    def _running(self) -> asyncio.AbstractEventLoop | None:
        loop = self._loop
        return loop if loop is not None and loop.is_running() else None

    def _loop_with(self, map_id: str) -> asyncio.AbstractEventLoop | None:
        return self._running() if map_id in self._open else None

    def _tell(self, map_id: str, what: Callable[[Room], None]) -> None:
        room = self._open.get(map_id)
        if room is not None:
            what(room)

    def _tell_user(self, user_id: str, what: Mapping[str, str]) -> None:
        for room in self._open.values():
            room.notify(what, user_id)

    async def _ask(
        self, map_id: str, user_id: str, commands: Any, request_id: str | None, library: LibraryIds
    ) -> dict[str, Any] | None:
        if request_id and (before := await in_thread(log.answer_to, map_id, request_id)) is not None:
            return before
        room = self._open.get(map_id)
        if room is None or room.closing:
            return None
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        room.request(Request(user_id, commands, request_id, library, answer))
        return await answer


rooms = Rooms()
