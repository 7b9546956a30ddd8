"""The loops behind attribution."""

from __future__ import annotations

from typing import Any

import numpy as np

from hamsafar.journeys.kernels import kernel

UNIT = 5_354_228_880
"""What one conversion is divided into: the least common multiple of 1 to 24, so that equal shares of up to 24 touches
are whole numbers, and sums are exact and the same in any order."""

FIRST, LAST, LINEAR, POSITION, TIME_DECAY, SHAPLEY = range(6)
RULES = 6

TOUCH, CONVERSION = 1, 2


@kernel
def survey(
    code: Any,
    offset: Any,
    first: int,
    last: int,
    kind_of: Any,
    label: Any,
    n_labels: int,
    worth: Any,
    n_worths: int,
) -> Any:
    """Touches by label int64 [n_labels], and conversions by value int64 [n_worths + 1], the last without one.

    ``kind_of`` uint8 [n_names] says what an event is; ``label`` int32 [n_events] is its channel, or -1; empty:
    its name. ``worth`` int32 [n_events] is the conversion's value, or -1; empty: none.
    """
    touches = np.zeros(n_labels, dtype=np.int64)
    worths = np.zeros(n_worths + 1, dtype=np.int64)
    for place in range(offset[first], offset[last]):
        name = np.int64(code[place])
        kind = kind_of[name]
        if kind == TOUCH:
            channel = np.int64(label[place]) if len(label) else name
            if channel >= 0:
                touches[channel] += 1
        elif kind == CONVERSION:
            worths[np.int64(worth[place]) if len(worth) else n_worths] += 1
    return touches, worths


@kernel
def add_credit(credits: Any, rule: int, channels: Any, shares: Any, low: int, high: int, worth: int) -> None:
    """Credit the touches ``low`` to ``high`` by ``shares`` of ``UNIT``; what rounding leaves is the last one's."""
    left = np.int64(UNIT)
    worth_left = np.int64(worth)
    for touch in range(low, high):
        share = np.int64(shares[touch])
        own = worth_left if share == UNIT or not worth else np.int64(worth * (share / UNIT))
        if touch == high - 1:
            share, own = left, worth_left
        left -= share
        worth_left -= own
        credits[rule, channels[touch], 0] += share
        credits[rule, channels[touch], 1] += own


@kernel
def credit_journey(
    credits: Any,
    channels: Any,
    times: Any,
    shares: Any,
    weights: Any,
    stamps: Any,
    stamp: int,
    low: int,
    high: int,
    worth: int,
    first_share: float,
    last_share: float,
    half_life_us: float,
) -> None:
    """Credit one conversion after the touches ``low`` to ``high`` (at least one) by every rule."""
    n = high - low
    for touch in range(low, high):
        shares[touch] = 0
    shares[low] = UNIT
    add_credit(credits, FIRST, channels, shares, low, low + 1, worth)
    shares[high - 1] = UNIT
    add_credit(credits, LAST, channels, shares, high - 1, high, worth)

    for touch in range(low, high):
        shares[touch] = UNIT // n
    add_credit(credits, LINEAR, channels, shares, low, high, worth)

    if n == 1:
        shares[low] = UNIT
    elif n == 2:
        ends = first_share + last_share
        shares[low] = np.int64(np.floor(UNIT * (first_share / ends if ends > 0 else 0.5) + 0.5))
        shares[low + 1] = UNIT - shares[low]
    else:
        middle = max(1.0 - first_share - last_share, 0.0)
        for touch in range(low, high):
            shares[touch] = np.int64(np.floor(UNIT * (middle / (n - 2)) + 0.5))
        shares[low] = np.int64(np.floor(UNIT * first_share + 0.5))
        # Rounding is left to a middle one: the ends have their shares to the unit.
        shares[high - 1] = np.int64(np.floor(UNIT * last_share + 0.5))
        rest = UNIT
        for touch in range(low, high):
            rest -= shares[touch]
        if middle > 0:
            shares[low + 1] += rest
        else:
            shares[high - 1] += rest
    add_credit(credits, POSITION, channels, shares, low, high, worth)

    total = 0.0
    for touch in range(low, high):
        weights[touch] = np.exp2((times[touch] - times[high - 1]) / half_life_us)
        total += weights[touch]
    for touch in range(low, high):
        shares[touch] = np.int64(UNIT * (weights[touch] / total))
    add_credit(credits, TIME_DECAY, channels, shares, low, high, worth)

    different = 0
    for touch in range(low, high):
        shares[touch] = 0
        if stamps[channels[touch]] != stamp:
            stamps[channels[touch]] = stamp
            shares[touch] = 1
            different += 1
    last_one = low
    for touch in range(low, high):
        if shares[touch]:
            shares[touch] = UNIT // different
            last_one = touch
    add_credit(credits, SHAPLEY, channels, shares, low, last_one + 1, worth)


@kernel
def note_grams(
    table: Any,
    keys: Any,
    filled: int,
    channels: Any,
    low: int,
    high: int,
    outcome: int,
    base: int,
    contexts: int,
    group: int,
    groups: int,
) -> int:
    """Note every step of a journey as ``(context * base + next) * groups + group``; returns the new fill.

    A context is the last k channels, each from 1, the latest as the last digit of a number to ``base``; 0 stands
    before the start. ``contexts`` is ``base ** k``. Notes go to ``table`` when it has rows, else to ``keys``.
    """
    context = 0
    for touch in range(low, high + 1):
        symbol = channels[touch] + 1 if touch < high else outcome
        key = (context * base + symbol) * groups + group
        if len(table):
            table[key] += 1
        else:
            keys[filled] = key
            filled += 1
        context = symbol if contexts == base else (context * base + symbol) % contexts
    return filled


@kernel
def attribute(
    code: Any,
    at_us: Any,
    offset: Any,
    first: int,
    last: int,
    kind_of: Any,
    label: Any,
    channel_of: Any,
    worth: Any,
    worth_of: Any,
    person: Any,
    group: Any,
    every: bool,
    lookback_us: int,
    first_share: float,
    last_share: float,
    half_life_us: float,
    order: int,
    credits: Any,
    counts: Any,
    totals: Any,
    table: Any,
    keys: Any,
    wanted: int,
    found: Any,
) -> int:
    """Credit every conversion; returns how many ``keys`` were noted.

    ``kind_of``, ``label``, ``worth`` as in ``survey``; ``channel_of`` int32 [n_labels + 1] gives the channel (from 0)
    of a label, its last place -1; ``worth_of`` int64 [n_worths + 1] a value in whole units. ``person`` and ``group``
    int64 [paths] are those of the path. Adds to

    - ``credits`` int64 [groups, RULES, channels + 1, 2]: conversions in ``UNIT``s and value in its units; the last
      channel is that of conversions without a touch;
    - ``counts`` int64 [channels + 1, 3]: touches that count, conversions with at least one, and their persons;
    - ``totals`` int64 [5]: conversions, their persons, journeys without conversion, conversions without a value,
      conversions without a touch;
    - ``table`` or ``keys``: the steps of all journeys, see ``note_grams``.

    Sets ``found`` uint8 [paths] (when it has rows) to 1 where a conversion has a touch of the channel ``wanted``.
    """
    n_channels = counts.shape[0] - 1
    groups = credits.shape[0]
    base = n_channels + 3
    contexts = base**order
    longest = 0
    for path in range(first, last):
        longest = max(longest, offset[path + 1] - offset[path])
    channels = np.empty(longest + 1, dtype=np.int64)
    times = np.empty(longest + 1, dtype=np.int64)
    shares = np.empty(longest + 1, dtype=np.int64)
    weights = np.empty(longest + 1, dtype=np.float64)
    stamps = np.full(n_channels + 1, -1, dtype=np.int64)
    counted = np.full(n_channels + 1, -1, dtype=np.int64)
    persons = np.full(n_channels + 1, -1, dtype=np.int64)
    converted = -1
    filled = 0
    journey = 0
    for path in range(first, last):
        row = path - first
        who = person[row]
        n = 0
        low = 0
        open_journey = True
        for place in range(offset[path], offset[path + 1]):
            name = np.int64(code[place])
            kind = kind_of[name]
            if kind == TOUCH:
                channel = np.int64(channel_of[np.int64(label[place]) if len(label) else name])
                if channel >= 0:
                    channels[n] = channel
                    times[n] = at_us[place]
                    n += 1
            elif kind == CONVERSION:
                journey += 1
                known = np.int64(worth[place]) if len(worth) else -1
                value = worth_of[known]
                while low < n and at_us[place] - times[low] > lookback_us:
                    low += 1
                totals[0] += 1
                totals[1] += converted != who
                converted = who
                totals[3] += known < 0
                if low == n:
                    totals[4] += 1
                    for rule in range(RULES):
                        credits[group[row], rule, n_channels, 0] += UNIT
                        credits[group[row], rule, n_channels, 1] += value
                    counts[n_channels, 1] += 1
                    counts[n_channels, 2] += persons[n_channels] != who
                    persons[n_channels] = who
                    if len(found) and wanted == n_channels:
                        found[row] = 1
                else:
                    credit_journey(
                        credits[group[row]],
                        channels,
                        times,
                        shares,
                        weights,
                        stamps,
                        journey,
                        low,
                        n,
                        value,
                        first_share,
                        last_share,
                        half_life_us,
                    )
                    for touch in range(low, n):
                        channel = channels[touch]
                        counts[channel, 0] += 1
                        counts[channel, 1] += counted[channel] != journey
                        counted[channel] = journey
                        counts[channel, 2] += persons[channel] != who
                        persons[channel] = who
                        if len(found) and wanted == channel:
                            found[row] = 1
                    if order:
                        filled = note_grams(
                            table,
                            keys,
                            filled,
                            channels,
                            low,
                            n,
                            base - 2,
                            base,
                            contexts,
                            group[row],
                            groups,
                        )
                n = 0
                low = 0
                if not every:
                    open_journey = False
                    break
        if open_journey and n > 0:
            totals[2] += 1
            while times[n - 1] - times[low] > lookback_us:
                low += 1
            if order:
                filled = note_grams(
                    table, keys, filled, channels, low, n, base - 1, base, contexts, group[row], groups
                )
    return filled
