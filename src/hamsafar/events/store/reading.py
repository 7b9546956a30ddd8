"""Questions about stored events that need no path index."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import duckdb

from hamsafar.events.store.running import count, run


@dataclass(frozen=True)
class PropertyName:
    """``kind`` is "number", "text", "boolean" or "mixed"; ``values`` are the most frequent, at most ten.

    ``events`` is how many events have it; an estimate, and ``sampled``, where not all were looked at.
    """

    name: str
    kind: str
    events: int
    values: tuple[Any, ...]
    sampled: bool


@dataclass(frozen=True)
class PersonSummary:
    person: str
    events: int
    first_at_us: int
    last_at_us: int


@dataclass(frozen=True)
class StoredEvent:
    seq: int
    at_us: int
    name: str
    channel: str | None
    properties: dict[str, Any]
    import_id: str | None


@dataclass(frozen=True)
class RejectedCount:
    code: str
    column: str
    count: int
    first_line: int


def rejected_counts(cursor: duckdb.DuckDBPyConnection, import_id: str) -> list[RejectedCount]:
    rows = run(
        cursor,
        """
        select code, coalesce("column", ''), count(*) as rows, min(line) from rejected where import_id = ?
        group by all order by rows desc, 1, 2
        """,
        [import_id],
    )
    return [RejectedCount(*row) for row in rows]


SAMPLED_EVENTS = 1_000_000
_VALUES = 10
_KINDS = {
    "VARCHAR": "text",
    "BOOLEAN": "boolean",
    "UBIGINT": "number",
    "BIGINT": "number",
    "HUGEINT": "number",
    "DOUBLE": "number",
}


def property_names(cursor: duckdb.DuckDBPyConnection) -> list[PropertyName]:
    """The properties of events, by name; of a million events evenly spread where there are more.

    Null values count as absent.
    """
    step = max(1, -(-count(cursor, "select count(*) from events") // SAMPLED_EVENTS))
    rows = run(
        cursor,
        f"""
        with pairs as (
            select key, cast(value as varchar) as value, type, count(*) as events
            from (from events where seq % {step} = 0), json_each(properties)
            where type <> 'NULL' group by all),
        ranked as (
            select *, row_number() over (partition by key order by events desc, value) as rank from pairs)
        select key, sum(events), list(distinct type), list(value order by rank) filter (rank <= {_VALUES})
        from ranked group by key order by key
        """,
    )
    return [
        PropertyName(
            name, _kind(types), int(events) * step, tuple(json.loads(value) for value in values), step > 1
        )
        for name, events, types, values in rows
    ]


def _kind(types: list[str]) -> str:
    kinds = {_KINDS.get(name, "mixed") for name in types}
    return kinds.pop() if len(kinds) == 1 else "mixed"


def person(cursor: duckdb.DuckDBPyConnection, person: str) -> PersonSummary | None:
    rows = run(
        cursor,
        "select person, count(*), min(at_us), max(at_us) from events where person = ? group by person",
        [person],
    )
    return PersonSummary(*rows[0]) if rows else None


def events_of(
    cursor: duckdb.DuckDBPyConnection, person: str, after: tuple[int, int] | None, limit: int
) -> list[StoredEvent]:
    at_us, seq = after if after is not None else (None, None)
    rows = run(
        cursor,
        """
        select seq, at_us, name, channel, properties, import_id from events
        where person = ? and (? is null or (at_us, seq) > (?, ?))
        order by at_us, seq limit ?
        """,
        [person, at_us, at_us, seq, limit],
    )
    return [
        StoredEvent(seq, at_us, name, channel, json.loads(properties), import_id)
        for seq, at_us, name, channel, properties, import_id in rows
    ]
