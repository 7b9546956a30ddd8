"""Where the holder of a session stands with a map: asked when a socket opens, and again while it is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hamsafar.accounts import policies
from hamsafar.accounts.queries import session_user
from hamsafar.lib.errors import HamsafarError
from hamsafar.maps.client import NO_MAP, NO_ROLE, SIGNED_OUT
from hamsafar.maps.models import Map
from hamsafar.maps.store import may_write


@dataclass(frozen=True)
class Standing:
    """``refusal`` is the close code for somebody who must not be here."""

    user: Any = None
    can_write: bool = False
    refusal: int | None = None


def standing(session_key: str, map_id: str) -> Standing:
    """Touches the database."""
    user = session_user(session_key)
    if user is None:
        return Standing(refusal=SIGNED_OUT)
    workspace_id = (
        Map.objects.filter(id=map_id, deleted_at=None).values_list("workspace_id", flat=True).first()
    )
    if workspace_id is None:
        return Standing(refusal=NO_MAP)
    try:
        policies.viewer(user, workspace_id)
    except HamsafarError:
        return Standing(refusal=NO_ROLE)
    return Standing(user, may_write(user, workspace_id))
