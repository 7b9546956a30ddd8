"""What one matcher finds, while somebody edits it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.designed.binding import compile_matchers, event_names, unknown_patterns
from hamsafar.journeys.designed.map_model import Touchpoint
from hamsafar.journeys.index import PathIndex

Flags = npt.NDArray[np.bool_]

_LOOKED_AT = 1_000  # latest matching events among which examples of different persons are sought


@dataclass(frozen=True)
class Match:
    """Events and persons a matcher fits; ``examples`` are places in the index, the latest first.

    ``never_seen`` are patterns that no event's name fits, ``unknown_properties`` properties that no event has;
    ``also`` the other touchpoints (by place in the list) that fit some of the same events, and how many.
    """

    events: int
    persons: int
    examples: tuple[int, ...]
    never_seen: tuple[str, ...]
    unknown_properties: tuple[str, ...]
    also: tuple[tuple[int, int], ...]


def match(index: PathIndex, touchpoint: Touchpoint, others: tuple[Touchpoint, ...], examples: int) -> Match:
    """What ``touchpoint`` would be bound to if it stood alone, with up to ``examples`` of different persons."""
    binding = compile_matchers(index, (touchpoint,))
    fitting = _fitting(index, touchpoint)
    names = event_names(index, touchpoint)
    shared = []
    for number, other in enumerate(others):
        if names & event_names(index, other):
            both = int(np.count_nonzero(fitting & _fitting(index, other)))
            if both:
                shared.append((number, both))
    places = np.flatnonzero(fitting)
    return Match(
        events=len(places),
        persons=len(np.unique(_person_of(index, places))),
        examples=_examples(index, places, examples),
        never_seen=tuple(pattern for _, pattern in unknown_patterns(index.names, (touchpoint,))),
        unknown_properties=tuple(name for _, name in binding.unknown_properties),
        also=tuple(shared),
    )


def _fitting(index: PathIndex, touchpoint: Touchpoint) -> Flags:
    from hamsafar.journeys.designed.kernels.bind import bind

    binding = compile_matchers(index, (touchpoint,))
    found = np.empty(index.n_events, dtype=np.int16)
    overlapping = np.zeros(binding.n_slots, dtype=np.int64)
    also = np.zeros((binding.n_slots, binding.most_slots), dtype=np.int64)
    codes = binding.property_codes(0, index.n_events)
    bind(index.code, codes, binding.matching, found, overlapping, also)
    fits: Flags = found >= 0
    return fits


def _person_of(index: PathIndex, places: npt.NDArray[Any]) -> npt.NDArray[Any]:
    numbers: npt.NDArray[Any] = np.searchsorted(index.offset, places, side="right") - 1
    return numbers


def _examples(index: PathIndex, places: npt.NDArray[Any], wanted: int) -> tuple[int, ...]:
    times = index.at_us[places]
    if len(places) > _LOOKED_AT:
        places = places[np.argpartition(-times, _LOOKED_AT)[:_LOOKED_AT]]
    latest = places[np.argsort(-index.at_us[places], kind="stable")]
    _, first = np.unique(_person_of(index, latest), return_index=True)
    return tuple(latest[np.sort(first)][:wanted].tolist())
