"""Finding a pattern in a part of an index."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.parts import Part
from hamsafar.journeys.patterns.tables import Matcher, States, Threads

Spans = npt.NDArray[np.int64]


def matches(matcher: Matcher, part: Part, *, only_first: bool = False) -> Spans:
    """The matches in the paths of a part, in order: path, begin and end (exclusive) as places in its index.

    int64 [matches, 3]. Matches of a path do not overlap: of all that begin at or after the end of the one before, the
    one that ends first is taken, and of those the one that begins first. With ``only_first`` at most one a path.
    """
    from hamsafar.journeys.kernels.automata import match_states, match_threads

    index = part.index
    found: Spans
    paths = np.arange(part.first, part.last, dtype=np.int64)
    if matcher.ahead is not None and matcher.back is not None:
        found = match_states(
            index.code,
            index.at_us,
            index.offset,
            part.first,
            part.last,
            matcher.class_of,
            matcher.gaps_us,
            matcher.ahead.table,
            _marks(matcher.ahead),
            matcher.back.table,
            _marks(matcher.back),
            only_first or matcher.clocks,
        )
        if not matcher.clocks:
            return found
        # Where there is no match but for the limits, there is none with them.
        paths = found[:, 0].copy()
    found = match_threads(
        index.code,
        index.at_us,
        index.offset,
        paths,
        matcher.class_of,
        matcher.fits,
        matcher.groups,
        matcher.limits_us,
        *_arrays(matcher.threads_ahead),
        *_arrays(matcher.threads_back),
        only_first,
    )
    return found


def _marks(states: States) -> npt.NDArray[np.int64]:
    return np.array(
        [states.begin, states.inside, states.at_border, states.accepting, states.dead], dtype=np.int64
    )


def _arrays(threads: Threads) -> tuple[npt.NDArray[Any], ...]:
    return threads.offset, threads.edges, threads.begin, threads.accept
