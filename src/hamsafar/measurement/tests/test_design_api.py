"""Stages and deviations of a workspace's map over HTTP: who may ask, the library's answer, who is behind it."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import openpyxl
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
    number = {"map": map_id, "number": {"kind": "deviation", "bucket": "any"}}
    doors: dict[str, dict[str, Any]] = {
        "paths/stages": {"map": map_id},
        "paths/deviations": {"map": map_id},
        f"maps/{map_id}/deviations/person": {"person": "ali"},
        "paths/who": {"question": "deviations", "selector": number},
        "paths/export/stages": {"map": map_id},
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
    assert team.viewer.post("paths/stages", {"map": map_id}).json() == index.stages(document).to_dict()
    answer = team.viewer.post("paths/deviations", {"map": map_id, "persons": 10}).json()
    assert answer == index.deviations(document, persons=10).to_dict()


def test_failing_and_late_are_told_and_lead_to_persons(team: People, map_id: str) -> None:
    measured = team.viewer.post(f"maps/{map_id}/measure").json()
    payment, courier = (row["deviations"] for row in measured["touchpoints"][1:])
    assert (payment["failing"]["events"], payment["failing"]["of"]) == (1, 4)
    assert (courier["late"]["events"], courier["late"]["of"]) == (1, 2)
    assert courier["late"]["seconds"]["p50"] == pytest.approx((4 * 86_400 + 84_600) / 2)
    for card, bucket in (("c2", "failing"), ("c3", "late")):
        number = {"kind": "touchpoint", "card": card, "bucket": bucket}
        on_map = team.viewer.post(f"maps/{map_id}/who", {"selector": number}).json()
        assert [item["person"] for item in on_map["items"]] == ["ali"], card
        assert who(team, "deviations", map_id, number) == [("ali", 1)], card


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


def test_the_whole_scope_holds_for_all_that_is_asked_of_a_map(team: People, map_id: str) -> None:
    def persons(**scope: Any) -> list[int]:
        answers = [
            team.viewer.post("paths/stages", {"map": map_id, **scope}).json()["persons"],
            team.viewer.post("paths/deviations", {"map": map_id, **scope}).json()["persons"],
            team.viewer.post(f"maps/{map_id}/measure", scope).json()["persons"],
        ]
        return answers

    tehran = [{"property": "city", "op": "=", "value": "تهران"}]
    assert persons(person_conditions=tehran) == [1, 1, 1]
    assert persons(except_persons=["ali", "sara"]) == [1, 1, 1]
    assert persons(pattern="delivered -> visit") == [1, 1, 1]
    assert persons(to="2026-03-22") == [2, 2, 2]
    # Sessions end within an hour: what ali and sara are delivered is a session of its own, and a run of its own.
    whole, cut = ({"map": map_id, **unit} for unit in ({}, {"unit": "session", "session_gap_seconds": 3600}))
    asked = [team.viewer.post("paths/stages", body).json() for body in (whole, cut)]
    assert [one["instances"] for one in asked] == [3, 5]
    assert team.viewer.post(f"maps/{map_id}/measure", cut).json()["whole"]["begun"] == 5


def test_small_groups_are_withheld_also_from_who_they_are(team: People, map_id: str) -> None:
    body = {"map": map_id, "min_group": 2, "persons": 5}
    withheld = team.viewer.post("paths/deviations", body).json()
    assert withheld["each"] == []
    assert all(row["persons"] != 1 for row in withheld["rows"])
    number = {"map": map_id, "number": {"kind": "touchpoint", "card": "c2", "bucket": "failing"}}
    asked = {"question": "deviations", "selector": number}
    refused = team.viewer.post("paths/who", {**asked, "min_group": 2})
    assert (refused.status_code, refused.json()["code"]) == (403, "small_group")
    refused = team.viewer.post(f"maps/{map_id}/measure", {"min_group": 2})
    assert (refused.status_code, refused.json()["code"]) == (400, "nothing_withheld")


def test_one_person_is_a_group_of_one(team: People, map_id: str) -> None:
    asked = {"person": "ali"}
    refused = team.viewer.post(f"maps/{map_id}/deviations/person", {**asked, "min_group": 2})
    assert (refused.status_code, refused.json()["code"]) == (403, "small_group")
    plain, least = (
        team.viewer.post(f"maps/{map_id}/deviations/person", {**asked, **more})
        for more in ({}, {"min_group": 1})
    )
    assert (least.status_code, least.json()) == (200, plain.json())


def test_two_segments_are_compared_by_a_map(team: People, map_id: str) -> None:
    def segment(*cities: str) -> dict[str, Any]:
        return {"person_conditions": [{"property": "city", "op": "in", "value": list(cities)}]}

    a, b = segment("تهران", "یزد"), segment("قم")
    body = {"of": "stages", "arguments": {"map": map_id}, "a": a, "b": b}
    found = team.viewer.post("paths/compare", body).json()
    assert [row["row"][0] for row in found["rows"]] == ["s1", "s2", "s3"]
    assert found["names"]["fa"] == ["Look", "Buy", "Get"]
    look = found["rows"][0]
    assert (look["a"], look["a_n"], look["b"], look["b_n"]) == (1.0, 2, None, 0)

    found = team.viewer.post("paths/compare", {**body, "of": "deviations"}).json()
    rows = dict(zip(found["names"]["en"], found["rows"], strict=True))
    assert (rows["missing: Site"]["a"], rows["missing: Site"]["b"]) == (0.0, 1.0)
    assert rows["missing: Site"]["row"][:2] == ["missing", "c1"]
    number = {"kind": "touchpoint", "card": "c1", "bucket": "missing"}
    assert who(team, "deviations", map_id, number, segment=b) == [("mina", 1)]
    assert who(team, "deviations", map_id, number, segment=a) == []

    unreadable = team.viewer.post("paths/compare", {**body, "arguments": {}})
    assert (unreadable.status_code, unreadable.json()["code"]) == (422, "arguments_unreadable")


def test_a_view_of_stages_is_saved_and_exported(team: People, map_id: str) -> None:
    request = {"map": map_id, "unit": "session"}
    saved = team.viewer.post("paths/views", {"name": "Steps", "question": "stages", "request": request})
    assert (saved.status_code, saved.json()["request"]) == (201, request)
    answer = team.viewer.get(f"paths/views/{saved.json()['id']}/export?format=csv")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["stage", "Look", "Buy", "Get"]
    assert {"persons", "share that went on", "share that went on, n"} <= set(rows[0])
    assert "{" not in "".join(map("".join, rows))


def test_deviations_are_exported_in_the_readers_words(team: People, map_id: str) -> None:
    assert team.viewer.patch("/api/me", {"language": "fa"}).status_code == 200
    answer = team.viewer.post("paths/export/stages", {"map": map_id})
    assert not re.search("[a-z]{2}", b"".join(answer.streaming_content).decode().splitlines()[0])
    answer = team.viewer.post("paths/export/deviations?format=xlsx", {"map": map_id})
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    heads, *rows = book.worksheets[0].iter_rows(values_only=True)
    assert heads[:3] == ("انحراف", "کجا", "دفعات")
    assert not re.search("[a-z]{2}", "".join(heads))
    assert ("ناموفق", "Payment", 1) in [row[:3] for row in rows]
    about = {row[0]: row[1] for row in book.worksheets[1].iter_rows(values_only=True)}
    assert about["نقشه"] == "Purchase"


def test_what_if_over_the_touchpoints_of_a_map(team: People, map_id: str) -> None:
    change = {"source": "Site", "target": "Payment", "how": "=", "value": 1}
    body = {"map": map_id, "goal": "Courier", "changes": [change]}
    answer = team.viewer.post("paths/what_if", body)
    assert answer.status_code == 200, answer.content
    found = answer.json()
    assert found["map"] == {"id": map_id, "title": "Purchase"}
    # Of three instances two arrive; mina stops at her payment.
    assert (found["paths"], found["arrived"]) == (3, 2)
    assert {(row["source"], row["target"]) for row in found["rows"]} >= {
        ("Site", "Payment"),
        ("(start)", "Site"),
    }
    selector = {"map": map_id, "goal": "Courier", "source": "Payment", "target": "(end)"}
    behind = team.viewer.post("paths/who", {"question": "what_if", "selector": selector}).json()
    assert [item["person"] for item in behind["items"]] == ["mina"]
    both = team.viewer.post("paths/what_if", {**body, "nodes": {"Site": ["visit"]}})
    assert (both.status_code, both.json()["code"]) == (400, "nodes_or_map")
    unknown = team.viewer.post("paths/what_if", {**body, "goal": "Courierr"})
    assert (unknown.status_code, "Courier" in unknown.json()["title"]) == (400, True)


def test_a_map_of_another_workspace_or_none_is_not_found(team: People, map_id: str) -> None:
    elsewhere = team.outsider.post("/api/workspaces", {"name": "Mine", "language": "en"}).json()["id"]
    asked = team.outsider.post(f"/api/workspaces/{elsewhere}/paths/stages", {"map": map_id})
    assert (asked.status_code, asked.json()["code"]) == (404, "map_not_found")
    for body, status, code in (
        ({"map": "01J0000000000000000000000"}, 404, "map_not_found"),
        ({}, 422, "fields_unreadable"),
    ):
        answer = team.viewer.post("paths/stages", body)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
    unknown_stage = {"kind": "stage", "bucket": "left", "stage": "s9"}
    selectors = [
        ({}, "bad_selector"),
        ({"map": map_id}, "bad_selector"),
        ({"map": map_id, "number": unknown_stage}, "bad_who"),
    ]
    for selector, code in selectors:
        answer = team.viewer.post("paths/who", {"question": "stages", "selector": selector})
        assert (answer.status_code, answer.json()["code"]) == (400, code), selector


def who(
    team: People, question: str, map_id: str, number: dict[str, Any], **scope: Any
) -> list[tuple[str, int]]:
    body = {"question": question, "selector": {"map": map_id, "number": number}, **scope}
    answer = team.viewer.post("paths/who", body)
    assert answer.status_code == 200, answer.content
    return [(item["person"], item["instances"]) for item in answer.json()["items"]]


def test_nobody_on_the_map_is_an_empty_answer_with_its_reason(team: People, map_id: str) -> None:
    body = {"map": map_id, "from": "2030-01-01"}
    for question in ("stages", "deviations"):
        answer = team.viewer.post(f"paths/{question}", body).json()
        assert answer["reason"]["fa"]
        assert answer["instances"] == 0
