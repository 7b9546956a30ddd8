"""Running one statement to its end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb

Rows = list[tuple[Any, ...]]


def run(connection: duckdb.DuckDBPyConnection, sql: str, params: Sequence[Any] = ()) -> Rows:
    """All rows of the answer; of an insert, update or delete one row with the number of rows it touched.

    Always to the end: an answer left half read makes the connection refuse what comes next, sometimes.
    """
    return connection.execute(sql, list(params)).fetchall()


def count(connection: duckdb.DuckDBPyConnection, sql: str, params: Sequence[Any] = ()) -> int:
    """The one number that a statement answers."""
    return int(run(connection, sql, params)[0][0])
