"""Stages and deviations of a workspace's map over HTTP: who may ask, the library's answer, who is behind it."""

from __future__ import annotations

from typing import Any

import pytest

from hamsafar import journeys
from hamsafar.accounts.tests.people import People
from hamsafar.events.tests.importing import run

CSV = """customer,what,when,city
ali,visit,2026-03-21T10:00:00Z,یزد
ali,pay failed,2026-03-21T10:05:00Z,یزد
ali,buy,2026-03-21T10:06:00Z,یزد
ali,delivered,2026-03-25T10:06:00Z,یزد
sara,visit,2026-03-22T09:00:00Z,تهران
sara,buy,2026-03-22T09:30:00Z,تهران
sara,delivered,2026-03-23T09:00:00Z,تهران
sara,visit,2026-03-23T09:05:00Z,تهران
mina,buy,2026-03-24T09:00:00Z,قم
"""
MAPPING = {"person": "customer", "event": "what", "time": "when", "properties": ["city"]}
MAP: dict[str, Any] = {
    "format": "hamsafar-map/1",
    "title": "Purchase",
    "kind": "current_state",
    "language": "en",
    "instances": {"begin": "idle"},
    "stages": [{"id": "s1", "name": "Look"}, {"id": "s2", "name": "Buy"}, {"id": "s3", "name": "Get"}],
    "lanes": [{"id": "l", "kind": "touchpoints"}],
    "cards": [
        {"id": "c1", "lane": "l", "stage": "s1", "touchpoint": "t1", "need": "required"},
        {"id": "c2", "lane": "l", "stage": "s2", "touchpoint": "t2"},
        {"id": "c3", "lane": "l", "stage": "s3", "touchpoint": "t3"},
    ],
    "touchpoints": [
        {"id": "t1", "name": "Site", "matcher": {"events": ["visit"]}},
        {
            "id": "t2",
            "name": "Payment",
            "matcher": {"events": ["buy"]},
            "failure": {"events": ["pay failed"]},
        },
        {
            "id": "t3",
            "name": "Courier",
            "matcher": {"events": ["delivered"]},
            "target_seconds": 2 * 86_400,
            "target_from": "t2",
        },
    ],
}


@pytest.fixture
def team(people: People) -> People:
    assert run(people.editor, CSV, MAPPING)["rows_added"] == 9
    return people


@pytest.fixture
def map_id(team: People) -> str:
    made = team.editor.post("maps", {"document": MAP})
    assert made.status_code == 201, made.content
    return str(made.json()["id"])


def test_members_ask_and_others_do_not(team: People, map_id: str) -> None:
    doors: dict[str, dict[str, Any]] = {
        f"maps/{map_id}/stages": {},
        f"maps/{map_id}/deviations": {},
        f"maps/{map_id}/deviations/person": {"person": "ali"},
        f"maps/{map_id}/design/who": {"selector": {"kind": "deviation", "bucket": "any"}},
    }
    for path, body in doors.items():
        answers = [
            getattr(team, who).post(path, body).status_code
            for who in ("owner", "editor", "viewer", "outsider", "stranger")
        ]
        assert answers == [200, 200, 200, 404, 401], path


def test_the_answers_are_the_librarys(team: People, map_id: str, tmp_path: Any) -> None:
    (tmp_path / "shop.csv").write_text(CSV)
    index = journeys.read(
        tmp_path / "shop.csv", person="customer", event="what", time="when", properties=["city"]
    )
    document = team.viewer.get(f"maps/{map_id}/document").json()
    assert team.viewer.post(f"maps/{map_id}/stages").json() == index.stages(document).to_dict()
    answer = team.viewer.post(f"maps/{map_id}/deviations", {"persons": 10}).json()
    assert answer == index.deviations(document, persons=10).to_dict()


def test_failing_and_late_are_told_and_lead_to_persons(team: People, map_id: str) -> None:
    measured = team.viewer.post(f"maps/{map_id}/measure").json()
    payment, courier = (row["deviations"] for row in measured["touchpoints"][1:])
    assert (payment["failing"]["events"], payment["failing"]["of"]) == (1, 4)
    assert (courier["late"]["events"], courier["late"]["of"]) == (1, 2)
    assert courier["late"]["seconds"]["p50"] == pytest.approx((4 * 86_400 + 84_600) / 2)
    for card, bucket in (("c2", "failing"), ("c3", "late")):
        body = {"selector": {"kind": "touchpoint", "card": card, "bucket": bucket}}
        for door in ("who", "design/who"):
            found = team.viewer.post(f"maps/{map_id}/{door}", body).json()
            assert [item["person"] for item in found["items"]] == ["ali"], (card, door)


def test_a_persons_own_deviations_in_order(team: People, map_id: str) -> None:
    def of(person: str) -> list[tuple[str, str | None]]:
        answer = team.viewer.post(f"maps/{map_id}/deviations/person", {"person": person})
        assert answer.status_code == 200, answer.content
        return [(one["kind"], one["card"]) for one in answer.json()["deviations"]]

    assert of("ali") == [("failing", "c2"), ("late", "c3")]
    assert of("sara") == [("out_of_sequence", "c1")]
    assert of("mina") == [("missing", "c1")]
    unknown = team.viewer.post(f"maps/{map_id}/deviations/person", {"person": "nobody"})
    assert (unknown.status_code, unknown.json()["code"]) == (400, "unknown_person")


def test_the_scope_of_questions_holds(team: People, map_id: str) -> None:
    body = {"person_conditions": [{"property": "city", "op": "=", "value": "تهران"}]}
    assert team.viewer.post(f"maps/{map_id}/stages", body).json()["persons"] == 1
    withheld = team.viewer.post(f"maps/{map_id}/deviations", {"min_group": 2, "persons": 5}).json()
    assert withheld["each"] == []
    assert all(row["persons"] != 1 for row in withheld["rows"])


def test_nobody_on_the_map_is_an_empty_answer_with_its_reason(team: People, map_id: str) -> None:
    body = {"from": "2030-01-01"}
    for question in ("stages", "deviations"):
        answer = team.viewer.post(f"maps/{map_id}/{question}", body).json()
        assert answer["reason"]["fa"]
        assert answer["instances"] == 0
