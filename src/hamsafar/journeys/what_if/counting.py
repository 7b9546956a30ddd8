"""How often each transition up to a goal was taken, and how long it took: what the chain is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial as bind
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.askable import Askable
from hamsafar.journeys.designed.map_model import MapModel
from hamsafar.journeys.designed.walk import Stretch, Walk
from hamsafar.journeys.errors import UnknownEvent
from hamsafar.journeys.jackknife import GROUPS, person_groups
from hamsafar.journeys.parts import Part
from hamsafar.journeys.transitions import node_names
from hamsafar.journeys.view import END, START
from hamsafar.journeys.what_if.chain import Array, Floats
from hamsafar.journeys.what_if.change import BadChange, Change
from hamsafar.lib.errors import BadInput

Numbers = npt.NDArray[np.int64]

_TABLE_CELLS = 2_000_000
_LARGEST_SUM = 2**62
_PART_EVENTS = 5_000_000


class NotBound(BadInput):
    code = "touchpoint_not_bound"
    en = "No events are bound to the touchpoint “{name}”, so no path leads there. Give it a matcher first."
    fa = "هیچ رویدادی به نقطهٔ تماس «{name}» متصل نیست و مسیری به آن نمی‌رسد. ابتدا شرط شناسایی آن را تعیین کنید."


@dataclass(frozen=True)
class Nodes:
    """The nodes of the chain, and which events are which of them.

    ``node_of`` int32: the node of each event's code, -1 for events that are passed over; the code is that of the
    event's name, or, on a map, the number of its touchpoint. ``also`` are other texts for a node, and ``unbound``
    touchpoints that no event is bound to.
    """

    labels: tuple[str, ...]
    node_of: npt.NDArray[np.int32]
    also: Mapping[str, int]
    unbound: frozenset[str]

    @classmethod
    def of_names(cls, paths: Askable, nodes: Mapping[str, Sequence[str]] | None) -> Nodes:
        """Every name by itself, or the given groups of names. Raises ``UnknownEvent``."""
        if nodes is None:
            labels = tuple(node_names(paths.names))
            return cls(labels, np.arange(len(labels), dtype=np.int32), {}, frozenset())
        node_of = np.full(len(paths.names), -1, dtype=np.int32)
        for place, names in reversed(list(enumerate(nodes.values()))):
            for name in names:
                node_of[paths.code_of(name)] = place
        return cls(tuple(node_names(tuple(nodes))), node_of, {}, frozenset())

    @classmethod
    def of_map(cls, model: MapModel) -> Nodes:
        """The bound touchpoints of a map, in map order, by name (with the id, where a name is not alone) or id."""
        bound = [one for one in model.touchpoints if one.bound]
        names = [one.name for one in bound]
        told = [one.name if names.count(one.name) == 1 else f"{one.name} ({one.id})" for one in bound]
        places = np.cumsum([one.bound for one in model.touchpoints]) - 1
        return cls(
            labels=tuple(node_names(tuple(told))),
            node_of=np.where([one.bound for one in model.touchpoints], places, -1).astype(np.int32),
            also={one.id: place for place, one in enumerate(bound)},
            unbound=frozenset(
                text for one in model.touchpoints if not one.bound for text in (one.id, one.name)
            ),
        )

    def place(self, label: str) -> int:
        """The number of a node. Raises ``UnknownEvent`` and ``NotBound``."""
        if label in self.labels:
            return self.labels.index(label)
        if label in self.also:
            return self.also[label]
        if label in self.unbound:
            raise NotBound(name=label)
        raise UnknownEvent(name=label, known=self.labels)


@dataclass(frozen=True)
class Plan:
    """``cells`` of a table of all edges and groups, 0 where they are sorted instead; ``wanted`` is an edge whose
    persons are looked for, or -1."""

    nodes: Nodes
    goal: int
    unit_us: int
    cells: int
    wanted: int = -1

    @classmethod
    def of(cls, paths: Askable, nodes: Nodes, goal: str) -> Plan:
        """Raises ``UnknownEvent`` and ``NotBound``."""
        n = len(nodes.labels)
        first, last = paths.span_us
        unit_us = 1
        # A path cut in instances is a sum of no more than its whole time.
        while (last - first) * max(paths.n_paths, 1) // unit_us > _LARGEST_SUM:
            unit_us *= 10
        cells = (n + 1) * (n + 2) * GROUPS
        return cls(nodes, nodes.place(goal), unit_us, cells if cells <= _TABLE_CELLS else 0)

    def edge(self, change: Change) -> int:
        """The number of the transition that is changed. Raises ``UnknownEvent``, ``NotBound`` and ``BadChange``."""
        n = len(self.nodes.labels)
        source = n if change.source == START else self.nodes.place(change.source)
        target = n + 1 if change.target == END else self.nodes.place(change.target)
        if source == self.goal:  # a path has arrived there
            raise BadChange(given=str(change))
        return source * (n + 2) + target

    def looking_for(self, change: Change) -> Plan:
        return replace(self, wanted=self.edge(change))


@dataclass(frozen=True)
class Counted:
    """Of each key ``edge * GROUPS + group`` (ascending): how often, and the sum of gaps. A monoid."""

    keys: Numbers
    counts: Numbers
    gaps: Numbers
    edges: Numbers
    persons: Numbers  # who have each of the edges
    totals: Numbers  # paths, those that reach the goal, their time
    found: Numbers  # the persons with the edge that is looked for, ascending

    def merge(self, other: Counted) -> Counted:
        from hamsafar.journeys.kernels.counting import merge_counts

        keys, counts = merge_counts(self.keys, self.counts, other.keys, other.counts)
        _, gaps = merge_counts(self.keys, self.gaps, other.keys, other.gaps)
        edges, persons = merge_counts(self.edges, self.persons, other.edges, other.persons)
        found = np.concatenate([self.found, other.found])
        return Counted(keys, counts, gaps, edges, persons, self.totals + other.totals, found)


@dataclass(frozen=True)
class Observed:
    """Counts and seconds of each edge, of all persons, and of each group of them; float64 [edges]."""

    counts: Floats
    seconds: Floats
    own: tuple[tuple[Numbers, Floats, Floats], ...]  # of each group: places of its edges, counts, seconds

    @classmethod
    def of(cls, partial: Counted, edges: Numbers, unit_us: int) -> Observed:
        place, group = np.searchsorted(edges, partial.keys // GROUPS), partial.keys % GROUPS
        counts: Floats = partial.counts.astype(np.float64)
        seconds: Floats = partial.gaps.astype(np.float64) * (unit_us / 1e6)
        order = np.argsort(group, kind="stable")
        bounds = np.searchsorted(group[order], np.arange(GROUPS + 1))
        return cls(
            np.bincount(place, counts, len(edges)).astype(np.float64),
            np.bincount(place, seconds, len(edges)).astype(np.float64),
            tuple(
                (place[own], counts[own], seconds[own])
                for own in (order[low:high] for low, high in pairwise(bounds))
            ),
        )

    def without(self, group: int) -> tuple[Floats, Floats]:
        """Counts and seconds of all but a group."""
        place, own_counts, own_seconds = self.own[group]
        counts, seconds = self.counts.copy(), self.seconds.copy()
        counts[place] -= own_counts
        seconds[place] -= own_seconds
        return counts, seconds


def counted(paths: Askable, plan: Plan, model: MapModel | None) -> Counted:
    """The transitions of all paths, or of the instances of a map."""
    if model is not None:
        touchpoints = np.array([one.touchpoint for one in model.placements], dtype=np.uint16)
        return Walk(paths, model).reduce(bind(_of_stretch, plan, touchpoints), Counted.merge)
    sparse = not plan.cells and paths.n_events > 2 * _PART_EVENTS
    parts = -(-paths.n_events // _PART_EVENTS) if sparse else None
    return paths.reduce(bind(_of_part, plan), Counted.merge, parts)


def _of_part(plan: Plan, part: Part) -> Counted:
    index = part.index
    tally = _Tally(plan)
    offset = index.offset[part.first : part.last + 1]
    tally.add(index.code, index.at_us, offset, person_groups(part), part.persons)
    return tally.counted()


def _of_stretch(plan: Plan, touchpoints: Array, stretch: Stretch) -> Counted:
    """The instances of a part of the paths; ``touchpoints`` says of each placement whose it is."""
    from hamsafar.journeys.designed.kernels import PLACEMENT, START

    tally = _Tally(plan)
    for chunk in stretch.chunks:
        begins = np.flatnonzero(chunk.place & START)
        path = np.searchsorted(chunk.offset, begins, side="right") - 1
        groups = person_groups(Part(stretch.index, chunk.first, chunk.first + chunk.n_paths))
        tally.add(
            touchpoints[chunk.place & PLACEMENT],
            chunk.at_us[chunk.event],
            np.append(begins, chunk.bound).astype(np.int64),
            groups[path],
            chunk.person[path],
        )
    return tally.counted()


class _Tally:
    """Counts what ``kernels.chains.edges_to_goal`` finds in runs of paths; no person is in two of them."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.counts, self.gaps = np.zeros((2, plan.cells), dtype=np.int64)
        self.persons = np.zeros(plan.cells // GROUPS, dtype=np.int64)
        self.seen = np.full(plan.cells // GROUPS, -1, dtype=np.int64)
        self.totals = np.array([0, 0, 0, len(plan.nodes.labels)], dtype=np.int64)
        self.found: list[Numbers] = [np.empty(0, dtype=np.int64)]
        self.sorted: list[Counted] = []

    def add(self, code: Array, at_us: Array, offset: Numbers, groups: Numbers, persons: Numbers) -> None:
        """Paths ``offset[p]:offset[p + 1]`` of events, with the group and the number of each one's person."""
        from hamsafar.journeys.kernels.chains import edges_to_goal

        plan, n_paths = self.plan, len(offset) - 1
        room = 0 if plan.cells else int(offset[-1] - offset[0]) + n_paths
        keys, key_gaps, key_persons = np.empty((3, room), dtype=np.int64)
        found = np.zeros(n_paths if plan.wanted >= 0 else 0, dtype=np.uint8)
        filled = edges_to_goal(
            code,
            at_us,
            offset,
            0,
            n_paths,
            plan.nodes.node_of,
            plan.goal,
            groups,
            GROUPS,
            plan.unit_us,
            self.counts,
            self.gaps,
            persons,
            self.persons,
            self.seen,
            keys,
            key_gaps,
            key_persons,
            self.totals,
            plan.wanted,
            found,
        )
        if len(found):
            self.found.append(np.unique(persons[found > 0]))
        if not plan.cells:
            self.sorted.append(_sorted(keys[:filled], key_gaps[:filled], key_persons[:filled]))

    def counted(self) -> Counted:
        """Everything that was added."""
        present, own = np.flatnonzero(self.counts), np.flatnonzero(self.persons)
        whole = Counted(
            present,
            self.counts[present],
            self.gaps[present],
            own,
            self.persons[own],
            self.totals[:3],
            np.concatenate(self.found),
        )
        for one in self.sorted:
            whole = whole.merge(one)
        return whole


def ascending(numbers: Numbers) -> Numbers:
    """The different ones of numbers that never fall."""
    different: Numbers = numbers[np.append(True, np.diff(numbers) > 0)[: len(numbers)]]
    return different


def _sorted(keys: Numbers, gaps: Numbers, persons: Numbers) -> Counted:
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    begin = np.flatnonzero(np.append(True, np.diff(keys) > 0)[: len(keys)])
    times = np.diff(np.append(begin, len(keys)))
    sums = np.add.reduceat(gaps[order], begin) if len(keys) else gaps
    # Persons are numbered from the first one, so that an edge and a person are one number.
    first = int(persons.min(initial=np.iinfo(np.int64).max)) if len(persons) else 0
    width = int(persons.max()) - first + 1 if len(persons) else 1
    both = ascending(np.sort(keys // GROUPS * width + (persons[order] - first)))
    edges, n_persons = np.unique(both // width, return_counts=True)
    nothing = np.empty(0, dtype=np.int64)
    totals = np.zeros(3, dtype=np.int64)
    return Counted(keys[begin], times, sums, edges, n_persons.astype(np.int64), totals, nothing)
