"""Correlates: which events, transitions and properties go with reaching a goal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial as bind
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from hamsafar.journeys.askable import Askable
from hamsafar.journeys.correlates.view import Correlates
from hamsafar.journeys.errors import BadNumber, BadWindow, UnknownProperty
from hamsafar.journeys.index import PathIndex
from hamsafar.journeys.marks import Marks
from hamsafar.journeys.parts import Part, thread_count
from hamsafar.journeys.statistics import Z95, benjamini_hochberg
from hamsafar.journeys.transitions import node_names
from hamsafar.journeys.values import column_of, text_codes, unknown_property
from hamsafar.journeys.view import (
    START,
)
from hamsafar.lib.intervals import wilson

Counts = npt.NDArray[np.int64]

KINDS = ("event", "transition", "property")
MOST = 1_000
MOST_PROPERTIES = 20
_TABLE_NAMES = 1_000  # up to so many names, neighbours are counted in a table of all pairs
_LISTED_EVENTS = 16_000_000  # events of which one part may list the neighbours
_ALWAYS = np.iinfo(np.int64).max


@dataclass(frozen=True)
class _Asked:
    goal: Marks
    window_us: int
    data_end_us: int
    properties: tuple[str, ...]
    n_names: int


@dataclass(frozen=True)
class _Keyed:
    """Counts of what is numbered: ``keys`` int64 [n], sorted, each once; ``counts`` int64 [3, n] as the
    kernels give."""

    keys: Counts
    counts: Counts

    def with_(self, other: _Keyed) -> _Keyed:
        if np.array_equal(self.keys, other.keys):
            return _Keyed(self.keys, self.counts + other.counts)
        keys, place = np.unique(np.concatenate([self.keys, other.keys]), return_inverse=True)
        counts = np.zeros((3, len(keys)), dtype=np.int64)
        for row in range(3):
            np.add.at(counts[row], place, np.concatenate([self.counts[row], other.counts[row]]))
        return _Keyed(keys, counts)


@dataclass(frozen=True)
class _Partial:
    groups: Counts  # [4]: paths that were not watched, began with the goal, did not reach it, reached it
    names: Counts  # [3, n_names]
    pairs: _Keyed
    values: tuple[dict[str, Counts] | None, ...]  # of each property: counts [3] of each text; None: not known


def correlates(
    paths: Askable,
    goal: str,
    *,
    properties: Sequence[str] = (),
    within_seconds: float | None = None,
    min_paths: int = 10,
    top: int = 50,
) -> Correlates:
    """See ``Correlates``; ``goal`` is what ``Marks.of`` understands.

    Raises ``UnknownEvent``, ``UnknownProperty``, ``BadWindow``, ``BadNumber`` and, for a pattern, what ``pattern``
    raises.
    """
    for field, given, least, most in (
        ("top", top, 1, MOST),
        ("min_paths", min_paths, 1, 10**12),
        ("properties", len(properties), 0, MOST_PROPERTIES),
    ):
        if isinstance(given, bool) or not isinstance(given, int) or not least <= given <= most:
            raise BadNumber(given=given, field=field, least=least, most=most)
    asked = _asked(paths, goal, properties, within_seconds)
    parts = None
    if asked.n_names > _TABLE_NAMES:
        parts = max(thread_count(), -(-paths.n_events // _LISTED_EVENTS))
    partial = paths.reduce(bind(map_part, asked), merge, parts)
    return finish(paths, asked, partial, goal, within_seconds, min_paths, top)


def correlates_persons(
    index: PathIndex,
    goal: str,
    kind: str,
    name: Sequence[str],
    *,
    within_seconds: float | None = None,
    reached: bool | None = None,
) -> Counts:
    """Numbers of the persons with a path that has the feature, and that ``reached`` the goal or did not (None: either).

    An empty ``name`` is no feature: all paths that are compared.
    """
    asked = _asked(index, goal, (), within_seconds)
    ends, group = _looked_at(asked, Part(index, 0, index.n_paths))
    compared = group >= 0 if reached is None else group == int(reached)
    if not name:
        return index.persons_of(np.flatnonzero(compared))
    if kind == "property":
        column = column_of(index, name[0])
        if column is None:
            raise UnknownProperty(name=name[0], known=tuple(index.properties))
        codes, texts = text_codes(column)
        meant = np.append(codes == (texts.index(name[1]) if name[1] in texts else -1), False)
        places = np.flatnonzero(meant[column.code])
    else:
        labels = dict(zip(node_names(index.names), range(len(index.names)), strict=True))
        codes_meant = [labels[one] if one in labels else index.code_of(one) for one in name if one != START]
        places = np.flatnonzero(index.code == codes_meant[-1])
        if kind == "transition":
            path_begins = np.zeros(index.n_events + 1, dtype=bool)
            path_begins[index.offset] = True
            if name[0] == START:
                places = places[path_begins[places]]
            else:
                places = places[~path_begins[places]]
                places = places[index.code[places - 1] == codes_meant[0]]
    path = np.searchsorted(index.offset, places, side="right") - 1
    path = np.unique(path[(places < ends[path]) & compared[path]])
    return index.persons_of(path)


def _asked(paths: Askable, goal: str, properties: Sequence[str], within_seconds: float | None) -> _Asked:
    if within_seconds is None:
        window_us = _ALWAYS
    elif not within_seconds > 0 or within_seconds == float("inf"):
        raise BadWindow(given=within_seconds)
    else:
        window_us = round(min(within_seconds, 2.0**62 / 1e6) * 1e6)
    return _Asked(Marks.of(paths, goal), window_us, paths.data_end_us, tuple(properties), len(paths.names))


def _looked_at(asked: _Asked, part: Part) -> tuple[Counts, npt.NDArray[np.int8]]:
    from hamsafar.journeys.kernels.presence import before_goal

    # Events of a pattern are part of the goal, so nothing counts from where it begins.
    marked = asked.goal.on(part, "begin", asked.window_us)
    ends, group = np.empty(part.n_paths, dtype=np.int64), np.empty(part.n_paths, dtype=np.int8)
    before_goal(
        marked.code,
        marked.at_us,
        marked.offset,
        0,
        part.n_paths,
        marked.role > 0,
        asked.window_us,
        asked.data_end_us,
        ends,
        group,
    )
    ends += marked.shift
    return ends, group


def map_part(asked: _Asked, part: Part) -> _Partial:
    from hamsafar.journeys.kernels.presence import count_pairs, count_present, list_pairs

    index = part.index
    ends, group = _looked_at(asked, part)
    arrays = (index.offset, index.owners, part.first, part.last, ends, group)
    if asked.n_names <= _TABLE_NAMES:
        counts = count_pairs(index.code, *arrays, asked.n_names)
        present = np.flatnonzero(counts[2])
        pairs = _Keyed(present, counts[:, present])
    else:
        listed, rows = list_pairs(index.code, index.offset, part.first, part.last, ends, group, asked.n_names)
        pairs = _counted(listed, group[rows], part.persons[rows], index.n_persons)
    return _Partial(
        groups=np.bincount(group + 2, minlength=4).astype(np.int64),
        names=count_present(index.code, *arrays, asked.n_names),
        pairs=pairs,
        values=tuple(_values(index, name, arrays) for name in asked.properties),
    )


def _counted(listed: Counts, group: npt.NDArray[np.int8], person: Counts, n_persons: int) -> _Keyed:
    keys, place = np.unique(listed, return_inverse=True)
    counts = np.zeros((3, len(keys)), dtype=np.int64)
    for which in (0, 1):
        counts[which] = np.bincount(place[group == which], minlength=len(keys))
    pairs = np.unique(place * np.int64(n_persons + 1) + person)
    counts[2] = np.bincount(pairs // (n_persons + 1), minlength=len(keys))
    return _Keyed(keys, counts)


def _values(index: PathIndex, name: str, arrays: tuple[Any, ...]) -> dict[str, Counts] | None:
    from hamsafar.journeys.kernels.presence import count_present

    column = column_of(index, name)
    if column is None:
        return None
    codes, texts = text_codes(column)
    of_value = np.append(codes, -1).astype(np.int32)
    offset, owners, first, last, ends, group = arrays
    of_event = of_value[column.code]
    counts = count_present(of_event, offset, owners, first, last, ends, group, len(texts))
    return {texts[place]: counts[:, place] for place in np.flatnonzero(counts[2]).tolist()}


def merge(left: _Partial, right: _Partial) -> _Partial:
    return _Partial(
        left.groups + right.groups,
        left.names + right.names,
        left.pairs.with_(right.pairs),
        tuple(_joined(one, other) for one, other in zip(left.values, right.values, strict=True)),
    )


def _joined(one: dict[str, Counts] | None, other: dict[str, Counts] | None) -> dict[str, Counts] | None:
    if one is None or other is None:
        return other if one is None else one
    both = dict(one)
    for text, counts in other.items():
        both[text] = both[text] + counts if text in both else counts
    return both


def finish(
    paths: Askable,
    asked: _Asked,
    partial: _Partial,
    goal: str,
    within_seconds: float | None,
    min_paths: int,
    top: int,
) -> Correlates:
    not_watched, began, others, reached = partial.groups.tolist()
    kinds, names, counts = _features(paths, asked, partial, min_paths, others + reached)
    if not (reached and others):
        kinds, names, counts = [], [], counts[:, :0]
    return Correlates(
        events=paths.n_events,
        paths=paths.n_paths,
        persons=paths.n_persons,
        unit=paths.unit,
        goal=goal,
        within_seconds=within_seconds,
        properties=asked.properties,
        min_paths=min_paths,
        reached=reached,
        others=others,
        began_with_goal=began,
        not_watched=not_watched,
        tested=len(kinds),
        rows=_rows(kinds, names, counts, reached, others, top),
    )


def _features(
    paths: Askable, asked: _Asked, partial: _Partial, min_paths: int, n: int
) -> tuple[list[str], list[list[str]], Counts]:
    """Kind and name of the features to test, and their counts int64 [3, n]."""

    def testable(counts: Counts) -> Counts:
        having = counts[0] + counts[1]
        return np.flatnonzero((having >= min_paths) & (having < n))

    labels = [*node_names(paths.names), START]
    events = testable(partial.names)
    pairs = testable(partial.pairs.counts)
    kinds = ["event"] * len(events) + ["transition"] * len(pairs)
    names = [[labels[code]] for code in events.tolist()]
    names += [
        [labels[pair // asked.n_names], labels[pair % asked.n_names]]
        for pair in partial.pairs.keys[pairs].tolist()
    ]
    counts = [partial.names[:, events], partial.pairs.counts[:, pairs]]
    for name, values in zip(asked.properties, partial.values, strict=True):
        if values is None:
            if paths.n_paths:
                raise unknown_property(paths, name)
            continue
        texts = sorted(values)
        of_values = np.array([values[text] for text in texts], dtype=np.int64).reshape(-1, 3).T
        chosen = testable(of_values)
        kinds += ["property"] * len(chosen)
        names += [[name, texts[place]] for place in chosen.tolist()]
        counts.append(of_values[:, chosen])
    return kinds, names, np.concatenate(counts, axis=1)


def _rows(
    kinds: list[str], names: list[list[str]], counts: Counts, reached: int, others: int, top: int
) -> pa.Table:
    from hamsafar.journeys.kernels.tables import table_p_values

    a, c = np.ascontiguousarray(counts[1]), np.ascontiguousarray(counts[0])
    b, d = reached - a, others - c
    p = table_p_values(a, b, c, d)
    corrected = np.array(benjamini_hochberg(p.tolist()), dtype=np.float64)
    half = (a == 0) | (b == 0) | (c == 0) | (d == 0)
    cells = [cell + np.where(half, 0.5, 0.0) for cell in (a, b, c, d)]
    log_ratio = np.log(cells[0]) + np.log(cells[3]) - np.log(cells[1]) - np.log(cells[2])
    spread = Z95 * np.sqrt(sum((1 / cell for cell in cells), np.zeros(len(a))))
    # By p; where p is too small for a number, by how far the interval is from 1.
    sureness = np.abs(log_ratio) - spread
    kept: list[int] = []
    for kind in KINDS:
        of_kind = [place for place, one in enumerate(kinds) if one == kind]
        kept += sorted(of_kind, key=lambda place: (p[place], -sureness[place], names[place]))[:top]
    kept.sort(key=lambda place: (p[place], -sureness[place], names[place]))
    order = np.array(kept, dtype=np.int64)
    with_, without = (
        [wilson(*pair) for pair in zip(some[order].tolist(), (some + rest)[order].tolist(), strict=True)]
        for some, rest in ((a, c), (b, d))
    )
    return pa.table(
        {
            "kind": pa.array([kinds[place] for place in kept], pa.string()),
            "name": pa.array([names[place] for place in kept], pa.list_(pa.string())),
            "paths": pa.array((a + c)[order]),
            "persons": pa.array(counts[2][order]),
            "reached_with": pa.array(a[order]),
            "share_with": pa.array([rate.value for rate in with_], pa.float64()),
            "share_with_low": pa.array([rate.low for rate in with_], pa.float64()),
            "share_with_high": pa.array([rate.high for rate in with_], pa.float64()),
            "without": pa.array((b + d)[order]),
            "reached_without": pa.array(b[order]),
            "share_without": pa.array([rate.value for rate in without], pa.float64()),
            "share_without_low": pa.array([rate.low for rate in without], pa.float64()),
            "share_without_high": pa.array([rate.high for rate in without], pa.float64()),
            "odds_ratio": pa.array(np.exp(log_ratio)[order]),
            "low": pa.array(np.exp(log_ratio - spread)[order]),
            "high": pa.array(np.exp(log_ratio + spread)[order]),
            "half_added": pa.array(half[order]),
            "p": pa.array(p[order]),
            "p_corrected": pa.array(corrected[order]),
        }
    )
