"""Reads: threads with their comments, and how many stand where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from hamsafar.accounts.queries import users_by_id
from hamsafar.comments.errors import ThreadNotFound
from hamsafar.comments.mentions import named_in
from hamsafar.comments.models import Comment, Seen, Thread
from hamsafar.lib.paging import LARGEST_PAGE, Page, decode_moment_cursor, encode_cursor
from hamsafar.maps.activity_queries import last_names

Which = Literal["open", "resolved", "mine", "mentions", "all"]


@dataclass(frozen=True)
class PersonView:
    id: str
    name: str


@dataclass(frozen=True)
class CommentView:
    """``text`` names people by id; ``people`` has their names. A deleted comment keeps its place, not its text."""

    id: str
    author: PersonView | None
    text: str
    people: list[PersonView]
    created_at: datetime
    edited_at: datetime | None
    deleted: bool


@dataclass(frozen=True)
class ThreadView:
    """``details`` is what the part is called, or was when it was deleted (``gone``)."""

    id: str
    part: str
    target: str
    details: dict[str, Any]
    gone: bool
    comments: list[CommentView]
    created_at: datetime
    updated_at: datetime
    resolved_at: datetime | None
    resolved_by: PersonView | None
    unread: bool


@dataclass(frozen=True)
class PartCount:
    """Open threads of one part, and how many of them have something unread."""

    part: str
    target: str
    open: int
    unread: int


@dataclass(frozen=True)
class Counts:
    """Of a whole map."""

    open: int
    unread: int
    parts: list[PartCount]


def threads_page(
    map_id: str,
    user_id: str,
    *,
    which: Which = "open",
    part: str | None = None,
    target: str | None = None,
    cursor: str | None = None,
    limit: int = 20,
) -> Page[ThreadView]:
    """Threads of a map, those with the latest word first; of one part, when it is named.

    ``mine``: that the reader wrote in. ``mentions``: that name the reader. Both open and resolved ones.
    """
    limit = max(1, min(limit, LARGEST_PAGE))
    rows = _threads(map_id, user_id)
    if which in ("open", "resolved"):
        rows = rows.filter(resolved_at__isnull=which == "open")
    elif which == "mine":
        rows = rows.filter(Exists(_comments().filter(thread=OuterRef("pk"), author_id=user_id)))
    elif which == "mentions":
        rows = rows.filter(Exists(_comments().filter(thread=OuterRef("pk"), mentions__user_id=user_id)))
    if part is not None:
        rows = rows.filter(part=part, target=target or "")
    total = rows.count()
    if cursor:
        moment, thread_id = decode_moment_cursor(cursor)
        rows = rows.filter(Q(updated_at__lt=moment) | Q(updated_at=moment, id__lt=thread_id))
    found = list(rows.order_by("-updated_at", "-id")[: limit + 1])
    shown = _views(map_id, found[:limit])
    last = shown[-1] if len(found) > limit else None
    return Page(shown, encode_cursor([last.updated_at.isoformat(), last.id]) if last else None, total)


def thread(map_id: str, user_id: str, thread_id: str) -> ThreadView:
    """Raises ThreadNotFound."""
    found = _threads(map_id, user_id).filter(id=thread_id).first()
    if found is None:
        raise ThreadNotFound()
    return _views(map_id, [found])[0]


def counts(map_id: str, user_id: str) -> Counts:
    """For the marks on a map's parts: open threads only, and what is unread in them."""
    parts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    rows = _threads(map_id, user_id).filter(resolved_at=None)
    for part, target, unread in rows.values_list("part", "target", "unread"):
        parts[part, target][0] += 1
        parts[part, target][1] += unread
    listed = [PartCount(part, target, *numbers) for (part, target), numbers in sorted(parts.items())]
    return Counts(sum(one.open for one in listed), sum(one.unread for one in listed), listed)


def _comments() -> QuerySet[Comment]:
    return Comment.objects.filter(deleted_at=None)


def _threads(map_id: str, user_id: str) -> QuerySet[Any]:
    """With ``unread``: somebody else has written since the reader was last there."""
    seen = Seen.objects.filter(thread=OuterRef("thread"), user_id=user_id)
    new = (
        _comments()
        .filter(thread=OuterRef("pk"))
        .exclude(author_id=user_id)
        .annotate(seen_at=Subquery(seen.values("at")[:1]))
        .filter(Q(seen_at=None) | Q(created_at__gt=F("seen_at")))
    )
    rows = Thread.objects.filter(map_id=map_id, deleted_at=None).select_related("resolved_by")
    return rows.annotate(unread=Exists(new))


def _views(map_id: str, rows: Sequence[Any]) -> list[ThreadView]:
    comments: dict[str, list[Comment]] = defaultdict(list)
    found = Comment.objects.filter(thread__in=[row.id for row in rows]).select_related("author")
    for comment in found.order_by("created_at", "id"):
        comments[comment.thread_id].append(comment)
    named = users_by_id({user for ones in comments.values() for one in ones for user in named_in(one.text)})
    people = {user.id: PersonView(user.id, user.name) for user in named.values()}
    names = last_names(map_id, {target for row in rows for target in row.target.split("|")} - {""})
    views = []
    for row in rows:
        details, gone = dict(row.details), False
        for target, field in _named_parts(row):
            if last := names.get(target):
                gone = gone or last.deleted
                details |= last.details if field is None else {field: last.details.get("name", "")}
        views.append(
            ThreadView(
                id=row.id,
                part=row.part,
                target=row.target,
                details=details,
                gone=gone,
                comments=[_comment_view(one, people) for one in comments[row.id]],
                created_at=row.created_at,
                updated_at=row.updated_at,
                resolved_at=row.resolved_at,
                resolved_by=_person(row.resolved_by),
                unread=row.unread,
            )
        )
    return views


def _named_parts(row: Thread) -> Iterable[tuple[str, str | None]]:
    """The ids whose names a thread shows, each with its field; None: all that is known of it."""
    if row.part == Thread.Part.CELL:
        stage, _, lane = row.target.partition("|")
        return [(stage, "stage"), (lane, "lane")]
    return [(row.target, None)] if row.target else []


def _comment_view(row: Comment, people: dict[str, PersonView]) -> CommentView:
    deleted = row.deleted_at is not None
    text = "" if deleted else row.text
    return CommentView(
        id=row.id,
        author=_person(row.author),
        text=text,
        people=[people[user] for user in named_in(text) if user in people],
        created_at=row.created_at,
        edited_at=row.edited_at,
        deleted=deleted,
    )


def _person(user: Any) -> PersonView | None:
    return PersonView(user.id, user.name) if user else None
