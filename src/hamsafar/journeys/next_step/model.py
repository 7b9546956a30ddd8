"""What follows what, by contexts of every length up to five: counts, smoothing, calibration."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.next_step.sample import Sample
from hamsafar.journeys.parts import thread_count

Array = npt.NDArray[Any]
Numbers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

MOST_ORDER = 5
_DAY_US = 86_400_000_000
_TUNING_ROWS = 20_000
_LEAST_TUNING_ROWS = 50
_TRIED_FROM = 0.8
_HELD_OUT = 5  # one person in so many
_SMOOTHINGS = (
    (0.5, 0.0),
    (0.5, 1.0),
    (0.75, 0.5),
    (0.9, 0.0),
    (0.9, 2.0),
    (0.9, 10.0),
    (0.0, 1.0),
    (0.0, 5.0),
)
_EXPONENTS = (0.7, 0.8, 0.85, 0.9, 0.95, 1.0, 1.05, 1.1, 1.2, 1.35, 1.5)


@dataclass(frozen=True)
class Cases:
    """Moments at which it is known what came next: of each, the event's place in the sample and the next symbol.

    ``place``, ``symbol`` int64 [cases]; ``gap_us`` int64 to the next event (-1 for the end); ``person`` uint64.
    """

    place: Numbers
    symbol: Numbers
    gap_us: Numbers
    person: npt.NDArray[np.uint64]

    def taken(self, chosen: Array) -> Cases:
        return Cases(self.place[chosen], self.symbol[chosen], self.gap_us[chosen], self.person[chosen])

    def thinned(self, most: int) -> Cases:
        """At most ``most`` cases, evenly."""
        step = -(-len(self.place) // most)
        return self if step <= 1 else self.taken(np.arange(0, len(self.place), step))


def cases_before(sample: Sample, end: int, until_us: int, open_after_us: int) -> Cases:
    """What came next as it was known at ``until_us``: events after it have not happened yet.

    The last event of a path is followed by the end (the symbol ``end``) when it lies more than ``open_after_us``
    before ``until_us``; else the path is still open, and nothing is known.
    """
    happened = sample.at_us < until_us
    following, is_last, person = _following(sample)
    known_next = np.zeros(len(happened), dtype=bool)
    known_next[:-1] = happened[1:] & ~is_last[:-1]
    ended = happened & ~known_next & (until_us - sample.at_us > open_after_us)
    return _cases(sample, np.flatnonzero(happened & (known_next | ended)), known_next, following, person, end)


def cases_after(sample: Sample, end: int, split_us: int, until_us: int, open_after_us: int) -> Cases:
    """What came next at ``split_us`` or later; ends that became known then, by the same rule."""
    following, is_last, person = _following(sample)
    known_next = np.zeros(len(is_last), dtype=bool)
    known_next[:-1] = (sample.at_us[1:] >= split_us) & ~is_last[:-1]
    silent = sample.at_us + open_after_us
    ended = is_last & (silent >= split_us) & (silent < until_us)
    return _cases(sample, np.flatnonzero(known_next | ended), known_next, following, person, end)


def _following(sample: Sample) -> tuple[Numbers, npt.NDArray[np.bool_], Array]:
    is_last = np.zeros(len(sample.code), dtype=bool)
    is_last[sample.offset[1:] - 1] = True
    following = np.append(sample.code[1:], 0) if len(sample.code) else sample.code
    return following, is_last, np.repeat(sample.person, np.diff(sample.offset))


def _cases(
    sample: Sample, place: Numbers, known_next: Array, following: Numbers, person: Array, end: int
) -> Cases:
    goes_on = known_next[place]
    gaps = np.full(len(place), -1, dtype=np.int64)
    gaps[goes_on] = sample.at_us[place[goes_on] + 1] - sample.at_us[place[goes_on]]
    return Cases(place, np.where(goes_on, following[place], end), gaps, person[place])


def usual_open_after_us(sample: Sample) -> int:
    """The 95th percentile of the gaps between events, at least a day and at most 90.

    Events of the very same time are one moment: the gaps of 0 between them say nothing about coming back.
    """
    gaps = np.diff(sample.at_us)
    within = np.ones(len(gaps), dtype=bool)
    within[sample.offset[1:-1] - 1] = False
    within &= gaps > 0
    if not within.any():
        return _DAY_US
    return int(np.clip(np.quantile(gaps[within], 0.95), _DAY_US, 90 * _DAY_US))


@dataclass(frozen=True)
class Smoothing:
    """See ``kernels.contexts.best_next``; ``exponent`` 1 leaves the probabilities as they are."""

    order: int
    discount: float
    strength: float
    exponent: float = 1.0


@dataclass(frozen=True)
class Model:
    """Counts of what followed every context of 1 to ``MOST_ORDER`` events, and how they are smoothed.

    Symbols are the codes of names, then the end, then (in contexts only) the start. The contexts of order k + 1 are
    ``keys[k]``, ascending ``id of the context one shorter * (n_names + 2) + the event before it``.

    The probabilities are interpolated from the longest context down with absolute discounting and a constant weight
    of the shorter ones, as in the Pitman-Yor language model (Y. W. Teh, "A hierarchical Bayesian language model based
    on Pitman-Yor processes", ACL 2006), whose special cases are those of H. Ney, U. Essen, R. Kneser (1994), without a
    strength, and of D. J. C. MacKay, L. Peto (1995), without a discount.
    """

    n_names: int
    keys: tuple[Numbers, ...]
    base_counts: Numbers
    begin: Numbers
    first_of: Numbers
    symbol: Numbers
    count: Numbers
    smoothing: Smoothing
    calibrated: bool
    cases: Cases
    ids: Numbers  # int64 [cases, orders], the contexts of the cases learned from

    @property
    def end(self) -> int:
        return self.n_names

    def contexts(self, sample: Sample, place: Numbers) -> Numbers:
        """The ids of the contexts that end at these places of a sample, int64 [places, orders]; -1: never seen.

        A context may reach one step beyond the first event: that a path began is something to go by.
        """
        path_of = np.repeat(sample.offset[:-1], np.diff(sample.offset))
        begin = path_of[place]
        ids = np.full((len(place), MOST_ORDER), -1, dtype=np.int64)
        shorter = np.zeros(len(place), dtype=np.int64)
        start = self.n_names + 1
        for order in range(MOST_ORDER):
            at = place - order
            before = np.where(at >= begin, sample.code[np.maximum(at, 0)], start)
            usable = (shorter >= 0) & (at >= begin - 1)
            key = np.where(usable, shorter * (self.n_names + 2) + before, -1)
            keys = self.keys[order]
            found = np.minimum(np.searchsorted(keys, key), max(len(keys) - 1, 0))
            hit = usable & (keys[found] == key) if len(keys) else np.zeros(len(place), dtype=bool)
            shorter = np.where(hit, found, -1)
            ids[:, order] = shorter
        return ids

    def base(self, smoothing: Smoothing | None = None) -> Floats:
        """The probabilities without context."""
        own = smoothing or self.smoothing
        n, size = int(self.base_counts.sum()), len(self.base_counts)
        different = np.count_nonzero(self.base_counts)
        strength = max(own.strength, 1e-9) if n == 0 else own.strength
        spread = (strength + own.discount * different) / size
        # A symbol never seen keeps a sliver even without discount or strength.
        raw = np.maximum(self.base_counts - own.discount, 0) + max(spread, 1e-6)
        probabilities: Floats = raw / raw.sum()
        return probabilities

    def predict(
        self,
        ids: Numbers,
        actual: Numbers,
        tops: int,
        smoothing: Smoothing | None = None,
        exponents: tuple[float, ...] | None = None,
    ) -> tuple[Numbers, Floats, Floats]:
        """The ``tops`` likeliest symbols of each row and their probabilities, and that of ``actual`` (-1: none)."""
        from hamsafar.journeys.kernels.contexts import best_next

        own = smoothing or self.smoothing
        powers = np.array(exponents or (own.exponent,))
        base = self.base(own)
        symbols = np.empty((len(ids), tops), dtype=np.int64)
        shares = np.empty((len(ids), tops))
        of_actual = np.empty((len(ids), len(powers)))
        best_next(
            np.ascontiguousarray(ids[:, : own.order]),
            actual,
            base,
            np.lexsort((np.arange(len(base)), -base)),
            self.begin,
            self.first_of,
            self.symbol,
            self.count,
            own.discount,
            own.strength,
            powers,
            np.array([(base**power).sum() for power in powers]),
            symbols,
            shares,
            of_actual,
        )
        return symbols, shares, of_actual


@dataclass(frozen=True)
class Lessons:
    """What is counted of a sample to learn models of any order from: see ``learn``.

    ``whole`` is of all that was known; ``earlier`` of what was known when four fifths of the events had happened, to
    be tried on ``later``; ``others`` of four persons in five, to be tried on the cases of the fifth, ``held``. Both
    are None where there are too few cases to try on.
    """

    sample: Sample
    whole: Model
    earlier: Model | None
    later: Cases
    others: Model | None
    held: Cases

    @classmethod
    def of(cls, sample: Sample, until_us: int, open_after_us: int, n_names: int) -> Lessons:
        """From what was known at ``until_us``; no event of ``sample`` is later."""
        cases = cases_before(sample, n_names, until_us, open_after_us)
        split_us = int(np.quantile(sample.at_us, _TRIED_FROM, method="higher"))
        earlier = cases_before(sample, n_names, split_us, open_after_us)
        later = cases_after(sample, n_names, split_us, until_us, open_after_us)
        later = later.taken(later.symbol != n_names).thinned(_TUNING_ROWS)
        is_held = (cases.person >> np.uint64(32)) % np.uint64(_HELD_OUT) == 0
        held = cases.taken(is_held).thinned(_TUNING_ROWS)
        if (
            min(len(later.place), len(held.place)) < _LEAST_TUNING_ROWS
            or not len(earlier.place)
            or is_held.all()
        ):
            return cls(sample, _counted(sample, cases, n_names), None, later, None, held)
        known = (cases, earlier, cases.taken(~is_held))
        with ThreadPoolExecutor(max_workers=thread_count()) as pool:
            whole, before, others = pool.map(lambda one: _counted(sample, one, n_names), known)
        return cls(sample, whole, before, later, others, held)


def learn(lessons: Lessons, most_order: int = MOST_ORDER) -> Model:
    """A model that looks back on at most ``most_order`` events, smoothed and calibrated.

    Smoothing and order are chosen by time: counts of what was known when four fifths of the events had happened
    predict the events after it, as later in earnest, when the past of the same persons is known. (Ends are left out of
    this: which of them are known by a time depends on the time.) The exponent is chosen on one person in five, who were
    held out of the counts: it is temperature scaling (C. Guo, G. Pleiss, Y. Sun, K. Q. Weinberger, "On calibration of
    modern neural networks", ICML 2017). Then everything is counted again. With fewer than 50 cases to try on nothing
    is chosen: order 2, strength 1, uncalibrated.
    """
    sample, held = lessons.sample, lessons.held
    if lessons.earlier is None or lessons.others is None:
        plain = Smoothing(min(2, most_order), 0.0, 1.0)
        return replace(lessons.whole, smoothing=plain, calibrated=False)
    best = _chosen(sample, lessons.earlier, lessons.later, most_order)
    losses = _losses(lessons.others, lessons.others.contexts(sample, held.place), held, best, _EXPONENTS)
    exponent = _EXPONENTS[int(np.argmin(losses))]
    return replace(lessons.whole, smoothing=replace(best, exponent=exponent), calibrated=True)


def _chosen(sample: Sample, trial: Model, cases: Cases, most_order: int) -> Smoothing:
    """The smoothing and the order with the least log loss."""
    ids = trial.contexts(sample, cases.place)

    def least(offered: Iterable[Smoothing]) -> Smoothing:
        return min(offered, key=lambda one: float(_losses(trial, ids, cases, one)[0]))

    # What smooths long contexts well is not what smooths short ones well: chosen, and for the order chosen again.
    best = Smoothing(most_order, 0.0, 1.0)
    for again in (False, True):
        best = least(replace(best, discount=one, strength=other) for one, other in _SMOOTHINGS)
        if not again:
            best = least(replace(best, order=order) for order in range(1, most_order + 1))
    return best


def _losses(
    model: Model, ids: Numbers, cases: Cases, smoothing: Smoothing, exponents: tuple[float, ...] = (1.0,)
) -> Floats:
    """The mean log loss with each exponent."""
    _, _, own = model.predict(ids, cases.symbol, 1, smoothing, exponents)
    losses: Floats = -np.log(np.maximum(own, 1e-300)).mean(axis=0)
    return losses


def _counted(sample: Sample, cases: Cases, n_names: int) -> Model:
    """The counts of what followed each context of the cases."""
    from hamsafar.journeys.kernels.contexts import ranked_pairs

    size, n_shorter = n_names + 1, 1
    path_of = np.repeat(sample.offset[:-1], np.diff(sample.offset))
    begin = path_of[cases.place]
    shorter = np.zeros(len(cases.place), dtype=np.int64)
    ids = np.full((len(cases.place), MOST_ORDER), -1, dtype=np.int64)
    keys, begins, symbols, counts, first_of, filled, n_contexts = [], [], [], [], [], 0, 0
    for order in range(MOST_ORDER):
        at = cases.place - order
        before = np.where(at >= begin, sample.code[np.maximum(at, 0)], n_names + 1)
        usable = (shorter >= 0) & (at >= begin - 1)
        shorter, distinct, _ = ranked_pairs(np.where(usable, shorter, -1), before, n_shorter, n_names + 2)
        n_shorter = len(distinct)
        ids[:, order] = shorter
        _, entries, times = ranked_pairs(shorter, cases.symbol, n_shorter, size)
        keys.append(distinct)
        # One place more than there are contexts, so that the last one's entries end somewhere.
        begins.append(np.searchsorted(entries, np.arange(len(distinct) + 1) * size) + filled)
        symbols.append(entries % size)
        counts.append(times)
        first_of.append(n_contexts)
        filled += len(entries)
        n_contexts += len(distinct) + 1
    return Model(
        n_names=n_names,
        keys=tuple(keys),
        base_counts=np.bincount(cases.symbol, minlength=size).astype(np.int64),
        begin=np.concatenate(begins).astype(np.int64),
        first_of=np.array(first_of, dtype=np.int64),
        symbol=np.concatenate(symbols).astype(np.int64),
        count=np.concatenate(counts).astype(np.int64),
        smoothing=Smoothing(1, 0.0, 1.0),
        calibrated=False,
        cases=cases,
        ids=ids,
    )
