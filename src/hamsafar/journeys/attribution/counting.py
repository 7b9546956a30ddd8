"""What attribution counts: touches by label first, then what every conversion credits to the channels told apart."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from math import isfinite
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.attribution.markov import Steps, merge_steps, steps_of
from hamsafar.journeys.attribution.view import NO_TOUCH, OTHER
from hamsafar.journeys.jackknife import GROUPS, person_groups
from hamsafar.journeys.parts import Part
from hamsafar.lib.conditions import as_number

Array = npt.NDArray[Any]
Counted = Literal["every", "first"]

_LARGEST_SUM = 4e18
_NOTHING = np.empty(0, dtype=np.int32)
_TABLE_CELLS = 2_000_000


@dataclass(frozen=True)
class Asked:
    """What is asked, checked; everything in it can be sent to another process."""

    conversion: str
    over: str | None
    touches: tuple[str, ...]
    models: tuple[str, ...]
    order: int
    lookback_us: int
    half_life_us: float
    position: tuple[float, float]
    value: str | None
    counted: Counted
    kind_of: npt.NDArray[np.uint8]


def _labels(part: Part, asked: Asked) -> tuple[Array, list[str]]:
    """The column that says an event's channel, and the text of each of its values; empty column: the name."""
    if asked.over is None:
        return _NOTHING, list(part.index.names)
    column = part.index.properties[asked.over]
    return column.code, [label_text(one) for one in column.values]


def _worths(part: Part, asked: Asked) -> tuple[Array, npt.NDArray[np.float64]]:
    """The column that says a conversion's value, and the number of each of its values; NaN: none."""
    if asked.value is None:
        return _NOTHING, np.empty(0)
    column = part.index.properties[asked.value]
    numbers = (as_number(one) for one in column.values)
    return column.code, np.array([np.nan if n is None or not isfinite(n) else n for n in numbers], float)


def label_text(value: Any) -> str:
    """A channel's label: a text as it is, anything else as JSON; never one of the labels of ours."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"channel {text}" if text in (NO_TOUCH, OTHER) else text


@dataclass(frozen=True)
class Survey:
    touches: Counter[str]
    conversions: int
    largest: float  # absolute value of a conversion


def count_touches(asked: Asked, part: Part) -> Survey:
    from hamsafar.journeys.kernels.attributing import survey

    index = part.index
    label, labels = _labels(part, asked)
    worth, numbers = _worths(part, asked)
    touches, worths = survey(
        index.code,
        index.offset,
        part.first,
        part.last,
        asked.kind_of,
        label,
        len(labels),
        worth,
        len(numbers),
    )
    found: Counter[str] = Counter()
    for place in np.flatnonzero(touches).tolist():
        found[labels[place]] += int(touches[place])
    occurring = np.abs(numbers[np.flatnonzero(worths[:-1])])
    return Survey(found, int(worths.sum()), float(np.nanmax(occurring, initial=0.0)))


def merge_surveys(left: Survey, right: Survey) -> Survey:
    return Survey(
        left.touches + right.touches,
        left.conversions + right.conversions,
        max(left.largest, right.largest),
    )


def told_apart(found: Survey, top: int) -> tuple[tuple[str, ...], int]:
    """The channels told apart, most touches first, ``(other)`` last if there are more; and how many it stands for."""
    order = sorted(found.touches, key=lambda label: (-found.touches[label], label))
    if len(order) <= top:
        return tuple(order), 0
    return (*order[:top], OTHER), len(order) - top


def scale_of(found: Survey) -> float:
    """Units of value in 1: a million, or less where the sum of all values would not fit a whole number."""
    scale = 1e6
    while found.largest * max(found.conversions, 1) * scale > _LARGEST_SUM:
        scale /= 10
    return scale


@dataclass(frozen=True)
class Plan:
    asked: Asked
    channels: tuple[str, ...]
    other: bool
    scale: float
    cells: int  # of the table of steps; 0: too many, they are sorted
    wanted: int  # the channel whose persons are looked for, or -1

    @classmethod
    def of(cls, asked: Asked, channels: tuple[str, ...], other: int, scale: float, wanted: int = -1) -> Plan:
        cells = (len(channels) + 3) ** (asked.order + 1) * GROUPS
        return cls(asked, channels, other > 0, scale, cells if cells <= _TABLE_CELLS else 0, wanted)

    @property
    def base(self) -> int:
        return len(self.channels) + 3


@dataclass(frozen=True)
class Partial:
    credits: Array  # int64 [GROUPS, rules, channels + 1, 2]
    counts: Array  # int64 [channels + 1, 3]
    totals: Array  # int64 [5]
    steps: Steps | None
    found: Array  # uint8 [paths or 0]


def map_part(plan: Plan, part: Part) -> Partial:
    from hamsafar.journeys.kernels.attributing import RULES, attribute

    asked, index = plan.asked, part.index
    label, labels = _labels(part, asked)
    place_of = {channel: place for place, channel in enumerate(plan.channels)}
    rest = place_of[OTHER] if plan.other else -1
    channel_of = np.array([*(place_of.get(one, rest) for one in labels), -1], dtype=np.int32)
    worth, numbers = _worths(part, asked)
    # A value that is no number is as good as none.
    usable = np.isfinite(numbers)
    if not usable.all():
        worth = np.where(usable[worth] & (worth >= 0), worth, -1).astype(np.int32)
    worth_of = np.append(np.rint(np.where(usable, numbers, 0) * plan.scale), 0).astype(np.int64)
    n_channels = len(plan.channels)
    markov = "markov" in asked.models
    credits = np.zeros((GROUPS, RULES, n_channels + 1, 2), dtype=np.int64)
    counts = np.zeros((n_channels + 1, 3), dtype=np.int64)
    totals = np.zeros(5, dtype=np.int64)
    table = np.zeros(plan.cells if markov else 0, dtype=np.int64)
    keys = np.empty(part.n_events + part.n_paths if markov and not plan.cells else 0, dtype=np.int64)
    found = np.zeros(part.n_paths if plan.wanted >= 0 else 0, dtype=np.uint8)
    filled = attribute(
        index.code,
        index.at_us,
        index.offset,
        part.first,
        part.last,
        asked.kind_of,
        label,
        channel_of,
        worth,
        worth_of,
        part.persons,
        person_groups(part),
        asked.counted == "every",
        asked.lookback_us,
        *asked.position,
        asked.half_life_us,
        asked.order if markov else 0,
        credits,
        counts,
        totals,
        table,
        keys,
        plan.wanted,
        found,
    )
    return Partial(credits, counts, totals, steps_of(table, keys[:filled]) if markov else None, found)


def merge(left: Partial, right: Partial) -> Partial:
    steps = None
    if left.steps is not None and right.steps is not None:
        steps = merge_steps(left.steps, right.steps)
    return Partial(
        left.credits + right.credits,
        left.counts + right.counts,
        left.totals + right.totals,
        steps,
        np.concatenate([left.found, right.found]),
    )
