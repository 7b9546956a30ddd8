"""Loops that predict what follows a context, and find the persons behind it."""

from __future__ import annotations

from typing import Any

import numpy as np

from hamsafar.journeys.kernels import kernel


@kernel
def ranked_pairs(first: Any, second: Any, n_first: int, n_second: int) -> Any:
    """The different pairs of ``first`` (below ``n_first``; -1: no pair) and ``second`` (below ``n_second``).

    Returns of each row the rank of its pair, int64 [n], -1 without one; and of the pairs by rank ``first * n_second +
    second``, ascending, and how often they occur, int64. Sorted by counting, twice, so time grows with the rows alone.
    """
    n = len(first)
    # By the second: the places of those with a pair.
    begin = np.zeros(n_second + 1, dtype=np.int64)
    for row in range(n):
        if first[row] >= 0:
            begin[second[row] + 1] += 1
    for value in range(n_second):
        begin[value + 1] += begin[value]
    n_pairs = begin[n_second]
    by_second = np.empty(n_pairs, dtype=np.int64)
    for row in range(n):
        if first[row] >= 0:
            by_second[begin[second[row]]] = row
            begin[second[row]] += 1
    # Then by the first, those of one value staying in order.
    begin = np.zeros(n_first + 1, dtype=np.int64)
    for row in by_second:
        begin[first[row] + 1] += 1
    for value in range(n_first):
        begin[value + 1] += begin[value]
    order = np.empty(n_pairs, dtype=np.int64)
    for row in by_second:
        order[begin[first[row]]] = row
        begin[first[row]] += 1
    rank = np.full(n, -1, dtype=np.int64)
    pairs = np.empty(n_pairs, dtype=np.int64)
    times = np.zeros(n_pairs, dtype=np.int64)
    n_ranks = 0
    for row in order:
        pair = first[row] * n_second + second[row]
        if n_ranks == 0 or pairs[n_ranks - 1] != pair:
            pairs[n_ranks] = pair
            n_ranks += 1
        times[n_ranks - 1] += 1
        rank[row] = n_ranks - 1
    return rank, pairs[:n_ranks].copy(), times[:n_ranks].copy()


@kernel
def best_next(
    ids: Any,
    actual: Any,
    base: Any,
    ranking: Any,
    begin: Any,
    first_of: Any,
    symbol: Any,
    count: Any,
    discount: float,
    strength: float,
    exponents: Any,
    base_sums: Any,
    symbols: Any,
    shares: Any,
    of_actual: Any,
) -> None:
    """The likeliest next symbols of each row, and the probability of what really came next.

    ``ids`` int64 [rows, orders]: the context of each order, -1 where it was never seen. ``base`` float64 [V] are the
    probabilities without context, ``ranking`` int64 [V] their order. The contexts of order k + 1 have the entries
    ``begin[first_of[k] + id]:begin[first_of[k] + id + 1]`` of ``symbol`` and ``count``. From the longest context down
    the probability of a symbol is ``(max(c - discount, 0) + (strength + discount T) p') / (n + strength)``, with its
    count c there, n of all, T different ones, and p' of the next shorter context. Then it is raised to each of
    ``exponents`` and divided by the sum (``base_sums`` are those of ``base``). Fills ``symbols`` int64 and ``shares``
    float64 [rows, tops] by the first exponent, equal ones by number, and ``of_actual`` float64 [rows, exponents].
    """
    n_symbols = len(base)
    extra = np.zeros(n_symbols)
    touched = np.empty(n_symbols, dtype=np.int64)
    is_touched = np.zeros(n_symbols, dtype=np.bool_)
    tops = symbols.shape[1]
    for row in range(len(ids)):
        n_touched = 0
        weight = 1.0
        for back in range(ids.shape[1]):
            order = ids.shape[1] - 1 - back
            if ids[row, order] < 0:
                continue
            at = first_of[order] + ids[row, order]
            low, high = begin[at], begin[at + 1]
            n = 0
            for entry in range(low, high):
                n += count[entry]
            if n == 0:
                continue
            for entry in range(low, high):
                one = symbol[entry]
                if not is_touched[one]:
                    is_touched[one] = True
                    extra[one] = 0.0
                    touched[n_touched] = one
                    n_touched += 1
                extra[one] += weight * max(count[entry] - discount, 0.0) / (n + strength)
            left = (strength + discount * (high - low)) / (n + strength)
            weight *= left
        # From here ``extra`` is the whole probability of a touched symbol; of the others it is weight * base.
        for place in range(n_touched):
            extra[touched[place]] += weight * base[touched[place]]
        for place in range(len(exponents)):
            power = exponents[place]
            real = actual[row]
            own = 0.0
            if real >= 0:
                own = extra[real] if is_touched[real] else weight * base[real]
            if power == 1.0:
                of_actual[row, place] = own
                total = 1.0
            else:
                rest = base_sums[place]
                total = 0.0
                for one in touched[:n_touched]:
                    rest -= base[one] ** power
                    total += extra[one] ** power
                total += max(rest, 0.0) * weight**power
                of_actual[row, place] = own**power / total
            if place > 0:
                continue
            # The best of the touched ones and of the likeliest of the others, kept sorted.
            filled = 0
            for source in range(2):
                offered = n_touched if source == 0 else n_symbols
                taken = 0
                for at_place in range(offered):
                    one = touched[at_place] if source == 0 else ranking[at_place]
                    if source == 1:
                        if is_touched[one]:
                            continue
                        if taken == tops:
                            break
                        taken += 1
                    value = extra[one] if source == 0 else weight * base[one]
                    if filled == tops and (
                        value < shares[row, tops - 1]
                        or (value == shares[row, tops - 1] and one > symbols[row, tops - 1])
                    ):
                        continue
                    slot = filled if filled < tops else tops - 1
                    if filled < tops:
                        filled += 1
                    while slot > 0 and (
                        shares[row, slot - 1] < value
                        or (shares[row, slot - 1] == value and symbols[row, slot - 1] > one)
                    ):
                        shares[row, slot] = shares[row, slot - 1]
                        symbols[row, slot] = symbols[row, slot - 1]
                        slot -= 1
                    shares[row, slot] = value
                    symbols[row, slot] = one
            for slot in range(filled):
                shares[row, slot] = shares[row, slot] ** power / total if power != 1.0 else shares[row, slot]
            for slot in range(filled, tops):
                shares[row, slot] = 0.0
                symbols[row, slot] = -1
        for place in range(n_touched):
            is_touched[touched[place]] = False


@kernel
def paths_with_run(
    code: Any, offset: Any, first: int, last: int, run: Any, at_end: bool, at_start: bool
) -> Any:
    """Numbers of the paths in which the codes ``run`` follow each other directly; at their end or start only."""
    found = np.empty(last - first, dtype=np.int64)
    filled = 0
    for path in range(first, last):
        begin, end = offset[path], offset[path + 1] - len(run)
        low = end if at_end else begin
        high = begin if at_start else end
        for start in range(max(low, begin), high + 1):
            if start > end:
                break
            same = True
            for step in range(len(run)):
                if np.int64(code[start + step]) != run[step]:
                    same = False
                    break
            if same:
                found[filled] = path
                filled += 1
                break
    return found[:filled].copy()
