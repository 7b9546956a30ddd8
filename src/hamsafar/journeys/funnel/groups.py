"""Groups within a funnel: by what came next, and by the value of a property at the first step."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial as bind
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from hamsafar.journeys.askable import Askable
from hamsafar.journeys.parts import Part
from hamsafar.journeys.transitions import node_names
from hamsafar.journeys.view import END, OTHER

if TYPE_CHECKING:
    from hamsafar.journeys.funnel.question import _Partial, _Plan, _Runs

Array = npt.NDArray[Any]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class _Groups:
    """``next_persons`` int64 [rows]; ``paths`` and ``persons`` int64 [groups, n_steps] that reach each step."""

    next_persons: Numbers
    paths: Numbers
    persons: Numbers


@dataclass(frozen=True)
class _Wanted:
    """The listed keys of what came next, sorted, and for each step the row of all others; the listed values."""

    keys: Numbers
    rows: Numbers
    other_rows: Numbers
    n_rows: int
    breakdown: str | None
    values: tuple[str, ...]


def next_keys(plan: _Plan, part: Part, found: _Runs, paths: Numbers) -> Numbers:
    """Of these paths of the part, (steps reached - 1) * (n_names + 1) + the code that follows the last one reached.

    The code n_names stands for the end of the path.
    """
    index = part.index
    after = found.done[paths] + 1
    ended = after == index.offset[part.first + paths + 1]
    if not len(index.code):
        return np.empty(0, dtype=np.int64)
    codes = index.code[np.minimum(after, len(index.code) - 1)].astype(np.int64)
    codes[ended] = plan.n_names
    keys: Numbers = (found.reached[paths].astype(np.int64) - 1) * (plan.n_names + 1) + codes
    return keys


def values_at_first_step(part: Part, found: _Runs, breakdown: str) -> Counter[str]:
    """How many paths begin their run with each value, as JSON; "" without one."""
    from hamsafar.journeys.funnel.question import value_key

    column = part.index.properties[breakdown]
    counts = np.bincount(column.code[found.began[found.reached > 0]] + 1, minlength=len(column.values) + 1)
    present = np.flatnonzero(counts).tolist()
    return Counter(
        {"" if code == 0 else value_key(column.values[code - 1]): int(counts[code]) for code in present}
    )


def value_at(
    part: Part, found: _Runs, paths: Numbers, breakdown: str, value: Any, not_values: Sequence[Any]
) -> npt.NDArray[np.bool_]:
    """Whether these paths begin their run with the value, or (given some) with one that is none of ``not_values``."""
    from hamsafar.journeys.funnel.question import value_key

    column = part.index.properties[breakdown]
    codes = column.code[found.began[paths]]
    keys = [value_key(one) for one in column.values]
    if not_values:
        others = {value_key(one) for one in not_values}
        wanted = np.array([key not in others for key in keys] + [False])
    elif value is None:
        wanted = np.array([False] * len(keys) + [True])
    else:
        wanted = np.array([key == value_key(value) for key in keys] + [False])
    flags: npt.NDArray[np.bool_] = wanted[codes]
    return flags


def counted_groups(
    paths: Askable,
    plan: _Plan,
    partial: _Partial,
    steps: Sequence[str],
    breakdown: str | None,
    breakdown_top: int,
    next_top: int,
) -> tuple[pa.Table, pa.Table | None]:
    """The tables ``Funnel.next_rows`` and ``Funnel.groups``."""
    listed = _listed(plan, partial, next_top)
    shown = sorted(value for value in partial.values if value)
    shown.sort(key=lambda value: -partial.values[value])
    others, shown = shown[breakdown_top:], shown[:breakdown_top]
    wanted = _wanted(plan, listed, breakdown, tuple(shown))
    if paths.unit == "person" and breakdown is None:
        groups = None
        next_persons = np.array([n for rows in listed for _, _, n in rows], dtype=np.int64)
    else:
        groups = paths.reduce(bind(_map_groups, plan, wanted), _merge_groups)
        next_persons = groups.next_persons
    next_rows = _next_table(node_names(paths.names), steps, listed, next_persons)
    if breakdown is None or groups is None:
        return next_rows, None
    kinds = [("value", value) for value in shown]
    if others:
        kinds.append(("other", ""))
    if partial.values[""]:
        kinds.append(("none", ""))
    places = [
        *range(len(shown)),
        *([len(shown)] if others else []),
        *([len(shown) + 1] if partial.values[""] else []),
    ]
    return next_rows, _group_table(steps, kinds, groups.paths[places], groups.persons[places])


def _listed(plan: _Plan, partial: _Partial, top: int) -> list[list[tuple[str, int, int]]]:
    """For each step but the last, (kind, code, paths): the most frequent names, the end, all others."""
    width = plan.n_names + 1
    listed = []
    for step in range(plan.n_steps - 1):
        own = slice(*np.searchsorted(partial.next_keys, [step * width, (step + 1) * width]))
        codes, counts = partial.next_keys[own] - step * width, partial.next_counts[own]
        ended = int(counts[codes == plan.n_names].sum())
        codes, counts = codes[codes < plan.n_names], counts[codes < plan.n_names]
        order = np.argsort(-counts, kind="stable")  # names are sorted: ties stay by name
        rows = [("event", int(codes[place]), int(counts[place])) for place in order[:top]]
        if ended:
            rows.append(("end", plan.n_names, ended))
        if len(order) > top:
            rows.append(("other", -1, int(counts[order[top:]].sum())))
        listed.append(rows)
    return listed


def _wanted(
    plan: _Plan, listed: list[list[tuple[str, int, int]]], breakdown: str | None, values: tuple[str, ...]
) -> _Wanted:
    width = plan.n_names + 1
    keys, rows, n_rows = [], [], 0
    other_rows = np.full(max(plan.n_steps, 1), -1, dtype=np.int64)
    for step, own in enumerate(listed):
        for kind, code, _ in own:
            if kind == "other":
                other_rows[step] = n_rows
            else:
                keys.append(step * width + code)
                rows.append(n_rows)
            n_rows += 1
    order = np.argsort(np.array(keys, dtype=np.int64))
    return _Wanted(
        np.array(keys, dtype=np.int64)[order],
        np.array(rows, dtype=np.int64)[order],
        other_rows,
        n_rows,
        breakdown,
        values,
    )


def _map_groups(plan: _Plan, wanted: _Wanted, part: Part) -> _Groups:
    from hamsafar.journeys.funnel.question import runs, value_key

    found = runs(plan, part)
    stopped = np.flatnonzero((found.reached > 0) & (found.reached < plan.n_steps))
    keys = next_keys(plan, part, found, stopped)
    place = np.minimum(np.searchsorted(wanted.keys, keys), max(len(wanted.keys) - 1, 0))
    rows = wanted.other_rows[keys // (plan.n_names + 1)]
    if len(wanted.keys):
        rows = np.where(wanted.keys[place] == keys, wanted.rows[place], rows)
    n_groups = len(wanted.values) + 2  # and those of other values, and those without one
    paths, persons = (np.zeros((n_groups, plan.n_steps), dtype=np.int64) for _ in range(2))
    if wanted.breakdown is not None:
        column = part.index.properties[wanted.breakdown]
        number = {value: place for place, value in enumerate(wanted.values)}
        table = np.array([number.get(value_key(one), n_groups - 2) for one in column.values] + [n_groups - 1])
        for step in range(plan.n_steps):
            own = np.flatnonzero(found.reached > step)
            group = table[column.code[found.began[own]]]
            paths[:, step] = np.bincount(group, minlength=n_groups)
            persons[:, step] = _persons_by(part, group, own, n_groups)
    return _Groups(_persons_by(part, rows, stopped, wanted.n_rows), paths, persons)


def _persons_by(part: Part, group: Array, paths: Numbers, n_groups: int) -> Numbers:
    """How many different persons the paths in each group are of; int64 [n_groups]."""
    if part.index.owner is None:
        return np.bincount(group, minlength=n_groups)
    width = part.index.n_persons + 1
    pairs = np.unique(group * width + part.persons[paths])
    return np.bincount(pairs // width, minlength=n_groups)


def _merge_groups(left: _Groups, right: _Groups) -> _Groups:
    return _Groups(
        left.next_persons + right.next_persons, left.paths + right.paths, left.persons + right.persons
    )


def _next_table(
    labels: list[str],
    steps: Sequence[str],
    listed: list[list[tuple[str, int, int]]],
    persons: Numbers,
) -> pa.Table:
    rows = [
        (number, steps[number - 1], kind, code, n, sum(one[2] for one in own))
        for number, own in enumerate(listed, 1)
        for kind, code, n in own
    ]
    fixed = {"end": END, "other": OTHER}
    return pa.table(
        {
            "after": pa.array([row[0] for row in rows], pa.int64()),
            "step": pa.array([row[1] for row in rows], pa.string()),
            "kind": pa.array([row[2] for row in rows], pa.string()),
            "next": pa.array(
                [fixed[row[2]] if row[2] in fixed else labels[row[3]] for row in rows], pa.string()
            ),
            "paths": pa.array([row[4] for row in rows], pa.int64()),
            "persons": pa.array(persons, pa.int64()),
            "share": pa.array([row[4] / row[5] for row in rows], pa.float64()),
            "of": pa.array([row[5] for row in rows], pa.int64()),
        }
    )


def _group_table(
    steps: Sequence[str], kinds: list[tuple[str, str]], paths: Numbers, persons: Numbers
) -> pa.Table:
    n_steps = len(steps)
    rows = [(group, step) for group in range(len(kinds)) for step in range(n_steps)]
    counts = [int(paths[row]) for row in rows]
    first = [int(paths[group, 0]) for group, _ in rows]
    before = [int(paths[group, step - 1]) if step else None for group, step in rows]
    return pa.table(
        {
            "kind": pa.array([kinds[group][0] for group, _ in rows], pa.string()),
            "value": pa.array([kinds[group][1] or None for group, _ in rows], pa.string()),
            "number": pa.array([step + 1 for _, step in rows], pa.int64()),
            "step": pa.array([steps[step] for _, step in rows], pa.string()),
            "paths": pa.array(counts, pa.int64()),
            "persons": pa.array([int(persons[row]) for row in rows], pa.int64()),
            "share_of_first": pa.array(
                [n / whole if whole else None for n, whole in zip(counts, first, strict=True)], pa.float64()
            ),
            "share_of_previous": pa.array(
                [n / whole if whole else None for n, whole in zip(counts, before, strict=True)], pa.float64()
            ),
        }
    )


def value_of(key: str | None) -> Any:
    """The value that ``value_key`` made a text of."""
    return None if key is None else json.loads(key)
