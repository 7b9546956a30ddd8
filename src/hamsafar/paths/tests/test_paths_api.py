"""The engine's questions over HTTP: who may ask, of which events, and who is behind a number."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hamsafar import journeys
from hamsafar.accounts.actions import tell_deleted_workspaces
from hamsafar.accounts.tests.people import People
from hamsafar.events.tests.importing import run, start, upload
from hamsafar.jobs.actions import run_now
from hamsafar.paths.queries import persons_named, workspace_index

CSV = """customer,what,when,city,amount
ali,visit,2026-03-21T10:00:00Z,یزد,
ali,buy,2026-03-21T10:05:00Z,یزد,120
sara,visit,2026-03-22T09:00:00Z,تهران,
sara,call,2026-03-22T10:00:00Z,تهران,
sara,buy,2026-03-30T09:00:00Z,تهران,80
nima,visit,2026-03-23T09:00:00Z,یزد,
"""
MAPPING = {"person": "customer", "event": "what", "time": "when", "properties": ["city", "amount"]}
QUESTIONS: dict[str, dict[str, Any]] = {
    "overview": {},
    "transitions": {},
    "variants": {"top": 5},
    "funnel": {"steps": ["visit", "buy"], "within_seconds": 86400},
}


@pytest.fixture
def team(people: People) -> People:
    assert run(people.editor, CSV, MAPPING)["rows_added"] == 6
    return people


@pytest.mark.parametrize("question", [*QUESTIONS, "who"])
def test_members_ask_and_others_do_not(team: People, question: str) -> None:
    body = QUESTIONS.get(question, {"question": "overview", "selector": {}})
    answers = [
        getattr(team, who).post(f"paths/{question}", body).status_code
        for who in ("owner", "viewer", "outsider", "stranger")
    ]
    assert answers == [200, 200, 404, 401]


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_answer_is_that_of_the_engine_on_the_same_file(
    team: People, question: str, tmp_path: Any
) -> None:
    (tmp_path / "shop.csv").write_text(CSV)
    index = journeys.read(
        tmp_path / "shop.csv", person="customer", event="what", time="when", properties=["city", "amount"]
    )
    expected = getattr(index, question)(**QUESTIONS[question]).to_dict()
    assert team.viewer.post(f"paths/{question}", QUESTIONS[question]).json() == expected


def test_a_range_and_conditions_choose_the_events(team: People) -> None:
    def events(**scope: Any) -> int:
        return int(team.viewer.post("paths/overview", scope).json()["events"])

    assert events() == 6
    assert events(**{"from": "2026-03-22", "to": "2026-03-23"}) == 3, "the last day is part of it"
    assert events(to="2026-03-22T09:00:00Z") == 2, "a time is not"
    assert events(conditions=[{"property": "city", "op": "=", "value": "يزد"}]) == 3
    assert events(conditions=[{"property": "amount", "op": ">", "value": 100}]) == 1
    assert events(**{"from": "2030-01-01"}) == 0


@pytest.mark.parametrize(
    ("scope", "counts"),
    [
        ({}, (6, 3, 3)),
        ({"person_conditions": [{"property": "amount", "op": ">", "value": 100}]}, (2, 1, 1)),
        ({"person_last_conditions": [{"property": "city", "op": "=", "value": "یزد"}]}, (3, 2, 2)),
        ({"only_persons": ["sara", "nobody"]}, (3, 1, 1)),
        ({"except_persons": ["sara"]}, (3, 2, 2)),
        ({"unit": "session"}, (6, 5, 3)),
        ({"session_gap_seconds": 3600}, (6, 4, 3)),
        ({"session_column": "city"}, (6, 3, 3)),
        ({"restart": ["buy"]}, (6, 5, 3)),
        ({"instance_column": "amount"}, (2, 2, 2)),
    ],
    ids=str,
)
def test_persons_and_cuts_choose_the_paths(
    team: People, scope: dict[str, Any], counts: tuple[int, int, int]
) -> None:
    answer = team.viewer.post("paths/overview", scope).json()
    assert (answer["events"], answer["paths"], answer["persons"]) == counts


def test_who_of_sessions_are_persons_with_all_of_their_sessions(team: People) -> None:
    body = {"question": "transitions", "selector": {"source": "(start)", "target": "buy"}, "unit": "session"}
    answer = team.viewer.post("paths/who", body).json()
    assert answer["items"] == [
        {
            "person": "sara",
            "events": 3,
            "first_at": "2026-03-22T09:00:00Z",
            "last_at": "2026-03-30T09:00:00Z",
            "instances": None,
        }
    ]


def test_small_groups_are_withheld_and_nobody_is_named(team: People) -> None:
    answer = team.viewer.post("paths/overview", {"min_group": 2}).json()
    assert [row["event"] for row in answer["rows"]] == ["visit"]
    assert (answer["withheld"], answer["min_group"]) == (2, 2)
    who = {"question": "overview", "min_group": 2}
    assert team.viewer.post("paths/who", who | {"selector": {"event": "visit"}}).json()["total"] == 3
    refused = team.viewer.post("paths/who", who | {"selector": {"event": "call"}})
    assert (refused.status_code, refused.json()["code"]) == (403, "small_group")


def test_an_empty_workspace_answers(people: People) -> None:
    for question in ("overview", "transitions", "variants"):
        assert people.viewer.post(f"paths/{question}", {}).json()["events"] == 0


def test_new_events_are_in_the_next_answer(team: People) -> None:
    index = workspace_index(team.workspace_id)
    assert workspace_index(team.workspace_id) is index, "kept while nothing changes"
    more = run(team.editor, CSV + "nima,buy,2026-03-24T09:00:00Z,یزد,60\n", MAPPING)
    assert team.viewer.post("paths/overview", {}).json()["events"] == 7
    team.editor.post(f"imports/{more['id']}/undo")
    assert team.viewer.post("paths/overview", {}).json()["events"] == 6


WHO: list[tuple[str, dict[str, Any], list[str]]] = [
    ("overview", {}, ["ali", "nima", "sara"]),
    ("overview", {"event": "buy"}, ["ali", "sara"]),
    ("transitions", {"event": "call"}, ["sara"]),
    ("transitions", {"source": "visit", "target": "buy"}, ["ali"]),
    ("transitions", {"source": "(start)", "target": "visit"}, ["ali", "nima", "sara"]),
    ("variants", {"path": ["visit"]}, ["nima"]),
    ("funnel", {"steps": ["visit", "buy"], "within_seconds": 86400, "step": 2}, ["ali"]),
    (
        "funnel",
        {"steps": ["visit", "buy"], "within_seconds": None, "step": 2, "reached": False},
        ["nima"],
    ),
    ("funnel", {"steps": ["visit", "buy"], "step": 2, "order": "strict"}, ["ali"]),
    ("funnel", {"steps": ["visit", "buy"], "step": 2, "exclude": ["call"]}, ["ali"]),
    (
        "funnel",
        {"steps": ["visit", "buy"], "step": 2, "order": "strict", "reached": False, "then": "call"},
        ["sara"],
    ),
    (
        "funnel",
        {"steps": ["visit", "buy"], "step": 2, "order": "strict", "reached": False, "not_then": ["call"]},
        ["nima"],
    ),
    ("funnel", {"steps": ["visit"], "step": 1, "breakdown": "city", "value": "یزد"}, ["ali", "nima"]),
    ("funnel", {"steps": ["visit"], "step": 1, "breakdown": "city", "not_values": ["یزد"]}, ["sara"]),
    (
        "funnel",
        {"steps": ["visit"], "step": 1, "breakdown": "amount", "value": None},
        ["ali", "nima", "sara"],
    ),
]


@pytest.mark.parametrize(("question", "selector", "persons"), WHO, ids=str)
def test_who_is_behind_a_number(
    team: People, question: str, selector: dict[str, Any], persons: list[str]
) -> None:
    answer = team.viewer.post("paths/who", {"question": question, "selector": selector}).json()
    assert [one["person"] for one in answer["items"]] == persons
    assert (answer["total"], answer["next"]) == (len(persons), None)


def test_a_funnel_with_everything(team: People) -> None:
    body = {
        "steps": ["visit", "buy"],
        "order": "strict",
        "exclude": ["call"],
        "breakdown": "city",
        "next_top": 1,
    }
    answer = team.viewer.post("paths/funnel", body).json()
    assert [row["paths"] for row in answer["rows"]] == [3, 1]
    assert [(row["next"], row["paths"], row["share"]) for row in answer["next"]] == [
        ("call", 1, 0.5),
        ("(end)", 1, 0.5),
    ]
    assert [
        (group["value"], [row["paths"] for row in group["rows"]]) for group in answer["breakdown"]["groups"]
    ] == [
        ("یزد", [2, 1]),
        ("تهران", [1, 0]),
    ]


def test_who_is_paged_and_counts_the_events_in_scope(team: People) -> None:
    body = {"question": "overview", "selector": {}, "limit": 2}
    first = team.viewer.post("paths/who", body).json()
    second = team.viewer.post("paths/who", body | {"cursor": first["next"]}).json()
    found = [(one["person"], one["events"]) for one in first["items"] + second["items"]]
    assert found == [("ali", 2), ("nima", 1), ("sara", 3)]
    assert (first["total"], second["next"]) == (3, None)
    of_a_day = team.viewer.post("paths/who", body | {"from": "2026-03-22", "to": "2026-03-22"}).json()
    assert of_a_day["items"] == [
        {
            "person": "sara",
            "events": 2,
            "first_at": "2026-03-22T09:00:00Z",
            "last_at": "2026-03-22T10:00:00Z",
            "instances": None,
        }
    ]


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("funnel", {"steps": []}, "no_steps"),
        ("funnel", {"steps": ["vizit"]}, "unknown_event"),
        ("funnel", {"steps": ["visit"], "within_seconds": -1}, "bad_window"),
        ("funnel", {"steps": ["visit|vizit"]}, "unknown_event"),
        ("funnel", {"steps": ["visit"], "exclude": ["visit"]}, "excluded_step"),
        ("funnel", {"steps": ["visit", "buy|visit"], "order": "any"}, "overlapping_steps"),
        ("funnel", {"steps": ["visit"], "breakdown": "ctiy"}, "unknown_property"),
        (
            "who",
            {"question": "funnel", "selector": {"steps": ["visit"], "step": 1, "color": 1}},
            "bad_selector",
        ),
        ("funnel", {"steps": ["v" * 10_000]}, "unknown_event"),
        ("overview", {"from": "yesterday"}, "bad_instant"),
        ("overview", {"conditions": [{"property": "city", "op": "~", "value": 1}]}, "bad_condition"),
        ("overview", {"conditions": [{"property": "ctiy", "op": "exists"}]}, "unknown_property"),
        ("overview", {"session_column": "ctiy"}, "unknown_property"),
        ("overview", {"unit": "person", "restart": ["buy"]}, "not_of_this_unit"),
        ("overview", {"unit": "instance"}, "one_rule"),
        ("overview", {"session_gap_seconds": -1}, "bad_window"),
        ("overview", {"restart": ["bye"]}, "unknown_event"),
        ("who", {"question": "variants", "selector": {"path": "visit"}}, "bad_selector"),
        ("who", {"question": "funnel", "selector": {"steps": ["visit"], "step": 9}}, None),
        ("who", {"question": "transitions", "selector": {"source": "x", "target": "visit"}}, "unknown_event"),
        ("who", {"question": "overview", "selector": {}, "cursor": "x"}, "bad_cursor"),
    ],
)
def test_what_cannot_be_asked_is_told(
    team: People, path: str, body: dict[str, Any], code: str | None
) -> None:
    answer = team.viewer.post(f"paths/{path}", body)
    assert answer.status_code == 400, answer.content
    assert code is None or answer.json()["code"] == code
    assert len(answer.json()["detail"]) < 300


def test_no_more_conditions_than_a_matcher_has(team: People) -> None:
    conditions = [{"property": "city", "op": "exists"}] * 51
    assert team.viewer.post("paths/overview", {"conditions": conditions[:50]}).status_code == 200
    refused = team.viewer.post("paths/overview", {"conditions": conditions})
    assert (refused.status_code, "conditions" in refused.json()["detail"]) == (422, True)


def test_a_window_beyond_all_floats_is_no_limit(team: People) -> None:
    selector = {"steps": ["visit", "buy"], "within_seconds": 10**400, "step": 2}
    answer = team.viewer.post("paths/who", {"question": "funnel", "selector": selector})
    assert [one["person"] for one in answer.json()["items"]] == ["ali", "sara"]


def test_a_real_file_answers_the_same_in_a_workspace_and_from_the_shell(
    people: People, shared_data: Path
) -> None:
    """Totals of an imported file are those that ``hamsafar ask`` gives for the file itself."""
    file = shared_data / "ecom_clickstream" / "ecom.csv.gz"
    guess = upload(people.editor, file.read_bytes(), file.name).json()["inspection"]["guess"]
    done = run(people.editor, file.read_bytes(), guess, file.name)
    assert done["rows_added"] == done["rows_read"] > 30_000
    index = journeys.read(
        file, person=guess["person"], event=guess["event"], time=guess["time"], properties=guess["properties"]
    )
    steps = [name for name in ("page_view", "add_to_cart", "purchase") if name in index.names] or list(
        index.names[:3]
    )
    for question, arguments in {**QUESTIONS, "funnel": {"steps": steps, "within_seconds": 604800}}.items():
        expected = getattr(index, question)(**arguments).to_dict()
        assert people.viewer.post(f"paths/{question}", arguments).json() == expected


@pytest.mark.parametrize("path", ["events/names", "persons"])
def test_members_see_names_and_persons_and_others_do_not(team: People, path: str) -> None:
    answers = [
        getattr(team, who).get(path).status_code for who in ("owner", "viewer", "outsider", "stranger")
    ]
    assert answers == [200, 200, 404, 401]


def test_event_names_most_frequent_first(team: People) -> None:
    assert team.viewer.get("events/names", limit=2).json() == {
        "items": [{"name": "visit", "events": 3, "persons": 3}, {"name": "buy", "events": 2, "persons": 2}],
        "total": 3,
    }
    assert [one["name"] for one in team.viewer.get("events/names", search="B").json()["items"]] == ["buy"]


def test_names_and_persons_of_an_empty_workspace(people: People) -> None:
    assert people.viewer.get("events/names").json() == {"items": [], "total": 0}
    assert people.viewer.get("persons").json() == {"items": [], "next": None, "total": 0}


def test_persons_are_paged_by_id(team: People) -> None:
    first = team.viewer.get("persons", limit=2).json()
    assert first["items"][0] == {
        "person": "ali",
        "events": 2,
        "first_at": "2026-03-21T10:00:00Z",
        "last_at": "2026-03-21T10:05:00Z",
        "instances": None,
    }
    second = team.viewer.get("persons", limit=2, cursor=first["next"]).json()
    assert [one["person"] for one in second["items"]] == ["sara"]
    assert (first["total"], second["next"]) == (3, None)


@pytest.mark.parametrize(
    ("search", "persons"),
    [
        ("", ["09121234567", "Ali.Reza", "aa", "aaa", "زهرا کریمی"]),
        ("۰۹۱۲", ["09121234567"]),
        ("ali.", ["Ali.Reza"]),
        ("aa", ["aa", "aaa"]),
        ("كريمي", ["زهرا کریمی"]),
        ("7A", []),
        ("a(", []),
    ],
)
def test_persons_are_found_by_a_part_of_their_id(search: str, persons: list[str]) -> None:
    ids = ["09121234567", "Ali.Reza", "aa", "aaa", "زهرا کریمی"]
    index = journeys.PathIndex.from_arrays(ids, ["visit"] * len(ids), [0] * len(ids))
    assert [index.persons[number] for number in persons_named(index, search).tolist()] == persons


def test_a_deleted_workspace_leaves_no_events_on_the_disk(
    team: People, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    team.viewer.post("paths/overview", {})
    running = start(team.editor, CSV, MAPPING)

    def kept() -> list[str]:
        return [str(path) for path in Path(settings.DATA_DIR).rglob("*") if team.workspace_id in str(path)]

    assert len(kept()) >= 2, "events and index"
    with django_capture_on_commit_callbacks(execute=True):
        assert team.owner.delete(f"/api/workspaces/{team.workspace_id}").status_code == 204
    assert kept() == []
    assert run_now(running["job_id"]).status == "cancelled"
    tell_deleted_workspaces()
    assert kept() == []
