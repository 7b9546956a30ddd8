"""The benchmark runs, on few events: every question is asked, and a merged index is the rebuilt one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bench import engine, report
from bench.__main__ import STEPS
from bench.paths import write_parquet
from bench.rooms.__main__ import SCENARIOS


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_parquet(tmp_path_factory.mktemp("bench") / "paths.parquet", 20_000)


def test_every_question_is_asked_of_an_index_that_was_merged(file: Path) -> None:
    built, stored = engine.build(file, file.parent), engine.store(file, file.parent)
    assert stored["identical"]
    assert built["events"] + stored["new_events"] == stored["events"]
    asked = engine.ask(file, file.parent, STEPS)
    assert asked["events"] == stored["events"]
    assert (asked["failed"], asked["not_asked"]) == ({}, [])
    for step in (built, stored, asked):
        step["peak_bytes"] = 0
    text = report.dataset("few", {"build": built, "store": stored, "ask": asked, "peers": {}}, 2)
    assert "the same bytes: yes" in text


@pytest.mark.parametrize(
    ("name", "small"),
    [
        ("one-map", {"editors": 3, "seconds": 1, "pause": 0.2}),
        ("many-maps", {"maps": 2, "seconds": 1, "pause": 0.2}),
        ("an-hour", {"editors": 3, "edits": 300, "samples": 2}),
    ],
)
def test_the_live_rooms_lose_nothing(name: str, small: dict[str, Any]) -> None:
    scenario, told = SCENARIOS[name]
    found = scenario(cards=20, warm=False, **small)
    assert found["edits"] > 0
    assert found["lost"] == 0
    assert "of memory" in told(found)
    if name == "one-map":
        assert found["seen"] == found["expected"]
