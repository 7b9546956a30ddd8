"""What people hear of in the app: who hears it, once, how they chose, and what they have read."""

from __future__ import annotations

import pytest

from hamsafar.accounts.tests.people import People, Person
from hamsafar.notices import actions, kinds
from hamsafar.notices.errors import UnknownKind
from hamsafar.notices.kinds import Kind

pytestmark = pytest.mark.django_db

BELL = Kind(
    "bell", label_en="Bells", label_fa="زنگ‌ها", en="{who} rang {times} times", fa="{who} {times} بار زنگ زد"
)
HORN = Kind("horn", label_en="Horns", label_fa="بوق‌ها", en="A horn", fa="یک بوق", mail=False)


@pytest.fixture(autouse=True)
def _kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_KINDS", {"bell": BELL, "horn": HORN})


def ring(people: People, *to: Person, about: str = "1", kind: str = "bell") -> None:
    actions.tell(
        people.workspace_id,
        [person.user_id for person in to],
        kind,
        about,
        params={"who": "Sara", "times": "3"},
        path=f"/w/{people.workspace_id}/maps/m1",
        excerpt="hello",
    )


def heard(person: Person) -> list[str]:
    return [one["sentence"] for one in person.get("/api/me/notices").json()["items"]]


def unread(person: Person) -> int:
    return int(person.get("/api/me/notices/unread").json()["unread"])


def test_members_hear_it_once_in_their_language_and_outsiders_never(people: People) -> None:
    people.viewer.patch("/api/me", {"language": "fa"})
    for _ in range(2):
        ring(people, people.editor, people.viewer, people.outsider)
    assert heard(people.editor) == ["\u2068Sara\u2069 rang \u20683\u2069 times"]
    assert heard(people.viewer) == ["\u2068Sara\u2069 \u2068۳\u2069 بار زنگ زد"]
    assert heard(people.outsider) == []
    assert heard(people.owner) == []
    assert people.stranger.get("/api/me/notices").status_code == 401


def test_reading_some_and_all(people: People) -> None:
    for number in range(3):
        ring(people, people.editor, people.owner, about=str(number))
    assert unread(people.editor) == 3
    first = people.editor.get("/api/me/notices").json()["items"][0]["id"]
    assert people.editor.post("/api/me/notices/read", {"ids": [first]}).json() == {"unread": 2}
    assert people.owner.post("/api/me/notices/read", {"ids": [first]}).json() == {"unread": 3}
    assert len(people.editor.get("/api/me/notices", unread=True).json()["items"]) == 2
    assert people.editor.post("/api/me/notices/read").json() == {"unread": 0}
    actions.mark_read_about(people.owner.user_id, ["0", "1"])
    assert unread(people.owner) == 1


def test_pages_neither_repeat_nor_miss(people: People) -> None:
    for number in range(5):
        ring(people, people.editor, about=str(number))
    seen, cursor = [], None
    while True:
        page = people.editor.get("/api/me/notices", limit=2, **({"cursor": cursor} if cursor else {})).json()
        seen += [one["id"] for one in page["items"]]
        if (cursor := page["next"]) is None:
            break
    assert len(seen) == len(set(seen)) == 5
    assert seen == sorted(seen, reverse=True)
    assert people.editor.get("/api/me/notices", cursor="nonsense").status_code == 400


def test_everyone_chooses_how_they_hear_a_kind(people: People) -> None:
    shown = people.editor.get("/api/me/notice-choices").json()
    assert shown["choices"] == [
        {"kind": "bell", "label": "Bells", "in_app": True, "by_mail": True},
        {"kind": "horn", "label": "Horns", "in_app": True, "by_mail": False},
    ]
    assert shown["mail_available"] is False
    body = {"kind": "bell", "in_app": False, "by_mail": False}
    assert people.editor.patch("/api/me/notice-choices", body).json()["choices"][0]["in_app"] is False
    ring(people, people.editor, people.owner)
    assert heard(people.editor) == []
    assert len(heard(people.owner)) == 1
    wrong = people.editor.patch("/api/me/notice-choices", {**body, "kind": "drum"})
    assert (wrong.status_code, wrong.json()["code"]) == (400, "unknown_notice_kind")
    with pytest.raises(UnknownKind):
        ring(people, people.owner, kind="drum")


def test_who_left_the_workspace_hears_no_more_of_it(people: People) -> None:
    ring(people, people.viewer)
    members = {one["user_id"]: one["id"] for one in people.owner.get("members").json()}
    people.owner.delete(f"members/{members[people.viewer.user_id]}")
    assert heard(people.viewer) == []
    assert unread(people.viewer) == 0
