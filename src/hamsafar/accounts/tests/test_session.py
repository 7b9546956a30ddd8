from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from hamsafar.accounts import actions, queries
from hamsafar.accounts.models import User
from hamsafar.accounts.tests.people import PASSWORD, People

SETUP = {
    "name": "سارا",
    "email": "Sara@Example.org",
    "password": PASSWORD,
    "workspace": "فروشگاه ما",
    "language": "fa",
}


def post(client: Client, path: str, body: Any) -> Any:
    return client.post(path, body, content_type="application/json")


@pytest.mark.django_db
def test_an_empty_database_asks_for_its_owner_once() -> None:
    client = Client()
    assert client.get("/api/session").json()["setup_needed"] is True
    made = post(client, "/api/setup", SETUP)
    assert made.status_code == 200
    session = client.get("/api/session").json()
    assert session["user"]["email"] == "sara@example.org"
    assert session["user"]["calendar"] == "jalali"
    assert [w["role"] for w in session["workspaces"]] == ["owner"]

    again = post(Client(HTTP_ACCEPT_LANGUAGE="fa"), "/api/setup", {**SETUP, "email": "x@example.org"})
    assert (again.status_code, again.json()["code"]) == (409, "already_set_up")
    assert "راه‌اندازی شده" in again.json()["detail"]
    assert User.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("email", "sara", "bad_email"),
        ("password", "12345678", "weak_password"),
        ("name", "  ", "name_missing"),
    ],
)
def test_a_bad_set_up_changes_nothing(field: str, value: str, code: str) -> None:
    refused = post(Client(), "/api/setup", {**SETUP, field: value})
    assert (refused.status_code, refused.json()["code"]) == (400, code)
    assert queries.setup_needed()
    assert post(Client(), "/api/setup", SETUP).status_code == 200


@pytest.mark.django_db
def test_set_up_from_another_site_is_refused() -> None:
    refused = post(Client(enforce_csrf_checks=True), "/api/setup", SETUP)
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf_missing")


def test_sign_in_and_out(people: People) -> None:
    client = Client()
    wrong = post(client, "/_allauth/browser/v1/auth/login", {"email": people.owner.email, "password": "no"})
    assert wrong.status_code == 400
    right = post(
        client, "/_allauth/browser/v1/auth/login", {"email": people.owner.email, "password": PASSWORD}
    )
    assert right.status_code == 200
    assert client.get("/api/session").json()["user"]["id"] == people.owner.user_id
    client.delete("/_allauth/browser/v1/auth/session")
    assert client.get("/api/session").json()["user"] is None


def test_nobody_signs_up_by_themselves(people: People) -> None:
    refused = post(
        Client(), "/_allauth/browser/v1/auth/signup", {"email": "new@example.org", "password": PASSWORD}
    )
    assert refused.status_code == 404
    assert not User.objects.filter(email="new@example.org").exists()


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("POST", "account/email"),
        ("PATCH", "account/email"),
        ("POST", "account/password/change"),
        ("POST", "auth/password/request"),
        ("POST", "auth/code/request"),
    ],
)
def test_accounts_change_by_our_own_addresses_alone(people: People, method: str, address: str) -> None:
    body = '{"email": "Owner@Example.org", "primary": true, "new_password": "a-new-way-together"}'
    refused = people.viewer.client.generic(
        method, f"/_allauth/browser/v1/{address}", body, content_type="application/json"
    )
    assert (refused.status_code, refused.json()["code"]) == (404, "address_unknown")
    assert User.objects.get(id=people.viewer.user_id).email == people.viewer.email


def test_the_one_time_link_signs_in_once(people: People) -> None:
    token = actions.make_sign_in_link(people.viewer.user_id)
    first = Client()
    assert first.get(f"/link/{token}").headers["Location"] == "/"
    assert first.get("/api/session").json()["user"]["id"] == people.viewer.user_id
    second = Client()
    assert second.get(f"/link/{token}").headers["Location"] == "/signin?link=spent"
    assert second.get("/api/session").json()["user"] is None


@pytest.mark.django_db
def test_the_first_link_speaks_the_browsers_language_and_later_ones_the_users() -> None:
    owner = actions.create_local_owner("en")
    client = Client(HTTP_ACCEPT_LANGUAGE="fa-IR,fa;q=0.9,en;q=0.5")
    client.get(f"/link/{actions.make_sign_in_link(owner)}")
    user = client.get("/api/session").json()["user"]
    assert (user["language"], user["calendar"]) == ("fa", "jalali")
    Client(HTTP_ACCEPT_LANGUAGE="en").get(f"/link/{actions.make_sign_in_link(owner)}")
    assert client.get("/api/session").json()["user"]["language"] == "fa"


def test_password_change_asks_for_the_present_one_and_ends_other_sessions(people: People) -> None:
    elsewhere = Client()
    elsewhere.force_login(User.objects.get(id=people.editor.user_id))
    wrong = people.editor.post("/api/me/password", {"current": "nope", "new": "another-long-way"})
    assert wrong.json()["code"] == "wrong_password"
    assert people.editor.post("/api/me/password", {"current": PASSWORD, "new": "1234"}).status_code == 400
    assert (
        people.editor.post("/api/me/password", {"current": PASSWORD, "new": "another-long-way"}).status_code
        == 204
    )
    assert people.editor.get("/api/session").json()["user"] is not None
    assert elsewhere.get("/api/session").json()["user"] is None


@pytest.mark.parametrize("address", ["/api/me/password", "/api/me/email"])
def test_the_present_password_cannot_be_tried_without_end(people: People, address: str) -> None:
    wrong = {"current": "nope", "password": "nope", "new": "another-long-way", "email": "new@example.org"}
    tries = [people.editor.post(address, wrong).json()["code"] for _ in range(6)]
    assert tries == ["wrong_password"] * 5 + ["too_many_tries"]
    right = people.editor.post(address, {**wrong, "current": PASSWORD, "password": PASSWORD})
    assert (right.status_code, right.json()["code"]) == (429, "too_many_tries")
    assert User.objects.get(id=people.editor.user_id).check_password(PASSWORD)


def test_language_and_calendar_are_the_users_own(people: People) -> None:
    changed = people.viewer.patch("/api/me", {"language": "fa", "calendar": "jalali", "theme": "dark"})
    assert changed.json()["language"] == "fa"
    assert people.owner.get("/api/session").json()["user"]["language"] == "en"
    missing = people.viewer.get("/api/workspaces/nothing")
    assert missing.json()["detail"].startswith("چنین فضای کاری")
    assert people.viewer.patch("/api/me", {"language": "de"}).status_code == 422


@pytest.mark.django_db
def test_the_local_owner_is_called_so_in_the_language_they_read_until_they_say_their_name() -> None:
    user = User.objects.get(id=actions.create_local_owner("en"))
    assert user.name == "Local owner"

    actions.speak_language(user.id, "fa")
    user.refresh_from_db()
    assert user.name == "مالک محلی"

    actions.update_me(user.id, {"name": "Local owner of mine"})
    actions.update_me(user.id, {"language": "en"})
    actions.update_me(user.id, {"language": "fa"})
    user.refresh_from_db()
    assert user.name == "Local owner of mine"


def test_a_member_who_is_called_like_the_local_owner_stays_so(people: People) -> None:
    people.viewer.patch("/api/me", {"name": "Local owner", "language": "fa"})
    assert people.viewer.get("/api/session").json()["user"]["name"] == "Local owner"


def test_the_address_changes_with_the_password_and_stays_unique(people: People) -> None:
    wrong = people.editor.post("/api/me/email", {"email": "new@example.org", "password": "nope"})
    assert wrong.json()["code"] == "wrong_password"
    taken = people.editor.post("/api/me/email", {"email": people.owner.email.upper(), "password": PASSWORD})
    assert (taken.status_code, taken.json()["code"]) == (409, "email_taken")
    changed = people.editor.post("/api/me/email", {"email": "New@Example.org", "password": PASSWORD})
    assert changed.json()["email"] == "new@example.org"


@pytest.mark.django_db
def test_the_local_owner_sets_an_address_and_a_first_password() -> None:
    client = Client()
    client.get(f"/link/{actions.make_sign_in_link(actions.create_local_owner('fa'))}")
    assert client.get("/api/session").json()["user"]["has_password"] is False
    assert post(client, "/api/me/email", {"email": "sara@example.org"}).status_code == 200
    assert post(client, "/api/me/password", {"new": PASSWORD}).status_code == 204
    login = post(
        Client(), "/_allauth/browser/v1/auth/login", {"email": "sara@example.org", "password": PASSWORD}
    )
    assert login.status_code == 200
