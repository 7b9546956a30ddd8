"""The shape between a format's reader and the making of events: some rows, column by column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from hamsafar.events.files.errors import (
    ColumnMissing,
    ColumnNameTooLong,
    DuplicateColumns,
    OneColumn,
    TooManyColumns,
)
from hamsafar.events.files.reasons import Rejected
from hamsafar.events.files.sniff import Format
from hamsafar.lib.persian import normalise

MAX_COLUMNS = 1000
MAX_COLUMN_NAME = 200
BLOCK_CHARACTERS = 32 * 1024 * 1024  # a block ends early when its text is this long


@dataclass(frozen=True)
class Block:
    """Some rows of a file.

    ``columns``: an Arrow array where all values have one type, else a list of Python values (None: absent).
    ``rows``: 0-based data-row numbers; ``lines``: where each is in the file (see ``Rejected.line``).
    ``next_row``: number of the first row after the block, rejected ones counted.
    """

    columns: dict[str, pa.Array | list[Any]]
    rows: npt.NDArray[np.int64]
    lines: npt.NDArray[np.int64]
    rejected: list[Rejected]
    bytes_done: int
    next_row: int


class Source(Protocol):
    """A table in a file."""

    format: ClassVar[Format]
    typed: ClassVar[bool]  # whether the format itself tells the number 5 from the text "5"
    names: tuple[str, ...]
    encoding: str | None = None
    delimiter: str | None = None
    sheets: tuple[str, ...] = ()
    sheet: str | None = None
    bytes_total: int
    rows_total: int | None = None  # None where only reading all would tell

    def blocks(self, columns: Sequence[str], size: int, start_row: int) -> Iterator[Block]:
        """All rows from ``start_row`` on, at most ``size`` a block, with only the named columns."""
        ...


def column_names(raw: Sequence[str], line: int) -> tuple[str, ...]:
    """Header cells as names: one spelling, one line; a blank one is named by its place.

    Raises ``OneColumn``, ``TooManyColumns``, ``ColumnNameTooLong``, ``DuplicateColumns``.
    """
    names = [" ".join(normalise(cell).replace("\x00", "").split()) for cell in raw]
    while len(names) > 1 and not names[-1]:  # separators at the end of the line
        names.pop()
    if len(names) > MAX_COLUMNS:
        raise TooManyColumns(columns=len(names), limit=MAX_COLUMNS)
    if len(names) < 2:
        raise OneColumn(line=line, column=names[0][:60] if names else "")
    for name in names:
        if len(name) > MAX_COLUMN_NAME:
            raise ColumnNameTooLong(line=line, name=name[:40], limit=MAX_COLUMN_NAME)
    named = [name or f"column_{place}" for place, name in enumerate(names, 1)]
    repeated = [name for name in dict.fromkeys(named) if named.count(name) > 1]
    if repeated:
        raise DuplicateColumns(line=line, names=tuple(name[:60] for name in repeated[:10]))
    return tuple(named)


_ARROW = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}


def column_of(values: list[Any]) -> pa.Array | list[Any]:
    """The values as an Arrow array if they all have one plain type, else as they are."""
    kinds = set(map(type, values)) - {type(None)}
    kind = _ARROW.get(kinds.pop()) if len(kinds) == 1 else None
    if kind is None:
        return values
    try:
        return pa.array(values, kind)
    except (pa.ArrowInvalid, OverflowError):  # a whole number of more than 64 bits
        return values


def find_column(names: Sequence[str], wanted: str) -> str:
    """The column by its exact or its normalised name; ``ColumnMissing`` names those there are."""
    if wanted in names:
        return wanted
    name = " ".join(normalise(wanted).split())
    if name in names:
        return name
    raise ColumnMissing(column=wanted[:60], columns=", ".join(name[:60] for name in names[:50]))
