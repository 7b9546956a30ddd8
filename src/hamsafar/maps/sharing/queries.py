"""Reads: a map's public links, and what one shows to whoever has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import check_password
from django.utils import timezone

from hamsafar.maps import queries
from hamsafar.maps.document import Exchange
from hamsafar.maps.models import MapShare
from hamsafar.maps.sharing.errors import ShareNotFound, SharePasswordNeeded, SharePasswordWrong
from hamsafar.maps.sharing.links import share_id_of, token_of
from hamsafar.maps.sharing.view import public_view


@dataclass(frozen=True)
class ShareView:
    """A public link as the team sees it. ``lanes`` None: all that are not hidden."""

    id: str
    token: str
    name: str
    has_password: bool
    expires_at: datetime | None
    expired: bool
    lanes: list[str] | None
    measured: bool
    embeddable: bool
    created_at: datetime
    created_by: str | None


@dataclass(frozen=True)
class Opened:
    """A link that was opened rightly."""

    workspace_id: str
    map_id: str
    lanes: list[str] | None
    measured: bool


def list_shares(workspace_id: str, map_id: str) -> list[ShareView]:
    """The links that are not revoked, newest first. Raises MapNotFound."""
    queries.get_map(workspace_id, map_id)
    rows = MapShare.objects.filter(map_id=map_id, revoked_at=None).select_related("created_by")
    return [_view(row) for row in rows.order_by("-created_at", "-id")]


def get_share(workspace_id: str, map_id: str, share_id: str) -> ShareView:
    found = next((one for one in list_shares(workspace_id, map_id) if one.id == share_id), None)
    if found is None:
        raise ShareNotFound()
    return found


def _view(row: MapShare) -> ShareView:
    return ShareView(
        id=row.id,
        token=token_of(row.id),
        name=row.name,
        has_password=bool(row.password),
        expires_at=row.expires_at,
        expired=row.expires_at is not None and row.expires_at <= timezone.now(),
        lanes=row.lanes,
        measured=row.measured,
        embeddable=row.embeddable,
        created_at=row.created_at,
        created_by=row.created_by.name if row.created_by else None,
    )


def _live(token: str) -> MapShare:
    """The share of a token. A revoked, an expired and an unknown one look the same."""
    share_id = share_id_of(token)
    row = MapShare.objects.filter(id=share_id, revoked_at=None, map__deleted_at=None).select_related("map")
    found = row.filter(map__workspace__deleted_at=None).first() if share_id else None
    if found is None or (found.expires_at is not None and found.expires_at <= timezone.now()):
        raise ShareNotFound()
    return found


def needs_password(token: str) -> bool:
    """Raises ShareNotFound."""
    return bool(_live(token).password)


def may_be_embedded(token: str) -> bool:
    """Whether other sites may show it in a frame; False for a link that does not open."""
    try:
        return _live(token).embeddable
    except ShareNotFound:
        return False


def opened(token: str, password: str) -> Opened:
    """Raises ShareNotFound, SharePasswordNeeded, SharePasswordWrong."""
    share = _live(token)
    if share.password:
        if not password:
            raise SharePasswordNeeded()
        if not check_password(password, share.password):
            raise SharePasswordWrong()
    return Opened(share.map.workspace_id, share.map_id, share.lanes, share.measured)


def public_map(share: Opened) -> Exchange:
    """What the link shows of the map, as it is now."""
    return public_view(queries.exchange_document(share.map_id), share.lanes)
