"""A map file comes to a workspace: its touchpoints, channels and personas meet the workspace's own."""

from __future__ import annotations

from typing import Any

from hamsafar.lib.persian import search_key
from hamsafar.maps.document import Exchange
from hamsafar.maps.faults import Fault
from hamsafar.maps.fields import TOUCHPOINT_PROFILE
from hamsafar.maps.models import Channel, Content, Map, Persona, Touchpoint


def adopt(workspace_id: str, exchange: Exchange) -> tuple[Exchange, list[Fault]]:
    """The map with its references turned to rows of this workspace; call it inside a transaction.

    A touchpoint, channel or content of the file is the workspace's when the id is, else when it has the same name (a
    touchpoint also the same channel and matcher), else a new row is made. What had to be left behind or was
    found different is told in the notes, with its place.
    """
    notes: list[Fault] = []
    channels = _adopt_channels(workspace_id, exchange["channels"])
    touchpoints = _adopt_touchpoints(workspace_id, exchange["touchpoints"], channels, notes)
    contents = _adopt_contents(workspace_id, exchange["contents"])
    adopted = {**exchange, "touchpoints": [], "channels": [], "contents": []}
    adopted["cards"] = [
        _turned(_turned(card, "touchpoint", touchpoints), "content", contents) for card in exchange["cards"]
    ]
    adopted["stages"] = [_turned(stage, "exit_touchpoint", touchpoints) for stage in exchange["stages"]]
    adopted["targets"] = [
        {**target, "scope": _turned(target["scope"], "touchpoint", touchpoints)}
        for target in exchange["targets"]
    ]
    adopted["personas"] = _linked_personas(workspace_id, exchange["personas"])
    _drop_foreign_maps(workspace_id, adopted, notes)
    return adopted, notes


def _turned(entry: dict[str, Any], field: str, ids: dict[str, str]) -> dict[str, Any]:
    return {**entry, field: ids[entry[field]]} if field in entry else entry


def _adopt_channels(workspace_id: str, given: list[dict[str, Any]]) -> dict[str, str]:
    """File id -> row id."""
    ours = {row.id: row for row in Channel.objects.filter(workspace_id=workspace_id)}
    by_name = {row.name_search: row for row in ours.values()}
    ids = {}
    for channel in given:
        row = ours.get(channel["id"]) or by_name.get(search_key(channel["name"])[:200])
        if row is None:
            row = Channel.objects.create(
                workspace_id=workspace_id, name=channel["name"], kind=channel["kind"]
            )
            by_name[row.name_search] = row
        ids[channel["id"]] = row.id
    return ids


def _adopt_touchpoints(
    workspace_id: str, given: list[dict[str, Any]], channels: dict[str, str], notes: list[Fault]
) -> dict[str, str]:
    """File id -> row id."""
    rows = list(Touchpoint.objects.filter(workspace_id=workspace_id).order_by("id"))
    ours = {row.id: row for row in rows}
    ids: dict[str, str] = {}
    made: list[tuple[Touchpoint, str | None]] = []
    for index, touchpoint in enumerate(given):
        channel_id = channels[touchpoint["channel"]] if "channel" in touchpoint else None
        matcher = touchpoint.get("matcher")
        key = search_key(touchpoint["name"])[:200]
        row = ours.get(touchpoint["id"]) or next(
            (r for r in rows if (r.name_search, r.channel_id, r.matcher) == (key, channel_id, matcher)), None
        )
        if row is None:
            row = Touchpoint.objects.create(
                workspace_id=workspace_id,
                name=touchpoint["name"],
                channel_id=channel_id,
                matcher=matcher,
                failure=touchpoint.get("failure"),
                target_seconds=touchpoint.get("target_seconds"),
                description=touchpoint.get("description", ""),
                profile={name: touchpoint[name] for name in TOUCHPOINT_PROFILE if name in touchpoint},
            )
            rows.append(row)
            made.append((row, touchpoint.get("target_from")))
        elif row.matcher != matcher:
            # Other maps share the row; a file does not change it under them.
            notes.append(Fault(f"touchpoints[{index}].matcher", "matcher_kept", {"found": row.name}))
        elif _standard(row) != (touchpoint.get("failure"), touchpoint.get("target_seconds")):
            place = "failure" if row.failure != touchpoint.get("failure") else "target_seconds"
            notes.append(Fault(f"touchpoints[{index}].{place}", "standard_kept", {"found": row.name}))
        ids[touchpoint["id"]] = row.id
    for row, since in made:
        if since is not None:
            row.target_from_id = ids[since]
            row.save(update_fields=["target_from"])
    return ids


def _adopt_contents(workspace_id: str, given: list[dict[str, Any]]) -> dict[str, str]:
    """File id -> row id; the workspace's own is one of the same id, or of the same title and link."""
    if not given:
        return {}
    ours = {row.id: row for row in Content.objects.filter(workspace_id=workspace_id)}
    same = {(row.name_search, row.link): row for row in ours.values()}
    personas = set(Persona.objects.filter(workspace_id=workspace_id).values_list("id", flat=True))
    ids = {}
    for content in given:
        link = content.get("link", "")
        row = ours.get(content["id"]) or same.get((search_key(content["name"])[:200], link))
        if row is None:
            persona = content.get("persona")
            row = Content.objects.create(
                workspace_id=workspace_id,
                name=content["name"],
                kind=content["kind"],
                link=link,
                persona_id=persona if persona in personas else None,
                stage=content.get("stage", ""),
                question=content.get("question", ""),
            )
            same[row.name_search, row.link] = row
        ids[content["id"]] = row.id
    return ids


def _standard(row: Touchpoint) -> tuple[dict[str, Any] | None, float | None]:
    """What counts as a good visit there."""
    return row.failure, row.target_seconds


def _linked_personas(workspace_id: str, given: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Personas linked to the library's by id, else by name, else by nothing."""
    rows = list(Persona.objects.filter(workspace_id=workspace_id).order_by("id"))
    ids = {row.id for row in rows}
    by_name = {row.name_search: row.id for row in rows}
    linked = []
    for persona in given:
        own = persona.get("persona")
        library_id = own if own in ids else by_name.get(search_key(persona["name"])[:200])
        plain = {field: value for field, value in persona.items() if field != "persona"}
        linked.append({**plain, "persona": library_id} if library_id else plain)
    return linked


def _drop_foreign_maps(workspace_id: str, exchange: Exchange, notes: list[Fault]) -> None:
    """Links to maps that are not here lead nowhere."""
    named = {stage["detail_map"] for stage in exchange["stages"] if "detail_map" in stage}
    named |= {exchange[field] for field in ("current_map",) if field in exchange}
    if not named:
        return
    here = set(Map.objects.filter(workspace_id=workspace_id, id__in=named).values_list("id", flat=True))
    if exchange.get("current_map") in named - here:
        notes.append(Fault("current_map", "map_link_dropped", {"found": exchange.pop("current_map")}))
    for index, stage in enumerate(exchange["stages"]):
        if stage.get("detail_map") in named - here:
            place = f"stages[{index}].detail_map"
            notes.append(Fault(place, "map_link_dropped", {"found": stage.pop("detail_map")}))
