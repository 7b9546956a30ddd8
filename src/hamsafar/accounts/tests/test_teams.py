"""Teams over HTTP: admins manage them, members see them, and nobody else learns of them."""

from __future__ import annotations

from hamsafar.accounts.models import AuditEntry, Member, Team
from hamsafar.accounts.tests.people import People, make_people


def names(people: People) -> list[str]:
    return [team["name"] for team in people.viewer.get("teams").json()["items"]]


def test_admins_make_teams_of_members(people: People) -> None:
    members = {one["name"]: one["id"] for one in people.viewer.get("members").json()}
    body = {"name": " Sales ", "members": [members["Editor"], members["Viewer"]]}
    assert people.editor.post("teams", body).status_code == 403
    assert people.outsider.post("teams", body).status_code == 404
    assert people.stranger.post("teams", body).status_code == 401
    made = people.admin.post("teams", body)
    assert made.status_code == 201
    team = made.json()["items"][0]
    assert (team["name"], sorted(team["members"])) == ("Sales", sorted(body["members"]))
    assert people.outsider.get("teams").status_code == 404
    assert people.stranger.get("teams").status_code == 401

    assert people.editor.patch(f"teams/{team['id']}", {"name": "Shop"}).status_code == 403
    changed = people.admin.patch(f"teams/{team['id']}", {"name": "Shop", "members": []})
    assert changed.json()["items"][0] == {"id": team["id"], "name": "Shop", "members": []}
    assert people.editor.delete(f"teams/{team['id']}").status_code == 403
    assert people.admin.delete(f"teams/{team['id']}").status_code == 204
    assert people.admin.delete(f"teams/{team['id']}").json()["code"] == "team_not_found"
    told = AuditEntry.objects.filter(target=team["id"]).order_by("id").values_list("action", flat=True)
    assert list(told) == ["create_team", "update_team", "delete_team"]


def test_a_name_stands_for_one_team_however_it_is_typed(people: People) -> None:
    people.admin.post("teams", {"name": "پشتيباني"})
    again = people.admin.post("teams", {"name": "پشتیبانی"})
    assert (again.status_code, again.json()["code"]) == (409, "team_exists")
    assert people.admin.post("teams", {"name": "  "}).json()["code"] == "name_missing"
    assert len(names(people)) == 1


def test_members_of_elsewhere_are_refused_and_nothing_changes(people: People) -> None:
    stranger = Member.objects.exclude(workspace_id=people.workspace_id).get()
    refused = people.admin.post("teams", {"name": "Sales", "members": [stranger.id]})
    assert (refused.status_code, refused.json()["code"]) == (404, "member_not_found")
    assert names(people) == []


def test_a_team_of_elsewhere_cannot_be_touched(people: People) -> None:
    other = Team.objects.create(
        workspace_id=Member.objects.get(user_id=people.outsider.user_id).workspace_id, name="Theirs"
    )
    assert people.admin.patch(f"teams/{other.id}", {"name": "Ours"}).status_code == 404
    assert people.admin.delete(f"teams/{other.id}").status_code == 404


def test_usual_teams_are_proposed_in_the_language_of_the_workspace(db: None) -> None:
    people = make_people("fa")
    people.admin.post("teams", {"name": "فروش"})
    proposed = people.viewer.get("teams").json()["proposed"]
    assert "بازاریابی" in proposed
    assert "فروش" not in proposed
    assert people.editor.post("teams/proposed").status_code == 403
    people.admin.post("teams/proposed")
    assert sorted(names(people)) == sorted(["فروش", *proposed])
    people.admin.post("teams/proposed")
    assert len(names(people)) == len(proposed) + 1


def test_who_leaves_the_workspace_leaves_its_teams(people: People) -> None:
    members = {one["name"]: one["id"] for one in people.viewer.get("members").json()}
    people.admin.post("teams", {"name": "Sales", "members": [members["Viewer"]]})
    people.admin.delete(f"members/{members['Viewer']}")
    assert people.admin.get("teams").json()["items"][0]["members"] == []
