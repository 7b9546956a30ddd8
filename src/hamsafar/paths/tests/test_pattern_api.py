"""Patterns and flow over HTTP: who may ask, who is behind the numbers, the stretches of a person."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hamsafar import journeys
from hamsafar.accounts.tests.people import People
from hamsafar.events.tests.importing import run

CSV = """customer,what,when
ali,visit,2026-03-21T10:00:00Z
ali,buy,2026-03-21T10:05:00Z
sara,visit,2026-03-22T09:00:00Z
sara,call,2026-03-22T10:00:00Z
sara,buy,2026-03-30T09:00:00Z
nima,visit,2026-03-23T09:00:00Z
"""
MAPPING = {"person": "customer", "event": "what", "time": "when"}
FIND = "visit -> ... -> buy"
FLOW: dict[str, Any] = {"anchor": "visit", "before": 1, "after": 2, "top": 1, "occurrence": "first"}


@pytest.fixture
def team(people: People) -> People:
    assert run(people.editor, CSV, MAPPING)["rows_added"] == 6
    return people


@pytest.mark.parametrize(
    ("path", "body"),
    [("pattern", {"find": FIND}), ("pattern/spans", {"find": FIND, "person": "ali"}), ("flow", FLOW)],
)
def test_members_ask_and_others_do_not(team: People, path: str, body: dict[str, Any]) -> None:
    answers = [
        getattr(team, who).post(f"paths/{path}", body).status_code
        for who in ("owner", "viewer", "outsider", "stranger")
    ]
    assert answers == [200, 200, 404, 401]


def test_the_answer_is_that_of_the_engine_on_the_same_file(team: People, tmp_path: Path) -> None:
    (tmp_path / "shop.csv").write_text(CSV)
    index = journeys.read(tmp_path / "shop.csv", person="customer", event="what", time="when")
    answer = team.viewer.post("paths/pattern", {"find": FIND, "top": 5}).json()
    assert answer == index.pattern(FIND, 5).to_dict()
    assert answer["matched_persons"] == 2
    assert team.viewer.post("paths/flow", FLOW).json() == index.flow(**FLOW).to_dict()


@pytest.mark.parametrize(
    ("selector", "persons"),
    [
        ({"find": FIND}, ["ali", "sara"]),
        ({"find": FIND, "matched": False}, ["nima"]),
        ({"find": FIND, "sequence": ["visit", "call", "buy"]}, ["sara"]),
        ({"find": f"{FIND} within 1h"}, ["ali"]),
    ],
)
def test_who_is_behind_a_number(team: People, selector: dict[str, Any], persons: list[str]) -> None:
    answer = team.viewer.post("paths/who", {"question": "pattern", "selector": selector}).json()
    assert [one["person"] for one in answer["items"]] == persons


@pytest.mark.parametrize(
    ("node", "persons"),
    [
        ({"step": 1, "node": "buy"}, ["ali"]),
        ({"step": 1, "node": "(other)"}, ["sara"]),
        ({"step": 1, "node": "(end)"}, ["nima"]),
        ({"step": -1, "node": "(start)", "target": "visit"}, ["ali", "nima", "sara"]),
        ({"step": 0, "node": "visit", "target": "buy"}, ["ali"]),
    ],
)
def test_who_is_behind_a_node_and_a_link(team: People, node: dict[str, Any], persons: list[str]) -> None:
    asked = {"question": "flow", "selector": {**FLOW, **node}}
    answer = team.viewer.post("paths/who", asked).json()
    assert [one["person"] for one in answer["items"]] == persons


def test_the_stretches_of_a_person(team: People) -> None:
    answer = team.viewer.post("paths/pattern/spans", {"find": FIND, "person": "sara"}).json()
    assert answer == {
        "items": [
            {
                "path": ["visit", "call", "buy"],
                "begin_at": "2026-03-22T09:00:00Z",
                "end_at": "2026-03-30T09:00:00Z",
            }
        ],
        "total": 1,
    }


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("pattern", {"find": "visit ->"}, "bad_pattern"),
        ("pattern", {"find": ""}, "bad_pattern"),
        ("pattern", {"find": "x" * 5000}, "bad_pattern"),
        ("pattern", {"find": "vist -> buy"}, "unknown_event"),
        ("pattern", {"find": "visit*"}, "pattern_matches_nothing"),
        ("pattern", {"find": "visit", "top": 0}, "bad_number"),
        ("pattern/spans", {"find": "visit", "person": "nobody"}, "unknown_person"),
        ("flow", {"anchor": "vizit"}, "unknown_event"),
        ("flow", {"anchor": "visit", "after": 21}, "bad_number"),
        ("flow", {"anchor": "visit", "before": 0, "after": 0}, "no_steps_around"),
        ("who", {"question": "flow", "selector": {"anchor": "visit", "step": 1}}, "bad_selector"),
        (
            "who",
            {"question": "flow", "selector": {"anchor": "visit", "step": 9, "node": "buy"}},
            "bad_number",
        ),
        (
            "who",
            {"question": "flow", "selector": {"anchor": "visit", "step": 1, "node": "buy", "x": 1}},
            "bad_selector",
        ),
        ("who", {"question": "pattern", "selector": {"find": "visit", "matched": "yes"}}, "bad_selector"),
        ("who", {"question": "pattern", "selector": {"find": "visit", "sequence": [1]}}, "bad_selector"),
    ],
)
def test_what_cannot_be_asked_is_told(team: People, path: str, body: dict[str, Any], code: str) -> None:
    answer = team.viewer.post(f"paths/{path}", body)
    assert (answer.status_code, answer.json()["code"]) == (400, code), answer.content


def test_an_error_in_a_pattern_says_where(team: People) -> None:
    params = team.viewer.post("paths/pattern", {"find": "visit -> -> buy"}).json()["params"]
    assert (params["pattern"], params["position"], params["length"]) == ("visit -> -> buy", 9, 2)


def test_a_pattern_restricts_any_question(team: People) -> None:
    def persons(**scope: Any) -> int:
        return int(team.viewer.post("paths/overview", scope).json()["persons"])

    assert (persons(pattern=FIND), persons(without_pattern=FIND)) == (2, 1)
    assert persons(pattern="visit -> buy", unit="session", session_gap_seconds=3600) == 1
    assert team.viewer.post("paths/overview", {"pattern": "visit ->"}).json()["code"] == "bad_pattern"
