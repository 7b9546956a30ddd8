"""CSV, TSV and their relatives."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from hamsafar.events.files.blocks import BLOCK_CHARACTERS, Block, Source, column_names
from hamsafar.events.files.errors import BadMapping, NoRows
from hamsafar.events.files.reasons import Rejected, excerpt
from hamsafar.events.files.sniff import Sniffed
from hamsafar.events.files.text import BROKEN, Lines, check_encoding, detect_encoding

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_LINES = 200


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
            reader = _Records(lines, self.delimiter, self._first_line)
            header = next(iter(reader), None)
        finally:
            lines.close()
        if header is None:
            raise NoRows()
        self.names = column_names([cell.replace(BROKEN, "\ufffd") for cell in header[1]], header[0])

    def _open(self) -> Lines:
        return Lines(self._path, self._compression, self.encoding)

    def blocks(self, columns: Sequence[str], size: int, start_row: int) -> Iterator[Block]:
        lines = self._open()
        try:
            reader = _Records(lines, self.delimiter, self._first_line)
            places = {name: self.names.index(name) for name in columns}
            records = iter(reader)
            next(records)  # the header
            row = 0
            while True:
                rows: list[list[str]] = []
                at: list[int] = []
                characters = 0
                for line, cells in records:
                    rows.append(cells)
                    at.append(line)
                    if len(rows) % 1000 == 0:
                        characters += 1000 * sum(map(len, cells))
                    if len(rows) >= size or characters > BLOCK_CHARACTERS:
                        break
                if not rows:
                    return
                first, row = row, row + len(rows)
                if row > start_row:
                    yield self._block(rows, at, first, places, lines, start_row)
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
    """(line number, cells) of each record that is not blank.

    A quotation mark that is never closed would swallow the lines after it. So a record of several lines
    must have the header's number of columns and an even number of quotation marks; otherwise only its first
    line is given up and reading goes on with the next.
    """

    def __init__(self, lines: Lines, delimiter: str, first_line: int) -> None:
        self._lines = lines
        self._delimiter = delimiter
        self._first_line = first_line

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        start = self._first_line
        width = 0
        while True:
            reader = csv.reader(self._lines.read_from(start), delimiter=self._delimiter)
            before = offset = start - 1
            unclosed = False
            try:
                for cells in reader:
                    end = offset + reader.line_num
                    if end - before > 1 and width and self._swallows(before + 1, end, cells, width):
                        unclosed = True
                        break
                    if any(cells):
                        width = width or len(cells)
                        yield before + 1, cells
                    before = end
            except csv.Error:  # a field longer than the csv module's limit of 131,072
                unclosed = True
            if not unclosed:
                return
            yield before + 1, [_UNCLOSED + next(self._lines.read_from(before + 1), "").rstrip("\n")]
            start = before + 2

    def _swallows(self, first: int, last: int, cells: list[str], width: int) -> bool:
        if len(cells) < width or any(cells[width:]):
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
