"""A measured map on a warm index: the first time, again, and who is behind a number."""

from __future__ import annotations

import operator
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.engine import best
from bench.paths import write_parquet
from hamsafar import journeys
from hamsafar.journeys.designed.map_model import MapModel
from hamsafar.journeys.designed.measure import Selection, measure, measure_walk
from hamsafar.journeys.designed.walk import Stretch, Walk
from hamsafar.journeys.designed.who import who_walked
from hamsafar.journeys.parts import thread_count

TARGET_SECONDS = 0.5

STAGES = {
    "aware": ["ad_click", "search"],
    "consider": ["visit", "category", "product", "review_read"],
    "decide": ["cart_add", "checkout"],
    "buy": ["payment", "order_paid"],
}


@dataclass
class MeasureTimes:
    """Seconds; ``first`` includes binding (and loading the compiled code), the others are of several rounds."""

    events: int
    bound: int
    begun: int
    first: float
    again: float
    walk: float
    counting: float
    who: float


def run(folder: Path, events: int) -> MeasureTimes:
    """Measures a map of four stages and ten touchpoints on synthetic paths."""
    file = write_parquet(folder / f"paths-{events}.parquet", events)
    index = journeys.read(file, "person", "event", "time")
    model = MapModel.from_dict(_document())
    begun = time.perf_counter()
    measured = measure(index, model)
    first = time.perf_counter() - begun
    walk, selection = Walk(index, model), Selection()
    left = {"kind": "stage", "stage": "decide", "bucket": "left"}
    who_walked(walk, left, selection)
    return MeasureTimes(
        events=measured.events,
        bound=measured.bound_events,
        begun=measured.whole.begun,
        first=first,
        again=best(lambda: measure(index, model)),
        walk=best(lambda: Walk(index, model).reduce(_bound, operator.add)),
        counting=best(lambda: measure_walk(walk, selection)),
        who=best(lambda: who_walked(walk, left, selection)),
    )


def _bound(stretch: Stretch) -> int:
    return stretch.bound


def report(times: MeasureTimes) -> str:
    """What ``python -m bench`` prints."""
    million = times.events / 1e6
    return "\n".join(
        [
            f"measured map on {million:.1f} million events ({times.bound / 1e6:.1f} on a touchpoint, "
            f"{times.begun:,} instances), {thread_count()} threads",
            f"  the first time               {times.first * 1000:9.1f} ms",
            f"  again                        {times.again * 1000:9.1f} ms   "
            f"target on 20 million and two cores: {TARGET_SECONDS * 1000:.0f} ms",
            f"    placing events on the map  {times.walk * 1000:9.1f} ms",
            f"    counting                   {times.counting * 1000:9.1f} ms",
            f"  who left at a stage          {times.who * 1000:9.1f} ms",
        ]
    )


def _document() -> dict[str, Any]:
    cards = [
        {"id": f"{stage}-{name}", "lane": "l", "stage": stage, "touchpoint": name, "need": need}
        for stage, names in STAGES.items()
        for name, need in zip(names, ["required", "optional"] * 2, strict=False)
    ]
    return {
        "format": "hamsafar-map/1",
        "title": "A shop",
        "kind": "current_state",
        "language": "en",
        "instances": {"begin": "first_stage_again", "idle_seconds": 30 * 86_400},
        "stages": [{"id": stage, "name": stage} for stage in STAGES],
        "lanes": [{"id": "l", "kind": "touchpoints"}],
        "cards": cards,
        "touchpoints": [
            {"id": name, "name": name, "matcher": {"events": [name]}}
            for names in STAGES.values()
            for name in names
        ],
    }
