"""Errors of comments."""

from __future__ import annotations

from hamsafar.lib.errors import BadInput, Conflict, NotAllowed, NotFound


class ThreadNotFound(NotFound):
    code = "thread_not_found"
    en = "There is no such thread on this map."
    fa = "چنین گفت‌وگویی روی این نقشه نیست."


class CommentNotFound(NotFound):
    code = "comment_not_found"
    en = "There is no such comment on this map, or it was deleted."
    fa = "چنین دیدگاهی روی این نقشه نیست یا حذف شده است."


class NotYourComment(NotAllowed):
    code = "not_your_comment"
    en = "Only its author may change or delete a comment."
    fa = "دیدگاه را فقط نویسندهٔ آن می‌تواند تغییر دهد یا حذف کند."


class CommentBlank(BadInput):
    code = "comment_blank"
    en = "Write something first."
    fa = "ابتدا چیزی بنویسید."


class CommentTooLong(BadInput):
    code = "comment_too_long"
    en = "A comment has at most {limit} characters; this one has {found}."
    fa = "دیدگاه حداکثر {limit} نویسه است؛ این یکی {found} نویسه دارد."


class ThreadFull(Conflict):
    code = "thread_full"
    en = "A thread has at most {limit} comments. Begin a new one."
    fa = "هر گفت‌وگو حداکثر {limit} دیدگاه دارد. گفت‌وگوی تازه‌ای آغاز کنید."


class NotAMember(BadInput):
    code = "mention_not_a_member"
    en = "Somebody named in this comment is not a member of the workspace and would not see it."
    fa = "در این دیدگاه از کسی نام برده شده که عضو این فضای کاری نیست و آن را نمی‌بیند."
