"""kill -9 in the middle of writing: what was answered is there, what was not is there as a whole or not at all."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hamsafar.events.store import EventStores

PART = 1000

# Four writers, each repeating: append one part and report it; and one import that stages parts, reporting each.
WRITER = f"""
import sys, threading
import pyarrow as pa
from hamsafar.events.store import SCHEMA, EventStores

events = EventStores.open(sys.argv[1], memory_limit="256MB").workspace("w1")
start = int(sys.argv[2])
told = threading.Lock()

def part(person, number):
    rows = range(number * {PART}, (number + 1) * {PART})
    return pa.table({{"person": [person] * {PART}, "name": ["visit"] * {PART}, "at_us": list(rows),
        "channel": [None] * {PART}, "properties": [None] * {PART}, "row": list(rows)}}, schema=SCHEMA)

def tell(*what):
    with told:
        print(*what, flush=True)

def append(person):
    for number in range(start, start + 10_000):
        events.append(part(person, number), import_id=f"{{person}}-{{number}}", resume_point=number)
        tell(person, number)

def stage():
    for number in range((events.resume_point("staged") or 0) // {PART}, 10_000):
        events.stage(part("staged", number), import_id="staged", resume_point=(number + 1) * {PART})
        tell("staged", number)

threads = [threading.Thread(target=append, args=[f"p{{n}}"]) for n in range(4)] + [threading.Thread(target=stage)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
"""


def write_and_kill(data_dir: Path, start: int, after_answers: int) -> list[tuple[str, int]]:
    """Run the writers until they have told of so many commits, kill them; everything they told."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(data_dir), str(start)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    told = [process.stdout.readline() for _ in range(after_answers)]
    process.send_signal(signal.SIGKILL)
    told += process.stdout.readlines()
    assert process.wait(timeout=60) == -signal.SIGKILL
    whole = [line.split() for line in told if line.endswith("\n")]
    return [(who, int(number)) for who, number in whole]


@pytest.mark.parametrize("seed", [1, 2])
def test_killed_writers_lose_and_double_nothing(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    answered: set[tuple[str, int]] = set()
    for round_number in range(3):
        told = write_and_kill(tmp_path, round_number * 10_000, chance.randint(5, 60))
        answered |= set(told)
        with EventStores.open(tmp_path) as stores:
            events = stores.workspace("w1")
            with events.snapshot() as snapshot:
                parts = snapshot.rows(
                    "select person, at_us // 1000, count(*), count(distinct row) from events group by all"
                )
            assert all(rows == distinct == PART for *_, rows, distinct in parts), "only whole parts"
            there = {(person, number) for person, number, *_ in parts}
            missing = {part for part in answered if part[0] != "staged"} - there
            assert not missing
            for person, number in there:
                assert events.resume_point(f"{person}-{number}") == number

    with EventStores.open(tmp_path) as stores:
        events = stores.workspace("w1")
        resume_point = events.resume_point("staged")
        told_of = [number for who, number in answered if who == "staged"]
        assert resume_point is not None
        assert resume_point >= (max(told_of, default=-1) + 1) * PART
        before = events.watermark().events
        assert events.finish_import("staged").added == resume_point, "every staged row, each once"
        assert events.watermark().events == before + resume_point


FINISHER = """
import sys
from hamsafar.events.store import EventStores
events = EventStores.open(sys.argv[1], memory_limit="256MB").workspace("w1")
print("ready", flush=True)
print(events.finish_import("staged").added, flush=True)
"""


def test_killed_while_an_import_becomes_events(tmp_path: Path) -> None:
    rows = 300_000
    with EventStores.open(tmp_path) as stores:
        events = stores.workspace("w1")
        with events.snapshot() as snapshot:
            part = snapshot.arrow(
                "select 'p' || i % 997 as person, 'visit' as name, i as at_us, null::varchar as channel, "
                f"null::varchar as properties, i as row from range({rows}) t(i)"
            ).read_all()
        events.stage(part, import_id="staged", resume_point=rows)
    process = subprocess.Popen(
        [sys.executable, "-c", FINISHER, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGKILL)
    answered = process.stdout.read().strip()
    process.wait(timeout=60)
    with EventStores.open(tmp_path) as stores:
        events = stores.workspace("w1")
        finished = events.finished("staged")
        assert events.watermark().events == (rows if finished else 0)
        assert finished is not None or not answered
        assert events.finish_import("staged").added == rows
        assert events.watermark().events == rows
