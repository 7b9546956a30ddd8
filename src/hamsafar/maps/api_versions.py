"""HTTP: a map's versions, comparing two maps or versions, and drawing a future state."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from ninja import Body, Router, Status

from hamsafar.maps import actions, policies, queries, schemas
from hamsafar.maps.comparison import compare
from hamsafar.maps.comparison.alignment import aligned
from hamsafar.maps.comparison.table import write
from hamsafar.maps.comparison.telling import tell
from hamsafar.maps.schemas import JsonObject
from hamsafar.maps.versions import queries as versions

router = Router(tags=["versions"])


@router.get("/workspaces/{workspace_id}/maps/{map_id}/versions", response=schemas.VersionPage)
def list_versions(
    request: HttpRequest, workspace_id: str, map_id: str, cursor: str | None = None, limit: int = 50
) -> Any:
    policies.can_read_maps(request.user, workspace_id)
    return versions.list_versions(workspace_id, map_id, cursor=cursor, limit=limit)


@router.post("/workspaces/{workspace_id}/maps/{map_id}/versions", response={201: schemas.VersionOut})
def keep_version(request: HttpRequest, workspace_id: str, map_id: str, body: Body[JsonObject]) -> Any:
    """Keeps the map as it is now: ``name``, and ``note`` if there is more to say."""
    kept = actions.keep_version(policies.can_edit_maps(request.user, workspace_id), map_id, body)
    return Status(201, versions.get_version(workspace_id, map_id, kept))


@router.get("/workspaces/{workspace_id}/maps/{map_id}/versions/{version_id}", response=schemas.VersionOut)
def get_version(request: HttpRequest, workspace_id: str, map_id: str, version_id: str) -> Any:
    policies.can_read_maps(request.user, workspace_id)
    return versions.get_version(workspace_id, map_id, version_id)


@router.patch("/workspaces/{workspace_id}/maps/{map_id}/versions/{version_id}", response=schemas.VersionOut)
def rename_version(
    request: HttpRequest, workspace_id: str, map_id: str, version_id: str, body: Body[JsonObject]
) -> Any:
    """``name`` null: it may go with age again."""
    actions.rename_version(policies.can_edit_maps(request.user, workspace_id), map_id, version_id, body)
    return versions.get_version(workspace_id, map_id, version_id)


@router.get("/workspaces/{workspace_id}/maps/{map_id}/versions/{version_id}/document", response=JsonObject)
def get_version_document(request: HttpRequest, workspace_id: str, map_id: str, version_id: str) -> Any:
    policies.can_read_maps(request.user, workspace_id)
    return versions.version_document(workspace_id, version_id, map_id)


@router.post(
    "/workspaces/{workspace_id}/maps/{map_id}/versions/{version_id}/restore", response=schemas.RestoredOut
)
def restore_version(
    request: HttpRequest, workspace_id: str, map_id: str, version_id: str, body: schemas.RestoreIn
) -> Any:
    member = policies.can_edit_maps(request.user, workspace_id)
    return actions.restore_version(member, map_id, version_id, body.request_id)


@router.get("/workspaces/{workspace_id}/maps/{map_id}/links", response=schemas.LinksOut)
def get_links(request: HttpRequest, workspace_id: str, map_id: str) -> Any:
    """The current state that the map is the future of, and the futures drawn of it."""
    policies.can_read_maps(request.user, workspace_id)
    return versions.links(workspace_id, map_id)


@router.post("/workspaces/{workspace_id}/maps/{map_id}/future", response={201: schemas.MapOut})
def draw_future(request: HttpRequest, workspace_id: str, map_id: str, body: schemas.FutureIn) -> Any:
    made = actions.draw_future(policies.can_edit_maps(request.user, workspace_id), map_id, body.title)
    return Status(201, queries.get_map(workspace_id, made))


@router.get("/workspaces/{workspace_id}/map-comparison", response=schemas.ComparisonOut)
def compare_maps(request: HttpRequest, workspace_id: str, before: str, after: str) -> Any:
    """Two of ``map:<id>`` (as it is now) and ``version:<id>``: both documents, and what differs, stage by stage."""
    policies.can_read_maps(request.user, workspace_id)
    sides = versions.named(workspace_id, before), versions.named(workspace_id, after)
    found = compare(*sides)
    return {
        "before": sides[0],
        "after": sides[1],
        "stages": aligned("stages", *sides, found.pairs),
        "lanes": aligned("lanes", *sides, found.pairs),
        "differences": [asdict(one) for one in tell(*sides, found, _language(request))],
    }


@router.get("/workspaces/{workspace_id}/map-comparison.csv", response={200: None})
def compare_maps_as_table(
    request: HttpRequest, workspace_id: str, before: str, after: str, kinds: str = "", owner: str = ""
) -> HttpResponse:
    """The differences as CSV; ``kinds`` (separated by commas) and ``owner`` leave out the others."""
    policies.can_read_maps(request.user, workspace_id)
    sides = versions.named(workspace_id, before), versions.named(workspace_id, after)
    language = _language(request)
    wanted = {kind for kind in kinds.split(",") if kind}
    told = [
        one
        for one in tell(*sides, compare(*sides), language)
        if (not wanted or wanted.intersection(one.kinds)) and (not owner or owner in one.owners)
    ]
    answer = HttpResponse(write(told, language), content_type="text/csv; charset=utf-8")
    name = quote(f"{sides[1]['title'][:80]}.csv", safe="")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _language(request: HttpRequest) -> str:
    return str(request.user.language)  # type: ignore[union-attr]  # a policy has let them in: a user of ours
