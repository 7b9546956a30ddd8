"""Whom a comment concerns: notices to those it names, who take part, and who answer for the part."""

from __future__ import annotations

from collections.abc import Collection

from hamsafar.accounts.policies import Membership
from hamsafar.accounts.queries import users_by_id
from hamsafar.comments.mentions import named_in, readable
from hamsafar.comments.models import Comment, Thread
from hamsafar.notices import actions as notices
from hamsafar.notices.kinds import Kind, declare

declare(
    Kind(
        "mention",
        label_en="Somebody names you in a comment",
        label_fa="کسی در دیدگاهی از شما نام ببرد",
        en="{who} mentioned you in a comment on “{where}”",
        fa="{who} در دیدگاهی دربارهٔ «{where}» از شما نام برد",
    )
)
declare(
    Kind(
        "reply",
        label_en="Somebody replies in a thread you take part in",
        label_fa="کسی در گفت‌وگوی شما پاسخ بدهد",
        en="{who} replied in your thread on “{where}”",
        fa="{who} در گفت‌وگوی شما دربارهٔ «{where}» پاسخ داد",
    )
)
declare(
    Kind(
        "owned",
        label_en="Somebody comments on what you answer for",
        label_fa="کسی دربارهٔ آنچه مسئولش هستید دیدگاه بنویسد",
        en="{who} commented on “{where}”, which you answer for",
        fa="{who} دربارهٔ «{where}» که مسئول آن هستید دیدگاه نوشت",
    )
)
declare(
    Kind(
        "resolved",
        label_en="A thread that you began is resolved",
        label_fa="گفت‌وگویی که آغاز کرده‌اید حل شود",
        en="{who} resolved your thread on “{where}”",
        fa="{who} گفت‌وگوی شما دربارهٔ «{where}» را حل‌شده دانست",
        mail=False,
    )
)


def tell_comment(
    member: Membership,
    thread: Thread,
    comment: Comment,
    title: str,
    named: Collection[str],
    owner: str | None,
) -> None:
    """Tells everyone whom a new comment concerns, each once and by the nearest reason."""
    told = {member.user_id}
    for kind, people in (
        ("mention", named),
        ("reply", _taking_part(thread)),
        ("owned", [owner] if owner else []),
    ):
        concerned = set(people) - told
        _tell(member, thread, kind, comment.id, title, concerned, comment.text)
        told |= concerned


def tell_named(
    member: Membership, thread: Thread, comment: Comment, title: str, named: Collection[str]
) -> None:
    """Tells those whom a changed comment now names."""
    _tell(member, thread, "mention", comment.id, title, set(named) - {member.user_id}, comment.text)


def tell_resolved(member: Membership, thread: Thread, title: str) -> None:
    starter = thread.created_by_id
    if starter is not None and starter != member.user_id:
        about = f"{thread.id}.{thread.updated_at:%Y%m%d%H%M%S%f}"
        _tell(member, thread, "resolved", about, title, {starter}, "")


def _taking_part(thread: Thread) -> list[str]:
    writers = thread.comments.filter(deleted_at=None, author__isnull=False)
    return list(writers.values_list("author_id", flat=True).distinct())


def _tell(
    member: Membership,
    thread: Thread,
    kind: str,
    about: str,
    title: str,
    people: Collection[str],
    text: str,
) -> None:
    if not people:
        return
    name = thread.details.get("name") or ""
    where = f"{name} · {title}" if name and thread.part != Thread.Part.MAP else title
    names = {user.id: user.name for user in users_by_id(named_in(text)).values()}
    notices.tell(
        member.workspace_id,
        people,
        kind,
        about,
        params={"who": member.user_name, "where": where},
        path=f"/w/{member.workspace_id}/maps/{thread.map_id}?at=panel:comments&thread={thread.id}",
        excerpt=readable(text, names),
    )
