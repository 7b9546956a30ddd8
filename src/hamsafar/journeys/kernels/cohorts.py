"""Loops over persons from a first event on: who comes back, and after how long."""

from __future__ import annotations

from typing import Any

import numpy as np

from hamsafar.journeys.kernels import kernel
from hamsafar.journeys.kernels.histogram import bucket_of


@kernel
def period_of(starts_us: Any, at_us: int) -> int:
    """The last period that begins at or before ``at_us``; ``starts_us`` int64 [periods + 1], ascending, around it.

    Periods are nearly equally long, so the right one is near where it would be if they were.
    """
    n = len(starts_us) - 1
    along = float(at_us - starts_us[0]) / float(starts_us[n] - starts_us[0])
    period = min(int(along * n), n - 1)
    while starts_us[period] > at_us:
        period -= 1
    while starts_us[period + 1] <= at_us:
        period += 1
    return period


@kernel
def returns(
    code: Any,
    at_us: Any,
    offset: Any,
    first: int,
    last: int,
    begins: Any,
    comes_back: Any,
    starts_us: Any,
    furthest: int,
    unbounded: bool,
    sorted_times: bool,
    came: Any,
    cohort: Any,
    wanted: int,
) -> None:
    """Who of the persons ``first`` to ``last`` came back, by cohort and by periods since.

    ``begins`` and ``comes_back`` bool [n_names] say which names begin and which are a return; empty: all. ``offset``
    is that of persons; without ``sorted_times`` their events lie in several paths, each sorted. Adds to ``came`` int64
    [periods, furthest + 2]: in column 0 the persons of the cohort, in column k + 1 those who came back in period
    k (``unbounded``: in k or later). If ``cohort`` int64 [persons] has rows, writes each person's cohort (-1: none),
    and keeps only those who came back in period ``wanted``, as others -2 - cohort.
    """
    seen = np.full(furthest + 1, -1, dtype=np.int64)
    for person in range(first, last):
        begin, end = offset[person], offset[person + 1]
        start = end
        for place in range(begin, end):
            if len(begins) and not begins[np.int64(code[place])]:
                continue
            if start == end or at_us[place] < at_us[start]:
                start = place
            if sorted_times:
                break
        row = person - first
        if start == end:
            if len(cohort):
                cohort[row] = -1
            continue
        own = period_of(starts_us, at_us[start])
        came[own, 0] += 1
        latest = -1
        hit = False
        for place in range(start + 1 if sorted_times else begin, end):
            if (
                place == start
                or at_us[place] < at_us[start]
                or (place < start and at_us[place] == at_us[start])
            ):
                continue
            if len(comes_back) and not comes_back[np.int64(code[place])]:
                continue
            # The next period is looked at first: most events are in the one of the event before, or soon after.
            period = own + max(latest, 0)
            if not starts_us[period] <= at_us[place] < starts_us[period + 1]:
                period = period_of(starts_us, at_us[place])
            since = period - own
            if sorted_times and not unbounded and since > furthest:
                break
            latest = max(latest, since)
            if not unbounded:
                if since <= furthest and seen[since] != person:
                    seen[since] = person
                    came[own, since + 1] += 1
                hit |= since == wanted
        if unbounded:
            for since in range(min(latest, furthest) + 1):
                came[own, since + 1] += 1
            hit = latest >= wanted
        if len(cohort):
            cohort[row] = own if hit else -2 - own


@kernel
def first_to_next(
    code: Any,
    at_us: Any,
    offset: Any,
    first: int,
    last: int,
    role: Any,
    data_end_us: int,
    taken: Any,
    place_of: Any,
) -> None:
    """From each path's first start to the next end after it.

    ``role`` uint8 [n_names] has bit 1 for a start, bit 2 for an end. Fills ``taken`` int64 [paths]: the microseconds
    until the end; where there is none, -2 minus those until the end of the data; -1 without a start; and ``place_of``
    int64 [paths]: where the start is.
    """
    for path in range(first, last):
        row = path - first
        taken[row] = -1
        place_of[row] = -1
        end = offset[path + 1]
        place = offset[path]
        while place < end and not role[np.int64(code[place])] & 1:
            place += 1
        if place == end:
            continue
        began = at_us[place]
        place_of[row] = place
        taken[row] = -2 - (data_end_us - began)
        place += 1
        while place < end:
            if role[np.int64(code[place])] & 2:
                taken[row] = at_us[place] - began
                break
            place += 1


@kernel
def count_times(taken: Any, group: Any, counted: Any) -> None:
    """Add times, as ``first_to_next`` gives them, to ``counted`` int64 [groups, 2, buckets]."""
    for place in range(len(taken)):
        time = taken[place]
        if time >= 0:
            counted[group[place], 0, bucket_of(time)] += 1
        else:
            counted[group[place], 1, bucket_of(-2 - time)] += 1


@kernel
def counted_times(reached: Any, censored: Any) -> Any:
    """The different times of two sorted arrays, ascending, and how many of each have it; the latter int64."""
    n = len(reached) + len(censored)
    times = np.empty(n, dtype=reached.dtype)
    counts = np.zeros((2, n), dtype=np.int64)
    one, other, filled = 0, 0, 0
    while one < len(reached) or other < len(censored):
        if other == len(censored) or (one < len(reached) and reached[one] <= censored[other]):
            time = reached[one]
        else:
            time = censored[other]
        times[filled] = time
        while one < len(reached) and reached[one] == time:
            counts[0, filled] += 1
            one += 1
        while other < len(censored) and censored[other] == time:
            counts[1, filled] += 1
            other += 1
        filled += 1
    return times[:filled].copy(), counts[0, :filled].copy(), counts[1, :filled].copy()
