"""One workspace's events: taking them in, taking an import back, reading them in one consistent state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from hamsafar.events.store import reading, taking
from hamsafar.events.store.running import run
from hamsafar.events.store.taking import Appended
from hamsafar.events.store.writer import Watch, Writer

SCHEMA = pa.schema(
    [
        ("person", pa.string()),
        ("name", pa.string()),
        ("at_us", pa.int64()),
        ("channel", pa.string()),
        ("properties", pa.string()),
        ("row", pa.int64()),
    ]
)
"""What comes in: ``properties`` is a JSON object as text (null: none), ``row`` the 0-based row in its file,
each once in an import: it says which of two events of the same time came first."""


REJECTED_SCHEMA = pa.schema(
    [("line", pa.int64()), ("code", pa.string()), ("column", pa.string()), ("value_excerpt", pa.string())]
)
"""A row of a file that could not be read: where, why, and the beginning of what stood there."""


@dataclass(frozen=True)
class Watermark:
    """Which state of the store: ``version`` grows with every committed change of the events.

    ``stamp`` is another text after each change, so that no two states share it, not even those of a file
    that was restored from a copy and went on from there.
    """

    version: int
    events: int
    stamp: str


class Snapshot:
    """Reads within one transaction: all see the same state, whatever is written meanwhile."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self.cursor = cursor

    def watermark(self) -> Watermark:
        (row,) = self.rows("select version, (select count(*) from events), stamp::varchar from state")
        return Watermark(*row)

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return run(self.cursor, sql, params)

    def arrow(
        self, sql: str, params: Sequence[Any] = (), *, batch_rows: int = 1_000_000
    ) -> pa.RecordBatchReader:
        """The answer as a stream; read it to its end before the snapshot is left or asked again."""
        return _stream(self.cursor, sql, params, batch_rows)


class WorkspaceEvents:
    """The events of one workspace. Reads may come from any thread; writes go through the writer thread."""

    def __init__(self, database: str, connection: duckdb.DuckDBPyConnection, writer: Writer) -> None:
        self._database = database
        self._connection = connection
        self._writer = writer
        self._properties: tuple[str, list[reading.PropertyName]] | None = None

    def prepare(self) -> None:
        """Make the tables of a new file."""
        self._writer.run(self._database, lambda connection: run(connection, taking.TABLES))

    # -- reading ---------------------------------------------------------------------------------------

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """One consistent state to read from."""
        with self._connection.cursor() as cursor:
            run(cursor, f'use "{self._database}"')
            run(cursor, "begin transaction read only")
            yield Snapshot(cursor)

    def arrow(
        self, sql: str, params: Sequence[Any] = (), *, batch_rows: int = 1_000_000
    ) -> pa.RecordBatchReader:
        """Answer one ``select`` over the table ``events`` as a stream; the stream holds its own state open."""
        cursor = self._connection.cursor()
        run(cursor, f'use "{self._database}"')
        stream = _stream(cursor, sql, params, batch_rows)

        def batches() -> Iterator[pa.RecordBatch]:
            with cursor:
                yield from stream

        return pa.RecordBatchReader.from_batches(stream.schema, batches())

    def watermark(self) -> Watermark:
        with self.snapshot() as snapshot:
            return snapshot.watermark()

    def property_names(self) -> list[reading.PropertyName]:
        """Every property that any event has, with its kind and some values, by name.

        It costs a pass over the events, so it is kept until they change.
        """
        with self.snapshot() as snapshot:
            stamp = snapshot.watermark().stamp
            if self._properties is None or self._properties[0] != stamp:
                self._properties = (stamp, reading.property_names(snapshot.cursor))
            return self._properties[1]

    def person(self, person: str) -> reading.PersonSummary | None:
        with self.snapshot() as snapshot:
            return reading.person(snapshot.cursor, person)

    def events_of(
        self, person: str, cursor: tuple[int, int] | None = None, limit: int = 200
    ) -> list[reading.StoredEvent]:
        """A person's events by time, then order of arrival; those after ``cursor`` = (at_us, seq)."""
        with self.snapshot() as snapshot:
            return reading.events_of(snapshot.cursor, person, cursor, limit)

    # -- writing ---------------------------------------------------------------------------------------

    def append(self, table: pa.Table, *, import_id: str, resume_point: int | None = None) -> Appended:
        """Take in one table (``SCHEMA``) in one transaction; ``resume_point`` commits with the rows.

        A row that is already stored (same person, name, time, channel, properties) is a duplicate, except
        that rows repeated *within this table* are all kept: the second of two equal rows is a duplicate only
        if two were stored before.
        """
        incoming = table.cast(SCHEMA)

        def work(connection: duckdb.DuckDBPyConnection) -> Appended:
            appended = taking.take_in(connection, "from incoming_arrow", [], import_id)
            taking.note_resume_point(connection, import_id, resume_point)
            return appended

        appended: Appended = self._write_arrow(incoming, work)
        return appended

    def stage(
        self, table: pa.Table, *, import_id: str, resume_point: int, rejected: pa.Table | None = None
    ) -> None:
        """Lay a part of a file aside; ``resume_point`` commits with the rows, and with those ``rejected``.

        Nobody sees staged rows. ``finish_import`` makes events of all of them at once, so that an import is
        there as a whole or not at all, and rows repeated anywhere in the file are told from a re-import.
        """
        incoming = table.cast(SCHEMA)

        def work(connection: duckdb.DuckDBPyConnection) -> None:
            table = taking.make_staging_table(connection, import_id)
            run(
                connection,
                f"insert into {table} select row, person, name, at_us, channel, properties from incoming_arrow",
            )
            if rejected is not None and len(rejected):
                connection.register("rejected_arrow", rejected.cast(REJECTED_SCHEMA))
                run(
                    connection,
                    "insert into rejected by name select *, ? as import_id from rejected_arrow",
                    [import_id],
                )
                connection.unregister("rejected_arrow")
            taking.note_resume_point(connection, import_id, resume_point)

        self._write_arrow(incoming, work)

    def finish_import(self, import_id: str, watch: Watch | None = None) -> Appended:
        """Make events of everything staged; asked again, it answers the same and changes nothing.

        ``watch`` as in ``Writer.run``: by raising it takes the question back.
        """

        def work(connection: duckdb.DuckDBPyConnection) -> Appended:
            done = taking.finished_as(connection, import_id)
            if done is not None:
                return done
            appended = Appended(0, 0)
            if import_id in taking.staged_imports(connection):
                table = taking.staging_table(import_id)
                appended = taking.take_in(connection, f"from {table}", [], import_id)
                run(connection, f"drop table {table}")
            taking.note_finished(connection, import_id, appended)
            return appended

        return self._writer.run(self._database, work, watch)

    def append_from_sql(
        self, sql: str, params: Sequence[Any] = (), *, import_id: str, watch: Watch | None = None
    ) -> Appended:
        """Take in the rows of a ``select`` with the columns of ``SCHEMA``, as one import, in one transaction.

        This is the fast way for files DuckDB reads itself. Asked again for the same import, it answers the
        same and changes nothing. ``watch`` is told the share that is done (0 to 1) and otherwise as in
        ``finish_import``.
        """
        progress = taking.Progress()

        def work(connection: duckdb.DuckDBPyConnection) -> Appended:
            done = taking.finished_as(connection, import_id)
            if done is not None:
                return done
            appended = taking.take_in(connection, sql, params, import_id, progress)
            taking.note_finished(connection, import_id, appended)
            return appended

        def told(of_statement: float) -> None:
            if watch is not None:
                watch(progress.share(of_statement))

        return self._writer.run(self._database, work, told)

    def resume_point(self, import_id: str) -> int | None:
        """The resume point that was committed last for an import; None when there is none."""
        with self.snapshot() as snapshot:
            rows = snapshot.rows("select resume_point from imports where import_id = ?", [import_id])
        return rows[0][0] if rows else None

    def finished(self, import_id: str) -> Appended | None:
        """What a finished import added; None while it is not finished (or was undone)."""
        with self.snapshot() as snapshot:
            return taking.finished_as(snapshot.cursor, import_id)

    def staged_imports(self) -> list[str]:
        """The imports that have rows laid aside and are not finished."""
        with self.snapshot() as snapshot:
            return taking.staged_imports(snapshot.cursor)

    def rejected_counts(self, import_id: str) -> list[reading.RejectedCount]:
        """The rows an import could not read, counted by reason and column, most first."""
        with self.snapshot() as snapshot:
            return reading.rejected_counts(snapshot.cursor, import_id)

    def rejected_rows(self, import_id: str) -> pa.RecordBatchReader:
        """The rows an import could not read (``REJECTED_SCHEMA``), by line."""
        columns = ", ".join(f'"{name}"' for name in REJECTED_SCHEMA.names)
        sql = f"select {columns} from rejected where import_id = ? order by line, rowid"
        return self.arrow(sql, [import_id], batch_rows=10_000)

    def undo_import(self, import_id: str) -> int:
        """Take back everything of one import, staged or stored; the number of events that are gone.

        Events that a later import had too stay, as if this one had never run; but an import that added
        nothing (the same file again) keeps nothing.
        """
        return self._writer.run(self._database, lambda connection: taking.take_back(connection, import_id))

    def _write_arrow(self, incoming: pa.Table, work: Any) -> Any:
        def with_rows(connection: duckdb.DuckDBPyConnection) -> Any:
            # Registered inside the transaction, so a failure takes the name back with everything else.
            connection.register("incoming_arrow", incoming)
            result = work(connection)
            connection.unregister("incoming_arrow")
            return result

        return self._writer.run(self._database, with_rows)


def _stream(
    cursor: duckdb.DuckDBPyConnection, sql: str, params: Sequence[Any], batch_rows: int
) -> pa.RecordBatchReader:
    return cursor.sql(sql, params=list(params)).to_arrow_reader(batch_rows)
