"""Finding a pattern in a part of an index."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.parts import Part
from hamsafar.journeys.patterns.tables import Matcher, States

Spans = npt.NDArray[np.int64]


def matches(matcher: Matcher, part: Part, *, only_first: bool = False) -> Spans:
    """The matches in the paths of a part, in order: path, begin and end (exclusive) as places in its index.

    int64 [matches, 3]. Matches of a path do not overlap: of all that begin at or after the end of the one before, the
    one that ends first is taken, and of those the one that begins first. With ``only_first`` at most one a path.
    """
    from hamsafar.journeys.kernels.automata import match_states, match_threads

    index = part.index
    arrays = (index.code, index.at_us, index.offset)
    found: Spans = np.empty((0, 3), dtype=np.int64)
    left = np.arange(part.first, part.last, dtype=np.int64)
    if matcher.ahead is not None and matcher.back is not None:
        found, left = match_states(
            *arrays,
            part.first,
            part.last,
            matcher.class_of,
            matcher.gaps_us,
            matcher.within_us,
            matcher.ahead.table,
            _marks(matcher.ahead),
            matcher.back.table,
            _marks(matcher.back),
            only_first or matcher.clocks,
        )
        if matcher.clocks:
            # Where there is no match but for the limits inside, there is none with them.
            found, left = found[:0], np.union1d(found[:, 0], left)
    if len(left):
        ahead, back = matcher.threads_ahead, matcher.threads_back
        by_threads = match_threads(
            *arrays,
            left,
            matcher.class_of,
            matcher.fits,
            matcher.groups,
            matcher.limits_us,
            ahead.offset,
            ahead.edges,
            ahead.begin,
            ahead.accept,
            back.offset,
            back.edges,
            back.begin,
            back.accept,
            only_first,
        )
        found = np.concatenate([found, by_threads])
        found = found[np.argsort(found[:, 0], kind="stable")]
    return found


def _marks(states: States) -> npt.NDArray[np.int64]:
    return np.array(
        [states.begin, states.inside, states.at_border, states.accepting, states.dead], dtype=np.int64
    )
