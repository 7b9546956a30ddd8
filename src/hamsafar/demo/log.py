"""The simulation's log: events gathered as columns, put in order, told in one language."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from hamsafar.demo import comments, words
from hamsafar.demo.draw import Bools, Ints
from hamsafar.demo.missions import Missions
from hamsafar.demo.people import People
from hamsafar.demo.words import Language, Word

ABSENT = -1

Kind = Literal["number", "order"] | tuple[Word, ...] | tuple[str, ...]

# An event's own properties, in the order in which they stand in its JSON. Numbers are written as they are,
# positions in a list of words as that word, orders as their number in the shop's books.
PROPERTIES: dict[str, Kind] = {
    "source": words.SOURCES,
    "campaign": words.CAMPAIGNS,
    "product": tuple(name for name, _, _, _ in words.PRODUCTS),
    "category": words.CATEGORIES,
    "price": "number",
    "order_id": "order",
    "items": "number",
    "amount": "number",
    "gateway": words.GATEWAYS,
    "courier": words.COURIERS,
    "days_on_the_way": "number",
    "topic": words.CALL_TOPICS,
    "complaint": words.COMPLAINT_TOPICS,
    "answer": words.ANSWERS,
    "score": "number",
    "comment": comments.TEXTS,
}
PERSON_PROPERTIES: dict[str, tuple[Word, ...]] = {
    "province": tuple(name for name, _ in words.PROVINCES),
    "age_group": words.AGE_GROUPS,
    "gender": words.GENDERS,
    "device": words.DEVICES,
    "loyalty": words.LOYALTY,
}
CURRENCY = Word("تومان", "Toman")
_FIRST_ORDER = 100_001


@dataclass(frozen=True)
class Simulation:
    """All events of the year, in time order. Columns: ``person`` number, ``name`` code into ``names``,
    ``channel`` code into ``words.CHANNELS``, ``at`` in seconds since the epoch, property codes (-1: absent).
    """

    people: People
    names: tuple[str, ...]
    person: Ints
    name: Ints
    channel: Ints
    at: Ints
    properties: dict[str, Ints]

    @property
    def events(self) -> int:
        return len(self.at)

    def table(self, language: Language) -> pa.Table:
        """The events in the store's shape: person, name, at_us, channel, properties (JSON text), row."""
        own = [_fragments(key, self.properties[key], language) for key in PROPERTIES]
        own.append(_currency(self.properties["amount"], language))
        inside = pc.binary_join_element_wise(
            pa.array(_person_json(self.people, language)).take(pa.array(self.person)),
            *own,
            ", ",
            null_handling="skip",
        )
        channels = [word.say(language) for word in words.CHANNELS.values()]
        return pa.table(
            {
                "person": pa.array(self.people.ids()).take(pa.array(self.person)),
                "name": pa.array(list(self.names)).take(pa.array(self.name)),
                "at_us": pa.array(self.at * 1_000_000, pa.int64()),
                "channel": pa.array(channels).take(pa.array(self.channel)),
                "properties": pc.binary_join_element_wise("{", inside, "}", ""),
                "row": pa.array(np.arange(self.events, dtype=np.int64)),
            }
        )


class Log:
    """Gathers events; each belongs to a mission, and so to its person, source and campaign."""

    def __init__(self, missions: Missions) -> None:
        self._missions = missions
        self._names: dict[str, int] = {}
        self._channels = {code: number for number, code in enumerate(words.CHANNELS)}
        self._parts: list[dict[str, Ints]] = []

    def emit(
        self,
        name: str,
        channel: str | Sequence[str],
        mission: Ints,
        at: Ints,
        where: Bools | None = None,
        /,
        **properties: Ints | int,
    ) -> None:
        """Add one event for each mission, or for each ``where`` it is true.

        ``channel`` is one code for all or one for each; a property is one number for all or one for each.
        """
        n = len(mission)
        chosen = np.arange(n) if where is None else np.flatnonzero(where)
        if isinstance(channel, str):
            channels = np.full(n, self._channels[channel], dtype=np.int64)
        else:
            channels = np.array([self._channels[code] for code in channel], dtype=np.int64)
        number = self._names.setdefault(name, len(self._names))
        columns = {"mission": mission, "at": at, "channel": channels, "name": number, **properties}
        self._parts.append(
            {
                key: np.broadcast_to(np.asarray(value, dtype=np.int64), (n,))[chosen]
                for key, value in columns.items()
            }
        )

    def close(self, people: People, *, end: int, gone_at: Ints) -> Simulation:
        """Everything before ``end``, without the missions a person would have begun after ``gone_at``."""
        missions = self._missions

        def column(key: str) -> Ints:
            return np.concatenate(
                [part.get(key, np.full(len(part["at"]), ABSENT, dtype=np.int64)) for part in self._parts]
            )

        mission, at = column("mission"), column("at")
        kept = np.flatnonzero((at < end) & (missions.start[mission] < gone_at[missions.person[mission]]))
        order = kept[np.argsort(at[kept], kind="stable")]
        of_mission = {"source": missions.source[mission], "campaign": missions.campaign[mission]}
        return Simulation(
            people=people,
            names=tuple(self._names),
            person=missions.person[mission[order]],
            name=column("name")[order],
            channel=column("channel")[order],
            at=at[order],
            properties={key: of_mission.get(key, column(key))[order] for key in PROPERTIES},
        )


def _fragments(key: str, column: Ints, language: Language) -> pa.Array:
    """``"key": value`` for each event, null where it has no such property."""
    kind = PROPERTIES[key]
    absent = pa.array(column == ABSENT)
    if kind == "number" or kind == "order":
        numbers = pa.array(column + _FIRST_ORDER if kind == "order" else column).cast(pa.string())
        before, after = (f'"{key}": "TR-', '"') if kind == "order" else (f'"{key}": ', "")
        texts = pc.binary_join_element_wise(before, numbers, after, "")
        return pc.if_else(absent, pa.scalar(None, pa.string()), texts)
    labels = [f'"{key}": {_json(word, language)}' for word in kind]
    return pa.array(labels).take(pa.array(column, mask=column == ABSENT))


def _currency(amount: Ints, language: Language) -> pa.Array:
    label = f'"currency": {_json(CURRENCY, language)}'
    return pa.array([label]).take(pa.array(np.zeros_like(amount), mask=amount == ABSENT))


def _person_json(people: People, language: Language) -> list[str]:
    columns = [
        [f'"{key}": {_json(word, language)}' for word in PERSON_PROPERTIES[key]] for key in PERSON_PROPERTIES
    ]
    codes = [people.province, people.age_group, people.gender, people.device, people.loyalty]
    return [
        ", ".join(labels[code] for labels, code in zip(columns, row, strict=True))
        for row in zip(*(code.tolist() for code in codes), strict=True)
    ]


def _json(word: Word | str, language: Language) -> str:
    return json.dumps(word if isinstance(word, str) else word.say(language), ensure_ascii=False)
