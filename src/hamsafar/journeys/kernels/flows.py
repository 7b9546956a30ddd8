"""What lies some steps before and after given stretches of paths."""

from __future__ import annotations

from typing import Any

import numpy as np

from hamsafar.journeys.kernels import kernel


@kernel
def count_steps(code: Any, offset: Any, spans: Any, before: int, after: int, n_names: int) -> Any:
    """How often each name stands at each step, int64 [before + after, n_names + 1].

    ``spans`` int64 [n, 3] holds path, begin and end. Rows are the steps -before ... -1, 1 ... after; the last column
    counts where the path has not begun yet, or has ended.
    """
    counts = np.zeros((before + after, n_names + 1), dtype=np.int64)
    for span in range(len(spans)):
        path, begin, end = spans[span, 0], spans[span, 1], spans[span, 2]
        low, high = offset[path], offset[path + 1]
        for row in range(before + after):
            place = step_place(begin, end, row, before)
            if low <= place < high:
                counts[row, np.int64(code[place])] += 1
            else:
                counts[row, n_names] += 1
    return counts


@kernel
def step_place(begin: int, end: int, row: int, before: int) -> int:
    """The place of the event of a step around ``[begin, end)``, which may lie outside the path."""
    return begin - before + row if row < before else end + row - before


@kernel
def count_nodes(
    code: Any, offset: Any, spans: Any, owners: Any, before: int, node_of: Any, width: int
) -> Any:
    """Nodes and links with the persons who have them.

    ``node_of`` int32 [steps, n_names + 1] says which node (below ``width``) stands for a name at a step, as in
    ``count_steps``; the anchor, between the steps, has node 0. ``owners`` int64 [n]: whose each span is, those of one
    person side by side. Returns int64 [steps, width], of persons; int64 [steps, width, width, 2], of occurrences and
    persons, a link's row being that of its step that is farther from the anchor.
    """
    n_steps = len(node_of)
    n_names = node_of.shape[1] - 1
    persons = np.zeros((n_steps, width), dtype=np.int64)
    links = np.zeros((n_steps, width, width, 2), dtype=np.int64)
    latest = np.full((n_steps, width), -1, dtype=np.int64)
    latest_link = np.full((n_steps, width, width), -1, dtype=np.int64)
    nodes = np.empty(n_steps, dtype=np.int64)
    for span in range(len(spans)):
        path, begin, end, owner = spans[span, 0], spans[span, 1], spans[span, 2], owners[span]
        low, high = offset[path], offset[path + 1]
        for row in range(n_steps):
            place = step_place(begin, end, row, before)
            name = n_names
            if low <= place < high:
                name = np.int64(code[place])
            node = np.int64(node_of[row, name])
            nodes[row] = node
            if latest[row, node] != owner:
                latest[row, node] = owner
                persons[row, node] += 1
        for row in range(n_steps):
            source = nodes[row - 1] if row > before else nodes[row] if row < before else 0
            target = nodes[row] if row >= before else nodes[row + 1] if row + 1 < before else 0
            links[row, source, target, 0] += 1
            if latest_link[row, source, target] != owner:
                latest_link[row, source, target] = owner
                links[row, source, target, 1] += 1
    return persons, links


@kernel
def span_has(
    code: Any, offset: Any, spans: Any, before: int, node_of: Any, row: int, source: int, target: int
) -> Any:
    """Which spans have the node ``source`` at the step of ``row`` and, unless it is -1, ``target`` one step on.

    Rows here count the anchor: 0 ... before - 1, the anchor, before + 1 ...; bool [n].
    """
    n_names = node_of.shape[1] - 1
    found = np.zeros(len(spans), dtype=np.bool_)
    for span in range(len(spans)):
        path = spans[span, 0]
        fits = True
        for one in range(2):
            at = row + one
            wanted = target if one else source
            if wanted < 0:
                continue
            node = np.int64(0)
            if at != before:
                step = at if at < before else at - 1
                place = step_place(spans[span, 1], spans[span, 2], step, before)
                inside = offset[path] <= place < offset[path + 1]
                node = np.int64(node_of[step, np.int64(code[place]) if inside else n_names])
            fits &= node == wanted
        found[span] = fits
    return found
