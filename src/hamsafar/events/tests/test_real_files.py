"""Real data, imported as a user would, compared with SQL over the raw files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from hamsafar.accounts.tests.people import People
from hamsafar.events.files import sql_to_parquet
from hamsafar.events.queries import event_store
from hamsafar.events.tests.importing import run


def raw(sql: str, *files: Path) -> list[tuple[Any, ...]]:
    """Answers of SQL over files, which it calls a, b, ..."""
    with duckdb.connect() as connection:
        for name, path in zip("abc", files, strict=False):
            connection.execute(f"create view {name} as from '{path}'")
        return connection.execute(sql).fetchall()


@pytest.fixture
def retail(shared_data: Path) -> Path:
    return shared_data / "online_retail" / "onlineretail.parquet"


def test_online_retail_as_purchase_lines(people: People, retail: Path) -> None:
    """A quarter of its rows have no customer: they are counted and listed, none is dropped in silence."""
    mapping = {
        "person": "CustomerID",
        "event": "",
        "event_constant": "purchase",
        "time": "InvoiceDate",
        "properties": ["InvoiceNo", "StockCode", "Quantity", "UnitPrice", "Country"],
        "numbers": ["Quantity", "UnitPrice"],
    }
    done = run(people.editor, retail.read_bytes(), mapping, "onlineretail.parquet")
    ((rows, known),) = raw("select count(*), count(CustomerID) from a", retail)
    assert (done["rows_read"], done["rows_added"], done["rows_duplicate"]) == (rows, known, 0)
    ((first_line,),) = raw(
        "select min(row) from (select file_row_number + 1 as row, * from read_parquet("
        f"'{retail}', file_row_number = true)) where CustomerID is null"
    )
    assert [(r["code"], r["column"], r["count"], r["first_line"]) for r in done["reasons"]] == [
        ("missing_person", "CustomerID", rows - known, first_line)
    ]
    downloaded = people.viewer.get(f"imports/{done['id']}/rejected.csv")
    assert sum(1 for _ in downloaded.streaming_content) == rows - known + 1

    events = event_store(people.workspace_id)
    per_person = (
        "select {person}, count(*), min({at}), max({at}), sum({quantity}), "
        "sum(cast({quantity} * {price} as decimal(18, 4))), count(distinct {invoice}) "
        "from {table} where {person} is not null group by 1 order by 1"
    )
    with events.snapshot() as snapshot:
        stored = snapshot.rows(
            per_person.format(
                person="person", at="at_us", table="events", quantity="(properties->>'Quantity')::double",
                price="(properties->>'UnitPrice')::double", invoice="properties->>'InvoiceNo'",
            )
        )  # fmt: skip
    expected = raw(
        per_person.format(
            person="CustomerID::bigint::varchar", at="epoch_us(InvoiceDate)", table="a", quantity="Quantity",
            price="UnitPrice", invoice="InvoiceNo",
        ).replace("where CustomerID::bigint::varchar is", "where CustomerID is"),
        retail,
    )  # fmt: skip
    assert stored == expected

    before = events.watermark()
    again = run(people.editor, retail.read_bytes(), mapping, "onlineretail.parquet")
    assert (again["rows_added"], again["rows_duplicate"]) == (0, known)
    assert events.watermark() == before
    assert people.editor.post(f"imports/{done['id']}/undo").json()["status"] == "undone"
    assert events.watermark().events == 0


def test_online_retail_by_what_was_bought(people: People, retail: Path) -> None:
    """Descriptions are typed by hand: spaces are made one, and rows without any are told."""
    mapping = {"person": "CustomerID", "event": "Description", "time": "InvoiceDate", "properties": []}
    done = run(people.editor, retail.read_bytes(), mapping, "onlineretail.parquet")
    name = r"nullif(trim(regexp_replace(Description, '\s+', ' ', 'g')), '')"
    expected = raw(
        f"select {name} as name, count(*), count(distinct CustomerID) from a "
        f"where CustomerID is not null and {name} is not null group by 1 order by 2 desc, 1",
        retail,
    )
    with event_store(people.workspace_id).snapshot() as snapshot:
        names = "select name, count(*), count(distinct person) from events group by 1 order by 2 desc, 1"
        assert snapshot.rows(names) == expected
    assert done["rows_added"] == sum(count for _, count, _ in expected)
    assert done["rows_added"] + done["rows_rejected"] == done["rows_read"]


def test_complete_journey_joined_from_three_files(people: People, shared_data: Path, tmp_path: Path) -> None:
    """Campaigns received, coupons redeemed and departments bought from, of the same households."""
    folder = shared_data / "complete_journey"
    files = [folder / f"{name}.parquet" for name in ("transactions_sample", "products", "coupon_redemptions")]
    sql = """
        select household_id as household, 'bought: ' || department as event,
            transaction_timestamp as time, sales_value as amount
        from transactions_sample join products using (product_id)
        union all
        select household_id, 'coupon redeemed', redemption_date::timestamp, null from coupon_redemptions
    """
    rows = sql_to_parquet(sql, files, tmp_path / "joined.parquet")
    mapping = {
        "person": "household", "event": "event", "time": "time", "properties": ["amount"], "numbers": ["amount"],
    }  # fmt: skip
    done = run(people.editor, (tmp_path / "joined.parquet").read_bytes(), mapping, "joined.parquet")
    assert (done["rows_read"], done["rows_added"], done["rows_rejected"]) == (rows, rows, 0)

    expected = raw(
        """
        with all_events as (
            select household_id as household, 'bought: ' || department as event, sales_value as amount
            from a join b using (product_id)
            union all select household_id, 'coupon redeemed', null from c)
        select event, count(*), count(distinct household), sum(cast(amount as decimal(18, 4)))
        from all_events group by 1 order by 1
        """,
        *files,
    )
    with event_store(people.workspace_id).snapshot() as snapshot:
        stored = snapshot.rows(
            "select name, count(*), count(distinct person), "
            "sum(cast((properties->>'amount')::double as decimal(18, 4))) from events group by 1 order by 1"
        )
    assert stored == expected
