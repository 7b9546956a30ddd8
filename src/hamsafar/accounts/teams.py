"""Writes to teams. Permission has been checked by the caller; each is one transaction.

Maps name their owners by id and name, so that a team that is deleted or renamed stays readable on them.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from hamsafar.accounts import errors
from hamsafar.accounts.actions import audit, clean_name
from hamsafar.accounts.models import Member, Team, Workspace
from hamsafar.accounts.policies import Membership, WorkspaceNotFound
from hamsafar.lib.persian import search_key

MOST_TEAMS = 200
# What many companies have; offered, never made unasked.
PROPOSED = {
    "fa": ("بازاریابی", "فروش", "پشتیبانی", "محتوا", "محصول", "عملیات"),
    "en": ("Marketing", "Sales", "Support", "Content", "Product", "Operations"),
}


def create_team(member: Membership, *, name: str, members: Sequence[str] = ()) -> str:
    """A new team of members of this workspace; returns its id. Raises TeamExists, MemberNotFound."""
    clean = clean_name(name)
    with transaction.atomic():
        _lock(member)
        if Team.objects.filter(workspace_id=member.workspace_id).count() >= MOST_TEAMS:
            raise errors.TooManyTeams(limit=MOST_TEAMS)
        _check_name(member, clean)
        made = Team.objects.create(workspace_id=member.workspace_id, name=clean)
        made.members.set(_members(member, members))
        audit(member.workspace_id, member.user_id, "create_team", made.id, name=clean)
    return made.id


def create_proposed(member: Membership) -> list[str]:
    """Makes those of ``PROPOSED`` that the workspace has not yet, in its language; returns their ids."""
    with transaction.atomic():
        _lock(member)
        found = Team.objects.filter(workspace_id=member.workspace_id)
        known = set(found.values_list("name_search", flat=True))
        names = PROPOSED[member.workspace_language]
        return [create_team(member, name=name) for name in names if search_key(name) not in known]


def update_team(
    member: Membership, team_id: str, *, name: str | None = None, members: Sequence[str] | None = None
) -> None:
    """Changes the name, the members, or both; ``members`` are all there shall be."""
    clean = None if name is None else clean_name(name)
    with transaction.atomic():
        _lock(member)
        team = Team.objects.filter(workspace_id=member.workspace_id, id=team_id).first()
        if team is None:
            raise errors.TeamNotFound()
        if clean is not None and clean != team.name:
            _check_name(member, clean, team_id)
            team.name = clean
            team.save()
        if members is not None:
            team.members.set(_members(member, members))
        audit(member.workspace_id, member.user_id, "update_team", team_id, name=team.name)


def delete_team(member: Membership, team_id: str) -> None:
    """Deletes a team; maps keep its name."""
    with transaction.atomic():
        team = Team.objects.filter(workspace_id=member.workspace_id, id=team_id).first()
        if team is None:
            raise errors.TeamNotFound()
        audit(member.workspace_id, member.user_id, "delete_team", team_id, name=team.name)
        team.delete()


def _lock(member: Membership) -> None:
    if not Workspace.objects.select_for_update().filter(id=member.workspace_id).exists():
        raise WorkspaceNotFound()


def _check_name(member: Membership, name: str, own_id: str = "") -> None:
    same = Team.objects.filter(workspace_id=member.workspace_id, name_search=search_key(name)[:120])
    if same.exclude(id=own_id).exists():
        raise errors.TeamExists(name=name)


def _members(member: Membership, ids: Sequence[str]) -> list[Member]:
    found = list(Member.objects.filter(workspace_id=member.workspace_id, id__in=ids))
    if len(found) != len(set(ids)):
        raise errors.MemberNotFound()
    return found
