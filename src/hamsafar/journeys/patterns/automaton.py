"""From a pattern to tables that the kernels run.

A pattern's places are its single events, numbered as they stand, repetitions written out. Which place may come
directly after which is a Glushkov automaton (V. M. Glushkov, "The abstract theory of automata", Russian Mathematical
Surveys 16 (1961), 1-53). A time limit within a group is a clock: a place inside the group may be taken only while the
group's first event is near enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from collections.abc import Sequence as Items
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.patterns.faults import (
    MatchesNothing,
    NeverMatches,
    NoNameLike,
    PatternTooLarge,
    UnknownInPattern,
)
from hamsafar.journeys.patterns.tree import (
    AnyName,
    Choice,
    End,
    Like,
    Limited,
    Name,
    Node,
    Not,
    OneOf,
    Repeat,
    Sequence,
    Single,
    Start,
)
from hamsafar.lib.persian import normalise

MOST_PLACES = 250
MOST_LIMITS = 8

Array = npt.NDArray[Any]
NO_LIMIT = 2**62

ALWAYS, AT_BORDER = 1, 2
"""When a match may begin (or end) with a place: anywhere, or only with a path's first (last) event."""


class Condition(NamedTuple):
    """What must hold between two events; ``within_us`` limits the time from the one to the other."""

    at_start: bool
    at_end: bool
    within_us: int

    def __and__(self, other: Condition) -> Condition:
        return Condition(
            self.at_start or other.at_start,
            self.at_end or other.at_end,
            min(self.within_us, other.within_us),
        )


_FREE = Condition(False, False, NO_LIMIT)


class Edge(NamedTuple):
    """Place ``target`` may follow ``source`` within ``within_us``; bit g of ``kept``: both in one run of group g."""

    source: int
    target: int
    kept: int
    within_us: int


@dataclass(frozen=True)
class _Fragment:
    """How a part of a pattern begins and ends, and under which conditions it takes no event."""

    empty: frozenset[Condition]
    firsts: frozenset[tuple[Condition, int]]
    lasts: frozenset[tuple[int, Condition]]


_NOTHING = _Fragment(frozenset([_FREE]), frozenset(), frozenset())


@dataclass
class Places:
    """The automaton of a pattern: ``fits[p]`` says which names place ``p`` takes, bool [n_names]."""

    fits: list[Array] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)  # bit g: the place lies in group g
    limits_us: list[int] = field(default_factory=list)
    edges: set[Edge] = field(default_factory=set)
    first: dict[int, int] = field(default_factory=dict)  # place -> ALWAYS or AT_BORDER
    last: dict[int, int] = field(default_factory=dict)


def places_of(tree: Node, names: Items[str], code_of: Mapping[str, int], text: str) -> Places:
    """The automaton of ``tree``. Raises ``UnknownInPattern``, ``NoNameLike``, ``MatchesNothing``, ``NeverMatches``
    and ``PatternTooLarge``."""
    builder = _Builder(names, code_of, text)
    whole = builder.fragment(tree, 0)
    if whole.empty:
        raise MatchesNothing
    found = builder.places
    for condition, place in whole.firsts:
        if not condition.at_end:
            _ease(found.first, place, AT_BORDER if condition.at_start else ALWAYS)
    for place, condition in whole.lasts:
        if not condition.at_start:
            _ease(found.last, place, AT_BORDER if condition.at_end else ALWAYS)
    if not _reachable(found):
        raise NeverMatches
    return found


def _ease(borders: dict[int, int], place: int, kind: int) -> None:
    borders[place] = min(kind, borders.get(place, kind))


def _reachable(places: Places) -> bool:
    """Whether any last place can be reached from a first one."""
    after: dict[int, list[int]] = {}
    for edge in places.edges:
        after.setdefault(edge.source, []).append(edge.target)
    seen, waiting = set(places.first), list(places.first)
    while waiting:
        for target in after.get(waiting.pop(), ()):
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return not seen.isdisjoint(places.last)


class _Builder:
    def __init__(self, names: Items[str], code_of: Mapping[str, int], text: str) -> None:
        self.names, self.code_of, self.text = names, code_of, text
        self.places = Places()
        self.group_of: dict[int, int] = {}  # id of a node -> its number: copies of a group share a clock
        self.fits_of: dict[Single, Array] = {}

    def fragment(self, node: Node, groups: int) -> _Fragment:
        """``groups``: bit g for each limited group around the node."""
        match node:
            case Start():
                return _Fragment(frozenset([Condition(True, False, NO_LIMIT)]), frozenset(), frozenset())
            case End():
                return _Fragment(frozenset([Condition(False, True, NO_LIMIT)]), frozenset(), frozenset())
            case Sequence():
                return self.sequence(node, groups)
            case Choice():
                return _joined([self.fragment(option, groups) for option in node.options])
            case Repeat():
                return self.repeat(node, groups)
            case Limited():
                return self.limited(node, groups)
        return self.single(node, groups)

    def single(self, node: Single, groups: int) -> _Fragment:
        if len(self.places.fits) == MOST_PLACES:
            raise PatternTooLarge(most=MOST_PLACES, limits=MOST_LIMITS)
        if node not in self.fits_of:
            self.fits_of[node] = self.fits(node)
        place = len(self.places.fits)
        self.places.fits.append(self.fits_of[node])
        self.places.groups.append(groups)
        return _Fragment(frozenset(), frozenset([(_FREE, place)]), frozenset([(place, _FREE)]))

    def sequence(self, node: Sequence, groups: int) -> _Fragment:
        whole = self.fragment(node.items[0], groups)
        for item, gap_us in zip(node.items[1:], node.gaps_us, strict=True):
            limit = _FREE._replace(within_us=NO_LIMIT if gap_us is None else gap_us)
            whole = self.chained(whole, self.fragment(item, groups), groups, limit)
        return whole

    def chained(self, one: _Fragment, other: _Fragment, groups: int, between: Condition = _FREE) -> _Fragment:
        self.join(one.lasts, other.firsts, groups, between)
        return _Fragment(
            frozenset(a & between & b for a in one.empty for b in other.empty),
            one.firsts | {(a & between & b, place) for a in one.empty for b, place in other.firsts},
            other.lasts | {(place, a & between & b) for place, a in one.lasts for b in other.empty},
        )

    def join(
        self,
        lasts: Iterable[tuple[int, Condition]],
        firsts: Iterable[tuple[Condition, int]],
        groups: int,
        between: Condition = _FREE,
    ) -> None:
        for source, one in lasts:
            for other, target in firsts:
                both = one & between & other
                # Between two events of a path is neither its start nor its end.
                if not (both.at_start or both.at_end):
                    self.places.edges.add(Edge(source, target, groups, both.within_us))

    def repeat(self, node: Repeat, groups: int) -> _Fragment:
        if max(node.least, node.most or 0) > MOST_PLACES:
            raise PatternTooLarge(most=MOST_PLACES, limits=MOST_LIMITS)
        if node.most is None:
            tail = self.fragment(node.of, groups)
            self.join(tail.lasts, tail.firsts, groups)
            if node.least == 0:
                tail = _joined([tail, _NOTHING])
        else:
            # x{0,3} is (x (x (x)?)?)?: every copy joins the next one only.
            tail = _NOTHING
            for _ in range(node.most - node.least):
                tail = _joined([self.chained(self.fragment(node.of, groups), tail, groups), _NOTHING])
        for _ in range(node.least - (node.most is None and node.least > 0)):
            tail = self.chained(self.fragment(node.of, groups), tail, groups)
        return tail

    def limited(self, node: Limited, groups: int) -> _Fragment:
        number = self.group_of.setdefault(id(node), len(self.group_of))
        if number == MOST_LIMITS:
            raise PatternTooLarge(most=MOST_PLACES, limits=MOST_LIMITS)
        if number == len(self.places.limits_us):
            self.places.limits_us.append(node.within_us)
        return self.fragment(node.of, groups | 1 << number)

    def fits(self, node: Single) -> Array:
        """Which names a single event may have, bool [n_names]."""
        match node:
            case AnyName():
                return np.ones(len(self.names), dtype=bool)
            case Not():
                return ~self.fits(node.of)
            case OneOf():
                fitting: Array = np.stack([self.fits(option) for option in node.options]).max(axis=0)
                return fitting
            case Like():
                found = _fitting(node.text, self.names)
                if not found.any():
                    raise NoNameLike(name=node.text, pattern=self.text, position=node.at, length=node.length)
                return found
        taken = np.zeros(len(self.names), dtype=bool)
        taken[self.code(node)] = True
        return taken

    def code(self, node: Name) -> int:
        for text in (node.text, normalise(node.text)):
            if text in self.code_of:
                return self.code_of[text]
        raise UnknownInPattern(
            name=node.text, known=self.names, pattern=self.text, position=node.at, length=node.length
        )


def _joined(fragments: Items[_Fragment]) -> _Fragment:
    return _Fragment(
        frozenset().union(*(one.empty for one in fragments)),
        frozenset().union(*(one.firsts for one in fragments)),
        frozenset().union(*(one.lasts for one in fragments)),
    )


def _fitting(text: str, names: Items[str]) -> Array:
    wanted = re.compile(".*".join(map(re.escape, normalise(text).split("*"))), re.DOTALL)
    return np.fromiter((wanted.fullmatch(name) is not None for name in names), bool, len(names))
