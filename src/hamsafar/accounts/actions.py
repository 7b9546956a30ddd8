"""All writes of accounts. Permission has been checked by the caller; each is one transaction."""

from __future__ import annotations

import hashlib
import logging
import secrets
import unicodedata
from datetime import timedelta
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from hamsafar.accounts import errors
from hamsafar.accounts.models import AuditEntry, Installation, Member, OneTimeLink, Role, User, Workspace
from hamsafar.accounts.policies import ROLE_FA, Membership, RoleTooWeak, WorkspaceNotFound, at_least
from hamsafar.accounts.signals import membership_changed, workspace_deleted
from hamsafar.lib.persian import normalise

log = logging.getLogger(__name__)

SIGN_IN_LINK_LIFE = timedelta(hours=1)
INVITE_LIFE = timedelta(days=7)
# The owner of a local installation, and what they are called until they say their name.
LOCAL_ADDRESS = "owner@localhost.localdomain"
LOCAL_OWNER = {"fa": "مالک محلی", "en": "Local owner"}


def audit(workspace_id: str, user_id: str | None, action: str, target: str = "", **details: Any) -> None:
    """Writes one line of the audit log; call it inside the transaction of what it tells."""
    AuditEntry.objects.create(
        workspace_id=workspace_id, user_id=user_id, action=action, target=target, details=details
    )


def lock_workspace(workspace_id: str) -> None:
    """Until the transaction ends. On SQLite a transaction that writes is alone anyway."""
    Workspace.objects.select_for_update(no_key=True).filter(id=workspace_id).first()


def set_up(*, name: str, email: str, password: str, workspace: str, language: str) -> tuple[str, str]:
    """Makes the first user and their workspace on an empty database; returns both ids."""
    clean = _clean_user(name=name, email=email)
    _check_password(password, clean["name"], clean["email"])
    with transaction.atomic():
        _claim_installation()
        user = User.objects.create_user(
            password=password, language=language, calendar=_calendar(language), **clean
        )
        made = _create_workspace(user.id, clean_name(workspace), language, is_sample=False)
    return user.id, made


def create_local_owner(language: str) -> str:
    """The owner of a fresh local installation, who signs in by a one-time link until a password is set."""
    with transaction.atomic():
        _claim_installation()
        user = User.objects.create_user(
            LOCAL_ADDRESS, None, name=LOCAL_OWNER[language], language=language, calendar=_calendar(language)
        )
    return user.id


def create_owner(*, name: str, email: str, password: str, language: str = "fa") -> str:
    """A user made from the shell; owner of a new workspace."""
    clean = _clean_user(name=name, email=email)
    _check_password(password, clean["name"], clean["email"])
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                password=password, language=language, calendar=_calendar(language), **clean
            )
            workspace = "فضای کاری من" if language == "fa" else "My workspace"
            _create_workspace(user.id, workspace, language, is_sample=False)
    except IntegrityError as problem:
        raise errors.EmailTaken(email=clean["email"]) from problem
    return user.id


def update_me(user_id: str, fields: dict[str, str]) -> None:
    """Changes the user's own name, language, calendar or theme."""
    if "name" in fields:
        fields = {**fields, "name": clean_name(fields["name"])}
    with transaction.atomic():
        User.objects.filter(id=user_id).update(**fields)
        if "language" in fields:
            _name_local_owner(user_id, fields["language"])


def speak_language(user_id: str, language: str) -> None:
    """Sets a user's language, and the calendar that goes with it."""
    with transaction.atomic():
        User.objects.filter(id=user_id).update(language=language, calendar=_calendar(language))
        _name_local_owner(user_id, language)


def change_email(user_id: str, email: str) -> None:
    """The address the user signs in with; each belongs to one user."""
    clean = _clean_email(email)
    try:
        with transaction.atomic():
            User.objects.filter(id=user_id).update(email=clean)
    except IntegrityError as problem:
        raise errors.EmailTaken(email=clean) from problem


def create_workspace(user_id: str, *, name: str, language: str, is_sample: bool = False) -> str:
    """A new workspace, its maker the owner; returns its id."""
    with transaction.atomic():
        return _create_workspace(user_id, clean_name(name), language, is_sample=is_sample)


def update_workspace(member: Membership, fields: dict[str, str]) -> None:
    if "name" in fields:
        fields = {**fields, "name": clean_name(fields["name"])}
    with transaction.atomic():
        Workspace.objects.filter(id=member.workspace_id).update(**fields)
        audit(member.workspace_id, member.user_id, "update_workspace", **fields)


def delete_workspace(member: Membership) -> None:
    """Hides the workspace at once; its files are removed by the rooms that own them."""
    with transaction.atomic():
        Workspace.objects.filter(id=member.workspace_id).update(deleted_at=timezone.now())
        audit(member.workspace_id, member.user_id, "delete_workspace")
        transaction.on_commit(lambda: _tell_deleted(member.workspace_id))


def tell_deleted_workspaces() -> None:
    """Reminds the rooms of all deleted workspaces; for the server's start."""
    for workspace_id in Workspace.objects.exclude(deleted_at=None).values_list("id", flat=True):
        _tell_deleted(workspace_id)


def _tell_deleted(workspace_id: str) -> None:
    for receiver, answer in workspace_deleted.send_robust(None, workspace_id=workspace_id):
        if isinstance(answer, Exception):
            log.error("%s of deleted workspace %s", receiver, workspace_id, exc_info=answer)


def add_member(member: Membership, *, email: str, name: str, role: Role) -> tuple[str, str | None]:
    """Adds a user to the workspace; returns the member's id and, for a new user, the token of their invitation.

    A user who has not joined yet elsewhere gets no second invitation from somebody without power there:
    whoever holds it would become that user in every workspace.
    """
    _may_give(member, role)
    clean = _clean_user(name=name or email.split("@")[0], email=email)
    token = None
    with transaction.atomic():
        user = User.objects.filter(email=clean["email"]).first()
        if user is None:
            workspace = Workspace.objects.get(id=member.workspace_id)
            user = User.objects.create_user(
                password=None,
                language=workspace.language,
                calendar=_calendar(workspace.language),
                **clean,
            )
        if Member.objects.filter(workspace_id=member.workspace_id, user=user).exists():
            raise errors.AlreadyMember(email=clean["email"])
        made = Member.objects.create(workspace_id=member.workspace_id, user=user, role=role)
        if _may_invite(member, user):
            token = _make_link(user.id, OneTimeLink.Purpose.INVITE, INVITE_LIFE)
        audit(member.workspace_id, member.user_id, "add_member", made.id, email=user.email, role=role.value)
    return made.id, token


def change_role(member: Membership, member_id: str, role: Role) -> None:
    with transaction.atomic():
        target = _locked_member(member, member_id)
        _may_give(member, role)
        _may_give(member, Role(target.role))
        if target.role == Role.OWNER and role != Role.OWNER:
            _keep_an_owner(target)
        target.role = role
        target.save(update_fields=["role"])
        audit(member.workspace_id, member.user_id, "change_role", member_id, role=role.value)
        _tell_membership(member.workspace_id, target.user_id)


def remove_member(member: Membership, member_id: str) -> None:
    """Removes a member; anybody may remove themselves, except the last owner."""
    with transaction.atomic():
        target = _locked_member(member, member_id)
        if target.user_id != member.user_id:
            _may_give(member.require(Role.ADMIN), Role(target.role))
        if target.role == Role.OWNER:
            _keep_an_owner(target)
        target.delete()
        if not Member.objects.filter(user_id=target.user_id).exists():
            OneTimeLink.objects.filter(
                user_id=target.user_id, purpose=OneTimeLink.Purpose.INVITE, used_at=None
            ).delete()
        audit(member.workspace_id, member.user_id, "remove_member", member_id)
        _tell_membership(member.workspace_id, target.user_id)


def make_sign_in_link(user_id: str) -> str:
    """The token of a link that signs this user in once, within an hour."""
    return _make_link(user_id, OneTimeLink.Purpose.SIGN_IN, SIGN_IN_LINK_LIFE)


def spend_sign_in_link(token: str) -> User:
    """The user of an unspent sign-in link, which is spent by this."""
    with transaction.atomic():
        return _spend(token, OneTimeLink.Purpose.SIGN_IN).user


def accept_invite(token: str, *, name: str, password: str, language: str | None = None) -> User:
    """Sets the invited user's name, first password and, if said, language; the link is spent by this."""
    with transaction.atomic():
        link = _spend(token, OneTimeLink.Purpose.INVITE)
        link.user.name = clean_name(name)
        _check_password(password, link.user.name, link.user.email)
        link.user.set_password(password)
        if language:
            link.user.language, link.user.calendar = language, _calendar(language)
        link.user.save(update_fields=["name", "password", "language", "calendar"])
        return link.user


def set_password(user_id: str, password: str) -> None:
    """A password set from the shell, or the first one of an owner who came by a link."""
    user = User.objects.get(id=user_id)
    _check_password(password, user.name, user.email)
    user.set_password(password)
    user.save(update_fields=["password"])


def _claim_installation() -> None:
    """Lets exactly one caller make the first user."""
    try:
        with transaction.atomic():
            Installation.objects.create(id=1)
    except IntegrityError as problem:
        raise errors.AlreadySetUp() from problem
    if User.objects.exists():  # made from the shell before anybody came by browser
        raise errors.AlreadySetUp()


def _create_workspace(user_id: str, name: str, language: str, *, is_sample: bool) -> str:
    made = Workspace.objects.create(name=name, language=language, is_sample=is_sample)
    Member.objects.create(workspace=made, user_id=user_id, role=Role.OWNER)
    audit(made.id, user_id, "create_workspace", name=name)
    return made.id


def _tell_membership(workspace_id: str, user_id: str) -> None:
    transaction.on_commit(
        lambda: membership_changed.send_robust(None, workspace_id=workspace_id, user_id=user_id)
    )


def _locked_member(member: Membership, member_id: str) -> Member:
    # The workspace row is the lock: two owners stepping down together must not leave none.
    if not Workspace.objects.select_for_update().filter(id=member.workspace_id).exists():
        raise WorkspaceNotFound()
    target = Member.objects.filter(workspace_id=member.workspace_id, id=member_id).first()
    if target is None:
        raise errors.MemberNotFound()
    return target


def _keep_an_owner(leaving: Member) -> None:
    others = Member.objects.filter(workspace_id=leaving.workspace_id, role=Role.OWNER).exclude(id=leaving.id)
    if not others.exists():
        raise errors.LastOwner()


def _may_give(member: Membership, role: Role) -> None:
    """Nobody hands out, or takes away, more than they have."""
    if not member.at_least(role):
        raise RoleTooWeak(
            needed=role.value, role=member.role.value, needed_fa=ROLE_FA[role], role_fa=ROLE_FA[member.role]
        )


def _may_invite(member: Membership, user: User) -> bool:
    """Whether the member may hold a link that makes its holder this user, in all workspaces of theirs."""
    if user.has_usable_password() or user.last_login is not None:
        return False
    governed = Member.objects.filter(user_id=member.user_id, role__in=(Role.OWNER, Role.ADMIN))
    own = {workspace_id: Role(role) for workspace_id, role in governed.values_list("workspace_id", "role")}
    elsewhere = Member.objects.filter(user=user).exclude(workspace_id=member.workspace_id)
    return all(
        workspace_id in own and at_least(own[workspace_id], Role(role))
        for workspace_id, role in elsewhere.values_list("workspace_id", "role")
    )


def _make_link(user_id: str, purpose: OneTimeLink.Purpose, life: timedelta) -> str:
    token = secrets.token_urlsafe(32)
    OneTimeLink.objects.create(
        token_hash=_hash(token), user_id=user_id, purpose=purpose, expires_at=timezone.now() + life
    )
    return token


def _spend(token: str, purpose: OneTimeLink.Purpose) -> OneTimeLink:
    now = timezone.now()
    unspent = OneTimeLink.objects.filter(
        token_hash=_hash(token), purpose=purpose, used_at=None, expires_at__gt=now, user__is_active=True
    )
    if not unspent.update(used_at=now):  # one statement, so that of two clicks one wins
        raise errors.LinkSpent()
    return OneTimeLink.objects.select_related("user").get(token_hash=_hash(token))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _name_local_owner(user_id: str, language: str) -> None:
    """The name that was given to the local owner follows their language; a name of their own stays."""
    given = [name for said, name in LOCAL_OWNER.items() if said != language]
    User.objects.filter(id=user_id, email=LOCAL_ADDRESS, name__in=given).update(name=LOCAL_OWNER[language])


def _calendar(language: str) -> str:
    return "jalali" if language == "fa" else "gregorian"


def clean_name(name: str) -> str:
    """A name as it is kept: normalised, without control characters. Raises NameMissing."""
    clean = "".join(letter for letter in normalise(name) if unicodedata.category(letter) != "Cc").strip()
    if not clean or len(clean) > 120:
        raise errors.NameMissing()
    return clean


def _clean_email(email: str) -> str:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as problem:
        raise errors.BadEmail(email=email) from problem
    return email


def _clean_user(*, name: str, email: str) -> dict[str, str]:
    return {"name": clean_name(name), "email": _clean_email(email)}


def _check_password(password: str, name: str, email: str) -> None:
    said = {}
    for language in ("en", "fa"):
        with translation.override(language):
            try:
                validate_password(password, User(name=name, email=email))
            except ValidationError as problem:
                said[language] = " ".join(problem.messages)
    if said:
        raise errors.WeakPassword(reasons=said["en"], reasons_fa=said["fa"])
