"""How results are shown to a reader: HTML for notebooks, text for terminals, in both languages."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from html import escape
from math import floor, log10
from typing import Any, ClassVar, Self

import pyarrow as pa

from hamsafar.journeys import markup
from hamsafar.journeys.estimate import Estimate, Key
from hamsafar.journeys.index import Unit
from hamsafar.lib.language import Language as Language
from hamsafar.lib.language import users_language
from hamsafar.lib.persian import localise_digits

START, END, OTHER = "(start)", "(end)", "(other)"
_NODES = {"en": {}, "fa": {START: "(آغاز)", END: "(پایان)", OTHER: "(سایر)"}}
_SHOWN_ROWS = 200
_PATHS: dict[str, dict[Unit, str]] = {
    "en": {"person": "persons", "session": "sessions", "instance": "instances"},
    "fa": {"person": "شخص", "session": "نشست", "instance": "سفر"},
}
_PATH_HEADINGS: dict[str, dict[Unit, str]] = {
    "en": _PATHS["en"],
    "fa": {"person": "اشخاص", "session": "نشست‌ها", "instance": "سفرها"},
}

_UNITS: dict[str, tuple[tuple[float, str], ...]] = {
    "en": ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")),
    "fa": ((86_400, "روز"), (3_600, "ساعت"), (60, "دقیقه"), (1, "ثانیه")),
}
_NO_VALUE = "–"


class Result(ABC):
    """An answer to a question. Subclasses are frozen dataclasses that say what a reader shall see."""

    titles: ClassVar[dict[str, str]]
    headings: ClassVar[dict[str, tuple[str, ...]]]

    def heads(self, language: Language) -> tuple[str, ...]:
        """A heading for every cell of a row."""
        return self.headings[language]

    @abstractmethod
    def table(self) -> pa.Table:
        """The rows of the answer as an Arrow table."""

    def sheet(self, language: Language) -> pa.Table:
        """The rows as a reader's spreadsheet has them: plain columns, and names that a reader knows."""
        return self.table()

    @abstractmethod
    def to_dict(self) -> dict[str, Any]:
        """The answer as JSON holds it."""

    @abstractmethod
    def cells(self, language: Language, limit: int) -> list[list[str]]:
        """The first ``limit`` rows as texts in ``language``, one per heading."""

    def n_rows(self) -> int:
        """How many rows ``cells`` has when nothing limits it."""
        return int(self.table().num_rows)

    @abstractmethod
    def notes(self, language: Language) -> list[str]:
        """Sentences under the table: what the numbers rest on."""

    def drawing(self, language: Language) -> str:
        """The answer as inline SVG (see ``drawing``); empty when there is nothing to draw."""
        return ""

    def estimates(self) -> list[Estimate]:
        """The figures by which two segments can be compared, in the order of the rows; none: they cannot."""
        return []

    def absent(self, key: Key) -> Estimate | None:
        """What the figure of a row is that this answer does not have: a share of 0, or (None) not known."""
        return None

    def tests_against(self, other: Result) -> list[dict[str, Any]]:
        """Tests of the whole answer against another segment's: ``name`` and ``p`` each."""
        return []

    def row_name(self, key: Key, language: Language) -> str:
        """What a reader calls the row of an estimate."""
        return (" ← " if language == "fa" else " → ").join(node(name, language) for name in key)

    def masked(self, least: int) -> tuple[Self, int]:
        """The answer without the rows that rest on fewer than ``least`` persons, and how many these are.

        For ``withhold``. A question whose rows do not simply add up to a total says here what else must go.
        """
        from hamsafar.journeys.small_groups import without_small_rows

        return without_small_rows(self, least)

    def withhold(self, least: int) -> Result:
        """The answer without what rests on fewer than ``least`` persons; see ``small_groups``."""
        from hamsafar.journeys.small_groups import withhold

        return withhold(self, least)

    def text(self, language: Language = "en", limit: int = 50) -> str:
        """A table for a terminal."""
        headings, rows = self.heads(language), self.cells(language, limit)
        widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
        lines = [
            "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
            for line in (headings, *rows)
        ]
        return "\n".join([*lines, "", *self._notes(language, limit)])

    def to_html(self, language: Language = "en") -> str:
        """A drawing and a table for a page; every text of the data is escaped."""
        head = "".join(f"<th>{escape(heading)}</th>" for heading in self.heads(language))
        body = "".join(
            "<tr>" + "".join(f"<td>{markup.cell(cell, language)}</td>" for cell in row) + "</tr>"
            for row in self.cells(language, _SHOWN_ROWS)
        )
        notes = "".join(
            f"<p>{markup.note(note, language)}</p>" for note in self._notes(language, _SHOWN_ROWS)
        )
        direction = "rtl" if language == "fa" else "ltr"
        return (
            f'<div dir="{direction}" lang="{language}">{self.drawing(language)}'
            f"<table><caption>{escape(self.titles[language])}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{notes}</div>"
        )

    def _notes(self, language: Language, limit: int) -> list[str]:
        """The notes, and first of all how many rows are not shown."""
        hidden = self.n_rows() - limit
        if hidden <= 0:
            return self.notes(language)
        more = f"و {number(hidden, 'fa')} سطر دیگر." if language == "fa" else f"{hidden:,} more rows."
        return [more, *self.notes(language)]

    def _repr_html_(self) -> str:
        return self.to_html(users_language())


def number(value: float | None, language: Language) -> str:
    """A whole number with separators, or one with at most one decimal; – for none."""
    if value is None:
        return _NO_VALUE
    text = f"{value:,.1f}".removesuffix(".0")
    if language == "fa":
        text = text.replace(",", "٬").replace(".", "٫")
    return localise_digits(text, language)


def percent(share: float | None, language: Language) -> str:
    """A share as a percentage; – for none."""
    if share is None:
        return _NO_VALUE
    return number(share * 100, language) + ("٪" if language == "fa" else "%")


def significant(value: float | None, language: Language, figures: int = 2) -> str:
    """A number with so many figures that count: 0.053, 1.2, 340; – for none."""
    if value is None:
        return _NO_VALUE
    places = max(0, figures - 1 - floor(log10(abs(value)))) if value else 0
    text = f"{value:,.{min(places, 12)}f}"
    if language == "fa":
        text = text.replace(",", "٬").replace(".", "٫")
    return localise_digits(text, language)


def p_value(p: float | None, language: Language) -> str:
    """A p-value: to three decimals, and below them only that it is; – for none."""
    if p is None:
        return _NO_VALUE
    text = "< 0.001" if p < 0.001 else f"{p:.3f}"
    return localise_digits(text.replace(".", "٫") if language == "fa" else text, language)


def duration(seconds: float | None, language: Language) -> str:
    """A duration in its two largest units; – for none."""
    if seconds is None:
        return _NO_VALUE
    units = _UNITS[language]
    joint = " و " if language == "fa" else " "
    for place, (size, unit) in enumerate(units):
        if seconds < size and place < len(units) - 1:
            continue
        if place == len(units) - 1:
            return f"{number(seconds, language)} {unit}"
        smaller_size, smaller = units[place + 1]
        whole, rest = divmod(round(seconds / smaller_size), int(size // smaller_size))
        shown = f"{number(whole, language)} {unit}"
        return f"{shown}{joint}{number(rest, language)} {smaller}" if rest else shown
    raise AssertionError("the last unit takes what is left")


def node(name: str, language: Language) -> str:
    """An event's name, or the language's word for the start and the end of paths."""
    return _NODES[language].get(name, name)


def iso_time(at_us: int | None) -> str | None:
    """``2026-01-31T12:00:00Z``, with microseconds only when there are any."""
    if at_us is None:
        return None
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at_us)
    return at.isoformat().replace("+00:00", "Z")


def rests_on(
    events: int, persons: int, language: Language, paths: int | None = None, unit: Unit = "person"
) -> str:
    """The sentence that says how much data an answer rests on; the paths too where they are not persons."""
    counted = "" if unit == "person" else f"{number(paths, language)} {unit_word(unit, language)}"
    if language == "fa":
        within = f" در {counted}" if counted else ""
        return f"بر پایهٔ {number(events, 'fa')} رویداد{within} از {number(persons, 'fa')} شخص."
    within = "" if unit == "person" else f"{unit_word(unit, 'en')}: {number(paths, 'en')}; "
    return f"Events: {number(events, 'en')}; {within}persons: {number(persons, 'en')}."


def unit_word(unit: Unit, language: Language) -> str:
    """What paths are called: in English the plural, in Persian the word after a number."""
    return _PATHS[language][unit]


def with_paths(headings: tuple[str, ...], place: int, unit: Unit, language: Language) -> tuple[str, ...]:
    """The headings with one for the count of paths at ``place``, where a path is not a person."""
    if unit == "person":
        return headings
    return (*headings[:place], _PATH_HEADINGS[language][unit], *headings[place:])


def medians_note(relative_error: float, language: Language) -> list[str]:
    """The sentence that says how exact medians are; none when they are exact."""
    if not relative_error:
        return []
    if language == "fa":
        return [f"خطای نسبی میانه‌ها حداکثر {percent(relative_error, 'fa')} است."]
    return [f"Medians are within {percent(relative_error, 'en')} of the exact ones."]


def rows_of(table: pa.Table) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.to_pylist()
    return rows


def first_rows(table: pa.Table, limit: int) -> Sequence[dict[str, Any]]:
    return rows_of(table.slice(0, limit))
