"""Attribution in plain Python, straight from the definitions: slow and obviously right."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations
from typing import NamedTuple

import numpy as np


class Touch(NamedTuple):
    person: str
    name: str
    at_us: int
    channel: str | None = None
    amount: int | None = None


class Journey(NamedTuple):
    person: str
    channels: tuple[str, ...]
    ages_us: tuple[int, ...]  # before the conversion; for a journey without one, before its last touch
    converted: bool
    value: int


Credits = dict[str, Fraction | float]


def journeys(
    events: Sequence[Touch], conversion: str, lookback_us: int | None, counted: str
) -> list[Journey]:
    by_person: dict[str, list[Touch]] = defaultdict(list)
    for event in events:
        by_person[event.person].append(event)
    found = []
    for person, own in by_person.items():
        since: list[Touch] = []
        for event in sorted(own, key=lambda one: one.at_us):
            if event.name == conversion:
                found.append(_journey(since, event.at_us, lookback_us, person, True, event.amount or 0))
                since = []
                if counted == "first":
                    break
            elif event.channel is not None:
                since.append(event)
        if since:
            found.append(_journey(since, since[-1].at_us, lookback_us, person, False, 0))
    return found


def _journey(
    since: list[Touch], end_us: int, lookback_us: int | None, person: str, converted: bool, value: int
) -> Journey:
    kept = [one for one in since if lookback_us is None or end_us - one.at_us <= lookback_us]
    ages = tuple(since[-1].at_us - one.at_us for one in kept)
    return Journey(person, tuple(str(one.channel) for one in kept), ages, converted, value)


def weights(model: str, journey: Journey, half_life_us: float, position: tuple[Fraction, Fraction]) -> list:
    n = len(journey.channels)
    match model:
        case "first":
            return [1] + [0] * (n - 1)
        case "last":
            return [0] * (n - 1) + [1]
        case "linear":
            return [Fraction(1, n)] * n
        case "position":
            first, last = position
            if n == 1:
                return [1]
            if n == 2:
                return [first / (first + last), last / (first + last)]
            return [first, *[(1 - first - last) / (n - 2)] * (n - 2), last]
        case "time_decay":
            parts = [0.5 ** (age / half_life_us) for age in journey.ages_us]
            return [part / sum(parts) for part in parts]
    raise ValueError(model)


def credits(
    found: list[Journey], model: str, half_life_us: float, position: tuple[Fraction, Fraction]
) -> tuple[Credits, Credits]:
    """Conversions and value of each channel, by a rule."""
    conversions: Credits = defaultdict(Fraction)
    values: Credits = defaultdict(Fraction)
    for journey in found:
        if journey.converted and journey.channels:
            for channel, weight in zip(
                journey.channels, weights(model, journey, half_life_us, position), strict=True
            ):
                conversions[channel] += weight
                values[channel] += weight * journey.value
        elif journey.converted:
            conversions["(none)"] += 1
            values["(none)"] += journey.value
    return conversions, values


def shapley(found: list[Journey]) -> Credits:
    """The mean, over all orders in which the channels could be switched on, of what each one adds."""
    channels = sorted({channel for one in found for channel in one.channels})

    def worth(on: frozenset[str]) -> int:
        return sum(one.converted and bool(one.channels) and set(one.channels) <= on for one in found)

    orders = list(permutations(channels))
    result: Credits = defaultdict(Fraction)
    for order in orders:
        for place, channel in enumerate(order):
            added = worth(frozenset(order[: place + 1])) - worth(frozenset(order[:place]))
            result[channel] += Fraction(added, len(orders))
    untouched = sum(one.converted and not one.channels for one in found)
    if untouched:
        result["(none)"] = Fraction(untouched)
    return result


def removal_effects(found: list[Journey], order: int) -> dict[str, float]:
    """From a dense transition matrix over the last ``order`` channels."""
    counts: Counter[tuple[tuple[str, ...], object]] = Counter()
    for one in found:
        if one.channels:
            state: tuple[str, ...] = ()
            for channel in one.channels:
                after = (*state, channel)[-order:]
                counts[state, after] += 1
                state = after
            counts[state, one.converted] += 1
    states = sorted({state for state, _ in counts})
    place = {state: number for number, state in enumerate(states)}

    def converting(removed: str | None) -> float:
        q, r = np.zeros((len(states), len(states))), np.zeros(len(states))
        for (state, after), count in counts.items():
            share = count / sum(other for (source, _), other in counts.items() if source == state)
            if after is True:
                r[place[state]] += share
            elif isinstance(after, tuple) and after[-1] != removed:
                q[place[state], place[after]] += share
        return float(np.linalg.solve(np.eye(len(states)) - q, r)[place[()]])

    channels = sorted({channel for one in found for channel in one.channels})
    if not states or converting(None) < 1e-12:
        return dict.fromkeys(channels, 0.0)
    return {channel: 1 - converting(channel) / converting(None) for channel in channels}
