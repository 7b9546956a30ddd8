"""Variants: the whole paths that persons share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from hamsafar.journeys.askable import Askable
from hamsafar.journeys.drawing import MOST_BARS, Bar, bars
from hamsafar.journeys.errors import BadNumber
from hamsafar.journeys.index import Codes, PathIndex
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

    def drawing(self, language: Language) -> str:
        arrow = " ← " if language == "fa" else " → "
        rows = [
            Bar(arrow.join(row["path"]), row["persons"], number(row["persons"], language))
            for row in first_rows(self.rows, MOST_BARS)
        ]
        return bars(rows, self.titles[language], language)

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
    """Different paths: their hashes (sorted), the number of one path that is so, and how many are.

    ``code`` and ``offset`` hold the paths; those of an index in memory are its own arrays, shared by all parts.
    """

    code: Codes
    offset: Numbers
    hashes: npt.NDArray[np.uint64]
    examples: Numbers
    counts: Numbers

    def __reduce__(self) -> tuple[Any, ...]:
        """Only the different paths go to another process."""
        return _Partial, (
            *_taken(self.code, self.offset, self.examples),
            self.hashes,
            np.arange(len(self.examples)),
            self.counts,
        )


def variants(paths: Askable, top: int = 20) -> Variants:
    """See ``Variants``; ``top`` from 1 to ``MOST`` rows are listed. Raises ``BadNumber``."""
    if isinstance(top, bool) or not isinstance(top, int) or not 1 <= top <= MOST:
        raise BadNumber(given=top, field="top", least=1, most=MOST)
    return finish(paths, paths.reduce(map_part, merge), top)


def map_part(part: Part) -> _Partial:
    from hamsafar.journeys.kernels.paths import hash_paths

    index = part.index
    hashes = hash_paths(index.code, index.offset, part.first, part.last)
    numbers = np.arange(part.first, part.last, dtype=np.int64)
    return _grouped(index.code, index.offset, hashes, numbers, np.ones(part.n_paths, dtype=np.int64))


def merge(left: _Partial, right: _Partial) -> _Partial:
    code, offset, shift = left.code, left.offset, 0
    if right.offset is not left.offset:
        code = np.concatenate([left.code, right.code])
        offset = np.concatenate([left.offset, right.offset[1:] + left.offset[-1]])
        shift = len(left.offset) - 1
    return _grouped(
        code,
        offset,
        np.concatenate([left.hashes, right.hashes]),
        np.concatenate([left.examples, right.examples + shift]),
        np.concatenate([left.counts, right.counts]),
    )


def finish(paths: Askable, partial: _Partial, top: int) -> Variants:
    from hamsafar.journeys.kernels.paths import first_paths

    counts, examples = partial.counts, partial.examples
    wanted = min(top, len(counts))
    least = int(np.partition(counts, len(counts) - wanted)[len(counts) - wanted]) if wanted else 0
    # Those above the last count are all listed; of those with that very count only the first by path.
    arrays = (partial.code, partial.offset)
    above = np.flatnonzero(counts > least)
    level = first_paths(*arrays, examples[counts == least], wanted - len(above))
    by_path = first_paths(*arrays, examples[above], len(above))
    count_of = dict(zip(examples[above].tolist(), counts[above].tolist(), strict=True))
    listed = sorted(by_path.tolist(), key=lambda number: -count_of[number])
    persons = [count_of[number] for number in listed] + [least] * len(level)
    total = int(counts.sum())

    def path(number: int) -> list[str]:
        codes = partial.code[partial.offset[number] : partial.offset[number + 1]]
        return [paths.names[code] for code in codes.tolist()]

    return Variants(
        events=paths.n_events,
        persons=total,
        variants=len(counts),
        other_persons=total - sum(persons),
        rows=pa.table(
            {
                "path": pa.array(
                    [path(number) for number in [*listed, *level.tolist()]], pa.list_(pa.string())
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


def _grouped(
    code: Codes, offset: Numbers, hashes: npt.NDArray[np.uint64], numbers: Numbers, counts: Numbers
) -> _Partial:
    """Join what is the same path; the first of equal ones stands for them."""
    from hamsafar.journeys.kernels.paths import group_paths

    order = np.argsort(hashes, kind="stable")
    hashes, numbers, counts = hashes[order], numbers[order], counts[order]
    same_as = group_paths(code, offset, numbers, hashes)
    different = np.flatnonzero(same_as == np.arange(len(numbers)))
    summed = np.zeros(len(numbers), dtype=np.int64)
    np.add.at(summed, same_as, counts)
    return _Partial(code, offset, hashes[different], numbers[different], summed[different])


def _taken(code: Codes, offset: Numbers, numbers: Numbers) -> tuple[Codes, Numbers]:
    """The paths with these numbers, in this order, as arrays of their own."""
    lengths = offset[numbers + 1] - offset[numbers]
    own = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths)])
    places = np.arange(own[-1]) + np.repeat(offset[numbers] - own[:-1], lengths)
    return code[places], own
