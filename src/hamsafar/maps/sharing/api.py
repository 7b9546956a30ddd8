"""HTTP: public links, by the team that makes them and by whoever opens one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Body, Router, Status

from hamsafar.maps import policies
from hamsafar.maps.schemas import JsonObject
from hamsafar.maps.sharing import actions, queries, schemas
from hamsafar.maps.sharing.queries import Opened
from hamsafar.maps.sharing.tries import count_try, forget_tries
from hamsafar.maps.style.queries import style_of

router = Router(tags=["sharing"])
public_router = Router(tags=["sharing"])


@router.get("/workspaces/{workspace_id}/maps/{map_id}/shares", response=list[schemas.ShareOut])
def list_shares(request: HttpRequest, workspace_id: str, map_id: str) -> Any:
    """For editors: whoever sees a link can give it away."""
    policies.can_edit_maps(request.user, workspace_id)
    return queries.list_shares(workspace_id, map_id)


@router.post("/workspaces/{workspace_id}/maps/{map_id}/shares", response={201: schemas.ShareOut})
def create_share(request: HttpRequest, workspace_id: str, map_id: str, body: Body[JsonObject]) -> Any:
    made = actions.create_share(policies.can_edit_maps(request.user, workspace_id), map_id, body)
    return Status(201, queries.get_share(workspace_id, map_id, made))


@router.patch("/workspaces/{workspace_id}/maps/{map_id}/shares/{share_id}", response=schemas.ShareOut)
def update_share(
    request: HttpRequest, workspace_id: str, map_id: str, share_id: str, body: Body[JsonObject]
) -> Any:
    actions.update_share(policies.can_edit_maps(request.user, workspace_id), map_id, share_id, body)
    return queries.get_share(workspace_id, map_id, share_id)


@router.delete("/workspaces/{workspace_id}/maps/{map_id}/shares/{share_id}", response={204: None})
def revoke_share(request: HttpRequest, workspace_id: str, map_id: str, share_id: str) -> Any:
    actions.revoke_share(policies.can_edit_maps(request.user, workspace_id), map_id, share_id)
    return Status(204, None)


@public_router.post("/shared/{token}", response=schemas.SharedMapOut)
def open_shared(request: HttpRequest, token: str, body: schemas.SharePasswordIn) -> Any:
    """The map of a public link. A POST, so that the password stands in no address and no log."""
    share = open_link(request, token, body.password)
    return {
        "document": queries.public_map(share),
        "measured": share.measured,
        "style": style_of(share.workspace_id),
    }


def open_link(request: HttpRequest, token: str, password: str) -> Opened:
    """Opens a link for somebody who may be anybody."""
    if not password:
        return queries.opened(token, "")
    count_try(request, token)
    share = queries.opened(token, password)
    forget_tries(request, token)
    return share
