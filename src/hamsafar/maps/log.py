"""A map's update log: the one place where a map's document and its projection are stored.

Every stored update follows on all earlier ones: who appends says up to which ``seq`` they know the map, and
``Behind`` sends them back when others were quicker. So the room of an open map, a command on a closed one and
the shell may all write, in any process, and none loses another's change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from hamsafar.accounts.actions import audit
from hamsafar.lib.persian import search_key
from hamsafar.maps.document import Exchange
from hamsafar.maps.errors import MapBusy, MapNotFound
from hamsafar.maps.models import Map, MapRequest, MapSnapshot, MapUpdate, PlacedTouchpoint, Touchpoint

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


@dataclass(frozen=True)
class Entry:
    """One update to store. ``audited`` names the change in the audit log; None when that was told before."""

    update: bytes
    user_id: str | None
    audited: dict[str, Any] | None = None
    request_id: str | None = None
    answer: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Projection:
    """What lists and searches see of a map."""

    title: str
    kind: str
    language: str
    status: str
    stages: tuple[str, ...]
    card_count: int
    touchpoints: frozenset[str]

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
            touchpoints=frozenset(card["touchpoint"] for card in cards if "touchpoint" in card),
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
        }


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
            return Loaded(map_id, found.workspace_id, seq, updates)
    raise MapBusy()


def create(workspace_id: str, user_id: str | None, state: bytes, projection: Projection) -> str:
    """Stores a new map; returns its id. Call it inside a transaction."""
    made = Map.objects.create(workspace_id=workspace_id, updated_by_id=user_id, **projection.columns())
    MapSnapshot.objects.create(map=made, seq=0, state=state)
    _place(made, projection.touchpoints)
    audit(workspace_id, user_id, "create_map", made.id, title=projection.title)
    return made.id


def append(map_id: str, known_seq: int, entries: Sequence[Entry], projection: Projection) -> int:
    """Stores updates, projection, answers and audit in one transaction; returns the new ``seq``.

    ``projection`` is of the document with all ``entries`` in it. Raises Behind when the map's ``seq`` is not
    ``known_seq``, MapNotFound when the map was deleted.
    """
    now = timezone.now()
    with transaction.atomic():
        found = Map.objects.select_for_update().filter(id=map_id, deleted_at=None).first()
        if found is None:
            raise MapNotFound()
        if found.seq != known_seq:
            raise Behind
        MapUpdate.objects.bulk_create(
            MapUpdate(map=found, seq=seq, update=entry.update, user_id=entry.user_id, at=now)
            for seq, entry in enumerate(entries, known_seq + 1)
        )
        MapRequest.objects.bulk_create(
            MapRequest(map=found, request_id=entry.request_id, answer=entry.answer, at=now)
            for entry in entries
            if entry.request_id
        )
        for entry in entries:
            if entry.audited is not None:
                audit(found.workspace_id, entry.user_id, "change_map", map_id, **entry.audited)
        for name, value in projection.columns().items():
            setattr(found, name, value)
        found.seq = known_seq + len(entries)
        found.updated_at, found.updated_by_id = now, entries[-1].user_id
        found.save()
        _place(found, projection.touchpoints)
        return found.seq


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


def _place(found: Map, wanted: frozenset[str]) -> None:
    placed = set(PlacedTouchpoint.objects.filter(map=found).values_list("touchpoint_id", flat=True))
    if gone := placed - wanted:
        PlacedTouchpoint.objects.filter(map=found, touchpoint_id__in=gone).delete()
    if new := wanted - placed:
        # A card may name a touchpoint that another screen has just deleted from the library.
        known = Touchpoint.objects.filter(workspace_id=found.workspace_id, id__in=new)
        PlacedTouchpoint.objects.bulk_create(
            [PlacedTouchpoint(map=found, touchpoint_id=id_) for id_ in known.values_list("id", flat=True)],
            ignore_conflicts=True,
        )
