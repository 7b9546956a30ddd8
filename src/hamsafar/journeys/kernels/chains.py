"""Loops that count the transitions of paths up to a goal."""

from __future__ import annotations

from typing import Any

import numpy as np

from hamsafar.journeys.kernels import kernel


@kernel
def edges_to_goal(
    code: Any,
    at_us: Any,
    offset: Any,
    first: int,
    last: int,
    node_of: Any,
    goal: int,
    group: Any,
    groups: int,
    unit_us: int,
    counts: Any,
    gaps: Any,
    person: Any,
    persons: Any,
    seen: Any,
    keys: Any,
    key_gaps: Any,
    key_persons: Any,
    totals: Any,
    wanted: int,
    found: Any,
) -> int:
    """Count every transition before, and into, the first event of the node ``goal``; returns how many ``keys``.

    ``node_of`` int32 [n_names] gives the node (from 0) of a name, -1: such events are passed over. With n nodes
    the start is node n and the end n + 1, and an edge is ``source * (n + 2) + target``. Its key is ``edge * groups +
    group``; ``group`` int64 [paths] is that of the path. Counts and gaps (whole ``unit_us``) go to ``counts`` and
    ``gaps`` int64 [edges * groups] when they have rows, and how many of ``person`` int64 [paths] have an edge to
    ``persons`` int64 [edges] (``seen`` as many, -1); else key by key to ``keys``, ``key_gaps`` and ``key_persons``.
    ``totals`` int64 [4]: paths with any node, those that reach the goal, and their time to it from their first node;
    and n. ``found`` uint8 [paths] is set to 1 where the edge ``wanted`` occurs, when it has rows.
    """
    n_nodes = np.int64(totals[3])
    ends = n_nodes + 2
    filled = 0
    for path in range(first, last):
        row = path - first
        before = n_nodes
        then = np.int64(0)
        begun = np.int64(0)
        # One round more than there are events: the end of the path.
        for place in range(offset[path], offset[path + 1] + 1):
            gap = np.int64(0)
            if place < offset[path + 1]:
                node = np.int64(node_of[np.int64(code[place])])
                if node < 0:
                    continue
                now = at_us[place]
                if before == n_nodes:
                    begun = now
                else:
                    gap = now - then
                then = now
            elif before == n_nodes:
                break
            else:
                node = n_nodes + 1
            edge = before * ends + node
            key = edge * groups + group[row]
            if len(counts):
                counts[key] += 1
                gaps[key] += gap // unit_us
                persons[edge] += seen[edge] != person[row]
                seen[edge] = person[row]
            else:
                keys[filled] = key
                key_gaps[filled] = gap // unit_us
                key_persons[filled] = person[row]
                filled += 1
            if len(found) and edge == wanted:
                found[row] = 1
            before = node
            if node == goal:
                totals[1] += 1
                totals[2] += (then - begun) // unit_us
                break
        totals[0] += before != n_nodes
    return filled
