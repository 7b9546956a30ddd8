"""Reads: what happened to a map, and what its parts were last called."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q

from hamsafar.accounts.queries import audit_of
from hamsafar.lib.paging import LARGEST_PAGE, BadCursor, Page, decode_cursor, encode_cursor
from hamsafar.maps.models import MapActivity, Touchpoint

# Told by the rows of activity, one by one.
_TOLD_BETTER = ("change_map",)


@dataclass(frozen=True)
class ActivityView:
    """Something that somebody did. ``action``: a verb with its ``part``, or an action of the audit log."""

    id: str
    began_at: datetime
    at: datetime
    user: dict[str, str] | None
    action: str
    part: str | None
    target: str
    details: dict[str, Any]


@dataclass(frozen=True)
class LastName:
    """What a part of a map was called when it last changed; ``deleted`` when that change was its end."""

    details: dict[str, Any]
    deleted: bool


def activity_page(
    workspace_id: str, map_id: str, *, cursor: str | None = None, limit: int = 50
) -> Page[ActivityView]:
    """What was done to a map and by whom, the latest first: its changes, and what the audit log has of it."""
    limit = max(1, min(limit, LARGEST_PAGE))
    moment, source, told = _after(cursor)
    changes = MapActivity.objects.filter(map_id=map_id, listed=True).select_related("user")
    before = None
    if moment is not None:
        # At one moment, changes come before lines of the audit log.
        same = Q(at=moment, id__lt=told) if source == "change" else Q(pk__in=())
        changes = changes.filter(Q(at__lt=moment) | same)
        before = (moment, int(told) if source == "audit" else None)
    found = [_changed(row) for row in changes.order_by("-at", "-id")[: limit + 1]]
    found += [
        ActivityView(
            f"audit:{line.id}",
            line.at,
            line.at,
            {"id": line.user_id, "name": line.user_name} if line.user_id and line.user_name else None,
            line.action,
            None,
            "",
            line.details,
        )
        for line in audit_of(workspace_id, map_id, before=before, besides=_TOLD_BETTER, limit=limit + 1)
    ]
    # A sort that keeps equals in their order: both lists are sorted already.
    found.sort(key=lambda view: view.at, reverse=True)
    shown = found[:limit]
    last = shown[-1] if len(found) > limit else None
    _name_touchpoints(shown)
    return Page(shown, _cursor(last) if last else None)


def last_names(map_id: str, targets: Collection[str]) -> dict[str, LastName]:
    """What is known of parts that have changed: by id; those that never did are left out."""
    # Ids are unguessable, so that one id is one part whatever collection it stands in.
    latest: dict[str, LastName] = {}
    rows = MapActivity.objects.filter(map_id=map_id, target__in=targets).order_by("at", "id")
    for row in rows:
        known = latest.get(row.target)
        details = {**known.details, **row.details} if known else row.details
        latest[row.target] = LastName(details, row.verb == "deleted")
    return latest


def _changed(row: MapActivity) -> ActivityView:
    user = {"id": row.user.id, "name": row.user.name} if row.user else None
    return ActivityView(row.id, row.began_at, row.at, user, row.verb, row.part, row.target, row.details)


def _name_touchpoints(views: list[ActivityView]) -> None:
    """A card without a text of its own is called by its touchpoint."""
    wanted = {view.details["touchpoint"] for view in views if "touchpoint" in view.details}
    names = dict(Touchpoint.objects.filter(id__in=wanted).values_list("id", "name"))
    for view in views:
        if named := names.get(view.details.get("touchpoint", "")):
            view.details["name"] = named


def _cursor(view: ActivityView) -> str:
    source, _, told = view.id.rpartition(":")
    return encode_cursor([view.at.isoformat(), source or "change", told])


def _after(cursor: str | None) -> tuple[datetime | None, str, str]:
    if not cursor:
        return None, "", ""
    at, source, told = decode_cursor(cursor, str, str, str)
    try:
        moment = datetime.fromisoformat(at).astimezone(UTC)
        if source == "audit":
            int(told)
    except (ValueError, OverflowError):
        raise BadCursor(cursor=cursor[:40]) from None
    return moment, source, told
