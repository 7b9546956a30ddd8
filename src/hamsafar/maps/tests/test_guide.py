"""The guide's examples are run: what ``docs/guide/maps`` shows is what happens."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from hamsafar.maps import commands, document, verbs
from hamsafar.maps.faults import SENTENCES, MapInvalid
from hamsafar.maps.fields import CHANNEL_KINDS, LIMITS, MAP_KINDS, MATCHER

GUIDE = Path(__file__).resolve().parents[4] / "docs" / "guide"
_EXAMPLE = re.compile(r"<!-- example: (\w+) -->\n```json\n(.*?)```", re.DOTALL)


@pytest.fixture(params=["en", "fa"])
def page(request: pytest.FixtureRequest) -> str:
    return (GUIDE / f"maps.{request.param}.md").read_text(encoding="utf-8")


@pytest.fixture
def examples(page: str) -> dict[str, Any]:
    found = {name: json.loads(text) for name, text in _EXAMPLE.findall(page)}
    assert set(found) == {"matcher", "map", "faults", "commands", "after"}
    return found


def test_the_map_and_the_matcher_are_right(examples: dict[str, Any]) -> None:
    document.check(examples["map"])
    faults: list[Any] = []
    MATCHER.check(examples["matcher"], "", faults)
    assert faults == []


def test_the_commands_do_what_the_page_says(examples: dict[str, Any]) -> None:
    doc = document.from_exchange(document.check(examples["map"]))
    commands.perform(
        doc,
        commands.plan(document.read(doc), examples["commands"], {"touchpoints": {"site", "shop", "paid"}}),
    )
    shown = document.project(document.read(doc))
    assert [stage["name"] for stage in shown["stages"]] == examples["after"]["stages"]
    assert sorted(card["id"] for card in shown["cards"]) == examples["after"]["cards"]


def test_the_faults_are_named_as_the_page_says(examples: dict[str, Any]) -> None:
    broken = examples["map"]
    broken["stages"][0]["name"] = " "
    broken["cards"][3]["evidence"] = {"kind": "guess"}
    broken["emotions"][1]["value"] = 3
    with pytest.raises(MapInvalid) as invalid:
        document.check(broken)
    told = {fault.place: fault.code for fault in invalid.value.faults}
    assert told == {fault["place"]: fault["code"] for fault in examples["faults"]}
    assert set(told.values()) <= set(SENTENCES)


def test_every_command_kind_and_channel_is_named(page: str) -> None:
    named = set(re.findall(r"`([a-z_]+)`", page))
    families = {name for name in verbs.HANDLERS if name.split("_")[0] in ("set", "move", "delete")}
    assert set(verbs.HANDLERS) - families <= named
    assert set(CHANNEL_KINDS) <= named
    assert set(MAP_KINDS) <= named


def test_the_limits_are_the_real_ones() -> None:
    page = (GUIDE / "maps.en.md").read_text(encoding="utf-8")
    for sentence in (
        f"{LIMITS['stages']} stages",
        f"{LIMITS['lanes']} lanes",
        f"{LIMITS['cards']:,} cards",
        f"{document.LARGEST_FILE // 1_000_000} MB as a file",
        f"{commands.MOST_COMMANDS:,} commands",
    ):
        assert sentence in page
