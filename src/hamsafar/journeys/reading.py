"""An index of files, with no server and no store."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as Settings
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal, overload

import numpy as np
import pyarrow as pa

from hamsafar.journeys.build import decoded, fill, fill_property, index_of, property_values, survey
from hamsafar.journeys.columns import Columns
from hamsafar.journeys.index import PathIndex, PropertyColumn, RejectedRows, fingerprint

if TYPE_CHECKING:
    import duckdb

    from hamsafar.events.files import Mapping
    from hamsafar.journeys.spark import SparkPaths

_BATCH_ROWS = 200_000
_BYTES_IN_MEMORY = 256_000_000
_MEMORY_LIMIT = "2GB"
_TABLE = """create table events
    (person varchar, name varchar, at_us bigint, channel varchar, properties varchar, seq bigint)"""
_INSERT = "insert into events select person, name, at_us, channel, properties, {} from {}"


@overload
def read(
    path: str | Path | Sequence[str | Path],
    person: str | None = None,
    event: str | None = None,
    time: str | None = None,
    properties: Sequence[str] = (),
    *,
    engine: Literal["local"] = "local",
    **options: Any,
) -> PathIndex: ...


@overload
def read(
    path: str | Path | Sequence[str | Path],
    person: str | None = None,
    event: str | None = None,
    time: str | None = None,
    properties: Sequence[str] = (),
    *,
    engine: Literal["spark"],
    master: str | None = None,
    conf: Settings[str, str] | None = None,
    **options: Any,
) -> SparkPaths: ...


def read(
    path: str | Path | Sequence[str | Path],
    person: str | None = None,
    event: str | None = None,
    time: str | None = None,
    properties: Sequence[str] = (),
    *,
    engine: Literal["local", "spark"] = "local",
    master: str | None = None,
    conf: Settings[str, str] | None = None,
    **options: Any,
) -> PathIndex | SparkPaths:
    """The index of one file, or of several with the same columns, one after the other.

    ``person``, ``event``, ``time`` name the columns; one that is left out is guessed from names and content.
    Of the other columns only ``properties`` are kept. ``options`` are further fields of
    ``events.files.Mapping``: ``event_constant``, ``channel``, ``time_format``, ``timezone``, ``encoding``, ...

    Sorting keeps to ``HAMSAFAR_EVENT_MEMORY`` ("2GB") and spills to the temporary directory; the arrays of the index
    come on top of that, about ten bytes an event.

    Rows that cannot be read are in no path and are counted by reason in ``rejected``. Raises what
    ``events.files`` raises of a file as a whole (``FileUnreadable``, ``BadMapping``).

    With ``engine="spark"`` the paths are Parquet files or folders anywhere Spark can read them, and stay on its
    executors: see ``spark.read``; ``master`` and ``conf`` are those of ``spark.connected``.
    """
    if engine == "spark":
        from hamsafar.journeys import spark

        return spark.read(spark.connected(master, conf), path, person, event, time, properties, **options)
    paths = [Path(path)] if isinstance(path, str | Path) else [Path(one) for one in path]
    mapping = mapping_for(paths[0], person, event, time, properties, **options)
    with _connection(sum(one.stat().st_size for one in paths if one.exists())) as asks:
        rejected = _load(asks, paths, mapping)
        known = survey(asks, "events")
        arrays = {name: np.empty(length, dtype) for name, (dtype, length) in known.shapes().items()}
        fill(asks, "events", known, arrays)
        version = fingerprint(*(arrays[name] for name in sorted(arrays)))
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
    from hamsafar.events.files import inspect

    return mapping_of(lambda: inspect(path).guess, person, event, time, properties, **options)


def mapping_of(
    guess_of_file: Callable[[], Mapping],
    person: str | None = None,
    event: str | None = None,
    time: str | None = None,
    properties: Sequence[str] = (),
    **options: Any,
) -> Mapping:
    """As ``mapping_for``; ``guess_of_file`` is called only when a column is left to guess."""
    from hamsafar.events.files import Mapping

    chosen = {"person": person, "event": event, "time": time}
    if options.get("event_constant"):
        chosen["event"] = ""
    if None not in chosen.values():
        return Mapping(**chosen, properties=tuple(properties), **options)  # type: ignore[arg-type]  # no None is left in it
    guess = guess_of_file()
    fields: dict[str, Any] = {name: column for name, column in chosen.items() if column is not None}
    if "event" in fields:
        fields["event_constant"] = None
    if fields.get("time", guess.time) != guess.time:  # the format was that of another column
        fields |= {"time_format": None, "time_of_day": None}
    fields |= {"channel": None, "numbers": None, "properties": tuple(properties), **options}
    return replace(guess, **fields)


class _Asks:
    """DuckDB within its memory limit, spilling to a temporary directory, as the builder asks it."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self.connection.execute(sql, list(params)).fetchall()

    def arrow(self, sql: str, params: Sequence[Any] = ()) -> pa.RecordBatchReader:
        return self.connection.sql(sql, params=list(params)).to_arrow_reader(1_000_000)


@contextmanager
def _connection(bytes_to_read: int) -> Iterator[_Asks]:
    """A connection with a memory limit. Large files go through a temporary database, which is compressed."""
    import duckdb

    with TemporaryDirectory(prefix="hamsafar-") as directory:
        database = ":memory:" if bytes_to_read <= _BYTES_IN_MEMORY else f"{directory}/events.duckdb"
        limit = os.environ.get("HAMSAFAR_EVENT_MEMORY", _MEMORY_LIMIT)
        with duckdb.connect(
            database, config={"temp_directory": directory, "memory_limit": limit}
        ) as connection:
            yield _Asks(connection)


def _load(asks: _Asks, paths: Sequence[Path], mapping: Mapping) -> tuple[RejectedRows, ...]:
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
