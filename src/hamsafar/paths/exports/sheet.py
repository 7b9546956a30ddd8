"""An answer as a sheet: its rows under heads in the reader's language, and what they rest on beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from hamsafar.journeys.view import Language, Result
from hamsafar.lib.jalali import jalali_date
from hamsafar.lib.persian import localise_digits
from hamsafar.paths.exports.facts import described, fact, yes_no
from hamsafar.paths.exports.words import column, definition

_BATCH = 1000

Cell = str | int | float | bool | None


@dataclass(frozen=True)
class Sheet:
    """``names``: the columns as the engine calls them, ``heads`` as the reader does; ``facts``: name and value."""

    title: str
    language: Language
    names: list[str]
    heads: list[str]
    table: pa.Table
    facts: list[tuple[str, str]]

    def rows(self) -> Iterator[list[Cell]]:
        for batch in self.table.to_batches(_BATCH):
            for row in zip(*(values.to_pylist() for values in batch.columns), strict=True):
                yield [_cell(name, value, self.language) for name, value in zip(self.names, row, strict=True)]


def sheet_of(result: Result, question: str, request: Mapping[str, Any], language: Language) -> Sheet:
    """``request``: what was asked, as its JSON says it; it is part of the facts."""
    said = result.to_dict()
    table = _with_intervals(result.sheet(language), said)
    names = table.column_names
    return Sheet(
        title=result.titles[language],
        language=language,
        names=names,
        heads=[column(name, language) for name in names],
        table=table,
        facts=list(_facts(result, question, request, said, language)),
    )


def _facts(
    result: Result, question: str, request: Mapping[str, Any], said: Mapping[str, Any], language: Language
) -> Iterator[tuple[str, str]]:
    yield fact("question", language), result.titles[language]
    if sentence := definition(question, language):
        yield fact("definition", language), sentence
    now = datetime.now(UTC)
    day = now.strftime("%Y-%m-%d %H:%M UTC")
    if language == "fa":
        day = localise_digits(f"{jalali_date(now, UTC)} {now:%H:%M}", "fa") + " به وقت جهانی"
    yield fact("exported_at", language), day
    if not (request.get("from") or request.get("to")):
        yield fact("asked", language), fact("all_time", language)
    map_name = said.get("map")
    if isinstance(map_name, dict):
        yield fact("map", language), map_name["title"]
    for name, value in request.items():
        if value not in (None, [], {}) and name != "map":
            # What is asked of both sides of a comparison is said in the words of the question that is compared.
            of = str(request.get("of")) if name == "arguments" else question
            yield fact(name, language, question), described(name, value, language, of)
    for name, value in said.items():
        if name not in request and isinstance(value, int | float) and not isinstance(value, bool):
            yield fact(name, language, question), described(name, value, language, question)
    for note in result.notes(language):
        yield fact("note", language), note


def _with_intervals(table: pa.Table, said: Mapping[str, Any]) -> pa.Table:
    """The table, and of each rate with an interval its two ends and its n, when there is one for every row;
    the rate too where only its interval has it."""
    rows = said.get("rows") or said.get("nodes") or []
    intervals = said.get("intervals")
    if intervals is None and rows and all("interval" in row for row in rows):
        rate = "share" if "share" in table.column_names else "probability"
        intervals = [{rate: row["interval"]} for row in rows]
    if not isinstance(intervals, list) or len(intervals) != table.num_rows or not intervals:
        return table
    for name in intervals[0]:
        if not {name, f"share_{name}"} & set(table.column_names):
            values = [row[name]["value"] if row.get(name) else None for row in intervals]
            table = table.append_column(name, pa.array(values, pa.float64()))
        for end, kind in (("low", pa.float64()), ("high", pa.float64()), ("n", pa.int64())):
            values = [row[name][end] if row.get(name) else None for row in intervals]
            table = table.append_column(f"{name}_{end}", pa.array(values, kind))
    return table


def _cell(name: str, value: Any, language: Language) -> Cell:
    """A value of the column ``name``; floats without the noise of their last digits."""
    match value:
        case bool():
            return yes_no(value, language)
        case None | int():
            return value
        case float():
            return float(f"{value:.12g}")
        case datetime():
            return _time(value)
        case str() if name.endswith("_at"):
            return _time(datetime.fromisoformat(value))
    return described(name, value, language)


def _time(at: datetime) -> str:
    """In UTC, as spreadsheets know a time when they see one."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}"
