"""The engine's questions on a warm index, beside the time merely to read its arrays and beside its peers."""

from __future__ import annotations

import importlib.util
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from bench.paths import write_parquet
from hamsafar import journeys
from hamsafar.journeys import PathIndex
from hamsafar.journeys.kernels import kernel
from hamsafar.journeys.parts import run_parts, thread_count

STEPS = ["visit", "cart_add", "checkout", "payment", "order_paid"]
WEEK = 7 * 86_400
TARGET_RATIO = 40
PM4PY_EVENTS = 2_000_000  # above this it takes minutes
_ROUNDS = 5


@dataclass
class EngineTimes:
    """Seconds, the smallest of several rounds; ``peers`` answer transitions."""

    events: int
    persons: int
    build_seconds: float
    bytes_an_event: float
    peak_bytes: int
    read_seconds: float
    questions: dict[str, float] = field(default_factory=dict)
    peers: dict[str, float] = field(default_factory=dict)

    @property
    def ratio(self) -> float:
        """How many times as fast as DuckDB's best SQL transitions are."""
        return (
            min(s for name, s in self.peers.items() if name.startswith("DuckDB"))
            / self.questions["transitions"]
        )


def run(folder: Path, events: int) -> EngineTimes:
    """Builds an index of about ``events`` synthetic events and asks it everything; then the peers."""
    file = write_parquet(folder / f"paths-{events}.parquet", events)
    duckdb.sql(f"select count(*), max(person), max(time) from '{file}'").fetchall()  # into the file cache
    begun = time.perf_counter()
    index = journeys.read(file, "person", "event", "time")
    build = time.perf_counter() - begun
    times = EngineTimes(
        events=index.n_events,
        persons=index.n_persons,
        build_seconds=build,
        bytes_an_event=(index.code.nbytes + index.at_us.nbytes + index.offset.nbytes) / index.n_events,
        peak_bytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        read_seconds=best(lambda: run_parts(index, lambda part: _read(index, part.first, part.last))),
    )
    asked: dict[str, Callable[[], Any]] = {
        "overview": index.overview,
        "transitions": index.transitions,
        "variants, top 20": index.variants,
        "funnel, 5 steps in 7 days": lambda: index.funnel(STEPS, WEEK),
        "select half of the time": lambda: _half(index),
    }
    for name, ask in asked.items():
        ask()  # compiled, or loaded from the cache
        times.questions[name] = best(ask)
    times.peers = _duckdb(file) | _polars(file)
    if index.n_events <= PM4PY_EVENTS:
        times.peers |= _pm4py(file)
    return times


def report(times: EngineTimes) -> str:
    """What ``python -m bench`` prints."""
    million = times.events / 1e6
    lines = [
        f"engine on {million:.1f} million events of {times.persons:,} persons, {thread_count()} threads",
        f"  index built from Parquet     {times.build_seconds:9.2f} s   {million / times.build_seconds:6.1f} "
        f"million/s, {times.bytes_an_event:.1f} bytes an event, peak {times.peak_bytes / 1e9:.1f} GB",
        f"  reading the arrays once      {times.read_seconds * 1000:9.1f} ms",
    ]
    lines += [
        f"  {name:<28} {seconds * 1000:9.1f} ms  {seconds / times.read_seconds:6.1f} times reading"
        for name, seconds in times.questions.items()
    ]
    ours = times.questions["transitions"]
    lines += [
        f"  transitions in {name:<28} {seconds:9.2f} s   {seconds / ours:6.0f} times as long"
        for name, seconds in times.peers.items()
    ]
    lines.append(f"  ratio to DuckDB's best {times.ratio:.0f}, target at least {TARGET_RATIO}")
    return "\n".join(lines)


def best(work: Callable[[], object], rounds: int = _ROUNDS) -> float:
    """Seconds of the fastest of some rounds."""
    seconds = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return min(seconds)


@kernel
def _sum(code: Any, at_us: Any, begin: int, end: int) -> int:
    total = 0
    for place in range(begin, end):
        total += at_us[place] ^ np.int64(code[place])
    return total


def _read(index: PathIndex, first: int, last: int) -> int:
    return _sum(index.code, index.at_us, index.offset[first], index.offset[last])


def _half(index: PathIndex) -> PathIndex:
    first, last = index.span_us
    return index.select(to_us=(first + last) // 2)


# Persons as integers, names as an enum, rows in the order of paths: as good as a table for this can be.
_TABLE = """
create type event_name as enum (select distinct event from '{file}' order by event);
create table events as
    select (dense_rank() over (order by person))::integer as person, event::event_name as name,
           epoch_us(time) as at_us
    from '{file}' order by person, at_us;
"""
_BY_WINDOW = """(select person, name, lag(name) over path as source, at_us - lag(at_us) over path as gap
    from events window path as (partition by person order by at_us))"""
# Over a sorted table a lag without a partition streams; a row of another person is told by its number.
_BY_STREAM = """(select person, name, if(before = person, source, null) as source, gap from
    (select person, name, lag(person) over () as before, lag(name) over () as source,
            at_us - lag(at_us) over () as gap from events))"""
_GROUPED = """select source, name, count(*), count(distinct person), {median} from {steps}
    where source is not null group by source, name"""


def _duckdb(file: Path) -> dict[str, float]:
    times = {}
    with duckdb.connect() as connection:
        connection.execute(_TABLE.format(file=file))
        for title, steps, median in (
            ("DuckDB, window", _BY_WINDOW, "median(gap)"),
            ("DuckDB, streaming lag", _BY_STREAM, "median(gap)"),
            ("DuckDB, approximate median", _BY_STREAM, "approx_quantile(gap, 0.5)"),
        ):
            sql = _GROUPED.format(steps=steps, median=median)
            times[title] = best(lambda sql=sql: connection.execute(sql).fetchall(), rounds=2)
    return times


def _polars(file: Path) -> dict[str, float]:
    if not importlib.util.find_spec("polars"):
        return {}
    import polars as pl

    events = (
        pl.read_parquet(file)
        .with_columns(pl.col("person").rank("dense"), pl.col("event").cast(pl.Categorical))
        .sort("person", "time", maintain_order=True)
    )

    def ask() -> pl.DataFrame:
        same = pl.col("person") == pl.col("person").shift()
        return (
            events.lazy()
            .with_columns(source=pl.col("event").shift(), gap=pl.col("time").diff(), same=same)
            .filter(pl.col("same"))
            .group_by("source", "event")
            .agg(pl.len(), pl.col("person").n_unique().alias("persons"), pl.col("gap").median())
            .collect()
        )

    return {"Polars": best(ask, rounds=2)}


def _pm4py(file: Path) -> dict[str, float]:
    if not importlib.util.find_spec("pm4py"):
        return {}
    import pandas as pd
    import pm4py

    log = pm4py.format_dataframe(
        pd.read_parquet(file), case_id="person", activity_key="event", timestamp_key="time"
    )
    return {
        "pm4py (counts and medians)": best(
            lambda: (pm4py.discover_dfg(log), pm4py.discover_performance_dfg(log)), rounds=1
        )
    }
