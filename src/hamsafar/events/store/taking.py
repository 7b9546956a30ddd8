"""How rows become events: the SQL behind appending, staging and undoing, each piece inside one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

TABLES = """
create table if not exists events (
    seq bigint not null, id ubigint not null, person varchar not null, name varchar not null,
    at_us bigint not null, channel varchar, properties json not null, import_id varchar, row bigint);
create table if not exists imports (
    import_id varchar not null, resume_point bigint, added bigint, duplicates bigint);
create table if not exists rejected (
    import_id varchar not null, line bigint, code varchar not null, "column" varchar, value_excerpt varchar);
create table if not exists state (version bigint not null, next_seq bigint not null);
insert into state select 0, 0 where not exists (from state);
"""

# MD5 and not DuckDB's hash(): ids stay on disk, so they must be the same under every later version.
# The two lengths make it impossible to move a letter from one field to the next unnoticed.
CONTENT = """md5_number_lower(concat_ws(chr(31), person, name, at_us, coalesce(channel, chr(30)),
    coalesce(properties, '{}'), strlen(person), strlen(name)))"""


@dataclass(frozen=True)
class Appended:
    """How many rows became events and how many had been there before."""

    added: int
    duplicates: int


def lay_out(connection: duckdb.DuckDBPyConnection, sql: str, params: Sequence[Any] = ()) -> str:
    """The rows of a ``select`` as a temporary table that ``take_in`` takes; its name."""
    connection.execute(
        f"create or replace temp table incoming as select *, {CONTENT} as content from ({sql})", list(params)
    )
    return "temp.incoming"


def take_in(connection: duckdb.DuckDBPyConnection, source: str, import_id: str) -> Appended:
    """Make events of the rows of table ``source`` that are not stored yet.

    The n-th of equal rows has an id of its own, so that n equal rows of one file are n events, and the same
    file read again finds all n.
    """
    rows = count(connection.execute(f"select count(*) from {source}"))
    connection.execute(
        f"""
        insert into events
        with repeats as (
            select row, row_number() over (partition by content order by row) - 1 as earlier
            from {source}
            where content in (select content from {source} group by content having count(*) > 1)),
        numbered as (
            select s.*,
                case when coalesce(r.earlier, 0) = 0 then s.content
                     else md5_number_lower(concat(s.content, ':', r.earlier)) end as id
            from {source} s left join repeats r on r.row = s.row)
        select (select next_seq from state) + row, id, person, name, at_us, channel,
            coalesce(properties, '{{}}'), ?, row
        from numbered where not exists (select 1 from events e where e.id = numbered.id)
        """,
        [import_id],
    )
    added = count(connection.execute("select count(*) from events where seq >= (select next_seq from state)"))
    if added:
        _moved_on(connection)
    return Appended(added, rows - added)


def take_in_first(
    connection: duckdb.DuckDBPyConnection, sql: str, params: Sequence[Any], import_id: str
) -> Appended:
    """The same for the rows of a ``select`` when there is no event yet: all go in, repeats are renumbered."""
    added = count(
        connection.execute(
            f"""
            insert into events
            select (select next_seq from state) + row, {CONTENT}, person, name, at_us, channel,
                coalesce(properties, '{{}}'), ?, row
            from ({sql})
            """,
            [import_id, *params],
        )
    )
    connection.execute(
        """
        update events set id = md5_number_lower(concat(id, ':', earlier))
        from (select seq as repeated, row_number() over (partition by id order by seq) - 1 as earlier
              from events where id in (select id from events group by id having count(*) > 1))
        where seq = repeated and earlier > 0
        """
    )
    if added:
        _moved_on(connection)
    return Appended(added, 0)


def _moved_on(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "update state set version = version + 1, "
        "next_seq = greatest(next_seq, (select max(seq) + 1 from events where seq >= next_seq))"
    )


def note_resume_point(
    connection: duckdb.DuckDBPyConnection, import_id: str, resume_point: int | None
) -> None:
    connection.execute("delete from imports where import_id = ?", [import_id])
    connection.execute("insert into imports values (?, ?, null, null)", [import_id, resume_point])


def note_finished(connection: duckdb.DuckDBPyConnection, import_id: str, appended: Appended) -> None:
    connection.execute("delete from imports where import_id = ?", [import_id])
    connection.execute(
        "insert into imports values (?, null, ?, ?)", [import_id, appended.added, appended.duplicates]
    )


def finished_as(connection: duckdb.DuckDBPyConnection, import_id: str) -> Appended | None:
    """What a finished import had added; None for one that is not finished."""
    row = connection.execute(
        "select added, duplicates from imports where import_id = ? and added is not null", [import_id]
    ).fetchone()
    return None if row is None else Appended(*row)


def is_empty(connection: duckdb.DuckDBPyConnection) -> bool:
    return count(connection.execute("select count(*) from events")) == 0


def count(result: duckdb.DuckDBPyConnection) -> int:
    row = result.fetchone()
    assert row is not None
    return int(row[0])


def staging_table(import_id: str) -> str:
    """The quoted name of the table that holds an import's rows until it is finished."""
    return '"staging_' + import_id.replace('"', "") + '"'


def make_staging_table(connection: duckdb.DuckDBPyConnection, import_id: str) -> str:
    table = staging_table(import_id)
    connection.execute(
        f"create table if not exists {table} (row bigint, person varchar, name varchar, at_us bigint, "
        "channel varchar, properties varchar, content ubigint)"
    )
    return table


def staged_imports(connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = connection.execute(
        "select table_name from duckdb_tables() where database_name = current_database() "
        "and starts_with(table_name, 'staging_') order by 1"
    ).fetchall()
    return [name.removeprefix("staging_") for (name,) in rows]
