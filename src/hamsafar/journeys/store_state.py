"""States of a store: which one a file was derived from, and whether events only came since."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, Protocol

import pyarrow as pa

from hamsafar.journeys.build import Asks
from hamsafar.journeys.mapped import Array

MERGED_AT_ONCE = 10_000_000
"""New events are held in memory while they are merged; with more of them the index is built anew."""

State = list[Any]
Value = tuple[str, list[Any]]
File = tuple[dict[str, Any], dict[str, Array]]


class Events(Protocol):
    """What the index needs of ``events.store.WorkspaceEvents``."""

    def snapshot(self) -> AbstractContextManager[Asks]: ...


def state(asks: Asks) -> State:
    """What tells one state of a store from another: the count of its changes, and the stamp of the last."""
    return list(asks.rows("select version, stamp::varchar from state")[0])


def only_grew(asks: Asks, meta: dict[str, Any], n_events: int, last_seq: int) -> bool:
    """Whether the events up to ``last_seq`` are the ``n_events`` of a file with this ``meta`` and new ones.

    The store says since which states nothing was removed; that the events up to the file's last one are as many
    as they were is asked too, because an older program may have written to the store without noting states.
    """
    (noted,) = asks.rows("select count(*) from grown_from where stamp::varchar = ?", [meta["state"][1]])[0]
    if not noted or meta["last_seq"] > last_seq:
        return False
    # All of them are counted without being read, and of the new ones only their part of the table is.
    old, new = asks.rows(
        "select (select count(*) from events) - (select count(*) from events where seq > $1),"
        " (select count(*) from events where seq > $1 and seq <= $2)",
        [meta["last_seq"], last_seq],
    )[0]
    return bool(old == n_events and new <= MERGED_AT_ONCE)


def events_between(asks: Asks, after_seq: int, last_seq: int, value: Value | None = None) -> pa.Table:
    """The events that came after one and up to another, in memory, in the order they came in.

    Columns person and name (large_string), at_us (int64), and the ``value`` of a property (string).
    """
    chosen, params = value or ("null::varchar", [])
    sql = f"select person, name, at_us, {chosen} as value from events where seq > ? and seq <= ? order by seq"
    table = asks.arrow(sql, [*params, after_seq, last_seq]).read_all()
    return table.cast(
        pa.schema(
            [
                ("person", pa.large_string()),
                ("name", pa.large_string()),
                ("at_us", pa.int64()),
                ("value", pa.string()),
            ]
        )
    )
