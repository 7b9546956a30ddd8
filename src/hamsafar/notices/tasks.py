"""Sending what is due to one person as one message."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from hamsafar.accounts.queries import user_view, workspace_name
from hamsafar.jobs.actions import Handle, job
from hamsafar.notices import kinds, mail, queries
from hamsafar.notices.actions import SEND_JOB, queue_sending, reachable
from hamsafar.notices.models import Mail

# Waits before the second, third, ... try. After the last the mails have failed.
_WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=3))
_MOST_IN_A_MESSAGE = 50


@job(SEND_JOB, queue="short")
def send_mail(handle: Handle) -> None:
    """Sends the due mails of the person that ``params`` names; a repetition sends nothing a second time."""
    if handle.attempt > 1:
        # The server went between “sending” and the answer: it may or may not have arrived.
        _set(Mail.objects.filter(job_id=handle.job_id, status=Mail.Status.SENDING), Mail.Status.UNKNOWN)
    taken = _take(handle)
    if not taken:
        return
    reader = user_view(handle.params["user_id"])
    assert reader is not None  # the rows go with their user
    to = mail.Reader(reader.id, reader.name, reader.email, reader.language)
    rows = Mail.objects.filter(job_id=handle.job_id, status=Mail.Status.SENDING)
    try:
        message = mail.compose(
            to, handle.workspace_id, workspace_name(handle.workspace_id), _items(taken, to)
        )
        outcome, words = mail.hand_over(message)
    except Exception as problem:
        _set(rows, Mail.Status.FAILED, type(problem).__name__)
        raise
    attempt = max(row.attempt for row in taken)
    if outcome == "sent":
        _set(rows, Mail.Status.SENT)
    elif outcome == "again" and attempt <= len(_WAITS):
        at = timezone.now() + _WAITS[attempt - 1]
        with transaction.atomic():
            _set(rows, Mail.Status.QUEUED, words, due_at=at)
            queue_sending(handle.workspace_id, reader.id, at)
    else:
        _set(rows, Mail.Status.UNKNOWN if outcome == "unknown" else Mail.Status.FAILED, words)


def _take(handle: Handle) -> list[Mail]:
    """Marks the due mails as being sent by this job; what is no longer wanted is dropped."""
    user_id, now = handle.params["user_id"], timezone.now()
    with transaction.atomic():
        due = (
            Mail.objects.select_for_update(of=("self",))
            .filter(
                workspace_id=handle.workspace_id,
                user_id=user_id,
                status=Mail.Status.QUEUED,
                due_at__lte=now,
            )
            .select_related("notice", "user")
            .order_by("notice__created_at", "notice_id")
        )
        rows = list(due[:_MOST_IN_A_MESSAGE])
        if not rows:
            return []
        wanted = {one.kind.key: one for one in queries.wanted(user_id)}
        allowed = settings.MAIL_AVAILABLE and reachable(rows[0].user.email)
        allowed = allowed and queries.may_hear(user_id, handle.workspace_id)
        taken = []
        for row in rows:
            declared = wanted.get(row.notice.kind)
            if allowed and declared and declared.by_mail and row.notice.read_at is None:
                row.attempt += 1
                taken.append(row)
        kept = [row.pk for row in taken]
        _set(Mail.objects.filter(pk__in=[row.pk for row in rows if row.pk not in kept]), Mail.Status.DROPPED)
        for row in taken:
            row.status, row.job_id, row.changed_at = Mail.Status.SENDING, handle.job_id, now
        Mail.objects.bulk_update(taken, ["status", "job_id", "attempt", "changed_at"])
        if len(rows) == _MOST_IN_A_MESSAGE:
            queue_sending(handle.workspace_id, user_id, now)
    return taken


def _items(taken: list[Mail], to: mail.Reader) -> list[mail.Item]:
    items = []
    for row in taken:
        declared = kinds.kind(row.notice.kind)
        assert declared is not None  # only kinds that are wanted were taken
        items.append(
            mail.Item(
                kind=declared.key,
                kind_label=declared.label(to.language),
                sentence=declared.sentence(to.language, row.notice.params),
                subject=declared.sentence(to.language, row.notice.params, isolate=False),
                excerpt=row.notice.excerpt,
                path=row.notice.path,
            )
        )
    return items


def _set(rows: object, status: Mail.Status, error: str = "", **more: object) -> None:
    rows.update(  # type: ignore[attr-defined]  # a query set of mails
        status=status, error=error, changed_at=timezone.now(), **more
    )
