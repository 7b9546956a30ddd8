"""``hamsafar ask`` over files: rows as promised, filters, bad input in both languages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from hamsafar.cli.main import cli
from hamsafar.cli.options import condition, moment_us, window_seconds
from hamsafar.journeys.errors import BadWindow
from hamsafar.lib.conditions import Condition

CSV = """\
who,what,when,city
sara,visit,2026-01-01 10:00,Tehran
sara,cart,2026-01-01 10:05,Tehran
sara,paid,2026-01-03 10:05,Tehran
ali,visit,2026-01-02 09:00,Qom
ali,cart,2026-01-02 09:20,Qom
mina,visit,2026-01-05 09:00,Tehran
mina,visit,?,Tehran
"""
COLUMNS = ("--person", "who", "--event", "what", "--time", "when")


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "shop.csv"
    path.write_text(CSV, encoding="utf-8")
    return str(path)


def run(*arguments: str, language: str = "en") -> Result:
    return CliRunner().invoke(cli, ["ask", *arguments], env={"HAMSAFAR_LANGUAGE": language})


def asked(*arguments: str) -> dict[str, Any]:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def test_transitions(file: str) -> None:
    answer = asked("transitions", file, *COLUMNS)
    assert answer["rows"] == [
        {
            "source": "(start)",
            "target": "visit",
            "count": 3,
            "paths": 3,
            "persons": 3,
            "median_gap_seconds": None,
        },
        {
            "source": "visit",
            "target": "cart",
            "count": 2,
            "paths": 2,
            "persons": 2,
            "median_gap_seconds": 750.0,
        },
        {
            "source": "cart",
            "target": "paid",
            "count": 1,
            "paths": 1,
            "persons": 1,
            "median_gap_seconds": 172800.0,
        },
        {
            "source": "cart",
            "target": "(end)",
            "count": 1,
            "paths": 1,
            "persons": 1,
            "median_gap_seconds": None,
        },
        {
            "source": "paid",
            "target": "(end)",
            "count": 1,
            "paths": 1,
            "persons": 1,
            "median_gap_seconds": None,
        },
        {
            "source": "visit",
            "target": "(end)",
            "count": 1,
            "paths": 1,
            "persons": 1,
            "median_gap_seconds": None,
        },
    ]
    assert answer["median_relative_error"] == 0
    assert answer["rejected"] == [{"code": "bad_time", "count": 1, "first_line": 8}]


def test_columns_left_out_are_guessed(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(
        "مشتری;رویداد;تاریخ;ساعت\n۱;بازدید;۱۴۰۴/۱۰/۱۱;۱۳:۳۰\n۱;خرید;۱۴۰۴/۱۰/۱۱;۱۳:۴۵\n", encoding="utf-16"
    )
    answer = asked("transitions", str(path), "--timezone", "Asia/Tehran", "--from", "2026-01-01T10:00Z")
    gaps = {(row["source"], row["target"]): row["median_gap_seconds"] for row in answer["rows"]}
    assert gaps == {("(start)", "بازدید"): None, ("بازدید", "خرید"): 900, ("خرید", "(end)"): None}


def test_overview(file: str) -> None:
    answer = asked("overview", file, *COLUMNS)
    assert {name: answer[name] for name in ("events", "persons", "event_names", "first_at", "last_at")} == {
        "events": 6,
        "persons": 3,
        "event_names": 3,
        "first_at": "2026-01-01T10:00:00Z",
        "last_at": "2026-01-05T09:00:00Z",
    }
    assert answer["events_per_person"]["median"] == 2


def test_variants(file: str) -> None:
    answer = asked("variants", file, *COLUMNS, "--top", "2")
    assert answer["rows"] == [
        {"path": ["visit"], "paths": 1, "persons": 1},
        {"path": ["visit", "cart"], "paths": 1, "persons": 1},
    ]
    assert (answer["variants"], answer["other_persons"], answer["persons"]) == (3, 1, 3)


def test_funnel(file: str) -> None:
    answer = asked("funnel", file, *COLUMNS, "--steps", "visit,cart,paid", "--within", "1d")
    assert [(row["step"], row["persons"]) for row in answer["rows"]] == [
        ("visit", 3),
        ("cart", 2),
        ("paid", 0),
    ]
    assert answer["rows"][1]["share_of_first"] == pytest.approx(2 / 3)
    assert asked("funnel", file, *COLUMNS, "--steps", "visit,cart,paid")["rows"][2]["persons"] == 1


@pytest.mark.parametrize(
    ("options", "persons"),
    [
        (["--steps", "visit,paid"], [3, 1]),
        (["--steps", "visit,paid", "--exclude", "cart"], [3, 0]),
        (["--steps", "visit,paid", "--order", "strict"], [3, 0]),
        (["--steps", "paid,visit"], [1, 0]),
        (["--steps", "paid,visit", "--order", "any"], [1, 1]),
        (["--steps", "cart|paid"], [2]),
    ],
)
def test_orders_of_a_funnel(file: str, options: list[str], persons: list[int]) -> None:
    assert [row["persons"] for row in asked("funnel", file, *COLUMNS, *options)["rows"]] == persons


def test_a_funnel_tells_what_came_next_and_splits(file: str) -> None:
    arguments = (file, *COLUMNS, "--steps", "visit,cart,paid", "--breakdown", "city")
    answer = asked("funnel", *arguments)
    assert [(row["after"], row["next"], row["paths"]) for row in answer["next"]] == [
        (1, "(end)", 1),
        (2, "(end)", 1),
    ]
    groups = answer["breakdown"]["groups"]
    assert [(group["value"], [row["paths"] for row in group["rows"]]) for group in groups] == [
        ("Tehran", [2, 1, 1]),
        ("Qom", [1, 1, 0]),
    ]
    assert "city = Tehran: 2 → 1 → 1 (50%)" in run("funnel", *arguments).stdout
    assert (
        "پس از «visit»، ۱ مسیر ادامه نداد؛ رویداد بعدی: (پایان) ۱۰۰٪."
        in run("funnel", *arguments, language="fa").stdout
    )


@pytest.mark.parametrize(
    ("options", "persons"),
    [
        (["--where", "city=tehran"], 2),
        (["--where", "city in Qom, Yazd"], 1),
        (["--where", "city"], 3),
        (["--from", "2026-01-02"], 3),
        (["--from", "2026-01-02", "--to", "2026-01-02"], 1),  # the whole of that day
        (["--from", "1404-10-15"], 1),  # 5 January
        (["--to", "2026-01-01T10:00"], 0),
    ],
)
def test_filters(file: str, options: list[str], persons: int) -> None:
    assert asked("overview", file, *COLUMNS, *options)["persons"] == persons


@pytest.mark.parametrize(
    ("options", "unit", "paths", "persons"),
    [
        ([], "person", 3, 3),
        (["--person-where", "city=qom"], "person", 1, 1),
        (["--person-last", "city=Tehran", "--from", "2026-01-03"], "person", 2, 2),
        (["--only-person", "ali", "--only-person", "mina"], "person", 2, 2),
        (["--except-person", "ali"], "person", 2, 2),
        (["--session-gap", "10m"], "session", 5, 3),
        (["--unit", "session"], "session", 4, 3),
        (["--session-column", "city"], "session", 3, 3),
        (["--restart", "paid"], "instance", 4, 3),
        (["--restart", "paid|cart"], "instance", 6, 3),
        (["--instance-column", "city"], "instance", 3, 3),
    ],
)
def test_paths_in_a_scope(file: str, options: list[str], unit: str, paths: int, persons: int) -> None:
    answer = asked("variants", file, *COLUMNS, *options)
    assert (answer["unit"], answer["paths"], answer["persons"]) == (unit, paths, persons)


def test_small_groups_are_withheld(file: str) -> None:
    answer = asked("overview", file, *COLUMNS, "--min-group", "2")
    assert [row["event"] for row in answer["rows"]] == ["visit"], "one of two small ones would be no secret"
    assert (answer["withheld"], answer["min_group"]) == (2, 2)
    text = run("overview", file, *COLUMNS, "--min-group", "2", language="fa").stdout
    assert "سطرهای پنهان: ۲" in text


def test_tables_speak_the_language_of_the_shell(file: str) -> None:
    english = run("transitions", file, *COLUMNS)
    assert "median gap" in english.stdout
    assert "2 d" in english.stdout
    assert "Rows that could not be read: 1" in english.stderr
    persian = run("transitions", file, *COLUMNS, language="fa")
    assert "میانهٔ فاصلهٔ زمانی" in persian.stdout
    assert "۲ روز" in persian.stdout
    assert "۱ سطر خوانده نشد" in persian.stderr


@pytest.mark.parametrize(
    ("arguments", "en", "fa"),
    [
        (["funnel", "--steps", "vist,cart"], "Did you mean “visit”?", "منظورتان «visit» بود؟"),
        (["funnel", "--steps", ","], "at least one step", "دست‌کم یک گام"),
        (["funnel", "--steps", "visit", "--within", "0d"], "“0d” is not a length of time", "«0d» مدت زمان"),
        (["funnel", "--steps", "visit", "--within", "-3"], "is not a length of time", "مدت زمان معتبری"),
        (["variants", "--top", "0"], "from 1 to 10,000", "از ۱ تا ۱۰٬۰۰۰"),
        (["overview", "--from", "soon"], "“soon” is not a date for --from", "«soon» برای --from تاریخ"),
        (["overview", "--from", "1404-13-01"], "is not a date", "تاریخ معتبری نیست"),
        (["overview", "--timezone", "Mars/Base"], "Mars/Base", "Mars/Base"),
        (["overview", "--where", "town=Qom"], "town", "town"),
        (["overview", "--session-column", "ctiy"], "ctiy", "ctiy"),
        (["overview", "--session-gap", "0"], "“0” is not a length of time", "«0» مدت زمان"),
        (["overview", "--unit", "instance"], "one of the two", "دقیقاً یکی از این دو"),
        (
            ["overview", "--unit", "person", "--restart", "paid"],
            "“restart” does not cut",
            "یک شخص است، «restart»",
        ),
        (["overview", "--restart", "pad"], "Did you mean “paid”?", "منظورتان «paid» بود؟"),
    ],
)
def test_bad_questions_end_in_a_sentence(file: str, arguments: list[str], en: str, fa: str) -> None:
    for language, sentence in (("en", en), ("fa", fa)):
        result = run(arguments[0], file, *COLUMNS, *arguments[1:], language=language)
        assert result.exit_code == 1
        assert sentence in result.stderr
        assert "Traceback" not in result.output


def test_a_wrong_column_is_named(file: str) -> None:
    result = run("overview", file, "--person", "customer", "--event", "what", "--time", "when")
    assert result.exit_code == 1
    assert "customer" in result.stderr


def test_a_guess_is_told(file: str) -> None:
    guessed = run("overview", file, "--person", "who", "--event", "what")
    assert "Columns as guessed: person “who”, event “what”, time “when”" in guessed.stderr
    assert "guessed" not in run("overview", file, *COLUMNS).stderr
    persian = run("overview", file, "--person", "who", "--event", "what", language="fa")
    assert "ستون‌ها به حدس: شخص «who»، رویداد «what»، زمان «when»" in persian.stderr


def test_ask_does_not_load_django(file: str) -> None:
    code = (
        "import sys; from hamsafar.cli.main import cli; "
        f"cli(['ask', 'variants', {file!r}, *{COLUMNS!r}], standalone_mode=False); "
        "sys.exit('django' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env={**os.environ}
    )
    assert done.returncode == 0, done.stderr


def test_windows() -> None:
    assert [window_seconds(text) for text in ("90", "30m", "1.5h", "7d", "۲w")] == [
        90,
        1800,
        5400,
        604800,
        1209600,
    ]
    for text in ("", "d", "7x", "-1d", "0", "7 days"):
        with pytest.raises(BadWindow):
            window_seconds(text)


def test_moments() -> None:
    assert moment_us("1970-01-02", "UTC", "") == 86_400_000_000
    assert moment_us("1970-01-01T03:30", "Asia/Tehran", "") == 0
    assert moment_us("1970-01-01T00:00+01:00", "Asia/Tehran", "") == -3_600_000_000
    assert moment_us("۱۳۴۸/۱۰/۱۱", "UTC", "") == 0


def test_conditions() -> None:
    assert condition("city=Tehran") == Condition("city", "=", "Tehran")
    assert condition("amount > 5") == Condition("amount", ">", "5")
    assert condition("city in a, b") == Condition("city", "in", ["a", "b"])
    assert condition("coupon") == Condition("coupon", "exists")
