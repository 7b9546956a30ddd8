"""When a version is kept by itself, and for how long. Free of Django."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from hamsafar.maps.commands import kept_for
from hamsafar.maps.document import Exchange, State
from hamsafar.maps.drafting import Plan

# The first change after so long keeps the map as it was left.
QUIET = timedelta(hours=1)
# A change that takes away so many cards at once is a large one; so is a stage or lane that goes with its cards.
MANY_CARDS = 10

# Versions without a name: all of the last day, then the last one of each day, after a month of each week.
WHOLE_DAY, DAILY = timedelta(days=1), timedelta(days=30)
MOST_UNNAMED = 400
MOST_UNNAMED_BYTES = 100_000_000
MOST_NAMED = 200

REASONS = ("asked", "quiet", "before_large", "before_restore", "before_import")


@dataclass(frozen=True)
class Outline:
    """What of a map a large change takes away: the ids of its stages, lanes and cards."""

    stages: frozenset[str]
    lanes: frozenset[str]
    cards: frozenset[str]

    @classmethod
    def of(cls, exchange: Exchange) -> Outline:
        return cls(
            *(frozenset(entry["id"] for entry in exchange[name]) for name in ("stages", "lanes", "cards"))
        )


def is_large(before: Outline, after: Outline) -> bool:
    """Whether the map should be kept as it was before this change."""
    gone = before.cards - after.cards
    columns = before.stages - after.stages or before.lanes - after.lanes
    return len(gone) >= MANY_CARDS or bool(gone and columns)


@dataclass(frozen=True)
class Wanted:
    """A version to keep: the document's ``state`` after update ``seq``, as of ``at`` and by whom it was so.

    ``needed``: the change that it precedes must not be stored without it.
    """

    state: State
    seq: int
    reason: str
    at: datetime
    user_id: str | None
    needed: bool = False
    name: str = ""
    note: str = ""


@dataclass(frozen=True)
class Left:
    """A map as its last change left it; ``state`` is read only when it is to be kept."""

    state: Callable[[], State]
    outline: Outline
    seq: int
    at: datetime
    by: str | None


def wanted_before(left: Left, after: Outline, *, now: datetime, by: str | None) -> Wanted | None:
    """The version that a change asks for, of the map before it: after a quiet time, or when the change is large."""
    if now - left.at >= QUIET:
        return Wanted(left.state(), left.seq, "quiet", left.at, left.by)
    if is_large(left.outline, after):
        return Wanted(left.state(), left.seq, "before_large", now, by)
    return None


def wanted_by(commands: Any, made: Plan, state: State, *, seq: int, by: str | None) -> Wanted | None:
    """The version that commands ask for themselves, of the ``state`` before them; not when they change nothing."""
    reason = kept_for(commands)
    if reason is None or not made.changes:
        return None
    return Wanted(state, seq, reason, datetime.now(UTC), by, needed=True)


@dataclass(frozen=True)
class Packed:
    """A version ready to be stored."""

    wanted: Wanted
    document: bytes
    stages: int
    cards: int


@dataclass(frozen=True)
class Aged:
    """An unnamed version, as far as its age and size go."""

    id: str
    at: datetime
    size: int


def surplus(unnamed: Sequence[Aged], now: datetime) -> set[str]:
    """The ids of those that need not be kept any longer.

    Days and weeks are those of UTC, so that what is the last one of its day today is so tomorrow.
    """
    kept: list[Aged] = []
    periods: set[Any] = set()
    for one in sorted(unnamed, key=lambda aged: (aged.at, aged.id), reverse=True):
        age = now - one.at
        day = one.at.toordinal()
        period = one.id if age <= WHOLE_DAY else ("day", day) if age <= DAILY else ("week", day // 7)
        if period not in periods:
            periods.add(period)
            kept.append(one)
    size = 0
    held: set[str] = set()
    for one in kept[:MOST_UNNAMED]:
        size += one.size
        if held and size > MOST_UNNAMED_BYTES:
            break
        held.add(one.id)
    return {one.id for one in unnamed} - held
