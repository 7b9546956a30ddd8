"""What runs on executors: Arrow batches to events, events of some persons to a part of an index, a part to an answer.

Every function here is given to ``mapInArrow``: an iterator of Arrow batches in, one of Arrow batches out.
"""

from __future__ import annotations

import functools
import pickle
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from hamsafar.events.files import Mapping
from hamsafar.events.files.blocks import Block
from hamsafar.events.files.convert import to_batch
from hamsafar.journeys.build import decoded, index_of, value_of
from hamsafar.journeys.columns import Columns
from hamsafar.journeys.index import ABSENT, PathIndex, PropertyColumn, code_type, fingerprint
from hamsafar.journeys.parts import Part
from hamsafar.journeys.text_column import TextColumn
from hamsafar.lib.errors import HamsafarError

Batches = Iterator[pa.RecordBatch]
Change = Callable[[PathIndex], PathIndex]

ROWS_OF_A_FILE = 40
"""Bits for the number of a row in the number of an event; above them stands the number of its file."""


@dataclass(frozen=True)
class Table:
    """How the rows of a table become events.

    ``number_of``: the hash of a file's address -> its place in the order of files; ``nanoseconds``: columns
    that are counts of them -> ``"UTC"``, or None for local times; ``reading`` is unlike that of any other reading:
    else Spark would give the parts it keeps of the same path, though its files may have changed since.
    """

    mapping: Mapping
    number_of: dict[int, int]
    nanoseconds: dict[str, str | None]
    reading: str


def block_of(
    columns: dict[str, pa.Array], seq: npt.NDArray[np.int64], nanoseconds: dict[str, str | None]
) -> Block:
    """Rows as the readers of files give them; ``lines`` count from 1."""
    found = {
        name: column.cast(pa.timestamp("ns", nanoseconds[name])) if name in nanoseconds else _plain(column)
        for name, column in columns.items()
    }
    return Block(found, seq, seq + 1, [], 0, len(seq))


def _plain(column: pa.Array) -> pa.Array:
    """One text type instead of three; moments in UTC, wherever the session is."""
    if pa.types.is_large_string(column.type) or pa.types.is_string_view(column.type):
        return column.cast(pa.string())
    if pa.types.is_timestamp(column.type) and column.type.tz:
        return column.cast(pa.timestamp(column.type.unit, "UTC"))
    return column


def event_fields(properties: int) -> str:
    """The columns of events, for Spark; ``person`` is null in a row that counts rows which cannot be read."""
    return "person string, name string, at_us bigint, seq bigint" + "".join(
        f", p{number} string" for number in range(properties)
    )


def to_events(table: Table, properties: Sequence[str], batches: Batches) -> Batches:
    """Rows to events by the same hand as files; then one row for each reason to reject rows of the batch.

    Such a row has the reason as name, how many they are as ``at_us``, and the first of them as ``seq``.
    ``properties``: names of those to give, as JSON texts.
    """
    hashes = np.array(sorted(table.number_of), np.int64)
    numbers = np.array([table.number_of[one] for one in hashes.tolist()], np.int64)
    extract = _extractor(properties)
    for batch in batches:
        *columns, file, row = batch.columns
        place = np.searchsorted(hashes, file.to_numpy(zero_copy_only=False))
        seq = (numbers[place] << ROWS_OF_A_FILE) + row.to_numpy(zero_copy_only=False)
        named = dict(zip(table.mapping.columns(), columns, strict=True))
        read = to_batch(block_of(named, seq, table.nanoseconds), table.mapping, 0)
        events = read.table
        values = extract(events)
        found = [events["person"], events["name"], events["at_us"], events["row"], *values]
        yield from pa.table(found, names=_names(len(values))).to_batches()
        if read.rejected:
            yield _counted([(fault.code, fault.line - 1) for fault in read.rejected], len(values))


def _names(properties: int) -> list[str]:
    return ["person", "name", "at_us", "seq", *(f"p{number}" for number in range(properties))]


def _counted(faults: list[tuple[str, int]], properties: int) -> pa.RecordBatch:
    codes = sorted({code for code, _ in faults})
    seqs = [[seq for fault, seq in faults if fault == code] for code in codes]
    return pa.record_batch(
        [
            pa.nulls(len(codes), pa.string()),
            pa.array(codes, pa.string()),
            pa.array([len(one) for one in seqs], pa.int64()),
            pa.array([min(one) for one in seqs], pa.int64()),
            *[pa.nulls(len(codes), pa.string())] * properties,
        ],
        names=_names(properties),
    )


def _extractor(properties: Sequence[str]) -> Callable[[pa.Table], list[pa.ChunkedArray]]:
    """The JSON texts of properties, column by column, by the very expression that builds an index."""
    if not properties:
        return lambda events: []
    import duckdb

    connection = duckdb.connect(config={"threads": 1})
    chosen = [value_of(name) for name in properties]
    sql = f"select {', '.join(value for value, _ in chosen)} from events"  # noqa: S608  (its values are parameters)
    given = [one for _, params in chosen for one in params]

    def extract(events: pa.Table) -> list[pa.ChunkedArray]:
        connection.register("events", events)
        texts: pa.Table = connection.sql(sql, params=given).to_arrow_table()
        return [column.cast(pa.string()) for column in texts.columns]

    return extract


PART_FIELDS = (
    "part int, events bigint, persons bigint, first_us bigint, last_us bigint, names array<string>, "
    "rejected array<struct<code: string, count: bigint, seq: bigint>>, data binary"
)
_PART_SCHEMA = pa.schema(
    [
        ("part", pa.int32()),
        ("events", pa.int64()),
        ("persons", pa.int64()),
        ("first_us", pa.int64()),
        ("last_us", pa.int64()),
        ("names", pa.list_(pa.string())),
        (
            "rejected",
            pa.list_(pa.struct([("code", pa.string()), ("count", pa.int64()), ("seq", pa.int64())])),
        ),
        ("data", pa.binary()),
    ]
)


def to_part(titles: Sequence[str], batches: Batches) -> Batches:
    """Events of some persons, sorted by person, time and number, to one row: a part of an index, and its totals.

    Names are coded within the part, for nobody knows all of them yet.
    """
    from pyspark import TaskContext

    rows = list(batches)
    if not sum(map(len, rows)):
        return
    table = pa.Table.from_batches(rows)
    is_event = table["person"].is_valid()
    faults = table.filter(pc.invert(is_event)).select(["name", "at_us", "seq"])
    events = table.filter(is_event) if len(faults) else table
    names, code = _coded(events["name"])
    at_us = events["at_us"].to_numpy()
    starts, persons = _runs(events["person"])
    offset = np.append(starts, len(events)).astype(np.int64)
    columns = {title: _property(events[f"p{number}"]) for number, title in enumerate(titles)}
    texts = TextColumn.of_arrow(persons)
    stored = (code, at_us, offset, texts.offset, texts.data, columns)
    context = TaskContext.get()
    assert context is not None, "this runs on an executor"
    row = {
        "part": context.partitionId(),
        "events": len(events),
        "persons": len(starts),
        "first_us": int(at_us.min()) if len(events) else None,
        "last_us": int(at_us.max()) if len(events) else None,
        "names": names,
        "rejected": [
            {"code": fault["name"], "count": fault["at_us"], "seq": fault["seq"]}
            for fault in faults.to_pylist()
        ],
        "data": pickle.dumps(stored, protocol=5),
    }
    yield pa.RecordBatch.from_pylist([row], _PART_SCHEMA)


def _coded(column: pa.ChunkedArray) -> tuple[list[str], npt.NDArray[Any]]:
    """The different texts in code-point order, and the place of each row's."""
    coded = column.dictionary_encode().combine_chunks()
    texts = coded.dictionary.to_pylist()
    order = sorted(range(len(texts)), key=texts.__getitem__)
    place_of = np.empty(len(texts), dtype=code_type(len(texts)))
    place_of[order] = np.arange(len(texts), dtype=place_of.dtype)
    return [texts[place] for place in order], place_of[coded.indices.to_numpy(zero_copy_only=False)]


def _runs(column: pa.ChunkedArray) -> tuple[npt.NDArray[np.int64], pa.Array]:
    """Where each run of equal texts starts, and the text of each."""
    if not len(column):
        return np.empty(0, np.int64), pa.array([], pa.string())
    other = pc.not_equal(column.slice(1), column.slice(0, len(column) - 1)).to_numpy()
    starts = np.concatenate([np.zeros(1, np.int64), np.flatnonzero(other) + 1])
    return starts, column.take(pa.array(starts)).combine_chunks()


def _property(column: pa.ChunkedArray) -> PropertyColumn:
    coded = column.dictionary_encode().combine_chunks()
    code = coded.indices.fill_null(ABSENT).to_numpy(zero_copy_only=False).astype(np.int32)
    return PropertyColumn(code, decoded(coded.dictionary.to_pylist()))


def part_of(names: tuple[str, ...], own_names: Sequence[str], data: bytes) -> PathIndex:
    """The index of a stored part, with the codes of ``names``, which are all that any part has."""
    code, at_us, offset, person_offset, person_data, columns = pickle.loads(data)  # noqa: S301
    place = {name: number for number, name in enumerate(names)}
    code_of = np.array([place[name] for name in own_names], dtype=code_type(len(names)))
    texts = TextColumn.of(names)
    arrays = {
        "code": code_of[code],
        "at_us": at_us,
        "offset": offset,
        "person_offset": person_offset,
        "person_data": person_data,
        "name_offset": texts.offset,
        "name_data": texts.data,
    }
    version = fingerprint(*(arrays[name] for name in sorted(arrays)))
    return index_of(arrays, properties=Columns(columns), version=version)


ANSWER_FIELDS = "part int, failed boolean, data binary"


def to_answer(
    names: tuple[str, ...], changes: Sequence[Change], function: Callable[[Part], Any], batches: Batches
) -> Batches:
    """``function`` of each stored part after ``changes``, pickled; or the error that it raised."""
    for batch in batches:
        for part, own_names, data in zip(
            batch.column("part").to_pylist(),
            batch.column("names").to_pylist(),
            batch.column("data"),
            strict=True,
        ):
            try:
                index = part_of(names, own_names, data.as_buffer())
                for change in changes:
                    index = change(index)
                yield _answer(part, function(Part(index, 0, index.n_paths)))
            except HamsafarError as error:  # the user's, so trying again elsewhere would not help
                yield _answer(part, error)


def to_merged(merge: Callable[[Any, Any], Any], batches: Batches) -> Batches:
    """``merge`` of the answers of some parts, in their order; an error instead when there is one."""
    rows = sorted(chain.from_iterable(batch.to_pylist() for batch in batches), key=lambda row: row["part"])
    if rows:
        yield _answer(rows[0]["part"], merged(merge, [pickle.loads(row["data"]) for row in rows]))  # noqa: S301


def merged(merge: Callable[[Any, Any], Any], answers: Sequence[Any]) -> Any:
    """``merge`` of all, in their order, as a tree: nothing is copied more often than there are levels."""
    for answer in answers:
        if isinstance(answer, HamsafarError):
            return answer
    level = list(answers)
    while len(level) > 1:
        pairs = [functools.reduce(merge, level[place : place + 2]) for place in range(0, len(level), 2)]
        level = pairs
    return level[0]


def _answer(part: int, answer: Any) -> pa.RecordBatch:
    return pa.record_batch(
        [
            pa.array([part], pa.int32()),
            pa.array([isinstance(answer, HamsafarError)], pa.bool_()),
            pa.array([pickle.dumps(answer, protocol=5)], pa.binary()),
        ],
        names=["part", "failed", "data"],
    )


def date_orders(batches: Batches) -> Batches:
    """Of a column of dates, some texts that prove which of two numbers is the day: one of each kind per batch."""
    from hamsafar.events.files.recognise import order_of
    from hamsafar.events.files.spelling import simplify

    for batch in batches:
        proofs: dict[str, str] = {}
        for text in batch.column(0).unique().to_pylist():
            order = order_of(simplify(text) or "") if text else ""
            if order:
                proofs.setdefault(order, text)
        yield pa.record_batch([pa.array(list(proofs.values()), pa.string())], names=["value"])
