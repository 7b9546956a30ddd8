"""Survival in plain Python: who is watched for how long, and the product of Kaplan and Meier in fractions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hamsafar.journeys.tests.naive import Path
from hamsafar.journeys.tests.naive_marks import spans


def watched(
    paths: Sequence[Path], start: str, end: str, data_end_us: int
) -> dict[int, tuple[int, bool, int]]:
    """Of the paths with a start (by number): microseconds, whether the end was reached, the start's place."""
    found = {}
    for number, path in enumerate(paths):
        begins = [stop - 1 for _, stop in spans(path, start)]
        if not begins:
            continue
        began = path[begins[0]].at_us
        ends = [path[stop - 1].at_us for _, stop in spans(path, end) if stop - 1 > begins[0]]
        found[number] = (
            (ends[0] - began, True, begins[0]) if ends else (data_end_us - began, False, begins[0])
        )
    return found


def survival(times: Sequence[tuple[int, bool]]) -> dict[int, tuple[int, int, Fraction]]:
    """For each time at which something happens: at risk, how many arrive, the share not there yet."""
    rows = {}
    share = Fraction(1)
    for time in sorted({time for time, _ in times}):
        at_risk = sum(other >= time for other, _ in times)
        arrive = sum(other == time and reached for other, reached in times)
        share *= 1 - Fraction(arrive, at_risk)
        rows[time] = (at_risk, arrive, share)
    return rows
