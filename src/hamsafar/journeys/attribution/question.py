"""Attribution: which channels, campaigns or touchpoints the conversions are credited to, by several models."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial as bind
from math import inf, isfinite
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from hamsafar.journeys.askable import Askable
from hamsafar.journeys.attribution.markov import Steps, merge_steps, removal_effects, steps_of
from hamsafar.journeys.attribution.view import MODELS, NO_TOUCH, OTHER, Attribution
from hamsafar.journeys.errors import BadNumber, BadWindow, UnknownChoice
from hamsafar.journeys.index import PathIndex
from hamsafar.journeys.jackknife import GROUPS, interval, person_groups
from hamsafar.journeys.parts import Part
from hamsafar.lib.conditions import as_number
from hamsafar.lib.errors import BadInput

Array = npt.NDArray[Any]
Counted = Literal["every", "first"]

MOST_CHANNELS, MOST_ORDER = 500, 4
LEAST_PERSONS = 30  # with fewer who convert, leaving one of 30 groups out says little
_ALWAYS = np.iinfo(np.int64).max
_LARGEST_SUM = 4e18
_PART_EVENTS = 5_000_000  # what a part may note at a time, where steps are sorted


class BadPosition(BadInput):
    code = "bad_position"
    en = (
        "The shares of the first and the last touch are from 0 to 1 and together at most 1, e.g. 0.4 and 0.4."
    )
    fa = "سهم نخستین و آخرین تماس هر کدام بین ۰ و ۱ و جمعشان حداکثر ۱ است؛ مثلاً 0.4 و 0.4."


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


def attribution(
    paths: Askable,
    conversion: str,
    over: str | None = "channel",
    *,
    touches: Sequence[str] = (),
    models: Sequence[str] = MODELS,
    order: int = 1,
    lookback_seconds: float | None = None,
    half_life_seconds: float = 7 * 86_400,
    position: tuple[float, float] = (0.4, 0.4),
    value: str | None = None,
    counted: Counted = "every",
    top: int = 20,
) -> Attribution:
    """See ``Attribution`` for what each model means.

    - ``conversion``: the event that counts; ``counted``: "every" one, or the "first" of each path;
    - ``over``: the property whose values are the channels; None: the events' names themselves;
    - ``touches``: names of the events that can be touches; empty: all but the conversion. A touch has the property;
    - ``lookback_seconds``: a touch counts when it is at most so long before the conversion; None: any;
    - ``order`` 1 to 4: channels the Markov model looks back on; ``half_life_seconds``: of time decay;
      ``position``: shares of the first and of the last touch;
    - ``value``: a property of the conversion with a number (texts of digits count), e.g. an amount;
    - ``top`` 1 to 500: the channels with most touches are told apart, the rest are ``(other)``.

    Raises ``UnknownEvent``, ``UnknownProperty``, ``UnknownChoice``, ``BadWindow``, ``BadNumber``, ``BadPosition``.
    """
    if isinstance(top, bool) or not isinstance(top, int) or not 1 <= top <= MOST_CHANNELS:
        raise BadNumber(given=top, field="top", least=1, most=MOST_CHANNELS)
    asked = _checked(
        paths,
        conversion,
        over,
        tuple(touches),
        tuple(models),
        order,
        lookback_seconds,
        half_life_seconds,
        position,
        value,
        counted,
    )
    found = paths.reduce(bind(_survey, asked), _merge_surveys)
    channels, other = _channels(found, top)
    scale = _scale(found)
    plan = _plan(asked, channels, other, scale, -1)
    sparse = "markov" in asked.models and not plan.cells
    parts = -(-paths.n_events // _PART_EVENTS) if sparse and paths.n_events > 2 * _PART_EVENTS else None
    return _finish(paths, asked, plan, other, paths.reduce(bind(map_part, plan), merge, parts))


def attribution_persons(
    index: PathIndex, channel: str, conversion: str, over: str | None = "channel", **options: Any
) -> npt.NDArray[np.int64]:
    """Numbers of the persons with a conversion that has a touch of ``channel``; ascending int64.

    ``(none)``: with a conversion that has none. ``options`` as for ``attribution``; raises as it does, and
    ``UnknownChoice`` for a channel that is not in the answer.
    """
    top = options.pop("top", 20)
    answer = attribution(index, conversion, over, top=top, **{**options, "models": ("first",)})
    known = [row["channel"] for row in answer.to_dict()["channels"]]
    if channel not in known:
        raise UnknownChoice(given=channel, field="channel", choices=", ".join(known[:20]))
    lookback = options.get("lookback_seconds")
    asked = _checked(
        index,
        conversion,
        over,
        tuple(options.get("touches", ())),
        ("first",),
        1,
        lookback,
        86_400,
        (0.4, 0.4),
        None,
        options.get("counted", "every"),
    )
    found = index.reduce(bind(_survey, asked), _merge_surveys)
    channels, other = _channels(found, top)
    place = len(channels) if channel == NO_TOUCH else channels.index(channel)
    flagged = index.reduce(bind(map_part, _plan(asked, channels, other, 1.0, place)), merge).found
    return index.persons_of(np.flatnonzero(flagged))


def _checked(
    paths: Askable,
    conversion: str,
    over: str | None,
    touches: tuple[str, ...],
    models: tuple[str, ...],
    order: int,
    lookback_seconds: float | None,
    half_life_seconds: float,
    position: tuple[float, float],
    value: str | None,
    counted: Counted,
) -> Asked:
    from hamsafar.journeys.kernels.attributing import CONVERSION, TOUCH

    for model in models:
        if model not in MODELS:
            raise UnknownChoice(given=model, field="models", choices=", ".join(MODELS))
    if counted not in ("every", "first"):
        raise UnknownChoice(given=counted, field="counted", choices="every, first")
    if isinstance(order, bool) or not isinstance(order, int) or not 1 <= order <= MOST_ORDER:
        raise BadNumber(given=order, field="order", least=1, most=MOST_ORDER)
    for seconds in (lookback_seconds, half_life_seconds):
        if seconds is not None and (not seconds > 0 or seconds == inf):
            raise BadWindow(given=seconds)
    if not (min(position) >= 0 and sum(position) <= 1 + 1e-9):
        raise BadPosition()
    kind_of = np.full(len(paths.names), 0 if touches else TOUCH, dtype=np.uint8)
    for name in touches:
        kind_of[paths.code_of(name)] = TOUCH
    kind_of[paths.code_of(conversion)] = CONVERSION
    return Asked(
        conversion=conversion,
        over=over,
        touches=touches,
        models=tuple(model for model in MODELS if model in models),
        order=order,
        lookback_us=_ALWAYS
        if lookback_seconds is None
        else round(min(lookback_seconds, 2.0**62 / 1e6) * 1e6),
        half_life_us=min(half_life_seconds, 2.0**62) * 1e6,
        position=(float(position[0]), float(position[1])),
        value=value,
        counted=counted,
        kind_of=kind_of,
    )


_NOTHING = np.empty(0, dtype=np.int32)


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
class _Survey:
    touches: Counter[str]
    conversions: int
    largest: float  # absolute value of a conversion


def _survey(asked: Asked, part: Part) -> _Survey:
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
    return _Survey(found, int(worths.sum()), float(np.nanmax(occurring, initial=0.0)))


def _merge_surveys(left: _Survey, right: _Survey) -> _Survey:
    return _Survey(
        left.touches + right.touches,
        left.conversions + right.conversions,
        max(left.largest, right.largest),
    )


def _channels(found: _Survey, top: int) -> tuple[tuple[str, ...], int]:
    """The channels told apart, most touches first, ``(other)`` last if there are more; and how many it stands for."""
    order = sorted(found.touches, key=lambda label: (-found.touches[label], label))
    if len(order) <= top:
        return tuple(order), 0
    return (*order[:top], OTHER), len(order) - top


def _scale(found: _Survey) -> float:
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

    @property
    def base(self) -> int:
        return len(self.channels) + 3


_TABLE_CELLS = 2_000_000


def _plan(asked: Asked, channels: tuple[str, ...], other: int, scale: float, wanted: int) -> Plan:
    cells = (len(channels) + 3) ** (asked.order + 1) * GROUPS
    return Plan(asked, channels, other > 0, scale, cells if cells <= _TABLE_CELLS else 0, wanted)


@dataclass(frozen=True)
class _Partial:
    credits: Array  # int64 [GROUPS, rules, channels + 1, 2]
    counts: Array  # int64 [channels + 1, 3]
    totals: Array  # int64 [5]
    steps: Steps | None
    found: Array  # uint8 [paths or 0]


def map_part(plan: Plan, part: Part) -> _Partial:
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
    return _Partial(credits, counts, totals, steps_of(table, keys[:filled]) if markov else None, found)


def merge(left: _Partial, right: _Partial) -> _Partial:
    steps = None
    if left.steps is not None and right.steps is not None:
        steps = merge_steps(left.steps, right.steps)
    return _Partial(
        left.credits + right.credits,
        left.counts + right.counts,
        left.totals + right.totals,
        steps,
        np.concatenate([left.found, right.found]),
    )


def _finish(paths: Askable, asked: Asked, plan: Plan, other: int, partial: _Partial) -> Attribution:
    from hamsafar.journeys.kernels.attributing import UNIT

    conversions, persons, without, no_value, untouched = (int(n) for n in partial.totals)
    channels = (*plan.channels, NO_TOUCH) if untouched else plan.channels
    n = len(channels)
    # [rules, channels, conversions and value], of all and without each group.
    whole = partial.credits.sum(axis=0)[:, :n]
    left_out = whole - partial.credits[:, :, :n]
    units = np.array([UNIT, plan.scale])
    effects: Array | None = None
    rows: dict[str, list[Any]] = {
        title: [] for title in ("channel", "model", "conversions", "share", "low", "high", "value")
    }
    if "markov" in asked.models and partial.steps is not None:
        effects, effects_without = removal_effects(partial.steps, len(plan.channels), plan.base, asked.order)
    for model in asked.models if conversions else ():
        if model == "markov":
            assert effects is not None
            touched = _shares(effects) if effects.any() else effects
            own = np.zeros((n, 2))
            own[: len(touched)] = touched[:, None] * (whole[0, : len(touched)].sum(axis=0) / units)
            own[len(touched) :] = whole[0, len(touched) :] / units
            without_groups = np.zeros((GROUPS, n)) if effects_without is not None else None
            if without_groups is not None and effects_without is not None:
                of_touched = left_out[:, 0, : len(touched), 0].sum(axis=1, keepdims=True)
                without_groups[:, : len(touched)] = _shares(effects_without) * of_touched
                without_groups[:, len(touched) :] = left_out[:, 0, len(touched) :, 0]
        else:
            rule = [one for one in MODELS if one != "markov"].index(model)
            own = whole[rule] / units
            without_groups = left_out[:, rule, :, 0].astype(float)
        share = own[:, 0] / conversions
        low: list[float | None] = [None] * n
        high: list[float | None] = [None] * n
        if persons >= LEAST_PERSONS and without_groups is not None:
            ends = interval(share, _shares(without_groups))
            low, high = (np.clip(end, 0, 1).tolist() for end in ends)
        rows["channel"] += channels
        rows["model"] += [model] * n
        rows["conversions"] += own[:, 0].tolist()
        rows["share"] += share.tolist()
        rows["low"] += low
        rows["high"] += high
        rows["value"] += own[:, 1].tolist() if asked.value is not None else [None] * n
    numbers = ("conversions", "share", "low", "high", "value")
    return Attribution(
        unit=paths.unit,
        events=paths.n_events,
        paths=paths.n_paths,
        persons=paths.n_persons,
        conversion=asked.conversion,
        over=asked.over,
        touches=asked.touches,
        counted=asked.counted,
        lookback_seconds=None if asked.lookback_us == _ALWAYS else asked.lookback_us / 1e6,
        models=asked.models,
        order=asked.order,
        half_life_seconds=asked.half_life_us / 1e6,
        position=asked.position,
        value_property=asked.value,
        conversions=conversions,
        converting_persons=persons,
        conversions_without_touch=untouched,
        conversions_without_value=no_value if asked.value is not None else None,
        journeys_without_conversion=without,
        value=float(whole[0, :, 1].sum() / plan.scale) if asked.value is not None else None,
        other_channels=other,
        channels=pa.table(
            {
                "channel": pa.array(channels, pa.string()),
                "touches": pa.array(partial.counts[:n, 0]),
                "conversions_with": pa.array(partial.counts[:n, 1]),
                "persons": pa.array(partial.counts[:n, 2]),
                "removal_effect": pa.array(
                    [None] * n if effects is None else [*effects.tolist(), *[None] * (n - len(effects))],
                    pa.float64(),
                ),
            }
        ),
        rows=pa.table(
            {
                title: pa.array(values, pa.float64() if title in numbers else pa.string())
                for title, values in rows.items()
            }
        ),
    )


def _shares(values: Array) -> npt.NDArray[np.float64]:
    """Shares of the last axis' sum; of nothing, zeros."""
    total = values.sum(axis=-1, keepdims=True).astype(float)
    shares: npt.NDArray[np.float64] = values / np.where(total > 0, total, 1.0)
    return shares
