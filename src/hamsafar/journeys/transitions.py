"""Transitions: what directly follows what, how often, for how many, and after how long."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial as bind
from typing import Any, ClassVar, Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from hamsafar.journeys.askable import Askable
from hamsafar.journeys.drawing import MOST_BARS, Bar, bars
from hamsafar.journeys.estimate import Estimate, Key, share
from hamsafar.journeys.index import NO_OWNERS, PathIndex, Unit
from hamsafar.journeys.parts import Part, run_parts, thread_count
from hamsafar.journeys.small_groups import small
from hamsafar.journeys.view import (
    END,
    START,
    Language,
    Result,
    duration,
    first_rows,
    medians_note,
    node,
    number,
    rests_on,
    with_paths,
)

Counts = npt.NDArray[np.int64]

# A table of gaps has a row per edge and a cell per bucket. Up to so many cells every pair of names has a row;
_PAIR_CELLS = 8_000_000
# above, only pairs that occur have one, up to so many cells a thread; above that, cells are sorted.
_EDGE_CELLS = 32_000_000
# A table larger than this costs more than sorting unless there are events enough to fill it.
_SMALL_TABLE = 1_000_000
_CELLS_AN_EVENT = 8
# Up to so many names a table of all pairs says where an edge stands in the list of edges.
_TABLE_NAMES = 2_000
# Events that a sorting part may hold at once: two int64 arrays of this length.
_SORTED_EVENTS = 16_000_000
# Up to here a second pass over the middle buckets makes the medians exact.
_EXACT_EVENTS = 4_000_000


@dataclass(frozen=True)
class Transitions(Result):
    """How paths go from event to event.

    One row per pair that occurs: ``source``, ``target``, ``count`` (how many times), ``paths`` (in how many of
    them), ``persons`` (of how many these are), ``median_gap_seconds`` (None from the start and to the end).
    ``(start)`` and ``(end)`` are nodes, so for every name the counts into it add up to the counts out of it.
    Most counts first, ties by name.

    ``median_relative_error`` bounds how far a median may be from the exact one: 0 means exact.
    """

    unit: Unit
    events: int
    paths: int
    persons: int
    median_relative_error: float
    rows: pa.Table

    titles: ClassVar = {"en": "Transitions", "fa": "گذار میان رویدادها"}
    headings: ClassVar = {
        "en": ("source", "target", "count", "persons", "median gap"),
        "fa": ("از", "به", "تعداد", "اشخاص", "میانهٔ فاصلهٔ زمانی"),
    }

    def table(self) -> pa.Table:
        """``source``, ``target`` string; ``count``, ``paths``, ``persons`` int64; ``median_gap_seconds``
        float64."""
        return self.rows

    def to_dict(self) -> dict[str, Any]:
        return {
            "question": "transitions",
            "unit": self.unit,
            "events": self.events,
            "paths": self.paths,
            "persons": self.persons,
            "median_relative_error": self.median_relative_error,
            "rows": self.rows.to_pylist(),
        }

    def masked(self, least: int) -> tuple[Self, int]:
        """What flows into a name adds up to its events, as does what flows out: no edge may go alone."""
        flags = small(self.rows["persons"], least)
        persons = self.rows["persons"].to_numpy()
        sides = [
            self.rows[side].combine_chunks().dictionary_encode().indices.to_numpy()
            for side in ("source", "target")
        ]
        before = -1
        while before != (before := int(np.count_nonzero(flags))):
            for side in sides:
                flags = _none_alone(flags, persons, side)
        return replace(self, rows=self.rows.filter(pa.array(~flags))), int(np.count_nonzero(flags))

    def heads(self, language: Language) -> tuple[str, ...]:
        return with_paths(self.headings[language], 3, self.unit, language)

    def cells(self, language: Language, limit: int) -> list[list[str]]:
        counts = ("count", "persons") if self.unit == "person" else ("count", "paths", "persons")
        return [
            [
                node(row["source"], language),
                node(row["target"], language),
                *(number(row[count], language) for count in counts),
                duration(row["median_gap_seconds"], language),
            ]
            for row in first_rows(self.rows, limit)
        ]

    def drawing(self, language: Language) -> str:
        arrow = " ← " if language == "fa" else " → "
        rows = [
            Bar(
                arrow.join(node(row[end], language) for end in ("source", "target")),
                row["count"],
                number(row["count"], language),
            )
            for row in first_rows(self.rows, MOST_BARS)
        ]
        return bars(rows, self.titles[language], language)

    def estimates(self) -> list[Estimate]:
        """For each transition, the share of paths that have it."""
        rows = self.rows.to_pylist()
        return [share((row["source"], row["target"]), row["paths"], self.paths) for row in rows]

    def absent(self, key: Key) -> Estimate | None:
        return share(key, 0, self.paths)

    def notes(self, language: Language) -> list[str]:
        return [
            rests_on(self.events, self.persons, language, self.paths, self.unit),
            *medians_note(self.median_relative_error, language),
        ]


def _none_alone(
    flags: npt.NDArray[np.bool_], persons: Counts, group: npt.NDArray[Any]
) -> npt.NDArray[np.bool_]:
    """The flags and, in each group with exactly one, that of the row with the fewest persons of the others."""
    lonely = np.bincount(group, weights=flags) == 1
    others = np.flatnonzero(~flags & lonely[group])
    others = others[np.lexsort((persons[others], group[others]))]
    _, first = np.unique(group[others], return_index=True)
    flags = flags.copy()
    flags[others[first]] = True
    return flags


@dataclass(frozen=True)
class _Plan:
    """Which edges get a row of the table of gaps; None: too many, so cells are sorted instead."""

    edges: Counts | None
    row_of: npt.NDArray[np.int32]
    n_buckets: int
    cell: np.dtype[Any]


@dataclass(frozen=True)
class _Partial:
    """Counts of one part. ``edge`` = source * n_names + target; sorted and without repetition.

    With a table of gaps, ``dense`` [edges, buckets] is that; without, only the cells that occur are kept:
    ``cells`` = edge * buckets + bucket, sorted, with ``counts``.
    """

    ends: Counts  # [2, n_names]: paths that begin, paths that end with each name
    end_persons: Counts  # [2, n_names]: persons with such paths
    edges: Counts
    edge_paths: Counts
    edge_persons: Counts
    cells: Counts
    counts: Counts
    dense: npt.NDArray[Any] | None


_NOTHING = np.empty(0, dtype=np.int64)


def transitions(paths: Askable) -> Transitions:
    """See ``Transitions``; no paths have no rows."""
    chosen = plan(paths)
    parts = None
    if chosen.edges is None:
        parts = max(thread_count(), -(-paths.n_events // _SORTED_EVENTS))
    return finish(paths, paths.reduce(bind(map_part, chosen), merge, parts))


def plan(paths: Askable) -> _Plan:
    """How to count: by the number of names, and where that does not tell, by the pairs that occur."""
    n_names, n_buckets = len(paths.names), _n_buckets(paths)
    worth = max(_SMALL_TABLE, _CELLS_AN_EVENT * paths.n_events)
    # 32 bits are enough for a cell unless all events together could overflow it.
    cell = np.dtype(np.uint32 if paths.n_events < 2**32 else np.int64)
    if n_names**2 * n_buckets <= min(_PAIR_CELLS, worth):
        return _Plan(np.arange(n_names**2), np.arange(n_names**2, dtype=np.int32), n_buckets, cell)
    if n_names <= _TABLE_NAMES:
        edges = np.flatnonzero(paths.reduce(_edges_present, np.logical_or))
        if len(edges) * n_buckets <= min(_EDGE_CELLS, worth):
            row_of = np.zeros(n_names**2, dtype=np.int32)
            row_of[edges] = np.arange(len(edges), dtype=np.int32)
            return _Plan(edges, row_of, n_buckets, cell)
    return _Plan(None, np.empty(0, dtype=np.int32), n_buckets, cell)


def _edges_present(part: Part) -> npt.NDArray[np.bool_]:
    from hamsafar.journeys.kernels.counting import edges_present

    index = part.index
    present: npt.NDArray[np.bool_] = edges_present(
        index.code, index.offset, part.first, part.last, len(index.names)
    )
    return present


def map_part(chosen: _Plan, part: Part) -> _Partial:
    from hamsafar.journeys.kernels.counting import (
        count_ends,
        edge_persons,
        transitions_dense,
        transitions_sparse,
    )

    index, first, last = part.index, part.first, part.last
    n_names, n_buckets, owner = len(index.names), chosen.n_buckets, index.owner
    ends = count_ends(index.code, index.offset, NO_OWNERS, first, last, n_names)
    end_persons = ends
    if owner is not None:
        end_persons = count_ends(index.code, index.offset, owner, first, last, n_names)
    arrays = (index.code, index.at_us, index.offset)
    if chosen.edges is not None:
        n_edges = len(chosen.edges)
        cells = np.zeros(n_edges * n_buckets + 1, dtype=chosen.cell)
        paths = np.zeros(n_edges + 1, dtype=np.int64)
        transitions_dense(*arrays, first, last, n_names, n_buckets, chosen.row_of, cells, paths)
        dense, paths = cells[:-1].reshape(n_edges, n_buckets), paths[:-1]
        persons = paths
        if owner is not None:
            persons = edge_persons(
                index.code, index.offset, owner, first, last, chosen.row_of, n_names, n_edges
            )
        return _Partial(ends, end_persons, chosen.edges, paths, persons, _NOTHING, _NOTHING, dense)
    keys, in_paths = transitions_sparse(*arrays, NO_OWNERS, first, last, n_names, n_buckets)
    cells, counts = np.unique(keys, return_counts=True)
    edges, paths = np.unique(in_paths, return_counts=True)
    persons = paths
    if owner is not None:
        _, of_persons = transitions_sparse(*arrays, owner, first, last, n_names, n_buckets)
        persons = np.unique(of_persons, return_counts=True)[1]
    return _Partial(ends, end_persons, edges, paths, persons, cells, counts, None)


def merge(left: _Partial, right: _Partial) -> _Partial:
    from hamsafar.journeys.kernels.counting import merge_counts

    ends, end_persons = left.ends + right.ends, left.end_persons + right.end_persons
    if left.dense is not None and right.dense is not None:
        paths, persons = left.edge_paths + right.edge_paths, left.edge_persons + right.edge_persons
        dense = left.dense + right.dense
        return _Partial(ends, end_persons, left.edges, paths, persons, _NOTHING, _NOTHING, dense)
    edges, paths = merge_counts(left.edges, left.edge_paths, right.edges, right.edge_paths)
    edges, persons = merge_counts(left.edges, left.edge_persons, right.edges, right.edge_persons)
    cells, counts = merge_counts(left.cells, left.counts, right.cells, right.counts)
    return _Partial(ends, end_persons, edges, paths, persons, cells, counts, None)


def finish(paths: Askable, partial: _Partial) -> Transitions:
    edges, within, persons, counts, middles = _summed(paths, partial)
    medians, error = _medians(paths, edges, counts, middles)
    n_names = len(paths.names)
    begin, end = (np.flatnonzero(row) for row in partial.ends)
    columns = {
        "source": np.concatenate([edges // max(n_names, 1), np.full(len(begin), n_names), end]),
        "target": np.concatenate([edges % max(n_names, 1), begin, np.full(len(end), n_names + 1)]),
        "count": np.concatenate([counts, partial.ends[0][begin], partial.ends[1][end]]),
        "paths": np.concatenate([within, partial.ends[0][begin], partial.ends[1][end]]),
        "persons": np.concatenate([persons, partial.end_persons[0][begin], partial.end_persons[1][end]]),
    }
    gaps = np.concatenate([medians / 1e6, np.full(len(begin) + len(end), np.nan)])
    labels = pa.array([*node_names(paths.names), START, END], pa.string())
    order = np.lexsort((columns["target"], columns["source"], -columns["count"]))
    return Transitions(
        events=paths.n_events,
        unit=paths.unit,
        paths=int(partial.ends[0].sum()),
        persons=paths.n_persons,
        median_relative_error=error,
        rows=pa.table(
            {
                "source": labels.take(pa.array(columns["source"][order])),
                "target": labels.take(pa.array(columns["target"][order])),
                "count": pa.array(columns["count"][order]),
                "paths": pa.array(columns["paths"][order]),
                "persons": pa.array(columns["persons"][order]),
                "median_gap_seconds": pa.array(gaps[order], from_pandas=True),
            }
        ),
    )


def transitions_persons(index: PathIndex, source: str, target: str) -> Counts:
    """Numbers of the persons behind one row, ascending int64; raises ``UnknownEvent``."""
    from hamsafar.journeys.kernels.counting import persons_with_pair

    labels = {label: code for code, label in enumerate(node_names(index.names))}

    def code(label: str) -> int:
        return labels[label] if label in labels else index.code_of(label)

    pair = (-1 if source == START else code(source), -1 if target == END else code(target))
    if pair == (-1, -1):  # a path without events does not exist
        return np.empty(0, dtype=np.int64)
    found = run_parts(
        index, lambda part: persons_with_pair(index.code, index.offset, part.first, part.last, *pair)
    )
    return index.persons_of(np.concatenate(found))


def node_names(names: tuple[str, ...], reserved: tuple[str, ...] = (START, END)) -> list[str]:
    """Labels of names as nodes: an event that is itself called ``(start)`` does not pass for the start."""
    taken = {*names, *reserved}
    labels = []
    for name in names:
        label = name
        while label in reserved or (label != name and label in taken):
            label = f"event {label}"
        labels.append(label)
    return labels


def _n_buckets(paths: Askable) -> int:
    from hamsafar.journeys.kernels.histogram import buckets_for

    first, last = paths.span_us
    return buckets_for(last - first)


def _summed(paths: Askable, partial: _Partial) -> tuple[Counts, Counts, Counts, Counts, Counts]:
    """Of the edges that occur: edge, paths, persons, count, and where the median gap is [n, 3]."""
    from hamsafar.journeys.kernels.histogram import middle_buckets

    if partial.dense is not None:
        present = np.flatnonzero(partial.edge_persons)
        # Nearly always all of them occur; then the table need not be copied.
        dense = partial.dense if len(present) == len(partial.dense) else partial.dense[present]
        counts = dense.sum(axis=1, dtype=np.int64)
        edges, paths_of, persons_of = (
            column[present] for column in (partial.edges, partial.edge_paths, partial.edge_persons)
        )
        return edges, paths_of, persons_of, counts, middle_buckets(dense)
    n_buckets = _n_buckets(paths)
    begin = np.searchsorted(partial.cells, partial.edges * n_buckets)
    running = np.concatenate([[0], np.cumsum(partial.counts)])
    before = running[begin]
    counts = np.diff(np.append(before, running[-1]))
    ranks = np.stack([(counts - 1) // 2, counts // 2], axis=1) + before[:, None]
    cells = np.searchsorted(running, ranks, side="right") - 1
    middles = np.column_stack([partial.cells[cells] % n_buckets, running[cells[:, 0]] - before])
    return partial.edges, partial.edge_paths, partial.edge_persons, counts, middles


def _medians(
    paths: Askable, edges: Counts, counts: Counts, middles: Counts
) -> tuple[npt.NDArray[np.float64], float]:
    """Median gap of each edge in microseconds, and the bound on its relative error."""
    from hamsafar.journeys.kernels import histogram

    n_buckets = _n_buckets(paths)
    if paths.n_events > _EXACT_EVENTS:
        return histogram.bucket_middles(n_buckets)[middles[:, :2]].mean(axis=1), histogram.RELATIVE_ERROR
    if not len(edges):
        return np.empty(0), 0.0
    n_names = len(paths.names)
    place_of = np.zeros(n_names**2 if n_names <= _TABLE_NAMES else 0, dtype=np.int32)
    if len(place_of):
        place_of[edges] = np.arange(len(edges), dtype=np.int32)
    ends = histogram.bucket_ends(n_buckets)
    within = bind(_gaps_between, edges, place_of, ends[middles[:, 0]], ends[middles[:, 1] + 1])
    places, gaps = paths.reduce(within, _joined)
    gaps = gaps[np.lexsort((gaps, places))]
    begin = np.searchsorted(np.sort(places), np.arange(len(edges))) - middles[:, 2]
    return (gaps[begin + (counts - 1) // 2] + gaps[begin + counts // 2]) / 2, 0.0


def _gaps_between(
    edges: Counts, place_of: npt.NDArray[np.int32], low: Counts, high: Counts, part: Part
) -> tuple[Counts, Counts]:
    from hamsafar.journeys.kernels.counting import gaps_between

    index = part.index
    places, gaps = gaps_between(
        index.code,
        index.at_us,
        index.offset,
        part.first,
        part.last,
        len(index.names),
        edges,
        place_of,
        low,
        high,
    )
    return places, gaps


def _joined(left: tuple[Counts, Counts], right: tuple[Counts, Counts]) -> tuple[Counts, Counts]:
    return np.concatenate([left[0], right[0]]), np.concatenate([left[1], right[1]])
