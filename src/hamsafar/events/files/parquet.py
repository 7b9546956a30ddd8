"""Parquet: columns that already have types go through Arrow untouched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from hamsafar.events.files.blocks import Block, Source, column_names
from hamsafar.events.files.errors import FileBroken, NoRows


class ParquetSource(Source):
    format = "parquet"
    typed = True
    rows_total: int

    def __init__(self, path: Path) -> None:
        self._path = path
        self.bytes_total = path.stat().st_size
        try:
            with pq.ParquetFile(path) as file:
                self._fields = tuple(file.schema_arrow.names)
                self.rows_total = file.metadata.num_rows
                self._group_rows = [file.metadata.row_group(at).num_rows for at in range(file.num_row_groups)]
        except (pa.ArrowException, OSError) as error:
            raise FileBroken(kind="Parquet", place=_first_line(error)) from error
        if not self.rows_total:
            raise NoRows()
        self.names = column_names(self._fields, 1)

    def blocks(self, columns: Sequence[str], size: int, start_row: int) -> Iterator[Block]:
        fields = {name: self._fields[self.names.index(name)] for name in columns}
        first, groups = 0, list(range(len(self._group_rows)))
        while groups and first + self._group_rows[groups[0]] <= start_row:
            first += self._group_rows[groups.pop(0)]
        try:
            with pq.ParquetFile(self._path, pre_buffer=False) as file:
                for batch in file.iter_batches(size, row_groups=groups, columns=list(fields.values())):
                    skip = max(0, start_row - first)
                    first += len(batch)
                    if skip >= len(batch):
                        continue
                    kept = batch.slice(skip)
                    rows = np.arange(first - len(kept), first, dtype=np.int64)
                    table = {name: _plain(kept.column(field)) for name, field in fields.items()}
                    done = self.bytes_total * first // self.rows_total
                    yield Block(table, rows, rows + 1, [], done, first)
        except (pa.ArrowException, OSError) as error:
            raise FileBroken(kind="Parquet", place=_first_line(error)) from error


def _plain(column: pa.Array) -> pa.Array:
    """Dictionary-coded columns as their values; one text type instead of three."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_large_string(column.type) or pa.types.is_string_view(column.type):
        column = column.cast(pa.string())
    return column


def _first_line(error: Exception) -> str:
    return str(error).split("\n", 1)[0][:120]
