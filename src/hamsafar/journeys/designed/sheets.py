"""Rates and quantiles as plain columns of a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hamsafar.journeys.designed.quantiles import Quantiles
from hamsafar.lib.intervals import Rate

Columns = dict[str, list[Any]]


def rate_columns(name: str, rates: Sequence[Rate]) -> Columns:
    """The values, their 95% intervals and their n."""
    return {
        name: [rate.value for rate in rates],
        f"{name}_low": [rate.low for rate in rates],
        f"{name}_high": [rate.high for rate in rates],
        f"{name}_n": [rate.n for rate in rates],
    }


def time_columns(times: Sequence[Quantiles | None]) -> Columns:
    """Median and other quantiles in seconds, and of how many; None has none."""
    quantiles = {"median": "p50", "p25": "p25", "p75": "p75", "p90": "p90"}
    return {
        **{
            f"{name}_seconds": [None if one is None else getattr(one, field) for one in times]
            for name, field in quantiles.items()
        },
        "timed": [0 if one is None else one.n for one in times],
    }
