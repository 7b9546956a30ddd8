"""A map's update log: the one place where a map's document and its projection are stored.

Every stored update follows on all earlier ones: who appends says up to which ``seq`` they know the map, and
``Behind`` sends them back when others were quicker. So the room of an open map, a command on a closed one and
the shell may all write, in any process, and none loses another's change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from hamsafar.accounts.actions import audit
from hamsafar.lib.persian import search_key
from hamsafar.maps import levels, owned
from hamsafar.maps.activity import Row
from hamsafar.maps.document import Exchange
from hamsafar.maps.errors import MapBusy, MapNotFound
from hamsafar.maps.models import (
    Content,
    Map,
    MapActivity,
    MapRequest,
    MapSnapshot,
    MapUpdate,
    PlacedContent,
    PlacedTouchpoint,
    Touchpoint,
)
from hamsafar.maps.versions import rows
from hamsafar.maps.versions.keeping import Packed, Wanted

# How long the answer to a request is kept for its repetitions.
ANSWER_LIFE = timedelta(days=1)
_TRIES = 10


class Behind(Exception):
    """Others have stored updates that this writer has not seen."""


@dataclass(frozen=True)
class Loaded:
    """All that makes the document: its state at some moment and the updates after it."""

    map_id: str
    workspace_id: str
    seq: int
    updates: Sequence[bytes]
    changed_at: datetime
    changed_by: str | None


@dataclass(frozen=True)
class Entry:
    """One update to store. ``audited`` names the change in the audit log; None when that was told before."""

    update: bytes
    user_id: str | None
    audited: dict[str, Any] | None = None
    request_id: str | None = None
    answer: dict[str, Any] = field(default_factory=dict)
    keeps: Wanted | None = None  # the version of the map as it was before, which must be kept with it


class Placed(NamedTuple):
    """What other tables know of a map: rows of the library that stand on it, parts with their owners,
    and the maps that its stages open."""

    touchpoints: frozenset[str]
    contents: frozenset[str]
    parts: frozenset[owned.Part]
    details: frozenset[levels.Detail]


NOTHING_PLACED = Placed(frozenset(), frozenset(), frozenset(), frozenset())


@dataclass(frozen=True)
class Projection:
    """What lists and searches see of a map."""

    title: str
    kind: str
    language: str
    status: str
    stages: tuple[str, ...]
    card_count: int
    current_map: str
    placed: Placed

    @classmethod
    def of(cls, exchange: Exchange) -> Projection:
        cards = exchange["cards"]
        return cls(
            title=exchange.get("title", ""),
            kind=exchange.get("kind", "current_state"),
            language=exchange.get("language", "en"),
            status=exchange.get("status", "draft"),
            stages=tuple(stage["name"] for stage in exchange["stages"]),
            card_count=len(cards),
            current_map=exchange.get("current_map", ""),
            placed=Placed(
                frozenset(card["touchpoint"] for card in cards if "touchpoint" in card),
                frozenset(card["content"] for card in cards if "content" in card),
                owned.parts_of(exchange),
                levels.details_of(exchange),
            ),
        )

    def columns(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "title_search": search_key(self.title)[:200],
            "kind": self.kind,
            "language": self.language,
            "status": self.status,
            "stages": list(self.stages),
            "card_count": self.card_count,
            "current_map": self.current_map,
        }


@dataclass(frozen=True)
class Batch:
    """Updates of one map, to be stored together by somebody who knows it up to ``known_seq``.

    ``projection`` is of the document with all ``entries`` in it; ``placed`` is what stood on it as this
    writer last stored it, None when that is not known. ``versions`` are of the map as it was before.
    ``activity`` tells what the entries did; a row of an earlier batch that goes on is among them again.
    """

    map_id: str
    workspace_id: str
    known_seq: int
    entries: Sequence[Entry]
    projection: Projection
    placed: Placed | None = None
    versions: Sequence[Packed] = ()
    activity: Sequence[Row] = ()


def load(map_id: str) -> Loaded:
    """The document's updates, oldest first; raises MapNotFound when there is none or it is deleted."""
    for _ in range(_TRIES):
        found = Map.objects.filter(id=map_id, deleted_at=None).first()
        if found is None:
            raise MapNotFound()
        snapshot = MapSnapshot.objects.get(map_id=map_id)
        later = list(MapUpdate.objects.filter(map_id=map_id, seq__gt=snapshot.seq).order_by("seq"))
        seq = later[-1].seq if later else snapshot.seq
        # A transaction would keep writers waiting for every reader (SQLite); a compaction that came between
        # these reads shows as a hole instead.
        if seq == snapshot.seq + len(later) and seq >= found.seq:
            updates = [bytes(snapshot.state), *(bytes(row.update) for row in later)]
            changed_by = str(found.updated_by_id) if found.updated_by_id else None
            return Loaded(map_id, found.workspace_id, seq, updates, found.updated_at, changed_by)
    raise MapBusy()


def create(workspace_id: str, user_id: str | None, state: bytes, projection: Projection) -> str:
    """Stores a new map; returns its id. Call it inside a transaction."""
    made = Map.objects.create(workspace_id=workspace_id, updated_by_id=user_id, **projection.columns())
    MapSnapshot.objects.create(map=made, seq=0, state=state)
    _place(made.id, workspace_id, projection.placed, NOTHING_PLACED)
    audit(workspace_id, user_id, "create_map", made.id, title=projection.title)
    return made.id


def append(batch: Batch) -> int:
    """Stores updates, projection, answers and audit in one transaction; returns the map's new ``seq``.

    Raises Behind when the map has other updates than its writer knew, MapNotFound when it was deleted.
    """
    now = timezone.now()
    map_id, entries = batch.map_id, batch.entries
    seq = batch.known_seq + len(entries)
    with transaction.atomic():
        # The condition is the lock: of two writers who know the same, one finds the row changed.
        mine = Map.objects.filter(id=map_id, deleted_at=None, seq=batch.known_seq)
        author = entries[-1].user_id
        if not mine.update(seq=seq, updated_at=now, updated_by_id=author, **batch.projection.columns()):
            if Map.objects.filter(id=map_id, deleted_at=None).exists():
                raise Behind
            raise MapNotFound()
        MapUpdate.objects.bulk_create(
            MapUpdate(map_id=map_id, seq=number, update=entry.update, user_id=entry.user_id, at=now)
            for number, entry in enumerate(entries, batch.known_seq + 1)
        )
        MapRequest.objects.bulk_create(
            MapRequest(map_id=map_id, request_id=entry.request_id, answer=entry.answer, at=now)
            for entry in entries
            if entry.request_id
        )
        for version in batch.versions:
            rows.keep(map_id, version)
        for entry in entries:
            if entry.audited is not None:
                audit(batch.workspace_id, entry.user_id, "change_map", map_id, **entry.audited)
        _tell(map_id, batch.activity)
        if batch.projection.placed != batch.placed:
            _place(map_id, batch.workspace_id, batch.projection.placed, batch.placed)
    return seq


def answer_to(map_id: str, request_id: str) -> dict[str, Any] | None:
    """What this request was answered before; None for a new one."""
    row = MapRequest.objects.filter(map_id=map_id, request_id=request_id).first()
    return row.answer if row else None


def compact(map_id: str, seq: int, state: bytes) -> None:
    """Makes one snapshot of the updates up to ``seq``; ``state`` is the whole document as of then."""
    with transaction.atomic():
        if not Map.objects.select_for_update().filter(id=map_id).exists():
            return
        MapSnapshot.objects.filter(map_id=map_id, seq__lt=seq).update(seq=seq, state=state)
        MapUpdate.objects.filter(map_id=map_id, seq__lte=seq).delete()
        MapRequest.objects.filter(map_id=map_id, at__lt=timezone.now() - ANSWER_LIFE).delete()


def _tell(map_id: str, activity: Sequence[Row]) -> None:
    MapActivity.objects.bulk_create(
        [
            MapActivity(
                id=row.id,
                map_id=map_id,
                user_id=row.user_id,
                began_at=row.began_at,
                at=row.at,
                verb=row.said.verb,
                part=row.said.part,
                target=row.said.target,
                listed=row.said.listed,
                details=row.said.details,
            )
            for row in activity
        ],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["at", "listed", "details"],
    )


def _place(map_id: str, workspace_id: str, wanted: Placed, before: Placed | None) -> None:
    if before is None or wanted.touchpoints != before.touchpoints:
        _place_rows(PlacedTouchpoint, Touchpoint, "touchpoint_id", map_id, workspace_id, wanted.touchpoints)
    if before is None or wanted.contents != before.contents:
        _place_rows(PlacedContent, Content, "content_id", map_id, workspace_id, wanted.contents)
    owned.store(map_id, wanted.parts, before.parts if before else None)
    levels.store(map_id, wanted.details, before.details if before else None)


def _place_rows(
    places: Any, library: Any, column: str, map_id: str, workspace_id: str, wanted: frozenset[str]
) -> None:
    placed = set(places.objects.filter(map_id=map_id).values_list(column, flat=True))
    if gone := placed - wanted:
        places.objects.filter(map_id=map_id, **{f"{column}__in": gone}).delete()
    if new := wanted - placed:
        # A card may name a row that another screen has just deleted from the library.
        known = library.objects.filter(workspace_id=workspace_id, id__in=new).values_list("id", flat=True)
        places.objects.bulk_create(
            [places(map_id=map_id, **{column: id_}) for id_ in known], ignore_conflicts=True
        )
