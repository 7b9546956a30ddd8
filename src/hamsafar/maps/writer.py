"""A room's one ordered writer: the way of every change, from what came in to what is stored and shown.

What comes in, from browsers or as commands over HTTP, waits in a queue. Each change is tried on a copy
(``guard.Trial``); what passes is stored with projection, activity and audit in one transaction, and only then applied
to the document and shown. A failed store changes nothing that anybody sees: its senders are sent away to sync again,
with their changes still on their screens.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from django.db import IntegrityError
from django.utils import timezone

from hamsafar.lib.errors import HamsafarError
from hamsafar.maps import commands as map_commands
from hamsafar.maps import document, frames, log
from hamsafar.maps.activity import Draft, Recorder
from hamsafar.maps.client import NO_MAP, REFUSED, SYNC_AGAIN, Client
from hamsafar.maps.commands import NOTHING
from hamsafar.maps.errors import MapBusy, MapNotFound
from hamsafar.maps.faults import Fault
from hamsafar.maps.guard import Refused, Trial
from hamsafar.maps.projecting import Projector
from hamsafar.maps.store import NotEditors, Store
from hamsafar.maps.threads import in_thread
from hamsafar.maps.versions import keeping, packing
from hamsafar.maps.versions.keeping import Outline, Packed
from hamsafar.maps.work import CatchUp, Edit, Request, Stop, Work

logger = logging.getLogger(__name__)

LARGEST_DOCUMENT = 20_000_000  # bytes: the snapshot and the updates since
COMPACT_AFTER = 200  # updates since the last snapshot
AUDIT_EVERY_SECONDS = 600  # live edits of one member are one line of the audit log within this time
_BATCH = 64
_TRIES = 5


class Audience(Protocol):
    """Who is shown what has been stored."""

    def show(self, updates: Sequence[bytes], senders: Sequence[Client]) -> None:
        """``updates`` are stored and in the document; ``senders`` have sent all of them (if any did)."""

    def shut(self, code: int, reason: str) -> None:
        """There is nothing here any more."""

    def cut_off(self, user_ids: set[str]) -> None:
        """These may not write any more."""


class Writer:
    """Make it on the event loop; it writes until ``stop``. ``doc`` is what is stored; only the writer changes it."""

    def __init__(self, loaded: log.Loaded, store: Store, audience: Audience) -> None:
        self.map_id = loaded.map_id
        self.workspace_id = loaded.workspace_id
        self.seq = loaded.seq
        self.doc = document.open_doc(loaded.updates)
        self._store = store
        self._audience = audience
        self._trial = Trial(self.doc.get_update())
        self._note_size(loaded)
        self._placed: log.Placed | None = None
        self._recorder = Recorder()
        self._projector: Projector | None = None
        self._changed = loaded.changed_at, loaded.changed_by
        self._audited_at: dict[str, float] = {}
        self._queue: asyncio.Queue[Work] = asyncio.Queue()
        self._compacting: asyncio.Task[None] | None = None
        self._running = asyncio.create_task(self._run(), name=f"map {self.map_id}")

    def put(self, work: Work) -> None:
        """Queues a change. An edit has taken its ``slots`` from its client, and gives them back when it is done."""
        self._queue.put_nowait(work)

    async def stop(self) -> None:
        """Writes what is waiting, then ends."""
        self.put(Stop())
        await self._running
        self._trial.close()

    async def _run(self) -> None:
        stopping = False
        while not stopping:
            works = [await self._queue.get()]
            while len(works) < _BATCH and not self._queue.empty():
                works.append(self._queue.get_nowait())
            stopping = any(isinstance(work, Stop) for work in works)
            try:
                await self._write_all([work for work in works if not isinstance(work, Stop)])
            except Exception:
                logger.exception("the writer of map %s stumbled", self.map_id)
                self._begin_trial()
                self._give_up(works)
            finally:
                for work in works:
                    if isinstance(work, Edit):
                        work.client.give_back(work.update)
            await self._tidy(stopping)

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
        projector, left = self._followed(draft)
        entries = [entry for _, entry in tried]
        senders = {str(work.client.user.pk) for work, _ in tried if isinstance(work, Edit)}
        now = timezone.now()
        try:
            versions = await self._versions(entries, left, projector.outline, now)
            batch = log.Batch(
                self.map_id,
                self.workspace_id,
                self.seq,
                entries,
                projector.projection,
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
            self._begin_trial()
            self._audience.cut_off(revoked.user_ids)
            return [*_without(revoked.user_ids, [work for work, _ in tried]), *later]
        except MapNotFound as error:
            self._begin_trial()
            self._audience.shut(NO_MAP, "no_map")
            _fail(works, error)
            return []
        except Exception:
            logger.exception("map %s could not be stored", self.map_id)
            self._begin_trial()
            self._give_up([work for work, _ in tried])
            return later
        self._placed = projector.projection.placed
        self._recorder.keep(draft, now)
        self._changed = now, entries[-1].user_id
        self._show(tried)
        return later

    def _followed(self, draft: Draft) -> tuple[Projector, Outline]:
        """The projection with all that was tried in it, and the outline of the map before."""
        projector = self._projector or Projector(document.read(self.doc))
        before = projector.outline
        self._projector = projector
        projector.follow(self._trial.state, draft.changes)
        return projector, before

    def _begin_trial(self) -> None:
        """Forgets all that was tried."""
        self._trial.restart(self.doc.get_update())
        self._projector = None

    async def _versions(
        self, entries: Sequence[log.Entry], before: Outline, after: Outline, now: datetime
    ) -> Sequence[Packed]:
        """The versions to keep with these changes, of the map as it was before them."""
        left = keeping.Left(lambda: document.read(self.doc), before, self.seq, *self._changed)
        own = keeping.wanted_before(left, after, now=now, by=entries[0].user_id)
        wanted = [one for one in (*(entry.keeps for entry in entries), own) if one]
        if not wanted:
            return ()
        return await in_thread(packing.pack_all, self.map_id, self.workspace_id, wanted)

    # On the copy

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

    # On the document

    def _show(self, tried: list[tuple[Edit | Request, log.Entry]]) -> None:
        for work, entry in tried:
            self.doc.apply_update(entry.update)
            self._size += len(entry.update)
            if isinstance(work, Edit) and entry.audited is not None:
                self._audited_at[str(entry.user_id)] = time.monotonic()
        self._since_snapshot += len(tried)
        senders = [work.client for work, _ in tried if isinstance(work, Edit)]
        self._audience.show([entry.update for _, entry in tried], senders)
        for work, entry in tried:
            if isinstance(work, Request):
                work.succeed(entry.answer)

    async def _load_missed(self) -> None:
        """Brings in what others stored past this room, and begins the trial anew."""
        try:
            loaded = await in_thread(log.load, self.map_id)
        except MapNotFound:
            self._audience.shut(NO_MAP, "no_map")
            return
        before = self.doc.get_state()
        for update in loaded.updates:
            self.doc.apply_update(update)
        self._begin_trial()
        self._placed = None
        self._changed = loaded.changed_at, loaded.changed_by
        if loaded.seq == self.seq:
            return
        self.seq = loaded.seq
        self._note_size(loaded)
        self._audience.show([self.doc.get_update(before)], [])

    # Keeping the log short

    def _note_size(self, loaded: log.Loaded) -> None:
        self._size = sum(map(len, loaded.updates))
        self._since_snapshot = len(loaded.updates) - 1

    async def _tidy(self, stopping: bool) -> None:
        """Makes the log one snapshot now and then, beside the editing; at the end it is waited for."""
        if self._since_snapshot >= COMPACT_AFTER and self._compacting is None:
            self._compacting = asyncio.create_task(self._compact(), name=f"snapshot of {self.map_id}")
        if stopping:
            if self._compacting is not None:
                await self._compacting
            if self._since_snapshot:
                await self._compact()

    async def _compact(self) -> None:
        state, size, updates = self.doc.get_update(), self._size, self._since_snapshot
        try:
            await self._store.compact(self.map_id, self.seq, state)
        except Exception:
            # The updates are all there; it is tried again after the next change.
            logger.exception("the log of map %s could not be made shorter", self.map_id)
        else:
            self._size += len(state) - size
            self._since_snapshot -= updates
        finally:
            self._compacting = None

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

    def _give_up(self, works: Sequence[Work]) -> None:
        """Nothing of these was stored: browsers sync again, requests are told."""
        for work in works:
            if isinstance(work, Edit):
                work.client.close(SYNC_AGAIN, "not_stored")
        _fail(works, MapBusy())


def _without(user_ids: set[str], works: Sequence[Edit | Request]) -> list[Work]:
    return [work for work in works if isinstance(work, Request) or str(work.client.user.pk) not in user_ids]


def _fail(works: Sequence[Work], error: HamsafarError) -> None:
    for work in works:
        if isinstance(work, Request):
            work.fail(error)
