"""A map's cards as an Excel workbook, there and back."""

from __future__ import annotations

import io
import re
import tempfile
from pathlib import Path

from hamsafar.maps.document import Exchange
from hamsafar.maps.faults import Fault, MapInvalid
from hamsafar.maps.formats import cards, cards_read

SUFFIXES = ("xlsx",)
MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
left_out = cards.left_out

_WIDTHS = (20, 22, 16, 60, 22, 22, 12, 12, 30, 8, 18, 18, 10, 16, 14, 18, 8, 8, 10, 16, 12, 12)
# What XML cannot hold.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MOST_EXPANDED = 64 * 1024 * 1024


def write(exchange: Exchange) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    assert sheet is not None, "a new workbook has a sheet"
    sheet.sheet_view.rightToLeft = exchange["language"] == "fa"
    sheet.freeze_panes = "A2"
    for place, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    for number, row in enumerate(cards.rows(exchange), 1):
        for place, text in enumerate(row, 1):
            if not text:
                continue
            cell = sheet.cell(number, place)
            cell.value = _UNWRITABLE.sub("", text)
            cell.data_type = "s"  # never a formula, whatever it begins with
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 1:
                cell.font = Font(bold=True)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(data: bytes, language: str) -> Exchange:
    """The first sheet. Unpacked it may be ``_MOST_EXPANDED`` bytes, so that a zip bomb is none."""
    import zipfile

    from python_calamine import CalamineWorkbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(_unpacked(archive, member) for member in archive.infolist()) > _MOST_EXPANDED:
                raise MapInvalid([Fault("", "too_long", {"limit": _MOST_EXPANDED, "found": len(data)})])
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "map.xlsx"
            path.write_bytes(data)
            table = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    except MapInvalid:
        raise
    except Exception:  # an error class for every part of the format
        raise MapInvalid([Fault("", "not_a_table")]) from None
    return cards_read.exchange_of(([_text(cell) for cell in row] for row in table), language)


def _unpacked(archive: object, member: object) -> int:
    """How much a member unpacks to, counted, not believed; up to a little more than is allowed."""
    size = 0
    with archive.open(member) as packed:  # type: ignore[attr-defined]  # a ZipFile; imported only when asked for
        while piece := packed.read(1 << 20):
            size += len(piece)
            if size > _MOST_EXPANDED:
                break
    return size


def _text(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
