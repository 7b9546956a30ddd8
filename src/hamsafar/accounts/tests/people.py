"""The people of every endpoint test: a member of each role, and an outsider with a workspace of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.test import Client

from hamsafar.accounts import actions
from hamsafar.accounts.models import Member, Role, User

PASSWORD = "a-long-way-together"


@dataclass(frozen=True)
class Person:
    """A signed-in browser. ``get("maps")`` asks under the workspace; a leading slash means the whole path."""

    user_id: str
    email: str
    workspace_id: str
    client: Client

    def _path(self, path: str) -> str:
        return path if path.startswith("/") else f"/api/workspaces/{self.workspace_id}/{path}"

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(self._path(path), query)

    def post(self, path: str, body: Any = None) -> Any:
        return self.client.post(self._path(path), body or {}, content_type="application/json")

    def upload(self, path: str, file: Any) -> Any:
        return self.client.post(self._path(path), {"file": file})

    def patch(self, path: str, body: Any) -> Any:
        return self.client.patch(self._path(path), body, content_type="application/json")

    def delete(self, path: str) -> Any:
        return self.client.delete(self._path(path))


@dataclass(frozen=True)
class People:
    """All of ``workspace_id``, but the outsider, who asks for it all the same."""

    workspace_id: str
    owner: Person
    admin: Person
    editor: Person
    viewer: Person
    outsider: Person
    stranger: Person


def make_people(language: str = "en") -> People:
    """Five users and somebody who is not signed in. Needs the database."""
    owner = _user("owner", language)
    workspace_id = actions.create_workspace(owner.id, name="Team", language=language)
    others = {}
    for role in (Role.ADMIN, Role.EDITOR, Role.VIEWER):
        others[role.value] = _user(role.value, language)
        Member.objects.create(workspace_id=workspace_id, user=others[role.value], role=role)
    outsider = _user("outsider", language)
    actions.create_workspace(outsider.id, name="Elsewhere", language=language)

    def person(user: User) -> Person:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return Person(user.id, user.email, workspace_id, client)

    return People(
        workspace_id,
        person(owner),
        person(others["admin"]),
        person(others["editor"]),
        person(others["viewer"]),
        person(outsider),
        Person("", "", workspace_id, Client()),
    )


def _user(name: str, language: str) -> User:
    return User.objects.create_user(f"{name}@example.org", PASSWORD, name=name.title(), language=language)
