"""An index of files, with no server and no store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from hamsafar.journeys.build import (
    decoded,
    fill,
    fill_property,
    index_of,
    property_values,
    survey,
)
from hamsafar.journeys.columns import Columns
from hamsafar.journeys.index import PathIndex, PropertyColumn, RejectedRows, fingerprint

if TYPE_CHECKING:
    import duckdb

    from hamsafar.events.files import Mapping

_BATCH_ROWS = 200_000
_TABLE = """create table events
    (person varchar, name varchar, at_us bigint, channel varchar, properties varchar, seq bigint)"""
_INSERT = "insert into events select person, name, at_us, channel, properties, {} from {}"


def read(
    path: str | Path | Sequence[str | Path],
    person: str | None = None,
    event: str | None = None,
    time: str | None = None,
    properties: Sequence[str] = (),
    **options: Any,
) -> PathIndex:
    """The index of one file, or of several with the same columns, one after the other.

    ``person``, ``event``, ``time`` name the columns; one that is left out is guessed from names and content.
    Of the other columns only ``properties`` are kept. ``options`` are further fields of
    ``events.files.Mapping``: ``event_constant``, ``channel``, ``time_format``, ``timezone``, ``encoding``, ...

    Rows that cannot be read are in no path and are counted by reason in ``rejected``. Raises what
    ``events.files`` raises of a file as a whole (``FileUnreadable``, ``BadMapping``).
    """
    paths = [Path(path)] if isinstance(path, str | Path) else [Path(one) for one in path]
    mapping = mapping_for(paths[0], person, event, time, properties, **options)
    with _connection() as asks:
        rejected = _load(asks, paths, mapping)
        known = survey(asks, "events")
        arrays = {name: np.empty(length, dtype) for name, (dtype, length) in known.shapes().items()}
        version = fill(asks, "events", known, arrays)
        columns = {}
        wanted = [*mapping.properties, *(["channel"] if mapping.channel else [])]
        for name in wanted:
            values = property_values(asks, "events", name)
            code = np.empty(len(arrays["code"]), np.int32)
            fill_property(asks, "events", name, values, code)
            columns[name] = PropertyColumn(code, decoded(values))
            version = fingerprint(code, texts=(version, name, *values))
        return index_of(arrays, properties=Columns(columns), version=version, rejected=rejected)


def mapping_for(
    path: Path,
    person: str | None = None,
    event: str | None = None,
    time: str | None = None,
    properties: Sequence[str] = (),
    **options: Any,
) -> Mapping:
    """The mapping these arguments mean; the file is looked at only when a column is left to guess."""
    from hamsafar.events.files import Mapping, inspect

    chosen = {"person": person, "event": event, "time": time}
    if options.get("event_constant"):
        chosen["event"] = ""
    if None not in chosen.values():
        return Mapping(**chosen, properties=tuple(properties), **options)  # type: ignore[arg-type]  # no None is left in it
    guess = inspect(path).guess
    fields: dict[str, Any] = {name: column for name, column in chosen.items() if column is not None}
    if "event" in fields:
        fields["event_constant"] = None
    if fields.get("time", guess.time) != guess.time:  # the format was that of another column
        fields |= {"time_format": None, "time_of_day": None}
    fields |= {"channel": None, "numbers": None, "properties": tuple(properties), **options}
    return replace(guess, **fields)


class _InMemory:
    """DuckDB in memory, spilling to a temporary directory, as the builder asks it."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self.connection.execute(sql, list(params)).fetchall()

    def arrow(self, sql: str, params: Sequence[Any] = ()) -> pa.RecordBatchReader:
        return self.connection.sql(sql, params=list(params)).to_arrow_reader(1_000_000)


@contextmanager
def _connection() -> Iterator[_InMemory]:
    import duckdb

    with TemporaryDirectory(prefix="hamsafar-") as directory, duckdb.connect() as connection:
        connection.execute("set temp_directory = ?", [directory])
        yield _InMemory(connection)


def _load(asks: _InMemory, paths: Sequence[Path], mapping: Mapping) -> tuple[RejectedRows, ...]:
    """Read the files into the table ``events``; what was rejected, by reason, most first."""
    from hamsafar.events.files import read_batches
    from hamsafar.events.files.bulk import bulk_select

    asks.connection.execute(_TABLE)
    count: Counter[str] = Counter()
    first_line: dict[str, int] = {}
    for number, path in enumerate(paths):
        # Files follow one another; 2 ** 40 rows are more than any of them has.
        row = f"row + {number << 40}"
        straight = bulk_select(path, mapping)
        if straight:
            asks.connection.execute(_INSERT.format(row, f"({straight[0]})"), straight[1])
            continue
        for batch in read_batches(path, mapping, batch_rows=_BATCH_ROWS):
            for fault in batch.rejected:
                count[fault.code] += 1
                first_line.setdefault(fault.code, fault.line)
            asks.connection.register("batch", batch.table)
            asks.connection.execute(_INSERT.format(row, "batch"))
            asks.connection.unregister("batch")
    return tuple(RejectedRows(code, n, first_line[code]) for code, n in count.most_common())
