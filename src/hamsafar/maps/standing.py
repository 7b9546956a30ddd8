"""Where the holder of a session stands with a map: asked when a socket opens, and again while it is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hamsafar.accounts import policies
from hamsafar.accounts.queries import session_user
from hamsafar.lib.errors import HamsafarError
from hamsafar.maps.client import NO_MAP, NO_ROLE, SIGNED_OUT
from hamsafar.maps.models import Map


@dataclass(frozen=True)
class Standing:
    """``refusal`` is the close code for somebody who must not be here."""

    user: Any = None
    can_write: bool = False
    refusal: int | None = None


def standing(session_key: str, map_id: str) -> Standing:
    """Touches the database."""
    [found] = standings([(session_key, map_id)])
    return found


def standings(asked: Sequence[tuple[str, str]]) -> list[Standing]:
    """Of many at once, each by session key and map; a session, and a place in a workspace, is looked up once."""
    users = {key: session_user(key) for key in {key for key, _ in asked}}
    maps = Map.objects.filter(id__in={map_id for _, map_id in asked}, deleted_at=None)
    workspaces = dict(maps.values_list("id", "workspace_id"))
    places: dict[tuple[str, str], Standing] = {}
    found = []
    for key, map_id in asked:
        user, workspace_id = users[key], workspaces.get(map_id)
        if user is None:
            found.append(Standing(refusal=SIGNED_OUT))
        elif workspace_id is None:
            found.append(Standing(refusal=NO_MAP))
        else:
            place = (user.pk, workspace_id)
            if place not in places:
                places[place] = _place(user, workspace_id)
            found.append(places[place])
    return found


def _place(user: Any, workspace_id: str) -> Standing:
    try:
        policies.viewer(user, workspace_id)
    except HamsafarError:
        return Standing(refusal=NO_ROLE)
    return Standing(user, bool(policies.editors_among([user.pk], workspace_id)))
