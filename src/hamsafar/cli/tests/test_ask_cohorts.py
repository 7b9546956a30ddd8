"""``hamsafar ask`` about time, goals and two segments."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hamsafar.cli.tests.test_ask import COLUMNS, CSV, asked, run
from hamsafar.cli.tests.test_measure import a_map


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "shop.csv"
    path.write_text(CSV, encoding="utf-8")
    return str(path)


def test_retention(file: str) -> None:
    answer = asked(
        "retention", file, *COLUMNS, "--period", "day", "--periods", "2", "--timezone", "Asia/Tehran"
    )
    assert answer["timezone"] == "Asia/Tehran"
    assert [(row["cohort"], row["period"], row["persons"]) for row in answer["rows"]][:3] == [
        ("2026-01-01", 0, 1),
        ("2026-01-01", 1, 0),
        ("2026-01-01", 2, 1),
    ]
    other = asked(
        "retention", file, *COLUMNS, "--period", "jalali_month", "--in-zone", "UTC", "--first", "cart"
    )
    assert [row["cohort"] for row in other["rows"]] == ["1404-10"]


def test_survival(file: str) -> None:
    answer = asked("survival", file, *COLUMNS, "--start", "visit", "--end", "paid", "--by", "city")
    assert {row["group"]: (row["paths"], row["reached"]) for row in answer["groups"]} == {
        "Tehran": (2, 1),
        "Qom": (1, 0),
    }


def test_correlates(file: str) -> None:
    answer = asked("correlates", file, *COLUMNS, "--goal", "paid", "--min-paths", "1", "--feature", "city")
    assert {("event", "cart"), ("property", "city", "Qom")} <= {
        (row["kind"], *row["name"]) for row in answer["rows"]
    }


def test_two_segments_are_persons(file: str) -> None:
    answer = asked(
        "compare", "funnel", file, *COLUMNS, "--steps", "visit,paid", "--a", "city=tehran", "--b", "city=Qom"
    )
    assert [(row["row"][1], row["a"], row["b"]) for row in answer["rows"]] == [
        ("visit", 1, 1),
        ("paid", 0.5, 0),
        ("paid", 2 * 86_400 + 300, None),  # the median seconds it took; in Qom nobody paid
    ]
    assert (answer["of"], answer["a"]["persons"], answer["b"]["persons"], answer["overlap"]) == (
        "funnel",
        2,
        1,
        0,
    )
    variants = asked("compare", "variants", file, *COLUMNS, "--top", "1", "--a", "city", "--b", "city=Qom")
    assert variants["overlap"] == 1


@pytest.mark.parametrize(
    ("arguments", "en", "fa"),
    [
        (["survival", "--start", "vist", "--end", "paid"], "Did you mean “visit”?", "منظورتان «visit» بود؟"),
        (["retention", "--in-zone", "Mars/Base"], "“Mars/Base” is not a known time zone", "«Mars/Base» منطقهٔ زمانی"),
        (["correlates", "--goal", "paid", "--within", "0d"], "is not a length of time", "مدت زمان معتبری"),
    ],
)  # fmt: skip
def test_bad_questions_end_in_a_sentence(file: str, arguments: list[str], en: str, fa: str) -> None:
    for language, sentence in (("en", en), ("fa", fa)):
        result = run(arguments[0], file, *COLUMNS, *arguments[1:], language=language)
        assert (result.exit_code, sentence in result.stderr) == (1, True), result.output


def test_stages_and_deviations_of_two_segments(file: str, tmp_path: Path) -> None:
    path = tmp_path / "map.json"
    path.write_text(json.dumps(a_map()), encoding="utf-8")
    segments = ("--a", "city=Tehran", "--b", "city=Qom")
    stages = asked("compare", "stages", file, *COLUMNS, "--map", str(path), *segments)
    one, other = (
        asked("stages", file, *COLUMNS, "--map", str(path), "--person-where", one) for one in segments[1::2]
    )
    for row, a, b in zip(stages["rows"], one["rows"], other["rows"], strict=True):
        assert row["row"] == [a["stage"], a["name"]]
        assert (row["a"], row["b"]) == (a["share_went_on"]["value"], b["share_went_on"]["value"])
        assert (row["a_n"], row["b_n"]) == (a["went_on"] + a["left"], b["went_on"] + b["left"])
    deviations = run("compare", "deviations", file, *COLUMNS, "--map", str(path), *segments, language="fa")
    assert (deviations.exit_code, "جاافتاده" in deviations.stdout) == (0, True), deviations.output
