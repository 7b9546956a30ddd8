"""When an instance that stopped counts as having left: the threshold for "still open", per stage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from hamsafar.journeys.designed.durations import Durations
from hamsafar.journeys.designed.map_model import MapModel

DAY_US = 86_400_000_000
LEAST_US, MOST_US, DEFAULT_US = DAY_US, 90 * DAY_US, 30 * DAY_US
GAPS_NEEDED = 20


@dataclass(frozen=True)
class OpenAfter:
    """Silent for ``us`` microseconds or more, an instance has left; ``gaps`` were there to learn it from."""

    us: float
    source: Literal["set", "measured", "default"]
    gaps: int


def open_after(
    model: MapModel, wanted_seconds: Mapping[str, float], durations: Durations
) -> tuple[OpenAfter, ...]:
    """Per stage: what was asked for, else what the map says, else the 95th percentile of the gaps with which
    instances went on (between 1 and 90 days), else, with fewer than 20 gaps, 30 days."""
    found = []
    for number, stage in enumerate(model.stages):
        gaps, percentile_us = durations.gap(number)
        seconds = wanted_seconds.get(stage.id, stage.open_after_seconds)
        if seconds is not None:
            found.append(OpenAfter(round(seconds * 1_000_000), "set", gaps))
        elif gaps < GAPS_NEEDED:
            found.append(OpenAfter(DEFAULT_US, "default", gaps))
        else:
            found.append(OpenAfter(min(max(percentile_us, LEAST_US), MOST_US), "measured", gaps))
    return tuple(found)
