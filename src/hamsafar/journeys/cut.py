"""Cutting the paths of persons into sessions or instances."""

from __future__ import annotations

from math import inf

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.errors import BadWindow
from hamsafar.journeys.index import PathIndex, Unit, fingerprint
from hamsafar.journeys.parts import Part, run_parts
from hamsafar.journeys.select import SelectedProperties

SESSION_GAP_SECONDS = 1800.0
_NEVER_US = np.iinfo(np.int64).max


def session_gap_us(gap_seconds: float | None, column: str | None) -> int:
    """The gap beyond which a session ends: as given; else half an hour, or none where a property cuts.

    Raises ``BadWindow`` unless it is above 0 and finite.
    """
    if gap_seconds is None:
        return round(SESSION_GAP_SECONDS * 1e6) if column is None else _NEVER_US
    if not 0 < gap_seconds < inf:
        raise BadWindow(given=gap_seconds)
    return round(min(gap_seconds, 2.0**62 / 1e6) * 1e6)


def by_session(index: PathIndex, gap_us: int, column: str | None) -> PathIndex:
    """See ``Askable.by_session``."""
    from hamsafar.journeys.kernels.cutting import count_sessions, session_starts

    values = np.empty(0, dtype=np.int32) if column is None else index.properties[column].code

    def count(part: Part) -> tuple[int, int]:
        own = (index.at_us, index.offset, part.first, part.last)
        return part.first, count_sessions(*own, values, gap_us)

    counts = run_parts(index, count)
    ends = np.cumsum([n for _, n in counts]).tolist()
    places = {first: slice(end - n, end) for (first, n), end in zip(counts, ends, strict=True)}
    offset = np.empty(ends[-1] + 1, dtype=np.int64)
    offset[-1] = index.n_events

    def fill(part: Part) -> None:
        own = (index.at_us, index.offset, part.first, part.last)
        session_starts(*own, values, gap_us, offset[places[part.first]])

    run_parts(index, fill)
    return _cut(index, offset, "session", f"session {gap_us} {column!r}")


def by_restart(index: PathIndex, codes: npt.NDArray[np.int64]) -> PathIndex:
    """See ``Askable.by_instance``; each event with one of these codes begins a path."""
    begins = np.zeros(len(index.names), dtype=np.bool_)
    begins[codes] = True
    starts = begins[index.code]
    starts[index.offset[:-1]] = True
    offset = np.append(np.flatnonzero(starts), index.n_events)
    return _cut(index, offset, "instance", f"restart {codes.tolist()}")


def by_column(index: PathIndex, column: str) -> PathIndex:
    """See ``Askable.by_instance``; a path for each value of the property that a path has."""
    values = index.properties[column].code
    path = np.repeat(np.arange(index.n_paths, dtype=np.int64), np.diff(index.offset))
    kept = np.flatnonzero(values >= 0)
    grouped = kept[np.lexsort((values[kept], path[kept]))]  # stable: events of a group stay in order
    same = (np.diff(path[grouped]) == 0) & (np.diff(values[grouped]) == 0)
    begin = np.flatnonzero(np.concatenate([np.ones(min(len(grouped), 1), dtype=np.bool_), ~same]))
    # Groups in the order of their first events, which is also that of persons.
    first = grouped[begin]
    lengths = np.diff(np.append(begin, len(grouped)))
    order = np.argsort(np.repeat(first, lengths), kind="stable")
    places = grouped[order]
    by_first = np.argsort(first)
    offset = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths[by_first])])
    numbers = path[first[by_first]]
    persons, owner = np.unique(numbers if index.owner is None else index.owner[numbers], return_inverse=True)
    return PathIndex(
        code=index.code[places],
        at_us=index.at_us[places],
        offset=offset,
        names=index.names,
        persons=index.persons.take(persons),
        properties=SelectedProperties(index.properties, places),
        version=fingerprint(texts=(index.version, f"instance {column!r}")),
        rejected=index.rejected,
        unit="instance",
        owner=owner,
        until_us=index.data_end_us if index.n_events else index.until_us,
    )


def _cut(index: PathIndex, offset: npt.NDArray[np.int64], unit: Unit, reason: str) -> PathIndex:
    """The index whose paths begin at these places, among which are the beginnings of all its paths."""
    from hamsafar.journeys.kernels.cutting import paths_of

    owner = np.empty(len(offset) - 1, dtype=np.int64)
    paths_of(offset[:-1], index.offset, owner)
    if index.owner is not None:
        owner = index.owner[owner]
    return PathIndex(
        code=index.code,
        at_us=index.at_us,
        offset=offset,
        names=index.names,
        persons=index.persons,
        properties=index.properties,
        version=fingerprint(texts=(index.version, reason)),
        rejected=index.rejected,
        unit=unit,
        owner=owner,
        until_us=index.until_us,
    )
