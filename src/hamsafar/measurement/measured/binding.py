"""Which events of an index are which touchpoint of a map."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.errors import UnknownProperty
from hamsafar.journeys.index import PathIndex
from hamsafar.lib.conditions import Condition
from hamsafar.measurement.measured.map_model import Touchpoint

if TYPE_CHECKING:
    from hamsafar.measurement.measured.kernels.bind import Matching

Array = npt.NDArray[Any]


@dataclass(frozen=True, eq=False)
class Binding:
    """Matchers compiled for one index: tables over its event names and property values.

    ``slot_name`` int64 [n_slots] is the event name a slot is for; ``columns`` are the property codes the
    matchers look at; ``unknown_patterns`` and ``unknown_properties`` are (touchpoint number, text) that fit
    nothing here.
    """

    matching: Matching
    slot_name: Array
    columns: tuple[npt.NDArray[np.int32], ...]
    unknown_patterns: tuple[tuple[int, str], ...]
    unknown_properties: tuple[tuple[int, str], ...]

    @property
    def n_slots(self) -> int:
        return len(self.slot_name)

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
_lock = Lock()


def bind(index: PathIndex, touchpoints: tuple[Touchpoint, ...]) -> Binding:
    """The touchpoints' matchers over ``index``; made once for the latest few.

    An event goes to the first matcher it fits in this order: exact names before wildcards, more literal
    characters before fewer, more conditions before fewer, then the order of ``touchpoints`` (map order).
    Conditions on a property that no event has never hold.
    """
    key = repr(touchpoints)
    with _lock:
        known = _bindings.setdefault(index, OrderedDict())
        if key in known:
            known.move_to_end(key)
            return known[key]
    binding = compile_matchers(index, touchpoints)
    with _lock:
        known[key] = binding
        while len(known) > KEPT:
            known.popitem(last=False)
    return binding


def event_names(index: PathIndex, touchpoint: Touchpoint) -> set[int]:
    """The codes of the event names that a touchpoint's patterns fit."""
    code_of = {name: code for code, name in enumerate(index.names)}
    return {code for pattern in touchpoint.patterns for code in _fitting(pattern, index.names, code_of)}


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


def compile_matchers(index: PathIndex, touchpoints: tuple[Touchpoint, ...]) -> Binding:
    """``bind`` without a memory."""
    from hamsafar.measurement.measured.kernels.bind import DEPENDS, Matching

    candidates, unknown_patterns = _candidates(index.names, touchpoints)
    answers = _Answers(index)
    simple = np.full(len(index.names), -1, dtype=np.int16)
    first_slot = np.zeros(len(index.names) + 1, dtype=np.int32)
    slot_touchpoint: list[int] = []
    slot_name: list[int] = []
    first_condition = [0]
    condition: list[int] = []
    for name, ranked in enumerate(candidates):
        if len(ranked) == 1 and not touchpoints[ranked[0]].conditions:
            simple[name] = ranked[0]
        elif ranked:
            simple[name] = DEPENDS
            for touchpoint in ranked:
                slot_touchpoint.append(touchpoint)
                slot_name.append(name)
                condition += [answers.number(c) for c in touchpoints[touchpoint].conditions]
                first_condition.append(len(condition))
        first_slot[name + 1] = len(slot_touchpoint)
    return Binding(
        matching=Matching(
            simple=simple,
            first_slot=first_slot,
            slot_touchpoint=np.array(slot_touchpoint, dtype=np.int16),
            first_condition=np.array(first_condition, dtype=np.int32),
            condition=np.array(condition, dtype=np.int32),
            condition_property=np.array(answers.rows, dtype=np.int32),
            first_answer=np.cumsum([0, *map(len, answers.tables)], dtype=np.int64)[:-1],
            answer=np.concatenate([np.empty(0, dtype=np.uint8), *answers.tables]),
        ),
        slot_name=np.array(slot_name, dtype=np.int64),
        columns=tuple(answers.columns.values()),
        unknown_patterns=tuple(unknown_patterns),
        unknown_properties=tuple(
            (number, name)
            for number, touchpoint in enumerate(touchpoints)
            for name in sorted({c.property for c in touchpoint.conditions} & answers.unknown)
        ),
    )


def _candidates(
    names: tuple[str, ...], touchpoints: tuple[Touchpoint, ...]
) -> tuple[list[list[int]], list[tuple[int, str]]]:
    """Per event name the touchpoints that may claim it, best first; and the patterns that fit no name."""
    code_of = {name: code for code, name in enumerate(names)}
    best: list[dict[int, tuple[int, int, int]]] = [{} for _ in names]
    unknown = []
    for number, touchpoint in enumerate(touchpoints):
        for pattern in touchpoint.patterns:
            rank = specificity(pattern, len(touchpoint.conditions))
            fitting = list(_fitting(pattern, names, code_of))
            if not fitting:
                unknown.append((number, pattern))
            for code in fitting:
                best[code][number] = min(rank, best[code].get(number, rank))
    ordered = [sorted(claims, key=lambda number: (claims[number], number)) for claims in best]
    return ordered, unknown


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
