"""One open map: everyone in it, and its one ordered writer.

What comes in, from browsers or as commands over HTTP, waits in the room's queue. The writer tries each change on
a copy (``guard.Trial``), stores update log, projection and audit in one transaction, and only then touches the
document, broadcasts, and tells what is stored. A failed store changes nothing that anybody sees: its senders are
sent away to sync again, with their changes still on their screens.

The documents live on the event loop; the database is reached in threads.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from channels.db import database_sync_to_async
from django.db import IntegrityError
from django.utils import timezone

from hamsafar.lib.errors import HamsafarError
from hamsafar.maps import commands as map_commands
from hamsafar.maps import document, frames, log, wire
from hamsafar.maps.activity import Draft, Recorder
from hamsafar.maps.client import NO_MAP, NO_ROLE, REFUSED, SYNC_AGAIN, Client
from hamsafar.maps.commands import NOTHING
from hamsafar.maps.errors import MapBusy, MapNotFound
from hamsafar.maps.faults import Fault
from hamsafar.maps.guard import Refused, Trial
from hamsafar.maps.presence import Presence
from hamsafar.maps.store import NotEditors, Store
from hamsafar.maps.versions import keeping, packing
from hamsafar.maps.versions.keeping import Outline, Packed

logger = logging.getLogger(__name__)
T = TypeVar("T")

LARGEST_DOCUMENT = 20_000_000  # bytes of updates
COMPACT_AFTER = 200  # updates since the last snapshot
AUDIT_EVERY_SECONDS = 600  # live edits of one member are one line of the audit log within this time
PRESENCE_SECONDS = 0.05  # whoever points at what is told together, this often
_BATCH = 64
_TRIES = 5


async def in_thread(function: Callable[..., T], *arguments: Any) -> T:
    """Runs what touches the database off the event loop."""
    result: T = await database_sync_to_async(function, thread_sensitive=False)(*arguments)
    return result


@dataclass(frozen=True)
class Edit:
    """An update from a browser."""

    client: Client
    update: bytes


@dataclass(frozen=True)
class Request:
    """Commands over HTTP; ``answer`` is given when they are stored."""

    user_id: str
    commands: Any
    request_id: str | None
    library: map_commands.LibraryIds
    answer: asyncio.Future[dict[str, Any]]

    def succeed(self, answer: dict[str, Any]) -> None:
        if not self.answer.done():
            self.answer.set_result(answer)

    def fail(self, error: Exception) -> None:
        if not self.answer.done():
            self.answer.set_exception(error)


@dataclass(frozen=True)
class CatchUp:
    """Others may have stored updates past this room."""


@dataclass(frozen=True)
class Stop:
    """The end of the queue."""


Work = Edit | Request | CatchUp | Stop


class Room:
    """Make it on the event loop; it writes until ``stop``."""

    def __init__(self, loaded: log.Loaded, store: Store) -> None:
        self._store = store
        self.map_id = loaded.map_id
        self.workspace_id = loaded.workspace_id
        self.seq = loaded.seq
        self.doc = document.open_doc(loaded.updates)
        self.clients: set[Client] = set()
        self.presence = Presence()
        self._telling: asyncio.TimerHandle | None = None
        self.empty_since = time.monotonic()
        self.closing = False
        self._trial = Trial(self.doc.get_update())
        self._size = sum(map(len, loaded.updates))
        self._since_snapshot = len(loaded.updates) - 1
        self._placed: log.Placed | None = None
        self._recorder = Recorder()
        self._outline: Outline | None = None
        self._changed = loaded.changed_at, loaded.changed_by
        self._audited_at: dict[str, float] = {}
        self._queue: asyncio.Queue[Work] = asyncio.Queue()
        self._writer = asyncio.create_task(self._run(), name=f"map {self.map_id}")

    # Coming, going, and what browsers send

    def enter(self, client: Client) -> None:
        self.clients.add(client)
        client.send(frames.sync(frames.STEP_1, self.doc.get_state()))
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
                client.send(frames.stored(self.doc.get_state()))
            elif client.can_write and data != NOTHING:
                await client.slots.acquire()
                self._queue.put_nowait(Edit(client, data))
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
        self._queue.put_nowait(request)

    def catch_up(self) -> None:
        """Looks for updates that were stored past this room, after what is already waiting."""
        self._queue.put_nowait(CatchUp())

    def notify(self, what: Mapping[str, str], user_id: str | None = None) -> None:
        """Tells everyone here, or one person on all their screens, that something beside the map has changed."""
        frame = frames.notice(what)
        for client in self.clients:
            if user_id is None or str(client.user.pk) == user_id:
                client.send(frame)

    def shut(self, code: int, reason: str) -> None:
        """Sends everyone away."""
        for client in list(self.clients):
            client.close(code, reason)

    async def stop(self) -> None:
        """Writes what is waiting, then ends."""
        self.closing = True
        if self._telling is not None:
            self._telling.cancel()
        self._queue.put_nowait(Stop())
        await self._writer
        self._trial.close()

    @property
    def idle_seconds(self) -> float:
        """How long nobody has been here."""
        return 0.0 if self.clients else time.monotonic() - self.empty_since

    def _missing(self, state_vector: bytes) -> bytes:
        wire.check_state_vector(state_vector)
        try:
            return self.doc.get_update(state_vector)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException:  # see Trial.apply
            raise frames.Malformed from None

    def _tell_presence(self) -> None:
        if self._telling is not None:
            self._telling.cancel()
            self._telling = None
        if told := self.presence.news():
            self._broadcast(frames.awareness(told))

    def _broadcast(self, frame: bytes, besides: Client | None = None) -> None:
        for client in self.clients:
            if client is not besides:
                client.send(frame)

    # The writer

    async def _run(self) -> None:
        stopping = False
        while not stopping:
            works = [await self._queue.get()]
            while len(works) < _BATCH and not self._queue.empty():
                works.append(self._queue.get_nowait())
            stopping = any(isinstance(work, Stop) for work in works)
            try:
                await self._write_all([work for work in works if not isinstance(work, Stop)])
                await self._compact(after=1 if stopping else COMPACT_AFTER)
            except Exception:
                logger.exception("the room of map %s stumbled", self.map_id)
                self._give_up(works)
            finally:
                for work in works:
                    if isinstance(work, Edit):
                        work.client.slots.release()

    async def _write_all(self, works: Sequence[Work]) -> None:
        for _ in range(_TRIES):
            if not works:
                return
            works = await self._write(works)
        self._give_up(works)

    async def _write(self, works: Sequence[Work]) -> list[Work]:
        """Tries, stores and shows; returns those that must be tried again on a newer state."""
        if any(isinstance(work, CatchUp) for work in works):
            await self._load_missed()
        draft = self._recorder.draft()
        tried, later = self._try_all(works, draft)
        if not tried:
            return later
        exchange = document.project(self._trial.state)
        projection, outline = log.Projection.of(exchange), Outline.of(exchange)
        entries = [entry for _, entry in tried]
        senders = [work.client.user for work, _ in tried if isinstance(work, Edit)]
        now = timezone.now()
        try:
            versions = await self._versions(entries, outline, now)
            batch = log.Batch(
                self.map_id,
                self.workspace_id,
                self.seq,
                entries,
                projection,
                self._placed,
                versions,
                activity=list(draft.rows.values()),
            )
            self.seq = await self._store.append(batch, senders)
        except log.Behind:
            await self._load_missed()
            return [*(work for work, _ in tried), *later]
        except IntegrityError:  # a request that was answered elsewhere since it was looked up
            await self._load_missed()
            return [*await self._unanswered([work for work, _ in tried]), *later]
        except NotEditors as revoked:
            self._trial.restart(self.doc.get_update())
            return [*self._without(revoked.user_ids, [work for work, _ in tried]), *later]
        except MapNotFound as error:
            self.shut(NO_MAP, "no_map")
            self._fail(works, error)
            return []
        except Exception:
            logger.exception("map %s could not be stored", self.map_id)
            self._trial.restart(self.doc.get_update())
            self._give_up([work for work, _ in tried])
            return later
        self._placed = projection.placed
        self._recorder.keep(draft, now)
        self._changed, self._outline = (now, entries[-1].user_id), outline
        self._show(tried)
        return later

    async def _versions(
        self, entries: Sequence[log.Entry], after: Outline, now: datetime
    ) -> Sequence[Packed]:
        """The versions to keep with these changes, of the map as it was before them."""
        outline = self._outline or Outline.of(document.project(document.read(self.doc)))
        left = keeping.Left(lambda: document.read(self.doc), outline, self.seq, *self._changed)
        own = keeping.wanted_before(left, after, now=now, by=entries[0].user_id)
        wanted = [one for one in (*(entry.keeps for entry in entries), own) if one]
        if not wanted:
            return ()
        return await in_thread(packing.pack_all, self.map_id, self.workspace_id, wanted)

    def _try_all(
        self, works: Sequence[Work], draft: Draft
    ) -> tuple[list[tuple[Edit | Request, log.Entry]], list[Work]]:
        """Applies to the trial what can be; answers what cannot. A repeated request waits for its twin."""
        tried: list[tuple[Edit | Request, log.Entry]] = []
        later: list[Work] = []
        requests: set[str] = set()
        for work in works:
            if isinstance(work, Request):
                if work.request_id in requests:
                    later.append(work)
                elif entry := self._try_request(work, len(tried)):
                    self._note(draft, entry)
                    tried.append((work, entry))
                    requests |= {work.request_id} if work.request_id else set()
            elif isinstance(work, Edit) and not work.client.gone:
                try:
                    entry = self._try_edit(work)
                except Refused as refused:
                    work.client.close(REFUSED, refused.fault.code)
                    self._trial.restart(self.doc.get_update())
                    for _, earlier in tried:
                        self._trial.apply(earlier.update)
                else:
                    if entry:
                        self._note(draft, entry)
                        tried.append((work, entry))
        return tried, later

    def _note(self, draft: Draft, entry: log.Entry) -> None:
        draft.note(entry.user_id, self._trial.changes, self._trial.state, timezone.now())

    def _try_edit(self, edit: Edit) -> log.Entry | None:
        if self._size + len(edit.update) > LARGEST_DOCUMENT:
            raise Refused(Fault("", "map_full"))
        new = self._trial.apply(edit.update)
        if new == NOTHING:
            edit.client.send(frames.stored(self.doc.get_state()))
            return None
        user_id = str(edit.client.user.pk)
        due = time.monotonic() - self._audited_at.get(user_id, -AUDIT_EVERY_SECONDS) >= AUDIT_EVERY_SECONDS
        return log.Entry(new, user_id, {"live": True} if due else None)

    def _try_request(self, request: Request, ahead: int) -> log.Entry | None:
        state = document.read(self._trial.doc)
        try:
            made = map_commands.plan(state, request.commands, request.library)
        except HamsafarError as error:
            request.fail(error)
            return None
        update = self._trial.perform(made)
        seq = self.seq + ahead
        answer = {"added": made.added, "seq": seq + 1}
        audited = map_commands.summary(request.commands)
        keeps = keeping.wanted_by(request.commands, made, state, seq=seq, by=request.user_id)
        return log.Entry(update, request.user_id, audited, request.request_id, answer, keeps)

    def _show(self, tried: list[tuple[Edit | Request, log.Entry]]) -> None:
        for work, entry in tried:
            self.doc.apply_update(entry.update)
            self._size += len(entry.update)
            sender = work.client if isinstance(work, Edit) else None
            self._broadcast(frames.sync(frames.UPDATE, entry.update), besides=sender)
            if isinstance(work, Edit) and entry.audited is not None:
                self._audited_at[str(entry.user_id)] = time.monotonic()
        self._since_snapshot += len(tried)
        self._broadcast(frames.stored(self.doc.get_state()))
        for work, entry in tried:
            if isinstance(work, Request):
                work.succeed(entry.answer)

    async def _load_missed(self) -> None:
        """Brings in what others stored past this room, and begins the trial anew."""
        try:
            loaded = await in_thread(log.load, self.map_id)
        except MapNotFound:
            self.shut(NO_MAP, "no_map")
            return
        before = self.doc.get_state()
        for update in loaded.updates:
            self.doc.apply_update(update)
        self._trial.restart(self.doc.get_update())
        self._placed = None
        self._changed, self._outline = (loaded.changed_at, loaded.changed_by), None
        if loaded.seq == self.seq:
            return
        self.seq = loaded.seq
        self._size = sum(map(len, loaded.updates))
        self._since_snapshot = len(loaded.updates) - 1
        self._broadcast(frames.sync(frames.UPDATE, self.doc.get_update(before)))
        self._broadcast(frames.stored(self.doc.get_state()))

    async def _compact(self, after: int) -> None:
        if self._since_snapshot < after:
            return
        await in_thread(log.compact, self.map_id, self.seq, self.doc.get_update())
        self._since_snapshot = 0

    # Those who cannot be served

    async def _unanswered(self, works: Sequence[Edit | Request]) -> list[Work]:
        rest: list[Work] = []
        for work in works:
            answer = None
            if isinstance(work, Request) and work.request_id:
                answer = await in_thread(log.answer_to, self.map_id, work.request_id)
                if answer is not None:
                    work.succeed(answer)
            rest += [work] if answer is None else []
        return rest

    def _without(self, user_ids: set[str], works: Sequence[Edit | Request]) -> list[Work]:
        for client in list(self.clients):
            if str(client.user.pk) in user_ids:
                client.close(NO_ROLE, "no_role")
        return [
            work for work in works if isinstance(work, Request) or str(work.client.user.pk) not in user_ids
        ]

    def _give_up(self, works: Sequence[Work]) -> None:
        """Nothing of these was stored: browsers sync again, requests are told."""
        for work in works:
            if isinstance(work, Edit):
                work.client.close(SYNC_AGAIN, "not_stored")
        self._fail(works, MapBusy())

    def _fail(self, works: Sequence[Work], error: HamsafarError) -> None:
        for work in works:
            if isinstance(work, Request):
                work.fail(error)
