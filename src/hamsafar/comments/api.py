"""HTTP: threads on a map and what is written in them. What changes answers with the thread as it now is."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from hamsafar.accounts.policies import Membership
from hamsafar.comments import actions, policies, queries, schemas
from hamsafar.lib.paging import LARGEST_PAGE
from hamsafar.maps.queries import map_title

router = Router(tags=["comments"])
_MAP = "/workspaces/{workspace_id}/maps/{map_id}"


def _reader(request: HttpRequest, workspace_id: str, map_id: str) -> Membership:
    member = policies.can_read_comments(request.user, workspace_id)
    map_title(workspace_id, map_id)  # the map is there
    return member


def _writer(request: HttpRequest, workspace_id: str, map_id: str) -> Membership:
    member = policies.can_comment(request.user, workspace_id)
    map_title(workspace_id, map_id)
    return member


@router.get(_MAP + "/threads", response=schemas.ThreadPage)
def list_threads(
    request: HttpRequest,
    workspace_id: str,
    map_id: str,
    which: queries.Which = "open",
    part: schemas.Part | None = None,
    target: str | None = None,
    cursor: str | None = None,
    limit: Annotated[int, Query(20, ge=1, le=LARGEST_PAGE)] = 20,
) -> Any:
    member = _reader(request, workspace_id, map_id)
    return queries.threads_page(
        map_id, member.user_id, which=which, part=part, target=target, cursor=cursor, limit=limit
    )


@router.post(_MAP + "/threads", response={201: schemas.ThreadOut})
def begin_thread(request: HttpRequest, workspace_id: str, map_id: str, body: schemas.ThreadIn) -> Any:
    member = _writer(request, workspace_id, map_id)
    made = actions.begin(member, map_id, body.part, body.target, body.text, body.request_id)
    return Status(201, queries.thread(map_id, member.user_id, made))


@router.get(_MAP + "/threads/counts", response=schemas.CountsOut)
def count_threads(request: HttpRequest, workspace_id: str, map_id: str) -> Any:
    member = _reader(request, workspace_id, map_id)
    return queries.counts(map_id, member.user_id)


@router.post(_MAP + "/threads/seen", response={204: None})
def see_all(request: HttpRequest, workspace_id: str, map_id: str) -> Any:
    actions.see(_reader(request, workspace_id, map_id), map_id)
    return Status(204, None)


@router.get(_MAP + "/threads/{thread_id}", response=schemas.ThreadOut)
def get_thread(request: HttpRequest, workspace_id: str, map_id: str, thread_id: str) -> Any:
    member = _reader(request, workspace_id, map_id)
    return queries.thread(map_id, member.user_id, thread_id)


@router.post(_MAP + "/threads/{thread_id}/seen", response={204: None})
def see(request: HttpRequest, workspace_id: str, map_id: str, thread_id: str) -> Any:
    actions.see(_reader(request, workspace_id, map_id), map_id, thread_id)
    return Status(204, None)


@router.post(_MAP + "/threads/{thread_id}/comments", response={201: schemas.ThreadOut})
def reply(request: HttpRequest, workspace_id: str, map_id: str, thread_id: str, body: schemas.ReplyIn) -> Any:
    member = _writer(request, workspace_id, map_id)
    actions.reply(member, map_id, thread_id, body.text, body.request_id)
    return Status(201, queries.thread(map_id, member.user_id, thread_id))


@router.post(_MAP + "/threads/{thread_id}/resolve", response=schemas.ThreadOut)
def resolve(request: HttpRequest, workspace_id: str, map_id: str, thread_id: str) -> Any:
    member = _writer(request, workspace_id, map_id)
    actions.resolve(member, map_id, thread_id)
    return queries.thread(map_id, member.user_id, thread_id)


@router.post(_MAP + "/threads/{thread_id}/reopen", response=schemas.ThreadOut)
def reopen(request: HttpRequest, workspace_id: str, map_id: str, thread_id: str) -> Any:
    member = _writer(request, workspace_id, map_id)
    actions.reopen(member, map_id, thread_id)
    return queries.thread(map_id, member.user_id, thread_id)


@router.patch(_MAP + "/comments/{comment_id}", response=schemas.ThreadOut)
def edit_comment(
    request: HttpRequest, workspace_id: str, map_id: str, comment_id: str, body: schemas.TextIn
) -> Any:
    member = _writer(request, workspace_id, map_id)
    thread_id = actions.edit(member, map_id, comment_id, body.text)
    return queries.thread(map_id, member.user_id, thread_id)


@router.delete(_MAP + "/comments/{comment_id}", response={204: None})
def delete_comment(request: HttpRequest, workspace_id: str, map_id: str, comment_id: str) -> Any:
    actions.delete(_writer(request, workspace_id, map_id), map_id, comment_id)
    return Status(204, None)


@router.post(_MAP + "/comments/{comment_id}/restore", response=schemas.ThreadOut)
def restore_comment(request: HttpRequest, workspace_id: str, map_id: str, comment_id: str) -> Any:
    member = _writer(request, workspace_id, map_id)
    thread_id = actions.restore(member, map_id, comment_id)
    return queries.thread(map_id, member.user_id, thread_id)
