"""What the two readmes tell the reader to type works as it stands."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from hamsafar.cli.main import cli

ROOT = Path(__file__).resolve().parents[1]

EVENTS = """\
customer,action,at,city
sara,visit,2026-03-01 10:00,Shiraz
sara,cart,2026-03-01 10:05,Shiraz
sara,paid,2026-03-02 09:00,Shiraz
reza,visit,2026-03-03 18:00,Yazd
reza,cart,2026-03-20 18:00,Yazd
"""
MAP = {
    "format": "hamsafar-map/1",
    "title": "Buying",
    "kind": "current_state",
    "language": "en",
    "stages": [{"id": "look", "name": "Look"}, {"id": "buy", "name": "Buy"}],
    "lanes": [{"id": "touchpoints", "kind": "touchpoints"}],
    "cards": [
        {"id": "c1", "lane": "touchpoints", "stage": "look", "touchpoint": "visit", "text": "Site"},
        {"id": "c2", "lane": "touchpoints", "stage": "buy", "touchpoint": "paid", "text": "Payment"},
    ],
    "touchpoints": [
        {"id": "visit", "name": "Site", "matcher": {"events": ["visit"], "conditions": []}},
        {"id": "paid", "name": "Payment", "matcher": {"events": ["paid"], "conditions": []}},
    ],
}


@pytest.fixture
def beside_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "events.csv").write_text(EVENTS, encoding="utf-8")
    (tmp_path / "map.json").write_text(json.dumps(MAP), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HAMSAFAR_LANGUAGE", "en")


def _typed(page: str) -> list[str]:
    text = (ROOT / page).read_text(encoding="utf-8")
    return re.findall(r"^    (hamsafar .+)$", text, re.M)


def test_both_readmes_show_the_same_commands_and_code() -> None:
    assert _typed("README.md") == _typed("README.fa.md") != []
    code = [
        re.findall(r"```python\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.S)
        for page in ("README.md", "README.fa.md")
    ]
    assert code[0] == code[1] != []


@pytest.mark.usefixtures("beside_the_files")
@pytest.mark.parametrize("command", _typed("README.md"))
def test_each_command_answers(command: str) -> None:
    result = CliRunner().invoke(cli, shlex.split(command)[1:])
    assert result.exit_code == 0, result.output
    if "transitions" in command:
        rows = json.loads(result.output)["rows"]
        assert {"source": "visit", "target": "cart", "count": 2, "persons": 2} in [
            {key: row[key] for key in ("source", "target", "count", "persons")} for row in rows
        ]


@pytest.mark.usefixtures("beside_the_files")
def test_the_library_example_runs() -> None:
    [code] = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.S)
    known: dict[str, object] = {}
    exec(code, known)
    assert known["index"].n_events == 5  # type: ignore[attr-defined]  # what the example made
