"""The loop behind the funnel."""

from __future__ import annotations

from typing import Any

import numpy as np

from hamsafar.journeys.kernels import kernel
from hamsafar.journeys.kernels.histogram import bucket_of

_NEVER = np.iinfo(np.int64).min


@kernel
def funnel_runs(
    code: Any,
    at_us: Any,
    offset: Any,
    first: int,
    last: int,
    steps_of: Any,
    n_steps: int,
    window_us: int,
    reached: Any,
    times: Any,
    exact: Any,
) -> None:
    """How far each person comes, and when.

    ``steps_of`` int64 [n_names] has bit k set when the name is step k. Fills ``reached`` uint8 [persons] with
    the number of steps reached, adds the time from step 1 to each reached step to ``times`` [n_steps,
    buckets], and, if ``exact`` int64 [persons, n_steps] has rows, writes it there too.

    First pass: ``latest[k]`` is the latest first step from which step k has been reached so far. It serves
    every later event best, because the window counts from the first step only; and since times do not go
    back, one number a step is enough. Second pass: the first event that completed the furthest step is at
    ``done``; of the first steps within the window before it, the earliest is the run's beginning (whatever a
    later first step can use, an earlier one can), and each step is the next one after it.
    """
    latest = np.empty(n_steps, dtype=np.int64)
    for person in range(first, last):
        begin, end = offset[person], offset[person + 1]
        furthest = 0
        done = begin
        latest[:] = _NEVER
        for place in range(begin, end):
            steps = steps_of[np.int64(code[place])]
            if steps == 0:
                continue
            now = at_us[place]
            # From the last step down: one event cannot be two steps of one run.
            for step in range(min(furthest, n_steps - 1), 0, -1):
                if (steps >> step) & 1 and now - latest[step - 1] <= window_us:
                    if latest[step - 1] > latest[step]:
                        latest[step] = latest[step - 1]
                    if step + 1 > furthest:
                        furthest = step + 1
                        done = place
            if steps & 1:
                latest[0] = now
                if furthest == 0:
                    furthest = 1
                    done = place
        row = person - first
        reached[row] = furthest
        if furthest == 0:
            continue
        place = begin
        while not (steps_of[np.int64(code[place])] & 1) or at_us[done] - at_us[place] > window_us:
            place += 1
        began = at_us[place]
        step = 0
        while step < furthest:
            if (steps_of[np.int64(code[place])] >> step) & 1:
                taken = at_us[place] - began
                times[step, bucket_of(taken)] += 1
                if len(exact):
                    exact[row, step] = taken
                step += 1
            place += 1
