"""CSV, TSV and their relatives."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from hamsafar.events.files.blocks import BLOCK_CHARACTERS, Block, Source, column_names
from hamsafar.events.files.errors import BadMapping, NoRows, QuoteNotClosed
from hamsafar.events.files.reasons import Rejected, excerpt
from hamsafar.events.files.sniff import Sniffed
from hamsafar.events.files.text import BROKEN, Lines, TooFarAhead, check_encoding, detect_encoding

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_LINES = 200
_AT_ONCE = 128
_MAX_UNCLOSED = 1000  # each costs reading some lines again; a file with more has another fault

_Some = tuple[list[list[str]], Sequence[int]]


class DelimitedSource(Source):
    """Rows of separated values. Blank rows, also of separators only, are not rows."""

    format = "csv"
    typed = False
    encoding: str
    delimiter: str

    def __init__(
        self, path: Path, sniffed: Sniffed, encoding: str | None = None, delimiter: str | None = None
    ) -> None:
        self._path = path
        self._compression = sniffed.compression
        self.bytes_total = path.stat().st_size
        self.encoding = (
            check_encoding(encoding) if encoding else detect_encoding(path, sniffed.compression, sniffed.head)
        )
        if delimiter is not None and delimiter not in DELIMITERS:
            raise BadMapping(field="delimiter", value=delimiter, expected=", ; | tab")
        lines = self._open()
        try:
            sample = [line for line, _ in zip(lines.read_from(1), range(_SAMPLE_LINES), strict=False)]
            self._first_line = next((at for at, line in enumerate(sample, 1) if line.strip()), 0)
            if not self._first_line:
                raise NoRows()
            said = sample[self._first_line - 1].strip().removeprefix("sep=")
            if sample[self._first_line - 1].startswith("sep=") and said in DELIMITERS:
                delimiter = delimiter or said  # Excel's way to tell the separator
                self._first_line += 1
            self.delimiter = delimiter or _guess_delimiter(sample[self._first_line - 1 :])
            records = _Records(lines, self.delimiter, self._first_line)
            header, at = next(iter(records), ([], []))
        finally:
            lines.close()
        if not header:
            raise NoRows()
        self.names = column_names([cell.replace(BROKEN, "\ufffd") for cell in header[0]], at[0])

    def _open(self) -> Lines:
        return Lines(self._path, self._compression, self.encoding)

    def blocks(self, columns: Sequence[str], size: int, start_row: int) -> Iterator[Block]:
        lines = self._open()
        try:
            places = {name: self.names.index(name) for name in columns}
            rows: list[list[str]] = []
            at: list[int] = []
            row = characters = 0
            header = 1
            for some, lines_of_some in _Records(lines, self.delimiter, self._first_line):
                rows += some[header:]
                at += lines_of_some[header:]
                characters += len(some) * sum(map(len, some[-1]))
                header = 0
                while len(rows) >= size or characters > BLOCK_CHARACTERS:
                    now, rows, whence, at = rows[:size], rows[size:], at[:size], at[size:]
                    characters = 0
                    first, row = row, row + len(now)
                    if row > start_row:
                        yield self._block(now, whence, first, places, lines, start_row)
            if row + len(rows) > start_row:
                yield self._block(rows, at, row, places, lines, start_row)
        finally:
            lines.close()

    def _block(
        self,
        rows: list[list[str]],
        at: list[int],
        first: int,
        places: dict[str, int],
        lines: Lines,
        start: int,
    ) -> Block:
        width = len(self.names)
        number = np.arange(first, first + len(rows), dtype=np.int64)
        line = np.array(at, dtype=np.int64)
        rejected: list[Rejected] = []
        lengths = list(map(len, rows))
        if first < start or lengths.count(width) != len(rows) or lines.broken:
            good = []
            for place, cells in enumerate(rows):
                if first + place < start:
                    continue
                code = _fault(cells, width, bool(lines.broken))
                if code:
                    rejected.append(
                        Rejected(at[place], code, "", excerpt(self.delimiter.join(cells[: 2 * width])))
                    )
                else:
                    good.append(place)
            rows = [rows[place] for place in good]
            number, line = number[good], line[good]
        table = list(zip(*rows, strict=False)) if rows else [()] * width
        return Block(
            {name: pa.array(table[place], pa.string()) for name, place in places.items()},
            number, line, rejected, lines.bytes_done(), first + len(lengths),
        )  # fmt: skip


def _fault(cells: list[str], width: int, look_for_broken: bool) -> str | None:
    if len(cells) == 1 and cells[0].startswith(_UNCLOSED):
        cells[0] = cells[0].removeprefix(_UNCLOSED)
        return "quote_not_closed"
    if len(cells) < width:
        return "too_few_columns"
    if any(cells[width:]):  # empty cells beyond the last column are only separators
        return "too_many_columns"
    if look_for_broken and any(BROKEN in cell for cell in cells):
        return "bad_encoding"
    return None


_UNCLOSED = (
    "\udcfe"  # marks the first line of a record whose quotation never ends; see ``Lines`` on surrogates
)


class _Records:
    """Records that are not blank, some at a time, each with the number of its first line.

    A quotation mark that is never closed would swallow the lines after it. So a record of several lines
    must have the header's number of columns and an even number of quotation marks; otherwise only its first
    line is given up and reading goes on with the next. Most records have one line and need no such care.
    """

    def __init__(self, lines: Lines, delimiter: str, first_line: int) -> None:
        self._lines = lines
        self._delimiter = delimiter
        self._first_line = first_line
        self._width = 0
        self._faults = 0

    def __iter__(self) -> Iterator[_Some]:
        start: int | None = self._first_line
        while start is not None:
            start = yield from self._quickly(start)
            if start is not None:
                start = yield from self._carefully(start)

    def _reader(self, start: int) -> Any:
        return csv.reader(self._lines.read_from(start), delimiter=self._delimiter)

    def _quickly(self, start: int) -> Generator[_Some, None, int | None]:
        """Reads on while every record is one line; returns the line from which on that is in doubt."""
        reader, read = self._reader(start), start - 1
        while True:
            self._lines.keep_from(start)
            try:
                rows = list(islice(reader, _AT_ONCE))
            except (csv.Error, TooFarAhead):
                return start
            if not rows:
                return None
            if read + reader.line_num - start + 1 != len(rows):
                return start
            at: Sequence[int] = range(start, start + len(rows))
            start += len(rows)
            if not all(map(any, rows)):
                at = [line for line, cells in zip(at, rows, strict=True) if any(cells)]
                rows = [cells for cells in rows if any(cells)]
            if rows:
                self._width = self._width or len(rows[0])
                yield rows, at

    def _carefully(self, start: int) -> Generator[_Some, None, int | None]:
        """Reads some records one by one; returns the line after them, None at the end of the file."""
        reader, read = self._reader(start), start - 1
        for _ in range(_AT_ONCE):
            self._lines.keep_from(start)
            try:
                cells: list[str] | None = next(reader, None)
                if cells is None:
                    return None
                end = read + reader.line_num
                unclosed = end > start and self._width > 0 and self._swallows(start, end, cells)
            except (csv.Error, TooFarAhead):  # csv: a field longer than its limit of 131,072
                cells, unclosed = [], True
            if unclosed:
                self._faults += 1
                if self._faults > _MAX_UNCLOSED:
                    raise QuoteNotClosed(line=start)
                yield [[_UNCLOSED + next(self._lines.read_from(start)).rstrip("\n")]], [start]
                start += 1
                reader, read = self._reader(start), start - 1
                continue
            if any(cells):
                self._width = self._width or len(cells)
                yield [cells], [start]
            start = end + 1
        return start

    def _swallows(self, first: int, last: int, cells: list[str]) -> bool:
        if len(cells) < self._width or any(cells[self._width :]):
            return True
        raw = zip(self._lines.read_from(first), range(first, last + 1), strict=False)
        return sum(line.count('"') for line, _ in raw) % 2 == 1


def _guess_delimiter(sample: list[str]) -> str:
    """The separator that cuts the sample most evenly into the most columns; comma if none does."""
    best = (0.0, 0, ",")
    for rank, delimiter in enumerate(DELIMITERS):
        try:
            widths = Counter(len(cells) for cells in csv.reader(sample, delimiter=delimiter) if any(cells))
        except csv.Error:
            continue
        width, times = widths.most_common(1)[0] if widths else (1, 0)
        if width > 1:
            best = max(best, (round(times / widths.total(), 1), width * 10 - rank, delimiter))
    return best[2]
