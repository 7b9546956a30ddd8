"""Parquet: columns that already have types go through Arrow untouched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from hamsafar.events.files.blocks import Block, Source, column_names
from hamsafar.events.files.errors import FileBroken, NoRows
from hamsafar.events.files.reasons import MAX_VALUE

_AT_ONCE = 64 * 1024 * 1024  # bytes of a batch, about
_CUT = MAX_VALUE + 1


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
                self._texts = {
                    field.name
                    for field in file.schema_arrow
                    if pa.types.is_string(field.type) or pa.types.is_large_string(field.type)
                }
                groups = [file.metadata.row_group(at) for at in range(file.num_row_groups)]
                self._group_rows = [group.num_rows for group in groups]
                self._row_bytes = sum(group.total_byte_size for group in groups) // max(1, self.rows_total)
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
        size = max(1, min(size, _AT_ONCE // max(1, self._row_bytes)))
        texts = [field for field in fields.values() if field in self._texts]
        try:
            with pq.ParquetFile(self._path, pre_buffer=False, read_dictionary=texts) as file:
                for batch in file.iter_batches(size, row_groups=groups, columns=list(fields.values())):
                    skip = max(0, start_row - first)
                    first += len(batch)
                    for part in _parts(batch.slice(skip)):
                        table = {name: _plain(part.column(field)) for name, field in fields.items()}
                        yield self._block(table, first - len(batch) + skip, len(part))
                        skip += len(part)
        except (pa.ArrowException, OSError) as error:
            raise FileBroken(kind="Parquet", place=_first_line(error)) from error

    def _block(self, table: dict[str, pa.Array | list[Any]], first: int, length: int) -> Block:
        rows = np.arange(first, first + length, dtype=np.int64)
        done = first + length
        return Block(table, rows, rows + 1, [], self.bytes_total * done // self.rows_total, done)


def _parts(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """The batch in pieces that stay small when coded texts are written out: a file of one kilobyte can say
    the same long text a million times."""
    coded = [column.dictionary for column in batch.columns if pa.types.is_dictionary(column.type)]
    longest = sum(_longest(each) for each in coded)
    size = max(1, _AT_ONCE // max(1, longest))
    for start in range(0, len(batch), size):
        yield batch.slice(start, size)


def _longest(texts: pa.Array) -> int:
    if not (pa.types.is_string(texts.type) or pa.types.is_large_string(texts.type)):
        return 0
    return min(pc.max(pc.utf8_length(texts)).as_py() or 0, _CUT)


def _plain(column: pa.Array) -> pa.Array:
    """Dictionary-coded columns as their values; one text type instead of three. Texts are cut at a length
    beyond which they are rejected anyway."""
    if pa.types.is_dictionary(column.type):
        values, indices = _plain(column.dictionary), column.indices
        if pa.types.is_string(values.type) and (pc.max(pc.utf8_length(values)).as_py() or 0) > _CUT:
            values = pc.utf8_slice_codeunits(values, 0, _CUT)
        return values.take(indices)
    if pa.types.is_large_string(column.type) or pa.types.is_string_view(column.type):
        column = column.cast(pa.string())
    return column


def _first_line(error: Exception) -> str:
    return str(error).split("\n", 1)[0][:120]
