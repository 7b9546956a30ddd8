"""Solving an absorbing Markov chain given by its transitions."""

from __future__ import annotations

from typing import Any

import numpy as np

from hamsafar.journeys.kernels import kernel

_ROUNDS_A_CYCLE = 10
_CERTAIN = 1e-12


@kernel
def expected(begin: Any, target: Any, share: Any, gain: Any, start: Any, most_rounds: int) -> Any:
    """``x = share x + gain``: what is gained in expectation from each state on until absorption; float64 [n].

    State ``s`` goes to ``target[e]`` with probability ``share[e]`` for the edges ``begin[s]:begin[s + 1]``, and
    is absorbed with what is missing to 1. With the probability of being absorbed in a goal at once as ``gain``,
    ``x`` is that of ever being absorbed there; with mean times, the expected time to absorption. Source: J. G.
    Kemeny, J. L. Snell, "Finite Markov chains" (1960), chapter 3; x is N gain, N = (I - Q)^-1 being the fundamental
    matrix.

    Solved by Gauss-Seidel rounds from ``start`` float64 [n], an edge of a state to itself exactly; ends when a round
    changes nothing beyond 1e-14 of the largest value, or after ``most_rounds``. Paths that go round for long would
    need thousands of rounds, so after each few of them their limit is guessed from how they changed (see ``guess``);
    the rounds that follow decide whether the guess was good.
    """
    n = len(begin) - 1
    x = start.copy()
    changes = np.empty((_ROUNDS_A_CYCLE, n))
    results = np.empty((_ROUNDS_A_CYCLE, n))
    in_cycle = 0
    for _ in range(most_rounds):
        change = 0.0
        largest = 0.0
        for back in range(n):
            # Paths are read forwards, and what follows is to be known first.
            state = n - 1 - back
            gained = gain[state]
            leaving = 1.0
            for edge in range(begin[state], begin[state + 1]):
                if target[edge] == state:
                    leaving -= share[edge]
                else:
                    gained += share[edge] * x[target[edge]]
            value = gained / leaving if leaving > _CERTAIN else 0.0
            change = max(change, abs(value - x[state]))
            largest = max(largest, abs(value))
            changes[in_cycle, state] = value - x[state]
            x[state] = value
        if change <= 1e-14 * largest:
            break
        results[in_cycle] = x
        in_cycle += 1
        if in_cycle == _ROUNDS_A_CYCLE:
            x = guess(changes, results)
            in_cycle = 0
    return x


@kernel
def guess(changes: Any, results: Any) -> Any:
    """The limit of rounds of which each left ``results[r]`` after changing it by ``changes[r]``; float64 [n].

    The mean of the results, with weights of the sum 1 for which the same mean of the changes is least; of a map that
    is linear, the rounds' change from there is that mean. Source: the reduced rank extrapolation of R. P. Eddy and
    M. Mesina; D. A. Smith, W. F. Ford, A. Sidi, "Extrapolation methods for vector sequences", SIAM Review 29 (1987).
    Changes are made orthogonal from the last one back, and those that add nothing new are left out.
    """
    rounds, n = changes.shape
    # The mean is the last result less steps back: step k undoes the difference between rounds k and k + 1.
    mean = results[rounds - 1].copy()
    rest = changes[rounds - 1].copy()
    directions = np.empty((rounds - 1, n))
    moves = np.empty((rounds - 1, n))
    used = 0
    for back in range(rounds - 1):
        place = rounds - 2 - back
        for state in range(n):
            directions[used, state] = changes[place + 1, state] - changes[place, state]
            moves[used, state] = results[place + 1, state] - results[place, state]
        before = np.sqrt(np.sum(directions[used] * directions[used]))
        for other in range(used):
            along = np.sum(directions[used] * directions[other])
            for state in range(n):
                directions[used, state] -= along * directions[other, state]
                moves[used, state] -= along * moves[other, state]
        length = np.sqrt(np.sum(directions[used] * directions[used]))
        if not length > 1e-8 * before:
            continue
        directions[used] /= length
        moves[used] /= length
        along = np.sum(rest * directions[used])
        for state in range(n):
            rest[state] -= along * directions[used, state]
            mean[state] -= along * moves[used, state]
        used += 1
    return mean


@kernel
def leading_out(begin: Any, target: Any, share: Any, absorbed: Any) -> Any:
    """Which states are left for good sooner or later, bool [n]: those from which an absorbed one can be reached.

    ``absorbed`` float64 [n] is the probability of being absorbed at once; the other arrays are as in ``expected``.
    From a state of which that is not so, nothing that is expected until absorption means anything.
    """
    n = len(begin) - 1
    out = np.zeros(n, dtype=np.bool_)
    entering = np.zeros(n + 1, dtype=np.int64)
    for edge in range(len(target)):
        entering[target[edge] + 1] += share[edge] > _CERTAIN
    for state in range(n):
        entering[state + 1] += entering[state]
    source = np.empty(entering[n], dtype=np.int64)
    filled = entering[:n].copy()
    waiting = np.empty(n, dtype=np.int64)
    n_waiting = 0
    for state in range(n):
        for edge in range(begin[state], begin[state + 1]):
            if share[edge] > _CERTAIN:
                source[filled[target[edge]]] = state
                filled[target[edge]] += 1
        if absorbed[state] > _CERTAIN:
            out[state] = True
            waiting[n_waiting] = state
            n_waiting += 1
    while n_waiting:
        n_waiting -= 1
        state = waiting[n_waiting]
        for place in range(entering[state], entering[state + 1]):
            before = source[place]
            if not out[before]:
                out[before] = True
                waiting[n_waiting] = before
                n_waiting += 1
    return out
