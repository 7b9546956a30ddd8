"""The Kaplan-Meier curve, its intervals, its median, and the log-rank test between curves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.statistics import Z95, chi_square_p

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Curve:
    """How many are still on the way. Times are those at which something happened, ascending, each once.

    ``times`` [n] in any unit, ``reached`` and ``censored`` int64 [n]: how many arrived, and how many are not known of
    after that time. Who is censored at a time was still on the way when others arrived then.

    - ``at_risk`` n(t): on the way just before t;
    - ``survival`` S(t): product of 1 - d/n over the times up to t, d those who arrived (E. L. Kaplan and P. Meier,
      "Nonparametric estimation from incomplete observations", JASA 53 (1958), 457-481);
    - ``low``, ``high``: 95% interval by Greenwood's variance, the sum of d / (n (n - d)), on the scale of
      log(-log S), where it stays within 0 and 1 (M. Greenwood, 1926; J. D. Kalbfleisch and R. L. Prentice, "The
      Statistical Analysis of Failure Time Data", 2nd ed. (2002), section 1.4). Both are 1 before anybody arrived, and
      not a number once everybody has: then there is no variance to speak of.
    """

    times: npt.NDArray[Any]
    reached: Counts
    censored: Counts

    @classmethod
    def of(cls, reached: npt.NDArray[Any], censored: npt.NDArray[Any]) -> Curve:
        """The curve of single times, in any order; it is quickest where they come in a few sorted runs."""
        from hamsafar.journeys.kernels.cohorts import counted_times

        kind = np.result_type(reached, censored)
        runs = (np.sort(which.astype(kind, copy=False), kind="stable") for which in (reached, censored))
        return cls(*counted_times(*runs))

    @property
    def n(self) -> int:
        return int(self.reached.sum() + self.censored.sum())

    @cached_property
    def at_risk(self) -> Counts:
        gone = np.cumsum(self.reached + self.censored)
        return np.asarray(self.n - gone + self.reached + self.censored, dtype=np.int64)

    @cached_property
    def survival(self) -> Floats:
        return np.asarray(np.cumprod(1 - self.reached / self.at_risk), dtype=np.float64)

    @cached_property
    def bounds(self) -> tuple[Floats, Floats]:
        n, d = self.at_risk.astype(np.float64), self.reached
        with np.errstate(divide="ignore", invalid="ignore"):
            deviation = np.sqrt(np.cumsum(np.where(d > 0, d / (n * (n - d)), 0)))
            spread = np.exp(Z95 * deviation / -np.log(self.survival))
            low, high = self.survival**spread, self.survival ** (1 / spread)
        before, after = self.survival == 1, self.survival == 0
        for edge in (low, high):
            edge[before], edge[after] = 1, np.nan
        return low, high

    def place(self, time: float) -> int:
        """The place of the last time that is not after ``time``; -1 before the first."""
        return int(np.searchsorted(self.times, time, side="right")) - 1

    def at_risk_at(self, time: float) -> int:
        """How many are still on the way just before ``time``."""
        place = int(np.searchsorted(self.times, time))
        return int(self.at_risk[place]) if place < len(self.times) else 0

    def median(self) -> tuple[float | None, float | None, float | None]:
        """The first time at which half or fewer are on the way, and its interval; None: not by the end.

        The interval holds the times at which one half is within the curve's own interval (R. Brookmeyer and
        J. Crowley, "A confidence interval for the median survival time", Biometrics 38 (1982), 29-41).
        """
        low, high = self.bounds
        found = []
        for curve in (self.survival, low, high):
            # A product of fractions that is one half may come out a rounding error above it.
            places = np.flatnonzero(curve <= 0.5 + 1e-12)
            found.append(float(self.times[places[0]]) if len(places) else None)
        return found[0], found[1], found[2]


def log_rank(curves: Sequence[Curve]) -> dict[str, Any] | None:
    """Whether all curves are the same: ``chi_square``, ``degrees`` of freedom and ``p``; None: nothing to tell by.

    At each time of an arrival, those who arrive are expected in each group in proportion to those at risk; the
    differences are weighed by their hypergeometric covariance (N. Mantel, "Evaluation of survival data and two new
    rank order statistics arising in its consideration", Cancer Chemotherapy Reports 50 (1966), 163-170).
    """
    curves = [curve for curve in curves if curve.n]
    if len(curves) < 2:
        return None
    times = np.unique(np.concatenate([curve.times[curve.reached > 0] for curve in curves]))
    at_risk, reached = np.zeros((2, len(curves), len(times)))
    for group, curve in enumerate(curves):
        place = np.searchsorted(curve.times, times)
        known = place < len(curve.times)
        at_risk[group, known] = curve.at_risk[place[known]]
        arrivals = np.flatnonzero(curve.reached)
        reached[group, np.searchsorted(times, curve.times[arrivals])] = curve.reached[arrivals]
    n, d = at_risk.sum(axis=0), reached.sum(axis=0)
    share = at_risk / n
    apart = (reached - d * share).sum(axis=1)[:-1]
    weight = d * (n - d) / np.maximum(n - 1, 1)
    covariance = np.diag((weight * share).sum(axis=1)) - (weight * share) @ share.T
    covariance = covariance[:-1, :-1]
    if not np.any(covariance > 1e-12):
        return None
    value = float(apart @ np.linalg.pinv(covariance, hermitian=True) @ apart)
    degrees = len(curves) - 1
    return {"chi_square": value, "degrees": degrees, "p": chi_square_p(value, degrees)}
