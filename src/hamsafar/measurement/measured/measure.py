"""Measuring a map on an index of paths. The definitions are in docs/guide/measure.en.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.index import PathIndex
from hamsafar.journeys.parts import Part, run_parts
from hamsafar.lib.conditions import Condition
from hamsafar.measurement.measured import medians
from hamsafar.measurement.measured.ad_hoc import Frequent, ad_hoc_events
from hamsafar.measurement.measured.binding import Binding, bind
from hamsafar.measurement.measured.chunks import layout_of
from hamsafar.measurement.measured.counting import Counts, count, merged
from hamsafar.measurement.measured.durations import Durations
from hamsafar.measurement.measured.errors import BadThreshold
from hamsafar.measurement.measured.finish import finish
from hamsafar.measurement.measured.map_model import MapModel
from hamsafar.measurement.measured.open_after import OpenAfter, open_after
from hamsafar.measurement.measured.result import AdHoc, MeasuredMap

if TYPE_CHECKING:
    from hamsafar.measurement.measured.kernels.walk import Layout

Array = npt.NDArray[Any]

EXACT_UP_TO = 200_000_000
"""Events up to which medians are exact; beyond, the second walk they need is left out."""


@dataclass(frozen=True)
class Selection:
    """What is measured: events with ``from_us <= at_us < to_us`` that meet all conditions.

    ``open_after`` sets thresholds for "still open" in seconds by stage id, before the map's own and the
    measured ones.
    """

    from_us: int | None = None
    to_us: int | None = None
    conditions: tuple[Condition, ...] = ()
    open_after: Mapping[str, float] = field(default_factory=dict)
    frequent: Frequent = field(default_factory=Frequent)

    def of(self, index: PathIndex) -> PathIndex:
        return index.select(self.from_us, self.to_us, self.conditions)


@dataclass(frozen=True, eq=False)
class Measurement:
    """A map over selected events, walked and counted; what the measured map and "who?" are read from."""

    model: MapModel
    index: PathIndex
    binding: Binding
    layout: Layout
    counts: Counts
    durations: Durations
    thresholds: tuple[OpenAfter, ...]
    data_end_us: int | None


def measure(
    index: PathIndex, model: MapModel, selection: Selection | None = None, *, exact_up_to: int = EXACT_UP_TO
) -> MeasuredMap:
    """The measured map. Raises ``BadThreshold`` for a threshold that cannot be used.

    An empty selection gives a measured map of zeros in which rates and medians are None.
    """
    selection = selection or Selection()
    walked = walk_through(index, model, selection, exact_up_to=exact_up_to)
    frequent: Iterable[AdHoc] = ad_hoc_events(
        walked.index,
        model,
        walked.binding,
        walked.layout,
        walked.counts.next_visits,
        walked.counts.unbound,
        selection.frequent,
    )
    return finish(
        model=model,
        index=walked.index,
        binding=walked.binding,
        counts=walked.counts,
        durations=walked.durations,
        thresholds=walked.thresholds,
        ad_hoc=tuple(frequent),
        span_us=(selection.from_us, selection.to_us),
        data_end_us=walked.data_end_us,
    )


def walk_through(
    index: PathIndex, model: MapModel, selection: Selection, *, exact_up_to: int = EXACT_UP_TO
) -> Measurement:
    """Counts everything but ad hoc events and settles the thresholds for "still open"."""
    from hamsafar.journeys.kernels.histogram import buckets_for

    _check_thresholds(model, selection.open_after)
    selected = selection.of(index)
    binding, layout = bind(selected, model.touchpoints), layout_of(model)
    first_us, last_us = _span(selected)

    def count_part(part: Part) -> Counts:
        return count(part, binding, layout, buckets=buckets_for(last_us - first_us), data_end_us=last_us)

    counts = merged(run_parts(selected, count_part))
    durations = _durations(selected, model, binding, layout, counts, selected.n_events <= exact_up_to)
    return Measurement(
        model=model,
        index=selected,
        binding=binding,
        layout=layout,
        counts=counts,
        durations=durations,
        thresholds=open_after(model, selection.open_after, durations),
        data_end_us=last_us if selected.n_events else None,
    )


def _check_thresholds(model: MapModel, wanted: Mapping[str, float]) -> None:
    stages = {stage.id for stage in model.stages}
    for stage, seconds in wanted.items():
        if stage not in stages or not 0 < seconds < 1e10:
            raise BadThreshold(stage=stage)


def _span(index: PathIndex) -> tuple[int, int]:
    """The times of the first and the last event; (0, 0) without events."""
    if not index.n_events:
        return 0, 0
    return int(index.at_us[index.offset[:-1]].min()), int(index.at_us[index.offset[1:] - 1].max())


def _durations(
    index: PathIndex, model: MapModel, binding: Binding, layout: Layout, counts: Counts, exact: bool
) -> Durations:
    n_placements, n_stages = len(model.placements), len(model.stages)
    gaps = range(n_placements + n_stages, n_placements + 2 * n_stages)
    wanted = medians.ranks(counts.histogram, gaps)
    if not exact:
        return Durations(wanted.n, wanted.middle_us, n_placements, n_stages, exact=False)
    if not np.any(wanted.n):
        return Durations(wanted.n, wanted.middle_us, n_placements, n_stages, exact=True)

    def pick(part: Part) -> list[medians.Picked]:
        return medians.pick_part(part, binding, layout, wanted)

    picked = [one for part in run_parts(index, pick) for one in part]
    return Durations(wanted.n, medians.exact_values(wanted, picked), n_placements, n_stages, exact=True)
