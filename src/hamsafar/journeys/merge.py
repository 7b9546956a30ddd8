"""Merging events that came later into an index: the arrays are those of a rebuild, at the cost of copying them.

Both sides are arrays as ``build.fill`` writes them. Names and persons stay in code-point order, so new names shift
codes and new persons shift numbers; of events of one person and time, those that came later stand last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.index import ABSENT, code_type
from hamsafar.journeys.mapped import Array, Shapes, release
from hamsafar.journeys.parts import thread_count
from hamsafar.journeys.text_column import TextColumn

Numbers = npt.NDArray[np.int64]
Arrays = Mapping[str, Array]

_AT_ONCE = 4_000_000  # old values that are copied in one go
_HELD = 16  # so many goes until the memory of what is copied is given back


@dataclass(frozen=True)
class Merge:
    """What the merged index will be like; ``fill`` writes it."""

    old: Arrays
    new: Arrays
    names: TextColumn
    rank: Numbers
    known: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, old: Arrays, new: Arrays) -> Merge:
        """``new`` holds events that all came after those of ``old``."""
        names = TextColumn.of(sorted({*_names(old), *_names(new)}))
        rank, known = _matched(old, new)
        return cls(old, new, names, rank, known)

    def shapes(self) -> Shapes:
        old, new, added = self.old, self.new, ~self.known
        texts = np.diff(new["person_offset"])[added]
        return {
            "code": (code_type(len(self.names)), len(old["code"]) + len(new["code"])),
            "at_us": (np.dtype(np.int64), len(old["code"]) + len(new["code"])),
            "offset": (np.dtype(np.int64), len(old["offset"]) + len(texts)),
            "person_offset": (np.dtype(np.int64), len(old["offset"]) + len(texts)),
            "person_data": (np.dtype(np.uint8), len(old["person_data"]) + int(texts.sum())),
            "name_offset": (np.dtype(np.int64), len(self.names.offset)),
            "name_data": (np.dtype(np.uint8), len(self.names.data)),
        }

    def fill(self, arrays: dict[str, Array]) -> None:
        """Write the merged index into ``arrays`` of the shapes above."""
        from hamsafar.journeys.kernels.merging import places_before

        old, new = self.old, self.new
        arrays["name_offset"][:], arrays["name_data"][:] = self.names.offset, self.names.data
        self._fill_persons(arrays)
        places = places_before(
            _read_only(old["offset"]),
            _read_only(old["at_us"]),
            _read_only(new["offset"]),
            _read_only(new["at_us"]),
            self.rank,
            self.known,
        )
        release(old["offset"], old["at_us"])
        woven(arrays["at_us"], old["at_us"], new["at_us"], places)
        table, new_table = (self._codes(_names(one), arrays["code"].dtype) for one in (old, new))
        same = len(table) == len(self.names) and old["code"].dtype == arrays["code"].dtype
        woven(arrays["code"], old["code"], new_table[new["code"]], places, None if same else table)

    def _fill_persons(self, arrays: dict[str, Array]) -> None:
        old, new, added = self.old, self.new, ~self.known
        before = self.rank[added]  # the places at which new persons are put in
        lengths = np.insert(np.diff(old["offset"]), before, 0)
        lengths[self.rank + np.cumsum(added) - added] += np.diff(new["offset"])
        arrays["offset"][0] = 0
        np.cumsum(lengths, out=arrays["offset"][1:])
        of_texts = np.diff(new["person_offset"])
        lengths = np.insert(np.diff(old["person_offset"]), before, of_texts[added])
        arrays["person_offset"][0] = 0
        np.cumsum(lengths, out=arrays["person_offset"][1:])
        texts = new["person_data"][np.repeat(added, of_texts)]
        cut = np.concatenate([np.zeros(1, np.int64), np.cumsum(of_texts[added])])
        woven(arrays["person_data"], old["person_data"], texts, old["person_offset"][before], cut=cut)
        release(old["person_offset"], arrays["offset"], arrays["person_offset"])

    def _codes(self, names: Sequence[str], dtype: np.dtype[Any]) -> Array:
        """The code in the merged index of each code of one side."""
        code_of = {name: code for code, name in enumerate(self.names)}
        return np.fromiter((code_of[name] for name in names), dtype, len(names))


def merged_codes(values: Sequence[str], side: Sequence[str]) -> Array:
    """The code in ``values`` of each code of one side, int32; ``ABSENT`` where it is none, and for code -1."""
    code_of = {value: code for code, value in enumerate(values)}
    return np.array([*(code_of.get(value, ABSENT) for value in side), ABSENT], np.int32)


def places_in(merged: Arrays, new: Arrays) -> Numbers:
    """Before which of the older events each of ``new`` was put when ``merged`` became what it is."""
    from hamsafar.journeys.kernels.merging import places_within

    rank, known = _matched(merged, new)
    assert known.all(), "the events of an index include those that were merged into it"
    places: Numbers = places_within(
        _read_only(merged["offset"]),
        _read_only(merged["at_us"]),
        _read_only(new["offset"]),
        _read_only(new["at_us"]),
        rank,
    )
    return places


def _matched(old: Arrays, new: Arrays) -> tuple[Numbers, npt.NDArray[np.bool_]]:
    """How many persons of ``old`` come before each of ``new``, and whether that one is among them."""
    from hamsafar.journeys.kernels.merging import match_texts

    rank, known = match_texts(
        _read_only(old["person_offset"]),
        _read_only(old["person_data"]),
        _read_only(new["person_offset"]),
        _read_only(new["person_data"]),
    )
    return rank, known


def woven(
    out: Array,
    old: Array,
    new: Array,
    places: Numbers,
    table: Array | None = None,
    *,
    cut: Numbers | None = None,
) -> None:
    """Write ``old`` with ``new[k]`` put in before ``places[k]`` (which never fall) to ``out``.

    With ``table``, an old value is written as ``table[value]``; with ``cut``, ``new[cut[k]:cut[k + 1]]`` is put in.
    """
    from hamsafar.journeys.kernels.merging import weave

    cut = np.arange(len(new) + 1) if cut is None else cut
    new = _read_only(new.astype(out.dtype, copy=False))

    def stretch(begin: int, end: int) -> None:
        # What is put in before ``end`` belongs to the next stretch, except after the last event.
        first = int(np.searchsorted(places, begin))
        last = len(places) if end == len(old) else int(np.searchsorted(places, end))
        values = old[begin:end] if table is None else table[old[begin:end]]
        weave(
            _read_only(values),
            new,
            places[first:last],
            cut[first : last + 1],
            begin,
            out.view(np.ndarray)[begin + cut[first] : end + cut[last]],
        )

    bounds = [*range(0, len(old), _AT_ONCE), len(old)] if len(old) else [0, 0]
    goes = list(pairwise(bounds))
    with ThreadPoolExecutor(max_workers=thread_count()) as pool:
        for held in range(0, len(goes), _HELD):
            list(pool.map(lambda ends: stretch(*ends), goes[held : held + _HELD]))
            release(old, out)


def _names(arrays: Arrays) -> list[str]:
    return list(TextColumn(arrays["name_offset"], arrays["name_data"]))


def _read_only(array: Array) -> Array:
    """A view that kernels take for one kind: they are compiled once for arrays that may be written, once for others."""
    view = array.view(np.ndarray)
    view.flags.writeable = False
    return view
