"""Import of Parquet into a workspace's store, beside DuckDB's own ordered copy of the same file."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from bench.paths import write_parquet
from hamsafar.events.files import Mapping
from hamsafar.events.files.bulk import bulk_select
from hamsafar.events.store import EventStores
from hamsafar.events.store.workspace import WorkspaceEvents

MEMORY = "2GB"  # for both
MAPPING = Mapping(person="person", event="event", time="time")
TARGET_RATIO = 2.0


@dataclass(frozen=True)
class ImportTimes:
    """Seconds for one file of ``events`` rows; the smallest of ``rounds``."""

    events: int
    first_seconds: float
    again_seconds: float
    duckdb_seconds: float

    @property
    def ratio(self) -> float:
        return self.first_seconds / self.duckdb_seconds


def run(folder: Path, events: int, *, rounds: int = 1) -> ImportTimes:
    """Writes the file when it is not there, then times an import, the same import again, and the peer.

    Both read from the file system's cache: the file has been read once before the clock starts.
    """
    file = write_parquet(folder / f"paths-{events}.parquet", events)
    [(rows, _, _)] = duckdb.sql(f"select count(*), max(person), max(time) from '{file}'").fetchall()
    first, again, peer = [], [], []
    for _ in range(rounds):
        once, twice = _hamsafar(folder, file)
        first.append(once)
        again.append(twice)
        peer.append(_duckdb(folder, file))
    return ImportTimes(rows, min(first), min(again), min(peer))


def report(times: ImportTimes) -> str:
    """What ``python -m bench`` prints."""
    million = times.events / 1e6
    return "\n".join(
        (
            f"import of {million:.1f} million events from Parquet ({MEMORY} for each)",
            f"  hamsafar, checked and durable      {times.first_seconds:8.1f} s"
            f"   {million / times.first_seconds:6.2f} million/s",
            f"  hamsafar, the same file again      {times.again_seconds:8.1f} s   adds nothing",
            f"  DuckDB, create table … order by    {times.duckdb_seconds:8.1f} s"
            f"   {million / times.duckdb_seconds:6.2f} million/s",
            f"  ratio {times.ratio:.2f}, target at most {TARGET_RATIO:.0f}",
        )
    )


def _hamsafar(folder: Path, file: Path) -> tuple[float, float]:
    home = folder / "import-store"
    shutil.rmtree(home, ignore_errors=True)
    with EventStores.open(home, memory_limit=MEMORY) as stores:
        events = stores.workspace("bench")
        first = _timed(lambda: _take_in(events, file, "first"))
        again = _timed(lambda: _take_in(events, file, "again"))
    shutil.rmtree(home)
    return first, again


def _take_in(events: WorkspaceEvents, file: Path, import_id: str) -> None:
    chosen = bulk_select(file, MAPPING)
    assert chosen is not None, "the benchmark's file takes the fast way"
    sql, params = chosen
    events.append_from_sql(sql, params, import_id=import_id)


def _duckdb(folder: Path, file: Path) -> float:
    path = folder / "peer.duckdb"
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path), config={"memory_limit": MEMORY}) as connection:
        seconds = _timed(
            lambda: (
                connection.execute(
                    f"create table events as select person, event, time from '{file}' order by person, time"
                ).fetchall()
                and connection.execute("checkpoint").fetchall()
            )
        )
    path.unlink()
    return seconds


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
