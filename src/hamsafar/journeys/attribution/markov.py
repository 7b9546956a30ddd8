"""The Markov model of attribution: a chain of the channels of all journeys, and what is lost without each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.jackknife import GROUPS

Array = npt.NDArray[Any]
Floats = npt.NDArray[np.float64]

_ROUNDS = 100_000
_MOST_WORK = 30_000_000  # edges times channels times groups; above that there are no intervals


@dataclass(frozen=True)
class Steps:
    """How often each step of a journey was taken in each group of persons.

    ``counts`` of ``keys``, which are ascending ``(context * base + next) * GROUPS + group``; see ``note_grams``.
    """

    keys: npt.NDArray[np.int64]
    counts: npt.NDArray[np.int64]


def steps_of(table: Array, keys: Array) -> Steps:
    """From a table of all possible keys, or (where that is empty) from the keys themselves."""
    if len(table):
        present = np.flatnonzero(table)
        return Steps(present, table[present])
    return Steps(*np.unique(keys, return_counts=True))


def merge_steps(left: Steps, right: Steps) -> Steps:
    from hamsafar.journeys.kernels.counting import merge_counts

    return Steps(*merge_counts(left.keys, left.counts, right.keys, right.counts))


def removal_effects(steps: Steps, n_channels: int, base: int, order: int) -> tuple[Floats, Floats | None]:
    """The removal effect of each channel, float64 [channels], and without each group [GROUPS, channels].

    The states are the last ``order`` channels of a journey, from "none yet"; a journey ends converted or not.
    The removal effect of a channel is the share of the probability of converting that is lost when every journey
    that comes to the channel ends there unconverted. Source: E. Anderl, I. Becker, F. von Wangenheim, J. H. Schumann,
    "Mapping the customer journey: lessons learned from graph-based online attribution modeling", International Journal
    of Research in Marketing 33 (2016), 457-474. Groups are None where that would take too long.
    """
    edges, place = np.unique(steps.keys // GROUPS, return_inverse=True)
    if not len(edges):
        return np.zeros(n_channels), np.zeros((GROUPS, n_channels))
    counts = np.zeros((GROUPS, len(edges)))
    counts[steps.keys % GROUPS, place] = steps.counts
    chain = _Chain.of(edges, base, order)
    whole = counts.sum(axis=0)
    effects, ways = chain.effects(whole, n_channels, None)
    if len(edges) * (n_channels + 1) * GROUPS > _MOST_WORK:
        return effects, None
    return effects, np.stack([chain.effects(whole - own, n_channels, ways)[0] for own in counts])


@dataclass(frozen=True)
class _Chain:
    """The chain's shape: ``begin`` of the edges of each state, the ``symbol`` of an edge and the state it leads to."""

    begin: npt.NDArray[np.int64]
    source: npt.NDArray[np.int64]
    symbol: npt.NDArray[np.int64]
    target: npt.NDArray[np.int64]
    converts: npt.NDArray[np.bool_]
    inner: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, edges: npt.NDArray[np.int64], base: int, order: int) -> _Chain:
        contexts, symbol = edges // base, edges % base
        states = np.unique(contexts)  # 0, the start, is the first
        inner = symbol < base - 2
        after = np.where(inner, edges % base**order, 0)
        source = np.searchsorted(states, contexts)
        begin = np.searchsorted(source, np.arange(len(states) + 1))
        # Every touch is followed by something, so a state that is led to is there.
        target = np.where(inner, np.searchsorted(states, after), 0)
        return cls(begin.astype(np.int64), source, symbol, target, symbol == base - 2, inner)

    def effects(self, counts: Floats, n_channels: int, ways: Floats | None) -> tuple[Floats, Floats]:
        """Removal effects, and the probabilities found on the way [channels + 1, states], to start from."""
        from hamsafar.journeys.kernels.absorbing import expected

        n = len(self.begin) - 1
        leaving = np.bincount(self.source, counts, n)
        share = counts / np.where(leaving > 0, leaving, 1)[self.source]
        gain = np.bincount(self.source, share * self.converts, n)
        moving = share * self.inner
        found = np.zeros((n_channels + 1, n)) if ways is None else ways.copy()
        found[0] = expected(self.begin, self.target, moving, gain, found[0], _ROUNDS)
        for channel in range(n_channels):
            kept = np.where(self.symbol == channel + 1, 0.0, moving)
            found[channel + 1] = expected(self.begin, self.target, kept, gain, found[channel + 1], _ROUNDS)
        if found[0, 0] <= 0:
            return np.zeros(n_channels), found
        return np.clip(1 - found[1:, 0] / found[0, 0], 0, 1), found
