"""Variants: the whole paths that persons share."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial as bind
from itertools import pairwise
from operator import add
from typing import Any, ClassVar, Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from hamsafar.journeys.askable import Askable
from hamsafar.journeys.drawing import MOST_BARS, Bar, bars
from hamsafar.journeys.errors import BadNumber
from hamsafar.journeys.estimate import Estimate, Key, share
from hamsafar.journeys.index import Codes, PathIndex, Unit
from hamsafar.journeys.parts import Part, run_parts, thread_count
from hamsafar.journeys.small_groups import small
from hamsafar.journeys.view import (
    Language,
    Result,
    first_rows,
    number,
    percent,
    rests_on,
    unit_word,
    with_paths,
)
from hamsafar.lib.intervals import wilson

Numbers = npt.NDArray[np.int64]

MOST = 10_000
"""Variants that one answer may list."""

_WORTH_A_LANE = 50_000  # paths; below that a thread costs more than it saves


@dataclass(frozen=True)
class Variants(Result):
    """Paths that are the same sequence of names, whatever their times.

    One row per variant: ``path`` (list of names), ``paths`` that are so, ``persons`` whose they are. Most paths
    first; ties by the path, name by name, the shorter first. ``variants`` is how many there are in all,
    ``other_paths`` how many paths are like none that is listed: the paths of the rows and they are all
    ``paths``. ``other_persons`` have such a path; where a path is a person, the persons of the rows and they
    are all ``persons``.
    """

    unit: Unit
    events: int
    paths: int
    persons: int
    variants: int
    other_paths: int | None
    other_persons: int | None
    rows: pa.Table

    titles: ClassVar = {"en": "Variants", "fa": "گونه‌های مسیر"}
    headings: ClassVar = {"en": ("persons", "share", "path"), "fa": ("اشخاص", "سهم", "مسیر")}

    def table(self) -> pa.Table:
        """``path`` list of string; ``paths``, ``persons`` int64."""
        return self.rows

    def to_dict(self) -> dict[str, Any]:
        """``intervals`` has, for every row, the share of paths that are so, with its 95% interval and n."""
        return {
            "question": "variants",
            "unit": self.unit,
            "events": self.events,
            "paths": self.paths,
            "persons": self.persons,
            "variants": self.variants,
            "other_paths": self.other_paths,
            "other_persons": self.other_persons,
            "rows": self.rows.to_pylist(),
            "intervals": [
                {"share": wilson(paths, self.paths).to_dict()} for paths in self.rows["paths"].to_pylist()
            ],
        }

    def masked(self, least: int) -> tuple[Self, int]:
        """Rows that go are counted among the other paths; more go until those are not few themselves."""
        assert self.other_paths is not None
        keep = ~small(self.rows["persons"], least)
        order = np.flatnonzero(keep)[::-1].tolist()  # fewest paths first
        counts, persons = (self.rows[name].to_numpy() for name in ("paths", "persons"))
        cut = self.unit != "person"

        def rest() -> tuple[int, int]:
            """Variants not listed, and the persons on them; of cut paths at least those of the largest."""
            others = [*persons[~keep].tolist(), self.other_persons]
            return self.variants - int(keep.sum()), max(others) if cut else sum(others)

        while order and rest()[0] and (rest()[1] < least or (rest()[0] == 1 and not keep.all())):
            keep[order.pop(0)] = False
        enough = not rest()[0] or rest()[1] >= least
        gone = int(np.count_nonzero(~keep))
        return (
            replace(
                self,
                other_paths=self.other_paths + int(counts[~keep].sum()) if enough else None,
                other_persons=None if not enough or (cut and gone) else rest()[1],
                rows=self.rows.filter(pa.array(keep)),
            ),
            gone,
        )

    def heads(self, language: Language) -> tuple[str, ...]:
        return with_paths(self.headings[language], 0, self.unit, language)

    def cells(self, language: Language, limit: int) -> list[list[str]]:
        arrow = " ← " if language == "fa" else " → "
        counts = ("persons",) if self.unit == "person" else ("paths", "persons")
        return [
            [
                *(number(row[count], language) for count in counts),
                percent(row["paths"] / self.paths, language),
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

    def estimates(self) -> list[Estimate]:
        """For each variant listed, the share of paths that are so."""
        return [share(tuple(row["path"]), row["paths"], self.paths) for row in self.rows.to_pylist()]

    def absent(self, key: Key) -> Estimate | None:
        """A variant that is not listed is known to be nobody's only where all are listed."""
        return None if self.other_paths else share(key, 0, self.paths)

    def notes(self, language: Language) -> list[str]:
        shown, all_of_them, rest, paths = (
            number(value, language)
            for value in (len(self.rows), self.variants, self.other_persons, self.other_paths)
        )
        if language == "fa":
            others = f"مسیر {rest} شخص در این فهرست نیست"
            if self.unit != "person":
                others = f"{paths} {unit_word(self.unit, 'fa')} از {rest} شخص در این فهرست نیست"
            listed = f"{shown} گونه از {all_of_them} گونه؛ {others}."
        else:
            others = f"persons on another one: {rest}"
            if self.unit != "person":
                others = f"{unit_word(self.unit, 'en')} on another one: {paths}, of {rest} persons"
            listed = f"{shown} of {all_of_them} variants; {others}."
        return [listed, rests_on(self.events, self.persons, language, self.paths, self.unit)]


@dataclass(frozen=True)
class _Some:
    """Some paths, not all of them different: the number of each, its hash, how many are so, and of how many persons.

    ``code`` and ``offset`` hold the paths; those of an index in memory are its own arrays, shared by all parts.
    ``persons`` is None where paths are persons, and where ``owner`` says whose each path is.
    """

    code: Codes
    offset: Numbers
    hashes: npt.NDArray[np.uint64]
    numbers: Numbers
    counts: Numbers
    persons: Numbers | None = None
    owner: Numbers | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        """Only different paths go to another process."""
        own = _grouped((self,))
        return _Some, (
            *_taken(own.code, own.offset, own.numbers),
            own.hashes,
            np.arange(len(own.numbers)),
            own.counts,
            own.persons,
        )


_Partial = tuple[_Some, ...]


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
    ones = np.ones(part.n_paths, dtype=np.int64)
    owner = None if index.owner is None else index.owner[part.first : part.last]
    return (_Some(index.code, index.offset, hashes, numbers, ones, None, owner),)


def merge(left: _Partial, right: _Partial) -> _Partial:
    return (*left, *right)


def finish(paths: Askable, partial: _Partial, top: int) -> Variants:
    from hamsafar.journeys.kernels.paths import first_paths

    every = _grouped(partial)
    counts, arrays = every.counts, (every.code, every.offset)
    wanted = min(top, len(counts))
    least = _least(counts, wanted)
    # Those above the last count are all listed; of those with that very count only the first by path.
    above, level = np.flatnonzero(counts > least), np.flatnonzero(counts == least)
    above = above[first_paths(*arrays, every.numbers[above], len(above))]
    above = above[np.argsort(-counts[above], kind="stable")]
    level = level[first_paths(*arrays, every.numbers[level], wanted - len(above))]
    places = np.concatenate([above, level])
    total, shown = int(counts.sum()), int(counts[places].sum())
    code, offset = _taken(*arrays, every.numbers[places])
    other_persons = total - shown
    if paths.unit != "person":
        other_persons = paths.reduce(bind(_persons_elsewhere, code, offset), add)
    names = [paths.names[one] for one in code.tolist()]
    return Variants(
        unit=paths.unit,
        events=paths.n_events,
        paths=total,
        persons=paths.n_persons,
        variants=len(counts),
        other_paths=total - shown,
        other_persons=other_persons,
        rows=pa.table(
            {
                "path": pa.array(
                    [names[begin:end] for begin, end in pairwise(offset.tolist())], pa.list_(pa.string())
                ),
                "paths": pa.array(counts[places]),
                "persons": pa.array((counts if every.persons is None else every.persons)[places]),
            }
        ),
    )


def _persons_elsewhere(listed: Codes, listed_offset: Numbers, part: Part) -> int:
    """How many persons of a part have a path that is none of the listed ones."""
    from hamsafar.journeys.kernels.paths import hash_paths, is_listed

    index = part.index
    n_listed = len(listed_offset) - 1
    hashes = hash_paths(listed, listed_offset, 0, n_listed)
    order = np.argsort(hashes, kind="stable")
    own = hash_paths(index.code, index.offset, part.first, part.last)
    found = is_listed(
        index.code, index.offset, part.first, part.last, own, listed, listed_offset, hashes[order], order
    )
    return part.persons_among(~found)


def variant_persons(index: PathIndex, path: Sequence[str]) -> Numbers:
    """Numbers of the persons with exactly this path, ascending int64; raises ``UnknownEvent``."""
    from hamsafar.journeys.kernels.paths import persons_with_path

    codes = np.array([index.code_of(name) for name in path], dtype=np.int64)
    found = run_parts(
        index, lambda part: persons_with_path(index.code, index.offset, part.first, part.last, codes)
    )
    return index.persons_of(np.concatenate(found))


def _least(counts: Numbers, wanted: int) -> int:
    """The count of the last of the ``wanted`` largest ones; 0 where none is wanted."""
    if not wanted:
        return 0
    repeated = counts[counts > 1]  # most paths are nobody else's
    if len(repeated) < wanted:
        return 1
    return int(np.partition(repeated, len(repeated) - wanted)[len(repeated) - wanted])


def _grouped(some: _Partial) -> _Some:
    """Join what is the same path; the first of equal ones stands for them.

    Where paths are cut, either ``persons`` says of how many persons each is, no person being in two of ``some``, or
    every path stands for itself and ``owner`` says whose it is.
    """
    from hamsafar.journeys.kernels.paths import group_paths

    code, offset, numbers = _side_by_side(some)
    hashes = np.concatenate([one.hashes for one in some])
    counts = np.concatenate([one.counts for one in some])
    owners = [one.owner for one in some if one.owner is not None]
    persons = [one.persons for one in some if one.persons is not None]
    cut = bool(owners or persons)
    same_as = np.zeros(len(numbers) if cut else 0, dtype=np.int64)
    lanes = max(1, min(thread_count(), len(numbers) // _WORTH_A_LANE))
    work = bind(group_paths, code, offset, numbers, hashes, counts)
    with ThreadPoolExecutor(max_workers=lanes) as pool:
        found = list(pool.map(lambda lane: work(lane, lanes, same_as), range(lanes)))
    firsts, sums = (np.concatenate(arrays) for arrays in zip(*found, strict=True))
    of_persons = None
    if owners:
        owner = np.concatenate(owners)
        n_owners = int(owner.max(initial=0)) + 1
        pairs = np.unique(same_as * n_owners + owner)
        of_persons = np.bincount(pairs // n_owners, minlength=len(numbers))[firsts]
    elif persons:
        of_persons = np.zeros(len(numbers), dtype=np.int64)
        np.add.at(of_persons, same_as, np.concatenate(persons))
        of_persons = of_persons[firsts]
    return _Some(code, offset, hashes[firsts], numbers[firsts], sums, of_persons)


def _side_by_side(some: _Partial) -> tuple[Codes, Numbers, Numbers]:
    """The paths of all in the same arrays, and their numbers there."""
    if all(one.offset is some[0].offset for one in some):
        return some[0].code, some[0].offset, np.concatenate([one.numbers for one in some])
    events = np.cumsum([0, *(len(one.code) for one in some)])
    paths = np.cumsum([0, *(len(one.offset) - 1 for one in some)])
    return (
        np.concatenate([one.code for one in some]),
        np.concatenate(
            [np.zeros(1, np.int64), *(one.offset[1:] + at for one, at in zip(some, events, strict=False))]
        ),
        np.concatenate([one.numbers + at for one, at in zip(some, paths, strict=False)]),
    )


def _taken(code: Codes, offset: Numbers, numbers: Numbers) -> tuple[Codes, Numbers]:
    """The paths with these numbers, in this order, as arrays of their own."""
    lengths = offset[numbers + 1] - offset[numbers]
    own = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths)])
    places = np.arange(own[-1]) + np.repeat(offset[numbers] - own[:-1], lengths)
    return code[places], own
