"""HTTP: measured maps."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from hamsafar.journeys.designed.result import MeasuredMap
from hamsafar.maps.exports import download
from hamsafar.maps.formats import look_for
from hamsafar.measurement import policies, queries, schemas

router = Router(tags=["measurement"])


@router.post("/workspaces/{workspace_id}/maps/{map_id}/measure", response=MeasuredMap)
def measure(request: HttpRequest, workspace_id: str, map_id: str, body: schemas.MeasureIn) -> Any:
    policies.can_measure(request.user, workspace_id)
    return queries.measured_map(workspace_id, map_id, body.selection())


@router.post("/workspaces/{workspace_id}/maps/{map_id}/export/{format_name}/measured", response={200: None})
def export_measured(
    request: HttpRequest, workspace_id: str, map_id: str, format_name: str, body: schemas.ExportIn
) -> HttpResponse:
    """The map as a file with its measured numbers, where the format draws them."""
    policies.can_measure(request.user, workspace_id)
    look = look_for(
        format_name,
        lanes=body.lanes,
        curves=body.curves,
        paper=body.paper,
        scheme=body.scheme,
        today=timezone.localdate(),
    )
    stages = queries.drawn_stages(workspace_id, map_id, body.selection())
    return download(workspace_id, map_id, format_name, replace(look, measured=stages))


@router.post("/workspaces/{workspace_id}/maps/{map_id}/who", response=schemas.WhoOnMapOut)
def who(request: HttpRequest, workspace_id: str, map_id: str, body: schemas.WhoOnMapIn) -> Any:
    policies.can_measure(request.user, workspace_id)
    return queries.who_on_map(workspace_id, map_id, body.selector, body.selection(), body.cursor, body.limit)


@router.post("/workspaces/{workspace_id}/maps/{map_id}/deviations/person", response=dict[str, Any])
def deviations_of_person(
    request: HttpRequest, workspace_id: str, map_id: str, body: schemas.PersonDeviationsIn
) -> Any:
    policies.can_measure(request.user, workspace_id)
    return queries.deviations_of_person(workspace_id, map_id, body.selection(), body.person).to_dict()


@router.post("/workspaces/{workspace_id}/touchpoints/match", response=schemas.MatchOut)
def match(request: HttpRequest, workspace_id: str, body: schemas.MatchIn) -> Any:
    policies.can_measure(request.user, workspace_id)
    return queries.match(workspace_id, body.matcher, body.map, body.touchpoint)
