"""How rows become events: the SQL behind appending, staging and undoing, each piece inside one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import duckdb

from hamsafar.events.store.running import count, run

TABLES = """
create table if not exists events (
    seq bigint not null, person varchar not null, name varchar not null,
    at_us bigint not null, channel varchar, properties json not null, import_id varchar, row bigint);
create table if not exists imports (
    import_id varchar not null, resume_point bigint, added bigint, duplicates bigint);
create table if not exists shared (import_id varchar not null, seq bigint not null);
create table if not exists rejected (
    import_id varchar not null, line bigint, code varchar not null, "column" varchar, value_excerpt varchar);
create table if not exists state (version bigint not null, next_seq bigint not null, stamp uuid not null);
insert into state select 0, 0, uuid() where not exists (from state);
create table if not exists grown_from (version bigint not null, stamp uuid not null);
insert into grown_from select version, stamp from state where not exists (from grown_from);
"""

# ``grown_from`` has the states since which nothing was removed: what was derived from one of them lacks only the
# events with a higher ``seq``.

_COLUMNS = "person, name, at_us, channel, coalesce(properties, '{}') as properties, row"

# With the time, what makes two rows the same. Never kept: DuckDB's hash() may change between versions.
_SAME = "hash(person, name, channel, properties::varchar) as same"


_ROWS_AT_ONCE = 4_000_000


@dataclass(frozen=True)
class Appended:
    """How many rows became events and how many had been there before."""

    added: int
    duplicates: int


class Progress:
    """Which of how many statements is running; written by the writer's thread, read by another one."""

    done, of = 0, 1
    _told = 0.0

    def share(self, of_statement: float) -> float:
        """How much of the whole is done, 0 to 1, when so much of the running statement is; never less than before."""
        self._told = max(self._told, min(1.0, (self.done + of_statement) / self.of))
        return self._told


def take_in(
    connection: duckdb.DuckDBPyConnection,
    source: str,
    params: Sequence[Any],
    import_id: str,
    progress: Progress | None = None,
) -> Appended:
    """Make events of the rows of a ``select`` (columns as ``SCHEMA``) that are not stored yet.

    Equal rows of one source are told apart by their number: if n are stored already, the first n of them
    are duplicates and the others are added. So n equal rows of one file are n events, and reading the file
    again adds none. Which events a source has in common with earlier ones is noted in ``shared``, unless it
    adds nothing: then it might as well not have been read.
    """
    incoming = f"select {_COLUMNS} from ({source})"
    progress = progress or Progress()
    if is_empty(connection):
        return Appended(_insert(connection, incoming, params, import_id), 0)
    run(connection, "create or replace temp table already (row bigint, seq bigint)")
    stretches = _stretches(connection, incoming, params)
    for done, (begin, end) in enumerate(stretches):
        progress.done, progress.of = done, len(stretches) + 1
        run(
            connection,
            f"""
            insert into already
            with incoming as materialized (
                select row, at_us, {_SAME} from ({incoming}) where at_us >= ? and at_us < ?),
            stored as (select seq, at_us, {_SAME} from events where at_us >= ? and at_us < ?),
            known as materialized (
                select seq, at_us, same, row_number() over (partition by at_us, same order by seq) as nth
                from stored semi join incoming using (at_us, same)),
            numbered as (
                select row, at_us, same, row_number() over (partition by at_us, same order by row) as nth
                from incoming semi join known using (at_us, same))
            select row, seq from numbered join known using (at_us, same, nth)
            """,
            [*params, begin, end, begin, end],
        )
    progress.done = len(stretches)
    duplicates = count(connection, "select count(*) from already")
    added = _insert(connection, f"from ({incoming}) anti join already using (row)", params, import_id)
    if added:
        run(connection, "insert into shared select ?, seq from already", [import_id])
    run(connection, "drop table temp.already")
    return Appended(added, duplicates)


def _stretches(
    connection: duckdb.DuckDBPyConnection, incoming: str, params: Sequence[Any]
) -> list[tuple[int, int]]:
    """Stretches of time ``begin <= at_us < end`` that cover the incoming rows, about ``_ROWS_AT_ONCE`` in each.

    Equal rows have equal times, so each stretch can be compared with what is stored by itself; all at once, 20 million
    rows would not fit into the memory that the store allows itself.
    """
    ((rows, first, last),) = run(
        connection, f"select count(*), min(at_us), max(at_us) from ({incoming})", list(params)
    )
    if not rows:
        return []
    n = -(-rows // _ROWS_AT_ONCE)
    ((inner,),) = run(
        connection,
        f"select approx_quantile(at_us, {[place / n for place in range(1, n)] or [0.5]}) from ({incoming})",
        list(params),
    )
    bounds = sorted({first, *(bound for bound in inner if n > 1 and first < bound <= last), last + 1})
    return list(pairwise(bounds))


def _insert(connection: duckdb.DuckDBPyConnection, chosen: str, params: Sequence[Any], import_id: str) -> int:
    """Insert the rows of a query; how many there were."""
    added = count(
        connection,
        f"""
            insert into events by name
            select (select next_seq from state) + row as seq, person, name, at_us, channel, properties,
                ? as import_id, row
            from ({chosen})
            """,
        [import_id, *params],
    )
    if added:
        run(
            connection,
            "update state set version = version + 1, stamp = uuid(), "
            "next_seq = (select max(seq) + 1 from events where seq >= next_seq)",
        )
        run(connection, "insert into grown_from select version, stamp from state")
    return added


def take_back(connection: duckdb.DuckDBPyConnection, import_id: str) -> int:
    """Undo an import; the number of events that are gone.

    Events that a later import had too, one that added something, stay and are of that import from now on.
    """
    run(connection, f"drop table if exists {staging_table(import_id)}")
    for table in ("imports", "rejected", "shared"):
        run(connection, f"delete from {table} where import_id = ?", [import_id])
    run(
        connection,
        """
        create or replace temp table inherited as
        select seq, min(shared.import_id) as heir from shared join events using (seq)
        where events.import_id = ? group by seq
        """,
        [import_id],
    )
    run(connection, "update events set import_id = heir from inherited where events.seq = inherited.seq")
    run(
        connection, "delete from shared using inherited where shared.seq = inherited.seq and import_id = heir"
    )
    run(connection, "drop table temp.inherited")
    gone = count(connection, "delete from events where import_id = ?", [import_id])
    if gone:
        run(connection, "update state set version = version + 1, stamp = uuid()")
        run(connection, "delete from grown_from")
        run(connection, "insert into grown_from select version, stamp from state")
    return gone


def note_resume_point(
    connection: duckdb.DuckDBPyConnection, import_id: str, resume_point: int | None
) -> None:
    run(connection, "delete from imports where import_id = ?", [import_id])
    run(connection, "insert into imports values (?, ?, null, null)", [import_id, resume_point])


def note_finished(connection: duckdb.DuckDBPyConnection, import_id: str, appended: Appended) -> None:
    run(connection, "delete from imports where import_id = ?", [import_id])
    run(
        connection,
        "insert into imports values (?, null, ?, ?)",
        [import_id, appended.added, appended.duplicates],
    )


def finished_as(connection: duckdb.DuckDBPyConnection, import_id: str) -> Appended | None:
    """What a finished import had added; None for one that is not finished."""
    rows = run(
        connection,
        "select added, duplicates from imports where import_id = ? and added is not null",
        [import_id],
    )
    return Appended(*rows[0]) if rows else None


def is_empty(connection: duckdb.DuckDBPyConnection) -> bool:
    return count(connection, "select count(*) from events") == 0


def staging_table(import_id: str) -> str:
    """The quoted name of the table that holds an import's rows until it is finished."""
    return '"staging_' + import_id.replace('"', "") + '"'


def make_staging_table(connection: duckdb.DuckDBPyConnection, import_id: str) -> str:
    table = staging_table(import_id)
    run(
        connection,
        f"create table if not exists {table} (row bigint, person varchar, name varchar, at_us bigint, "
        "channel varchar, properties varchar)",
    )
    return table


def staged_imports(connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = run(
        connection,
        "select table_name from duckdb_tables() where database_name = current_database() "
        "and starts_with(table_name, 'staging_') order by 1",
    )
    return [name.removeprefix("staging_") for (name,) in rows]
