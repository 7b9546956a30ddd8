"""Who may do what in a workspace. Endpoints call these; actions rely on it having been done."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from ninja.utils import check_csrf

from hamsafar.accounts.models import Member, Role
from hamsafar.lib.errors import HamsafarError, NotAllowed, NotFound


class NotSignedIn(HamsafarError):
    code = "not_signed_in"
    status = 401
    en = "Sign in first."
    fa = "ابتدا وارد شوید."


class CsrfMissing(NotAllowed):
    code = "csrf_missing"
    en = "The request came without its security token. Reload the page and try again."
    fa = "درخواست بدون نشانهٔ امنیتی رسید. صفحه را تازه کنید و دوباره تلاش کنید."


class WorkspaceNotFound(NotFound):
    code = "workspace_not_found"
    en = "There is no such workspace, or you are not a member of it."
    fa = "چنین فضای کاری‌ای وجود ندارد یا شما عضو آن نیستید."


class RoleTooWeak(NotAllowed):
    code = "role_too_weak"
    en = "Only members with the role “{needed}” or higher may do this; your role is “{role}”."
    fa = "این کار به نقش «{needed_fa}» یا بالاتر نیاز دارد؛ نقش شما «{role_fa}» است."


ROLE_FA = {Role.OWNER: "مالک", Role.ADMIN: "مدیر", Role.EDITOR: "ویرایشگر", Role.VIEWER: "بیننده"}
_POWER = {role: power for power, role in enumerate(reversed(Role))}


def at_least(role: Role, needed: Role) -> bool:
    """Whether a role has all the power of another."""
    return _POWER[role] >= _POWER[needed]


@dataclass(frozen=True)
class Membership:
    """The signed-in user's place in one workspace."""

    workspace_id: str
    user_id: str
    user_name: str
    role: Role
    workspace_language: str

    def at_least(self, role: Role) -> bool:
        return at_least(self.role, role)

    def require(self, role: Role) -> Membership:
        if not self.at_least(role):
            raise RoleTooWeak(
                needed=role.value, role=self.role.value, needed_fa=ROLE_FA[role], role_fa=ROLE_FA[self.role]
            )
        return self


def membership(user: Any, workspace_id: str) -> Membership:
    """The user's membership; an outsider learns no more than that there is nothing for them."""
    if not getattr(user, "is_authenticated", False):
        raise NotSignedIn()
    member = (
        Member.objects.filter(workspace_id=workspace_id, user_id=user.pk, workspace__deleted_at=None)
        .select_related("workspace")
        .first()
    )
    if member is None:
        raise WorkspaceNotFound()
    return Membership(workspace_id, user.pk, user.name, Role(member.role), member.workspace.language)


def viewer(user: Any, workspace_id: str) -> Membership:
    """Any member: may read."""
    return membership(user, workspace_id)


def editor(user: Any, workspace_id: str) -> Membership:
    """May change maps, libraries and imports."""
    return membership(user, workspace_id).require(Role.EDITOR)


def editors_among(user_ids: Collection[str], workspace_id: str) -> set[str]:
    """Those of the users who may change maps, libraries and imports; one query for all of them."""
    roles = [role for role in Role if at_least(role, Role.EDITOR)]
    found = Member.objects.filter(
        workspace_id=workspace_id, workspace__deleted_at=None, user_id__in=user_ids, role__in=roles
    )
    return set(found.values_list("user_id", flat=True))


def admin(user: Any, workspace_id: str) -> Membership:
    """May manage members and the workspace's settings."""
    return membership(user, workspace_id).require(Role.ADMIN)


def owner(user: Any, workspace_id: str) -> Membership:
    """May delete the workspace and name other owners."""
    return membership(user, workspace_id).require(Role.OWNER)


def from_our_page(request: HttpRequest) -> bool:
    """For endpoints open to strangers that change something: the request carries our page's token."""
    if check_csrf(request) is not None:
        raise CsrfMissing()
    return True
