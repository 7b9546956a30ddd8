"""Two versions of one map compared in the plainest way: everything with everything."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from hamsafar.maps.document import Exchange, identity
from hamsafar.maps.fields import META, PARTS

Told = set[tuple[str, str, str]]


def versions_differ(before: Exchange, after: Exchange) -> Told:
    """(part, id, what) of every difference; what is ``added``, ``removed`` or a field's name."""
    told = {("map", "", field) for field in META.fields if before.get(field) != after.get(field)}
    for part in PARTS:
        told |= _part(part, before[part], after[part])
    return told


def _part(part: str, before: list[dict[str, Any]], after: list[dict[str, Any]]) -> Told:
    ours = {identity(part, entry): entry for entry in before}
    theirs = {identity(part, entry): entry for entry in after}
    told = {(part, one, "removed") for one in ours if one not in theirs}
    told |= {(part, one, "added") for one in theirs if one not in ours}
    both = [one for one in ours if one in theirs]
    for one in both:
        told |= {
            (part, one, field)
            for field in PARTS[part].fields
            if ours[one].get(field) != theirs[one].get(field)
        }
    within = {"stages": [], "lanes": [], "steps": ["stage"], "cards": ["stage", "lane"]}.get(part)
    if within is None:
        return told
    stayed = [one for one in both if all(ours[one].get(f) == theirs[one].get(f) for f in within)]
    for cell in {tuple(ours[one].get(field) for field in within) for one in stayed}:
        row = [one for one in stayed if tuple(ours[one].get(field) for field in within) == cell]
        then = [one for one in theirs if one in row]
        told |= {(part, one, "order") for one in row if one not in _common(row, then)}
    return told


def _common(row: list[str], then: list[str]) -> tuple[str, ...]:
    """The longest run in the order of both, of several the first by name."""
    for length in range(len(row), 0, -1):
        runs = [run for run in combinations(row, length) if [one for one in then if one in run] == list(run)]
        if runs:
            return min(runs)
    return ()
