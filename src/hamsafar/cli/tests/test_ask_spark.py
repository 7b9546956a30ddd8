"""``hamsafar ask --engine spark``: the answers it gives here, and what it says of wrong addresses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

import hamsafar
from hamsafar.cli.main import cli
from hamsafar.journeys.spark.tests.cluster import ON_SPARK, SPARK_MASTER, connect_server

COLUMNS = ("--person", "who", "--event", "what", "--time", "at")


def ask(*arguments: object, language: str = "en") -> Result:
    environment = {"HAMSAFAR_LANGUAGE": language}
    return CliRunner().invoke(cli, ["ask", *map(str, arguments), *COLUMNS, "--json"], env=environment)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    table = {
        "who": ["sara", "sara", "ali", None, "ali"],
        "what": ["visit", "paid", "visit", "visit", "visit"],
        "at": pa.array([1, 2, 1, 1, 2], pa.timestamp("s")),
        "city": ["Qom", "Yazd", "Qom", "Qom", None],
    }
    pq.write_table(pa.table(table), tmp_path / "x.parquet")
    return tmp_path / "x.parquet"


@ON_SPARK
def test_a_folder_is_asked_on_spark_and_a_file_here(file: Path, spark_session: Any) -> None:
    question = ("funnel", "--steps", "visit,paid", "--where", "city in Qom,Yazd")
    here = ask(*question, file)
    there = ask(*question, file.parent, "--engine", "spark", "--master", SPARK_MASTER)
    assert (here.exit_code, there.exit_code) == (0, 0), there.output
    assert json.loads(there.stdout) == json.loads(here.stdout)
    assert [row["persons"] for row in json.loads(there.stdout)["rows"]] == [2, 1]
    assert "missing_person: 1" in there.stderr


@ON_SPARK
def test_a_map_is_measured_on_spark_as_here(file: Path, tmp_path: Path, spark_session: Any) -> None:
    plain = {
        "format": "hamsafar-map/1", "title": "Shop", "kind": "current_state", "language": "en",
        "stages": [{"id": "look", "name": "Look"}, {"id": "buy", "name": "Buy"}],
        "lanes": [{"id": "l", "kind": "touchpoints"}],
        "cards": [
            {"id": "c1", "lane": "l", "stage": "look", "touchpoint": "visit"},
            {"id": "c2", "lane": "l", "stage": "buy", "touchpoint": "paid"},
        ],
        "touchpoints": [
            {"id": "visit", "name": "Visit", "matcher": {"events": ["visit"]}},
            {"id": "paid", "name": "Paid", "matcher": {"events": ["paid"], "conditions": [
                {"property": "city", "op": "=", "value": "Yazd"}]}},
        ],
    }  # fmt: skip
    map_file = tmp_path / "map.json"
    map_file.write_text(json.dumps(plain), "utf-8")
    measure = ["measure", str(map_file), str(file), *COLUMNS, "--json"]
    here = CliRunner().invoke(cli, measure)
    there = CliRunner().invoke(cli, [*measure, "--engine", "spark", "--master", SPARK_MASTER])
    assert (here.exit_code, there.exit_code) == (0, 0), there.output
    assert json.loads(there.stdout) == json.loads(here.stdout)
    assert json.loads(there.stdout)["whole"]["completed"] == 1


@ON_SPARK
def test_spark_connect_gives_the_same_answer(file: Path) -> None:
    """In processes of their own: one process talks to Spark in one way only."""
    here = ask("transitions", file)
    with connect_server() as address:
        command = [
            sys.executable, "-m", "hamsafar.cli.main", "ask", "transitions", str(file), *COLUMNS, "--json",
            "--engine", "spark", "--master", address,
        ]  # fmt: skip
        environment = os.environ | {"PYTHONPATH": str(Path(hamsafar.__file__).parents[1])}
        there = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert there.returncode == 0, there.stderr
    assert json.loads(there.stdout) == json.loads(here.stdout)


@pytest.mark.parametrize(
    ("options", "language", "said"),
    [
        (("--engine", "spark", "--master", "localhost:7077"), "fa", "نشانی یک سرور اسپارک نیست"),
        (("--engine", "spark", "--conf", "memory"), "en", "is not a setting of Spark"),
        (("--conf", "spark.executor.memory=1g"), "en", "go with --engine spark"),
    ],
)
def test_wrong_options_are_told(file: Path, options: tuple[str, ...], language: str, said: str) -> None:
    told = ask("overview", file, *options, language=language)
    assert told.exit_code in (1, 2)
    assert said in told.stderr


def test_without_spark_a_folder_is_no_file(file: Path) -> None:
    assert "is a directory" in ask("overview", file.parent).stderr
