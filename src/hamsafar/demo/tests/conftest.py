from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb
import pytest

from hamsafar.demo.log import Simulation
from hamsafar.demo.shop import simulate


@pytest.fixture(scope="session")
def year() -> Simulation:
    return simulate()


Rows = list[tuple[Any, ...]]
Sql = Callable[..., Rows]


@pytest.fixture(scope="session")
def sql(year: Simulation) -> Sql:
    """Ask the English sample: a table ``events`` with its commonest properties as columns, Tehran's time."""
    connection = duckdb.connect()
    connection.register("sample", year.table("en"))
    connection.execute(
        """
        create table events as
        select person, name, channel, make_timestamp(at_us + 12600000000) as local_at,
               properties::json as properties,
               properties->>'$.province' as province, properties->>'$.loyalty' as loyalty,
               properties->>'$.source' as source, properties->>'$.campaign' as campaign,
               properties->>'$.gateway' as gateway, properties->>'$.courier' as courier,
               properties->>'$.topic' as topic, properties->>'$.complaint' as complaint,
               properties->>'$.order_id' as order_id, (properties->>'$.score')::int as score,
               (properties->>'$.amount')::bigint as amount
        from sample
        """
    )

    def rows(query: str, *parameters: object) -> Rows:
        return connection.execute(query, list(parameters)).fetchall()

    return rows
