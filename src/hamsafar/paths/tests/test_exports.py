"""Answers as files: the engine's own rows, heads in the reader's language, texts that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import openpyxl
import pyarrow as pa
import pytest

from hamsafar.accounts.tests.people import People, Person
from hamsafar.events.tests.importing import run
from hamsafar.paths.exports import words
from hamsafar.paths.exports.files import csv_lines, xlsx
from hamsafar.paths.exports.sheet import Sheet
from hamsafar.paths.questions import QUESTIONS

CSV = """customer,what,when,city
ali,visit,2026-03-21T10:00:00Z,یزد
ali,buy,2026-03-21T10:05:00Z,یزد
sara,visit,2026-03-22T09:00:00Z,تهران
sara,=HYPERLINK("x"),2026-03-22T10:00:00Z,تهران
"""
MAPPING = {"person": "customer", "event": "what", "time": "when", "properties": ["city"]}
FUNNEL = {"steps": ["visit", "buy"], "within_seconds": 86400}
# What questions that need to be asked something are asked here.
ASKED: dict[str, dict[str, Any]] = {
    "funnel": FUNNEL,
    "flow": {"anchor": "visit"},
    "pattern": {"find": "visit -> buy"},
    "attribution": {"conversion": "buy", "over": "city"},
    "next_step": {"person": "ali"},
    "next_step_evaluation": {"split": "2026-03-22"},
    "what_if": {"goal": "buy"},
    "survival": {"start": "visit", "end": "buy"},
    "correlates": {"goal": "buy", "min_paths": 1},
    "compare": {
        "of": "overview",
        "a": {"person_conditions": [{"property": "city", "op": "=", "value": "یزد"}]},
        "b": {"person_conditions": [{"property": "city", "op": "=", "value": "تهران"}]},
    },
}


@pytest.fixture
def team(people: People) -> People:
    assert run(people.editor, CSV, MAPPING)["rows_added"] == 4
    return people


def export(person: Person, question: str, body: dict[str, Any], format: str = "csv") -> Any:
    return person.post(f"paths/export/{question}?format={format}", body)


def text_of(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode("utf-8")


def rows_of(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text_of(answer).removeprefix("\ufeff"))))


def book_of(answer: Any) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def speak(person: Person, language: str) -> None:
    assert person.patch("/api/me", {"language": language}).status_code == 200


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_members_export_and_others_do_not(team: People, format: str) -> None:
    answers = [
        export(getattr(team, who), "overview", {}, format).status_code
        for who in ("owner", "viewer", "outsider", "stranger")
    ]
    assert answers == [200, 200, 404, 401]


def test_csv_has_the_rows_of_the_answer(team: People) -> None:
    answer = export(team.viewer, "funnel", FUNNEL)
    assert answer["Content-Disposition"].startswith('attachment; filename="hamsafar-funnel-')
    assert text_of(export(team.viewer, "funnel", FUNNEL)).startswith("\ufeffstep,"), "Excel needs the mark"
    head, first, second = rows_of(answer)
    said = team.viewer.post("paths/funnel", FUNNEL).json()
    row = dict(zip(head, second, strict=True))
    assert first[:1] == ["visit"]
    assert row["step"] == "buy"
    assert row["persons"] == str(said["rows"][1]["persons"]) == "1"
    assert float(row["share of the first step"]) == 0.5
    assert float(row["share of the first step, from (95% interval)"]) == pytest.approx(
        said["intervals"][1]["of_first"]["low"]
    )


def test_no_text_of_the_data_becomes_a_formula(team: People) -> None:
    names = {row[0] for row in rows_of(export(team.viewer, "overview", {}))}
    assert '\'=HYPERLINK("x")' in names
    page = book_of(export(team.viewer, "overview", {}, "xlsx")).worksheets[0]
    cell = next(cell for (cell, *_) in page.iter_rows() if "HYPERLINK" in str(cell.value))
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("x")')


def test_a_book_says_what_its_figures_are(team: People) -> None:
    scope = {**FUNNEL, "conditions": [{"property": "city", "op": "=", "value": "یزد"}]}
    book = book_of(export(team.viewer, "funnel", scope, "xlsx"))
    rows, about = book.worksheets
    assert rows["D3"].number_format == "0.0%" or rows["C3"].number_format == "0.0%"
    facts = {name.value: value.value for name, value in about.iter_rows()}
    assert facts["question"] == "Funnel"
    assert "in order" in facts["definition"]
    assert facts["steps"] == "visit → buy"
    assert "یزد" in facts["filter on events"]
    assert facts["persons"] == "1"
    assert "exported at" in facts
    assert not rows.sheet_view.rightToLeft


def test_a_persian_reader_gets_a_persian_book(team: People) -> None:
    speak(team.viewer, "fa")
    book = book_of(export(team.viewer, "transitions", {}, "xlsx"))
    rows, about = book.worksheets
    assert rows.sheet_view.rightToLeft
    assert about.sheet_view.rightToLeft
    heads, *body = ([cell.value for cell in line] for line in rows.iter_rows())
    assert heads[:3] == ["از", "به", "دفعات"]
    assert any(line[0] == "(آغاز)" for line in body)
    assert {name.value for name, _ in about.iter_rows()} >= {"پرسش", "تعریف", "زمان خروجی", "اشخاص"}


def test_what_cannot_be_asked_is_said_as_a_problem(team: People) -> None:
    for question, body, code in (
        ("horoscope", {}, "question_unknown"),
        ("funnel", {"steps": 3}, "view_unreadable"),
        ("funnel", {"steps": ["nowhere"]}, "unknown_event"),
    ):
        assert export(team.viewer, question, body).json()["code"] == code
    assert export(team.viewer, "overview", {}, "pdf").status_code == 422


def test_a_saved_view_is_exported_by_its_address(team: People) -> None:
    view = team.editor.post(
        "paths/views", {"name": "F", "question": "funnel", "request": FUNNEL, "shared": True}
    ).json()["id"]
    assert [row[0] for row in rows_of(team.viewer.get(f"paths/views/{view}/export"))] == [
        "step",
        "visit",
        "buy",
    ]
    assert team.outsider.get(f"paths/views/{view}/export").status_code == 404
    assert team.stranger.get(f"paths/views/{view}/export").status_code == 401


def test_any_kind_of_value_is_written() -> None:
    table = pa.table(
        {
            "path": pa.array([["a", "b"], ["(start)"]]),
            "name": ["+1", "bell\x07"],
            "changed": [True, False],
            "value": [None, -3.5],
        }
    )
    sheet = Sheet("a/b: [c]", "en", table.column_names, table.column_names, table, [])
    lines = list(csv.reader(io.StringIO("".join(csv_lines(sheet)).removeprefix("\ufeff"))))
    assert lines[1:] == [["a → b", "'+1", "yes", ""], ["(start)", "bell\x07", "no", "-3.5"]]
    page = openpyxl.load_workbook(io.BytesIO(xlsx(sheet))).worksheets[0]
    assert [cell.value for cell in page[3]] == ["(start)", "bell", "no", -3.5]


def test_every_question_has_its_definition_in_both_languages() -> None:
    for question in QUESTIONS:
        assert words.definition(question, "en"), question
        assert words.definition(question, "fa"), question


# Those of rooms above are asked there, where there is what they need.
@pytest.mark.parametrize("question", [name for name, one in QUESTIONS.items() if one.behind is None])
def test_every_column_has_a_persian_head(team: People, question: str) -> None:
    speak(team.viewer, "fa")
    answer = export(team.viewer, question, ASKED.get(question, {}))
    assert answer.status_code == 200, answer.content
    english = [head for head in rows_of(answer)[0] if head.isascii() and head not in ("n", "p")]
    assert english == []


@pytest.mark.parametrize("question", [name for name, one in QUESTIONS.items() if one.behind is None])
def test_what_a_persian_book_says_of_itself_is_persian(team: People, question: str) -> None:
    speak(team.viewer, "fa")
    book = book_of(export(team.viewer, question, ASKED.get(question, {}), "xlsx"))
    rows, about = book.worksheets
    facts = {name.value: value.value for name, value in about.iter_rows()}
    assert [name for name in facts if name.isascii()] == []
    assert [name for name, value in facts.items() if re.fullmatch("[0-9.,]+|true|false|[{[].*", value)] == []
    assert {cell.value for row in rows.iter_rows() for cell in row if isinstance(cell.value, bool)} == set()


def test_a_comparison_says_its_segments_in_words(team: People) -> None:
    speak(team.viewer, "fa")
    asked = {
        **ASKED["compare"],
        "of": "funnel",
        "arguments": FUNNEL,
        "b": {"person_conditions": [{"property": "city", "op": "in", "value": ["قم", "تهران"]}]},
    }
    about = book_of(export(team.viewer, "compare", asked, "xlsx")).worksheets[1]
    facts = {name.value: value.value for name, value in about.iter_rows()}
    assert facts["پرسش مقایسه‌شده"] == "قیف"
    assert facts["خواسته از هر دو"] == "گام‌ها: \u200fvisit \u200f← buy؛ بازه (ثانیه): ۸۶٬۴۰۰"
    assert facts["سگمنت الف"] == "فیلتر اشخاص: city = یزد"
    assert facts["سگمنت ب"] == "فیلتر اشخاص: city یکی از قم، تهران"


def test_words_of_ours_among_the_rows_are_the_readers(team: People) -> None:
    speak(team.viewer, "fa")
    rows = rows_of(export(team.viewer, "attribution", ASKED["attribution"]))
    assert {row[1] for row in rows[1:]} >= {"نخستین تماس", "مارکوف"}
    assert {row[-1] for row in rows_of(export(team.viewer, "retention", {"period": "day"}))[1:]} <= {
        "بله",
        "خیر",
    }
    begins = rows_of(export(team.viewer, "retention", {"period": "day"}))[1][1]
    assert begins == "2026-03-21 00:00:00"


def test_every_rate_brings_its_interval(team: People) -> None:
    heads = rows_of(export(team.viewer, "flow", ASKED["flow"]))[0]
    assert heads[-3:] == ["share, from (95% interval)", "share, to (95% interval)", "share, n"]
