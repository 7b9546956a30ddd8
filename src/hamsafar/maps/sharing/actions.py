"""Writes to public links. Permission has been checked by the caller."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from hamsafar.accounts.actions import audit
from hamsafar.accounts.policies import Membership
from hamsafar.maps import queries
from hamsafar.maps.faults import Fault, MapInvalid
from hamsafar.maps.fields import SHORT
from hamsafar.maps.models import MapShare
from hamsafar.maps.shape import ID, Date, Faults, Flag, ListOf, Object, Text
from hamsafar.maps.sharing.errors import ShareNotFound

MOST_SHARES = 100  # of one map
_SHARE = Object(
    {
        "name": SHORT,
        "password": Text(200),
        "expires_at": Date(time=True),
        "lanes": ListOf(ID, 100),
        "measured": Flag(),
        "embeddable": Flag(),
    }
)


class ShareInvalid(MapInvalid):
    """Fields of a link that break the rules; nothing was changed."""

    code = "share_invalid"
    en = "The link was not saved. {place}: {reason}"
    fa = "پیوند ذخیره نشد. \u2066{place}\u2069: {reason}"


def create_share(member: Membership, map_id: str, fields: dict[str, Any]) -> str:
    """A new public link to a map: name, password, expires_at, lanes, measured, embeddable; all may be absent."""
    queries.get_map(member.workspace_id, map_id)
    columns = _columns(fields)
    with transaction.atomic():
        if MapShare.objects.filter(map_id=map_id, revoked_at=None).count() >= MOST_SHARES:
            raise ShareInvalid([Fault("", "too_many", {"limit": MOST_SHARES, "found": MOST_SHARES + 1})])
        made = MapShare.objects.create(map_id=map_id, created_by_id=member.user_id, **columns)
        audit(member.workspace_id, member.user_id, "share_map", map_id, share=made.id, **_told(columns))
    return made.id


def update_share(member: Membership, map_id: str, share_id: str, fields: dict[str, Any]) -> None:
    """Changes the given fields; None removes one (password None: none is asked for any more)."""
    columns = _columns(fields)
    with transaction.atomic():
        found = _own(member, map_id, share_id).select_for_update().first()
        if found is None:
            raise ShareNotFound()
        for name, value in columns.items():
            setattr(found, name, value)
        found.save()
        audit(member.workspace_id, member.user_id, "update_share", map_id, share=share_id, **_told(columns))


def revoke_share(member: Membership, map_id: str, share_id: str) -> None:
    """The link opens nothing from now on; it cannot be made valid again."""
    with transaction.atomic():
        if not _own(member, map_id, share_id).update(revoked_at=timezone.now()):
            raise ShareNotFound()
        audit(member.workspace_id, member.user_id, "revoke_share", map_id, share=share_id)


def _own(member: Membership, map_id: str, share_id: str) -> Any:
    return MapShare.objects.filter(
        id=share_id,
        map_id=map_id,
        map__workspace_id=member.workspace_id,
        map__deleted_at=None,
        revoked_at=None,
    )


def _columns(fields: dict[str, Any]) -> dict[str, Any]:
    faults: Faults = []
    clean = _SHARE.check_some(fields, "", faults)
    if faults:
        raise ShareInvalid(faults)
    columns = {name: clean[name] for name in ("lanes",) if name in clean}
    columns |= {name: bool(clean[name]) for name in ("measured", "embeddable") if name in clean}
    if "name" in clean:
        columns["name"] = (clean["name"] or "").strip()
    if "password" in clean:
        columns["password"] = make_password(clean["password"]) if clean["password"] else ""
    if "expires_at" in clean:
        columns["expires_at"] = datetime.fromisoformat(clean["expires_at"]) if clean["expires_at"] else None
    return columns


def _told(columns: dict[str, Any]) -> dict[str, Any]:
    """What the audit log says of a change: which fields, never their secrets."""
    return {"fields": sorted(columns)}
