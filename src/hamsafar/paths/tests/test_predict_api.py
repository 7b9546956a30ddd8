"""The questions that credit and predict, over HTTP: who may ask, the engine's answer, and who is behind it."""

from __future__ import annotations

from typing import Any

import pytest

from hamsafar import journeys
from hamsafar.accounts.tests.people import People
from hamsafar.events.tests.importing import run
from hamsafar.journeys.what_if import Change
from hamsafar.paths.tests.test_paths_api import CSV, MAPPING

QUESTIONS: dict[str, dict[str, Any]] = {
    "attribution": {"conversion": "buy", "over": "city", "value": "amount"},
    "next_step": {"person": "nima", "open_after_seconds": 86400},
    "next_step_evaluation": {"split": "2026-03-22", "open_after_seconds": 86400},
    "what_if": {
        "goal": "buy",
        "changes": [{"source": "visit", "target": "buy", "how": "+", "value": 0.1}],
        "times": [{"source": "visit", "target": "buy", "how": "*", "value": 0.5}],
        "nodes": {"visit": ["visit", "call"], "buy": ["buy"]},
    },
}


@pytest.fixture
def team(people: People) -> People:
    assert run(people.editor, CSV, MAPPING)["rows_added"] == 6
    return people


@pytest.mark.parametrize("question", QUESTIONS)
def test_members_ask_and_others_do_not(team: People, question: str, tmp_path: Any) -> None:
    body = QUESTIONS[question]
    answers = {
        who: getattr(team, who).post(f"paths/{question}", body)
        for who in ("owner", "viewer", "outsider", "stranger")
    }
    assert [one.status_code for one in answers.values()] == [200, 200, 404, 401]
    (tmp_path / "shop.csv").write_text(CSV)
    index = journeys.read(
        tmp_path / "shop.csv", person="customer", event="what", time="when", properties=["city", "amount"]
    )
    if question == "next_step_evaluation":
        body = {"split_us": 1_774_137_600_000_000, "open_after_seconds": 86400}
    if question == "what_if":
        body = {
            **body,
            **{key: [Change(**one) for one in body[key]] for key in ("changes", "times")},
        }
    assert answers["viewer"].json() == getattr(index, question)(**body).to_dict()


@pytest.mark.parametrize(
    ("question", "selector", "persons"),
    [
        ("attribution", {"conversion": "buy", "over": "city", "channel": "یزد"}, ["ali"]),
        ("attribution", {"conversion": "buy", "over": None, "channel": "call"}, ["sara"]),
        ("next_step", {"context": ["visit"], "event": "call"}, ["sara"]),
        ("next_step", {"context": ["visit", "buy"], "event": "(end)"}, ["ali"]),
        ("what_if", {"goal": "buy", "source": "visit", "target": "buy"}, ["ali"]),
        ("what_if", {"goal": "buy", "source": "visit", "target": "(end)"}, ["nima"]),
        (
            "what_if",
            {"goal": "b", "source": "(start)", "target": "b", "nodes": {"b": ["buy"]}},
            ["ali", "sara"],
        ),
    ],
)
def test_every_number_opens_its_persons(
    team: People, question: str, selector: dict[str, Any], persons: list[str]
) -> None:
    answer = team.viewer.post("paths/who", {"question": question, "selector": selector})
    assert [one["person"] for one in answer.json()["items"]] == persons
    assert team.outsider.post("paths/who", {"question": question, "selector": selector}).status_code == 404


@pytest.mark.parametrize(
    ("question", "selector"),
    [
        ("attribution", {"conversion": "buy"}),
        ("attribution", {"conversion": "buy", "channel": "x", "touches": "visit"}),
        ("next_step", {"context": [], "event": "call"}),
        ("what_if", {"goal": "buy", "source": "visit"}),
        ("what_if", {"goal": "buy", "source": "visit", "target": "buy", "nodes": ["visit"]}),
        ("what_then", {}),
    ],
)
def test_a_selector_of_another_shape_is_refused(
    team: People, question: str, selector: dict[str, Any]
) -> None:
    answer = team.viewer.post("paths/who", {"question": question, "selector": selector})
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_selector")


@pytest.mark.parametrize(
    ("question", "wrong", "code"),
    [
        ("attribution", {"conversion": "bu"}, "unknown_event"),
        ("attribution", {"over": "citi"}, "unknown_property"),
        ("attribution", {"models": ["best"]}, "unknown_choice"),
        ("attribution", {"lookback_seconds": 0}, "bad_window"),
        ("attribution", {"position": [0.9, 0.9]}, "bad_position"),
        ("attribution", {"order": 9}, "bad_number"),
        ("next_step", {"person": "nobody"}, "unknown_person"),
        ("next_step", {"min_confidence": 2}, "bad_confidence"),
        ("next_step_evaluation", {"split": "1990-01-01"}, "nothing_to_predict"),
        ("what_if", {"goal": "bu"}, "unknown_event"),
        (
            "what_if",
            {"changes": [{"source": "visit", "target": "buy", "how": "=", "value": 1.5}]},
            "impossible_change",
        ),
    ],
)
def test_what_cannot_be_asked_is_refused(
    team: People, question: str, wrong: dict[str, Any], code: str
) -> None:
    answer = team.viewer.post(f"paths/{question}", {**QUESTIONS[question], **wrong})
    assert (answer.status_code, answer.json()["code"]) == (400, code)
