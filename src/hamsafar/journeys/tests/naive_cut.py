"""Cutting the paths of persons in plain Python, straight from the definitions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from hamsafar.journeys.tests.naive import END, START


class Valued(NamedTuple):
    """An event with the value of one property, or None."""

    person: str
    name: str
    at_us: int
    value: Any


Path = list[Valued]
Cut = Callable[[Path], list[Path]]


def persons(events: Sequence[Valued]) -> dict[str, Path]:
    return {
        person: sorted((one for one in events if one.person == person), key=lambda one: one.at_us)
        for person in sorted({one.person for one in events})
    }


def by_session(path: Path, gap_us: int | None, by_value: bool) -> list[Path]:
    sessions: list[Path] = []
    for event in path:
        if not sessions:
            sessions.append([event])
            continue
        own = sessions[-1]
        known = [one.value for one in own if one.value is not None]
        gap = gap_us is not None and event.at_us - own[-1].at_us > gap_us
        other = by_value and event.value is not None and bool(known) and known[-1] != event.value
        if gap or other:
            sessions.append([event])
        else:
            own.append(event)
    return sessions


def by_restart(path: Path, names: set[str]) -> list[Path]:
    instances: list[Path] = []
    for event in path:
        if not instances or event.name in names:
            instances.append([])
        instances[-1].append(event)
    return instances


def by_column(path: Path) -> list[Path]:
    found: dict[Any, Path] = defaultdict(list)
    for event in path:
        if event.value is not None:
            found[event.value].append(event)
    return list(found.values())


def cut(events: Sequence[Valued], how: Cut) -> list[tuple[str, Path]]:
    """Whose, and which events: in the order of persons, then of first events."""
    return [(person, path) for person, whole in persons(events).items() for path in how(whole)]


def transitions(paths: list[tuple[str, Path]]) -> dict[tuple[str, str], tuple[int, int, int]]:
    """(source, target) -> count, paths, persons."""
    seen: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for number, (person, path) in enumerate(paths):
        for pair in pairwise([START, *(event.name for event in path), END]):
            seen[pair].append((number, person))
    return {
        pair: (len(found), len({number for number, _ in found}), len({person for _, person in found}))
        for pair, found in seen.items()
    }


def variants(paths: list[tuple[str, Path]]) -> dict[tuple[str, ...], tuple[int, int]]:
    """Names in order -> paths, persons."""
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for person, path in paths:
        found[tuple(event.name for event in path)].append(person)
    return {names: (len(whose), len(set(whose))) for names, whose in found.items()}
