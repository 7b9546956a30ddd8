"""Solving an absorbing Markov chain given by its transitions."""

from __future__ import annotations

from typing import Any

from hamsafar.journeys.kernels import kernel


@kernel
def expected(begin: Any, target: Any, share: Any, gain: Any, start: Any, most_rounds: int) -> Any:
    """``x = share x + gain``: what is gained in expectation from each state on until absorption; float64 [n].

    State ``s`` goes to ``target[e]`` with probability ``share[e]`` for the edges ``begin[s]:begin[s + 1]``, and
    is absorbed with what is missing to 1. With the probability of being absorbed in a goal at once as ``gain``,
    ``x`` is that of ever being absorbed there; with mean times, the expected time to absorption. Solved by
    Gauss-Seidel rounds from ``start`` float64 [n], an edge of a state to itself exactly; ends when a round changes
    nothing beyond 1e-14 of the largest value, or after ``most_rounds``. Source: J. G. Kemeny, J. L. Snell, "Finite
    Markov chains" (1960), chapter 3; x is N gain, N = (I - Q)^-1 being the fundamental matrix.
    """
    n = len(begin) - 1
    x = start.copy()
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
            value = gained / leaving if leaving > 1e-12 else 0.0
            change = max(change, abs(value - x[state]))
            largest = max(largest, abs(value))
            x[state] = value
        if change <= 1e-14 * largest:
            break
    return x
