"""The same questions of others, on the same machine in the same run; imports nothing of ours.

Loading and sorting are not counted, as our index is built before it is asked. Each answers with seconds by question,
titled as ``bench.asked`` titles them.
"""

from __future__ import annotations

import importlib.metadata
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ENOUGH_SECONDS = 10.0
ROUNDS = 2

LARGEST = {"DuckDB": 200_000_000, "Polars": 20_000_000, "pm4py": 2_000_000, "retentioneering": 2_000_000}
"""Events up to which a peer is asked: beyond, it takes many minutes or more memory than there is."""

# Persons as integers, names as an enum, rows in the order of paths: as good as a table for this can be.
_TABLE = """
create type event_name as enum (select distinct event from '{file}' order by event);
create table numbers as select person, row_number() over (order by person)::integer as number
    from (select distinct person from '{file}');
create table events as
    select number as person, event::event_name as name, epoch_us(time) as at_us
    from '{file}' join numbers using (person) order by number, at_us;
drop table numbers;
"""
_BY_WINDOW = """(select person, name, lag(name) over path as source, at_us - lag(at_us) over path as gap
    from events window path as (partition by person order by at_us))"""
# Over a sorted table a lag without a partition streams; a row of another person is told by its number.
_BY_STREAM = """(select person, name, if(before = person, source, null) as source, gap from
    (select person, name, lag(person) over () as before, lag(name) over () as source,
            at_us - lag(at_us) over () as gap from events))"""
_GROUPED = """select source, name, count(*), count(distinct person), {median} from {steps}
    where source is not null group by source, name"""
_OVERVIEW = "select name, count(*), count(distinct person) from events group by name"
_VARIANTS = """select path, count(*) as persons from
    (select list(name order by at_us) as path from events group by person)
    group by path order by persons desc limit 20"""
# The first time of each step after the step before it, within seven days of the first step: less than a funnel that
# tries every first step, and what is usually written.
_FUNNEL = (
    """
with s1 as (select person, min(at_us) as began from events where name = '{0}' group by person),
"""
    + ",\n".join(
        f"s{n} as (select person, min(began) as began, min(e.at_us) as at_us from events e"
        f" join s{n - 1} s using (person)"
        f" where name = '{{{n - 1}}}' and e.at_us > s.{'began' if n == 2 else 'at_us'}"
        " and e.at_us <= s.began + 604800000000 group by person)"
        for n in range(2, 6)
    )
    + "\nselect "
    + ", ".join(f"(select count(*) from s{n})" for n in range(1, 6))
)


def duckdb_sql(file: Path, names: list[str]) -> dict[str, Any]:
    import duckdb

    titles: dict[str, float] = {}
    with duckdb.connect() as connection:
        begun = time.perf_counter()
        connection.execute(_TABLE.format(file=file))
        loaded = time.perf_counter() - begun
        ways = {
            "window": _GROUPED.format(steps=_BY_WINDOW, median="median(gap)"),
            "streaming lag": _GROUPED.format(steps=_BY_STREAM, median="median(gap)"),
            "streaming lag, approximate median": _GROUPED.format(
                steps=_BY_STREAM, median="approx_quantile(gap, 0.5)"
            ),
        }
        for way, sql in ways.items():
            titles[f"transitions ({way})"] = best(lambda sql=sql: connection.execute(sql).fetchall())
        titles["transitions"] = min(titles.values())
        titles["overview"] = best(lambda: connection.execute(_OVERVIEW).fetchall())
        titles["variants, top 20"] = best(lambda: connection.execute(_VARIANTS).fetchall())
        steps = [name.replace("'", "''") for name in names]
        titles["funnel, 5 steps in 7 days"] = best(
            lambda: connection.execute(_FUNNEL.format(*steps)).fetchall()
        )
    return _answer("duckdb", loaded, titles)


def polars(file: Path, names: list[str]) -> dict[str, Any]:
    import polars as pl

    begun = time.perf_counter()
    events = (
        pl.read_parquet(file)
        .with_columns(pl.col("person").rank("dense"), pl.col("event").cast(pl.Categorical))
        .sort("person", "time", maintain_order=True)
    )
    loaded = time.perf_counter() - begun

    def transitions() -> pl.DataFrame:
        same = pl.col("person") == pl.col("person").shift()
        return (
            events.lazy()
            .with_columns(source=pl.col("event").shift(), gap=pl.col("time").diff(), same=same)
            .filter(pl.col("same"))
            .group_by("source", "event")
            .agg(pl.len(), pl.col("person").n_unique().alias("persons"), pl.col("gap").median())
            .collect()
        )

    def overview() -> pl.DataFrame:
        persons = pl.col("person").n_unique().alias("persons")
        return events.lazy().group_by("event").agg(pl.len(), persons).collect()

    def variants() -> pl.DataFrame:
        paths = events.lazy().group_by("person").agg(pl.col("event").to_physical())
        return paths.group_by("event").agg(pl.len()).sort("len", descending=True).head(20).collect()

    titles = {
        "transitions": best(transitions),
        "overview": best(overview),
        "variants, top 20": best(variants),
    }
    return _answer("polars", loaded, titles)


def pm4py(file: Path, names: list[str]) -> dict[str, Any]:
    import pandas as pd
    import pm4py as pm

    begun = time.perf_counter()
    columns = {"case_id": "person", "activity_key": "event", "timestamp_key": "time"}
    log = pm.format_dataframe(pd.read_parquet(file), **columns)
    loaded = time.perf_counter() - begun
    titles = {
        "transitions": best(lambda: (pm.discover_dfg(log), pm.discover_performance_dfg(log)), 1),
        "variants, top 20": best(lambda: pm.get_variants(log), 1),
    }
    return _answer("pm4py", loaded, titles)


def retentioneering(file: Path, names: list[str]) -> dict[str, Any]:
    os.environ["RETENTIONEERING_NO_TRACK"] = "1"  # else it tells its makers
    import pandas as pd
    from retentioneering.eventstream import eventstream

    begun = time.perf_counter()
    frame = pd.read_parquet(file).rename(columns={"person": "user_id", "time": "timestamp"})
    frame["timestamp"] = frame["timestamp"].dt.tz_localize(None)
    stream = eventstream.Eventstream(frame)
    loaded = time.perf_counter() - begun
    weights = ("count", "unique_paths", "time_median")
    titles = {
        "overview": best(stream.get_event_counts, 1),
        "transitions": best(lambda: [stream.transition_graph_data(edge_weight=one) for one in weights], 1),
        "funnel, 5 steps in 7 days": best(lambda: stream.funnel_data(steps=names[:5]), 1),
    }
    return _answer("retentioneering", loaded, titles)


PEERS: dict[str, Callable[[Path, list[str]], dict[str, Any]]] = {
    "DuckDB": duckdb_sql,
    "Polars": polars,
    "pm4py": pm4py,
    "retentioneering": retentioneering,
}


def best(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Seconds of the fastest of some rounds; of one where it is long."""
    seconds: list[float] = []
    while len(seconds) < rounds and sum(seconds) < ENOUGH_SECONDS:
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return min(seconds)


def _answer(package: str, loaded: float, titles: dict[str, float]) -> dict[str, Any]:
    return {"version": importlib.metadata.version(package), "load_seconds": loaded, "questions": titles}
