"""HTTP: one's notices and how one hears them; a workspace's mail."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Status

from hamsafar.accounts import policies
from hamsafar.accounts.queries import workspace_name
from hamsafar.notices import actions, mail, queries, schemas
from hamsafar.notices.errors import AddressOfNobody, MailNotSent, MailNotSetUp

router = Router(tags=["notices"])


@router.get("/me/notices", response=schemas.NoticePage)
def list_notices(
    request: HttpRequest, unread: bool = False, cursor: str | None = None, limit: int = 50
) -> Any:
    user: Any = request.user
    return queries.notices_page(user.id, user.language, unread=unread, cursor=cursor, limit=limit)


@router.get("/me/notices/unread", response=schemas.UnreadOut)
def count_unread(request: HttpRequest) -> Any:
    return {"unread": queries.unread_count(_user_id(request))}


@router.post("/me/notices/read", response=schemas.UnreadOut)
def mark_read(request: HttpRequest, body: schemas.ReadIn) -> Any:
    actions.mark_read(_user_id(request), body.ids)
    return {"unread": queries.unread_count(_user_id(request))}


@router.get("/me/notice-choices", response=schemas.ChoicesOut)
def list_choices(request: HttpRequest) -> Any:
    return _choices(request)


@router.patch("/me/notice-choices", response=schemas.ChoicesOut)
def change_choice(request: HttpRequest, body: schemas.ChoiceIn) -> Any:
    actions.choose(_user_id(request), body.kind, in_app=body.in_app, by_mail=body.by_mail)
    return _choices(request)


@router.get("/workspaces/{workspace_id}/mail", response=schemas.MailOut)
def mail_state(request: HttpRequest, workspace_id: str) -> Any:
    policies.admin(request.user, workspace_id)
    return queries.mail_state(workspace_id)


@router.post("/workspaces/{workspace_id}/mail/test", response={201: schemas.TestMailOut})
def send_test(request: HttpRequest, workspace_id: str) -> Any:
    """Sends a mail to the admin who asks, and waits for the mail server's answer."""
    policies.admin(request.user, workspace_id)
    user: Any = request.user
    if not settings.MAIL_AVAILABLE:
        raise MailNotSetUp()
    if not actions.reachable(user.email):
        raise AddressOfNobody(email=user.email)
    reader = mail.Reader(user.id, user.name, user.email, user.language)
    outcome, words = mail.hand_over(mail.compose_test(reader, workspace_name(workspace_id)))
    if outcome != "sent":
        raise MailNotSent(reason=words)
    return Status(201, {"email": user.email})


def _choices(request: HttpRequest) -> dict[str, Any]:
    user: Any = request.user
    return {
        "mail_available": settings.MAIL_AVAILABLE and actions.reachable(user.email),
        "email": user.email,
        "choices": [
            {
                "kind": one.kind.key,
                "label": one.kind.label(user.language),
                "in_app": one.in_app,
                "by_mail": one.by_mail,
            }
            for one in queries.wanted(user.id)
        ],
    }


def _user_id(request: HttpRequest) -> str:
    return str(request.user.pk)
