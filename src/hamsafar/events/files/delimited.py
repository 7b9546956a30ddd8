"""CSV, TSV and their relatives."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa

from hamsafar.events.files.blocks import BLOCK_CHARACTERS, Block, Source, column_names
from hamsafar.events.files.errors import BadMapping, NoRows, QuoteNotClosed
from hamsafar.events.files.reasons import Rejected, excerpt
from hamsafar.events.files.records import AT_ONCE, UNCLOSED, Records
from hamsafar.events.files.sniff import Sniffed
from hamsafar.events.files.text import BROKEN, Lines, TooFarAhead, check_encoding, detect_encoding

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
            sample = _first_lines(lines)
            self._first_line = next((at for at, line in enumerate(sample, 1) if line.strip()), 0)
            if not self._first_line:
                raise NoRows()
            said = sample[self._first_line - 1].strip().removeprefix("sep=")
            if sample[self._first_line - 1].startswith("sep=") and said in DELIMITERS:
                delimiter = delimiter or said  # Excel's way to tell the separator
                self._first_line += 1
            self.delimiter = delimiter or _guess_delimiter(sample[self._first_line - 1 :])
            records = Records(lines, self.delimiter, self._first_line)
            header, at = next(iter(records), ([], []))
        finally:
            lines.close()
        if not header:
            raise NoRows()
        if header[0][0].startswith(UNCLOSED):
            raise QuoteNotClosed(line=at[0])
        self.names = column_names([cell.replace(BROKEN, "\ufffd") for cell in header[0]], at[0])

    def _open(self) -> Lines:
        return Lines(self._path, self._compression, self.encoding)

    def blocks(self, columns: Sequence[str], size: int, start_row: int) -> Iterator[Block]:
        lines = self._open()
        try:
            places = {name: self.names.index(name) for name in columns}
            records = Records(lines, self.delimiter, self._first_line)
            gathered = _Gathered(places, 0)
            is_header = True
            records.at_most = min(AT_ONCE, size)
            for rows, at in records:
                if is_header:
                    rows, at, is_header = rows[1:], at[1:], False
                self._gather(gathered, rows, at, start_row, lines)
                if gathered.next_row - gathered.first >= size or gathered.characters > BLOCK_CHARACTERS:
                    if gathered.next_row > start_row:
                        yield gathered.block(lines.bytes_done())
                    gathered = _Gathered(places, gathered.next_row)
                records.at_most = min(AT_ONCE, size - (gathered.next_row - gathered.first))
            if gathered.next_row > max(start_row, gathered.first):
                yield gathered.block(lines.bytes_done())
        finally:
            lines.close()

    def _gather(
        self, into: _Gathered, rows: list[list[str]], at: Sequence[int], start_row: int, lines: Lines
    ) -> None:
        width = len(self.names)
        numbers: Sequence[int] = range(into.next_row, into.next_row + len(rows))
        into.next_row += len(rows)
        if numbers and numbers[0] < start_row:
            skipped = start_row - numbers[0]
            rows, at, numbers = rows[skipped:], at[skipped:], numbers[skipped:]
        if lines.broken or list(map(len, rows)).count(width) != len(rows):
            good = []
            for place, cells in enumerate(rows):
                code = _fault(cells, width, bool(lines.broken))
                if code is None:
                    good.append(place)
                else:
                    text = self.delimiter.join(cells[: 2 * width]).removeprefix(UNCLOSED)
                    into.rejected.append(Rejected(at[place], code, "", excerpt(text)))
            rows = [rows[place] for place in good]
            at = [at[place] for place in good]
            numbers = [numbers[place] for place in good]
        if rows:
            into.add(rows, at, numbers)


def _first_lines(lines: Lines) -> list[str]:
    sample: list[str] = []
    with suppress(TooFarAhead):  # very long lines: fewer of them will do
        sample.extend(islice(lines.read_from(1), _SAMPLE_LINES))
    return sample


class _Gathered:
    """The columns of a block, growing. Some rows at a time are turned while they are in the processor's cache."""

    def __init__(self, places: dict[str, int], first: int) -> None:
        self.first = self.next_row = first
        self.rejected: list[Rejected] = []
        self.characters = 0
        self._places = places
        self._columns: dict[str, list[str]] = {name: [] for name in places}
        self._lines: list[int] = []
        self._rows: list[int] = []

    def add(self, rows: list[list[str]], at: Sequence[int], numbers: Sequence[int]) -> None:
        self._lines.extend(at)
        self._rows.extend(numbers)
        turned = list(zip(*rows, strict=False))  # longer rows have only empty cells beyond
        for name, place in self._places.items():
            self._columns[name].extend(turned[place])
        self.characters += len(rows) * sum(map(len, rows[0]))

    def block(self, bytes_done: int) -> Block:
        columns = {name: pa.array(values, pa.string()) for name, values in self._columns.items()}
        rows = np.array(self._rows, dtype=np.int64)
        return Block(
            columns, rows, np.array(self._lines, dtype=np.int64), self.rejected, bytes_done, self.next_row
        )


def _fault(cells: list[str], width: int, look_for_broken: bool) -> str | None:
    if cells[0].startswith(UNCLOSED):
        return "quote_not_closed"
    if len(cells) < width:
        return "too_few_columns"
    if any(cells[width:]):  # empty cells beyond the last column are only separators
        return "too_many_columns"
    if look_for_broken and any(BROKEN in cell for cell in cells):
        return "bad_encoding"
    return None


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
