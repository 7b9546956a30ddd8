"""``hamsafar measure``: figures that agree with ``hamsafar ask`` on the same file, and bad input."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from hamsafar.cli.main import cli

CSV = """\
who,what,when,city
sara,visit,2026-01-01 10:00,Tehran
sara,banner,2026-01-01 10:01,Tehran
sara,cart,2026-01-01 10:05,Tehran
sara,paid,2026-01-03 10:05,Tehran
ali,visit,2026-01-02 09:00,Qom
ali,cart,2026-01-02 09:20,Qom
mina,visit,2026-03-05 09:00,Tehran
mina,visit,?,Tehran
"""
COLUMNS = ("--person", "who", "--event", "what", "--time", "when")


def a_map(**matchers: Any) -> dict[str, Any]:
    """A map of three stages with one touchpoint each."""
    stages = {"look": "visit", "choose": "cart", "buy": "paid"}
    return {
        "format": "hamsafar-map/1",
        "title": "Shop",
        "kind": "current_state",
        "language": "en",
        "stages": [{"id": stage, "name": stage.title()} for stage in stages],
        "lanes": [{"id": "l", "kind": "touchpoints"}],
        "cards": [
            {"id": f"c-{name}", "lane": "l", "stage": stage, "touchpoint": name}
            for stage, name in stages.items()
        ],
        "touchpoints": [
            {"id": name, "name": name.title(), "matcher": matchers.get(name, {"events": [name]})}
            for name in stages.values()
        ],
    }


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "shop.csv"
    path.write_text(CSV, encoding="utf-8")
    return str(path)


@pytest.fixture
def map_file(tmp_path: Path) -> str:
    path = tmp_path / "map.json"
    path.write_text(json.dumps(a_map()), encoding="utf-8")
    return str(path)


def run(*arguments: str, language: str = "en") -> Result:
    return CliRunner().invoke(cli, arguments, env={"HAMSAFAR_LANGUAGE": language})


def answer(*arguments: str) -> dict[str, Any]:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    plain: dict[str, Any] = json.loads(result.stdout)
    return plain


def test_a_measured_map(map_file: str, file: str) -> None:
    measured = answer("measure", map_file, file, *COLUMNS)
    assert measured["events"] == 7
    assert measured["unbound_events"] == 1
    # Sara completed; Ali stopped two months before the data end, Mina at the end.
    whole = measured["whole"]
    assert (whole["begun"], whole["completed"], whole["left"], whole["still_open"]) == (3, 1, 1, 1)
    assert whole["median_seconds_to_complete"] == 2 * 86_400 + 300
    buckets = [
        (stage["entered"], stage["went_on"], stage["left"], stage["still_open"])
        for stage in measured["stages"]
    ]
    assert buckets == [(3, 2, 0, 1), (2, 1, 1, 0), (1, 1, 0, 0)]
    assert measured["rejected"] == [{"code": "bad_time", "count": 1, "first_line": 9}]


def test_totals_are_those_of_ask(map_file: str, file: str) -> None:
    measured = answer("measure", map_file, file, *COLUMNS)
    overview = answer("ask", "overview", file, *COLUMNS)
    assert measured["events"] == overview["events"]
    assert measured["data_end_at"] == overview["last_at"]
    by_name = {row["event"]: row for row in overview["rows"]}
    for touchpoint in measured["touchpoints"]:
        assert touchpoint["visits"] == by_name[touchpoint["touchpoint"]]["events"]
        assert touchpoint["persons"] == by_name[touchpoint["touchpoint"]]["persons"]


def test_one_touchpoint_per_event_gives_the_transitions_of_ask(shared_data: Path, tmp_path: Path) -> None:
    """Real data: 19 event names in one stage each, so nothing is resolved, cut or left out."""
    file = str(shared_data / "ecom_clickstream" / "ecom.csv.gz")
    columns = ("--person", "user_id", "--event", "event", "--time", "timestamp")
    transitions = answer("ask", "transitions", file, *columns)["rows"]
    names = sorted({row["source"] for row in transitions} - {"(start)"})
    plain = a_map()
    plain["stages"] = [{"id": "all", "name": "All"}]
    plain["cards"] = [{"id": n, "lane": "l", "stage": "all", "touchpoint": n} for n in names]
    plain["touchpoints"] = [{"id": n, "name": n, "matcher": {"events": [n]}} for n in names]
    map_file = tmp_path / "map.json"
    map_file.write_text(json.dumps(plain))
    measured = answer("measure", str(map_file), file, *columns)
    found = {
        (touchpoint["card"], row["card"]): (row["count"], row["persons"])
        for touchpoint in measured["touchpoints"]
        for row in touchpoint["next"]
    }
    assert found == {
        (row["source"], row["target"]): (row["count"], row["persons"])
        for row in transitions
        if row["source"] != "(start)"
    }
    assert measured["whole"]["begun"] == sum(
        row["count"] for row in transitions if row["source"] == "(start)"
    )


def test_the_whole_scope_holds(map_file: str, file: str) -> None:
    def begun(*scope: str) -> int:
        return int(answer("measure", map_file, file, *COLUMNS, *scope)["whole"]["begun"])

    assert begun("--person-where", "city=Tehran") == 2
    assert begun("--except-person", "sara") == 2
    assert begun("--pattern", "cart -> paid") == 1
    # Sara pays two days after her cart: in another session, which is another run through the map.
    assert begun("--session-gap", "1d") == 4
    refused = run("measure", map_file, file, *COLUMNS, "--min-group", "2", language="fa")
    assert (refused.exit_code, "مرحله‌ها یا انحراف‌ها" in refused.stderr) == (1, True), refused.output


def test_range_filter_and_threshold(map_file: str, file: str) -> None:
    measured = answer(
        "measure", map_file, file, *COLUMNS, "--from", "1404-10-11", "--to", "2026-01-31",
        "--where", "city=Tehran", "--open-after", "Look=2h", "--open-after", "choose=1w",
    )  # fmt: skip
    assert measured["range"] == {"from_at": "2026-01-01T00:00:00Z", "to_at": "2026-02-01T00:00:00Z"}
    assert measured["persons"] == 1
    assert [stage["open_after_seconds"] for stage in measured["stages"]][:2] == [7_200, 604_800]


def test_columns_of_matchers_need_not_be_named(tmp_path: Path, file: str) -> None:
    condition = {"property": "city", "op": "=", "value": "Qom"}
    nobody_has = {"property": "coupon", "op": "exists"}
    plain = a_map(
        visit={"events": ["visit"], "conditions": [condition]},
        paid={"events": ["paid"], "conditions": [nobody_has]},
    )
    path = tmp_path / "map.json"
    path.write_text(json.dumps(plain))
    measured = answer("measure", str(path), file, *COLUMNS)
    assert [touchpoint["persons"] for touchpoint in measured["touchpoints"]] == [1, 2, 0]
    assert measured["unknown_properties"] == [{"touchpoint": "paid", "property": "coupon"}]


def test_several_files_are_one(map_file: str, tmp_path: Path) -> None:
    header, *rows = CSV.splitlines()[:-1]
    parts = [tmp_path / "one.csv", tmp_path / "two.csv"]
    parts[0].write_text("\n".join([header, *rows[:4]]))
    parts[1].write_text("\n".join([header, *rows[4:]]))
    measured = answer("measure", map_file, *map(str, parts), *COLUMNS)
    assert measured["whole"]["begun"] == 3


@pytest.mark.parametrize(("language", "word"), [("en", "still open"), ("fa", "در جریان")])
def test_tables_to_read(map_file: str, file: str, language: str, word: str) -> None:
    result = run("measure", map_file, file, *COLUMNS, language=language)
    assert result.exit_code == 0
    assert word in result.stdout
    assert "bad_time" in result.stderr


def test_every_fault_of_a_map_is_told_with_its_place(tmp_path: Path, file: str) -> None:
    plain = a_map()
    plain["cards"][1]["need"] = "often"
    plain["stages"][2].pop("name")
    path = tmp_path / "map.json"
    path.write_text(json.dumps(plain))
    result = run("measure", str(path), file, *COLUMNS)
    assert result.exit_code == 1
    assert "stages[2].name" in result.stderr
    assert "cards[1].need" in result.stderr


def test_a_threshold_for_no_stage_names_the_stages(map_file: str, file: str) -> None:
    result = run("measure", map_file, file, *COLUMNS, "--open-after", "pay=7d")
    assert result.exit_code == 2
    assert "look, choose, buy" in result.stderr
