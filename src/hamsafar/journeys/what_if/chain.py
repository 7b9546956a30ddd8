"""The absorbing Markov chain behind ``what_if``: its probabilities, what is changed in them, and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Floats = npt.NDArray[np.float64]

_ROUNDS = 200_000


@dataclass(frozen=True)
class Outcome:
    """What the chain says: ``reach`` the probability of the goal and ``seconds`` to it, None when it is never reached.

    From each state on: ``from_state`` float64 [states]; and ``visits`` of it float64 [states].
    """

    reach: float
    seconds: float | None
    from_state: Floats
    visits: Floats
    absorbed: float


@dataclass(frozen=True)
class Chain:
    """The edges of a chain over ``n_nodes`` nodes, the start (``n_nodes``) and the end, sorted by source.

    ``source``, ``target`` int64 [edges]. The goal and the end absorb.
    """

    n_nodes: int
    goal: int
    source: npt.NDArray[np.int64]
    target: npt.NDArray[np.int64]

    @property
    def n_states(self) -> int:
        return self.n_nodes + 1

    def _by_source(self, weights: Floats) -> Floats:
        """The sum of each source's edges, float64 [states]."""
        return np.bincount(self.source, weights, self.n_states).astype(np.float64)

    def probabilities(self, counts: Floats) -> Floats:
        """The share of each edge among those of its source; 0 where the source never occurs."""
        leaving = self._by_source(counts)
        shares: Floats = counts / np.where(leaving > 0, leaving, 1)[self.source]
        return shares

    def solve(self, share: Floats, seconds: Floats, near: Outcome | None = None) -> Outcome:
        """What follows from the probability and the mean time of each edge; ``near`` is a guess to start from.

        With Q the probabilities between states that do not absorb and N = (I - Q)^-1 the fundamental matrix:
        the goal is reached with x = N r, r being the probabilities of going to the goal at once; the time spent by
        those who reach it is y = N t, t the probability times the time of each edge times x of where it leads; and
        the expected visits are the row of N of the start. Source: J. G. Kemeny, J. L. Snell, "Finite Markov
        chains" (1960), chapter 3; for y, the same applied to the chain conditioned on its goal (their section 3.5).
        """
        from hamsafar.journeys.kernels.absorbing import expected

        n = self.n_states
        to_goal, to_end = self.target == self.goal, self.target == self.n_nodes + 1
        inner = np.flatnonzero(~(to_goal | to_end))
        source, target, moving = self.source[inner], self.target[inner], share[inner]
        begin = np.searchsorted(source, np.arange(n + 1)).astype(np.int64)
        zero = np.zeros(n)

        def gained(gain: Floats, start: Floats) -> Floats:
            found: Floats = expected(begin, target, moving, gain, start, _ROUNDS)
            return found

        reach = gained(self._by_source(share * to_goal), zero if near is None else near.from_state)
        # Without a way out of a loop nothing is absorbed, and nothing of this would mean anything.
        absorbed = gained(self._by_source(share * (to_goal | to_end)), zero)
        ahead = np.where(to_goal, 1.0, np.where(to_end, 0.0, np.append(reach, 0.0)[self.target]))
        times = gained(self._by_source(share * seconds * ahead), zero)
        by_target = np.argsort(target, kind="stable")
        visits = expected(
            np.searchsorted(target[by_target], np.arange(n + 1)).astype(np.int64),
            source[by_target],
            moving[by_target],
            np.append(np.zeros(n - 1), 1.0),
            zero if near is None else near.visits,
            _ROUNDS,
        )
        start = float(reach[-1])
        return Outcome(
            reach=start,
            seconds=float(times[-1]) / start if start > 0 else None,
            from_state=reach,
            visits=visits,
            absorbed=float(absorbed[-1]),
        )

    def slopes(self, share: Floats, outcome: Outcome) -> Floats:
        """How fast the probability of the goal grows with that of each edge, float64 [edges].

        The other edges of the same source give way in proportion: the visits of the source, times the goal's
        probability from the target less that of the others' mean. NaN where there are no others.
        """
        ahead = np.append(outcome.from_state, 0.0)[np.minimum(self.target, self.n_nodes + 1)]
        ahead = np.where(self.target == self.goal, 1.0, np.where(self.target == self.n_nodes + 1, 0.0, ahead))
        whole = self._by_source(share * ahead)[self.source]
        others = 1 - share
        rest = np.where(others > 1e-12, (whole - share * ahead) / np.where(others > 1e-12, others, 1), np.nan)
        slopes: Floats = outcome.visits[self.source] * (ahead - rest)
        return slopes
