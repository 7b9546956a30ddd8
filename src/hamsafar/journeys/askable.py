"""What questions are asked of: paths somewhere, of which every person is in exactly one part."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Self, TypeVar

from hamsafar.journeys.errors import UnknownEvent
from hamsafar.lib.conditions import Condition

if TYPE_CHECKING:
    from pathlib import Path

    from hamsafar.journeys.attribution.view import Attribution
    from hamsafar.journeys.comparison import Comparison
    from hamsafar.journeys.correlates.view import Correlates
    from hamsafar.journeys.designed.ad_hoc import Frequent
    from hamsafar.journeys.designed.deviations import Deviations
    from hamsafar.journeys.designed.map_model import MapModel
    from hamsafar.journeys.designed.result import MeasuredMap
    from hamsafar.journeys.designed.stages import Stages
    from hamsafar.journeys.flow import Occurrence
    from hamsafar.journeys.flow.view import Flow
    from hamsafar.journeys.funnel import Funnel
    from hamsafar.journeys.index import PathIndex, Unit
    from hamsafar.journeys.next_step.view import Evaluation, NextStep
    from hamsafar.journeys.overview import Overview
    from hamsafar.journeys.parts import Part
    from hamsafar.journeys.pattern import Pattern
    from hamsafar.journeys.retention import Retention
    from hamsafar.journeys.survival.view import Survival
    from hamsafar.journeys.transitions import Transitions
    from hamsafar.journeys.variants import Variants
    from hamsafar.journeys.view import Result
    from hamsafar.journeys.what_if.view import WhatIf
    from hamsafar.lib.periods import Period

P = TypeVar("P")

_NEVER = -(2**63)


def _data_end(part: Part) -> int:
    known = part.index.n_events or part.index.until_us is not None
    return part.index.data_end_us if known else _NEVER


class Askable(ABC):
    """Paths that answer questions: a ``PathIndex``, or events spread over many machines.

    A question is a function of an ``Askable`` and of what is asked. It sees paths only through ``reduce``, as
    often as it needs to, and never looks into another part than the one it is given:

    - ``names``: all names of events in code-point order; ``names[code]``;
    - ``n_events``, ``n_persons``, and ``n_paths``, which is more than ``n_persons`` where paths are cut;
    - ``unit``: what a path is, "person", "session" or "instance";
    - ``span_us``: first and last time of any event, (0, 0) without events.
    """

    names: tuple[str, ...]
    unit: Unit

    @property
    @abstractmethod
    def n_events(self) -> int: ...

    @property
    @abstractmethod
    def n_persons(self) -> int: ...

    @property
    @abstractmethod
    def n_paths(self) -> int: ...

    @property
    @abstractmethod
    def span_us(self) -> tuple[int, int]: ...

    @abstractmethod
    def reduce(
        self, function: Callable[[Part], P], merge: Callable[[P, P], P], parts: int | None = None
    ) -> P:
        """``merge`` of ``function`` of all parts, of which there is at least one; in the order of persons.

        The parts are those the paths are kept in, or (in memory) about ``parts`` of them. Both functions, and
        what they give, may be sent to another process: they hold arrays, numbers and texts, and what is
        numbered (a person, a path, a value of a property) is numbered within its part.
        """

    @abstractmethod
    def derive(self, change: Callable[[PathIndex], PathIndex], unit: Unit | None = None) -> Self:
        """The paths after ``change``, which treats every person alone and keeps the names.

        ``unit`` is what a path is afterwards; None: what it was. ``change`` may be sent to another process.
        """

    @cached_property
    def data_end_us(self) -> int:
        """Until when what happened is known: the last event before any persons or events were chosen.

        A range that ends earlier ends it there. A segment whose last event is long ago is still watched.
        """
        found = self.reduce(_data_end, max)
        return 0 if found == _NEVER else found

    @cached_property
    def code_by_name(self) -> dict[str, int]:
        """``names`` the other way round."""
        return {name: code for code, name in enumerate(self.names)}

    def code_of(self, name: str) -> int:
        """The code of an event name; raises ``UnknownEvent`` with the nearest names."""
        code = self.code_by_name.get(name)
        if code is None:
            raise UnknownEvent(name=name, known=self.names)
        return code

    def select(
        self,
        from_us: int | None = None,
        to_us: int | None = None,
        conditions: Iterable[Condition] = (),
    ) -> Self:
        """The paths of the events with ``from_us <= at_us < to_us`` that meet all conditions.

        Persons left without events drop out; the names stay, so that codes keep their meaning.
        """
        from hamsafar.journeys.select import select

        wanted = tuple(conditions)
        if from_us is None and to_us is None and not wanted:
            return self
        return self.derive(partial(select, from_us=from_us, to_us=to_us, conditions=wanted))

    def persons_where(self, conditions: Iterable[Condition] = (), last: Iterable[Condition] = ()) -> Self:
        """The paths of the persons with these properties, with all of their events.

        ``conditions``: at least one event of the person meets all of them at once. ``last``: each holds for the
        property's value at the last event of the person that has it (of equal times the later one in the path);
        who never had the property does not meet it. Raises ``UnknownProperty``.
        """
        from hamsafar.journeys.persons import persons_where

        return self.derive(partial(persons_where, conditions=tuple(conditions), last=tuple(last)))

    def only_persons(self, ids: Iterable[str]) -> Self:
        """The paths of the persons with these ids; an id that nobody has is nobody's."""
        from hamsafar.journeys.persons import only_persons

        return self.derive(partial(only_persons, ids=tuple(ids), keep=True))

    def without_persons(self, ids: Iterable[str]) -> Self:
        """The paths of all persons but these."""
        from hamsafar.journeys.persons import only_persons

        return self.derive(partial(only_persons, ids=tuple(ids), keep=False))

    def by_session(self, gap_seconds: float | None = None, column: str | None = None) -> Self:
        """A path for each session of a person.

        A gap of more than ``gap_seconds`` between two events cuts (1800 when nothing is given), and so does
        another value of the property ``column`` than that of the session's last event that has one; with both
        given, either cuts. An event without the property stays in the session it falls into. Paths that are cut
        already are cut further. Raises ``BadWindow`` and ``UnknownProperty``.
        """
        from hamsafar.journeys.cut import by_session, session_gap_us

        gap_us = session_gap_us(gap_seconds, column)
        return self.derive(partial(by_session, gap_us=gap_us, column=column), "session")

    def by_instance(self, restart: str | Sequence[str] | None = None, column: str | None = None) -> Self:
        """A path for each instance of a person: by an event that begins one, or by an id such as an order's.

        - ``restart``: an event's name, or several (a sequence, or ``a|b``, see ``alternatives``): each of these
          events begins a path; what comes before the first of them is a path of its own;
        - ``column``: the events of a person with the same value of this property are one path, also when those
          of others lie between; events without a value are in no instance and drop out.

        Exactly one of the two is given. Raises ``UnknownEvent``, ``UnknownProperty`` and ``OneRule``.
        """
        from hamsafar.journeys.alternatives import codes_of
        from hamsafar.journeys.cut import by_column, by_restart
        from hamsafar.journeys.errors import OneRule

        if restart is not None and column is None:
            codes = codes_of(self, [restart] if isinstance(restart, str) else restart)
            return self.derive(partial(by_restart, codes=codes), "instance")
        if column is not None and restart is None:
            return self.derive(partial(by_column, column=column), "instance")
        raise OneRule()

    def where(self, pattern: str, *, matched: bool = True) -> Self:
        """The paths in which a pattern is found (see ``Pattern``), or those in which it is not."""
        from hamsafar.journeys.pattern import where

        return where(self, pattern, matched=matched)

    def overview(self) -> Overview:
        """How many events, persons and names, from when to when, and how long paths are."""
        from hamsafar.journeys.overview import overview

        return overview(self)

    def transitions(self) -> Transitions:
        """What follows what: for each pair of neighbours its count, its persons and its median gap."""
        from hamsafar.journeys.transitions import transitions

        return transitions(self)

    def variants(self, top: int = 20) -> Variants:
        """Whole paths that are the same sequence of names, most persons first."""
        from hamsafar.journeys.variants import variants

        return variants(self, top)

    def funnel(
        self,
        steps: Sequence[str],
        within_seconds: float | None = None,
        *,
        order: str = "ordered",
        exclude: Sequence[str] = (),
        breakdown: str | None = None,
        breakdown_top: int = 5,
        next_top: int = 5,
    ) -> Funnel:
        """How many paths come to each step within a window, how fast, and what the others did next."""
        from hamsafar.journeys.funnel import funnel

        return funnel(
            self,
            steps,
            within_seconds,
            order=order,
            exclude=exclude,
            breakdown=breakdown,
            breakdown_top=breakdown_top,
            next_top=next_top,
        )

    def retention(self, period: Period = "week", **options: Any) -> Retention:
        """Of those who began in a period, how many come back in the periods after it."""
        from hamsafar.journeys.retention import retention

        return retention(self, period, **options)

    def survival(self, start: str, end: str, *, by: str | None = None, top: int = 5) -> Survival:
        """How long it takes from one event to another, those who are not there yet counted fairly."""
        from hamsafar.journeys.survival import survival

        return survival(self, start, end, by=by, top=top)

    def correlates(self, goal: str, **options: Any) -> Correlates:
        """Which events, transitions and properties go with reaching a goal."""
        from hamsafar.journeys.correlates import correlates

        return correlates(self, goal, **options)

    def compare(
        self, other: Askable, question: str | Callable[[Askable], Result], **asked: Any
    ) -> Comparison:
        """The same question asked of these paths (A) and of others (B), and what differs beyond chance."""
        from hamsafar.journeys.comparison import compare

        return compare(question, self, other, **asked)

    def attribution(self, conversion: str, over: str | None = "channel", **options: Any) -> Attribution:
        """Which channels (or values of another property, or events) the conversions are credited to."""
        from hamsafar.journeys.attribution import attribution

        return attribution(self, conversion, over, **options)

    def next_step(self, person: str, **options: Any) -> NextStep:
        """What a person will most likely do next, and when."""
        from hamsafar.journeys.next_step import next_step

        return next_step(self, person, **options)

    def next_step_evaluation(self, **options: Any) -> Evaluation:
        """How good predictions of the next step are, learned before a time and tested after it."""
        from hamsafar.journeys.next_step import evaluate

        return evaluate(self, **options)

    def what_if(
        self, goal: str, changes: Sequence[Any] = (), times: Sequence[Any] = (), **options: Any
    ) -> WhatIf:
        """How many more would reach a goal, and how soon, if transitions had other probabilities or times."""
        from hamsafar.journeys.what_if import what_if

        return what_if(self, goal, changes, times, **options)

    def measure(self, design: MapModel | dict[str, Any] | str | Path) -> MeasuredMap:
        """The measured map: who went on, left or is still open at every stage of a map, and what deviates."""
        from hamsafar.journeys.designed.map_model import MapModel
        from hamsafar.journeys.designed.measure import measure

        return measure(self, MapModel.of(design))

    def flow(
        self,
        anchor: str,
        before: int = 2,
        after: int = 3,
        top: int = 8,
        occurrence: Occurrence = "every",
        collapse: bool = False,
    ) -> Flow:
        """What comes step by step before and after an anchor: an event, or a pattern."""
        from hamsafar.journeys.flow import flow

        return flow(self, anchor, before, after, top, occurrence, collapse)

    def stages(
        self, design: MapModel | dict[str, Any] | str | Path, open_after: Mapping[str, float] | None = None
    ) -> Stages:
        """Progress over the stages of a map: went on, left, still open, skipped; moves back; time in each stage."""
        from hamsafar.journeys.designed.map_model import MapModel
        from hamsafar.journeys.designed.stages import stages

        return stages(self, MapModel.of(design), open_after)

    def deviations(
        self,
        design: MapModel | dict[str, Any] | str | Path,
        frequent: Frequent | None = None,
        *,
        persons: int = 0,
    ) -> Deviations:
        """How paths differ from a map: missing, out of sequence, ad hoc, failing, late; and how well the map fits."""
        from hamsafar.journeys.designed.deviations import deviations
        from hamsafar.journeys.designed.map_model import MapModel

        return deviations(self, MapModel.of(design), frequent, persons=persons)

    def pattern(self, find: str, top: int = 20) -> Pattern:
        """Where a described stretch of events is found: how often, for how many, and after how long."""
        from hamsafar.journeys.pattern import pattern

        return pattern(self, find, top)
