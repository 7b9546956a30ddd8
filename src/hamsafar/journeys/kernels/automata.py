"""Loops that find the matches of a pattern.

A match is a stretch ``[begin, end)`` of a path. Of all that begin at or after ``segment``, the one that ends first is
taken, and of those the one that begins first; the next segment begins where it ends. So one run ahead finds the end and
one run back from there, over the same events, the beginning: together at most two looks at each event.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from hamsafar.journeys.kernels import kernel

ALWAYS, AT_BORDER, NO_LIMIT = 1, 2, 2**62  # as in patterns.automaton

_LONG_AGO = np.iinfo(np.int64).min // 4


@kernel
def gap_class(gap: int, gaps_us: Any) -> Any:
    """How many of the sorted limits ``gap`` exceeds, uint64."""
    found = np.uint64(0)
    while found < len(gaps_us) and gap > gaps_us[found]:
        found += np.uint64(1)
    return found


@kernel
def longer(values: Any) -> Any:
    """``values`` with room for as many again."""
    grown = np.empty((2 * values.shape[0], values.shape[1]), dtype=values.dtype)
    grown[: values.shape[0]] = values
    return grown


@kernel
def match_states(
    code: Any,
    at_us: Any,
    offset: Any,
    first: int,
    last: int,
    class_of: Any,
    gaps_us: Any,
    within_us: int,
    ahead: Any,
    ahead_marks: Any,
    back: Any,
    back_marks: Any,
    only_first: bool,
    found: Any,
) -> Any:
    """Matches by the tables of ``patterns.tables.States``; marks are begin, inside, at_border, accepting, dead.

    Writes path, begin and end as places in the index to ``found`` int64 [room, 3], with ``only_first`` at most one a
    path; returns how many rows are filled, and the first path that is not done, as there was no room for its matches
    (``last``: all are done). A match may take ``within_us``. Where one ends that takes longer, a later beginning is
    looked for; a path in which that happens so often that the time would grow with the square of its length is given
    up and has one row, with -1 for begin and end: the threads take it.
    """
    # All in one, as a call for every path would take longer than looking at its events. Numbers are unsigned, or every
    # look into a table would first ask whether it is to be counted from the end.
    timed = len(gaps_us) > 0
    limited = within_us < NO_LIMIT
    n_gaps = np.uint64(len(gaps_us) + 1)
    at_border, accepting, dead = (
        np.uint64(ahead_marks[2]),
        np.uint64(ahead_marks[3]),
        np.uint64(ahead_marks[4]),
    )
    back_border, back_accepting = np.uint64(back_marks[2]), np.uint64(back_marks[3])
    back_dead = np.uint64(back_marks[4])
    n = 0
    for path in range(first, last):
        begin, end = np.uint64(offset[path]), np.uint64(offset[path + 1])
        segment = begin
        state = np.uint64(ahead_marks[0])
        looks = 64 + 4 * np.int64(end - begin)
        of_path = n
        for place in range(begin, end):
            symbol = np.uint64(class_of[code[place]])
            if timed:
                symbol *= n_gaps
                if place > segment:
                    symbol += gap_class(at_us[place] - at_us[place - np.uint64(1)], gaps_us)
            after = np.uint64(ahead[state + symbol])
            stop = place + np.uint64(1)
            if after < accepting and (after < at_border or stop < end):
                # Most events leave the state as it is: asked whether they do, the processor goes on before it knows,
                # which it could not if every state were needed to look up the next.
                if after != state:
                    state = after
                    if after == dead:
                        break
                continue
            # A match ends here. Back from here, the longest that may.
            earliest = stop
            oldest = at_us[place] - within_us if limited else np.int64(0)
            looking = np.uint64(back_marks[0] if stop == end else back_marks[1])
            past = stop
            while past > segment:
                past -= np.uint64(1)
                if limited and at_us[past] < oldest:
                    break
                symbol = np.uint64(class_of[code[past]])
                if timed:
                    symbol *= n_gaps
                    if past < place:
                        symbol += gap_class(at_us[past + np.uint64(1)] - at_us[past], gaps_us)
                looking = np.uint64(back[looking + symbol])
                if looking == back_dead:
                    break
                if looking >= back_accepting or (looking >= back_border and past == begin):
                    earliest = past
            if earliest == stop:
                state = after
                looks -= np.int64(stop - past)
                if looks < 0:
                    n = of_path
                    if n == len(found):
                        return n, path
                    found[n, 0] = path
                    found[n, 1] = found[n, 2] = -1
                    n += 1
                    break
                continue
            if n == len(found):
                return of_path, path
            found[n, 0] = path
            found[n, 1] = earliest
            found[n, 2] = stop
            n += 1
            if only_first:
                break
            segment = stop
            state = np.uint64(ahead_marks[1])
    return n, last


@kernel
def match_threads(
    code: Any,
    at_us: Any,
    offset: Any,
    paths: Any,
    class_of: Any,
    fits: Any,
    groups: Any,
    limits_us: Any,
    ahead_offset: Any,
    ahead_edges: Any,
    ahead_begin: Any,
    ahead_accept: Any,
    back_offset: Any,
    back_edges: Any,
    back_begin: Any,
    back_accept: Any,
    only_first: bool,
) -> Any:
    """Matches in the given ``paths``, by following the places of the pattern themselves; result as ``match_states``.

    A thread is a place with the time at which each limited group around it began (its clocks). Limits are upper
    bounds, so of two threads at one place the one whose clocks are all at least as late can do whatever the other
    can; only threads that no other one covers are kept, which are few whatever the path.
    """
    n_clocks = len(limits_us)
    n_places = len(groups)
    clocks = np.empty(n_clocks, dtype=np.int64)
    can_begin = np.zeros(fits.shape[1], dtype=np.bool_)
    for place in range(n_places):
        if ahead_begin[place]:
            can_begin |= fits[place]
    width = n_clocks + 2  # place of the pattern, next thread at the same place, clocks
    one = np.empty((64, width), dtype=np.int64)
    two = np.empty((64, width), dtype=np.int64)
    head = np.full(n_places, -1, dtype=np.int64)
    found = np.empty((1024, 3), dtype=np.int64)
    n = 0
    for path in paths:
        begin, end = offset[path], offset[path + 1]
        segment = begin
        n_one = 0
        for place in range(begin, end):
            if n_one == 0 and not can_begin[class_of[code[place]]]:
                continue
            gap = at_us[place] - at_us[place - 1] if place > segment else np.int64(0)
            one, two, n_one, accepted = advance(
                one, two, n_one, head, clocks, class_of[code[place]], at_us[place], gap, place == begin, True,
                place == end - 1, fits, groups, limits_us, ahead_offset, ahead_edges, ahead_begin, ahead_accept,
            )  # fmt: skip
            if not accepted:
                continue
            earliest = place + 1
            n_one = 0
            for past in range(place, segment - 1, -1):
                gap = at_us[past + 1] - at_us[past] if past < place else np.int64(0)
                # Going back, times count down: negated they go up, and the same rules hold.
                one, two, n_one, accepted = advance(
                    one, two, n_one, head, clocks, class_of[code[past]], -at_us[past], gap, past == end - 1,
                    past == place, past == begin, fits, groups, limits_us,
                    back_offset, back_edges, back_begin, back_accept,
                )  # fmt: skip
                if accepted:
                    earliest = past
                if n_one == 0:
                    break
            if n == len(found):
                found = longer(found)
            found[n, 0] = path
            found[n, 1] = earliest
            found[n, 2] = place + 1
            n += 1
            n_one = 0
            segment = place + 1
            if only_first:
                break
    return found[:n].copy()


@kernel
def advance(
    now_threads: Any,
    next_threads: Any,
    n_now: int,
    head: Any,
    clocks: Any,
    name_class: int,
    now: int,
    gap: Any,
    begins_here: bool,
    may_begin: bool,
    ends_here: bool,
    fits: Any,
    groups: Any,
    limits_us: Any,
    offset: Any,
    edges: Any,
    begin: Any,
    accept: Any,
) -> Any:
    """All threads over one event. Returns the new threads, room for the next ones, how many, and whether a match ends.

    ``begins_here`` and ``ends_here``: the event is the path's first and last one, in the direction of the run;
    ``head`` int64 [places] is -1 everywhere, before and after; ``clocks`` int64 [limits] is room to work in.
    """
    n_clocks = len(limits_us)
    n_next = 0
    accepted = False
    for thread in range(n_now + may_begin):
        source = now_threads[thread, 0] if thread < n_now else -1
        low, high = (offset[source], offset[source + 1]) if source >= 0 else (0, len(groups))
        for edge in range(low, high):
            if source >= 0:
                target = edges[edge, 0]
                kept = edges[edge, 1]
                if gap > edges[edge, 2]:
                    continue
            else:
                target = edge
                kept = np.int64(0)
                if begin[target] != ALWAYS and not (begin[target] == AT_BORDER and begins_here):
                    continue
            if not fits[target, name_class]:
                continue
            late = False
            for clock in range(n_clocks):
                # Outside its group a clock says nothing: the same for all threads at this place.
                clocks[clock] = _LONG_AGO
                if (groups[target] >> clock) & 1:
                    clocks[clock] = now_threads[thread, 2 + clock] if (kept >> clock) & 1 else now
                    if now - clocks[clock] > limits_us[clock]:
                        late = True
            if late:
                continue
            if n_next == len(next_threads):
                next_threads = longer(next_threads)
            n_next = add_thread(next_threads, n_next, head, target, clocks)
            if accept[target] == ALWAYS or (accept[target] == AT_BORDER and ends_here):
                accepted = True
    for thread in range(n_next):
        head[next_threads[thread, 0]] = -1
    return next_threads, now_threads, n_next, accepted


@kernel
def add_thread(threads: Any, n: int, head: Any, place: int, clocks: Any) -> int:
    """Adds a thread unless another one at its place covers it; takes the place of one that it covers."""
    other = head[place]
    while other >= 0:
        covered, covers = True, True
        for clock in range(len(clocks)):
            covered &= clocks[clock] <= threads[other, 2 + clock]
            covers &= clocks[clock] >= threads[other, 2 + clock]
        if covered:
            return n
        if covers:
            threads[other, 2:] = clocks
            return n
        other = threads[other, 1]
    threads[n, 0] = place
    threads[n, 1] = head[place]
    threads[n, 2:] = clocks
    head[place] = n
    return n + 1
