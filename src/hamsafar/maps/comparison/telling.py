"""Differences in words: names instead of ids, grouped by stage. What the screen's list and the table show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hamsafar.lib.persian import localise_digits
from hamsafar.maps.comparison import words
from hamsafar.maps.comparison.alignment import Opposite, aligned, stage_of
from hamsafar.maps.comparison.differences import MAP, Comparison, Difference, FieldDifference, owner_fields
from hamsafar.maps.comparison.matching import Entry, parts_in_order
from hamsafar.maps.comparison.words import word
from hamsafar.maps.document import Exchange, identity
from hamsafar.maps.fields import META, PARTS
from hamsafar.maps.shape import Choice, Ref

_EXCERPT = 120
# How wide or folded something is drawn is no difference between two maps.
_LOOKS = {"width", "height", "collapsed"}


@dataclass(frozen=True)
class ToldField:
    """A field's name and its value on both sides as texts; empty where it has none."""

    field: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """A difference in words. ``before`` and ``after`` are the entry's ids on both sides.

    ``stage`` is the pair of stages under which it is told, (None, None) for the map as a whole; ``said`` what the
    entry says; ``owners`` those who answer for it on either side: its own, else its stage's.
    """

    part: str
    part_label: str
    kinds: tuple[str, ...]
    before: str | None
    after: str | None
    stage: Opposite
    stage_name: str
    said: str
    owners: tuple[str, ...]
    fields: tuple[ToldField, ...]


def tell(before: Exchange, after: Exchange, comparison: Comparison, language: str) -> list[Told]:
    """All differences, those of the whole map first, then stage by stage in the order of both maps together."""
    return _Teller(before, after, comparison, language).told()


class _Side:
    """One of the two maps, asked for names."""

    def __init__(self, exchange: Exchange, language: str) -> None:
        self.exchange = exchange
        self.language = language
        # Each part after those it may be called by.
        self.names: dict[str, dict[str, str]] = {}
        for part in ("touchpoints", "contents", *(part for part in parts_in_order() if part != "emotions")):
            self.names[part] = {entry["id"]: self.said(part, entry) for entry in exchange[part]}
        self.stage_owners = {
            stage["id"]: list(self.own_owners("stages", stage)) for stage in exchange["stages"]
        }

    def name(self, part: str, identifier: Any) -> str:
        return self.names.get(part, {}).get(identifier, str(identifier))

    def said(self, part: str, entry: Entry) -> str:
        """What an entry says, or leads to, short enough for a line."""
        text = next((entry[field] for field in ("name", "text", "label") if entry.get(field)), "")
        if text:
            return str(text) if len(text) <= _EXCERPT else text[: _EXCERPT - 1] + "…"
        if entry.get("touchpoint"):
            return self.name("touchpoints", entry["touchpoint"])
        if entry.get("content"):
            return self.name("contents", entry["content"])
        if "kind" in entry:
            return word(words.CHOICES, entry["kind"], self.language)
        if part == "emotions":
            persona = entry.get("persona")
            return self.name("personas", persona) if persona else word(words.TABLE, "everyone", self.language)
        leads = [
            self.name(kind.to, entry[field])
            for field, kind in PARTS[part].fields.items()
            if isinstance(kind, Ref) and entry.get(field)
        ]
        return str(entry.get("metric") or " – ".join(leads))

    def owners(self, part: str, entry: Entry | None) -> Iterator[str]:
        if entry is None:
            return
        own = list(self.own_owners(part, entry))
        yield from own or self.stage_owners.get(stage_of(part, entry, self.exchange) or "", [])

    def own_owners(self, part: str, entry: Entry) -> Iterator[str]:
        for field in sorted(owner_fields(part)):
            found = entry.get(field) or []
            yield from (one["name"] for one in (found if isinstance(found, list) else [found]))

    def value(self, part: str, field: str, value: Any) -> str:
        """A field's value as text."""
        if value is None:
            return ""
        kind = (META if part == MAP else PARTS[part]).fields.get(field)
        if isinstance(kind, Ref):
            return self.name(kind.to, value)
        if field == "scope" and isinstance(value, dict):
            return self.joined(
                word(words.TABLE, "whole_map", self.language) if name == "map" else self.name(f"{name}s", one)
                for name, one in value.items()
            )
        if isinstance(kind, Choice):
            return word(words.CHOICES, value, self.language)
        return self.plain(value)

    def plain(self, value: Any) -> str:
        if isinstance(value, bool):
            return word(words.TABLE, "yes" if value else "no", self.language)
        if isinstance(value, int | float):
            return localise_digits(
                f"{value:.15g}".replace(".", "٫" if self.language == "fa" else "."), self.language
            )
        if isinstance(value, list):
            return self.joined(self.plain(one) for one in value)
        if isinstance(value, dict):
            if "name" in value:
                return str(value["name"])
            return self.joined(self.plain(one) for one in value.values())
        return word(words.CHOICES, str(value), self.language)

    def joined(self, texts: Iterator[str]) -> str:
        return word(words.TABLE, "joiner", self.language).join(texts)


class _Teller:
    def __init__(self, before: Exchange, after: Exchange, comparison: Comparison, language: str) -> None:
        self.comparison = comparison
        self.language = language
        self.sides = _Side(before, language), _Side(after, language)
        self.stages = aligned("stages", before, after, comparison.pairs)
        # Of a stage's id on either side to its place among all.
        self.places = tuple(
            {row[side]: place for place, row in enumerate(self.stages) if row[side] is not None}
            for side in (0, 1)
        )

    def told(self) -> list[Told]:
        placed = [
            (self.place(one), one)
            for one in self.comparison.differences
            if not one.fields or any(field.field not in _LOOKS for field in one.fields)
        ]
        placed.sort(key=lambda pair: pair[0])
        return [self.one(place, difference) for place, difference in placed]

    def place(self, difference: Difference) -> int:
        """The place of the stage it is told under; -1 for the map as a whole."""
        for side, entry in ((1, difference.after), (0, difference.before)):
            stage = stage_of(difference.part, entry, self.sides[side].exchange)
            if stage in self.places[side]:
                return self.places[side][stage]
        return -1

    def one(self, place: int, difference: Difference) -> Told:
        part, entries = difference.part, (difference.before, difference.after)
        ids = [None if entry is None or part == MAP else identity(part, entry) for entry in entries]
        owners = [
            name for side, entry in zip(self.sides, entries, strict=True) for name in side.owners(part, entry)
        ]
        side = self.sides[0] if difference.after is None else self.sides[1]
        entry = difference.before if difference.after is None else difference.after
        assert entry is not None
        return Told(
            part=part,
            part_label=word(words.PARTS, part, self.language),
            kinds=difference.kinds,
            before=ids[0],
            after=ids[1],
            stage=(None, None) if place < 0 else self.stages[place],
            stage_name=self.stage_name(place),
            said=entry.get("title", "") if part == MAP else side.said(part, entry),
            owners=tuple(dict.fromkeys(owners)),
            fields=tuple(self.field(part, one) for one in self.fields(difference) if one.field not in _LOOKS),
        )

    def fields(self, difference: Difference) -> tuple[FieldDifference, ...]:
        """Of a point of the curve that came or went also its value: it has no name that would say it."""
        if difference.part != "emotions" or difference.fields:
            return difference.fields
        before, after = ((entry or {}).get("value") for entry in (difference.before, difference.after))
        return (FieldDifference("value", before, after),)

    def field(self, part: str, one: FieldDifference) -> ToldField:
        return ToldField(
            one.field,
            word(words.FIELDS, one.field, self.language),
            self.sides[0].value(part, one.field, one.before),
            self.sides[1].value(part, one.field, one.after),
        )

    def stage_name(self, place: int) -> str:
        if place < 0:
            return word(words.TABLE, "whole_map", self.language)
        before, after = self.stages[place]
        return self.sides[1].name("stages", after) if after else self.sides[0].name("stages", before)
