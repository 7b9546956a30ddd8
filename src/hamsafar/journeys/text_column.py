"""Many short texts in two arrays, so that millions of person ids can be memory-mapped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import overload

import numpy as np
import numpy.typing as npt
import pyarrow as pa

_READ_AT_ONCE = 65_536


class TextColumn(Sequence[str]):
    """A read-only sequence of texts: UTF-8 ``data`` uint8 [n_bytes] cut by ``offset`` int64 [n + 1].

    ``numbers`` (None: all) are those of the texts that are in this sequence.
    """

    def __init__(
        self,
        offset: npt.NDArray[np.int64],
        data: npt.NDArray[np.uint8],
        numbers: npt.NDArray[np.int64] | None = None,
    ) -> None:
        self.offset, self.data, self._numbers = offset.view(), data.view(), numbers
        # So that kernels, which are compiled for arrays that may be written or for others, see one kind.
        self.offset.flags.writeable = self.data.flags.writeable = False

    @classmethod
    def of(cls, texts: Iterable[str]) -> TextColumn:
        encoded = [text.encode() for text in texts]
        offset = np.zeros(len(encoded) + 1, dtype=np.int64)
        np.cumsum([len(text) for text in encoded], out=offset[1:])
        return cls(offset, np.frombuffer(b"".join(encoded), dtype=np.uint8))

    @classmethod
    def of_arrow(cls, column: pa.Array) -> TextColumn:
        """Of an Arrow array of texts without nulls; nothing is copied where offsets have 64 bits."""
        texts = column.cast(pa.large_string())
        _, offsets, data = texts.buffers()
        if not len(texts):
            return cls.of(())
        offset = np.frombuffer(offsets, np.int64)[texts.offset : texts.offset + len(texts) + 1]
        whole = np.frombuffer(data, np.uint8) if data is not None else np.empty(0, np.uint8)
        return cls(offset - offset[0], whole[offset[0] : offset[-1]])

    def __len__(self) -> int:
        return len(self.offset) - 1 if self._numbers is None else len(self._numbers)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        number = place + len(self) if place < 0 else place
        if not 0 <= number < len(self):
            raise IndexError(place)
        if self._numbers is not None:
            number = self._numbers[number]
        return self.data[self.offset[number] : self.offset[number + 1]].tobytes().decode()

    def __iter__(self) -> Iterator[str]:
        if self._numbers is not None:
            yield from (self[place] for place in range(len(self)))
            return
        for first in range(0, len(self), _READ_AT_ONCE):  # far quicker than one by one
            cuts = self.offset[first : first + _READ_AT_ONCE + 1].tolist()
            data = self.data[cuts[0] : cuts[-1]].tobytes()
            for begin, end in pairwise(cuts):
                yield data[begin - cuts[0] : end - cuts[0]].decode()

    def find(self, text: str) -> int | None:
        """The number of ``text`` in a column sorted by code points, or None: a binary search."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self[middle] < text:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self) and self[low] == text else None

    def stored(self, numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """The places in ``offset`` of the texts with these numbers."""
        return numbers if self._numbers is None else self._numbers[numbers]

    def take(self, numbers: npt.NDArray[np.int64]) -> TextColumn:
        """The texts of these numbers, in their order; nothing is copied."""
        return TextColumn(self.offset, self.data, self.stored(numbers))

    def hashes(self, first: int, last: int) -> npt.NDArray[np.uint64]:
        """A 64-bit hash of each of the texts ``first`` to ``last`` (exclusive)."""
        from hamsafar.journeys.kernels.grouping import hash_texts

        wanted = np.arange(first, last, dtype=np.int64)
        numbers = wanted if self._numbers is None else self._numbers[first:last]
        found: npt.NDArray[np.uint64] = hash_texts(self.data, self.offset, numbers)
        return found
