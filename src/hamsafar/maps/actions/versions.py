"""Writes to a map's versions: keeping and naming one, and restoring it; and drawing a future state of a map."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from hamsafar.accounts.actions import audit
from hamsafar.accounts.policies import Membership
from hamsafar.maps import document, errors, log, queries
from hamsafar.maps.actions.adopt import adopt
from hamsafar.maps.actions.maps import create_map, run_commands
from hamsafar.maps.faults import MapInvalid
from hamsafar.maps.fields import LONG, NAME
from hamsafar.maps.models import Map, MapVersion
from hamsafar.maps.rooms import rooms
from hamsafar.maps.shape import Faults, Object
from hamsafar.maps.versions import packing, rows
from hamsafar.maps.versions.keeping import MOST_NAMED, Wanted
from hamsafar.maps.versions.queries import row, version_at
from hamsafar.maps.versions.restoring import Replace

_NAMED = Object({"name": NAME, "note": LONG}, required=("name",))
_RENAMED = Object({"name": NAME, "note": LONG})
_CHANGED = {"about": "versions"}  # see rooms.notify
_LONGEST_TITLE = 200
_FUTURE = {"en": "{title} (future state)", "fa": "{title} (وضعیت آینده)"}


class VersionInvalid(MapInvalid):
    """A version's name or note that breaks the rules; nothing was changed."""

    code = "version_invalid"
    en = "The version was not saved. {place}: {reason}"
    fa = "نسخه ذخیره نشد. \u2066{place}\u2069: {reason}"


def keep_version(member: Membership, map_id: str, fields: Any) -> str:
    """Keeps the map as it is now under a ``name``, with a ``note`` if given; returns the version's id.

    The same name for the same state again is the same version. Raises MapNotFound, VersionInvalid, TooManyVersions.
    """
    clean = _checked(_NAMED, fields)
    queries.get_map(member.workspace_id, map_id)
    loaded = log.load(map_id)
    state = document.read(document.open_doc(loaded.updates))
    wanted = Wanted(
        state, loaded.seq, "asked", timezone.now(), member.user_id, True, clean["name"], clean.get("note", "")
    )
    packed = packing.pack(map_id, member.workspace_id, wanted)
    with transaction.atomic():
        # Of two who ask at once, the second waits here and sees the first one's.
        Map.objects.select_for_update().get(id=map_id)
        same = MapVersion.objects.filter(map_id=map_id, seq=loaded.seq, name=clean["name"]).first()
        if same is not None:
            return same.id
        _refuse_too_many(map_id)
        kept = rows.insert(map_id, packed)
        audit(member.workspace_id, member.user_id, "keep_version", map_id, version=kept.id, name=kept.name)
    rooms.notify(map_id, _CHANGED)
    return kept.id


def rename_version(member: Membership, map_id: str, version_id: str, fields: Any) -> None:
    """Changes name and note. A version with a name is kept for ever; name None lets it go with age again."""
    clean = _checked(_RENAMED, fields)
    row(member.workspace_id, version_id, map_id)
    with transaction.atomic():
        Map.objects.select_for_update().get(id=map_id)
        found = MapVersion.objects.defer("document").filter(id=version_id).first()
        if found is None:
            raise errors.VersionNotFound()
        if clean.get("name") and not found.name:
            _refuse_too_many(map_id)
        for field, value in clean.items():
            setattr(found, field, value or "")
        found.save(update_fields=sorted(clean))
        audit(
            member.workspace_id, member.user_id, "rename_version", map_id, version=version_id, name=found.name
        )
    rooms.notify(map_id, _CHANGED)


def restore_version(
    member: Membership, map_id: str, version_id: str, request_id: str | None
) -> dict[str, Any]:
    """Makes the map what it was in a version, on every open screen; the present is kept as a version before.

    Returns ``{"seq", "kept"}``: the update it was, and the id of the version with the present, by which it is undone;
    None when the map was the same already. Touchpoints that have left the library since come back to it;
    ``request_id`` makes a repetition harmless. Must not be called inside a transaction.
    """
    exchange = packing.unpack(bytes(row(member.workspace_id, version_id, map_id).document))
    with transaction.atomic():
        adopted, _ = adopt(member.workspace_id, exchange)
    command = Replace(adopted, "before_restore", {"version": version_id})
    answer = run_commands(member, map_id, [command], request_id)
    rooms.notify(map_id, _CHANGED)
    return {"seq": answer["seq"], "kept": version_at(map_id, answer["seq"] - 1)}


def draw_future(member: Membership, map_id: str, title: str | None) -> str:
    """A future state of a map: a copy with the same stages, lanes and cards under the same ids, linked to it.

    Its status is draft. Without a ``title`` it is called after the map. Returns the new map's id.
    """
    current = queries.exchange_document(map_id, member.workspace_id)
    called = _FUTURE[current["language"]].format(title=current["title"])
    future = {
        **{field: value for field, value in current.items() if field not in ("id", "status", "review_on")},
        "title": title if title is not None else called[:_LONGEST_TITLE],
        "kind": "future_state",
        "current_map": map_id,
    }
    made, _ = create_map(member, future)
    return made


def _checked(shape: Object, fields: Any) -> dict[str, Any]:
    faults: Faults = []
    given = fields if isinstance(fields, dict) else {}
    clean = shape.check(given, "", faults) if shape.required else shape.check_some(given, "", faults)
    if faults:
        raise VersionInvalid(faults)
    return clean


def _refuse_too_many(map_id: str) -> None:
    if MapVersion.objects.filter(map_id=map_id).exclude(name="").count() >= MOST_NAMED:
        raise errors.TooManyVersions(limit=MOST_NAMED)
