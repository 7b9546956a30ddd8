"""Flow: what comes step by step before and after an anchor."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial as bind
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from hamsafar.journeys.askable import Askable
from hamsafar.journeys.errors import BadNumber
from hamsafar.journeys.flow.view import BORDERS, Flow
from hamsafar.journeys.index import PathIndex
from hamsafar.journeys.parts import Part, run_parts
from hamsafar.journeys.pattern import distinct, matcher_for, owners_of
from hamsafar.journeys.patterns.matching import Spans, matches
from hamsafar.journeys.patterns.tables import Matcher
from hamsafar.journeys.select import restricted
from hamsafar.journeys.transitions import node_names
from hamsafar.journeys.values import OTHER
from hamsafar.journeys.view import END, START
from hamsafar.lib.errors import BadInput

Numbers = npt.NDArray[np.int64]
Occurrence = Literal["first", "last", "every"]

MOST_STEPS = 20
MOST_NODES = 50


class BadOccurrence(BadInput):
    code = "bad_occurrence"
    en = "“{given}” is not an occurrence: first, last or every is expected."
    fa = "«{given}» پذیرفته نیست: یکی از first (نخستین)، last (آخرین) یا every (همه) لازم است."


class NoStepsAround(BadInput):
    code = "no_steps_around"
    en = "A flow needs at least one step before or after its anchor."
    fa = "جریان دست‌کم یک گام پیش یا پس از رویداد مبنا لازم دارد."


@dataclass(frozen=True)
class _Plan:
    """What is asked, as every part needs it."""

    matcher: Matcher
    before: int
    after: int
    occurrence: Occurrence


@dataclass(frozen=True)
class _Nodes:
    """``of`` int32 [steps, n_names + 1]: the node of each name at each step; ``names``: the codes they stand for,
    most frequent first, then -1 for the others (if there are any) and -2 for the border (if it occurs)."""

    of: npt.NDArray[np.int32]
    names: list[list[int]]

    @property
    def width(self) -> int:
        return max(map(len, self.names), default=1)


def flow(
    paths: Askable,
    anchor: str,
    before: int = 2,
    after: int = 3,
    top: int = 8,
    occurrence: Occurrence = "every",
    collapse: bool = False,
) -> Flow:
    """See ``Flow``. ``before`` and ``after``: 0 to ``MOST_STEPS`` steps; ``top``: 1 to ``MOST_NODES`` names a step.

    Raises ``BadNumber``, ``NoStepsAround``, ``BadOccurrence`` and what ``pattern`` raises.
    """
    plan = _plan(paths, anchor, before, after, top, occurrence)
    asked = paths.derive(collapsed) if collapse else paths
    kept = _Kept(plan)
    counts, n, n_paths, n_persons = asked.reduce(bind(_count_steps, kept), _added)
    nodes = _nodes(counts, top)
    persons, links = asked.reduce(bind(_count_nodes, kept, nodes), _added)
    labels = [*node_names(paths.names, (START, END, OTHER)), "", ""]
    steps = [*range(-before, 0), *range(1, after + 1)]

    def label(row: int, node: int) -> str:
        code = nodes.names[row][node]
        return labels[code] if code >= 0 else OTHER if code == -1 else BORDERS[steps[row] > 0]

    node_rows: list[dict[str, Any]] = []
    for row, step in enumerate(steps):
        if step == 1 or (row == 0 and step > 0):
            node_rows.append(_node(0, anchor, n, n_persons, n))
        for node in range(len(nodes.names[row])):
            count = int(_of_node(counts[row], nodes.names[row], node))
            node_rows.append(_node(step, label(row, node), count, int(persons[row, node]), n))
    if not after:
        node_rows.append(_node(0, anchor, n, n_persons, n))
    link_rows = []
    for row, step in enumerate(steps):
        for source, target in np.argwhere(links[row, :, :, 0]).tolist():
            towards = step + 1 if step < 0 else step
            one = anchor if towards == 1 else label(row - (step > 0), source)
            other = anchor if towards == 0 else label(row + (step < 0), target)
            count, behind = links[row, source, target].tolist()
            link_rows.append(
                {"step": towards - 1, "source": one, "target": other, "count": count, "persons": behind}
            )
    link_rows.sort(key=lambda link: (link["step"], -link["count"]))
    return Flow(
        anchor=anchor,
        before=before,
        after=after,
        occurrence=occurrence,
        collapse=collapse,
        unit=paths.unit,
        events=paths.n_events,
        paths=paths.n_paths,
        persons=paths.n_persons,
        occurrences=n,
        anchor_paths=n_paths,
        anchor_persons=n_persons,
        nodes=pa.Table.from_pylist(node_rows, schema=_NODE_SCHEMA),
        links=pa.Table.from_pylist(link_rows, schema=_LINK_SCHEMA),
    )


_NODE_SCHEMA = pa.schema(
    {
        "step": pa.int64(),
        "node": pa.string(),
        "count": pa.int64(),
        "persons": pa.int64(),
        "share": pa.float64(),
    }
)
_LINK_SCHEMA = pa.schema(
    {
        "step": pa.int64(),
        "source": pa.string(),
        "target": pa.string(),
        "count": pa.int64(),
        "persons": pa.int64(),
    }
)


def flow_persons(
    index: PathIndex,
    anchor: str,
    step: int,
    node: str,
    target: str | None = None,
    *,
    before: int = 2,
    after: int = 3,
    top: int = 8,
    occurrence: Occurrence = "every",
    collapse: bool = False,
) -> Numbers:
    """The numbers of the persons behind a node of the flow with these arguments, or behind the link from it to the
    ``target`` one step on. Raises ``BadNumber`` for a step that is not there and ``UnknownEvent`` for a node."""
    plan = _plan(index, anchor, before, after, top, occurrence)
    if not -before <= step <= after - (target is not None):
        raise BadNumber(given=step, field="step", least=-before, most=after - (target is not None))
    index = collapsed(index) if collapse else index
    kept = _Kept(plan)
    counts = index.reduce(bind(_count_steps, kept), _added)[0]
    nodes = _nodes(counts, top)
    source_node, target_node = (
        _number(index, nodes, plan, at, name) if name is not None else -1
        for at, name in ((step, node), (step + 1, target))
    )
    if source_node is None or target_node is None:
        return np.empty(0, dtype=np.int64)

    def having(part: Part) -> Numbers:
        from hamsafar.journeys.kernels.flows import span_has

        spans = kept.spans(part)
        row = step + before
        found = span_has(index.code, index.offset, spans, before, nodes.of, row, source_node, target_node)
        paths: Numbers = spans[found, 0]
        last_of_path = np.append(np.diff(paths) != 0, True)[: len(paths)]
        once: Numbers = paths[last_of_path]
        return once

    return index.persons_of(np.concatenate(run_parts(index, having)))


def collapsed(index: PathIndex) -> PathIndex:
    """The paths without events that repeat the name of the one directly before."""
    kept = np.ones(index.n_events, dtype=bool)
    kept[1:] = index.code[1:] != index.code[:-1]
    kept[index.offset[:-1]] = True
    return restricted(index, kept, "without repeats")


def _plan(paths: Askable, anchor: str, before: int, after: int, top: int, occurrence: Occurrence) -> _Plan:
    for field, given, least, most in (
        ("before", before, 0, MOST_STEPS),
        ("after", after, 0, MOST_STEPS),
        ("top", top, 1, MOST_NODES),
    ):
        if isinstance(given, bool) or not isinstance(given, int) or not least <= given <= most:
            raise BadNumber(given=given, field=field, least=least, most=most)
    if not before + after:
        raise NoStepsAround
    if occurrence not in get_args(Occurrence):
        raise BadOccurrence(given=occurrence)
    # An event's name as it is, whatever signs are in it; everything else is a pattern.
    quoted = '"' + anchor.replace('"', '""') + '"' if anchor in paths.code_by_name else anchor
    return _Plan(matcher_for(paths, quoted), before, after, occurrence)


class _Kept:
    """The anchors found in this process, for the next pass over them. Another process begins without any."""

    def __init__(self, plan: _Plan) -> None:
        self.plan = plan
        self._spans: dict[tuple[PathIndex, int, int], Spans] = {}

    def __reduce__(self) -> tuple[type[_Kept], tuple[_Plan]]:
        return _Kept, (self.plan,)

    def spans(self, part: Part) -> Spans:
        """The anchors that count, found when they are first asked for; see ``matches``."""
        key = (part.index, part.first, part.last)
        if key not in self._spans:
            spans = matches(self.plan.matcher, part, only_first=self.plan.occurrence == "first")
            if self.plan.occurrence == "last" and len(spans):
                spans = spans[np.append(np.diff(spans[:, 0]) != 0, True)]
            self._spans[key] = spans
        return self._spans[key]


def _count_steps(kept: _Kept, part: Part) -> tuple[Numbers, int, int, int]:
    from hamsafar.journeys.kernels.flows import count_steps

    index = part.index
    plan, spans = kept.plan, kept.spans(part)
    counts = count_steps(index.code, index.offset, spans, plan.before, plan.after, len(index.names))
    paths = spans[:, 0]
    return counts, len(spans), distinct(paths), distinct(owners_of(index, paths))


def _count_nodes(kept: _Kept, nodes: _Nodes, part: Part) -> tuple[Numbers, Numbers]:
    from hamsafar.journeys.kernels.flows import count_nodes

    index = part.index
    plan, spans = kept.plan, kept.spans(part)
    persons, links = count_nodes(
        index.code, index.offset, spans, owners_of(index, spans[:, 0]), plan.before, nodes.of, nodes.width
    )
    return persons, links


def _added(left: Any, right: Any) -> Any:
    return tuple(one + other for one, other in zip(left, right, strict=True))


def _nodes(counts: Numbers, top: int) -> _Nodes:
    """The ``top`` most frequent names of each step, equals in the order of names; the others; the border."""
    n_names = counts.shape[1] - 1
    of = np.zeros(counts.shape, dtype=np.int32)
    names = []
    for row, own in enumerate(counts):
        occurring = np.flatnonzero(own[:-1])
        order = occurring[np.argsort(-own[occurring], kind="stable")]
        listed = order[:top].tolist()
        if len(order) > top:
            of[row] = len(listed)
            listed.append(-1)
        of[row, order[:top]] = np.arange(min(top, len(order)))
        if own[n_names]:
            of[row, n_names] = len(listed)
            listed.append(-2)
        names.append(listed)
    return _Nodes(of, names)


def _of_node(counts: Numbers, names: list[int], node: int) -> int:
    """How many occurrences have a node at a step."""
    code = names[node]
    if code == -1:
        return int(counts[:-1].sum() - counts[[one for one in names if one >= 0]].sum())
    return int(counts[code if code >= 0 else -1])


def _node(step: int, name: str, count: int, persons: int, n: int) -> dict[str, Any]:
    return {
        "step": step,
        "node": name,
        "count": count,
        "persons": persons,
        "share": count / n if n else None,
    }


def _number(index: PathIndex, nodes: _Nodes, plan: _Plan, step: int, name: str) -> int | None:
    """The number of a node at a step; None when it does not occur there."""
    if step == 0:
        return 0
    row = step + plan.before - (step > 0)
    labels = {label: code for code, label in enumerate(node_names(index.names, (START, END, OTHER)))}
    if name == OTHER:
        code = -1
    elif name == BORDERS[step > 0]:
        code = -2
    else:
        code = labels[name] if name in labels else index.code_of(name)
    return nodes.names[row].index(code) if code in nodes.names[row] else None
