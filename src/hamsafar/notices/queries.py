"""Reads: a person's notices and choices, and how a workspace's mails fared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from hamsafar.accounts.queries import workspaces_of
from hamsafar.lib.paging import LARGEST_PAGE, Page, decode_moment_cursor, encode_cursor
from hamsafar.notices.kinds import Kind, kind, kinds
from hamsafar.notices.models import Choice, Mail, Notice

_SHOWN_TROUBLES = 20


@dataclass(frozen=True)
class NoticeView:
    id: str
    kind: str
    sentence: str
    excerpt: str
    path: str
    workspace_id: str
    workspace: str
    created_at: datetime
    read: bool


@dataclass(frozen=True)
class Wanted:
    """How a person hears of a kind."""

    kind: Kind
    in_app: bool
    by_mail: bool


@dataclass(frozen=True)
class MailState:
    """``counts`` by status; ``troubles`` are the latest mails that failed, or of which nobody knows."""

    available: bool
    sender: str
    counts: dict[str, int]
    troubles: list[dict[str, Any]]


def notices_page(
    user_id: str, language: str, *, unread: bool = False, cursor: str | None = None, limit: int = 50
) -> Page[NoticeView]:
    """The latest first; ``total`` counts those that are unread. Only of workspaces the person is in."""
    limit = max(1, min(limit, LARGEST_PAGE))
    rows = _heard_by(user_id).select_related("workspace")
    if unread:
        rows = rows.filter(read_at=None)
    if cursor:
        moment, notice_id = decode_moment_cursor(cursor)
        rows = rows.filter(Q(created_at__lt=moment) | Q(created_at=moment, id__lt=notice_id))
    found = list(rows.order_by("-created_at", "-id")[: limit + 1])
    shown = [_view(row, language) for row in found[:limit]]
    last = shown[-1] if len(found) > limit else None
    following = encode_cursor([last.created_at.isoformat(), last.id]) if last else None
    return Page(shown, following, unread_count(user_id))


def unread_count(user_id: str) -> int:
    return _heard_by(user_id).filter(read_at=None).count()


def wanted(user_id: str) -> list[Wanted]:
    """Every kind, with what the person chose or what the kind is declared with."""
    chosen = wanted_by([user_id])
    return [_wanted(one, chosen.get((user_id, one.key))) for one in kinds()]


def wanted_by(user_ids: list[str]) -> dict[tuple[str, str], tuple[bool, bool]]:
    """What these persons chose: (user, kind) to (in the app, by mail)."""
    rows = Choice.objects.filter(user_id__in=user_ids)
    return {(row.user_id, row.kind): (row.in_app, row.by_mail) for row in rows}


def mail_state(workspace_id: str) -> MailState:
    """For the settings page of a workspace."""
    counts = Mail.objects.filter(workspace_id=workspace_id).values_list("status").annotate(Count("pk"))
    troubled = Mail.objects.filter(
        workspace_id=workspace_id, status__in=(Mail.Status.FAILED, Mail.Status.UNKNOWN)
    ).select_related("user")
    troubles = [
        {"id": row.pk, "name": row.user.name, "status": row.status, "error": row.error, "at": row.changed_at}
        for row in troubled.order_by("-changed_at")[:_SHOWN_TROUBLES]
    ]
    sender = settings.DEFAULT_FROM_EMAIL if settings.MAIL_AVAILABLE else ""
    return MailState(settings.MAIL_AVAILABLE, sender, dict(counts), troubles)


def may_hear(user_id: str, workspace_id: str) -> bool:
    """Whether a person is (still) a member of the workspace."""
    return any(one.id == workspace_id for one in workspaces_of(user_id, ""))


def _heard_by(user_id: str) -> QuerySet[Notice]:
    return Notice.objects.filter(
        user_id=user_id, in_app=True, workspace__deleted_at=None, workspace__members__user_id=user_id
    )


def _view(row: Notice, language: str) -> NoticeView:
    declared = kind(row.kind)
    return NoticeView(
        id=row.id,
        kind=row.kind,
        sentence=declared.sentence(language, row.params) if declared else row.excerpt,
        excerpt=row.excerpt,
        path=row.path,
        workspace_id=row.workspace_id,
        workspace=row.workspace.name,
        created_at=row.created_at,
        read=row.read_at is not None,
    )


def _wanted(one: Kind, chosen: tuple[bool, bool] | None) -> Wanted:
    in_app, by_mail = chosen or (True, one.mail)
    return Wanted(one, in_app, by_mail)
