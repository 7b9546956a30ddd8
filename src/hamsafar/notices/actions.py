"""Writes: telling people, what they have read, and what they want to hear."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from hamsafar.accounts.queries import members_of
from hamsafar.jobs import actions as jobs
from hamsafar.notices import kinds, queries
from hamsafar.notices.errors import UnknownKind
from hamsafar.notices.models import Choice, Mail, Notice
from hamsafar.notices.signals import notice_told

DIGEST_AFTER = timedelta(minutes=3)
# Nearer to its going than this, a mail is not joined: it may be gone before the new row is there.
_TOO_LATE_TO_JOIN = timedelta(seconds=10)
_EXCERPT = 300
SEND_JOB = "send_mail"


def tell(
    workspace_id: str,
    user_ids: Collection[str],
    kind: str,
    about: str,
    *,
    params: dict[str, str],
    path: str,
    excerpt: str = "",
) -> None:
    """Gives notice to members of a workspace, each as they want to hear of this kind. Others are left out.

    ``about`` names the thing that happened: telling it again tells nobody twice. ``path`` is the address in the
    web app. Call it inside the transaction of what it tells.
    """
    declared = kinds.kind(kind)
    if declared is None:
        raise UnknownKind(kind=kind)
    members = {one.user_id: one for one in members_of(workspace_id) if one.user_id in set(user_ids)}
    if not members:
        return
    chosen = queries.wanted_by(list(members))
    now = timezone.now()
    with transaction.atomic():
        notices = []
        by_mail = {}
        for user_id, member in members.items():
            in_app, mail = chosen.get((user_id, kind), (True, declared.mail))
            by_mail[user_id] = mail and settings.MAIL_AVAILABLE and reachable(member.email)
            if in_app or by_mail[user_id]:
                notices.append(
                    Notice(
                        workspace_id=workspace_id,
                        user_id=user_id,
                        kind=kind,
                        about=about,
                        params=params,
                        path=path,
                        excerpt=_short(excerpt),
                        in_app=in_app,
                        created_at=now,
                    )
                )
        Notice.objects.bulk_create(notices, ignore_conflicts=True)
        # Of those that were told before, nothing was made.
        for notice in Notice.objects.filter(id__in=[one.id for one in notices]):
            if by_mail[notice.user_id]:
                _queue(notice, now)
            if notice.in_app:
                _announce(notice.user_id)


def mark_read(user_id: str, notice_ids: Collection[str] | None = None) -> None:
    """Marks some of one's notices as read, or all of them."""
    rows = Notice.objects.filter(user_id=user_id, read_at=None)
    if notice_ids is not None:
        rows = rows.filter(id__in=notice_ids)
    rows.update(read_at=timezone.now())
    _announce(user_id)


def mark_read_about(user_id: str, abouts: Collection[str]) -> None:
    """Marks what one was told of these things as read: they were seen where they happened."""
    if Notice.objects.filter(user_id=user_id, about__in=abouts, read_at=None).update(read_at=timezone.now()):
        _announce(user_id)


def choose(user_id: str, kind: str, *, in_app: bool, by_mail: bool) -> None:
    """How a person wants to hear of a kind. Raises UnknownKind."""
    if kinds.kind(kind) is None:
        raise UnknownKind(kind=kind)
    Choice.objects.update_or_create(
        user_id=user_id, kind=kind, defaults={"in_app": in_app, "by_mail": by_mail}
    )


def no_more_mail(user_id: str, kind_keys: Collection[str]) -> None:
    """No more mails of these kinds; in the app they are heard as before. Unknown kinds are passed over."""
    for wanted in queries.wanted(user_id):
        if wanted.kind.key in kind_keys:
            choose(user_id, wanted.kind.key, in_app=wanted.in_app, by_mail=False)


def queue_sending(workspace_id: str, user_id: str, at: datetime) -> None:
    """Has the mails of one person that are due then sent."""
    jobs.start(workspace_id, SEND_JOB, {"user_id": user_id}, user_id, at=at)


def reachable(email: str) -> bool:
    """Whether mail can reach an address: the owner made at start-up has one of no place."""
    return not email.endswith(".localdomain")


def _queue(notice: Notice, now: datetime) -> None:
    """Into the outbox; together with what already waits for this person, so that nobody is flooded."""
    waiting = Mail.objects.filter(
        workspace_id=notice.workspace_id,
        user_id=notice.user_id,
        status=Mail.Status.QUEUED,
        attempt=0,
        due_at__gt=now + _TOO_LATE_TO_JOIN,
    ).first()
    due_at = waiting.due_at if waiting else now + DIGEST_AFTER
    Mail.objects.create(
        notice=notice, workspace_id=notice.workspace_id, user_id=notice.user_id, due_at=due_at
    )
    if waiting is None:
        queue_sending(notice.workspace_id, notice.user_id, due_at)


def _announce(user_id: str) -> None:
    transaction.on_commit(lambda: notice_told.send_robust(None, user_id=user_id))


def _short(text: str) -> str:
    return text if len(text) <= _EXCERPT else text[: _EXCERPT - 1] + "…"
