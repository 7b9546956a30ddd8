"""Making an index of a table of events, by SQL: every order is explicit, so a rebuild gives the same arrays.

The table has the columns of the event store: person, name, at_us, channel, properties (JSON), seq. DuckDB sorts
it within its memory limit, spilling to disk; what is held here are the names, the persons and the offsets.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from hamsafar.journeys.index import ABSENT, PathIndex, code_type
from hamsafar.journeys.mapped import Array, Shapes, release
from hamsafar.journeys.text_column import TextColumn

_PERSONS = """(select person, row_number() over (order by person) - 1 as number
    from (select distinct person from {}))"""


class Asks(Protocol):
    """A connection that answers ``select``s, all of them over one state of the events."""

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]: ...

    def arrow(self, sql: str, params: Sequence[Any] = ()) -> pa.RecordBatchReader: ...


@dataclass(frozen=True)
class Survey:
    """What is known of an index before its events are read."""

    names: tuple[str, ...]
    persons: TextColumn
    offset: npt.NDArray[np.int64]

    def shapes(self) -> Shapes:
        names = TextColumn.of(self.names)
        return {
            "code": (code_type(len(self.names)), int(self.offset[-1])),
            "at_us": (np.dtype(np.int64), int(self.offset[-1])),
            "offset": (np.dtype(np.int64), len(self.offset)),
            "person_offset": (np.dtype(np.int64), len(self.persons.offset)),
            "person_data": (np.dtype(np.uint8), len(self.persons.data)),
            "name_offset": (np.dtype(np.int64), len(names.offset)),
            "name_data": (np.dtype(np.uint8), len(names.data)),
        }


def survey(asks: Asks, relation: str) -> Survey:
    """Names and persons in code-point order (DuckDB's binary order of UTF-8), and how many events each has."""
    names = asks.rows(f"select distinct name from {relation} order by name")
    batches = list(
        asks.arrow(f"select person, count(*) as events from {relation} group by person order by person")
    )
    persons = [TextColumn.of_arrow(batch.column(0)) for batch in batches]
    lengths = [np.diff(column.offset) for column in persons]
    return Survey(
        names=tuple(name for (name,) in names),
        persons=TextColumn(
            _running(lengths),
            np.concatenate([np.empty(0, np.uint8), *(column.data for column in persons)]),
        ),
        offset=_running([batch.column(1).to_numpy(zero_copy_only=False) for batch in batches]),
    )


_HELD_EVENTS = 50_000_000  # so many are written until the memory of what is written is given back


def fill(asks: Asks, relation: str, known: Survey, arrays: dict[str, Array]) -> None:
    """Write the index into ``arrays`` of the survey's shapes."""
    names = TextColumn.of(known.names)
    arrays["offset"][:] = known.offset
    arrays["person_offset"][:] = known.persons.offset
    arrays["person_data"][:] = known.persons.data
    arrays["name_offset"][:] = names.offset
    arrays["name_data"][:] = names.data
    release(arrays["offset"], arrays["person_offset"], arrays["person_data"])
    place = held = 0
    sql = f"""
        select c.code, e.at_us from {relation} e
        join (select name, row_number() over (order by name) - 1 as code
              from (select distinct name from {relation})) c using (name)
        join {_PERSONS.format(relation)} p using (person)
        order by p.number, e.at_us, e.seq
    """
    for batch in asks.arrow(sql):
        end = place + len(batch)
        arrays["code"][place:end] = batch.column(0).to_numpy(zero_copy_only=False)
        arrays["at_us"][place:end] = batch.column(1).to_numpy(zero_copy_only=False)
        place = end
        if place - held >= _HELD_EVENTS:
            release(arrays["code"], arrays["at_us"])
            held = place
    assert place == len(arrays["code"]), "the events changed while they were read"


def index_of(arrays: dict[str, Array], **rest: Any) -> PathIndex:
    """The index over filled (or mapped) arrays; ``rest`` are its properties, version and rejected rows."""
    return PathIndex(
        code=arrays["code"],
        at_us=arrays["at_us"],
        offset=arrays["offset"],
        names=tuple(TextColumn(arrays["name_offset"], arrays["name_data"])),
        persons=TextColumn(arrays["person_offset"], arrays["person_data"]),
        **rest,
    )


def property_values(asks: Asks, relation: str, name: str) -> list[str]:
    """The different values of a property as JSON texts, in their order; empty when no event has it."""
    chosen, params = value_of(name)
    rows = asks.rows(
        f"select distinct value from (select {chosen} as value from {relation}) "
        f"where value is not null and value <> '{NULL}' order by value",
        params,
    )
    return [value for (value,) in rows]


def fill_property(asks: Asks, relation: str, name: str, values: Sequence[str], code: Array) -> None:
    """Write the code of each event's value into ``code`` int32 [n_events], in the order of the index."""
    code_of = pa.array(list(values), pa.string())
    place = 0
    chosen, params = value_of(name)
    sql = f"""
        select {chosen} as value from {relation} e
        join {_PERSONS.format(relation)} p using (person)
        order by p.number, e.at_us, e.seq
    """
    for batch in asks.arrow(sql, params):
        coded = batch.column(0).dictionary_encode()
        known = pc.index_in(coded.dictionary, code_of).fill_null(ABSENT)
        codes = np.append(known.to_numpy(zero_copy_only=False), ABSENT)
        places = coded.indices.fill_null(len(codes) - 1).to_numpy(zero_copy_only=False)
        code[place : place + len(batch)] = codes[places]
        place += len(batch)
    assert place == len(code), "the events changed while they were read"


def decoded(values: Sequence[str]) -> tuple[Any, ...]:
    return tuple(json.loads(value) for value in values)


NULL = "null"
"""The JSON text of a value that counts as absent."""


def value_of(name: str) -> tuple[str, list[Any]]:
    """SQL for a property of an event as JSON text, and its parameters.

    An event's channel counts as a property, unless it has one of that very name.
    """
    return _VALUE, [_pointer(name), name]


_VALUE = """coalesce(cast(json_extract(properties, ?) as varchar),
    case when ? = 'channel' then cast(to_json(channel) as varchar) end)"""


def _pointer(name: str) -> str:
    """The JSON pointer (RFC 6901) of a member of the outermost object."""
    return "/" + name.replace("~", "~0").replace("/", "~1")


def _running(lengths: Sequence[npt.NDArray[Any]]) -> npt.NDArray[np.int64]:
    """0, and the sum of the lengths up to each place."""
    together = np.concatenate([np.zeros(1, np.int64), *lengths])
    return np.cumsum(together, dtype=np.int64)
