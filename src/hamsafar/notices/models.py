"""Tables: notices, the outbox of mails, and what each person wants to hear how."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from hamsafar.lib.ids import new_id


class Notice(models.Model):
    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    kind = models.CharField(max_length=20)
    # What it tells of: the same again is told once.
    about = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    excerpt = models.CharField(max_length=300, blank=True)
    path = models.CharField(max_length=300)
    in_app = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "kind", "about"], name="one_notice_of_a_thing")
        ]
        indexes: ClassVar = [models.Index(fields=["user", "-created_at", "-id"])]


class Mail(models.Model):
    """The outbox: one row for each notice that goes by mail. Several rows may go in one message."""

    class Status(models.TextChoices):
        QUEUED = "queued"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"
        # The server went while it was being sent, or the other side did not answer: it is not sent again.
        UNKNOWN = "unknown"
        # Read in the app meanwhile, no longer wanted, or no longer allowed.
        DROPPED = "dropped"

    notice = models.OneToOneField(Notice, on_delete=models.CASCADE, primary_key=True)
    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    status = models.CharField(max_length=7, choices=Status.choices, default=Status.QUEUED)
    attempt = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    job_id = models.CharField(max_length=26, blank=True)
    error = models.CharField(max_length=300, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["user", "workspace", "status", "due_at"]),
            models.Index(fields=["workspace", "status", "-changed_at"]),
        ]


class Choice(models.Model):
    """How a person wants to hear of one kind; without a row, as the kind is declared."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    kind = models.CharField(max_length=20)
    in_app = models.BooleanField()
    by_mail = models.BooleanField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "kind"], name="one_choice_of_a_kind")
        ]
