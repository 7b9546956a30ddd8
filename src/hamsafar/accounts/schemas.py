"""What crosses HTTP for accounts."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Field, Schema

Language = Literal["fa", "en"]
Calendar = Literal["jalali", "gregorian"]
Theme = Literal["auto", "light", "dark"]
RoleName = Literal["owner", "admin", "editor", "viewer"]


class UserOut(Schema):
    id: str
    name: str
    email: str
    language: Language
    calendar: Calendar
    theme: Theme
    has_password: bool


class WorkspaceOut(Schema):
    id: str
    name: str
    language: Language
    is_sample: bool
    role: RoleName


class SessionOut(Schema):
    user: UserOut | None
    workspaces: list[WorkspaceOut]
    setup_needed: bool
    version: str


class SetupIn(Schema):
    name: str
    email: str
    password: str
    workspace: str
    language: Language


class MeIn(Schema):
    name: str | None = None
    language: Language | None = None
    calendar: Calendar | None = None
    theme: Theme | None = None


class EmailIn(Schema):
    email: str
    password: str = ""


class PasswordIn(Schema):
    current: str = ""
    new: str


class InviteIn(Schema):
    name: str
    password: str
    language: Language | None = None


class WorkspaceIn(Schema):
    name: str
    language: Language


class WorkspacePatch(Schema):
    name: str | None = None
    language: Language | None = None


class MemberOut(Schema):
    id: str
    user_id: str
    name: str
    email: str
    role: RoleName
    joined: bool
    created_at: datetime


class MemberAdded(Schema):
    id: str
    invite_path: str | None


class MemberIn(Schema):
    email: str
    name: str = ""
    role: RoleName


class TeamOut(Schema):
    id: str
    name: str
    members: list[str]


class TeamsOut(Schema):
    """``proposed`` are names that many workspaces have and this one has not."""

    items: list[TeamOut]
    proposed: list[str]


class TeamIn(Schema):
    name: str
    members: list[str] = Field(default_factory=list, max_length=1_000)


class TeamPatch(Schema):
    name: str | None = None
    members: list[str] | None = Field(default=None, max_length=1_000)


class MemberPatch(Schema):
    role: RoleName
