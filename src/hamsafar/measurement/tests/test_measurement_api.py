"""Measured maps over HTTP: who may ask, the same figures as on the file, and who is behind them."""

from __future__ import annotations

from typing import Any

import pytest

from hamsafar import journeys
from hamsafar.accounts.tests.people import People
from hamsafar.events.tests.importing import run
from hamsafar.journeys.designed.map_model import MapModel
from hamsafar.journeys.designed.measure import measure

CSV = """customer,what,when,city,amount
ali,visit,2026-03-21T10:00:00Z,یزد,
ali,banner,2026-03-21T10:01:00Z,یزد,
ali,buy,2026-03-21T10:05:00Z,یزد,120
sara,visit,2026-03-22T09:00:00Z,تهران,
sara,buy,2026-03-30T09:00:00Z,تهران,80
sara,visit,2026-03-31T09:00:00Z,تهران,
nima,visit,2026-03-23T09:00:00Z,یزد,
mina,buy,2026-03-24T09:00:00Z,قم,
"""
MAPPING = {"person": "customer", "event": "what", "time": "when", "properties": ["city", "amount"]}

MAP: dict[str, Any] = {
    "format": "hamsafar-map/1",
    "title": "Purchase",
    "kind": "current_state",
    "language": "en",
    "stages": [
        {"id": "s1", "name": "Look", "open_after_seconds": 3 * 86_400},
        {"id": "s2", "name": "Buy"},
    ],
    "lanes": [{"id": "l", "kind": "touchpoints"}],
    "cards": [
        {"id": "c1", "lane": "l", "stage": "s1", "touchpoint": "t1", "need": "required"},
        {"id": "c2", "lane": "l", "stage": "s2", "touchpoint": "t2"},
    ],
    "touchpoints": [
        {"id": "t1", "name": "Site", "matcher": {"events": ["visit", "landing"]}},
        {"id": "t2", "name": "Order", "matcher": {"events": ["buy"]}},
    ],
}


@pytest.fixture
def team(people: People) -> People:
    assert run(people.editor, CSV, MAPPING)["rows_added"] == 8
    return people


@pytest.fixture
def map_id(team: People) -> str:
    made = team.editor.post("maps", {"document": MAP})
    assert made.status_code == 201, made.content
    return str(made.json()["id"])


def test_members_measure_and_others_do_not(team: People, map_id: str) -> None:
    doors = {
        f"maps/{map_id}/measure": {},
        f"maps/{map_id}/who": {"selector": {"kind": "map", "bucket": "begun"}},
        "touchpoints/match": {"matcher": {"events": ["visit"]}},
    }
    for path, body in doors.items():
        answers = [
            getattr(team, who).post(path, body).status_code
            for who in ("owner", "editor", "viewer", "outsider", "stranger")
        ]
        assert answers == [200, 200, 200, 404, 401], path


def test_a_map_of_another_workspace_is_not_there(team: People, map_id: str) -> None:
    (own,) = team.outsider.get("/api/session").json()["workspaces"]
    measured = team.outsider.post(f"/api/workspaces/{own['id']}/maps/{map_id}/measure")
    assert (measured.status_code, measured.json()["code"]) == (404, "map_not_found")


def test_the_figures_are_those_of_the_file(team: People, map_id: str, tmp_path: Any) -> None:
    (tmp_path / "shop.csv").write_text(CSV)
    index = journeys.read(
        tmp_path / "shop.csv", person="customer", event="what", time="when", properties=["city", "amount"]
    )
    document = team.viewer.get(f"maps/{map_id}/document").json()
    expected = measure(index, MapModel.from_dict(document)).to_dict()
    assert team.viewer.post(f"maps/{map_id}/measure").json() == expected


def test_whole_and_stages(team: People, map_id: str) -> None:
    measured = team.viewer.post(f"maps/{map_id}/measure").json()
    # Sara came back: her second instance is still open. Nima was silent for eight days: he left.
    whole = measured["whole"]
    assert (whole["begun"], whole["completed"], whole["left"], whole["still_open"]) == (5, 3, 1, 1)
    assert measured["unbound_events"] == 1
    (card, *_) = measured["touchpoints"]
    assert card["deviations"]["missing"] == {"instances": 1, "persons": 1, "of": 3}


def test_a_range_conditions_and_a_threshold(team: People, map_id: str) -> None:
    body = {
        "from": "2026-03-21",
        "to": "2026-03-23",
        "conditions": [{"property": "city", "op": "in", "value": ["یزد", "قم"]}],
        "open_after": {"s1": 60},
    }
    measured = team.viewer.post(f"maps/{map_id}/measure", body).json()
    assert measured["range"] == {"from_at": "2026-03-21T00:00:00Z", "to_at": "2026-03-24T00:00:00Z"}
    assert (measured["events"], measured["persons"]) == (4, 2)
    assert measured["stages"][0]["open_after_seconds"] == 60
    assert measured["stages"][0]["open_after_source"] == "set"


def test_a_change_of_the_map_or_the_events_changes_the_figures(team: People, map_id: str) -> None:
    def figures() -> tuple[int, Any]:
        measured = team.viewer.post(f"maps/{map_id}/measure").json()
        missing = measured["touchpoints"][0]["deviations"]["missing"]
        return measured["whole"]["completed"], missing and missing["instances"]

    assert figures() == (3, 1)
    change = {"do": "set_card", "id": "c1", "fields": {"need": "optional"}}
    assert team.editor.post(f"maps/{map_id}/commands", {"commands": [change]}).status_code == 200
    assert figures() == (3, None)
    more = "customer,what,when,city,amount\nnima,buy,2026-04-01T09:00:00Z,یزد,10\n"
    assert run(team.editor, more, MAPPING)["rows_added"] == 1
    assert figures() == (4, None)


def test_who_is_behind_a_number_page_by_page(team: People, map_id: str) -> None:
    body: dict[str, Any] = {"selector": {"kind": "stage", "stage": "s1", "bucket": "entered"}, "limit": 2}
    first = team.viewer.post(f"maps/{map_id}/who", body).json()
    assert [(item["person"], item["instances"]) for item in first["items"]] == [("ali", 1), ("nima", 1)]
    assert first["total"] == 3
    second = team.viewer.post(f"maps/{map_id}/who", {**body, "cursor": first["next"]}).json()
    assert [(item["person"], item["instances"]) for item in second["items"]] == [("sara", 2)]
    assert second["next"] is None
    spans = second["items"][0]["spans"]
    assert [span["begin_at"][:10] for span in spans] == ["2026-03-22", "2026-03-31"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"from": "tomorrow"}, "bad_instant"),
        ({"conditions": [{"property": "amount", "op": ">", "value": "much"}]}, "bad_condition"),
        ({"conditions": [{"property": "amuont", "op": "exists"}]}, "unknown_property"),
        ({"open_after": {"s9": 60}}, "bad_open_after"),
        ({"open_after": {"s1": 0}}, "bad_open_after"),
    ],
)
def test_bad_questions(team: People, map_id: str, body: dict[str, Any], code: str) -> None:
    refused = team.viewer.post(f"maps/{map_id}/measure", body)
    assert (refused.status_code, refused.json()["code"]) == (400, code)


@pytest.mark.parametrize(
    ("selector", "field"),
    [
        ({}, "kind"),
        ({"kind": "stage", "stage": "s1"}, "bucket"),
        ({"kind": "stage", "stage": "s7", "bucket": "left"}, "stage"),
        ({"kind": "touchpoint", "card": ["c1"], "bucket": "last"}, "card"),
        ({"kind": "next", "card": "c1", "to": "c9"}, "to"),
    ],
)
def test_bad_selectors_name_the_field(
    team: People, map_id: str, selector: dict[str, Any], field: str
) -> None:
    refused = team.viewer.post(f"maps/{map_id}/who", {"selector": selector})
    assert (refused.status_code, refused.json()["code"]) == (400, "bad_who")
    assert refused.json()["params"]["field"] == field


def test_what_a_matcher_finds(team: People, map_id: str) -> None:
    condition = {"property": "amount", "op": ">", "value": 100}
    matcher = {"events": ["bu*", "sold"], "conditions": [condition]}
    found = team.viewer.post("touchpoints/match", {"matcher": matcher, "map": map_id}).json()
    assert (found["events"], found["persons"]) == (1, 1)
    (example,) = found["examples"]
    assert (example["person"], example["name"]) == ("ali", "buy")
    assert example["properties"] == {"city": "یزد", "amount": 120}
    assert found["never_seen"] == ["sold"]
    (also,) = found["also_matched_by"]
    assert (also["name"], also["events"]) == ("Order", 1)


def test_the_touchpoint_that_is_edited_does_not_match_beside_itself(team: People, map_id: str) -> None:
    order = next(t for t in team.viewer.get("touchpoints").json()["items"] if t["name"] == "Order")
    body = {"matcher": {"events": ["buy"]}, "map": map_id, "touchpoint": order["id"]}
    assert team.viewer.post("touchpoints/match", body).json()["also_matched_by"] == []


def test_a_matcher_never_seen(team: People) -> None:
    matcher = {"events": ["returned"], "conditions": [{"property": "reason", "op": "exists"}]}
    found = team.viewer.post("touchpoints/match", {"matcher": matcher}).json()
    assert (found["events"], found["persons"], found["examples"]) == (0, 0, [])
    assert found["never_seen"] == ["returned"]


def test_a_bad_matcher_is_told_with_its_place(team: People) -> None:
    matcher = {"events": ["buy"], "conditions": [{"property": "amount", "op": ">", "value": "much"}]}
    refused = team.viewer.post("touchpoints/match", {"matcher": matcher})
    assert (refused.status_code, refused.json()["code"]) == (400, "map_invalid")
    assert refused.json()["errors"][0]["field"] == "matcher.conditions[0].value"


def test_an_empty_map_and_an_empty_workspace(people: People) -> None:
    made = people.editor.post("maps", {"title": "Nothing yet"}).json()
    measured = people.viewer.post(f"maps/{made['id']}/measure")
    assert measured.status_code == 200, measured.content
    assert measured.json()["whole"]["begun"] == 0
    assert measured.json()["whole"]["completion"] == {"value": None, "low": None, "high": None, "n": 0}
    assert measured.json()["data_end_at"] is None


def test_a_public_link_shows_the_numbers_of_stages_and_never_few_persons(team: People, map_id: str) -> None:
    made = team.editor.post(f"maps/{map_id}/shares", {"measured": True}).json()
    path = f"/api/shared/{made['token']}/measured"
    shown = team.stranger.post(path).json()
    assert shown["whole"]["begun"] == team.editor.post(f"maps/{map_id}/measure", {}).json()["whole"]["begun"]
    assert shown["stages"] == []  # three persons looked, three bought
    for private in ("touchpoints", "groups", "ad_hoc", "overlaps", "unknown_events"):
        assert shown[private] == []

    rows = "".join(f"p{n},visit,2026-04-01T10:00:00Z,یزد,\n" for n in range(9))
    run(team.editor, "customer,what,when,city,amount\n" + rows, MAPPING)
    assert [stage["stage"] for stage in team.stranger.post(path).json()["stages"]] == ["s1"]
    team.editor.delete(f"maps/{map_id}/shares/{made['id']}")
    assert team.stranger.post(path).status_code == 404
