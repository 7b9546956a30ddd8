"""Attribution: which channels, campaigns or touchpoints the conversions are credited to, by several models."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial as bind
from math import inf
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from hamsafar.journeys.askable import Askable
from hamsafar.journeys.attribution.counting import (
    Asked,
    Counted,
    Partial,
    Plan,
    count_touches,
    map_part,
    merge,
    merge_surveys,
    scale_of,
    told_apart,
)
from hamsafar.journeys.attribution.markov import removal_effects
from hamsafar.journeys.attribution.view import MODELS, NO_TOUCH, Attribution
from hamsafar.journeys.errors import BadNumber, BadWindow, UnknownChoice
from hamsafar.journeys.index import PathIndex
from hamsafar.journeys.jackknife import GROUPS, interval
from hamsafar.lib.errors import BadInput

Array = npt.NDArray[Any]

MOST_CHANNELS, MOST_ORDER = 500, 4
LEAST_PERSONS = 30  # with fewer who convert, leaving one of 30 groups out says little
_ALWAYS = np.iinfo(np.int64).max
_PART_EVENTS = 5_000_000  # what a part may note at a time, where steps are sorted


class BadPosition(BadInput):
    code = "bad_position"
    en = (
        "The shares of the first and the last touch are from 0 to 1 and together at most 1, e.g. 0.4 and 0.4."
    )
    fa = "سهم نخستین و آخرین تماس هر کدام بین ۰ و ۱ و جمعشان حداکثر ۱ است؛ مثلاً 0.4 و 0.4."


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
    found = paths.reduce(bind(count_touches, asked), merge_surveys)
    channels, other = told_apart(found, top)
    scale = scale_of(found)
    plan = Plan.of(asked, channels, other, scale)
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
    found = index.reduce(bind(count_touches, asked), merge_surveys)
    channels, other = told_apart(found, top)
    place = len(channels) if channel == NO_TOUCH else channels.index(channel)
    flagged = index.reduce(bind(map_part, Plan.of(asked, channels, other, 1.0, place)), merge).found
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


def _finish(paths: Askable, asked: Asked, plan: Plan, other: int, partial: Partial) -> Attribution:
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
