"""From Parquet, wherever Spark can read it, to the parts of an index on executors."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial as bind
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import unquote
from uuid import uuid4

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from hamsafar.events.files.blocks import Block, Source, column_names, find_column
from hamsafar.events.files.errors import NoRows, naming
from hamsafar.events.files.reader import guessed, settled
from hamsafar.events.files.shapes import Mapping
from hamsafar.journeys.reading import mapping_of
from hamsafar.journeys.spark import executors
from hamsafar.journeys.spark.errors import told
from hamsafar.journeys.spark.paths import SparkPaths

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

    from hamsafar.events.files.sniff import Format

PART_EVENTS = 1_000_000
_SAMPLE_ROWS = 1_000
_NANOS = re.compile(r"TIMESTAMP\(NANOS,(true|false)\)")
_NANOS_AS_LONG = "spark.sql.legacy.parquet.nanosAsLong"
_NANOSECONDS = (10**17, 4_133_980_800 * 10**9)  # since 1970, from 1973 to 2100: no other unit comes near


def read(
    session: SparkSession,
    path: str | Path | Sequence[str | Path],
    person: str | None = None,
    event: str | None = None,
    time: str | None = None,
    properties: Sequence[str] = (),
    *,
    part_events: int = PART_EVENTS,
    **options: Any,
) -> SparkPaths:
    """The paths of Parquet files or folders, as ``journeys.read`` reads them, on the executors of ``session``.

    Several paths follow one another; the files of a folder stand in the order of their addresses, code point by
    code point, and rows as they are in their file: that is the order of events at equal times. Formats are
    recognised once for each path, by its first rows. Persons are spread by a hash over parts of about
    ``part_events`` events; the events of one person are always together, in the memory of one executor's Python.

    Raises what ``journeys.read`` raises, ``PathNotThere``, ``NotParquet`` and ``SparkFailed``.
    """
    given = [_address(one) for one in ([path] if isinstance(path, str | Path) else path)]
    tables = [_Table(session, one) for one in given]

    def guess() -> Mapping:
        with naming(given[0]):
            return guessed(tables[0], Path(given[0].rstrip("/")).name)

    mapping = mapping_of(guess, person, event, time, properties, **options)
    mapping.check()
    titles = [*mapping.properties, *(["channel"] if mapping.channel else [])]
    events, files, rows = [], 0, 0
    for table in tables:
        found = table.files()
        number_of = {file.hash: files + place for place, file in enumerate(found)}
        events.append(table.events(mapping, number_of, titles))
        files += len(found)
        rows += sum(file.rows for file in found)
    with told():
        parts = max(_slots(session), -(-rows // part_events))
        stored = (
            functools.reduce(lambda left, right: left.unionAll(right), events)
            .repartition(parts, "person")
            .sortWithinPartitions("person", "at_us", "seq")
            .mapInArrow(bind(executors.to_part, titles), executors.PART_FIELDS)
        )
        return SparkPaths.of(stored, mapping)


def _address(path: str | Path) -> str:
    """What is on this machine by its whole and literal name: Spark may stand in another folder, and a star would
    be a pattern to it. Any other address is Spark's own affair."""
    here = Path(path)
    return re.sub(r"([*?\[\]{}])", r"\\\1", str(here.resolve())) if here.exists() else str(path)


def _slots(session: SparkSession) -> int:
    """How many parts the executors can work on at once: what Spark cuts a range of its own into."""
    from pyspark.sql import functions

    numbers = session.range(1024).select(functions.spark_partition_id().alias("part"))
    return int(numbers.distinct().count())


@dataclass(frozen=True)
class _File:
    address: str
    hash: int
    rows: int


class _Table(Source):
    """What one given path holds, as the readers of files see a table."""

    format: ClassVar[Format] = "parquet"
    typed: ClassVar[bool] = True
    bytes_total = 0

    def __init__(self, session: SparkSession, path: str) -> None:
        self.path = path
        self._session = session
        self._nanoseconds: dict[str, str | None] = {}
        with naming(path), told(path):
            self._rows, zone = self._read()
            self.names = column_names(self._rows.columns, 1)
            self._column_of = dict(zip(self.names, self._rows.columns, strict=True))
            if zone != "":
                self._nanoseconds = self._counts_of_nanoseconds(zone)

    def _read(self) -> tuple[DataFrame, str | None]:
        """The rows; and ``"UTC"`` or None (local) when there are columns of nanoseconds, else ``""``."""
        try:
            return self._looked_at(), ""
        except Exception as error:
            found = _NANOS.search(str(error))
            if not found:
                raise
        # Spark has no type for nanoseconds; it gives them as whole numbers, as long as this is set.
        self._session.conf.set(_NANOS_AS_LONG, "true")
        return self._looked_at(), "UTC" if found[1] == "true" else None

    def _looked_at(self) -> DataFrame:
        rows = self._session.read.parquet(self.path)
        rows.schema  # noqa: B018  (Spark Connect looks for the files only now)
        return rows

    def _counts_of_nanoseconds(self, zone: str | None) -> dict[str, str | None]:
        """The columns of whole numbers that are nanoseconds: Spark does not say which are, but their size does."""
        columns = {}
        for name, values in self._sample(self.names, _SAMPLE_ROWS).columns.items():
            if isinstance(values, pa.Array) and pa.types.is_int64(values.type):
                ends = pc.min_max(values).as_py()
                if (
                    ends["min"] is not None
                    and _NANOSECONDS[0] <= ends["min"] <= ends["max"] < _NANOSECONDS[1]
                ):
                    columns[name] = zone
        return columns

    def blocks(self, columns: Sequence[str], size: int, start_row: int) -> Iterator[Block]:
        """The first rows; then, of a single column, some of its texts that prove the order of day and month."""
        with told(self.path):
            sample = self._sample(columns, size)
        if not len(sample.rows):
            return
        yield sample
        if len(columns) == 1:
            with told(self.path):
                proofs = self._selected(columns).mapInArrow(executors.date_orders, "c0 string").toArrow()
            yield self._block(columns, proofs)

    def _sample(self, columns: Sequence[str], size: int) -> Block:
        return self._block(columns, self._selected(columns).limit(size).toArrow())

    def _block(self, columns: Sequence[str], rows: pa.Table) -> Block:
        found = {name: rows.column(place).combine_chunks() for place, name in enumerate(columns)}
        return executors.block_of(found, np.arange(len(rows), dtype=np.int64), self._nanoseconds)

    def _selected(self, columns: Sequence[str], *more: Column) -> DataFrame:
        """Columns by place, for their names may mean something to Spark; then ``more``."""
        from pyspark.sql import functions

        raw = ("`" + self._column_of[name].replace("`", "``") + "`" for name in columns)
        return self._rows.select(
            *(functions.col(one).alias(f"c{place}") for place, one in enumerate(raw)), *more
        )

    def files(self) -> list[_File]:
        """The files, in the order of their addresses. Raises ``NoRows``."""
        from pyspark.sql import functions

        address = self._rows.metadataColumn("_metadata").getField("file_path")
        with naming(self.path), told(self.path):
            found = (
                self._rows.groupBy(address.alias("address"), functions.xxhash64(address).alias("hash"))
                .agg(functions.count("*").alias("rows"))
                .collect()
            )
            if not found:
                raise NoRows()
        files = [_File(unquote(row["address"]), row["hash"], row["rows"]) for row in found]
        return sorted(files, key=lambda file: file.address)

    def events(self, mapping: Mapping, number_of: dict[int, int], titles: Sequence[str]) -> DataFrame:
        """All rows as ``executors.to_events`` gives them; ``number_of``: hash of a file's address -> its place."""
        from pyspark.sql import functions

        with naming(self.path):
            mapping = settled(self, mapping)
        found = [name if name == "channel" else find_column(self.names, name) for name in titles]
        metadata = self._rows.metadataColumn("_metadata")
        rows = self._selected(
            mapping.columns(),
            functions.xxhash64(metadata.getField("file_path")).alias("file"),
            metadata.getField("row_index").alias("row"),
        )
        table = executors.Table(mapping, number_of, self._nanoseconds, uuid4().hex)
        return rows.mapInArrow(bind(executors.to_events, table, found), executors.event_fields(len(titles)))
