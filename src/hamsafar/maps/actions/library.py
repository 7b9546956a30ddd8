"""Writes to the libraries: touchpoints, channels, contents, personas."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from hamsafar.accounts.actions import audit
from hamsafar.accounts.policies import Membership
from hamsafar.lib.errors import Conflict
from hamsafar.lib.persian import search_key
from hamsafar.maps import errors
from hamsafar.maps.faults import Fault, MapInvalid
from hamsafar.maps.fields import LIBRARY, TOUCHPOINT_PROFILE
from hamsafar.maps.models import Channel, Content, Persona, PlacedContent, PlacedTouchpoint, Touchpoint
from hamsafar.maps.personas import PERSONA, clean_photo
from hamsafar.maps.shape import Faults, Object


class LibraryInvalid(MapInvalid):
    """Fields of a touchpoint, channel, content or persona that break the rules; nothing was changed."""

    code = "library_invalid"
    en = "This was not saved. {place}: {reason}"
    fa = "ذخیره نشد. \u2066{place}\u2069: {reason}"


_TOUCHPOINT = Object(
    {name: kind for name, kind in LIBRARY["touchpoints"].fields.items() if name != "id"}, required=("name",)
)
_CHANNEL = Object(
    {name: kind for name, kind in LIBRARY["channels"].fields.items() if name != "id"},
    required=("name", "kind"),
)
_CONTENT = Object(
    {name: kind for name, kind in LIBRARY["contents"].fields.items() if name != "id"},
    required=("name", "kind"),
)


def create_touchpoint(member: Membership, fields: dict[str, Any]) -> str:
    """A new touchpoint; ``fields`` as in the exchange format: name, channel, matcher, ..."""
    clean = _whole(_TOUCHPOINT, fields)
    with transaction.atomic():
        _check_channel(member, clean.get("channel"))
        _check_target_from(member, clean.get("target_from"))
        made = Touchpoint.objects.create(workspace_id=member.workspace_id, **_columns(clean, {}))
        _audit(member, "create_touchpoint", made)
    return made.id


def update_touchpoint(member: Membership, touchpoint_id: str, fields: dict[str, Any]) -> None:
    """Changes the given fields; None removes an optional one (matcher None: no longer bound)."""
    clean = _part(_TOUCHPOINT, fields)
    with transaction.atomic():
        row = Touchpoint.objects.select_for_update().filter(
            workspace_id=member.workspace_id, id=touchpoint_id
        )
        found = row.first()
        if found is None:
            raise errors.TouchpointNotFound()
        _check_channel(member, clean.get("channel"))
        _check_target_from(member, clean.get("target_from"))
        _save(found, _columns(clean, found.profile))
        _audit(member, "update_touchpoint", found, fields=sorted(clean))


def delete_touchpoint(member: Membership, touchpoint_id: str) -> None:
    """Deletes a touchpoint that stands on no map; maps in the bin do not count."""
    with transaction.atomic():
        found = Touchpoint.objects.filter(workspace_id=member.workspace_id, id=touchpoint_id).first()
        if found is None:
            raise errors.TouchpointNotFound()
        placed = PlacedTouchpoint.objects.filter(touchpoint=found)
        _refuse_placed(member, found.name, placed, errors.TouchpointInUse)
        # A target that counted from it would silently mean another time.
        counting = Touchpoint.objects.filter(target_from=found)
        counting.update(target_from=None, target_seconds=None, updated_at=timezone.now())
        _audit(member, "delete_touchpoint", found)
        found.delete()


def _refuse_placed(member: Membership, name: str, placed: Any, error: type[Conflict]) -> None:
    titles = sorted(placed.filter(map__deleted_at=None).values_list("map__title", flat=True))
    if titles:
        shown = "، ".join(titles[:5]) if member.workspace_language == "fa" else ", ".join(titles[:5])
        raise error(name=name, count=len(titles), titles=shown)


def create_content(member: Membership, fields: dict[str, Any]) -> str:
    """A new content: name, kind, link, the persona and stage it is for, the question it answers."""
    clean = _whole(_CONTENT, fields)
    with transaction.atomic():
        made = Content.objects.create(workspace_id=member.workspace_id, **_content_columns(member, clean))
        _audit(member, "create_content", made)
    return made.id


def update_content(member: Membership, content_id: str, fields: dict[str, Any]) -> None:
    """Changes the given fields; None removes an optional one."""
    clean = _part(_CONTENT, fields)
    with transaction.atomic():
        row = Content.objects.select_for_update().filter(workspace_id=member.workspace_id, id=content_id)
        found = row.first()
        if found is None:
            raise errors.ContentNotFound()
        _save(found, _content_columns(member, clean))
        _audit(member, "update_content", found, fields=sorted(clean))


def delete_content(member: Membership, content_id: str) -> None:
    """Deletes a content that stands on no map; maps in the bin do not count."""
    with transaction.atomic():
        found = Content.objects.filter(workspace_id=member.workspace_id, id=content_id).first()
        if found is None:
            raise errors.ContentNotFound()
        placed = PlacedContent.objects.filter(content=found)
        _refuse_placed(member, found.name, placed, errors.ContentInUse)
        _audit(member, "delete_content", found)
        found.delete()


def _content_columns(member: Membership, clean: dict[str, Any]) -> dict[str, Any]:
    columns = {name: value or "" for name, value in clean.items() if name != "persona"}
    if "persona" in clean:
        persona = clean["persona"]
        rows = Persona.objects.filter(workspace_id=member.workspace_id, id=persona)
        if persona is not None and not rows.exists():
            missing = {"kind": "personas", "found": persona}
            raise LibraryInvalid([Fault("persona", "dangling_reference", missing)])
        columns["persona_id"] = persona
    return columns


def create_channel(member: Membership, fields: dict[str, Any]) -> str:
    """A new channel: name and kind."""
    clean = _whole(_CHANNEL, fields)
    with transaction.atomic():
        _check_channel_name(member, clean["name"])
        made = Channel.objects.create(workspace_id=member.workspace_id, **clean)
        _audit(member, "create_channel", made)
    return made.id


def update_channel(member: Membership, channel_id: str, fields: dict[str, Any]) -> None:
    clean = _part(_CHANNEL, fields)
    with transaction.atomic():
        row = Channel.objects.select_for_update().filter(workspace_id=member.workspace_id, id=channel_id)
        found = row.first()
        if found is None:
            raise errors.ChannelNotFound()
        if "name" in clean:
            _check_channel_name(member, clean["name"], channel_id)
        _save(found, clean)
        _audit(member, "update_channel", found, fields=sorted(clean))


def delete_channel(member: Membership, channel_id: str) -> None:
    """Deletes a channel; its touchpoints stay, without a channel."""
    with transaction.atomic():
        found = Channel.objects.filter(workspace_id=member.workspace_id, id=channel_id).first()
        if found is None:
            raise errors.ChannelNotFound()
        _audit(member, "delete_channel", found)
        found.delete()


def create_persona(member: Membership, fields: dict[str, Any]) -> str:
    """A new persona: name, and what ``personas.PROFILE`` has."""
    clean = _whole(PERSONA, fields)
    clean = _with_clean_photo(clean, clean["name"])
    with transaction.atomic():
        name = clean.pop("name")
        made = Persona.objects.create(workspace_id=member.workspace_id, name=name, profile=clean)
        _audit(member, "create_persona", made)
    return made.id


def update_persona(member: Membership, persona_id: str, fields: dict[str, Any]) -> None:
    """Changes the given fields; None removes one. Maps keep the name they show."""
    own = Persona.objects.filter(workspace_id=member.workspace_id, id=persona_id)
    called = own.values_list("name", flat=True).first()
    clean = _with_clean_photo(_part(PERSONA, fields), called or "")
    with transaction.atomic():
        found = own.select_for_update().first()
        if found is None:
            raise errors.PersonaNotFound()
        name = clean.pop("name", found.name)
        profile = {**found.profile, **clean}
        kept = {field: value for field, value in profile.items() if value is not None}
        _save(found, {"name": name, "profile": kept})
        _audit(member, "update_persona", found, fields=sorted(fields))


def _with_clean_photo(clean: dict[str, Any], name: str) -> dict[str, Any]:
    """Decoding is slow: it is done before any transaction. Raises the errors of ``files.pictures``."""
    if not clean.get("photo"):
        return clean
    return {**clean, "photo": clean_photo(clean["photo"], name)}


def delete_persona(member: Membership, persona_id: str) -> None:
    """Deletes a persona of the library; maps that show it keep its name."""
    with transaction.atomic():
        found = Persona.objects.filter(workspace_id=member.workspace_id, id=persona_id).first()
        if found is None:
            raise errors.PersonaNotFound()
        _audit(member, "delete_persona", found)
        found.delete()


def _whole(shape: Object, fields: dict[str, Any]) -> dict[str, Any]:
    faults: Faults = []
    clean: dict[str, Any] = shape.check(fields, "", faults)
    if faults:
        raise LibraryInvalid(faults)
    return clean


def _part(shape: Object, fields: dict[str, Any]) -> dict[str, Any]:
    faults: Faults = []
    clean = shape.check_some(fields, "", faults)
    if faults:
        raise LibraryInvalid(faults)
    return clean


def _columns(clean: dict[str, Any], profile: dict[str, Any]) -> dict[str, Any]:
    """The exchange format's fields as the columns of a touchpoint with this ``profile``."""
    references = {"channel": "channel_id", "target_from": "target_from_id"}
    said = {name: value for name, value in clean.items() if name in TOUCHPOINT_PROFILE}
    columns = {references.get(name, name): value for name, value in clean.items() if name not in said}
    columns["profile"] = {name: value for name, value in {**profile, **said}.items() if value is not None}
    if "description" in columns:
        columns["description"] = columns["description"] or ""
    return columns


def _save(found: Channel | Content | Touchpoint | Persona, columns: dict[str, Any]) -> None:
    for name, value in columns.items():
        setattr(found, name, value)
    found.updated_at = timezone.now()
    found.save()


def _check_target_from(member: Membership, touchpoint_id: str | None) -> None:
    rows = Touchpoint.objects.filter(workspace_id=member.workspace_id, id=touchpoint_id)
    if touchpoint_id is not None and not rows.exists():
        found = {"kind": "touchpoints", "found": touchpoint_id}
        raise LibraryInvalid([Fault("target_from", "dangling_reference", found)])


def _check_channel(member: Membership, channel_id: str | None) -> None:
    if channel_id is None:
        return
    if not Channel.objects.filter(workspace_id=member.workspace_id, id=channel_id).exists():
        missing = {"kind": "channels", "found": channel_id}
        raise LibraryInvalid([Fault("channel", "dangling_reference", missing)])


def _check_channel_name(member: Membership, name: str, own_id: str = "") -> None:
    same = Channel.objects.filter(workspace_id=member.workspace_id, name_search=search_key(name)[:200])
    if same.exclude(id=own_id).exists():
        raise errors.ChannelExists(name=name)


def _audit(
    member: Membership, action: str, row: Channel | Content | Touchpoint | Persona, **details: Any
) -> None:
    audit(member.workspace_id, member.user_id, action, row.id, name=row.name, **details)
