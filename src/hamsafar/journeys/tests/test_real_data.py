"""Real files, read as a user would, beside SQL over the raw rows."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from typing import NamedTuple

import duckdb
import numpy as np
import pytest

from hamsafar import journeys


class File(NamedTuple):
    """A file, its columns, and SQL that gives person, name, ts and a row number that settles equal times."""

    path: str
    person: str
    event: str
    time: str
    raw: str
    without_person: int


FILES = [
    # A few names; CSV.
    File(
        "ecom_clickstream/ecom.csv.gz",
        "user_id",
        "event",
        "timestamp",
        """select user_id as person, event as name, timestamp as ts, row_number() over () as row
           from read_csv('{}', parallel = false)""",
        0,
    ),
    # Thousands of names, whole invoices at one time, and a quarter of the rows without a customer.
    File(
        "online_retail/onlineretail.parquet",
        "CustomerID",
        "StockCode",
        "InvoiceDate",
        """select CustomerID::bigint::varchar as person, StockCode as name, InvoiceDate as ts,
                  file_row_number as row
           from read_parquet('{}', file_row_number = true) where CustomerID is not null""",
        135_080,
    ),
    # Hundreds of names; ids that are texts of digits.
    File(
        "complete_journey/transactions_sample.parquet",
        "household_id",
        "store_id",
        "transaction_timestamp",
        """select household_id as person, store_id as name, transaction_timestamp as ts,
                  file_row_number as row
           from read_parquet('{}', file_row_number = true)""",
        0,
    ),
]


class Loaded(NamedTuple):
    file: File
    index: journeys.PathIndex
    sql: duckdb.DuckDBPyConnection


@pytest.fixture(scope="module", params=FILES, ids=lambda file: file.path.split("/")[0])
def loaded(request: pytest.FixtureRequest, shared_data: Path) -> Loaded:
    file: File = request.param
    path = shared_data / file.path
    sql = duckdb.connect()
    sql.execute(f"create table events as {file.raw.format(path)}")
    sql.execute(
        """
        create table steps as
        select *, lag(name) over path as source, ts - lag(ts) over path as gap,
               lead(name) over path is null as is_last
        from events window path as (partition by person order by ts, row)
        """
    )
    return Loaded(file, journeys.read(path, file.person, file.event, file.time), sql)


def test_overview(loaded: Loaded) -> None:
    found = loaded.index.overview()
    wanted = loaded.sql.execute(
        "select count(*), count(distinct person), count(distinct name), min(ts), max(ts) from events"
    ).fetchone()
    assert wanted is not None
    assert (found.events, found.persons, found.event_names) == wanted[:3]
    assert (found.first_at, found.last_at) == tuple(f"{at.isoformat()}Z" for at in wanted[3:])
    quantiles = loaded.sql.execute(
        """
        select min(n), quantile_cont(n, 0.25), median(n), quantile_cont(n, 0.75), quantile_cont(n, 0.9),
               quantile_cont(n, 0.99), max(n), avg(n)
        from (select count(*) as n from events group by person)
        """
    ).fetchone()
    names = ("min", "p25", "median", "p75", "p90", "p99", "max", "mean")
    assert quantiles is not None
    for name, value in zip(names, quantiles, strict=True):
        assert found.events_per_person[name] == pytest.approx(value)
    by_name = loaded.sql.execute("select name, count(*), count(distinct person) from events group by name")
    assert {(row["event"], row["events"], row["persons"]) for row in found.to_dict()["rows"]} == set(
        by_name.fetchall()
    )


def test_rows_without_a_person_are_counted(loaded: Loaded) -> None:
    assert {row.code: row.count for row in loaded.index.rejected} == (
        {"missing_person": loaded.file.without_person} if loaded.file.without_person else {}
    )


def test_transitions(loaded: Loaded) -> None:
    found = loaded.index.transitions()
    wanted = loaded.sql.execute(
        """
        select coalesce(source, '(start)'), name, count(*), count(distinct person),
               median(epoch_us(gap)) / 1e6
        from (select * replace (case when source is null then null else gap end as gap) from steps)
        group by 1, 2
        union all
        select name, '(end)', count(*), count(distinct person), null from steps where is_last group by 1
        """
    ).fetchall()
    assert found.median_relative_error == 0
    columns = ("source", "target", "count", "persons", "median_gap_seconds")
    rows = [tuple(row[name] for name in columns) for row in found.to_dict()["rows"]]
    assert sorted(rows, key=lambda row: row[:2]) == sorted(wanted, key=lambda row: row[:2])


def test_variants(loaded: Loaded) -> None:
    found = loaded.index.variants(100)
    wanted = loaded.sql.execute(
        """
        select path, count(*) as persons
        from (select list(name order by ts, row) as path from events group by person)
        group by path order by persons desc, path
        """
    ).fetchall()
    assert found.variants == len(wanted)
    assert [(row["path"], row["persons"]) for row in found.to_dict()["rows"]] == wanted[:100]


@pytest.mark.parametrize("hours", [None, 1, 24 * 7])
def test_a_funnel(loaded: Loaded, hours: int | None) -> None:
    """Through the three names most persons have, rarest first; joins over all events say who gets how far."""
    names = [
        row["event"] for row in sorted(loaded.index.overview().to_dict()["rows"], key=lambda r: -r["persons"])
    ]
    steps = names[2::-1]
    place = "select person, ts, row from events where name = ?"
    within = "true" if hours is None else f"k.ts - a.ts <= interval {hours} hours"
    two = f"""
        select a.person, a.ts as began, k.ts as ts, k.row as row from ({place}) a join ({place}) k
        on a.person = k.person and (k.ts, k.row) > (a.ts, a.row) and {within}
    """
    three = f"""
        select distinct a.person from (select person, began as ts, ts as at_two, row from ({two})) a
        join ({place}) k on a.person = k.person and (k.ts, k.row) > (a.at_two, a.row) and {within}
    """
    wanted = [
        loaded.sql.execute(f"select count(distinct person) from ({query})", steps[: n + 1]).fetchall()[0][0]
        for n, query in enumerate((place, two, three))
    ]
    found = loaded.index.funnel(steps, None if hours is None else hours * 3600)
    rows = found.to_dict()["rows"]
    assert [row["persons"] for row in rows] == wanted
    share = wanted[2] / wanted[1] if wanted[1] else None
    assert (rows[1]["share_of_first"], rows[2]["share_of_previous"]) == (wanted[1] / wanted[0], share)


def test_funnel_times_without_a_window(loaded: Loaded) -> None:
    """Without a window a run begins with the first first step and takes the next second one."""
    names = [row["event"] for row in loaded.index.overview().to_dict()["rows"]]
    steps = names[:2]
    wanted = loaded.sql.execute(
        """
        select epoch_us(min(k.ts) - any_value(a.ts)) / 1e6
        from (select person, min(ts) as ts, min_by(row, (ts, row)) as row from events where name = ?
              group by person) a
        join (select person, ts, row from events where name = ?) k
          on a.person = k.person and (k.ts, k.row) > (a.ts, a.row)
        group by a.person
        """,
        steps,
    ).fetchall()
    row = loaded.index.funnel(steps).to_dict()["rows"][1]
    assert row["persons"] == len(wanted)
    assert row["median_seconds_from_first"] == pytest.approx(median(seconds for (seconds,) in wanted))


@pytest.mark.parametrize("minutes", [30, 24 * 60])
def test_sessions(loaded: Loaded, minutes: int) -> None:
    """A session begins with a path, and with an event that comes later than the gap after the one before."""
    found = loaded.index.by_session(minutes * 60)
    sessions = f"""(select *, sum(begins) over (partition by person order by ts, row) as session from
        (select *, (source is null or gap > interval {minutes} minute)::int as begins from steps))"""
    wanted = loaded.sql.execute(
        f"select name, count(*), count(distinct (person, session)) from {sessions} group by name"
    ).fetchall()
    paths = loaded.sql.execute(f"select count(distinct (person, session)) from {sessions}").fetchone()
    assert paths is not None
    assert found.n_paths == paths[0]
    code_of = found.code_by_name
    for name, events, of_sessions in wanted:
        own = found.code == code_of[name]
        assert int(own.sum()) == events
        places = np.flatnonzero(own)
        assert len(np.unique(np.searchsorted(found.offset, places, side="right"))) == of_sessions
    lengths = loaded.sql.execute(
        f"select n, count(*) from (select count(*) as n from {sessions} group by person, session) group by n"
    ).fetchall()
    assert sorted(zip(*np.unique(np.diff(found.offset), return_counts=True), strict=True)) == sorted(lengths)


def test_the_chain_of_what_if(loaded: Loaded) -> None:
    """The transitions up to the first goal, which is the name that most events have."""
    row = loaded.sql.execute(
        "select name from events group by name order by count(*) desc, name limit 1"
    ).fetchone()
    assert row is not None
    wanted = loaded.sql.execute(
        """
        with ordered as (select *, row_number() over path as place from steps window path as
                         (partition by person order by ts, row)),
        goals as (select person, min(place) as place from ordered where name = $1 group by person),
        until as (select o.*, g.place as goal from ordered o left join goals g using (person)
                  where g.place is null or o.place <= g.place)
        select coalesce(source, '(start)'), name, count(*), count(distinct person) from until group by 1, 2
        union all
        select name, '(end)', count(*), count(distinct person) from until where is_last and goal is null group by 1
        """,
        [row[0]],
    ).fetchall()
    found = loaded.index.what_if(row[0])
    columns = ("source", "target", "count", "persons")
    assert {tuple(one[name] for name in columns) for one in found.to_dict()["rows"]} == set(wanted)
    assert found.arrived == sum(count for _, target, count, _ in wanted if target == row[0])
    assert found.reach_before.value == pytest.approx(found.arrived / found.paths, abs=1e-9)
