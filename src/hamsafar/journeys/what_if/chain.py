"""The absorbing Markov chain behind ``what_if``: its probabilities, what is changed in them, and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Floats = npt.NDArray[np.float64]

_ROUNDS = 200_000
_CERTAIN = 1e-12


@dataclass(frozen=True)
class Outcome:
    """What the chain says: ``reach`` the probability of the goal and ``seconds`` to it, None when it is never reached.

    From each state on, float64 [states]: that probability, and the time times it (``reach_from``, ``time_from``);
    0 for states that are never left for good, which ``leads_out`` bool [states] tells.
    """

    reach: float
    seconds: float | None
    reach_from: Floats
    time_from: Floats
    leads_out: npt.NDArray[np.bool_]


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
        the goal is reached with x = N r, r being the probabilities of going to the goal at once; and the time spent by
        those who reach it is y = N t, t the probability times the time of each edge times x of where it leads.
        Source: J. G. Kemeny, J. L. Snell, "Finite Markov chains" (1960), chapter 3; for y, the same applied to the
        chain conditioned on its goal (their section 3.5).
        """
        from hamsafar.journeys.kernels.absorbing import expected

        leads_out, begin, target, moving = self._inner(share)
        zero = np.zeros(self.n_states)
        gain = self._by_source(share * (self.target == self.goal))
        reach = expected(begin, target, moving, gain, zero if near is None else near.reach_from, _ROUNDS)
        gain = self._by_source(share * seconds * self.ahead(reach)) * leads_out
        times = expected(begin, target, moving, gain, zero if near is None else near.time_from, _ROUNDS)
        start = float(reach[-1])
        return Outcome(
            reach=start,
            seconds=float(times[-1]) / start if start > 0 else None,
            reach_from=reach,
            time_from=times,
            leads_out=leads_out,
        )

    def _inner(self, share: Floats) -> tuple[npt.NDArray[np.bool_], Array, Array, Floats]:
        """Which states lead out; and the edges between states, without those that no way out follows."""
        from hamsafar.journeys.kernels.absorbing import leading_out

        inner = (self.target != self.goal) & (self.target != self.n_nodes + 1)
        source, target, moving = self.source[inner], self.target[inner], share[inner]
        target = np.where(target == self.n_nodes + 1, 0, target)
        begin = np.searchsorted(source, np.arange(self.n_states + 1)).astype(np.int64)
        leads_out = leading_out(begin, target, moving, self._by_source(share * ~inner))
        return leads_out, begin, target, np.where(leads_out[source] & leads_out[target], moving, 0.0)

    def ahead(self, from_state: Floats, at_goal: float = 1.0) -> Floats:
        """Of each edge, what is expected from where it leads, float64 [edges]; 0 at the end."""
        known = np.append(from_state, 0.0)
        known[self.goal] = at_goal
        ahead: Floats = known[self.target]
        return ahead

    def visits(self, share: Floats, begun: Floats | None = None) -> Floats:
        """How often each state is expected to be visited, float64 [states], by a path from the start.

        Or by as many paths from each state as ``begun`` says: ``begun`` N.
        """
        from hamsafar.journeys.kernels.absorbing import expected

        _, begin, target, moving = self._inner(share)
        source = np.repeat(np.arange(self.n_states), np.diff(begin))
        by_target = np.argsort(target, kind="stable")
        if begun is None:
            begun = np.append(np.zeros(self.n_states - 1), 1.0)
        found: Floats = expected(
            np.searchsorted(target[by_target], np.arange(self.n_states + 1)).astype(np.int64),
            source[by_target],
            moving[by_target],
            begun,
            begun,
            _ROUNDS,
        )
        return found

    def ends(self, share: Floats, outcome: Outcome, visits: Floats) -> bool:
        """Whether every path comes to the goal or the end; else nothing of the outcome means anything."""
        out = np.append(outcome.leads_out, True)
        out[self.goal] = True
        going = (share > _CERTAIN) & (visits[self.source] > 0)
        return bool(outcome.leads_out[-1] and out[self.target[going]].all())

    def slopes(self, share: Floats, outcome: Outcome, visits: Floats) -> Floats:
        """How fast the probability of the goal grows with that of each edge, float64 [edges].

        The other edges of the same source give way in proportion: the visits of the source, times the goal's
        probability from the target less that of the others' mean. NaN where there are no others.
        """
        ahead = self.ahead(outcome.reach_from)
        whole = self._by_source(share * ahead)[self.source]
        others = 1 - share
        rest = np.where(
            others > _CERTAIN, (whole - share * ahead) / np.where(others > _CERTAIN, others, 1), np.nan
        )
        slopes: Floats = visits[self.source] * (ahead - rest)
        return slopes


@dataclass(frozen=True)
class Slopes:
    """The outcome of a chain like ``chain`` but for small changes in its edges, to first order.

    With x and y as in ``Chain.solve``, v the row of N of the start, and a row w = v (share times seconds of every edge,
    by its target): a change dQ of the probabilities moves x by N dQ x, hence x at the start by v dQ x; and y there by
    v dQ y, by v dt where shares times seconds change by dt, and, as t rests on x, by w N dQ x.
    """

    chain: Chain
    share: Floats
    seconds: Floats
    outcome: Outcome
    of_reach: Floats  # float64 [edges], each: by the change of the edge's share
    of_time: Floats

    @classmethod
    def of(cls, chain: Chain, share: Floats, seconds: Floats, outcome: Outcome, visits: Floats) -> Slopes:
        from_source, ahead = visits[chain.source], chain.ahead(outcome.reach_from)
        passed = from_source * share * seconds
        led_to: Floats = np.bincount(chain.target, passed, chain.n_nodes + 2)[:-1].astype(np.float64)
        led_to[chain.goal] = 0
        again = chain.visits(share, led_to)[chain.source]
        of_reach = from_source * ahead
        return cls(
            chain,
            share,
            seconds,
            outcome,
            of_reach,
            from_source * chain.ahead(outcome.time_from, at_goal=0.0) + again * ahead,
        )

    def near(self, share: Floats, seconds: Floats) -> tuple[float, float | None]:
        """Probability of the goal and seconds to it with other shares and seconds."""
        moved = share - self.share
        reach = self.outcome.reach + _dot(self.of_reach, moved)
        time = float(self.outcome.time_from[-1]) + _dot(self.of_time, moved)
        time += _dot(self.of_reach, share * seconds - self.share * self.seconds)
        return reach, time / reach if reach > 0 else None


def _dot(left: Floats, right: Floats) -> float:
    """Not by BLAS, whose threads wait for each other longer than the sum takes."""
    return float(np.sum(left * right))
