"""The sample's maps are whole, say the same in both languages, and speak of events that exist."""

from __future__ import annotations

import json
from fnmatch import fnmatchcase
from typing import Any

import pytest

from hamsafar.demo.log import Simulation
from hamsafar.demo.material import MAPS, map_document, personas
from hamsafar.demo.tests.conftest import Sql
from hamsafar.lib.conditions import Condition
from hamsafar.lib.persian import normalise
from hamsafar.maps import document

BOTH = pytest.mark.parametrize("language", ["fa", "en"])
EACH_MAP = pytest.mark.parametrize("name", MAPS)


@EACH_MAP
@BOTH
def test_each_map_is_valid(name: str, language: Any) -> None:
    checked = document.check(map_document(name, language))
    assert checked["language"] == language


def _bones(value: Any) -> Any:
    """A document without its texts: what both languages must share."""
    texts = {
        "title",
        "description",
        "objective",
        "scope",
        "name",
        "text",
        "note",
        "query",
        "value",
        "language",
    }
    if isinstance(value, dict):
        return {
            key: _bones(one) if key != "value" or isinstance(one, int) else "…"
            for key, one in value.items()
            if key not in texts - {"value"}
        }
    return [_bones(one) for one in value] if isinstance(value, list) else value


@EACH_MAP
def test_both_languages_have_the_same_map(name: str) -> None:
    assert _bones(map_document(name, "fa")) == _bones(map_document(name, "en"))


@EACH_MAP
def test_every_lane_of_every_stage_is_filled_and_every_stage_has_an_owner(name: str) -> None:
    sample = map_document(name, "fa")
    filled = {(card["stage"], card["lane"]) for card in sample["cards"]}
    for stage in sample["stages"]:
        assert stage["owner"]["name"]
        for lane in sample["lanes"]:
            if lane["kind"] not in ("emotion", "owner"):  # drawn from the stages themselves
                assert (stage["id"], lane["id"]) in filled, (stage["name"], lane["kind"])
    assert [emotion["stage"] for emotion in sample["emotions"]] == [stage["id"] for stage in sample["stages"]]


@BOTH
def test_every_matcher_finds_events(year: Simulation, language: Any) -> None:
    names = set(year.names)
    rows = year.table(language).select(["name", "properties"]).to_pylist()
    wanted = {
        touchpoint["id"]: touchpoint["matcher"]
        for name in MAPS
        for touchpoint in map_document(name, language)["touchpoints"]
    }
    conditional = {key: matcher for key, matcher in wanted.items() if matcher["conditions"]}
    for key, matcher in wanted.items():
        for pattern in matcher["events"]:
            assert any(fnmatchcase(name, pattern) for name in names), (key, pattern)
    found: set[str] = set()
    for row in rows:
        for key, matcher in conditional.items():
            if key in found or row["name"] not in matcher["events"]:
                continue
            properties = json.loads(row["properties"])
            conditions = [Condition.from_dict(one) for one in matcher["conditions"]]
            if all(one.holds(properties.get(one.property)) for one in conditions):
                found.add(key)
    assert found == set(conditional)


# What each observed card says it counted, asked again.
OBSERVED = {
    "found-gateway": """name = 'payment_failed' and gateway = 'MehrPay'
                        and local_at::date between '2026-02-01' and '2026-02-14'""",
    "found-courier": """name = 'order_delivered' and courier = 'TondRasan'
                        and province in ('Khuzestan', 'Hormozgan', 'Bushehr')
                        and (properties->>'$.days_on_the_way')::int > 5""",
    "found-waiting": "name = 'complaint_opened' and complaint = 'late delivery'",
}


def test_observed_cards_tell_the_number_the_data_has(sql: Sql) -> None:
    told = {
        card["id"]: card["evidence"]["n"]
        for name in MAPS
        for card in map_document(name, "en")["cards"]
        if card.get("evidence", {}).get("kind") == "observed"
    }
    counted = {
        card: sql(f"select count(*) from events where {test}")[0][0] for card, test in OBSERVED.items()
    }
    assert told == counted


def test_an_assumption_is_contradicted_by_the_data(sql: Sql) -> None:
    assumptions = {
        card["id"]
        for name in MAPS
        for card in map_document(name, "en")["cards"]
        if card.get("evidence", {}).get("kind") == "assumption"
    }
    assert {"belief-ads", "belief-delivery-cost", "belief-they-tell", "belief-one-day"} <= assumptions
    # "Most complaints are answered within a day": no.
    [(within_a_day,)] = sql(
        """with case_ as (
             select o.person, o.local_at as opened_at, min(a.local_at) as answered_at
             from events o left join events a on a.person = o.person and a.name = 'complaint_answered'
                  and a.local_at > o.local_at
             where o.name = 'complaint_opened' group by all)
           select avg((coalesce(answered_at - opened_at < interval 1 day, false))::int) from case_"""
    )
    assert within_a_day < 0.4


@BOTH
def test_three_personas_are_described_in_full(language: Any) -> None:
    sample = personas(language)
    assert len(sample) == 3
    fields = ("quote", "goals", "needs", "pains", "values", "lifestyle", "channels", "traits", "scenario")
    for persona in sample:
        assert all(persona[field] for field in fields)
        assert all(1 <= trait["value"] <= 5 for trait in persona["traits"])
    named = {persona["name"] for persona in sample}
    for name in MAPS:
        assert {persona["name"] for persona in map_document(name, language)["personas"]} == named


def test_persian_texts_use_persian_letters_and_digits() -> None:
    for name in MAPS:
        sample = map_document(name, "fa")
        texts = [card["text"] for card in sample["cards"]] + [stage["name"] for stage in sample["stages"]]
        for text in texts + [persona["quote"] for persona in personas("fa")]:
            assert normalise(text) == text
            assert not set(text) & set('0123456789?,;"')
