"""Records of a delimited file, and the way out of a quotation that never ends."""

from __future__ import annotations

import csv
from collections.abc import Generator, Iterator, Sequence
from itertools import islice
from typing import Any

from hamsafar.events.files.errors import QuoteNotClosed
from hamsafar.events.files.text import Lines, TooFarAhead

AT_ONCE = 128
UNCLOSED = "\udcfe"  # cannot be in a file; see ``text.BROKEN``
_MAX_AGAIN = 2_000_000  # lines read again after such a record; a file that needs more has another fault

_Some = tuple[list[list[str]], Sequence[int]]


class Records:
    """Records that are not blank, some at a time, each with the number of its first line.

    A quotation mark that is never closed would swallow the lines after it. So a record of several lines
    must have the header's number of columns and an even number of quotation marks; otherwise only its first
    line is given up, as one cell marked ``UNCLOSED``, and reading goes on with the next. Most records have
    one line and need no such care. ``at_most`` may change between two turns.
    """

    def __init__(self, lines: Lines, delimiter: str, first_line: int) -> None:
        self._lines = lines
        self._delimiter = delimiter
        self._first_line = first_line
        self._width = 0
        self._again = 0
        self.at_most = AT_ONCE

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
                rows = list(islice(reader, self.at_most))
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
        for _ in range(self.at_most):
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
                self._again += read + reader.line_num - start
                if self._again > _MAX_AGAIN:
                    raise QuoteNotClosed(line=start)
                yield [[UNCLOSED + next(self._lines.read_from(start)).rstrip("\n")]], [start]
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
