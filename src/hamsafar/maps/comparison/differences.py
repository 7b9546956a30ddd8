"""The differences of two maps, entry by entry and field by field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hamsafar.maps.comparison.chain import longest_chain
from hamsafar.maps.comparison.matching import Entry, Kinship, Pairs, match, translated
from hamsafar.maps.document import Exchange, identity
from hamsafar.maps.fields import META, OWNER, PARTS
from hamsafar.maps.shape import ListOf

KINDS = ("added", "removed", "moved", "changed", "owner", "emotion")
MAP = "map"  # the part that the map's own fields are

# Fields that say where an entry stands; of an emotion they are what it is.
_PLACE = ("stage", "lane", "step")
# The parts whose order is seen, and what they are in order within.
_ORDERED_WITHIN: dict[str, tuple[str, ...]] = {
    "stages": (),
    "lanes": (),
    "steps": ("stage",),
    "cards": ("stage", "lane"),
}


@dataclass(frozen=True)
class FieldDifference:
    """A field's value on both sides, None where it has none; of ``order`` the place from 1 within its row."""

    field: str
    before: Any
    after: Any

    def turned(self) -> FieldDifference:
        return FieldDifference(self.field, self.after, self.before)


@dataclass(frozen=True)
class Difference:
    """One entry that is not the same on both sides; ``before`` is None when it was added, ``after`` when removed.

    ``kinds`` are in the order of ``KINDS``: one entry may have moved, changed and got another owner. An emotion
    is only ever ``emotion``. ``part`` is a part of the document, or ``map`` for the map's own fields.
    """

    part: str
    kinds: tuple[str, ...]
    before: Entry | None
    after: Entry | None
    fields: tuple[FieldDifference, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """All differences, part by part; within a part in the second map's order, then what only the first has."""

    pairs: Pairs
    differences: tuple[Difference, ...]


def compare(before: Exchange, after: Exchange, relation: Kinship | None = None) -> Comparison:
    """What is different in ``after``; both are checked exchange dicts.

    ``relation`` says how entries are matched (``matching``); None: as the maps' ids and links tell. Touchpoints and
    channels are the library's and are not compared. Two maps of 5,000 cards take well under a second.
    """
    pairs = match(before, after, relation)
    differences = [*_of_map(before, after)]
    for part in PARTS:
        differences += _of_part(part, before[part], after[part], pairs)
    return Comparison(pairs, tuple(differences))


def owner_fields(part: str) -> set[str]:
    """The fields that hold an owner, or several."""
    shape = META if part == MAP else PARTS[part]
    return {
        name
        for name, kind in shape.fields.items()
        if kind is OWNER or (isinstance(kind, ListOf) and kind.item is OWNER)
    }


def _of_map(before: Exchange, after: Exchange) -> Iterator[Difference]:
    fields = tuple(_fields(before, before, after, META.fields))
    if fields:
        yield Difference(MAP, _kinds(MAP, fields), _own(before), _own(after), fields)


def _own(exchange: Exchange) -> Entry:
    return {name: exchange[name] for name in META.fields if name in exchange}


def _of_part(part: str, before: list[Entry], after: list[Entry], pairs: Pairs) -> Iterator[Difference]:
    ours = {identity(part, entry): entry for entry in before}
    theirs = {identity(part, entry): entry for entry in after}
    origin = {new: old for old, new in pairs[part].items()}
    turned = {old: translated(part, entry, pairs) for old, entry in ours.items() if old in pairs[part]}
    names = [name for name in PARTS[part].fields if name != "id"]
    if part == "emotions":
        names = [name for name in names if name not in ("persona", *_PLACE)]
    orders = _orders(part, turned, theirs, pairs[part])
    for new, entry in theirs.items():
        old = origin.get(new)
        if old is None:
            yield Difference(part, ("emotion",) if part == "emotions" else ("added",), None, entry)
            continue
        fields = (*_fields(turned[old], ours[old], entry, names), *orders.get(old, ()))
        if fields:
            yield Difference(part, _kinds(part, fields), ours[old], entry, fields)
    for old, entry in ours.items():
        if old not in pairs[part]:
            yield Difference(part, ("emotion",) if part == "emotions" else ("removed",), entry, None)


def _fields(
    turned: Entry, before: Entry, after: Entry, names: Sequence[str] | Any
) -> Iterator[FieldDifference]:
    """The fields that differ; ``turned`` is ``before`` with its references as ids of the other side."""
    for name in names:
        if turned.get(name) != after.get(name):
            yield FieldDifference(name, before.get(name), after.get(name))


def _kinds(part: str, fields: Sequence[FieldDifference]) -> tuple[str, ...]:
    if part == "emotions":
        return ("emotion",)
    owners = owner_fields(part)
    places = {*_PLACE, "order"} if part in _ORDERED_WITHIN else set()
    found = {
        "moved" if one.field in places else "owner" if one.field in owners else "changed" for one in fields
    }
    return tuple(kind for kind in KINDS if kind in found)


def _orders(
    part: str, before: dict[str, Entry], after: dict[str, Entry], pairs: dict[str, str]
) -> dict[str, tuple[FieldDifference]]:
    """The entries that stand elsewhere among the neighbours that stayed with them, by their first id.

    As few as possible are said to have moved. ``before`` has its references as ids of the other side.
    """
    if part not in _ORDERED_WITHIN:
        return {}
    within = _ORDERED_WITHIN[part]
    cells: dict[tuple[Any, ...], list[str]] = {}
    for old, entry in before.items():
        cell = tuple(entry.get(field) for field in within)
        if cell == tuple(after[pairs[old]].get(field) for field in within):
            cells.setdefault(cell, []).append(old)
    rank = {new: place for place, new in enumerate(after)}
    moved = {}
    for row in cells.values():
        places = [rank[pairs[old]] for old in row]
        keys = [min(old, pairs[old]) + "\0" + max(old, pairs[old]) for old in row]
        stayed = longest_chain(places, keys)
        now = {place: index for index, place in enumerate(sorted(places), 1)}
        for index, old in enumerate(row):
            if index not in stayed:
                moved[old] = (FieldDifference("order", index + 1, now[places[index]]),)
    return moved
