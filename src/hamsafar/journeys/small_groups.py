"""Withholding what rests on few persons.

A row is small when it rests on at least one and fewer than ``least`` persons. Rows of a table mostly add up to a
total that is shown, so one missing row could be had by subtraction: whenever exactly one is small, the smallest of
the others goes too. A question whose rows hang together in another way says so in its ``masked``.

This protects what is shown to others: a screen, a report, an exported table. It does not stop somebody who may ask
from asking twice, with two ranges or two filters that differ by one person.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from hamsafar.journeys.errors import BadNumber
from hamsafar.journeys.view import Language, Result, number

R = TypeVar("R", bound=Result)
Flags = npt.NDArray[np.bool_]

MOST = 1_000_000


@dataclass(frozen=True)
class Withheld(Result):
    """An answer without its small rows: ``min_group`` and ``withheld``, how many they are, go with it."""

    answer: Result
    least: int
    withheld: int

    @property
    def titles(self) -> dict[str, str]:  # type: ignore[override]
        return self.answer.titles

    @property
    def headings(self) -> dict[str, tuple[str, ...]]:  # type: ignore[override]
        return self.answer.headings

    def heads(self, language: Language) -> tuple[str, ...]:
        return self.answer.heads(language)

    def table(self) -> pa.Table:
        return self.answer.table()

    def sheet(self, language: Language) -> pa.Table:
        return self.answer.sheet(language)

    def to_dict(self) -> dict[str, Any]:
        """Whatever else rests on few persons, in rows within rows, keeps its texts and loses its figures."""
        answer, more = _emptied(self.answer.to_dict(), self.least)
        return {**answer, "min_group": self.least, "withheld": self.withheld + more}

    def cells(self, language: Language, limit: int) -> list[list[str]]:
        return self.answer.cells(language, limit)

    def n_rows(self) -> int:
        return self.answer.n_rows()

    def drawing(self, language: Language) -> str:
        return self.answer.drawing(language)

    def notes(self, language: Language) -> list[str]:
        """Those of the answer, unless it is about few persons as a whole."""
        about = getattr(self.answer, "persons", 0)
        notes = [] if 0 < about < self.least else self.answer.notes(language)
        return [*notes, withheld_note(self.withheld, self.least, language)]


def withhold(answer: Result, least: int) -> Result:
    """``answer`` without the rows that rest on fewer than ``least`` persons. Raises ``BadNumber``."""
    if isinstance(least, bool) or not isinstance(least, int) or not 1 <= least <= MOST:
        raise BadNumber(given=least, field="min_group", least=1, most=MOST)
    shown, gone = answer.masked(least)
    return Withheld(shown, least, gone)


def small(persons: pa.ChunkedArray, least: int) -> Flags:
    """Which rows rest on few persons; bool [n]."""
    counts = persons.to_numpy()
    flags: Flags = (counts > 0) & (counts < least)
    return flags


def not_alone(flags: Flags, persons: pa.ChunkedArray) -> Flags:
    """The flags and, where they are exactly one, that of the smallest other row that anybody stands behind."""
    if np.count_nonzero(flags) != 1:
        return flags
    counts = persons.to_numpy()
    others = np.flatnonzero(~flags & (counts > 0))
    flags = flags.copy()
    if len(others):
        flags[others[np.argmin(counts[others])]] = True
    return flags


def without_small_rows(answer: R, least: int) -> tuple[R, int]:
    """``answer`` without the small rows of its tables that count ``persons``, and how many these are."""
    gone, tables = 0, {}
    for field in fields(answer):  # type: ignore[arg-type]  # results are dataclasses
        table = getattr(answer, field.name)
        if isinstance(table, pa.Table) and "persons" in table.column_names:
            flags = not_alone(small(table["persons"], least), table["persons"])
            tables[field.name] = table.filter(pa.array(~flags))
            gone += int(np.count_nonzero(flags))
    return replace(answer, **tables), gone  # type: ignore[type-var]


def withheld_note(rows: int, least: int, language: Language) -> str:
    if language == "fa":
        return (
            f"سطرهای پنهان: {number(rows, 'fa')}؛ هر یک بر کمتر از {number(least, 'fa')} شخص استوار است "
            "یا با تفریق، چنین عددی را آشکار می‌کرد."
        )
    return (
        f"Rows withheld: {number(rows, 'en')}; each rests on fewer than {number(least, 'en')} persons, "
        "or would tell of such a row by subtraction."
    )


def _emptied(value: Any, least: int) -> tuple[Any, int]:
    """A value of JSON whose small objects (by their ``persons``) have no figures, and how many they are."""
    if isinstance(value, list):
        pairs = [_emptied(one, least) for one in value]
        return [one for one, _ in pairs], sum(n for _, n in pairs)
    if not isinstance(value, dict):
        return value, 0
    persons = value.get("persons")
    if isinstance(persons, int) and 0 < persons < least:
        return {key: _without_figures(one) for key, one in value.items()}, 1
    found = {key: _emptied(one, least) for key, one in value.items()}
    return {key: one for key, (one, _) in found.items()}, sum(n for _, n in found.values())


def _without_figures(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_figures(one) for one in value]
    if isinstance(value, dict):
        return {key: _without_figures(one) for key, one in value.items()}
    return None if isinstance(value, int | float) and not isinstance(value, bool) else value
