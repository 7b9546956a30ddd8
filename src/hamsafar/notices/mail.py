"""A message: what it says in its reader's language, and handing it to the mail server."""

from __future__ import annotations

import contextlib
import smtplib
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import make_msgid
from typing import Literal
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string

from hamsafar.lib.persian import localise_digits

_SALT = "hamsafar.notices.unsubscribe"
Outcome = Literal["sent", "again", "failed", "unknown"]


@dataclass(frozen=True)
class Item:
    """One thing a message tells of."""

    kind: str
    kind_label: str
    sentence: str
    subject: str
    excerpt: str
    path: str


@dataclass(frozen=True)
class Reader:
    """Whom a message is for."""

    user_id: str
    name: str
    email: str
    language: str


def compose(
    reader: Reader, workspace_id: str, workspace: str, items: Sequence[Item]
) -> EmailMultiAlternatives:
    """One message that tells of all ``items``: as text and as HTML, with a way out for each kind (RFC 8058)."""
    language = reader.language
    kinds = {item.kind: item.kind_label for item in items}
    ways_out = [
        {"label": label, "url": unsubscribe_url(reader.user_id, [key])} for key, label in kinds.items()
    ]
    context = {
        "language": language,
        "direction": "rtl" if language == "fa" else "ltr",
        "start": "right" if language == "fa" else "left",
        "reader": reader.name,
        "workspace": workspace,
        "items": [{**vars(item), "url": settings.PUBLIC_ADDRESS + item.path} for item in items],
        "ways_out": ways_out,
        "settings_url": f"{settings.PUBLIC_ADDRESS}/w/{workspace_id}/settings/notices",
    }
    every = unsubscribe_url(reader.user_id, list(kinds))
    message = _message(
        reader, _subject(language, workspace, items), render_to_string("notices/digest.txt", context)
    )
    message.extra_headers |= {
        "List-Unsubscribe": f"<{every}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    message.attach_alternative(render_to_string("notices/digest.html", context), "text/html")
    return message


def compose_test(reader: Reader, workspace: str) -> EmailMultiAlternatives:
    """What an admin sends to themselves to see whether mail works."""
    if reader.language == "fa":
        subject, text = "ایمیل آزمایشی همسفر", f"ارسال ایمیل از فضای کاری «{workspace}» درست کار می‌کند."
    else:
        subject, text = "A test mail from Hamsafar", f"Sending mail from the workspace “{workspace}” works."
    return _message(reader, subject, text)


def hand_over(message: EmailMultiAlternatives) -> tuple[Outcome, str]:
    """Gives a message to the mail server; says what came of it, and the server's words when it was not taken.

    ``again``: nothing was handed over, later it may be. ``unknown``: the connection broke when the message was
    already on its way, so nobody can say whether it arrived.
    """
    connection = get_connection(timeout=settings.EMAIL_TIMEOUT)
    message.connection = connection
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as problem:
        return "again", _words(problem)
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as problem:
        (code, words) = next(iter(problem.recipients.values()))
        return _refused(code, words)
    except smtplib.SMTPResponseException as problem:
        return _refused(problem.smtp_code, problem.smtp_error)
    except (OSError, smtplib.SMTPException) as problem:
        return "unknown", _words(problem)
    finally:
        _hang_up(connection)
    return "sent", ""


def unsubscribe_url(user_id: str, kinds: Sequence[str]) -> str:
    """The address that ends mails of these kinds, for whoever holds it; it needs no sign-in and does not expire."""
    token = signing.Signer(salt=_SALT).sign(f"{user_id}.{'.'.join(kinds)}")
    return f"{settings.PUBLIC_ADDRESS}/unsubscribe/{token}"


def unsubscribed(token: str) -> tuple[str, list[str]] | None:
    """The person and the kinds of an unsubscribe address; None for one that is not ours."""
    try:
        user_id, *kinds = signing.Signer(salt=_SALT).unsign(token).split(".")
    except signing.BadSignature:
        return None
    return user_id, kinds


def _message(reader: Reader, subject: str, text: str) -> EmailMultiAlternatives:
    domain = urlsplit(settings.PUBLIC_ADDRESS).hostname or "localhost"
    headers = {
        "Message-ID": make_msgid(domain=domain),
        "Auto-Submitted": "auto-generated",
        "Content-Language": reader.language,
    }
    return EmailMultiAlternatives(subject, text, to=[reader.email], headers=headers)


def _subject(language: str, workspace: str, items: Sequence[Item]) -> str:
    if len(items) == 1:
        line = items[0].subject
    elif language == "fa":
        line = f"{localise_digits(str(len(items)), 'fa')} اعلان تازه در «{workspace}»"
    else:
        line = f"{len(items)} new notices in “{workspace}”"
    return " ".join(line.split())  # a header has no lines


def _refused(code: int, words: bytes | str) -> tuple[Outcome, str]:
    """The server's own answer: 4xx is for now, 5xx for good."""
    said = words.decode(errors="replace") if isinstance(words, bytes) else words
    return ("again" if code < 500 else "failed"), f"{code} {said}"[:300]


def _words(problem: Exception) -> str:
    return (str(problem) or type(problem).__name__)[:300]


def _hang_up(connection: object) -> None:
    with contextlib.suppress(OSError, smtplib.SMTPException):  # what was said before is what counts
        connection.close()  # type: ignore[attr-defined]  # any back end's
