"""What a pattern says, as a tree; places are characters of the text it was read from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class AnyName:
    """``.``: one event, whatever its name."""


@dataclass(frozen=True)
class Name:
    """One event of this very name."""

    text: str
    at: int
    length: int


@dataclass(frozen=True)
class Like:
    """``~"page_*"``: one event whose name fits, ``*`` standing for any text."""

    text: str
    at: int
    length: int


@dataclass(frozen=True)
class Not:
    """One event that ``of`` does not fit."""

    of: Single


@dataclass(frozen=True)
class OneOf:
    """One event that any of them fits."""

    options: tuple[Single, ...]


Single = AnyName | Name | Like | Not | OneOf
"""What fits exactly one event, by its name alone."""


@dataclass(frozen=True)
class Start:
    """``(start)``: before the first event of the path; takes no event."""


@dataclass(frozen=True)
class End:
    """``(end)``: after the last event of the path; takes no event."""


@dataclass(frozen=True)
class Sequence:
    """One after the other; ``gaps_us[i]`` limits the time between the events around the i-th arrow."""

    items: tuple[Node, ...]
    gaps_us: tuple[int | None, ...]


@dataclass(frozen=True)
class Choice:
    options: tuple[Node, ...]


@dataclass(frozen=True)
class Repeat:
    """``least`` to ``most`` times, one directly after the other; ``most`` None: without end."""

    of: Node
    least: int
    most: int | None


@dataclass(frozen=True)
class Limited:
    """From its first event to its last at most ``within_us``."""

    of: Node
    within_us: int


Node = Single | Start | End | Sequence | Choice | Repeat | Limited
