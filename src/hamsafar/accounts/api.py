"""HTTP: session, first set-up, oneself, workspaces, members. Signing in and out are allauth's."""

from __future__ import annotations

from typing import Any

from allauth.core.ratelimit import consume
from django.contrib.auth import login, update_session_auth_hash
from django.http import HttpRequest
from ninja import Router, Status

from hamsafar import __version__
from hamsafar.accounts import actions, policies, queries, schemas, teams
from hamsafar.accounts.errors import TooManyTries, WrongPassword
from hamsafar.accounts.models import Role, User
from hamsafar.lib.persian import search_key

open_router = Router(tags=["session"])
router = Router(tags=["accounts"])

# Users sign in through allauth; those who come by a link are signed in by the same back end.
_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def _session(request: HttpRequest) -> dict[str, Any]:
    user: Any = request.user
    if not user.is_authenticated:
        return {
            "user": None,
            "workspaces": [],
            "setup_needed": queries.setup_needed(),
            "version": __version__,
        }
    return {
        "user": _user(user),
        "workspaces": queries.workspaces_of(user.id, user.language),
        "setup_needed": False,
        "version": __version__,
    }


def _user(user: Any) -> dict[str, Any]:
    fields = ("id", "name", "email", "language", "calendar", "theme")
    return {**{field: getattr(user, field) for field in fields}, "has_password": user.has_usable_password()}


@open_router.get("/session", response=schemas.SessionOut)
def session(request: HttpRequest) -> Any:
    return _session(request)


@open_router.post("/setup", auth=policies.from_our_page, response=schemas.SessionOut)
def set_up(request: HttpRequest, body: schemas.SetupIn) -> Any:
    user_id, _ = actions.set_up(**body.model_dump())
    login(request, User.objects.get(id=user_id), backend=_BACKEND)
    return _session(request)


@open_router.post("/invites/{token}", auth=policies.from_our_page, response=schemas.SessionOut)
def accept_invite(request: HttpRequest, token: str, body: schemas.InviteIn) -> Any:
    login(request, actions.accept_invite(token, **body.model_dump()), backend=_BACKEND)
    return _session(request)


@router.patch("/me", response=schemas.UserOut)
def update_me(request: HttpRequest, body: schemas.MeIn) -> Any:
    user = _signed_in(request)
    actions.update_me(user.id, _given(body))
    user.refresh_from_db()
    return _user(user)


@router.post("/me/email", response=schemas.UserOut)
def change_email(request: HttpRequest, body: schemas.EmailIn) -> Any:
    user = _signed_in(request)
    _check_present_password(request, body.password)
    actions.change_email(user.id, body.email)
    user.refresh_from_db()
    return _user(user)


@router.post("/me/password", response={204: None})
def change_password(request: HttpRequest, body: schemas.PasswordIn) -> Any:
    user = _signed_in(request)
    _check_present_password(request, body.current)
    actions.set_password(user.id, body.new)
    user.refresh_from_db()
    update_session_auth_hash(request, user)  # other sessions of this user end here
    return Status(204, None)


@router.post("/workspaces", response={201: schemas.WorkspaceOut})
def create_workspace(request: HttpRequest, body: schemas.WorkspaceIn) -> Any:
    made = actions.create_workspace(_signed_in(request).id, name=body.name, language=body.language)
    return Status(201, _workspace(request, made))


@router.get("/workspaces/{workspace_id}", response=schemas.WorkspaceOut)
def get_workspace(request: HttpRequest, workspace_id: str) -> Any:
    policies.viewer(request.user, workspace_id)
    return _workspace(request, workspace_id)


@router.patch("/workspaces/{workspace_id}", response=schemas.WorkspaceOut)
def update_workspace(request: HttpRequest, workspace_id: str, body: schemas.WorkspacePatch) -> Any:
    actions.update_workspace(policies.admin(request.user, workspace_id), _given(body))
    return _workspace(request, workspace_id)


@router.delete("/workspaces/{workspace_id}", response={204: None})
def delete_workspace(request: HttpRequest, workspace_id: str) -> Any:
    actions.delete_workspace(policies.owner(request.user, workspace_id))
    return Status(204, None)


@router.get("/workspaces/{workspace_id}/members", response=list[schemas.MemberOut])
def list_members(request: HttpRequest, workspace_id: str) -> Any:
    policies.viewer(request.user, workspace_id)
    return queries.members_of(workspace_id)


@router.post("/workspaces/{workspace_id}/members", response={201: schemas.MemberAdded})
def add_member(request: HttpRequest, workspace_id: str, body: schemas.MemberIn) -> Any:
    member = policies.admin(request.user, workspace_id)
    made, token = actions.add_member(member, email=body.email, name=body.name, role=Role(body.role))
    return Status(201, {"id": made, "invite_path": f"/invite/{token}" if token else None})


@router.patch("/workspaces/{workspace_id}/members/{member_id}", response={204: None})
def change_role(request: HttpRequest, workspace_id: str, member_id: str, body: schemas.MemberPatch) -> Any:
    actions.change_role(policies.admin(request.user, workspace_id), member_id, Role(body.role))
    return Status(204, None)


@router.delete("/workspaces/{workspace_id}/members/{member_id}", response={204: None})
def remove_member(request: HttpRequest, workspace_id: str, member_id: str) -> Any:
    actions.remove_member(policies.viewer(request.user, workspace_id), member_id)
    return Status(204, None)


@router.get("/workspaces/{workspace_id}/teams", response=schemas.TeamsOut)
def list_teams(request: HttpRequest, workspace_id: str) -> Any:
    return _teams(policies.viewer(request.user, workspace_id))


@router.post("/workspaces/{workspace_id}/teams", response={201: schemas.TeamsOut})
def create_team(request: HttpRequest, workspace_id: str, body: schemas.TeamIn) -> Any:
    member = policies.admin(request.user, workspace_id)
    teams.create_team(member, name=body.name, members=body.members)
    return Status(201, _teams(member))


@router.post("/workspaces/{workspace_id}/teams/proposed", response={201: schemas.TeamsOut})
def create_proposed_teams(request: HttpRequest, workspace_id: str) -> Any:
    member = policies.admin(request.user, workspace_id)
    teams.create_proposed(member)
    return Status(201, _teams(member))


@router.patch("/workspaces/{workspace_id}/teams/{team_id}", response=schemas.TeamsOut)
def update_team(request: HttpRequest, workspace_id: str, team_id: str, body: schemas.TeamPatch) -> Any:
    member = policies.admin(request.user, workspace_id)
    teams.update_team(member, team_id, name=body.name, members=body.members)
    return _teams(member)


@router.delete("/workspaces/{workspace_id}/teams/{team_id}", response={204: None})
def delete_team(request: HttpRequest, workspace_id: str, team_id: str) -> Any:
    teams.delete_team(policies.admin(request.user, workspace_id), team_id)
    return Status(204, None)


def _teams(member: policies.Membership) -> dict[str, Any]:
    items = queries.teams_of(member.workspace_id)
    known = {search_key(team.name) for team in items}
    names = teams.PROPOSED[member.workspace_language]
    return {"items": items, "proposed": [name for name in names if search_key(name) not in known]}


def _workspace(request: HttpRequest, workspace_id: str) -> queries.WorkspaceView:
    user = _signed_in(request)
    return next(w for w in queries.workspaces_of(user.id, user.language) if w.id == workspace_id)


def _signed_in(request: HttpRequest) -> Any:
    if not request.user.is_authenticated:
        raise policies.NotSignedIn()
    return request.user


def _check_present_password(request: HttpRequest, password: str) -> None:
    user = _signed_in(request)
    # An owner who came by the one-time link has no password yet, so there is none to ask for.
    if not user.has_usable_password():
        return
    # Whoever sits down at an open browser must not try passwords without end.
    if not consume(request, action="change_password", user=user):
        raise TooManyTries()
    if not user.check_password(password):
        raise WrongPassword()


def _given(body: schemas.MeIn | schemas.WorkspacePatch) -> dict[str, str]:
    """The fields that were sent with a value."""
    return {key: value for key, value in body.model_dump().items() if value is not None}
