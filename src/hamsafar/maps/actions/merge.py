"""Two touchpoints that are one: every map changes over to the one that stays."""

from __future__ import annotations

from typing import Any, Literal

from django.db import transaction

from hamsafar.accounts.actions import audit
from hamsafar.accounts.policies import Membership
from hamsafar.maps import errors, queries
from hamsafar.maps.actions.maps import run_commands
from hamsafar.maps.document import Exchange
from hamsafar.maps.models import Map, PlacedTouchpoint, Touchpoint

_TRIES = 5
Matcher = dict[str, Any]


def merge_touchpoints(
    member: Membership, touchpoint_id: str, into_id: str, events: Literal["keep", "join"] = "keep"
) -> None:
    """Puts ``into_id`` in the place of ``touchpoint_id`` on every map, then deletes the latter.

    What ``into_id`` does not say (channel, matcher, target, profile, ...) it takes over from the other; its own
    matcher stays (``keep``) or also fits the other's events (``join``, only without conditions).
    Each map is a change of its own: after a failure the same call goes on where it stopped. Maps in the bin
    do not count. Must not be called inside a transaction (see ``run_commands``).
    """
    if touchpoint_id == into_id:
        raise errors.TouchpointIntoItself()
    goes, stays = _both(member, touchpoint_id, into_id)
    _joined(goes, stays, events)  # refuses before anything changes
    for _ in range(_TRIES):
        for map_id in Map.objects.filter(workspace_id=member.workspace_id, deleted_at=None).values_list(
            "id", flat=True
        ):
            commands = _commands(queries.exchange_document(map_id), touchpoint_id, into_id)
            if commands:
                run_commands(member, map_id, commands, None)
        if _finish(member, touchpoint_id, into_id, events):
            return
    raise errors.MapBusy()


def _both(member: Membership, *ids: str) -> list[Touchpoint]:
    found = Touchpoint.objects.select_for_update().filter(workspace_id=member.workspace_id, id__in=ids)
    with transaction.atomic():
        rows = {row.id: row for row in found}
    if len(rows) != len(ids):
        raise errors.TouchpointNotFound()
    return [rows[identifier] for identifier in ids]


def _commands(exchange: Exchange, goes: str, stays: str) -> list[dict[str, Any]]:
    """What changes one map over."""
    commands: list[dict[str, Any]] = [
        {"do": "set_card", "id": card["id"], "fields": {"touchpoint": stays}}
        for card in exchange["cards"]
        if card.get("touchpoint") == goes
    ]
    commands += [
        {"do": "set_stage", "id": stage["id"], "fields": {"exit_touchpoint": stays}}
        for stage in exchange["stages"]
        if stage.get("exit_touchpoint") == goes
    ]
    return commands + [
        {"do": "set_target", "id": target["id"], "fields": {"scope": {"touchpoint": stays}}}
        for target in exchange["targets"]
        if target["scope"].get("touchpoint") == goes
    ]


def _finish(member: Membership, goes_id: str, stays_id: str, events: Literal["keep", "join"]) -> bool:
    """Completes the one that stays and deletes the other; False when someone has just placed it again."""
    with transaction.atomic():
        if PlacedTouchpoint.objects.filter(touchpoint_id=goes_id, map__deleted_at=None).exists():
            return False
        goes, stays = _both(member, goes_id, stays_id)
        stays.matcher = _joined(goes, stays, events)
        stays.channel_id = stays.channel_id or goes.channel_id
        stays.failure = stays.failure or goes.failure
        stays.description = stays.description or goes.description
        stays.profile = {**goes.profile, **stays.profile}
        if stays.target_seconds is None:
            stays.target_seconds = goes.target_seconds
            stays.target_from_id = stays.id if goes.target_from_id == goes.id else goes.target_from_id
        elif stays.target_from_id == goes.id:
            stays.target_from_id = stays.id
        stays.save()
        Touchpoint.objects.filter(target_from=goes).exclude(id=goes.id).update(target_from=stays)
        audit(
            member.workspace_id,
            member.user_id,
            "merge_touchpoints",
            stays.id,
            name=goes.name,
            into=stays.name,
        )
        goes.delete()
    return True


def _joined(goes: Touchpoint, stays: Touchpoint, events: Literal["keep", "join"]) -> Matcher | None:
    """The matcher of the merged touchpoint."""
    own: Matcher | None = stays.matcher
    other: Matcher | None = goes.matcher
    if own is None or other is None:
        return own or other
    if events == "keep":
        return own
    if own["conditions"] or other["conditions"]:
        raise errors.MatchersNotJoinable(name=goes.name, into=stays.name)
    names = dict.fromkeys([*own["events"], *other["events"]])
    return {"events": list(names), "conditions": []}
