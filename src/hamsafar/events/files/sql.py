"""A query over given files, for sources that need a join: the result is a Parquet file to import."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from hamsafar.events.files.blocks import Source
from hamsafar.events.files.errors import BadQuery, NoRows, NotOneSelect, naming
from hamsafar.events.files.reader import open_source
from hamsafar.events.files.values import as_text

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_READERS = {"parquet": "read_parquet", "csv": "read_csv", "jsonl": "read_json"}
_BLOCK = 50_000


def sql_to_parquet(sql: str, files: Sequence[str | Path], out: str | Path, memory_limit: str = "1GB") -> int:
    """Runs one ``select`` over ``files`` and writes its rows to ``out``; returns how many.

    Each file is a view named by its stem (``orders.csv`` is ``orders``; the second ``orders`` is
    ``orders_2``). The query sees these files and nothing else of the machine: no other path, no network, no
    settings. Raises ``BadQuery``, ``NoRows``, and what reading the files raises.
    """
    import duckdb  # takes a while to load, and reading files does without it

    out = Path(out)
    with tempfile.TemporaryDirectory(prefix="hamsafar-sql-") as scratch:
        tables = _tables([Path(file) for file in files])
        sources = {name: _readable(path, Path(scratch) / f"{name}.parquet") for name, path in tables.items()}
        con = duckdb.connect(
            config={
                "memory_limit": memory_limit,
                "temp_directory": scratch,
                # A function of an extension would be fetched from the network before it is refused.
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            }
        )
        try:
            for name, (path, reader) in sources.items():
                con.execute(f"create view {_quoted(name)} as from {reader}({_text(str(path))})")
            allowed = ", ".join(_text(str(path)) for path, _ in sources.values())
            con.execute(f"set allowed_paths = [{allowed}]")
            con.execute("set enable_external_access = false")
            con.execute("set lock_configuration = true")
            return _write(con, sql, ", ".join(tables), out)
        except duckdb.Error as error:
            raise BadQuery(reason=str(error).split("\n", 1)[0][:300], tables=", ".join(tables)) from error
        finally:
            con.close()


def _write(con: DuckDBPyConnection, sql: str, tables: str, out: Path) -> int:
    import duckdb

    statements = con.extract_statements(sql)
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise NotOneSelect(tables=tables)
    rows: pa.RecordBatchReader = con.sql(sql).to_arrow_reader(_BLOCK)
    written = 0
    with pq.ParquetWriter(out, rows.schema) as writer:
        for batch in rows:
            writer.write_batch(batch)
            written += len(batch)
    if not written:
        out.unlink()
        raise NoRows()
    return written


def _tables(files: Sequence[Path]) -> dict[str, Path]:
    tables: dict[str, Path] = {}
    for path in files:
        stem = path.name.split(".", 1)[0] or "file"
        name, number = stem, 1
        while name.casefold() in {known.casefold() for known in tables}:
            number += 1
            name = f"{stem}_{number}"
        tables[name] = path
    return tables


def _readable(path: Path, copy: Path) -> tuple[Path, str]:
    """The file itself where DuckDB reads it, else a copy of it as Parquet."""
    with naming(path.name):
        source = open_source(path)
        if source.format in _READERS and source.encoding in (None, "utf-8"):
            return path.resolve(), _READERS[source.format]
        _copy(source, copy)
    return copy, "read_parquet"


def _copy(source: Source, copy: Path) -> None:
    schema = pa.schema([(name, pa.string()) for name in source.names])
    with pq.ParquetWriter(copy, schema) as writer:
        for block in source.blocks(source.names, _BLOCK, 0):
            writer.write_table(
                pa.table([as_text(block.columns[name]) for name in source.names], schema=schema)
            )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
