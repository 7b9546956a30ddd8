"""Predictions in plain Python: every context counted by looking at all paths again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from hamsafar.journeys.tests.naive import END, START, Event, paths

Case = tuple[str, tuple[str, ...], str]


def cases(events: Sequence[Event], until_us: int, open_after_us: int) -> list[Case]:
    """(person, all names so far, what came next) of every event whose outcome is known."""
    found = []
    for person, path in paths([event for event in events if event.at_us < until_us]).items():
        names = [START, *(event.name for event in path)]
        for place, name in enumerate(names[2:], 2):
            found.append((person, tuple(names[:place]), name))
        if until_us - path[-1].at_us > open_after_us:
            found.append((person, tuple(names), END))
    return found


def probability(
    known: Sequence[Case], history: tuple[str, ...], outcome: str, order: int, discount: float, strength: float,
    base: dict[str, float],
) -> float:  # fmt: skip
    """That of ``outcome`` after ``history``, from the context of ``order`` events down to none."""
    if order == 0:
        return base[outcome]
    shorter = probability(known, history, outcome, order - 1, discount, strength, base)
    if order > len(history):
        return shorter
    context = history[-order:]
    after = Counter(
        following for _, before, following in known if len(before) >= order and before[-order:] == context
    )
    n = sum(after.values())
    if n == 0:
        return shorter
    own = max(after[outcome] - discount, 0)
    return (own + (strength + discount * len(after)) * shorter) / (n + strength)
