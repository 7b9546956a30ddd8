"""The loops behind the funnel: how far each path comes, by which run, and when.

All three take ``kind`` uint8 [n_names], 0 for names the funnel does not look at, 1 for steps, 2 for excluded ones, and
``steps_of`` int64 [n_names], with bit k set when the name is step k. They fill ``reached`` uint8 [paths], the number
of steps reached, and, of paths that reach one, ``began`` and ``done`` int64 [paths], the places of the first and of the
last event of the run. To ``times`` [2, n_steps, buckets] they add the time of each reached step from the first one,
from the second step on, and that since the step before, from the third on: the rest follows from ``reached``. If
``exact`` int64 [paths, n_steps] has rows, the former is written there too.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from hamsafar.journeys.kernels import kernel
from hamsafar.journeys.kernels.histogram import bucket_of

_NEVER = np.iinfo(np.int64).min


@kernel
def ordered_runs(
    code: Any,
    at_us: Any,
    offset: Any,
    first: int,
    last: int,
    kind: Any,
    steps_of: Any,
    n_steps: int,
    window_us: int,
    reached: Any,
    began: Any,
    done: Any,
    times: Any,
    exact: Any,
) -> None:
    """Steps in order, others may lie between, excluded ones may not.

    First pass: ``latest[k]`` is the latest first step from which step k has been reached so far. It serves
    every later event best, because the window counts from the first step only; and since times do not go
    back, one number a step is enough. An excluded event makes all of them useless. Second pass: the first event that
    completed the furthest step is at ``end_of_run``; of the first steps within the window before it, the earliest
    (since the last excluded event) is the run's beginning: whatever a later first step can use, an earlier one can.
    Each step is the next one after it. Nearly always that is the very first first step, and then each step is where
    it was reached first, which ``stamp`` knows.
    """
    latest = np.empty(n_steps, dtype=np.int64)
    stamp = np.empty(n_steps, dtype=np.int64)
    one = np.uint64(1)
    for path in range(first, last):
        place, end = np.uint64(offset[path]), np.uint64(offset[path + 1])
        # Most events are no step: nothing but looking for the first step costs anything up to there.
        while place < end and not (steps_of[code[place]] & 1):
            place += one
        row = path - first
        if place == end:
            reached[row] = 0
            continue
        furthest = 1
        end_of_run = place
        first_step = place  # the first one since the last excluded event
        start = place  # what it was when the furthest step was reached
        very_first = place
        alive = True
        latest[0] = at_us[place]
        stamp[0] = latest[0]
        for step in range(1, n_steps):
            latest[step] = _NEVER
        place += one
        while place < end and furthest < n_steps:
            what = kind[code[place]]
            if what == 0:
                place += one
                continue
            if what == 2:
                if alive:
                    for step in range(furthest):
                        latest[step] = _NEVER
                    alive = False
                place += one
                continue
            steps = steps_of[code[place]]
            now = at_us[place]
            # From the last step down: one event cannot be two steps of one run.
            for step in range(min(furthest, n_steps - 1), 0, -1):
                since = latest[step - 1]
                if (steps >> step) & 1 and since != _NEVER and now - since <= window_us:
                    if since > latest[step]:
                        latest[step] = since
                    if step + 1 > furthest:
                        furthest = step + 1
                        end_of_run = place
                        start = first_step
                        stamp[step] = now
            if steps & 1:
                if not alive:
                    alive = True
                    first_step = place
                latest[0] = now
            place += one
        reached[row] = furthest
        done[row] = end_of_run
        place = start
        if furthest > 1 and (start != very_first or at_us[end_of_run] - stamp[0] > window_us):
            while not (steps_of[code[place]] & 1) or at_us[end_of_run] - at_us[place] > window_us:
                place += one
            began[row] = place
            for step in range(furthest):
                while not (steps_of[code[place]] >> step) & 1:
                    place += one
                stamp[step] = at_us[place]
                place += one
        else:
            began[row] = start
        for step in range(1, furthest):
            times[0, step, bucket_of(stamp[step] - stamp[0])] += 1
            if step > 1:
                times[1, step, bucket_of(stamp[step] - stamp[step - 1])] += 1
        if len(exact):
            for step in range(furthest):
                exact[row, step] = stamp[step] - stamp[0]


@kernel
def strict_runs(
    code: Any,
    at_us: Any,
    offset: Any,
    first: int,
    last: int,
    kind: Any,
    steps_of: Any,
    n_steps: int,
    window_us: int,
    reached: Any,
    began: Any,
    done: Any,
    times: Any,
    exact: Any,
) -> None:
    """Steps directly one after the other; of the runs that come furthest, the first one counts."""
    for path in range(first, last):
        row = path - first
        end = offset[path + 1]
        furthest = 0
        for place in range(offset[path], end):
            if not (steps_of[np.int64(code[place])] & 1):
                continue
            length = 1
            while (
                length < n_steps
                and place + length < end
                and (steps_of[np.int64(code[place + length])] >> length) & 1
                and at_us[place + length] - at_us[place] <= window_us
            ):
                length += 1
            if length > furthest:
                furthest = length
                began[row] = place
                if furthest == n_steps:
                    break
        reached[row] = furthest
        if furthest == 0:
            continue
        place = began[row]
        done[row] = place + furthest - 1
        for step in range(1, furthest):
            taken = at_us[place + step] - at_us[place]
            times[0, step, bucket_of(taken)] += 1
            if step > 1:
                times[1, step, bucket_of(at_us[place + step] - at_us[place + step - 1])] += 1
            if len(exact):
                exact[row, step] = taken


@kernel
def any_order_runs(
    code: Any,
    at_us: Any,
    offset: Any,
    first: int,
    last: int,
    kind: Any,
    steps_of: Any,
    n_steps: int,
    window_us: int,
    reached: Any,
    began: Any,
    done: Any,
    times: Any,
    exact: Any,
) -> None:
    """The first k steps in any order, all within the window; two steps have all of their names in common or none.

    ``latest[k]`` is the place of the last event that may be step k, of equal steps the last one's for the first, that
    of the one before for the second, and so on: no other choice spans less time. The time of step k is that between
    the earliest and the latest of the first k.
    """
    latest = np.empty(n_steps, dtype=np.int64)
    run = np.empty(n_steps, dtype=np.int64)
    for path in range(first, last):
        row = path - first
        latest[:] = -1
        furthest = 0
        for place in range(offset[path], offset[path + 1]):
            what = kind[np.int64(code[place])]
            if what == 0:
                continue
            if what == 2:
                latest[:] = -1
                continue
            steps = steps_of[np.int64(code[place])]
            newest = place
            for step in range(n_steps):
                if (steps >> step) & 1:
                    older = latest[step]
                    latest[step] = newest
                    newest = older
            low = high = np.int64(0)
            for step in range(n_steps):
                if latest[step] < 0:
                    break
                low = latest[step] if step == 0 else min(low, latest[step])
                high = latest[step] if step == 0 else max(high, latest[step])
                if at_us[high] - at_us[low] > window_us:
                    break
                if step + 1 > furthest:
                    furthest = step + 1
                    done[row] = place
                    began[row] = low
                    run[:furthest] = latest[:furthest]
            if furthest == n_steps:
                break
        reached[row] = furthest
        low = high = run[0]
        before = np.int64(0)
        for step in range(furthest):
            low = min(low, run[step])
            high = max(high, run[step])
            taken = at_us[high] - at_us[low]
            if step > 0:
                times[0, step, bucket_of(taken)] += 1
            if step > 1:
                times[1, step, bucket_of(taken - before)] += 1
            if len(exact):
                exact[row, step] = taken
            before = taken
