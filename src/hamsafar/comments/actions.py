"""Writes: beginning threads, writing in them, resolving them, and what one has seen.

Permission has been checked by the caller; each is one transaction, after which everyone who has the map open is told.
"""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from hamsafar.accounts.actions import audit
from hamsafar.accounts.policies import Membership
from hamsafar.accounts.queries import members_of
from hamsafar.comments import errors, telling
from hamsafar.comments.mentions import named_in
from hamsafar.comments.models import Comment, Mention, Seen, Thread
from hamsafar.lib.persian import normalise
from hamsafar.maps.actions import notify_map
from hamsafar.maps.queries import map_title, part_of
from hamsafar.notices.actions import mark_read_about

LONGEST = 5_000
MOST_IN_A_THREAD = 500


def begin(
    member: Membership, map_id: str, part: str, target: str, text: str, request_id: str | None = None
) -> str:
    """A new thread on a part of a map with its first comment; returns its id. Raises PartNotFound.

    ``request_id`` makes a repetition harmless: it answers with the thread that was made before.
    """
    clean, named = _checked(member, text, known=())
    found = part_of(member.workspace_id, map_id, part, target)
    title = map_title(member.workspace_id, map_id)
    try:
        with transaction.atomic():
            now = timezone.now()
            thread = Thread.objects.create(
                workspace_id=member.workspace_id,
                map_id=map_id,
                part=part,
                target=target,
                details=found.details,
                created_by_id=member.user_id,
                created_at=now,
                updated_at=now,
            )
            comment = _write(member, thread, clean, named, request_id, now)
            owner = _user_of(member, found.owner_member_id)
            telling.tell_comment(member, thread, comment, title, named, owner)
            _done(member, thread, "open_thread")
    except IntegrityError:
        return _before(member, request_id).thread_id
    return thread.id


def reply(member: Membership, map_id: str, thread_id: str, text: str, request_id: str | None = None) -> str:
    """One more comment in a thread; returns its id. A resolved thread is opened by it."""
    clean, named = _checked(member, text, known=())
    title = map_title(member.workspace_id, map_id)
    try:
        with transaction.atomic():
            thread = _locked(map_id, thread_id)
            if thread.comments.count() >= MOST_IN_A_THREAD:
                raise errors.ThreadFull(limit=MOST_IN_A_THREAD)
            now = timezone.now()
            comment = _write(member, thread, clean, named, request_id, now)
            thread.updated_at, thread.resolved_at, thread.resolved_by = now, None, None
            thread.save(update_fields=["updated_at", "resolved_at", "resolved_by"])
            telling.tell_comment(member, thread, comment, title, named, None)
            _done(member, thread, "reply")
    except IntegrityError:
        return _before(member, request_id).id
    return comment.id


def edit(member: Membership, map_id: str, comment_id: str, text: str) -> str:
    """Changes a comment of one's own; returns its thread. Whom it newly names is told."""
    with transaction.atomic():
        comment = _own(member, map_id, comment_id)
        known = set(comment.mentions.values_list("user_id", flat=True))
        clean, named = _checked(member, text, known=known)
        if clean != comment.text:
            comment.text, comment.edited_at = clean, timezone.now()
            comment.save(update_fields=["text", "edited_at"])
            comment.mentions.exclude(user_id__in=named).delete()
            new = [user_id for user_id in named if user_id not in known]
            _mention(comment, new)
            title = map_title(member.workspace_id, map_id)
            telling.tell_named(member, comment.thread, comment, title, new)
            _done(member, comment.thread, "edit_comment")
    return comment.thread_id


def delete(member: Membership, map_id: str, comment_id: str) -> str:
    """Deletes a comment of one's own; a thread without any comment goes with its last. Returns the thread."""
    with transaction.atomic():
        comment = _own(member, map_id, comment_id)
        comment.deleted_at = timezone.now()
        comment.save(update_fields=["deleted_at"])
        if not comment.thread.comments.filter(deleted_at=None).exists():
            comment.thread.deleted_at = comment.deleted_at
            comment.thread.save(update_fields=["deleted_at"])
        _done(member, comment.thread, "delete_comment")
    return comment.thread_id


def restore(member: Membership, map_id: str, comment_id: str) -> str:
    """Brings a comment of one's own back, and its thread with it. Returns the thread."""
    with transaction.atomic():
        comment = _own(member, map_id, comment_id, deleted=True)
        comment.deleted_at = comment.thread.deleted_at = None
        comment.save(update_fields=["deleted_at"])
        comment.thread.save(update_fields=["deleted_at"])
        _done(member, comment.thread, "restore_comment")
    return comment.thread_id


def resolve(member: Membership, map_id: str, thread_id: str) -> None:
    """Says that a thread is settled; again is harmless."""
    with transaction.atomic():
        thread = _locked(map_id, thread_id)
        if thread.resolved_at is None:
            thread.resolved_at = thread.updated_at = timezone.now()
            thread.resolved_by_id = member.user_id
            thread.save(update_fields=["resolved_at", "updated_at", "resolved_by"])
            telling.tell_resolved(member, thread, map_title(member.workspace_id, map_id))
            _done(member, thread, "resolve_thread")


def reopen(member: Membership, map_id: str, thread_id: str) -> None:
    """Opens a resolved thread; again is harmless."""
    with transaction.atomic():
        thread = _locked(map_id, thread_id)
        if thread.resolved_at is not None:
            thread.resolved_at, thread.resolved_by, thread.updated_at = None, None, timezone.now()
            thread.save(update_fields=["resolved_at", "updated_at", "resolved_by"])
            _done(member, thread, "reopen_thread")


def see(member: Membership, map_id: str, thread_id: str | None = None) -> None:
    """Notes that a thread was read, or all threads of a map; what one was told of them is read too."""
    now = timezone.now()
    rows = Thread.objects.filter(workspace_id=member.workspace_id, map_id=map_id, deleted_at=None)
    if thread_id is not None:
        rows = rows.filter(id=thread_id)
    with transaction.atomic():
        threads = list(rows.values_list("id", flat=True))
        if thread_id is not None and not threads:
            raise errors.ThreadNotFound()
        _note_seen(member, threads, now)
        comments = Comment.objects.filter(thread_id__in=threads).values_list("id", flat=True)
        mark_read_about(member.user_id, list(comments))


def _write(
    member: Membership, thread: Thread, text: str, named: list[str], request_id: str | None, now: datetime
) -> Comment:
    comment = Comment.objects.create(
        thread=thread, author_id=member.user_id, text=text, created_at=now, request_id=request_id
    )
    _mention(comment, named)
    _note_seen(member, [thread.id], now)  # whoever answers has read it
    return comment


def _note_seen(member: Membership, thread_ids: list[str], now: datetime) -> None:
    Seen.objects.bulk_create(
        [Seen(thread_id=thread_id, user_id=member.user_id, at=now) for thread_id in thread_ids],
        update_conflicts=True,
        unique_fields=["thread", "user"],
        update_fields=["at"],
    )


def _mention(comment: Comment, user_ids: list[str]) -> None:
    Mention.objects.bulk_create([Mention(comment=comment, user_id=user_id) for user_id in user_ids])


def _checked(member: Membership, text: str, known: set[str] | tuple[()]) -> tuple[str, list[str]]:
    """The text as it is kept, and whom it names: members, or people it has named before."""
    clean = normalise(text.replace("\x00", ""))
    if not clean:
        raise errors.CommentBlank()
    if len(clean) > LONGEST:
        raise errors.CommentTooLong(limit=LONGEST, found=len(clean))
    named = named_in(clean)
    if new := set(named) - set(known):
        members = {one.user_id for one in members_of(member.workspace_id)}
        if new - members:
            raise errors.NotAMember()
    return clean, named


def _locked(map_id: str, thread_id: str) -> Thread:
    thread = Thread.objects.select_for_update().filter(id=thread_id, map_id=map_id, deleted_at=None).first()
    if thread is None:
        raise errors.ThreadNotFound()
    return thread


def _own(member: Membership, map_id: str, comment_id: str, *, deleted: bool = False) -> Comment:
    rows = Comment.objects.select_for_update(of=("self",)).select_related("thread")
    comment = rows.filter(id=comment_id, thread__map_id=map_id, deleted_at__isnull=not deleted).first()
    if comment is None:
        raise errors.CommentNotFound()
    if comment.author_id != member.user_id:
        raise errors.NotYourComment()
    return comment


def _before(member: Membership, request_id: str | None) -> Comment:
    """What a repeated request made the first time."""
    return Comment.objects.get(author_id=member.user_id, request_id=request_id)


def _user_of(member: Membership, member_id: str | None) -> str | None:
    if member_id is None:
        return None
    return next((one.user_id for one in members_of(member.workspace_id) if one.id == member_id), None)


def _done(member: Membership, thread: Thread, action: str) -> None:
    """Into the audit log, under the map; and to everyone who has it open."""
    name = thread.details.get("name", "")
    audit(member.workspace_id, member.user_id, action, thread.map_id, thread=thread.id, name=name)
    told = {"about": "comments", "thread": thread.id}
    transaction.on_commit(lambda: notify_map(thread.map_id, told))
