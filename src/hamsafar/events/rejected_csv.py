"""The rows an import could not read, as a file for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from hamsafar.events.files import Rejected

HEADER = {"en": ("line", "column", "reason", "value"), "fa": ("خط", "ستون", "علت", "مقدار")}

# A spreadsheet runs a cell that begins with one of these as a formula; an apostrophe keeps it a text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def lines(rows: Iterable[dict[str, Any]], language: str) -> Iterator[str]:
    """CSV, line by line, with a byte order mark (without it spreadsheets misread Persian)."""
    yield "\ufeff" + _line(HEADER[language])
    for row in rows:
        rejected = Rejected(**row)
        yield _line((rejected.line, rejected.column, rejected.sentence(language), rejected.value_excerpt))


def _line(cells: Iterable[object]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow([_safe(cell) for cell in cells])
    return buffer.getvalue()


def _safe(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
