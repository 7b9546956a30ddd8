from __future__ import annotations

from django.test import Client
from django.utils import timezone

from hamsafar.accounts import actions
from hamsafar.accounts.models import Member, Role, User
from hamsafar.accounts.tests.people import PASSWORD, People


def member_id(people: People, user_id: str) -> str:
    return Member.objects.get(workspace_id=people.workspace_id, user_id=user_id).id


def test_every_member_sees_the_members_and_no_outsider_does(people: People) -> None:
    assert [m["role"] for m in people.viewer.get("members").json()] == ["owner", "admin", "editor", "viewer"]
    assert people.outsider.get("members").status_code == 404
    assert people.stranger.get("members").status_code == 401


def test_only_admins_invite_and_an_invited_user_sets_their_password(people: People) -> None:
    body = {"email": "nima@example.org", "name": "نیما", "role": "editor"}
    assert people.editor.post("members", body).status_code == 403
    assert people.outsider.post("members", body).status_code == 404
    added = people.admin.post("members", body)
    assert added.status_code == 201
    token = added.json()["invite_path"].removeprefix("/invite/")

    browser = Client()
    accepted = browser.post(
        f"/api/invites/{token}",
        {"name": "نیما", "password": PASSWORD, "language": "fa"},
        content_type="application/json",
    )
    assert accepted.json()["user"]["language"] == "fa", "the workspace's is English, the reader's is not"
    assert accepted.json()["user"]["calendar"] == "jalali"
    assert accepted.json()["workspaces"][0]["role"] == "editor"
    spent = Client().post(
        f"/api/invites/{token}", {"name": "x", "password": PASSWORD}, content_type="application/json"
    )
    assert (spent.status_code, spent.json()["code"]) == (404, "link_spent")
    assert people.admin.post("members", body).json()["code"] == "already_member"


def test_an_invitation_of_one_workspace_cannot_be_taken_over_from_another(people: People) -> None:
    body = {"email": "nima@example.org", "name": "نیما", "role": "owner"}
    first = people.owner.post("members", body).json()["invite_path"].removeprefix("/invite/")

    # Both are owners of workspaces of their own, where neither has power over the first one's owners.
    for attacker in (people.outsider, people.admin):
        own = attacker.post("/api/workspaces", {"name": "x", "language": "en"}).json()["id"]
        added = attacker.post(f"/api/workspaces/{own}/members", {**body, "role": "viewer"})
        assert (added.status_code, added.json()["invite_path"]) == (201, None)

    accepted = Client().post(
        f"/api/invites/{first}", {"name": "نیما", "password": PASSWORD}, content_type="application/json"
    )
    assert accepted.status_code == 200


def test_the_local_owner_without_a_password_cannot_be_invited_away(people: People) -> None:
    User.objects.create_user("owner@localhost.localdomain", None, name="x", last_login=timezone.now())
    body = {"email": "owner@localhost.localdomain", "role": "viewer"}
    assert people.owner.post("members", body).json()["invite_path"] is None


def test_the_invitation_of_a_removed_member_is_void(people: People) -> None:
    added = people.admin.post("members", {"email": "nima@example.org", "role": "viewer"}).json()
    assert people.admin.delete(f"members/{added['id']}").status_code == 204
    accepted = Client().post(
        f"/api{added['invite_path'].replace('/invite/', '/invites/')}",
        {"name": "x", "password": PASSWORD},
        content_type="application/json",
    )
    assert accepted.json()["code"] == "link_spent"


def test_nobody_hands_out_more_than_they_have(people: People) -> None:
    body = {"email": "new@example.org", "role": "owner"}
    assert people.admin.post("members", body).json()["code"] == "role_too_weak"
    own = member_id(people, people.admin.user_id)
    assert people.admin.patch(f"members/{own}", {"role": "owner"}).status_code == 403
    owners = member_id(people, people.owner.user_id)
    assert people.admin.patch(f"members/{owners}", {"role": "viewer"}).status_code == 403
    assert people.admin.delete(f"members/{owners}").status_code == 403


def test_roles_change_and_the_last_owner_stays(people: People) -> None:
    viewer = member_id(people, people.viewer.user_id)
    assert people.viewer.patch(f"members/{viewer}", {"role": "editor"}).status_code == 403
    assert people.admin.patch(f"members/{viewer}", {"role": "editor"}).status_code == 204
    assert Member.objects.get(id=viewer).role == Role.EDITOR
    owner = member_id(people, people.owner.user_id)
    assert people.owner.patch(f"members/{owner}", {"role": "admin"}).json()["code"] == "last_owner"
    assert people.owner.delete(f"members/{owner}").json()["code"] == "last_owner"


def test_a_removed_member_is_an_outsider_at_once(people: People) -> None:
    editor = member_id(people, people.editor.user_id)
    assert people.viewer.delete(f"members/{editor}").status_code == 403
    assert people.admin.delete(f"members/{editor}").status_code == 204
    assert people.editor.get("members").status_code == 404


def test_anybody_may_leave(people: People) -> None:
    assert people.viewer.delete(f"members/{member_id(people, people.viewer.user_id)}").status_code == 204
    assert people.viewer.get("").status_code == 404


def test_members_of_another_workspace_are_out_of_reach(people: People) -> None:
    foreign = Member.objects.exclude(workspace_id=people.workspace_id).get()
    assert (
        people.owner.patch(f"members/{foreign.id}", {"role": "viewer"}).json()["code"] == "member_not_found"
    )
    assert people.owner.delete(f"members/{foreign.id}").status_code == 404


def test_workspaces_are_renamed_by_admins_and_deleted_by_owners(people: People) -> None:
    path = f"/api/workspaces/{people.workspace_id}"
    assert people.viewer.get(path).json()["name"] == "Team"
    assert people.editor.patch(path, {"name": "X"}).status_code == 403
    assert people.admin.patch(path, {"name": "تیم تجربهٔ مشتری"}).json()["name"] == "تیم تجربهٔ مشتری"
    assert people.admin.delete(path).status_code == 403
    assert people.outsider.delete(path).status_code == 404
    assert people.owner.delete(path).status_code == 204
    assert people.owner.get(path).status_code == 404
    made = people.viewer.post("/api/workspaces", {"name": "My own", "language": "en"})
    assert (made.status_code, made.json()["role"]) == (201, "owner")


def test_who_came_by_a_link_has_joined_and_who_was_invited_has_not(people: People) -> None:
    people.admin.post("members", {"email": "nima@example.org", "name": "Nima", "role": "viewer"})
    link = actions.make_sign_in_link(people.editor.user_id)
    User.objects.filter(id=people.editor.user_id).update(password="!")
    Client().get(f"/link/{link}")
    joined = {member["email"]: member["joined"] for member in people.viewer.get("members").json()}
    assert joined["editor@example.org"] is True
    assert joined["nima@example.org"] is False
