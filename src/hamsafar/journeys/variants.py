"""Variants: the whole paths that persons share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial as bind
from functools import reduce
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from hamsafar.journeys.errors import BadNumber
from hamsafar.journeys.index import PathIndex
from hamsafar.journeys.parts import Part, run_parts
from hamsafar.journeys.view import Language, Result, first_rows, number, percent, rests_on

Numbers = npt.NDArray[np.int64]

MOST = 10_000
"""Variants that one answer may list."""


@dataclass(frozen=True)
class Variants(Result):
    """Paths that are the same sequence of names, whatever their times.

    One row per variant: ``path`` (list of names), ``persons``. Most persons first; ties by the path, name by
    name, the shorter first. ``variants`` is how many there are in all, ``other_persons`` how many persons
    follow one that is not listed: the persons of the rows and they are all ``persons``.
    """

    events: int
    persons: int
    variants: int
    other_persons: int
    rows: pa.Table

    titles: ClassVar = {"en": "Variants", "fa": "گونه‌های مسیر"}
    headings: ClassVar = {"en": ("persons", "share", "path"), "fa": ("اشخاص", "سهم", "مسیر")}

    def table(self) -> pa.Table:
        """``path`` list of string, ``persons`` int64."""
        return self.rows

    def to_dict(self) -> dict[str, Any]:
        return {
            "question": "variants",
            "events": self.events,
            "persons": self.persons,
            "variants": self.variants,
            "other_persons": self.other_persons,
            "rows": self.rows.to_pylist(),
        }

    def cells(self, language: Language, limit: int) -> list[list[str]]:
        arrow = " ← " if language == "fa" else " → "
        return [
            [
                number(row["persons"], language),
                percent(row["persons"] / self.persons, language),
                arrow.join(row["path"]),
            ]
            for row in first_rows(self.rows, limit)
        ]

    def notes(self, language: Language) -> list[str]:
        shown, all_of_them, rest = (
            number(value, language) for value in (len(self.rows), self.variants, self.other_persons)
        )
        if language == "fa":
            listed = f"{shown} گونه از {all_of_them} گونه؛ مسیر {rest} شخص در این فهرست نیست."
        else:
            listed = f"{shown} of {all_of_them} variants; persons on another one: {rest}."
        return [listed, rests_on(self.events, self.persons, language)]


@dataclass(frozen=True)
class _Partial:
    """Different paths: their hashes (sorted), one person who has each, and how many have it."""

    hashes: npt.NDArray[np.uint64]
    examples: Numbers
    counts: Numbers


def variants(index: PathIndex, top: int = 20) -> Variants:
    """See ``Variants``; ``top`` from 1 to ``MOST`` rows are listed. Raises ``BadNumber``."""
    if isinstance(top, bool) or not isinstance(top, int) or not 1 <= top <= MOST:
        raise BadNumber(given=top, field="top", least=1, most=MOST)
    return finish(index, reduce(bind(merge, index), run_parts(index, map_part)), top)


def map_part(part: Part) -> _Partial:
    from hamsafar.journeys.kernels.paths import hash_paths

    index = part.index
    hashes = hash_paths(index.code, index.offset, part.first, part.last)
    persons = np.arange(part.first, part.last, dtype=np.int64)
    return _grouped(index, hashes, persons, np.ones(part.n_persons, dtype=np.int64))


def merge(index: PathIndex, left: _Partial, right: _Partial) -> _Partial:
    return _grouped(
        index,
        np.concatenate([left.hashes, right.hashes]),
        np.concatenate([left.examples, right.examples]),
        np.concatenate([left.counts, right.counts]),
    )


def finish(index: PathIndex, partial: _Partial, top: int) -> Variants:
    from hamsafar.journeys.kernels.paths import first_paths

    counts, examples = partial.counts, partial.examples
    wanted = min(top, len(counts))
    least = int(np.partition(counts, len(counts) - wanted)[len(counts) - wanted]) if wanted else 0
    # Those above the last count are all listed; of those with that very count only the first by path.
    arrays = (index.code, index.offset)
    above = np.flatnonzero(counts > least)
    level = first_paths(*arrays, examples[counts == least], wanted - len(above))
    by_path = first_paths(*arrays, examples[above], len(above))
    count_of = dict(zip(examples[above].tolist(), counts[above].tolist(), strict=True))
    listed = sorted(by_path.tolist(), key=lambda person: -count_of[person])
    persons = [count_of[person] for person in listed] + [least] * len(level)
    total = int(counts.sum())
    return Variants(
        events=index.n_events,
        persons=total,
        variants=len(counts),
        other_persons=total - sum(persons),
        rows=pa.table(
            {
                "path": pa.array(
                    [_path(index, person) for person in [*listed, *level.tolist()]], pa.list_(pa.string())
                ),
                "persons": pa.array(persons, pa.int64()),
            }
        ),
    )


def variant_persons(index: PathIndex, path: Sequence[str]) -> Numbers:
    """Numbers of the persons with exactly this path, ascending int64; raises ``UnknownEvent``."""
    from hamsafar.journeys.kernels.paths import persons_with_path

    codes = np.array([index.code_of(name) for name in path], dtype=np.int64)
    return np.concatenate(
        run_parts(
            index, lambda part: persons_with_path(index.code, index.offset, part.first, part.last, codes)
        )
    )


def _grouped(index: PathIndex, hashes: npt.NDArray[np.uint64], persons: Numbers, counts: Numbers) -> _Partial:
    """Join what is the same path. The first of equal paths stands for them, so order the parts by person."""
    from hamsafar.journeys.kernels.paths import group_paths

    order = np.argsort(hashes, kind="stable")
    hashes, persons, counts = hashes[order], persons[order], counts[order]
    same_as = group_paths(index.code, index.offset, persons, hashes)
    different = np.flatnonzero(same_as == np.arange(len(persons)))
    summed = np.zeros(len(persons), dtype=np.int64)
    np.add.at(summed, same_as, counts)
    return _Partial(hashes[different], persons[different], summed[different])


def _path(index: PathIndex, person: int) -> list[str]:
    codes = index.code[index.offset[person] : index.offset[person + 1]]
    return [index.names[code] for code in codes.tolist()]
