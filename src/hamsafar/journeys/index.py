"""PathIndex: all paths as integer arrays. Immutable; derived from events and never the truth."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.askable import Askable, P
from hamsafar.journeys.errors import UnknownPerson
from hamsafar.journeys.parts import Part, run_parts
from hamsafar.journeys.text_column import TextColumn
from hamsafar.lib.conditions import Condition

Codes = npt.NDArray[np.uint8] | npt.NDArray[np.uint16] | npt.NDArray[np.uint32]
Times = npt.NDArray[np.int64]

Unit = Literal["person", "session", "instance"]
"""What a path is: all events of a person, or one session, or one instance."""

ABSENT = -1
"""The code of an event that does not have the property."""


@dataclass(frozen=True, eq=False)
class PropertyColumn:
    """One property of every event: ``values[code[i]]``, or absent where ``code[i]`` is -1.

    ``code`` is int32 [n_events] in the order of the index; ``values`` are plain Python values
    (str, int, float, bool), each once, in the order in which the events of the index first have them.
    """

    code: npt.NDArray[np.int32]
    values: tuple[Any, ...]

    def matching(self, condition: Condition) -> npt.NDArray[np.bool_]:
        """Whether each event meets ``condition``, bool [n_events]: decided once per distinct value."""
        holds = np.fromiter((condition.holds(value) for value in self.values), bool, len(self.values))
        # Code -1 reads the last place of the table, which is what an absent value gives.
        table: npt.NDArray[np.bool_] = np.append(holds, condition.holds(None))
        return table[self.code]


@dataclass(frozen=True)
class RejectedRows:
    """Rows of a file that could not be read, by reason: they are in no path."""

    code: str
    count: int
    first_line: int


@dataclass(frozen=True, eq=False)
class PathIndex(Askable):
    """Paths of all persons, sorted by person, then time; equal times keep the order they came in.

    A path is everything one person did, unless paths are cut (``by_session``, ``by_instance``): then the paths
    of a person stand side by side, in the order of their first events, and ``owner`` says whose they are.

    - ``code`` uint8, uint16 or uint32 [n_events]: event name, ``names[code]``; names are in code-point order;
    - ``at_us`` int64 [n_events]: microseconds since 1970-01-01 UTC;
    - ``offset`` int64 [n_paths + 1]: path ``p`` has the events ``offset[p]:offset[p + 1]``, at least one;
    - ``persons``: person number -> id, in code-point order;
    - ``unit``: what a path is; ``owner`` int64 [n_paths]: the number of the person whose path it is, never
      falling; None when path ``p`` is that of person ``p``;
    - ``until_us``: see ``Askable.data_end_us``; None: the last event of this index;
    - ``properties``: columns, coded when first asked for; a name nobody has raises ``UnknownProperty``;
    - ``version``: equal versions have equal content.
    """

    code: Codes
    at_us: Times
    offset: npt.NDArray[np.int64]
    names: tuple[str, ...]
    persons: TextColumn
    properties: Mapping[str, PropertyColumn]
    version: str
    rejected: tuple[RejectedRows, ...] = field(default=())
    unit: Unit = "person"
    owner: npt.NDArray[np.int64] | None = None
    until_us: int | None = None

    def __post_init__(self) -> None:
        for array in (self.code, self.at_us, self.offset, self.owner):
            if array is not None:
                array.flags.writeable = False

    @property
    def n_events(self) -> int:
        return len(self.code)

    @property
    def n_paths(self) -> int:
        return len(self.offset) - 1

    @property
    def n_persons(self) -> int:
        return len(self.persons)

    @property
    def owners(self) -> npt.NDArray[np.int64]:
        """``owner`` as kernels take it: empty when every path is a person."""
        return NO_OWNERS if self.owner is None else self.owner

    @cached_property
    def first_path(self) -> npt.NDArray[np.int64]:
        """The paths of person ``p`` are ``first_path[p]:first_path[p + 1]``; int64 [n_persons + 1]."""
        everybody = np.arange(self.n_persons + 1, dtype=np.int64)
        return everybody if self.owner is None else np.searchsorted(self.owner, everybody)

    @cached_property
    def person_offset(self) -> npt.NDArray[np.int64]:
        """The events of person ``p`` are ``person_offset[p]:person_offset[p + 1]``; int64 [n_persons + 1]."""
        return self.offset if self.owner is None else self.offset[self.first_path]

    def persons_of(self, paths: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """The numbers of the persons whose paths these are (ascending), each once, ascending."""
        return paths if self.owner is None else np.unique(self.owner[paths])

    @classmethod
    def from_arrays(
        cls,
        person: Sequence[str],
        name: Sequence[str],
        at_us: Sequence[int] | Times,
        properties: Mapping[str, Sequence[Any]] | None = None,
    ) -> PathIndex:
        """An index of events given as columns of equal length, in the order they came in; for small data.

        ``properties`` holds one value per event and property, None where the event has none.
        """
        from hamsafar.journeys.columns import from_arrays

        return from_arrays(person, name, at_us, properties or {})

    def __repr__(self) -> str:
        cut = "" if self.owner is None else f" in {self.n_paths} {self.unit}s"
        return (
            f"<PathIndex: {self.n_events} events of {self.n_persons} persons{cut}, {len(self.names)} names>"
        )

    def person_number(self, person: str) -> int:
        """The number of a person's id; raises ``UnknownPerson``."""
        number = self.persons.find(person)
        if number is None:
            raise UnknownPerson(name=person, known=())
        return number

    def reduce(
        self, function: Callable[[Part], P], merge: Callable[[P, P], P], parts: int | None = None
    ) -> P:
        return functools.reduce(merge, run_parts(self, function, parts=parts))

    def derive(self, change: Callable[[PathIndex], PathIndex], unit: Unit | None = None) -> PathIndex:
        return change(self)

    @cached_property
    def span_us(self) -> tuple[int, int]:
        """The first and the last time of any event; (0, 0) without events."""
        if not self.n_events:
            return (0, 0)
        # Paths are sorted by time, so their ends are enough.
        return int(self.at_us[self.offset[:-1]].min()), int(self.at_us[self.offset[1:] - 1].max())

    @property
    def data_end_us(self) -> int:
        return self.span_us[1] if self.until_us is None else self.until_us

    def transitions_persons(self, source: str, target: str) -> npt.NDArray[np.int64]:
        """The numbers of the persons behind one transition; ``(start)`` and ``(end)`` are nodes too."""
        from hamsafar.journeys.transitions import transitions_persons

        return transitions_persons(self, source, target)

    def variant_persons(self, path: Sequence[str]) -> npt.NDArray[np.int64]:
        """The numbers of the persons whose whole path is ``path``."""
        from hamsafar.journeys.variants import variant_persons

        return variant_persons(self, path)

    def funnel_persons(
        self,
        steps: Sequence[str],
        within_seconds: float | None,
        step: int,
        *,
        reached: bool = True,
        **asked: Any,
    ) -> npt.NDArray[np.int64]:
        """The numbers of the persons who reached ``step`` (from 1), or reached the one before but not it.

        ``asked``: how the funnel was asked, and which of them; see ``funnel.funnel_persons``.
        """
        from hamsafar.journeys.funnel import funnel_persons

        return funnel_persons(self, steps, within_seconds, step, reached=reached, **asked)


NO_OWNERS = np.empty(0, dtype=np.int64)
NO_OWNERS.flags.writeable = False


def code_type(n_names: int) -> np.dtype[Any]:
    """The narrowest type that holds codes for ``n_names`` names."""
    for dtype in (np.uint8, np.uint16):
        if n_names <= np.iinfo(dtype).max + 1:
            return np.dtype(dtype)
    return np.dtype(np.uint32)


def fingerprint(*columns: npt.NDArray[Any], texts: Iterable[str] = ()) -> str:
    """32 hex digits over the content of arrays and texts."""
    digest = hashlib.blake2b(digest_size=16)
    for column in columns:
        digest.update(f"{column.dtype.str}:{len(column)};".encode())
        digest.update(np.ascontiguousarray(column).data)
    for text in texts:
        data = text.encode()
        digest.update(f"{len(data)};".encode() + data)
    return digest.hexdigest()
