"""Compiling ahead: the first question of a fresh installation should not wait for a compiler."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from hamsafar.journeys.index import PathIndex

# Numba compiles a kernel for each width of the event codes (up to 256 names, and more), and transitions are counted
# in a table or, between many names, by sorting.
_NAMES = (3, 60, 300)
_DAY_US = 86_400_000_000


def small_indexes() -> Iterator[PathIndex]:
    """Tiny indexes of one path each, ``e000``, ``e001``, ... a day apart, for each way in which kernels are called."""
    for n_names in _NAMES:
        names = [f"e{number:03}" for number in range(n_names)]
        days = [number * _DAY_US for number in range(n_names)]
        yield PathIndex.from_arrays(["p"] * n_names, names, days)


def warm() -> None:
    """Asks every question once; the machine code is kept on disk, so that it is there at the next start too."""
    from hamsafar.journeys.flow import flow_persons
    from hamsafar.journeys.funnel import funnel_persons
    from hamsafar.journeys.transitions import transitions_persons
    from hamsafar.journeys.variants import variant_persons

    for index in small_indexes():
        steps = list(index.names[:2])
        index.overview()
        index.transitions()
        index.variants()
        index.funnel(steps, None)
        index.pattern(f"{steps[0]} -> ... -> {steps[1]} within 2d")
        index.flow(steps[0])
        flow_persons(index, steps[0], 1, steps[1])
        index.pattern(f"({steps[0]} -> {steps[1]} within 2d) -> ...")
        index.retention()
        index.survival(*steps)
        index.correlates(steps[1], min_paths=1)
        index.compare(index, "overview")
        transitions_persons(index, *steps)
        variant_persons(index, steps)
        funnel_persons(index, steps, None, 1)
    warm_merge()


def warm_merge() -> None:
    """Merges tiny indexes, so that the first import into a large one does not wait for the compiler."""
    from hamsafar.journeys.columns import sorted_arrays
    from hamsafar.journeys.merge import Merge, places_in

    for n_names in (3, 300):
        names = [f"e{number:03}" for number in range(n_names)]
        sides = [
            sorted_arrays(
                pa.table(
                    {
                        "person": pa.array([person] * n_names, pa.large_string()),
                        "name": pa.array(names, pa.large_string()),
                        "at_us": np.arange(n_names),
                    }
                )
            )[0]
            for person in ("p", "q")
        ]
        merge = Merge.of(*sides)
        arrays = {name: np.empty(length, dtype) for name, (dtype, length) in merge.shapes().items()}
        merge.fill(arrays)
        places_in(arrays, sides[1])
