"""Compiling ahead: the first question of a fresh installation should not wait for a compiler."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pyarrow as pa

from hamsafar.journeys.askable import P
from hamsafar.journeys.funnel.view import ORDERS
from hamsafar.journeys.index import PathIndex
from hamsafar.journeys.parts import Part
from hamsafar.lib.conditions import Condition

# Numba compiles a kernel for each width of the event codes (up to 256 names, and more), and transitions are counted
# in a table or, between many names, by sorting.
_NAMES = (3, 60, 300)
_DAY_US = 86_400_000_000


class _InTwoParts(PathIndex):
    """Paths that are asked in two parts, however few they are, so that merging is compiled too."""

    def reduce(
        self, function: Callable[[Part], P], merge: Callable[[P, P], P], parts: int | None = None
    ) -> P:
        return super().reduce(function, merge, parts or 2)


def small_indexes() -> Iterator[PathIndex]:
    """Tiny indexes of a few persons, ``e000``, ``e001``, ... a day apart, for each way in which kernels are called."""
    for n_names in _NAMES:
        whole = [f"e{number:03}" for number in range(n_names)]
        paths = {"p": whole, "q": whole, "r": whole[:2] * 3, "s": whole[:1]}
        days = [[number * _DAY_US for number in range(len(path))] for path in paths.values()]
        channels = [
            ["web", "app", None][number % 3] for path in paths.values() for number in range(len(path))
        ]
        yield _InTwoParts.from_arrays(
            [person for person, path in paths.items() for _ in path],
            [name for path in paths.values() for name in path],
            [day for path in days for day in path],
            {"channel": channels},
        )


def warm() -> None:
    """Asks every question once; the machine code is kept on disk, so that it is there at the next start too."""
    warm_merge()
    for index in small_indexes():
        for ask in (*_QUESTIONS, *_CUT_QUESTIONS, *_persons()):
            ask(index)
        for cut in (index.by_session(3_600), index.by_instance("e000"), index.by_instance(column="channel")):
            for ask in _CUT_QUESTIONS:
                ask(cut)


_CUT_QUESTIONS: tuple[Callable[[PathIndex], object], ...] = (
    lambda index: index.overview(),
    lambda index: index.transitions(),
    lambda index: index.variants(),
    lambda index: [index.funnel(["e000", "e001"], order=order) for order in ORDERS],
)

_QUESTIONS: tuple[Callable[[PathIndex], object], ...] = (
    lambda index: index.pattern("e000 -> ... -> e001 within 2d"),
    lambda index: index.pattern("(e000 -> e001 within 2d) -> ..."),
    lambda index: index.pattern("(!e001)+ -> e001"),
    lambda index: index.funnel(["e000", "e001"], 3_600, exclude=["e002"], breakdown="channel"),
    lambda index: index.where("e000 -> e001").overview(),
    lambda index: index.flow("e000"),
    lambda index: index.flow("e000 -> e001"),
    lambda index: index.retention(),
    lambda index: index.survival("e000", "e001"),
    lambda index: index.survival("e000", "e001", by="channel"),
    lambda index: index.correlates("e001", min_paths=1, properties=["channel"]),
    lambda index: index.compare(index, "overview"),
    lambda index: index.attribution("e001", "channel"),
    lambda index: index.attribution("e001", None, touches=["e000"], value=None),
    lambda index: index.next_step("p"),
    lambda index: index.next_step_evaluation(),
    lambda index: index.what_if("e001"),
    lambda index: index.select(to_us=_DAY_US, conditions=[Condition("channel", "=", "web")]),
    lambda index: index.persons_where([Condition("channel", "=", "web")]),
)


def _persons() -> tuple[Callable[[PathIndex], object], ...]:
    """Those behind the numbers."""
    from hamsafar.journeys.flow import flow_persons
    from hamsafar.journeys.funnel import funnel_persons
    from hamsafar.journeys.transitions import transitions_persons
    from hamsafar.journeys.variants import variant_persons

    steps = ["e000", "e001"]
    return (
        lambda index: transitions_persons(index, *steps),
        lambda index: variant_persons(index, steps),
        lambda index: funnel_persons(index, steps, None, 1),
        lambda index: flow_persons(index, "e000", 1, "e001"),
    )


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
