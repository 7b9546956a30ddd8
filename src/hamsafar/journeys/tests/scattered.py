"""Paths in several places that know nothing of each other, as they are on a cluster."""

from __future__ import annotations

import functools
import pickle
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from hamsafar.journeys.askable import Askable
from hamsafar.journeys.index import PathIndex, Unit
from hamsafar.journeys.parts import Part
from hamsafar.journeys.select import restricted

P = TypeVar("P")


@dataclass(frozen=True, eq=False)
class Scattered(Askable):
    """Indexes of some persons each; what a part gives is pickled, as it would be to leave a process.

    Names are common to all, but persons, paths and values of properties are numbered in each by itself.
    """

    pieces: tuple[PathIndex, ...]

    @classmethod
    def of(cls, index: PathIndex, place_of_person: Sequence[int]) -> Scattered:
        """The persons of ``index``, each in the place given for it; an empty place is an empty index."""
        places = np.asarray(place_of_person, dtype=np.int64)
        lengths = np.diff(index.person_offset)
        return cls(
            tuple(
                restricted(index, np.repeat(places == place, lengths), f"place {place}")
                for place in range(int(places.max(initial=0)) + 1)
            )
        )

    @property
    def names(self) -> tuple[str, ...]:  # type: ignore[override]  # a field that is computed here
        return self.pieces[0].names

    @property
    def unit(self) -> Unit:  # type: ignore[override]
        return self.pieces[0].unit

    @property
    def n_events(self) -> int:
        return sum(piece.n_events for piece in self.pieces)

    @property
    def n_paths(self) -> int:
        return sum(piece.n_paths for piece in self.pieces)

    @property
    def n_persons(self) -> int:
        return sum(piece.n_persons for piece in self.pieces)

    @property
    def span_us(self) -> tuple[int, int]:
        spans = [piece.span_us for piece in self.pieces if piece.n_events]
        return (min(first for first, _ in spans), max(last for _, last in spans)) if spans else (0, 0)

    def reduce(
        self, function: Callable[[Part], P], merge: Callable[[P, P], P], parts: int | None = None
    ) -> P:
        found = [function(Part(piece, 0, piece.n_paths)) for piece in self.pieces]
        return functools.reduce(merge, [pickle.loads(pickle.dumps(partial)) for partial in found])

    def derive(self, change: Callable[[PathIndex], PathIndex], unit: Unit | None = None) -> Scattered:
        return Scattered(tuple(change(piece) for piece in self.pieces))
