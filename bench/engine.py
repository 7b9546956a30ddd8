"""The steps of a benchmark of the engine, each run in a process of its own so that its memory is its own."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from bench.asked import not_asked, questions, there
from bench.paths import write_more
from hamsafar import journeys
from hamsafar.events.files import Mapping
from hamsafar.events.files.bulk import bulk_select
from hamsafar.events.store import EventStores
from hamsafar.events.store.workspace import WorkspaceEvents
from hamsafar.journeys import PathIndex, from_store
from hamsafar.journeys.kernels import kernel
from hamsafar.journeys.mapped import opening, release
from hamsafar.journeys.parts import run_parts
from hamsafar.journeys.stored import INDEX
from hamsafar.journeys.text_column import TextColumn
from hamsafar.journeys.warm import warm_merge

MAPPING = Mapping(person="person", event="event", time="time")
MEMORY = "2GB"
ENOUGH_SECONDS = 10.0
_ROUNDS = 5


def build(file: Path, folder: Path) -> dict[str, Any]:
    """An index straight from Parquet, in memory."""
    begun = time.perf_counter()
    index = journeys.read(file, "person", "event", "time")
    seconds = time.perf_counter() - begun
    held = index.code.nbytes + index.at_us.nbytes + index.offset.nbytes
    return {
        "events": index.n_events,
        "persons": index.n_persons,
        "names": len(index.names),
        "seconds": seconds,
        "bytes_an_event": held / max(1, index.n_events),
    }


def store(file: Path, folder: Path) -> dict[str, Any]:
    """Import into a store; the index of it built, opened, and merged with 1% new events; and a rebuild with them."""
    home = folder / "store"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    found: dict[str, Any] = {}
    with EventStores.open(home, memory_limit=MEMORY) as stores:
        events = stores.workspace("bench")
        found["import_seconds"] = _timed(lambda: _take_in(events, file, "first"))
        place = home / "index"
        found["build_seconds"] = _timed(lambda: from_store(events, place))
        found["open_seconds"] = best(lambda: from_store(events, place))
        index = from_store(events, place)
        found["bytes_an_event"] = (place / "index.paths").stat().st_size / max(1, index.n_events)
        more = write_more(home / "more.parquet", index, max(1, index.n_events // 100))
        release(index.code, index.at_us, index.offset, index.persons.offset, index.persons.data)
        warm_merge()  # as a server does at its start
        found["new_events"] = max(1, index.n_events // 100)
        found["append_seconds"] = _timed(lambda: _take_in(events, more, "more"))
        found["merge_seconds"] = _timed(lambda: from_store(events, place))
        rebuilt = home / "rebuilt"
        found["rebuild_seconds"] = _timed(lambda: from_store(events, rebuilt))
        found["events"] = from_store(events, place).n_events
        found["identical"] = _same(place / "index.paths", rebuilt / "index.paths")
    shutil.rmtree(rebuilt)
    return found


def ask(file: Path, folder: Path, steps: list[str]) -> dict[str, Any]:
    """Every question of the mapped index, compiled before; beside the time merely to read its arrays."""
    _, arrays = opening(folder / "store" / "index" / "index.paths", INDEX)
    index = PathIndex(
        code=arrays["code"],
        at_us=arrays["at_us"],
        offset=arrays["offset"],
        names=tuple(TextColumn(arrays["name_offset"], arrays["name_data"])),
        persons=TextColumn(arrays["person_offset"], arrays["person_data"]),
        properties={},
        version="bench",
    )
    few = _beginning(index, 2_000)
    read = best(lambda: run_parts(index, lambda part: _read(index, part.first, part.last)))
    times: dict[str, float] = {}
    failed: dict[str, str] = {}
    asked = questions(index, steps)
    for title, question in asked.items():
        if not there(title):
            failed[title] = "not there"
            continue
        try:
            question(few)  # compiled, or loaded from the cache
            times[title] = best(lambda question=question: question(index))
        except Exception as error:  # what cannot be asked of this file is told, and the others go on
            failed[title] = f"{type(error).__name__}: {error}"
    return {
        "events": index.n_events,
        "read_seconds": read,
        "questions": times,
        "failed": failed,
        "not_asked": not_asked(list(asked)),
    }


def names_of(file: Path, folder: Path) -> dict[str, Any]:
    """The names of a file's events, most events first."""
    index = journeys.read(file, "person", "event", "time")
    return {"names": index.overview().names["event"].to_pylist()[:20]}


def best(work: Callable[[], object], rounds: int = _ROUNDS) -> float:
    """Seconds of the fastest of some rounds; of fewer where they are long."""
    seconds: list[float] = []
    while len(seconds) < rounds and sum(seconds) < ENOUGH_SECONDS:
        seconds.append(_timed(work))
    return min(seconds)


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _take_in(events: WorkspaceEvents, file: Path, import_id: str) -> None:
    chosen = bulk_select(file, MAPPING)
    assert chosen is not None, "the benchmark's files take the fast way"
    events.append_from_sql(*chosen, import_id=import_id)


def _same(one: Path, other: Path) -> bool:
    with one.open("rb") as left, other.open("rb") as right:
        while True:
            block = left.read(1 << 24)
            if block != right.read(1 << 24):
                return False
            if not block:
                return True


def _beginning(index: PathIndex, persons: int) -> PathIndex:
    """The paths of the first persons; the arrays are of the same kinds."""
    last = min(persons, index.n_persons)
    events = int(index.offset[last])
    return PathIndex(
        code=index.code[:events],
        at_us=index.at_us[:events],
        offset=index.offset[: last + 1],
        names=index.names,
        persons=TextColumn(index.persons.offset[: last + 1], index.persons.data),
        properties={},
        version="few",
    )


@kernel
def _sum(code: Any, at_us: Any, begin: int, end: int) -> int:
    total = 0
    for place in range(begin, end):
        total += at_us[place] ^ np.int64(code[place])
    return total


def _read(index: PathIndex, first: int, last: int) -> int:
    return _sum(index.code, index.at_us, index.offset[first], index.offset[last])
