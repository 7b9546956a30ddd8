"""The rows an import could not read, as a file for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Iterable, Iterator
from itertools import islice
from typing import Any

from asgiref.sync import sync_to_async

from hamsafar.events.files import Rejected
from hamsafar.lib.spreadsheet import safe_cell

BLOCK_LINES = 1000
HEADER = {"en": ("line", "column", "reason", "value"), "fa": ("خط", "ستون", "علت", "مقدار")}


def lines(rows: Iterable[dict[str, Any]], language: str) -> Iterator[str]:
    """CSV, line by line, with a byte order mark (without it spreadsheets misread Persian)."""
    yield "\ufeff" + _line(HEADER[language])
    for row in rows:
        rejected = Rejected(**row)
        yield _line((rejected.line, rejected.column, rejected.sentence(language), rejected.value_excerpt))


async def blocks(lines: Iterator[str]) -> AsyncIterator[str]:
    """The same, a thousand lines at a time, read in a thread."""
    while block := await sync_to_async(lambda: "".join(islice(lines, BLOCK_LINES)))():
        yield block


def _line(cells: Iterable[object]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow([safe_cell(cell) for cell in cells])
    return buffer.getvalue()
