"""Loops that count names and transitions."""

from __future__ import annotations

from typing import Any

import numpy as np

from hamsafar.journeys.kernels import kernel
from hamsafar.journeys.kernels.histogram import bucket_of

_EVENTS_AT_ONCE = 1024


@kernel
def count_names(code: Any, offset: Any, owner: Any, first: int, last: int, n_names: int) -> Any:
    """Events and persons of each name: int64 [2, n_names]; paths, where ``owner`` is empty."""
    counts = np.zeros((2, n_names), dtype=np.int64)
    seen = np.full(n_names, -1, dtype=np.int64)
    cut = len(owner) > 0
    for path in range(first, last):
        person = owner[path] if cut else path
        for place in range(offset[path], offset[path + 1]):
            name = np.int64(code[place])
            counts[0, name] += 1
            counts[1, name] += seen[name] != person
            seen[name] = person
    return counts


@kernel
def count_ends(code: Any, offset: Any, owner: Any, first: int, last: int, n_names: int) -> Any:
    """How many persons have a path that begins, and one that ends, with each name: int64 [2, n_names].

    Where ``owner`` is empty, how many paths do.
    """
    ends = np.zeros((2, n_names), dtype=np.int64)
    cut = len(owner) > 0
    seen = np.full((2, n_names if cut else 0), -1, dtype=np.int64)
    for path in range(first, last):
        begin, end = np.int64(code[offset[path]]), np.int64(code[offset[path + 1] - 1])
        if cut:
            ends[0, begin] += seen[0, begin] != owner[path]
            ends[1, end] += seen[1, end] != owner[path]
            seen[0, begin] = owner[path]
            seen[1, end] = owner[path]
        else:
            ends[0, begin] += 1
            ends[1, end] += 1
    return ends


@kernel
def edge_persons(
    code: Any, offset: Any, owner: Any, first: int, last: int, row_of: Any, n_names: int, n: int
) -> Any:
    """How many persons have each transition in one of their paths: int64 [n], by the rows of ``row_of``."""
    persons = np.zeros(n, dtype=np.int64)
    seen = np.full(n, -1, dtype=np.int64)
    for path in range(first, last):
        person = owner[path]
        for place in range(offset[path] + 1, offset[path + 1]):
            row = row_of[np.int64(code[place - 1]) * n_names + np.int64(code[place])]
            persons[row] += seen[row] != person
            seen[row] = person
    return persons


@kernel
def edges_present(code: Any, offset: Any, first: int, last: int, n_names: int) -> Any:
    """Which transitions occur: bool [n_names ** 2], the one from source to target at source * n + target."""
    present = np.zeros(n_names * n_names, dtype=np.bool_)
    names = np.uint64(n_names)
    for person in range(first, last):
        begin, end = np.uint64(offset[person]), np.uint64(offset[person + 1])
        for place in range(begin + np.uint64(1), end):
            present[np.uint64(code[place - np.uint64(1)]) * names + np.uint64(code[place])] = True
    return present


@kernel
def transitions_dense(
    code: Any,
    at_us: Any,
    offset: Any,
    first: int,
    last: int,
    n_names: int,
    n_buckets: int,
    row_of: Any,
    gaps: Any,
    paths: Any,
) -> None:
    """Add to ``gaps`` [rows * n_buckets + 1] and ``paths`` int64 [rows + 1]; their last places mean nothing.

    ``row_of`` int32 [n_names ** 2] gives the row of the edge from source to target, which is
    ``source * n_names + target``; the buckets of a row lie side by side. The table has fewer than 2^32 cells, and
    there are fewer than two billion paths.

    The table is larger than a core's cache, and waiting for it would be most of the time. So cells are counted in
    bytes, and a byte that has gone round adds 256 to ``gaps``. Events are taken in stretches, whatever path they are
    of, in loops that the processor runs several steps of at once; what is computed across the border of two paths
    goes to the places that mean nothing.
    """
    names, buckets = np.uint64(n_names), np.uint32(n_buckets)
    no_cell, no_row = np.uint32(len(gaps) - 1), np.uint32(len(paths) - 1)
    bytes_of = np.zeros(len(gaps), dtype=np.uint8)
    seen = np.full(len(paths), -1, dtype=np.int32)
    cells = np.empty(_EVENTS_AT_ONCE, dtype=np.uint32)
    rows = np.empty(_EVENTS_AT_ONCE, dtype=np.uint32)
    begins = np.empty(_EVENTS_AT_ONCE, dtype=np.uint8)
    path, begun = np.int32(first), first + 1
    place, stop = offset[first] + 1, offset[last]
    while place < stop:
        n = min(_EVENTS_AT_ONCE, stop - place)
        now, then = at_us[place : place + n], at_us[place - 1 : place + n - 1]
        target, source = code[place : place + n], code[place - 1 : place + n - 1]
        for step in range(n):
            cells[step] = np.uint32(bucket_of(now[step] - then[step]))
        for step in range(n):
            row = np.uint32(row_of[np.uint64(source[step]) * names + np.uint64(target[step])])
            rows[step] = row
            cells[step] += row * buckets
        begins[:] = 0
        while begun < last and offset[begun] < place + n:
            border = offset[begun] - place
            begins[border] = 1
            cells[border] = no_cell
            rows[border] = no_row
            begun += 1
        for step in range(n):
            cell = np.uint64(cells[step])
            counted = np.uint8(bytes_of[cell] + np.uint8(1))
            bytes_of[cell] = counted
            if counted == 0:
                gaps[cell] += 256
        for step in range(n):
            edge = np.uint64(rows[step])
            path += np.int32(begins[step])
            paths[edge] += seen[edge] != path
            seen[edge] = path
        place += n
    for place in range(len(gaps)):
        gaps[place] += bytes_of[place]


@kernel
def merge_counts(left: Any, left_counts: Any, right: Any, right_counts: Any) -> Any:
    """Two sorted arrays of keys without repetition and their counts as one; int64 [n], int64 [n]."""
    keys = np.empty(len(left) + len(right), dtype=np.int64)
    counts = np.empty(len(left) + len(right), dtype=np.int64)
    one, other, filled = 0, 0, 0
    while one < len(left) or other < len(right):
        if other == len(right) or (one < len(left) and left[one] < right[other]):
            keys[filled], counts[filled] = left[one], left_counts[one]
            one += 1
        elif one == len(left) or right[other] < left[one]:
            keys[filled], counts[filled] = right[other], right_counts[other]
            other += 1
        else:
            keys[filled], counts[filled] = left[one], left_counts[one] + right_counts[other]
            one += 1
            other += 1
        filled += 1
    return keys[:filled].copy(), counts[:filled].copy()


@kernel
def transitions_sparse(
    code: Any, at_us: Any, offset: Any, owner: Any, first: int, last: int, n_names: int, n_buckets: int
) -> Any:
    """Every transition as ``edge * n_buckets + bucket``, and the distinct edges of each person.

    Two int64 arrays; the second holds an edge once for every person who has it, or for every path, where
    ``owner`` is empty.
    """
    n = offset[last] - offset[first] - (last - first)
    keys = np.empty(n, dtype=np.int64)
    edges = np.empty(n, dtype=np.int64)
    filled = 0
    distinct = 0
    own = 0
    for path in range(first, last):
        begin, end = offset[path], offset[path + 1]
        for place in range(begin + 1, end):
            edge = np.int64(code[place - 1]) * n_names + np.int64(code[place])
            keys[filled] = edge * n_buckets + bucket_of(at_us[place] - at_us[place - 1])
            # A place to sort in: what is kept ends at ``distinct``, which never passes ``own``.
            edges[filled] = edge
            filled += 1
        if len(owner) and path + 1 < last and owner[path + 1] == owner[path]:
            continue
        sort_slice(edges, own, filled)
        for place in range(own, filled):
            if place == own or edges[place] != edges[place - 1]:
                edges[distinct] = edges[place]
                distinct += 1
        own = filled
    return keys, edges[:distinct].copy()


@kernel
def sort_slice(values: Any, begin: int, end: int) -> None:
    """Sort ``values[begin:end]`` in place; most slices are short."""
    if end - begin > 32:
        values[begin:end].sort()
        return
    for place in range(begin + 1, end):
        value = values[place]
        hole = place
        while hole > begin and values[hole - 1] > value:
            values[hole] = values[hole - 1]
            hole -= 1
        values[hole] = value


@kernel
def gaps_between(
    code: Any,
    at_us: Any,
    offset: Any,
    first: int,
    last: int,
    n_names: int,
    edges: Any,
    place_of: Any,
    low_us: Any,
    high_us: Any,
) -> Any:
    """The gaps of each of the sorted ``edges`` that lie in its [low, high).

    ``place_of`` int32 [n_names ** 2] says where in ``edges`` an edge stands; empty (of very many names), it is
    searched for. Returns the edge's place int64 [n] and the gap int64 [n].
    """
    n = offset[last] - offset[first] - (last - first)
    places = np.empty(n, dtype=np.int64)
    gaps = np.empty(n, dtype=np.int64)
    filled = 0
    for person in range(first, last):
        for place in range(offset[person] + 1, offset[person + 1]):
            edge = np.int64(code[place - 1]) * n_names + np.int64(code[place])
            gap = at_us[place] - at_us[place - 1]
            found = np.int64(place_of[edge]) if len(place_of) else np.searchsorted(edges, edge)
            if low_us[found] <= gap < high_us[found]:
                places[filled] = found
                gaps[filled] = gap
                filled += 1
    return places[:filled].copy(), gaps[:filled].copy()


@kernel
def persons_with_pair(code: Any, offset: Any, first: int, last: int, source: int, target: int) -> Any:
    """Numbers of the paths in which ``target`` directly follows ``source``.

    A source of -1 is the start of the path, a target of -1 its end.
    """
    found = np.empty(last - first, dtype=np.int64)
    filled = 0
    for person in range(first, last):
        begin, end = offset[person], offset[person + 1]
        hit = False
        if source < 0:
            hit = np.int64(code[begin]) == target
        elif target < 0:
            hit = np.int64(code[end - 1]) == source
        else:
            for place in range(begin + 1, end):
                if np.int64(code[place - 1]) == source and np.int64(code[place]) == target:
                    hit = True
                    break
        if hit:
            found[filled] = person
            filled += 1
    return found[:filled].copy()
