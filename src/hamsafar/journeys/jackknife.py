"""Intervals for figures that no formula covers: leave one group of persons out, and see what changes.

Persons fall into ``GROUPS`` groups by a hash of their id, so that the groups, and with them the intervals, are the
same on every run and over every partition, and counts of groups add up as all counts do.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.parts import Part

GROUPS = 30
_T95 = 2.045229642132703  # the 97.5% quantile of Student's t with GROUPS - 1 degrees of freedom

Floats = npt.NDArray[np.float64]


def person_hashes(part: Part) -> npt.NDArray[np.uint64]:
    """A hash of the id of the person of each path of a part, uint64 [n_paths]."""
    from hamsafar.journeys.kernels.grouping import hash_texts

    persons = part.index.persons
    hashes: npt.NDArray[np.uint64] = hash_texts(persons.data, persons.offset, persons.stored(part.persons))
    return hashes


def person_groups(part: Part) -> npt.NDArray[np.int64]:
    """The group of the person of each path of a part, 0 to ``GROUPS`` - 1; int64 [n_paths]."""
    return (person_hashes(part) % np.uint64(GROUPS)).astype(np.int64)


def interval(estimate: Floats, without: Floats) -> tuple[Floats, Floats]:
    """The 95% interval around ``estimate`` [...] from its values ``without`` each group [GROUPS, ...].

    The delete-a-group jackknife: variance (G - 1) / G times the sum of squares of the values without a group
    around their mean, and Student's t with G - 1 degrees of freedom. It holds for a smooth figure of many
    independent persons. Source: P. S. Kott, "The delete-a-group jackknife", Journal of Official Statistics 17
    (2001), 521-526.
    """
    spread = without - without.mean(axis=0)
    half = _T95 * np.sqrt((GROUPS - 1) / GROUPS * (spread**2).sum(axis=0))
    return estimate - half, estimate + half
