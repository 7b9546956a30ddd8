"""Sheets as files: CSV line by line, XLSX as a book of two sheets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import AsyncIterator, Iterable, Iterator
from itertools import islice
from typing import Any

from asgiref.sync import sync_to_async
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from hamsafar.lib.spreadsheet import safe_cell
from hamsafar.paths.errors import ExportTooLarge
from hamsafar.paths.exports.sheet import Cell, Sheet

BLOCK_LINES = 1000
MOST_ROWS = 1_048_575  # of a sheet of Excel, below its head

_SHARES = re.compile(
    r"(^|_)(share|rate|coverage|accuracy|probability)(_(?!n$)|$)|^of_\w+_(low|high)$"
    r"|^(survival|removal_effect|top_three|calibration_error)$"
)
# What XML cannot hold.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_WIDEST = 60
_SHEET_TITLE = re.compile(r"[\\/*?:\[\]]")


def csv_lines(sheet: Sheet) -> Iterator[str]:
    """With a byte order mark; without it spreadsheets misread Persian. Numbers stay as machines read them."""
    yield "\ufeff" + _line(sheet.heads)
    for row in sheet.rows():
        yield _line(row)


async def blocks(lines: Iterator[str]) -> AsyncIterator[str]:
    """The same, a thousand lines at a time, read in a thread."""
    while block := await sync_to_async(lambda: "".join(islice(lines, BLOCK_LINES)))():
        yield block


def xlsx(sheet: Sheet) -> bytes:
    """A book whose first sheet has the rows, and whose second says what they are. Raises ``ExportTooLarge``."""
    if sheet.table.num_rows > MOST_ROWS:
        raise ExportTooLarge(rows=sheet.table.num_rows, most=MOST_ROWS)
    book = Workbook(write_only=True)
    rtl = sheet.language == "fa"
    page = book.create_sheet(_SHEET_TITLE.sub(" ", sheet.title)[:31])
    page.sheet_view.rightToLeft = rtl
    page.freeze_panes = "A2"
    for place, head in enumerate(sheet.heads, 1):
        page.column_dimensions[get_column_letter(place)].width = max(12, min(_WIDEST, len(head) + 3))
    page.append([_cell(page, head, bold=True) for head in sheet.heads])
    # The ends of the one interval of a row are shares where its figure is.
    ends = ("low", "high") if {"share", "survival"} & set(sheet.names) else ()
    shares = [bool(_SHARES.search(name)) or name in ends for name in sheet.names]
    for row in sheet.rows():
        page.append([_cell(page, value, share=share) for value, share in zip(row, shares, strict=True)])

    about = book.create_sheet("دربارهٔ این عددها" if rtl else "About these figures")
    about.sheet_view.rightToLeft = rtl
    about.column_dimensions["A"].width = 34
    about.column_dimensions["B"].width = 90
    for name, value in sheet.facts:
        about.append([_cell(about, name, bold=True), _cell(about, value, wrap=True)])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(page: Any, value: Cell, *, bold: bool = False, share: bool = False, wrap: bool = False) -> Any:
    if not isinstance(value, str):
        cell = WriteOnlyCell(page, value=value)
        if share and isinstance(value, float):
            cell.number_format = "0.0%"
        return cell
    cell = WriteOnlyCell(page, value=_UNWRITABLE.sub("", value)[:32_767])
    cell.data_type = "s"  # never a formula, whatever it begins with
    if bold:
        cell.font = Font(bold=True)
    if wrap:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _line(cells: Iterable[Cell]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow([safe_cell(cell) for cell in cells])
    return buffer.getvalue()
