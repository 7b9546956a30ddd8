"""Writes to maps: create, change by commands, delete, restore."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from hamsafar.accounts.actions import audit
from hamsafar.accounts.policies import Membership
from hamsafar.maps import commands as map_commands
from hamsafar.maps import document, log, queries
from hamsafar.maps.actions.adopt import adopt
from hamsafar.maps.activity import Recorder
from hamsafar.maps.document import Exchange, State
from hamsafar.maps.drafting import LibraryIds
from hamsafar.maps.errors import MapBusy, MapNotFound
from hamsafar.maps.faults import CommandInvalid, Fault
from hamsafar.maps.guard import Trial
from hamsafar.maps.models import BIN_LIFE, Map
from hamsafar.maps.rooms import rooms
from hamsafar.maps.shape import ID
from hamsafar.maps.versions import keeping, packing
from hamsafar.maps.versions.keeping import Left, Outline, Packed, Wanted

_TRIES = 10


def create_map(member: Membership, exchange: Any) -> tuple[str, list[Fault]]:
    """A new map from JSON data in the exchange format (a template is one too).

    Returns its id, and notes of what could not be taken along. Raises MapInvalid with every fault's place.
    """
    checked = document.check(exchange)
    with transaction.atomic():
        adopted, notes = adopt(member.workspace_id, checked)
        doc = document.from_exchange(adopted)
        projection = log.Projection.of(document.project(document.to_state(adopted)))
        made = log.create(member.workspace_id, member.user_id, doc.get_update(), projection)
    return made, notes


def run_commands(member: Membership, map_id: str, commands: Any, request_id: str | None) -> dict[str, Any]:
    """Changes a map by commands; returns ``{"added": [ids], "seq": n}`` after everything is stored.

    ``request_id`` makes a repetition harmless: it is answered as before and changes nothing.
    Must not be called inside a transaction: an open map is changed in its room, which stores by itself.
    """
    queries.get_map(member.workspace_id, map_id)
    faults: list[Fault] = []
    if request_id is not None:
        ID.check(request_id, "request_id", faults)
    if faults:
        raise CommandInvalid(faults)
    library = queries.library_ids(member.workspace_id)
    answer = rooms.run_commands(map_id, member.user_id, commands, request_id, library)
    if answer is None:
        answer = _change_closed(map_id, member.user_id, commands, request_id, library)
        rooms.catch_up(map_id)
    return answer


def _change_closed(
    map_id: str, user_id: str, commands: Any, request_id: str | None, library: LibraryIds
) -> dict[str, Any]:
    """Loads the map, applies the commands, stores; again from the start when others were quicker."""
    for _ in range(_TRIES):
        if request_id and (before := log.answer_to(map_id, request_id)) is not None:
            return before
        loaded = log.load(map_id)
        with contextlib.closing(Trial(document.open_doc(loaded.updates).get_update())) as trial:
            state = document.read(trial.doc)
            made = map_commands.plan(state, commands, library)
            update = trial.perform(made)
            draft = Recorder().draft()
            draft.note(user_id, trial.changes, trial.state, timezone.now())
        answer = {"added": made.added, "seq": loaded.seq + 1}
        entry = log.Entry(update, user_id, map_commands.summary(commands), request_id, answer)
        exchange = document.project(trial.state)
        wanted = keeping.wanted_by(commands, made, state, seq=loaded.seq, by=user_id)
        batch = log.Batch(
            map_id,
            loaded.workspace_id,
            loaded.seq,
            [entry],
            log.Projection.of(exchange),
            versions=_versions(loaded, state, exchange, user_id, wanted),
            activity=list(draft.rows.values()),
        )
        try:
            log.append(batch)
        except (log.Behind, IntegrityError):
            continue
        return answer
    raise MapBusy()


def notify_map(map_id: str, what: Mapping[str, str]) -> None:
    """Tells everyone who has a map open that something beside it has changed, by the word they fetch it by."""
    rooms.notify(map_id, what)


def _versions(
    loaded: log.Loaded, state: State, after: Exchange, user_id: str, wanted: Wanted | None
) -> list[Packed]:
    """The version to keep of the map's ``state`` before a change: that which is ``wanted``, else one that is due."""
    if wanted is None:
        outline = Outline.of(document.project(state))
        left = Left(lambda: state, outline, loaded.seq, loaded.changed_at, loaded.changed_by)
        wanted = keeping.wanted_before(left, Outline.of(after), now=timezone.now(), by=user_id)
    return packing.pack_all(loaded.map_id, loaded.workspace_id, [wanted] if wanted else [])


def delete_map(member: Membership, map_id: str) -> None:
    """Puts a map into the bin, from which it can be restored for 30 days; whoever has it open is told."""
    with transaction.atomic():
        found = Map.objects.filter(workspace_id=member.workspace_id, id=map_id, deleted_at=None)
        if not found.update(deleted_at=timezone.now()):
            raise MapNotFound()
        audit(member.workspace_id, member.user_id, "delete_map", map_id)
    rooms.close(map_id)
    _empty_bin()


def restore_map(member: Membership, map_id: str) -> None:
    """Takes a map out of the bin."""
    kept = timezone.now() - BIN_LIFE
    with transaction.atomic():
        found = Map.objects.filter(workspace_id=member.workspace_id, id=map_id, deleted_at__gt=kept)
        if not found.update(deleted_at=None):
            raise MapNotFound()
        audit(member.workspace_id, member.user_id, "restore_map", map_id)


def _empty_bin() -> None:
    Map.objects.filter(deleted_at__lt=timezone.now() - BIN_LIFE).delete()
