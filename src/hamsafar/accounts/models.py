"""Tables: users, workspaces, members, one-time links, the audit log."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from hamsafar.lib.ids import new_id
from hamsafar.lib.persian import search_key

ID_LENGTH = 26


class Role(models.TextChoices):
    """From the strongest down; the order is the order of power."""

    OWNER = "owner"
    ADMIN = "admin"
    EDITOR = "editor"
    VIEWER = "viewer"


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=2, choices=[("fa", "فارسی"), ("en", "English")], default="fa")
    calendar = models.CharField(max_length=9, choices=[("jalali", ""), ("gregorian", "")], default="jalali")
    theme = models.CharField(
        max_length=5, choices=[("auto", ""), ("light", ""), ("dark", "")], default="auto"
    )
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()


class Workspace(models.Model):
    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=2, choices=[("fa", "فارسی"), ("en", "English")])
    is_sample = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    # Events are deleted after the row; the time keeps a half-done deletion from looking alive.
    deleted_at = models.DateTimeField(null=True)


class Installation(models.Model):
    """One row, made by the first set-up: of two that race, its primary key lets one win."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    set_up_at = models.DateTimeField(default=timezone.now)


class Member(models.Model):
    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=6, choices=Role.choices)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "user"], name="one_membership")]


class Team(models.Model):
    """Members who answer for things together; maps name them as owners."""

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="teams")
    name = models.CharField(max_length=120)
    name_search = models.CharField(max_length=120, editable=False)
    members = models.ManyToManyField(Member, related_name="teams")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "name_search"], name="one_team_of_a_name")
        ]

    def save(self, **options: Any) -> None:
        self.name_search = search_key(self.name)[:120]
        super().save(**options)


class OneTimeLink(models.Model):
    """A link that signs in, or sets a new member's password, once. Only its hash is kept."""

    class Purpose(models.TextChoices):
        SIGN_IN = "sign_in"
        INVITE = "invite"

    token_hash = models.CharField(primary_key=True, max_length=64)
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    purpose = models.CharField(max_length=7, choices=Purpose.choices)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class AuditEntry(models.Model):
    """Who did what, in the words of the action that did it."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True)
    action = models.CharField(max_length=60)
    target = models.CharField(max_length=ID_LENGTH, blank=True)
    details = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["workspace", "-at"]),
            models.Index(fields=["target", "-at", "-id"]),
        ]
