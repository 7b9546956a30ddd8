"""Restricting an index to some persons: by their properties or by their ids."""

from __future__ import annotations

import json
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.index import PathIndex, PropertyColumn
from hamsafar.journeys.select import restricted
from hamsafar.lib.conditions import Condition

Flags = npt.NDArray[np.bool_]


def persons_where(
    index: PathIndex, conditions: tuple[Condition, ...], last: tuple[Condition, ...]
) -> PathIndex:
    """See ``Askable.persons_where``."""
    wanted = np.ones(index.n_persons, dtype=np.bool_)
    if index.n_persons and conditions:
        met = np.ones(index.n_events, dtype=np.bool_)
        for condition in conditions:
            met &= index.properties[condition.property].matching(condition)
        wanted &= np.logical_or.reduceat(met, index.person_offset[:-1])
    if index.n_persons:
        for condition in last:
            column = index.properties[condition.property]
            wanted &= PropertyColumn(_last_codes(index, column), column.values).matching(condition)
    described = [[condition.to_dict() for condition in some] for some in (conditions, last)]
    return _restricted(index, wanted, json.dumps(described, ensure_ascii=False, default=str))


def only_persons(index: PathIndex, ids: Iterable[str], keep: bool) -> PathIndex:
    """The paths of the persons with these ids, or (not ``keep``) of all others; unknown ids are nobody's."""
    named = np.zeros(index.n_persons, dtype=np.bool_)
    for one in ids:
        number = index.persons.find(one)
        if number is not None:
            named[number] = True
    return _restricted(index, named if keep else ~named, f"persons {keep} {sorted(set(ids))}")


def _restricted(index: PathIndex, wanted: Flags, reason: str) -> PathIndex:
    return restricted(index, np.repeat(wanted, np.diff(index.person_offset)), reason)


def _last_codes(index: PathIndex, column: PropertyColumn) -> npt.NDArray[np.int32]:
    """The code of the property at each person's last event that has it; int32 [n_persons], -1 without one."""
    codes = column.code
    if index.unit == "instance":  # the paths of a person may overlap in time
        person = np.repeat(np.arange(index.n_persons), np.diff(index.person_offset))
        codes = codes[np.lexsort((index.at_us, person))]
    places = np.where(codes >= 0, np.arange(index.n_events, dtype=np.int64), -1)
    latest = np.maximum.reduceat(places, index.person_offset[:-1])
    return np.where(latest >= 0, codes[latest], np.int32(-1))
