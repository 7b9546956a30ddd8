"""Finding a pattern in a part of an index."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.parts import Part
from hamsafar.journeys.patterns.tables import Matcher, States

Spans = npt.NDArray[np.int64]

_LEAST_ROOM = 1_024


def matches(matcher: Matcher, part: Part, *, only_first: bool = False) -> Spans:
    """The matches in the paths of a part, in order: path, begin and end (exclusive) as places in its index.

    int64 [matches, 3]. Matches of a path do not overlap: of all that begin at or after the end of the one before, the
    one that ends first is taken, and of those the one that begins first. With ``only_first`` at most one a path.
    """
    from hamsafar.journeys.kernels.automata import match_threads

    index = part.index
    found: Spans = np.empty((0, 3), dtype=np.int64)
    left = np.arange(part.first, part.last, dtype=np.int64)
    if matcher.ahead is not None and matcher.back is not None:
        found, left = _by_states(matcher, part, only_first=only_first or matcher.clocks)
        if matcher.clocks:
            # Where there is no match but for the limits inside, there is none with them.
            found, left = found[:0], np.union1d(found[:, 0], left)
    if len(left):
        ahead, back = matcher.threads_ahead, matcher.threads_back
        by_threads = match_threads(
            index.code,
            index.at_us,
            index.offset,
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


def _by_states(matcher: Matcher, part: Part, *, only_first: bool) -> tuple[Spans, npt.NDArray[np.int64]]:
    """The matches that the tables find, and the paths that they give up, ascending int64."""
    from hamsafar.journeys.kernels.automata import match_states

    assert matcher.ahead is not None
    assert matcher.back is not None
    index, path = part.index, part.first
    # Room is only an address until it is written to, so it is made for more matches than most patterns have.
    room = part.n_events // 4 + _LEAST_ROOM
    filled = [np.empty((0, 3), dtype=np.int64)]
    while path < part.last:
        found: Spans = np.empty((room, 3), dtype=np.int64)
        n, path = match_states(
            index.code,
            index.at_us,
            index.offset,
            path,
            part.last,
            matcher.class_of,
            matcher.gaps_us,
            matcher.within_us,
            matcher.ahead.table,
            _marks(matcher.ahead),
            matcher.back.table,
            _marks(matcher.back),
            only_first,
            found,
        )
        filled.append(found[:n])
        room *= 2
    spans = filled[1] if len(filled) == 2 else np.concatenate(filled)
    given_up = spans[:, 1] < 0
    if given_up.any():
        return spans[~given_up], spans[given_up, 0]
    return spans, np.empty(0, dtype=np.int64)


def _marks(states: States) -> npt.NDArray[np.int64]:
    return np.array(
        [states.begin, states.inside, states.at_border, states.accepting, states.dead], dtype=np.int64
    )
