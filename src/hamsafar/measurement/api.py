"""HTTP: measured maps."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from hamsafar.journeys.designed.result import MeasuredMap
from hamsafar.measurement import policies, queries, schemas

router = Router(tags=["measurement"])


@router.post("/workspaces/{workspace_id}/maps/{map_id}/measure", response=MeasuredMap)
def measure(request: HttpRequest, workspace_id: str, map_id: str, body: schemas.MeasureIn) -> Any:
    policies.can_measure(request.user, workspace_id)
    return queries.measured_map(workspace_id, map_id, body.selection())


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
