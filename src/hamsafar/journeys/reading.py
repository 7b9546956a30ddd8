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
# What reading would leave as it is: printable ASCII, single spaces inside only.
_PLAIN = "regexp_full_match({}, '[!-~]+( [!-~]+)*')"


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
        rejected: tuple[RejectedRows, ...] = ()
        if _is_plain(asks, paths, mapping):
            relation = _parquet_relation(paths, mapping)
        else:
            relation, rejected = "events", _load(asks, paths, mapping)
        known = survey(asks, relation)
        arrays = {name: np.empty(length, dtype) for name, (dtype, length) in known.shapes().items()}
        version = fill(asks, relation, known, arrays)
        columns = {}
        wanted = [*mapping.properties, *(["channel"] if mapping.channel else [])]
        for name in wanted:
            values = property_values(asks, relation, name)
            code = np.empty(len(arrays["code"]), np.int32)
            fill_property(asks, relation, name, values, code)
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
        return Mapping(**chosen, properties=tuple(properties), **options)  # type: ignore[arg-type]
    guess = inspect(path).guess
    fields: dict[str, Any] = {name: column for name, column in chosen.items() if column is not None}
    if "event" in fields:
        fields["event_constant"] = None
    return replace(guess, channel=None, numbers=None, properties=tuple(properties), **{**fields, **options})


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

    asks.connection.execute(_TABLE)
    count: Counter[str] = Counter()
    first_line: dict[str, int] = {}
    for number, path in enumerate(paths):
        for batch in read_batches(path, mapping, batch_rows=_BATCH_ROWS):
            for row in batch.rejected:
                count[row.code] += 1
                first_line.setdefault(row.code, row.line)
            asks.connection.register("batch", batch.table)
            # Files follow one another; 2 ** 40 rows are more than any of them has.
            asks.connection.execute(
                "insert into events select person, name, at_us, channel, properties, row + ? from batch",
                [number << 40],
            )
            asks.connection.unregister("batch")
    return tuple(RejectedRows(code, n, first_line[code]) for code, n in count.most_common())


def _is_plain(asks: _InMemory, paths: Sequence[Path], mapping: Mapping) -> bool:
    """Whether DuckDB may read the files by itself because reading would change nothing about their events.

    That is Parquet with a column of instants and texts of printable ASCII without spaces to trim, nothing
    missing, every time within the years that are accepted, and no properties.
    """
    if mapping.properties or mapping.channel or mapping.time_of_day or mapping.event_constant:
        return False
    if mapping.time_format not in (None, "iso") or any(set(str(path)) & set("*?[{") for path in paths):
        return False
    import duckdb

    relation = _parquet_relation(paths, mapping)
    try:
        types = asks.rows(f"select typeof(person), typeof(name), typeof(time) from {relation} limit 1")
        allowed = {"TIMESTAMP WITH TIME ZONE", *(["TIMESTAMP"] if mapping.timezone == "UTC" else [])}
        if not types or types[0][:2] != ("VARCHAR", "VARCHAR") or types[0][2] not in allowed:
            return False
        whole = asks.rows(
            f"""
            select (select bool_and(
                       person is not null and name is not null and time is not null
                       and time >= '1900-01-01' and time < '2100-01-01') from {relation})
               and (select bool_and({_PLAIN.format("person")} and length(person) <= 200
                       and not regexp_full_match(person, '[0-9]+[.]0'))
                    from (select distinct person from {relation}))
               and (select bool_and({_PLAIN.format("name")} and length(name) <= 200)
                    from (select distinct name from {relation}))
            """
        )
    except duckdb.Error:
        return False
    return bool(whole[0][0])


def _parquet_relation(paths: Sequence[Path], mapping: Mapping) -> str:
    """The files as a table with the columns the builder asks for, and ``time`` as it is in the file."""

    def quoted(column: str) -> str:
        return '"' + column.replace('"', '""') + '"'

    files = " union all ".join(
        f"select {quoted(mapping.person)} as person, {quoted(mapping.event)} as name, "
        f"{quoted(mapping.time)} as time, file_row_number + {number << 40} as seq "
        f"from read_parquet({_literal(path)}, file_row_number = true)"
        for number, path in enumerate(paths)
    )
    return f"(select person, name, time, epoch_us(time) as at_us, seq from ({files}))"


def _literal(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
