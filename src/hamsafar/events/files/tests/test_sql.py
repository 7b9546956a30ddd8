"""A query over files: joins them, and sees nothing else."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from hamsafar.events.files import Mapping, errors, sql_to_parquet
from hamsafar.events.files.tests.reading import events, write


@pytest.fixture
def files(tmp_path):
    orders = write(
        tmp_path / "orders.csv",
        "order_id,customer,ordered,total\n1,a,2024-08-02 10:00,50\n2,b,2024-08-02 11:00,5\n",
    )
    states = tmp_path / "states.parquet"
    pq.write_table(pa.table({"order_id": [1, 1, 2], "state": ["paid", "sent", "paid"]}), states)
    people = write(tmp_path / "people.old.csv", "customer;city\na;تهران\nb;قم\n".replace("ی", "ي"), "cp1256")
    return [orders, states, people]


def test_a_join_becomes_events(files, tmp_path):
    out = tmp_path / "out.parquet"
    written = sql_to_parquet(
        "select customer, state, ordered, city from orders join states using (order_id) join people using (customer)"
        " where total > 10 order by state", files, out,
    )  # fmt: skip
    assert written == 2
    assert events(out, Mapping("customer", "state", "ordered", properties=("city",))) == [
        ("a", "paid", "2024-08-02T10:00:00Z"), ("a", "sent", "2024-08-02T10:00:00Z"),
    ]  # fmt: skip


def test_two_files_of_one_name_are_two_tables(files, tmp_path):
    (tmp_path / "more").mkdir()
    again = write(tmp_path / "more" / "orders.csv", files[0].read_text())
    assert (
        sql_to_parquet("from orders union all from orders_2", [files[0], again], tmp_path / "out.parquet")
        == 4
    )


@pytest.mark.parametrize(
    "sql",
    ["", "select 1; select 2", "drop view orders", "copy orders to 'x.csv'", "attach 'x.db'", "install httpfs",
     "set enable_external_access = true", "create table t as select 1", "call pragma_version()"],
)  # fmt: skip
def test_only_one_select(files, tmp_path, sql):
    with pytest.raises(errors.NotOneSelect, match="select … from orders, states, people"):
        sql_to_parquet(sql, files, tmp_path / "out.parquet")
    assert not (tmp_path / "out.parquet").exists()


@pytest.mark.parametrize(
    "sql",
    ["select * from read_text('/etc/passwd')", "select * from read_csv('{secret}')", "from '{secret}'",
     "select * from glob('/*')", "select * from read_csv('https://example.com/x.csv')",
     "select * from read_csv('{folder}/*.csv')", "select nothing from orders", "select from from"],
)  # fmt: skip
def test_nothing_else_can_be_read(files, tmp_path, sql):
    secret = write(tmp_path / "secret.csv", "a,b\n1,2\n")
    with pytest.raises(errors.BadQuery) as refused:
        sql_to_parquet(sql.format(secret=secret, folder=tmp_path), files, tmp_path / "out.parquet")
    assert "orders, states, people" in refused.value.sentence("fa")
    assert not (tmp_path / "out.parquet").exists()


def test_a_result_without_rows(files, tmp_path):
    with pytest.raises(errors.NoRows):
        sql_to_parquet("from orders where total > 1000", files, tmp_path / "out.parquet")
    assert not (tmp_path / "out.parquet").exists()


def test_a_function_of_an_extension_is_not_fetched_from_the_network(files, tmp_path):
    with pytest.raises(errors.BadQuery) as refused:
        sql_to_parquet("select * from sqlite_scan('x.sqlite', 'y')", files, tmp_path / "out.parquet")
    assert "automatically install" not in refused.value.sentence("en")
