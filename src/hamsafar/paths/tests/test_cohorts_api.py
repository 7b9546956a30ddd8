"""Retention, survival, correlates and comparison over HTTP: who may ask, the engine's answer, who is behind it."""

from __future__ import annotations

from typing import Any

import pytest

from hamsafar import journeys
from hamsafar.accounts.tests.people import People
from hamsafar.events.tests.importing import run
from hamsafar.journeys import Condition
from hamsafar.paths.tests.test_paths_api import CSV, MAPPING

QUESTIONS: dict[str, dict[str, Any]] = {
    "retention": {"period": "jalali_month", "timezone": "Asia/Tehran", "periods": 2},
    "survival": {"start": "visit", "end": "buy", "by": "city"},
    "correlates": {"goal": "buy", "properties": ["city"], "min_paths": 1},
}
YAZD, TEHRAN = (
    {"person_conditions": [{"property": "city", "op": "=", "value": city}]} for city in ("یزد", "تهران")
)


@pytest.fixture
def team(people: People) -> People:
    assert run(people.editor, CSV, MAPPING)["rows_added"] == 6
    return people


def index_of(tmp_path: Any) -> journeys.PathIndex:
    (tmp_path / "shop.csv").write_text(CSV)
    return journeys.read(
        tmp_path / "shop.csv", person="customer", event="what", time="when", properties=["city", "amount"]
    )


@pytest.mark.parametrize("question", QUESTIONS)
def test_members_ask_and_others_do_not(team: People, question: str, tmp_path: Any) -> None:
    body = QUESTIONS[question]
    answers = {
        who: getattr(team, who).post(f"paths/{question}", body)
        for who in ("owner", "viewer", "outsider", "stranger")
    }
    assert [one.status_code for one in answers.values()] == [200, 200, 404, 401]
    assert answers["viewer"].json() == getattr(index_of(tmp_path), question)(**body).to_dict()


@pytest.mark.parametrize(
    ("of", "arguments"),
    [
        ("funnel", {"steps": ["visit", "buy"]}),
        ("overview", {}),
        ("variants", {"top": 3}),
        *QUESTIONS.items(),
    ],
)
def test_two_segments_are_compared(team: People, of: str, arguments: dict[str, Any], tmp_path: Any) -> None:
    body = {"of": of, "arguments": arguments, "a": YAZD, "b": TEHRAN, "from": "2026-03-01"}
    answers = {
        who: getattr(team, who).post("paths/compare", body)
        for who in ("owner", "viewer", "outsider", "stranger")
    }
    assert [one.status_code for one in answers.values()] == [200, 200, 404, 401]
    index = index_of(tmp_path)
    a, b = (index.persons_where([Condition("city", "=", city)]) for city in ("یزد", "تهران"))
    assert answers["viewer"].json() == a.compare(b, of, **arguments).to_dict()


def test_segments_are_taken_before_the_range(team: People) -> None:
    """Sara's city stands on events of March 22 too: in a later range she is still of Tehran."""
    body = {"of": "overview", "a": TEHRAN, "b": YAZD, "from": "2026-03-25"}
    answer = team.viewer.post("paths/compare", body).json()
    assert (answer["a"]["persons"], answer["b"]["persons"]) == (1, 0)
    who = {"question": "overview", "selector": {"event": "buy"}, "segment": TEHRAN}
    found = team.viewer.post("paths/who", who).json()["items"]
    assert [one["person"] for one in found] == ["sara"]
    assert team.outsider.post("paths/who", who).status_code == 404


@pytest.mark.parametrize(
    ("question", "selector", "persons"),
    [
        ("retention", {"period": "day", "cohort": "2026-03-21"}, ["ali"]),
        ("retention", {"period": "day", "back_in": 8}, ["sara"]),
        ("retention", {"period": "day", "back_in": 0, "came_back": False}, ["nima"]),
        ("survival", {"start": "visit", "end": "buy"}, ["ali", "nima", "sara"]),
        ("survival", {"start": "visit", "end": "buy", "bucket": "open"}, ["nima"]),
        (
            "survival",
            {"start": "visit", "end": "buy", "bucket": "reached", "by": "city", "group": "یزد"},
            ["ali"],
        ),
        ("survival", {"start": "visit", "end": "buy", "bucket": "reached", "within_seconds": 3600}, ["ali"]),
        ("correlates", {"goal": "buy", "name": ["call"]}, ["sara"]),
        ("correlates", {"goal": "buy", "kind": "transition", "name": ["(start)", "visit"]}, ["ali", "nima", "sara"]),
        ("correlates", {"goal": "buy", "kind": "property", "name": ["city", "یزد"], "reached": False}, ["nima"]),
        ("correlates", {"goal": "buy", "reached": True}, ["ali", "sara"]),
    ],
)  # fmt: skip
def test_every_number_opens_its_persons(
    team: People, question: str, selector: dict[str, Any], persons: list[str]
) -> None:
    answer = team.viewer.post("paths/who", {"question": question, "selector": selector})
    assert [one["person"] for one in answer.json()["items"]] == persons
    assert team.outsider.post("paths/who", {"question": question, "selector": selector}).status_code == 404


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("retention", {"timezone": "Mars/Base"}, "unknown_zone"),
        ("retention", {"first": "vizit"}, "unknown_event"),
        ("retention", {"periods": 401}, "bad_number"),
        ("survival", {"start": "visit", "end": "buy", "by": "ctiy"}, "unknown_property"),
        ("correlates", {"goal": "buy", "within_seconds": -1}, "bad_window"),
        ("compare", {"of": "funel", "a": {}, "b": {}}, "question_unknown"),
        ("compare", {"of": "compare", "a": {}, "b": {}}, "question_unknown"),
        ("compare", {"of": "funnel", "arguments": {"step": []}, "a": {}, "b": {}}, "arguments_unreadable"),
        ("compare", {"of": "overview", "a": {}, "b": {}, "from": "soon"}, "bad_instant"),
        ("who", {"question": "retention", "selector": {"cohort": "1999-01-01"}}, "unknown_cohort"),
        ("who", {"question": "retention", "selector": {"period": "year"}}, "bad_selector"),
        ("who", {"question": "survival", "selector": {"start": "visit"}}, "bad_selector"),
        ("who", {"question": "correlates", "selector": {"goal": "buy", "name": ["a", "b"]}}, "bad_selector"),
    ],
)
def test_what_cannot_be_asked_is_told(team: People, path: str, body: dict[str, Any], code: str) -> None:
    answer = team.viewer.post(f"paths/{path}", body)
    assert (answer.status_code in (400, 422), answer.json()["code"]) == (True, code)


def test_an_empty_workspace_answers(people: People) -> None:
    assert people.viewer.post("paths/retention", {}).json()["rows"] == []
    assert people.viewer.post("paths/compare", {"of": "overview", "a": {}, "b": {}}).json()["rows"] == []


def test_small_groups_are_withheld(team: People) -> None:
    answer = team.viewer.post("paths/survival", QUESTIONS["survival"] | {"min_group": 2}).json()
    assert [row["group"] for row in answer["groups"]] == []
    assert answer["withheld"] > 0
    compared = {"of": "overview", "a": YAZD, "b": TEHRAN, "min_group": 2}
    assert {tuple(row["row"]) for row in team.viewer.post("paths/compare", compared).json()["rows"]} == set()
