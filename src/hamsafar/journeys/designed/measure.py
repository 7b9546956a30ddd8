"""Measuring a map on paths. The definitions are in docs/guide/measure.en.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from hamsafar.journeys.askable import Askable
from hamsafar.journeys.designed import medians
from hamsafar.journeys.designed.ad_hoc import Frequent, ad_hoc_events
from hamsafar.journeys.designed.counting import Counts, count
from hamsafar.journeys.designed.durations import Durations
from hamsafar.journeys.designed.errors import BadThreshold
from hamsafar.journeys.designed.finish import finish
from hamsafar.journeys.designed.map_model import MapModel
from hamsafar.journeys.designed.open_after import OpenAfter, open_after
from hamsafar.journeys.designed.result import MeasuredMap
from hamsafar.journeys.designed.visits import count_visits
from hamsafar.journeys.designed.walk import Walk
from hamsafar.journeys.scope import Scope

EXACT_UP_TO = 5_000_000
"""Bound events up to which medians are exact; beyond, they come from the histogram alone."""


@dataclass(frozen=True)
class Selection:
    """What is measured: the paths in ``scope``, and how.

    ``open_after`` sets thresholds for "still open" in seconds by stage id, before the map's own and the
    measured ones.
    """

    scope: Scope = field(default_factory=Scope)
    open_after: Mapping[str, float] = field(default_factory=dict)
    frequent: Frequent = field(default_factory=Frequent)


@dataclass(frozen=True, eq=False)
class Measurement:
    """A walk, counted: what the measured map and "who?" are read from."""

    walk: Walk
    counts: Counts
    durations: Durations
    thresholds: tuple[OpenAfter, ...]

    @property
    def data_end_us(self) -> int:
        return self.walk.paths.span_us[1]


def measure(
    paths: Askable, model: MapModel, selection: Selection | None = None, *, exact_up_to: int = EXACT_UP_TO
) -> MeasuredMap:
    """The measured map. Raises ``BadThreshold`` for a threshold that cannot be used.

    An empty selection gives a measured map of zeros in which rates and medians are None.
    """
    selection = selection or Selection()
    return measure_walk(Walk(selection.scope.of(paths), model), selection, exact_up_to=exact_up_to)


def measure_walk(walk: Walk, selection: Selection, *, exact_up_to: int = EXACT_UP_TO) -> MeasuredMap:
    """``measure`` of a walk over the selected events."""
    measurement = count_walk(walk, selection.open_after, exact_up_to=exact_up_to)
    counts = measurement.counts
    return finish(
        walk=walk,
        counts=counts,
        durations=measurement.durations,
        thresholds=measurement.thresholds,
        visits=count_visits(walk, exact=measurement.durations.exact),
        ad_hoc=ad_hoc_events(walk, counts.next_visits, counts.unbound, selection.frequent),
        span_us=(selection.scope.from_us, selection.scope.to_us),
    )


def count_walk(
    walk: Walk, wanted_seconds: Mapping[str, float], *, exact_up_to: int = EXACT_UP_TO
) -> Measurement:
    """Counts a walk and settles the thresholds for "still open"."""
    _check_thresholds(walk.model, wanted_seconds)
    counts = count(walk)
    durations = _durations(walk, counts, exact=counts.bound <= exact_up_to)
    return Measurement(walk, counts, durations, open_after(walk.model, wanted_seconds, durations))


def _check_thresholds(model: MapModel, wanted: Mapping[str, float]) -> None:
    stages = {stage.id for stage in model.stages}
    for stage, seconds in wanted.items():
        if stage not in stages or not 0 < seconds < 1e10:
            raise BadThreshold(stage=stage)


def _durations(walk: Walk, counts: Counts, *, exact: bool) -> Durations:
    n_placements, n_stages = len(walk.model.placements), len(walk.model.stages)
    gaps = range(n_placements + n_stages, n_placements + 2 * n_stages)
    wanted = medians.ranks(counts.histogram, gaps)
    value_us = wanted.middle_us
    if exact and np.any(wanted.n):
        value_us = medians.exact_values(wanted, medians.pick(walk, wanted))
    return Durations(wanted.n, value_us, n_placements, n_stages, exact)
