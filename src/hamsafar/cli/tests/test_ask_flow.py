"""``hamsafar ask pattern`` and ``flow`` in the shell: the answer, and where a pattern is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from hamsafar.cli.main import cli

CSV = """\
who,what,when
sara,visit,2026-01-01 10:00
sara,add to cart,2026-01-01 10:05
sara,paid,2026-01-03 10:05
ali,visit,2026-01-02 09:00
ali,add to cart,2026-01-02 09:20
"""


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "shop.csv"
    path.write_text(CSV, encoding="utf-8")
    return str(path)


def run(file: str, find: str, *more: str, language: str = "en") -> tuple[int, str]:
    columns = ("--person", "who", "--event", "what", "--time", "when")
    arguments = ["ask", "pattern", file, *columns, "--find", find, *more]
    result = CliRunner().invoke(cli, arguments, env={"HAMSAFAR_LANGUAGE": language})
    return result.exit_code, result.output


def test_a_pattern(file: str) -> None:
    code, output = run(file, '"add to cart" -> (!paid)* -> (end)', "--json")
    answer = json.loads(output)
    assert (code, answer["matched_persons"], answer["share"]["value"]) == (0, 1, 0.5)
    assert answer["rows"] == [{"path": ["add to cart"], "occurrences": 1, "persons": 1}]


def test_an_error_points_at_the_character(file: str) -> None:
    code, output = run(file, "visit -> add to cart")
    assert code == 1
    assert output.splitlines() == [
        "Pattern, character 14: “->” or the end of the pattern is expected here; "
        "a name with spaces or signs goes in quotes.",
        "  visit -> add to cart",
        "               ^",
    ]
    code, output = run(file, "visit -> piad", language="fa")
    assert output.splitlines() == [
        "رویدادی به نام «piad» وجود ندارد. منظورتان «paid» بود؟",
        "  visit -> piad",
        "           ^^^^",
    ]


def test_a_flow(file: str) -> None:
    columns = ("--person", "who", "--event", "what", "--time", "when")
    asked = ["--anchor", "visit -> .", "--before", "1", "--after", "1", "--occurrence", "last", "--json"]
    result = CliRunner().invoke(cli, ["ask", "flow", file, *columns, *asked])
    nodes = [(row["step"], row["node"], row["count"]) for row in json.loads(result.output)["nodes"]]
    assert nodes == [(-1, "(start)", 2), (0, "visit -> .", 2), (1, "paid", 1), (1, "(end)", 1)]
