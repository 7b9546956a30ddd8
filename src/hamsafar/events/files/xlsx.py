"""Excel workbooks, guarded before they are opened: what a sheet holds has to fit into memory."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from itertools import dropwhile, islice
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from hamsafar.events.files.blocks import Block, Source, column_names, column_of
from hamsafar.events.files.errors import (
    ExpandsTooFar,
    FileBroken,
    FileEncrypted,
    SheetMissing,
    SheetNotATable,
    SheetTooLarge,
)

MAX_EXPANDED = 512 * 1024 * 1024
MAX_RATIO = 200
RATIO_APPLIES_FROM = 64 * 1024 * 1024
MAX_CELLS = 20_000_000  # of the rectangle that a sheet spans, empty cells counted: it is held as such
_CELL = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_READ = 256 * 1024


class XlsxSource(Source):
    """One sheet: the named one, else the first that holds a table.

    The table begins at the first row with two filled cells: titles stand above it. Blank rows are not rows.
    """

    format = "xlsx"
    typed = False
    rows_total: int

    def __init__(self, path: Path, sheet: str | None = None) -> None:
        self.bytes_total = path.stat().st_size
        _guard(path)
        from python_calamine import CalamineWorkbook, SheetTypeEnum

        try:
            book = CalamineWorkbook.from_path(str(path))
            self.sheets = tuple(
                each.name for each in book.sheets_metadata if each.typ is SheetTypeEnum.WorkSheet
            )
            if sheet is not None and sheet not in self.sheets:
                raise SheetMissing(sheet=sheet[:60], sheets=", ".join(self.sheets))
            for name in (sheet,) if sheet else self.sheets:
                self._table = book.get_sheet_by_name(name)
                self.rows_total = sum(1 for _ in self._filled()) - 1
                if self.rows_total > 0:
                    self.sheet = name
                    break
            else:
                raise SheetNotATable(sheet=(sheet or self.sheets[0])[:60])
        except (SheetMissing, SheetNotATable, KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # an error class for every part of the format, and Rust's panic
            if "assword" in str(error):
                raise FileEncrypted() from error
            raise FileBroken(kind="XLSX", place=str(error).split("\n", 1)[0][:120]) from error
        line, header = next(self._filled())
        self.names = column_names([_text(cell) for cell in header], line)

    def _filled(self) -> Iterator[tuple[int, list[Any]]]:
        """(row of the sheet, cells) of every row that is not blank; cells begin at the first used column."""
        rows = enumerate(self._table.iter_rows(), 1)
        table = dropwhile(lambda row: _filled_cells(row[1]) < 2, rows)
        return ((line, row) for line, row in table if _filled_cells(row))

    def blocks(self, columns: Sequence[str], size: int, start_row: int) -> Iterator[Block]:
        places = {name: self.names.index(name) for name in columns}
        rows = islice(self._filled(), 1 + start_row, None)
        first = start_row
        while some := list(islice(rows, size)):
            done = first + len(some)
            yield Block(
                {name: column_of([_cell(row[place]) for _, row in some]) for name, place in places.items()},
                np.arange(first, done, dtype=np.int64),
                np.array([line for line, _ in some], dtype=np.int64),
                [],
                self.bytes_total * done // self.rows_total,
                done,
            )
            first = done


def _filled_cells(row: Sequence[Any]) -> int:
    return sum(1 for cell in row if cell is not None and cell != "")


def _cell(cell: Any) -> Any:
    return None if cell == "" else cell


def _text(cell: Any) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _guard(path: Path) -> None:
    """Measures what the workbook would expand to, without believing what it says of itself.

    Every member is unpacked once, piece by piece, and the cells of sheets are located, since two cells at
    opposite corners make a sheet of seventeen thousand million.
    """
    size = path.stat().st_size
    most = min(MAX_EXPANDED, max(RATIO_APPLIES_FROM, size * MAX_RATIO))
    expanded = 0
    try:
        with zipfile.ZipFile(path) as archive, path.open("rb") as file:
            for member in archive.infolist():
                if member.flag_bits & 1:
                    raise FileEncrypted()
                sheet = _Extent() if member.filename.startswith("xl/worksheets/") else None
                for piece in _pieces(file, member):
                    expanded += len(piece)
                    if expanded > most:
                        raise ExpandsTooFar(compressed=size, limit=most)
                    if sheet:
                        sheet.feed(piece)
                if sheet:
                    sheet.check()
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise FileBroken(kind="XLSX", place=str(error)[:120]) from error


def _pieces(file: BinaryIO, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The unpacked bytes of a member, as many as its packed bytes give, whatever size it declares."""
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise FileBroken(kind="XLSX", place=member.filename[:80])
    file.seek(member.header_offset + 26)
    lengths = file.read(4)
    if len(lengths) < 4:
        raise EOFError(member.filename[:80])
    file.seek(int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little"), 1)
    left = member.compress_size
    inflate = zlib.decompressobj(-15)
    while left > 0:
        packed = file.read(min(left, _READ))
        if not packed:
            raise EOFError(member.filename[:80])
        left -= len(packed)
        if member.compress_type == zipfile.ZIP_STORED:
            yield packed
            continue
        while packed:
            yield inflate.decompress(packed, _READ)
            packed = inflate.unconsumed_tail


class _Extent:
    """The rectangle that a sheet's cells span."""

    def __init__(self) -> None:
        self._columns: set[bytes] = set()
        self._rows = 0
        self._end = b""

    def feed(self, piece: bytes) -> None:
        found = _CELL.findall(self._end + piece)
        self._end = piece[-24:]
        if found:
            self._columns.update({column for column, _ in found})
            self._rows = max(self._rows, *(int(row) for _, row in found))

    def check(self) -> None:
        columns = 0
        for name in self._columns:
            number = 0
            for letter in name:
                number = number * 26 + letter - 64
            columns = max(columns, number)
        if self._rows * columns > MAX_CELLS:
            raise SheetTooLarge(rows=self._rows, columns=columns)
