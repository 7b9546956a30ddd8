"""A pattern's automaton as arrays: what the kernels read, and what goes to other processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.patterns.automaton import (
    ALWAYS,
    AT_BORDER,
    MOST_LIMITS,
    MOST_PLACES,
    NO_LIMIT,
    Edge,
    Places,
    places_of,
)
from hamsafar.journeys.patterns.faults import PatternTooLarge
from hamsafar.journeys.patterns.language import parse
from hamsafar.journeys.patterns.tree import Limited

Array = npt.NDArray[Any]

# A table of states that grows beyond this is not made; the places are then followed one by one.
MOST_STATES = 1_000
MOST_CELLS = 60_000


@dataclass(frozen=True)
class States:
    """A deterministic automaton; a state is given by its row's begin in ``table`` int32 [states * symbols].

    The symbol of an event is ``class * (gap classes) + gap class``. States from ``accepting`` on end a match;
    those from ``at_border`` on only with the last event of the path (the first, for the one that runs back).
    """

    table: Array
    begin: int  # the state at the border of a path
    inside: int  # the state elsewhere
    at_border: int
    accepting: int
    dead: int  # nothing can come of it any more; beyond the table: there is no such state


@dataclass(frozen=True)
class Threads:
    """The places themselves: place ``p`` goes on to ``edges[offset[p]:offset[p + 1]]``: target, kept, within_us."""

    offset: Array  # int64 [places + 1]
    edges: Array  # int64 [edges, 3]
    begin: Array  # uint8 [places]: 0, ALWAYS or AT_BORDER
    accept: Array


@dataclass(frozen=True)
class Matcher:
    """A compiled pattern.

    ``class_of`` uint8 [n_names]: names that no place tells apart share a class. ``gaps_us``: the sorted limits
    between two neighbours; the gap class of an event is how many of them the time since the one before exceeds.
    ``within_us`` is the limit of the whole pattern. ``ahead`` and ``back`` know nothing of limits of groups, and are
    None if they would be too large; ``clocks`` says that there are limits of groups inside the pattern.
    """

    text: str
    class_of: Array
    gaps_us: Array
    within_us: int
    ahead: States | None
    back: States | None
    threads_ahead: Threads
    threads_back: Threads
    fits: Array  # bool [places, classes]
    groups: Array  # int64 [places]
    limits_us: Array  # int64 [limits]

    @property
    def clocks(self) -> bool:
        return len(self.limits_us) > (self.within_us < NO_LIMIT)


def compile_pattern(text: str, names: Sequence[str], code_of: Mapping[str, int]) -> Matcher:
    """Parse and compile. Raises what ``parse`` and ``places_of`` raise."""
    tree = parse(text)
    places = places_of(tree, names, code_of, text)
    class_of, fits = _classes(places, len(names))
    limits = {edge.within_us for edge in places.edges}
    gaps_us = np.array(sorted(limits - {NO_LIMIT}), dtype=np.int64)
    edges = sorted(places.edges)
    reversed_edges = sorted(Edge(b, a, kept, within) for a, b, kept, within in edges)
    ahead = _states(edges, places.first, places.last, fits, gaps_us, anchored=False)
    back = _states(reversed_edges, places.last, places.first, fits, gaps_us, anchored=True)
    if ahead is None or back is None:
        ahead = back = None
    n = len(places.fits)
    return Matcher(
        text=text,
        class_of=class_of,
        gaps_us=gaps_us,
        within_us=tree.within_us if isinstance(tree, Limited) else NO_LIMIT,
        ahead=ahead,
        back=back,
        threads_ahead=_threads(edges, places.first, places.last, n),
        threads_back=_threads(reversed_edges, places.last, places.first, n),
        fits=fits,
        groups=np.array(places.groups, dtype=np.int64),
        limits_us=np.array(places.limits_us, dtype=np.int64),
    )


def _classes(places: Places, n_names: int) -> tuple[Array, Array]:
    """The class of each name, and which classes each place takes."""
    class_of = np.zeros(n_names, dtype=np.int64)
    for fits in {id(one): one for one in places.fits}.values():
        class_of = np.unique(class_of * 2 + fits, return_inverse=True)[1].reshape(-1)
    n_classes = int(class_of.max(initial=0)) + 1
    example = np.zeros(n_classes, dtype=np.int64)
    example[class_of] = np.arange(n_names)
    if not n_names:
        return class_of.astype(np.uint16), np.zeros((len(places.fits), 1), dtype=bool)
    if n_classes > np.iinfo(np.uint16).max:
        raise PatternTooLarge(most=MOST_PLACES, limits=MOST_LIMITS)
    return class_of.astype(np.uint16), np.array([fits[example] for fits in places.fits])


def _threads(edges: Sequence[Edge], begin: dict[int, int], accept: dict[int, int], n: int) -> Threads:
    sources = np.array([edge.source for edge in edges], dtype=np.int64)
    return Threads(
        offset=np.searchsorted(sources, np.arange(n + 1)).astype(np.int64),
        edges=np.array([edge[1:] for edge in edges], dtype=np.int64).reshape(-1, 3),
        begin=np.array([begin.get(place, 0) for place in range(n)], dtype=np.uint8),
        accept=np.array([accept.get(place, 0) for place in range(n)], dtype=np.uint8),
    )


def _states(
    edges: Sequence[Edge],
    begin: dict[int, int],
    accept: dict[int, int],
    fits: Array,
    gaps_us: Array,
    *,
    anchored: bool,
) -> States | None:
    """The subset construction; None when it grows too large. Sets of places are bits of whole numbers.

    Not ``anchored``, a match may begin with every event; anchored, only with the first one that is read.
    """
    n_places, n_classes = fits.shape
    limits = [*gaps_us.tolist(), NO_LIMIT]
    taking = [_bits(np.flatnonzero(fits[:, one]).tolist()) for one in range(n_classes)]
    after = [[0] * len(limits) for _ in range(n_places)]
    for source, target, _, within_us in edges:
        for gap_class in range(limits.index(within_us) + 1):
            after[source][gap_class] |= 1 << target
    anywhere = _bits(place for place, kind in begin.items() if kind == ALWAYS)
    at_border = _bits(begin)
    # The two states before the first event come first; what they let begin is not part of any set of places.
    keys: list[tuple[int, int]] = [(at_border, 0), (anywhere, 0)]
    number = {key: place for place, key in enumerate(keys)}
    later = 0 if anchored else anywhere
    rows: list[list[int]] = []
    while len(rows) < len(keys):
        entering, at = keys[len(rows)]
        row = []
        reached = [_follow(after, at, gap_class) | entering for gap_class in range(len(limits))]
        for one in range(n_classes):
            for gap_class in range(len(limits)):
                key = (later, reached[gap_class] & taking[one])
                if key not in number:
                    number[key] = len(keys)
                    keys.append(key)
                row.append(number[key])
        rows.append(row)
        if len(keys) > MOST_STATES or len(keys) * len(row) > MOST_CELLS:
            return None
    return _ordered(keys, rows, _kinds(accept), dead=number.get((0, 0), -1))


def _ordered(
    keys: list[tuple[int, int]], rows: list[list[int]], kind_of: Callable[[int], int], dead: int
) -> States:
    """Renumbered so that a comparison tells accepting states; a state's number is its row's begin."""
    kinds = np.array([kind_of(at) for _, at in keys])
    rank = np.where(kinds == ALWAYS, 2, np.where(kinds == AT_BORDER, 1, 0))
    order = np.argsort(rank, kind="stable")
    width = len(rows[0])
    row_of = np.empty(len(keys), dtype=np.int64)
    row_of[order] = np.arange(len(keys)) * width
    table = row_of[np.array(rows, dtype=np.int64)[order]]
    return States(
        table=table.reshape(-1).astype(np.int32),
        begin=int(row_of[0]),
        inside=int(row_of[1]),
        at_border=int((rank < 1).sum()) * width,
        accepting=int((rank < 2).sum()) * width,
        dead=int(row_of[dead]) if dead >= 0 else table.size,
    )


def _bits(places: Iterable[int]) -> int:
    found = 0
    for place in places:
        found |= 1 << place
    return found


def _follow(after: list[list[int]], at: int, gap_class: int) -> int:
    """The places that may come after those in ``at``."""
    found = 0
    while at:
        lowest = at & -at
        found |= after[lowest.bit_length() - 1][gap_class]
        at ^= lowest
    return found


def _kinds(accept: dict[int, int]) -> Callable[[int], int]:
    """Whether a set of places ends a match: ALWAYS, AT_BORDER or 0."""
    always = _bits(place for place, kind in accept.items() if kind == ALWAYS)
    border = _bits(accept)

    def kind_of(at: int) -> int:
        return ALWAYS if at & always else AT_BORDER if at & border else 0

    return kind_of
