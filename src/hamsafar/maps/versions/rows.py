"""The table of versions: storing one, and letting the old ones go."""

from __future__ import annotations

import logging

from django.db import DatabaseError, transaction
from django.utils import timezone

from hamsafar.maps.models import MapVersion
from hamsafar.maps.versions.keeping import Aged, Packed, surplus

logger = logging.getLogger(__name__)


def keep(map_id: str, packed: Packed) -> None:
    """Stores a version that the map keeps by itself, unless one of the same state is there; thins out the old ones.

    Call it inside the transaction of the change that it precedes. When it fails it is only missed, unless it is
    needed.
    """
    try:
        with transaction.atomic():
            if MapVersion.objects.filter(map_id=map_id, seq=packed.wanted.seq).exists():
                return
            insert(map_id, packed)
            thin(map_id)
    except DatabaseError:
        if packed.wanted.needed:
            raise
        logger.exception("a version of map %s could not be stored", map_id)


def insert(map_id: str, packed: Packed) -> MapVersion:
    wanted = packed.wanted
    return MapVersion.objects.create(
        map_id=map_id,
        seq=wanted.seq,
        reason=wanted.reason,
        name=wanted.name,
        note=wanted.note,
        at=wanted.at,
        user_id=wanted.user_id,
        stages=packed.stages,
        cards=packed.cards,
        size=len(packed.document),
        document=packed.document,
    )


def thin(map_id: str) -> None:
    """Lets unnamed versions go that need not be kept any longer."""
    unnamed = MapVersion.objects.filter(map_id=map_id, name="")
    aged = [Aged(*row) for row in unnamed.values_list("id", "at", "size")]
    if gone := surplus(aged, timezone.now()):
        unnamed.filter(id__in=gone).delete()
