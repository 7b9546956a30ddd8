"""The questions on Spark on this machine, beside the same questions in this process."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.engine import best
from bench.paths import write_parquet
from hamsafar import journeys
from hamsafar.journeys import spark
from hamsafar.journeys.askable import Askable
from hamsafar.lib.errors import HamsafarError

STEPS = ["visit", "cart_add", "checkout", "payment", "order_paid"]
WEEK = 7 * 86_400
QUESTIONS: dict[str, Callable[[Askable], Any]] = {
    "overview": lambda paths: paths.overview(),
    "transitions": lambda paths: paths.transitions(),
    "variants, top 20": lambda paths: paths.variants(),
    "funnel, 5 steps in 7 days": lambda paths: paths.funnel(STEPS, WEEK),
}


@dataclass
class SparkTimes:
    """Seconds; ``questions`` are asked of parts that executors keep already: on Spark, and in this process."""

    events: int = 0
    start: float = 0.0
    read: float = 0.0
    read_here: float = 0.0
    questions: dict[str, tuple[float, float]] = field(default_factory=dict)
    failed: str = ""


def run(folder: Path, events: int) -> SparkTimes:
    """Reads about ``events`` synthetic events and asks them, on ``local[*]`` and here; answers must be equal."""
    file = write_parquet(folder / f"paths-{events}.parquet", events)
    times = SparkTimes()
    begun = time.perf_counter()
    try:
        session = spark.connected("local[*]")
    except HamsafarError as error:  # no Java
        times.failed = error.sentence()
        return times
    times.start = time.perf_counter() - begun
    begun = time.perf_counter()
    there = spark.read(session, file, "person", "event", "time")
    times.read = time.perf_counter() - begun
    begun = time.perf_counter()
    here = journeys.read(file, "person", "event", "time")
    times.read_here = time.perf_counter() - begun
    times.events = here.n_events
    for name, ask in QUESTIONS.items():
        assert ask(there).to_dict() == ask(here).to_dict(), name  # and all is compiled now
        times.questions[name] = (best(lambda: ask(there), rounds=2), best(lambda: ask(here), rounds=2))  # noqa: B023
    there.close()
    session.stop()
    return times


def report(times: SparkTimes) -> str:
    """What ``python -m bench`` prints."""
    if times.failed:
        return f"on Spark: not asked. {times.failed}"
    lines = [
        f"on Spark, local[*], {times.events / 1e6:.1f} million events (started in {times.start:.1f} s)",
        f"  {'':<30}{'on Spark':>12}{'here':>12}",
        f"  {'reading Parquet':<30}{times.read:>10.1f} s{times.read_here:>10.1f} s",
    ]
    lines += [
        f"  {name:<30}{there:>10.2f} s{here:>10.3f} s" for name, (there, here) in times.questions.items()
    ]
    return "\n".join(lines)
