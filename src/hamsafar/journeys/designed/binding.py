"""Which events of an index are which touchpoint of a map."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from threading import RLock
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.designed.map_model import Matcher, Touchpoint
from hamsafar.journeys.errors import UnknownProperty
from hamsafar.journeys.index import PathIndex
from hamsafar.lib.conditions import Condition

if TYPE_CHECKING:
    from hamsafar.journeys.designed.kernels.bind import Matching

Array = npt.NDArray[Any]


@dataclass(frozen=True, eq=False)
class Binding:
    """Matchers compiled for one index: tables over its event names and property values.

    ``columns`` are the property codes the matchers look at; ``unknown_properties`` are (touchpoint number, name)
    of properties that no event here has.
    """

    matching: Matching
    columns: tuple[npt.NDArray[np.int32], ...]
    unknown_properties: tuple[tuple[int, str], ...]

    @property
    def n_slots(self) -> int:
        return len(self.matching.slot_touchpoint)

    @property
    def most_slots(self) -> int:
        """The most candidates any event name has, at least 1."""
        return max(1, int(np.diff(self.matching.first_slot).max(initial=1)))

    def property_codes(self, begin: int, end: int) -> npt.NDArray[np.int32]:
        """The codes of a run of events, int32 [n_columns, end - begin]."""
        codes = np.empty((len(self.columns), end - begin), dtype=np.int32)
        for row, column in enumerate(self.columns):
            codes[row] = column[begin:end]
        return codes


KEPT = 16  # bindings per index
ANSWERS_KEPT = 64  # conditions over the values of a property

_bindings: WeakKeyDictionary[PathIndex, OrderedDict[str, Binding]] = WeakKeyDictionary()
_kept_answers: OrderedDict[tuple[int, str], tuple[tuple[Any, ...], npt.NDArray[np.uint8]]] = OrderedDict()
_lock = RLock()


def bind(index: PathIndex, touchpoints: tuple[Touchpoint, ...]) -> Binding:
    """The touchpoints' matchers over ``index``; made once for the latest few.

    An event goes to the touchpoint of the first matcher it fits in this order: exact names before wildcards, more
    literal characters before fewer, more conditions before fewer, then the order of ``touchpoints`` (map order).
    It is a failed visit there when it fits the touchpoint's failure matcher.
    Conditions on a property that no event has never hold.
    """
    key = repr(touchpoints)
    with _lock:
        known = _bindings.setdefault(index, OrderedDict())
        if key in known:
            known.move_to_end(key)
            return known[key]
        # Under the lock: the parts of an index come at once, and one of them compiles for all.
        binding = known[key] = compile_matchers(index, touchpoints)
        while len(known) > KEPT:
            known.popitem(last=False)
        return binding


def event_names(index: PathIndex, touchpoint: Touchpoint) -> set[int]:
    """The codes of the event names that a touchpoint's patterns fit."""
    code_of = {name: code for code, name in enumerate(index.names)}
    patterns = [pattern for matcher in touchpoint.matchers() for pattern in matcher.patterns]
    return {code for pattern in patterns for code in _fitting(pattern, index.names, code_of)}


def specificity(pattern: str, conditions: int) -> tuple[int, int, int]:
    """A key that sorts matchers, the most specific first."""
    if "*" not in pattern:
        return (0, 0, -conditions)
    return (1, -len(pattern.replace("*", "")), -conditions)


def fits(pattern: str, name: str) -> bool:
    """``*`` stands for any run of characters, also none; everything else for itself.

    Each literal is taken at its first place after the one before, which never has to be taken back: unlike
    a regular expression it cannot be made to take long.
    """
    begin, *rest = pattern.split("*")
    if not rest:
        return begin == name
    *middle, end = rest
    if len(name) < len(begin) + len(end) or not name.startswith(begin) or not name.endswith(end):
        return False
    place, last = len(begin), len(name) - len(end)
    for literal in middle:
        place = name.find(literal, place, last)
        if place < 0:
            return False
        place += len(literal)
    return True


class Slot(NamedTuple):
    """A claim on the events of a name, by place among the claims of that name, best first."""

    name: int
    place: int
    touchpoint: int
    fails: bool
    matcher: Matcher


def slots_of(names: tuple[str, ...], touchpoints: tuple[Touchpoint, ...]) -> list[Slot]:
    """The claims on events that are not settled by their name alone, in the order of names."""
    return [
        Slot(name, place, *claim)
        for name, claims in enumerate(_candidates(names, touchpoints)[0])
        if not _settled(claims)
        for place, claim in enumerate(claims)
    ]


def unknown_patterns(names: tuple[str, ...], touchpoints: tuple[Touchpoint, ...]) -> list[tuple[int, str]]:
    """Patterns, with the number of their touchpoint, that fit no name."""
    return _candidates(names, touchpoints)[1]


def compile_matchers(index: PathIndex, touchpoints: tuple[Touchpoint, ...]) -> Binding:
    """``bind`` without a memory."""
    from hamsafar.journeys.designed.kernels import FAILED
    from hamsafar.journeys.designed.kernels.bind import DEPENDS, Matching

    candidates, _ = _candidates(index.names, touchpoints)
    answers = _Answers(index)
    simple = np.full(len(index.names), -1, dtype=np.int16)
    for name, claims in enumerate(candidates):
        if claims:
            simple[name] = claims[0].touchpoint | FAILED * claims[0].fails if _settled(claims) else DEPENDS
    slots = slots_of(index.names, touchpoints)
    first_slot = np.searchsorted([slot.name for slot in slots], np.arange(len(index.names) + 1))
    conditions = [[answers.number(condition) for condition in slot.matcher.conditions] for slot in slots]
    return Binding(
        matching=Matching(
            simple=simple,
            first_slot=first_slot.astype(np.int32),
            slot_touchpoint=np.array([slot.touchpoint for slot in slots], dtype=np.int16),
            slot_fails=np.array([slot.fails for slot in slots], dtype=np.uint8),
            first_condition=np.cumsum([0, *map(len, conditions)], dtype=np.int32),
            condition=np.array([number for numbers in conditions for number in numbers], dtype=np.int32),
            condition_property=np.array(answers.rows, dtype=np.int32),
            first_answer=np.cumsum([0, *map(len, answers.tables)], dtype=np.int64)[:-1],
            answer=np.concatenate([np.empty(0, dtype=np.uint8), *answers.tables]),
        ),
        columns=tuple(answers.columns.values()),
        unknown_properties=tuple(
            (number, name)
            for number, touchpoint in enumerate(touchpoints)
            for name in sorted(_properties(touchpoint) & answers.unknown)
        ),
    )


def _settled(claims: list[_Claim]) -> bool:
    return len(claims) == 1 and not claims[0].matcher.conditions


def _properties(touchpoint: Touchpoint) -> set[str]:
    return {c.property for matcher in touchpoint.matchers() for c in matcher.conditions}


class _Claim(NamedTuple):
    """A matcher of a touchpoint on the events of one name."""

    touchpoint: int
    fails: bool
    matcher: Matcher


def _candidates(
    names: tuple[str, ...], touchpoints: tuple[Touchpoint, ...]
) -> tuple[list[list[_Claim]], list[tuple[int, str]]]:
    """Per event name the matchers that may claim it, best first; and the patterns that fit no name."""
    code_of = {name: code for code, name in enumerate(names)}
    best: list[dict[tuple[int, bool], tuple[int, int, int]]] = [{} for _ in names]
    unknown: dict[tuple[int, str], None] = {}
    for number, touchpoint in enumerate(touchpoints):
        for fails, matcher in zip((False, True), touchpoint.matchers(), strict=False):
            for pattern in matcher.patterns:
                rank = specificity(pattern, len(matcher.conditions))
                fitting = list(_fitting(pattern, names, code_of))
                if not fitting:
                    unknown[number, pattern] = None
                for code in fitting:
                    best[code][number, fails] = min(rank, best[code].get((number, fails), rank))
    ordered = [
        [
            _Claim(number, fails, touchpoints[number].matchers()[fails])
            for number, fails in sorted(claims, key=lambda claim: (claims[claim], claim))
        ]
        for claims in best
    ]
    return ordered, list(unknown)


def _fitting(pattern: str, names: tuple[str, ...], code_of: dict[str, int]) -> Iterator[int]:
    if "*" not in pattern:
        if pattern in code_of:
            yield code_of[pattern]
        return
    for code, name in enumerate(names):
        if fits(pattern, name):
            yield code


def _answers(values: tuple[Any, ...], condition: Condition) -> npt.NDArray[np.uint8]:
    """Whether the condition holds, uint8 [n values + 1]; place 0 is for events that do not have the property.

    A selection of an index has the same values, and there may be a million of them: the latest answers are kept.
    """
    key = (id(values), repr(condition))
    with _lock:
        if key in _kept_answers:
            _kept_answers.move_to_end(key)
            return _kept_answers[key][1]
    table = np.zeros(len(values) + 1, dtype=np.uint8)
    table[1:] = np.fromiter((condition.holds(value) for value in values), np.uint8, len(values))
    with _lock:
        _kept_answers[key] = (values, table)  # the values too: while they live, nothing else has their id
        while len(_kept_answers) > ANSWERS_KEPT:
            _kept_answers.popitem(last=False)
    return table


class _Answers:
    """Whether conditions hold, per distinct value of their property; equal conditions are asked once."""

    def __init__(self, index: PathIndex) -> None:
        self._index = index
        self._numbers: dict[str, int] = {}
        self.columns: dict[str, npt.NDArray[np.int32]] = {}
        self.rows: list[int] = []
        self.tables: list[npt.NDArray[np.uint8]] = []
        self.unknown: set[str] = set()

    def number(self, condition: Condition) -> int:
        key = repr(condition)
        if key not in self._numbers:
            self._numbers[key] = len(self.tables)
            values = self._values(condition.property)
            self.rows.append(list(self.columns).index(condition.property))
            self.tables.append(_answers(values, condition))
        return self._numbers[key]

    def _values(self, name: str) -> tuple[Any, ...]:
        try:
            column = self._index.properties[name]
        except UnknownProperty:
            self.unknown.add(name)
            self.columns[name] = np.broadcast_to(np.int32(-1), self._index.n_events)
            return ()
        self.columns[name] = column.code
        return column.values
