"""Which entry of one map is which entry of the other.

The rule, as the guide tells it:

1. In two versions of one map an entry is its id, and nothing else.
2. Between a current state and its future (or two futures of it) an entry is its id; what is then left over is
   matched by what it refers to.
3. Maps of different origin may use the same short id for different things ("c1" of two files), so there only
   ids of 16 characters or more count, which no two authors come up with; then what it refers to.

What an entry refers to: a persona is the library's persona, else its name; a stage its name; a lane its kind and
name; a card its touchpoint, content or text, first in the matching stage and lane, then anywhere; other parts what they
lead to. Names and texts are compared by search key. Stages, and cards within a cell, that are left over are then
matched when their texts are alike by 60 % (Dice's coefficient over pairs of letters).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Sequence
from typing import Any, Literal

from hamsafar.lib.persian import search_key
from hamsafar.maps.document import Exchange, identity
from hamsafar.maps.fields import PARTS, references
from hamsafar.maps.shape import Number

Entry = dict[str, Any]
# Part -> id in the first map -> id in the second.
Pairs = dict[str, dict[str, str]]
Kinship = Literal["same", "kin", "strangers"]
# Of an entry and the search key of what it says; entries of the same value match.
Key = Callable[[Entry, str], Hashable]

LONG_ID = 16
ALIKE = 0.6
# Texts of so many entries on each side of one cell are compared letter by letter; beyond, only equal ones match.
MOST_ALIKE = 50
_LETTERS = 200
_LOST = "\0"


def kinship(before: Exchange, after: Exchange) -> Kinship:
    """Whether two exchange dicts are one map, a current state and its future (or two futures), or neither."""
    ids = before.get("id"), after.get("id")
    if ids[0] is not None and ids[0] == ids[1]:
        return "same"
    roots = {before.get("current_map", ids[0]), after.get("current_map", ids[1])}
    return "kin" if len(roots) == 1 and roots != {None} else "strangers"


def match(before: Exchange, after: Exchange, relation: Kinship | None = None) -> Pairs:
    """The pairs of every part; ``relation`` None: as ``kinship`` finds it.

    Each entry is in one pair at most. ``match(b, a)`` has the same pairs, turned round.
    """
    relation = relation or kinship(before, after)
    pairs: Pairs = {}
    for part in parts_in_order():
        found = _Part(part, before[part], after[part], pairs)
        if part == "emotions":
            found.by(lambda entry, _: identity("emotions", entry))
        else:
            found.by_id(long_only=relation == "strangers")
            if relation != "same":
                for key in _rounds(part):
                    found.by(key)
                if part in ("stages", "cards"):
                    found.by_likeness()
        pairs[part] = found.pairs
    return pairs


def parts_in_order() -> list[str]:
    """The parts, each after those it refers to."""
    waiting, done = dict.fromkeys(PARTS), list[str]()
    while waiting:
        ready = [
            part for part in waiting if all(to == part or to not in waiting for _, to, _ in references(part))
        ]
        done += ready or list(waiting)
        for part in done:
            waiting.pop(part, None)
    return done


def translated(part: str, entry: Entry, pairs: Pairs) -> Entry:
    """An entry of the first map with its references turned to ids of the second.

    A reference to something that is not in the second map becomes a text that is no id.
    """
    turned = dict(entry)
    for field, to, _ in references(part):
        if entry.get(field) is not None and to in pairs:
            turned[field] = pairs[to].get(entry[field], _LOST + entry[field])
    if part == "targets":
        turned["scope"] = {
            field: pairs[f"{field}s"].get(target, _LOST + target) if f"{field}s" in pairs else target
            for field, target in entry["scope"].items()
        }
    return turned


def text_of(entry: Entry) -> str:
    """The search key of what an entry says."""
    said = next((entry[field] for field in ("name", "text", "label", "metric") if entry.get(field)), "")
    return search_key(said)


def _rounds(part: str) -> Sequence[Key]:
    """The keys by which leftovers are matched, the surest first; a key of None matches nothing."""
    if part == "personas":
        return (lambda e, _: e.get("persona"), lambda _, text: text)
    if part == "stages":
        return (lambda _, text: text,)
    if part == "lanes":
        return (
            lambda e, text: (e["kind"], e.get("persona"), text),
            lambda e, _: (e["kind"], e.get("persona")),
        )
    if part == "cards":
        return (
            lambda e, _: (e["touchpoint"], e["stage"]) if e.get("touchpoint") else None,
            lambda e, _: e.get("touchpoint"),
            lambda e, _: (e["content"], e["stage"]) if e.get("content") else None,
            lambda e, text: (text, e["stage"], e["lane"]),
            lambda e, text: (text, e["lane"]) if text else None,
        )
    needed = [
        field
        for field in PARTS[part].required
        if field != "id" and not isinstance(PARTS[part].fields[field], Number)
    ]

    def leads_to(entry: Entry, _: str) -> Hashable:
        return json.dumps([entry.get(field) for field in needed], sort_keys=True)

    return (lambda e, text: (leads_to(e, text), text), leads_to)


class _Part:
    """The matching of one part; the first map's entries are seen with the second's ids in their references."""

    def __init__(self, part: str, before: list[Entry], after: list[Entry], pairs: Pairs) -> None:
        self.before = {identity(part, entry): translated(part, entry, pairs) for entry in before}
        self.after = {identity(part, entry): entry for entry in after}
        self.texts: dict[int, tuple[Entry, str]] = {}  # with the entry, so that its number stays its own
        self.pairs: dict[str, str] = {}

    def pair(self, before: str, after: str) -> None:
        self.pairs[before] = after
        del self.before[before]
        del self.after[after]

    def by_id(self, long_only: bool) -> None:
        for identifier in [i for i in self.before if i in self.after]:
            if not long_only or len(identifier) >= LONG_ID:
                self.pair(identifier, identifier)

    def by(self, key: Key) -> None:
        """Pairs leftovers of the same key, the first with the first, the second with the second."""
        found = self.grouped(self.after, key)
        for value, ids in self.grouped(self.before, key).items():
            for before, after in zip(ids, found.get(value, ()), strict=False):
                self.pair(before, after)

    def grouped(self, entries: dict[str, Entry], key: Key) -> dict[Hashable, list[str]]:
        """Ids by the value of their entries' key, without those that have none."""
        groups: dict[Hashable, list[str]] = {}
        for identifier, entry in entries.items():
            value = key(entry, self.text(entry))
            if value is not None:
                groups.setdefault(value, []).append(identifier)
        return groups

    def text(self, entry: Entry) -> str:
        """``text_of``, found once: folding a long text is what takes time here."""
        if id(entry) not in self.texts:
            self.texts[id(entry)] = entry, text_of(entry)
        return self.texts[id(entry)][1]

    def by_likeness(self) -> None:
        """Pairs leftovers of the same cell whose texts are alike, the most alike first."""
        found = self.grouped(self.after, _cell)
        for cell, ours in self.grouped(self.before, _cell).items():
            theirs = found.get(cell, [])
            if max(len(ours), len(theirs)) > MOST_ALIKE:
                continue
            numbers: dict[str, int] = {}
            letters = [_letters(self.text(self.before[one]), numbers) for one in ours]
            others = [_letters(self.text(self.after[one]), numbers) for one in theirs]
            alike = [
                (-likeness, i + j, i, j)
                for i, one in enumerate(letters)
                for j, other in enumerate(others)
                if (likeness := _dice(one, other)) >= ALIKE
            ]
            taken: tuple[set[int], set[int]] = set(), set()
            # Two pairs that are equally alike and as far down share no entry, so the order is the same turned round.
            for _, _, i, j in sorted(alike):
                if i not in taken[0] and j not in taken[1]:
                    taken[0].add(i)
                    taken[1].add(j)
                    self.pair(ours[i], theirs[j])


def _cell(entry: Entry, _: str) -> Hashable:
    return entry.get("stage"), entry.get("lane")


def _letters(text: str, numbers: dict[str, int]) -> int:
    """The pairs of letters of a text as bits, by their ``numbers``, which grow: so two sets meet in a moment."""
    clipped = text[:_LETTERS]
    bits = 0
    for at in range(len(clipped) - 1):
        bits |= 1 << numbers.setdefault(clipped[at : at + 2], len(numbers))
    return bits


def _dice(one: int, other: int) -> float:
    total = one.bit_count() + other.bit_count()
    return 2 * (one & other).bit_count() / total if total else 0.0
