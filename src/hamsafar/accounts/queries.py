"""Reads: sessions, workspaces, members."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.db.models import Q

from hamsafar.accounts.errors import UserNotFound
from hamsafar.accounts.models import AuditEntry, Member, Role, Team, User, Workspace
from hamsafar.lib.persian import sort_key


@dataclass(frozen=True)
class WorkspaceView:
    id: str
    name: str
    language: str
    is_sample: bool
    role: str


@dataclass(frozen=True)
class MemberView:
    id: str
    user_id: str
    name: str
    email: str
    role: str
    joined: bool
    created_at: datetime


@dataclass(frozen=True)
class TeamView:
    """``members`` are ids of members, in no order."""

    id: str
    name: str
    members: list[str]


def setup_needed() -> bool:
    """True on an empty database: the first person to come becomes the owner."""
    return not User.objects.exists()


def workspaces_of(user_id: str, language: str) -> list[WorkspaceView]:
    """The user's workspaces: own ones before samples, their language first, then by name."""
    members = Member.objects.filter(user_id=user_id, workspace__deleted_at=None).select_related("workspace")
    views = [
        WorkspaceView(m.workspace_id, m.workspace.name, m.workspace.language, m.workspace.is_sample, m.role)
        for m in members
    ]
    return sorted(views, key=lambda w: (w.is_sample, w.language != language, sort_key(w.name), w.id))


def workspace_exists(workspace_id: str) -> bool:
    return Workspace.objects.filter(id=workspace_id, deleted_at=None).exists()


def workspace_ids() -> list[str]:
    """All living workspaces, oldest first."""
    return list(
        Workspace.objects.filter(deleted_at=None).order_by("created_at", "id").values_list("id", flat=True)
    )


def sample_workspace(user_id: str, language: str) -> str | None:
    """The id of the user's sample workspace in a language, if it was made."""
    member = Member.objects.filter(
        user_id=user_id,
        workspace__is_sample=True,
        workspace__language=language,
        workspace__deleted_at=None,
    ).first()
    return member.workspace_id if member else None


def sample_workspace_deleted(user_id: str, language: str) -> bool:
    """Whether the user had a sample workspace in a language and deleted it."""
    had = Member.objects.filter(
        user_id=user_id, workspace__is_sample=True, workspace__language=language
    ).exclude(workspace__deleted_at=None)
    return had.exists()


def session_user(session_key: str) -> Any:
    """Who a session's cookie signs in, outside of Django's own requests; None for nobody."""
    store = import_module(settings.SESSION_ENGINE).SessionStore(session_key or None)
    # Django's own check of session and password hash; it wants no more of a request than its session.
    user: Any = get_user(SimpleNamespace(session=store))  # type: ignore[arg-type]
    return user if user.is_authenticated and user.is_active else None


@dataclass(frozen=True)
class UserView:
    id: str
    name: str
    email: str
    language: str


def user_view(user_id: str) -> UserView | None:
    """A user by id, None when there is none."""
    return users_by_id([user_id]).get(user_id)


def users_by_id(user_ids: Collection[str]) -> dict[str, UserView]:
    """Several users in one query; unknown ids are left out."""
    rows = User.objects.filter(id__in=user_ids)
    return {row.id: UserView(row.id, row.name, row.email, row.language) for row in rows}


def workspace_name(workspace_id: str) -> str:
    """Raises Workspace.DoesNotExist."""
    return Workspace.objects.values_list("name", flat=True).get(id=workspace_id)


def members_of(workspace_id: str) -> list[MemberView]:
    """Members by role's power, then name."""
    power = {role.value: rank for rank, role in enumerate(Role)}
    members = Member.objects.filter(workspace_id=workspace_id).select_related("user")
    views = [
        MemberView(
            id=m.id,
            user_id=m.user_id,
            name=m.user.name,
            email=m.user.email,
            role=m.role,
            joined=m.user.has_usable_password() or m.user.last_login is not None,
            created_at=m.created_at,
        )
        for m in members
    ]
    return sorted(views, key=lambda m: (power[m.role], sort_key(m.name), m.id))


@dataclass(frozen=True)
class AuditView:
    """A line of the audit log; ``user_name`` is None when that account is gone, or nobody did it."""

    id: int
    at: datetime
    user_id: str | None
    user_name: str | None
    action: str
    details: dict[str, Any]


def audit_of(
    workspace_id: str,
    target: str,
    *,
    before: tuple[datetime, int | None] | None = None,
    besides: Collection[str] = (),
    limit: int = 50,
) -> list[AuditView]:
    """What was done to one thing, the latest first; ``besides``: not these actions.

    ``before`` is the moment to go on from, itself included, and the id of the line that was told last at it
    (None: no line of that moment was).
    """
    rows = AuditEntry.objects.filter(workspace_id=workspace_id, target=target).exclude(action__in=besides)
    if before is not None:
        at, told = before
        rows = rows.filter(at__lte=at) if told is None else rows.filter(Q(at__lt=at) | Q(at=at, id__lt=told))
    return [
        AuditView(row.id, row.at, row.user_id, row.user.name if row.user else None, row.action, row.details)
        for row in rows.select_related("user").order_by("-at", "-id")[:limit]
    ]


def teams_of(workspace_id: str) -> list[TeamView]:
    """Teams by name."""
    found = Team.objects.filter(workspace_id=workspace_id).prefetch_related("members")
    views = [TeamView(team.id, team.name, [one.id for one in team.members.all()]) for team in found]
    return sorted(views, key=lambda team: (sort_key(team.name), team.id))


def member_id(workspace_id: str, user_id: str) -> str | None:
    """The user's membership of a workspace; None for an outsider."""
    found = Member.objects.filter(workspace_id=workspace_id, user_id=user_id).values_list("id", flat=True)
    return found.first()


def user_id(email: str | None) -> str:
    """The id of the user with this address; without one, of the first user."""
    users = User.objects.order_by("created_at", "id")
    found = (users.filter(email=email.strip().lower()) if email else users).first()
    if found is None:
        raise UserNotFound(email=email or "")
    return found.id


def local_owner_id() -> str | None:
    """The first user: the one who set this installation up."""
    first = User.objects.order_by("created_at", "id").first()
    return first.id if first else None
