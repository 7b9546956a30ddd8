"""Mails: gathered, in the reader's language, sent once, tried again, and never twice without a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from hamsafar.accounts.tests.people import People
from hamsafar.jobs import actions as jobs
from hamsafar.jobs.models import Job
from hamsafar.notices import actions, kinds
from hamsafar.notices.models import Mail
from hamsafar.notices.tests.smtp_door import MailServer, mail_server
from hamsafar.notices.tests.test_notices import BELL, HORN, ring

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def door(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    monkeypatch.setattr(kinds, "_KINDS", {"bell": BELL, "horn": HORN})
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.MAIL_AVAILABLE = True
        settings.PUBLIC_ADDRESS = "https://maps.example.org"
        yield server


def work() -> None:
    """What the queue's worker does when all that waits is due."""
    Mail.objects.filter(status=Mail.Status.QUEUED).update(due_at=timezone.now())
    for job in Job.objects.filter(status=Job.Status.QUEUED).order_by("id"):
        jobs.run_now(job.id)


def statuses() -> list[str]:
    return sorted(Mail.objects.values_list("status", flat=True))


def body(message: Any, kind: str) -> str:
    return str(message.get_body((kind,)).get_content())


def test_what_happens_within_minutes_is_one_mail(people: People, door: MailServer) -> None:
    for number in range(3):
        ring(people, people.editor, about=str(number))
    assert Job.objects.count() == 1
    work()
    assert statuses() == ["sent"] * 3
    [message] = door.taken
    assert message["To"] == "editor@example.org"
    assert message["Subject"] == "3 new notices in “Team”"
    assert body(message, "plain").count("rang") == body(message, "html").count(" rang ") == 3
    assert f"https://maps.example.org/w/{people.workspace_id}/maps/m1" in body(message, "plain")
    choices = f"https://maps.example.org/w/{people.workspace_id}/settings/notices"
    assert choices in body(message, "plain")
    assert choices in body(message, "html")
    ring(people, people.editor, about="later")
    work()
    assert [one["Subject"] for one in door.taken[1:]] == ["Sara rang 3 times"]


def test_a_persian_mail_reads_from_the_right(people: People, door: MailServer) -> None:
    people.viewer.patch("/api/me", {"language": "fa"})
    ring(people, people.viewer)
    work()
    [message] = door.taken
    assert message["Subject"] == "Sara ۳ بار زنگ زد"
    assert '<html lang="fa" dir="rtl">' in body(message, "html")
    assert "باز کردن در همسفر" in body(message, "html")
    assert "سلام Viewer،" in body(message, "plain")


def test_one_click_ends_the_mails_of_that_kind(people: People, door: MailServer) -> None:
    ring(people, people.editor)
    work()
    [message] = door.taken
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = re.fullmatch(
        r"<https://maps\.example\.org(/unsubscribe/.+)>", message["List-Unsubscribe"].strip()
    )
    assert address is not None
    program = Client(enforce_csrf_checks=True)  # no cookie, no token, as a mail program comes
    looked = program.get(address[1])
    assert (looked.status_code, "Bells" in looked.content.decode()) == (200, True)
    assert people.editor.get("/api/me/notice-choices").json()["choices"][0]["by_mail"] is True
    form = {"List-Unsubscribe": "One-Click"}
    assert program.post(address[1], form).status_code == 200
    assert program.post(address[1], form).status_code == 200
    chosen = people.editor.get("/api/me/notice-choices").json()["choices"][0]
    assert (chosen["in_app"], chosen["by_mail"]) == (True, False)
    ring(people, people.editor, about="2")
    work()
    assert len(door.taken) == 1
    assert program.post(address[1] + "x").status_code == 404


def test_what_was_read_or_refused_meanwhile_is_not_mailed(people: People, door: MailServer) -> None:
    for person in (people.editor, people.viewer, people.admin):
        ring(people, person)
    people.editor.post("/api/me/notices/read")
    actions.no_more_mail(people.viewer.user_id, ["bell"])
    members = {one["user_id"]: one["id"] for one in people.owner.get("members").json()}
    people.owner.delete(f"members/{members[people.admin.user_id]}")
    work()
    assert door.taken == []
    assert statuses() == ["dropped"] * 3


def test_a_server_that_is_busy_is_tried_again_and_one_that_refuses_is_not(
    people: People, door: MailServer
) -> None:
    ring(people, people.editor)
    door.answers = ["451 come back later"]
    work()
    [row] = Mail.objects.all()
    assert (row.status, row.attempt, row.error) == ("queued", 1, "451 come back later")
    work()
    assert statuses() == ["sent"]
    ring(people, people.viewer, about="2")
    door.answers = ["554 not from you"]
    work()
    assert Mail.objects.get(user_id=people.viewer.user_id).status == "failed"
    assert Job.objects.filter(status=Job.Status.QUEUED).count() == 0
    state = people.admin.get("mail").json()
    assert state["counts"] == {"sent": 1, "failed": 1}
    assert [(one["name"], one["error"]) for one in state["troubles"]] == [("Viewer", "554 not from you")]


def test_a_server_that_is_not_there_is_given_up_in_the_end(people: People, settings: Any) -> None:
    settings.EMAIL_PORT = 1  # nobody listens there
    ring(people, people.editor)
    for _ in range(10):
        work()
    [row] = Mail.objects.all()
    assert (row.status, row.attempt) == ("failed", 5)


def test_a_line_that_breaks_after_the_message_leaves_it_unknown(people: People, door: MailServer) -> None:
    ring(people, people.editor)
    door.answers = ["hang up"]
    work()
    work()
    assert statuses() == ["unknown"]
    assert len(door.taken) == 1


def test_a_server_that_is_killed_while_sending_says_unknown_and_sends_the_rest(
    people: People, door: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring(people, people.editor)

    class Killed(BaseException):
        pass

    def dies(*_: Any) -> None:
        raise Killed

    with monkeypatch.context() as killing:
        killing.setattr("hamsafar.notices.mail.hand_over", dies)
        with pytest.raises(Killed):
            work()
    assert statuses() == ["sending"]
    ring(people, people.editor, about="2")
    assert Job.objects.count() == 2
    jobs.requeue_interrupted()  # the next start of the server
    work()
    assert statuses() == ["sent", "unknown"]
    assert len(door.taken) == 1


def test_an_admin_tries_the_mail_server(people: People, door: MailServer, settings: Any) -> None:
    assert people.admin.post("mail/test").json() == {"email": "admin@example.org"}
    [message] = door.taken
    assert message["To"] == "admin@example.org"
    door.answers = ["554 no relaying"]
    refused = people.admin.post("mail/test")
    assert (refused.status_code, refused.json()["code"]) == (502, "mail_not_sent")
    assert "554 no relaying" in refused.json()["title"]
    assert people.editor.post("mail/test").status_code == 403
    assert people.viewer.get("mail").status_code == 403
    assert people.outsider.post("mail/test").status_code == 404
    settings.MAIL_AVAILABLE = False
    assert people.admin.post("mail/test").json()["code"] == "mail_not_set_up"
    assert people.admin.get("mail").json()["available"] is False


def test_without_a_mail_server_notices_stay_in_the_app(people: People, settings: Any) -> None:
    settings.MAIL_AVAILABLE = False
    ring(people, people.editor)
    assert statuses() == []
    assert people.editor.get("/api/me/notices/unread").json() == {"unread": 1}
