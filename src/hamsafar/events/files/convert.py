"""From a block of columns to a batch of events, by a mapping in which nothing is left to guess."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from hamsafar.events.files import times
from hamsafar.events.files.blocks import Block
from hamsafar.events.files.reasons import (
    MAX_CHANNEL,
    MAX_EVENT_NAME,
    MAX_PERSON,
    MAX_VALUE,
    Rejected,
    excerpt,
)
from hamsafar.events.files.shapes import BATCH_SCHEMA, Batch, Mapping
from hamsafar.events.files.spelling import simplify
from hamsafar.events.files.values import as_text, cell_text, clean_name, clean_person, members, texts

_TIME_CODES = {times.MISSING: "missing_time", times.BAD: "bad_time", times.OUT_OF_RANGE: "time_out_of_range"}


def to_batch(block: Block, mapping: Mapping, bytes_total: int) -> Batch:
    """Events of the rows that can be read, in their order; the first fault of any other."""
    faults = _Faults(block)
    person = texts(block.columns[mapping.person], clean_person)
    faults.where(person.is_null(), "missing_person", mapping.person)
    faults.where(_longer(person, MAX_PERSON), "person_too_long", mapping.person)
    if mapping.event:
        name = texts(block.columns[mapping.event], clean_name)
        faults.where(name.is_null(), "missing_event", mapping.event)
        faults.where(_longer(name, MAX_EVENT_NAME), "event_name_too_long", mapping.event)
    else:
        name = pa.repeat(clean_name(mapping.event_constant or ""), len(block.rows))
    at_us, code = _times(block, mapping)
    for fault, reason in _TIME_CODES.items():
        faults.where(code == fault, reason, mapping.time)
    channel = pa.nulls(len(block.rows), pa.string())
    if mapping.channel:
        channel = texts(block.columns[mapping.channel], clean_name)
        faults.where(_longer(channel, MAX_CHANNEL), "value_too_long", mapping.channel)
    properties = _properties(block, mapping, faults)
    table = pa.table(
        [person, name, pa.array(at_us), channel, properties, pa.array(block.rows)],
        names=BATCH_SCHEMA.names,
    )
    if faults.any():
        table = table.filter(pa.array(faults.good()))
    rejected = sorted([*block.rejected, *faults.rejected()], key=lambda row: row.line)
    return Batch(table.cast(BATCH_SCHEMA), rejected, block.bytes_done, bytes_total, block.next_row)


class _Faults:
    """The first fault of each row."""

    def __init__(self, block: Block) -> None:
        self._block = block
        self._kind: npt.NDArray[np.uint8] = np.zeros(len(block.rows), np.uint8)
        self._kinds: list[tuple[str, str]] = [("", "")]

    def where(self, mask: Any, code: str, column: str) -> None:
        found = np.asarray(pc.fill_null(mask, False) if isinstance(mask, pa.Array) else mask, dtype=bool)
        if found.any():
            self._kinds.append((code, column))
            self._kind[found & (self._kind == 0)] = len(self._kinds) - 1

    def any(self) -> bool:
        return len(self._kinds) > 1

    def good(self) -> npt.NDArray[np.bool_]:
        return np.asarray(self._kind == 0)

    def rejected(self) -> list[Rejected]:
        rows: list[Rejected] = []
        for kind, (code, column) in enumerate(self._kinds[1:], 1):
            places = np.flatnonzero(self._kind == kind)
            values = self._block.columns[column]
            found = (
                [values[at] for at in places] if isinstance(values, list) else values.take(places).to_pylist()
            )
            lines = self._block.lines[places].tolist()
            for line, value in zip(lines, found, strict=True):
                rows.append(Rejected(line, code, column, excerpt(cell_text(value))))
        return rows


def _longer(column: pa.Array, limit: int) -> pa.Array:
    return pc.greater(pc.utf8_length(column), limit)


def _properties(block: Block, mapping: Mapping, faults: _Faults) -> pa.Array:
    """One JSON object a row; absent values are left out of it."""
    if not mapping.properties:
        return pa.repeat("{}", len(block.rows))
    numbers = set(mapping.numbers or ())
    parts = []
    for name in mapping.properties:
        column = block.columns[name]
        part = members(column, name, name in numbers)
        raw = column if isinstance(column, pa.Array) and pa.types.is_string(column.type) else part
        faults.where(_longer(raw, MAX_VALUE), "value_too_long", name)
        parts.append(pc.fill_null(pc.binary_join_element_wise(",", part, ""), ""))
    # Every member brings its comma; the first one's is cut off. (Arrow's own joining with nulls skipped
    # loses the rows in which all are null.)
    inner = pc.utf8_slice_codeunits(pc.binary_join_element_wise(*parts, ""), 1)
    return pc.binary_join_element_wise("{", inner, "}", "")


def _times(block: Block, mapping: Mapping) -> tuple[times.Ints, times.Codes]:
    column = block.columns[mapping.time]
    if mapping.time_of_day:
        column = _with_clock(column, block.columns[mapping.time_of_day])
    time_format = mapping.time_format or "iso"
    if isinstance(column, list):
        return _mixed_times(column, time_format, mapping.timezone)
    if pa.types.is_nested(column.type) or pa.types.is_decimal(column.type):
        column = as_text(column)
    if not pa.types.is_string(column.type):
        return times.parse(column, time_format, mapping.timezone)
    coded = column.dictionary_encode()
    at, code = times.parse(coded.dictionary, time_format, mapping.timezone)
    at, code = np.append(at, 0), np.append(code, times.MISSING)
    place = np.asarray(pc.fill_null(coded.indices, len(at) - 1).to_numpy(zero_copy_only=False))
    return at[place], code[place]


def _mixed_times(values: list[Any], time_format: str, timezone: str) -> tuple[times.Ints, times.Codes]:
    """Cells of a sheet or of JSON, where dates, numbers and texts may stand in one column."""
    at = np.zeros(len(values), np.int64)
    code = np.full(len(values), times.MISSING, np.uint8)
    groups: dict[pa.DataType, list[int]] = {}
    for place, value in enumerate(values):
        if value is not None:
            groups.setdefault(_time_type(value), []).append(place)
    for kind, places in groups.items():
        cells = [values[place] for place in places]
        if pa.types.is_string(kind):
            cells = [cell_text(cell) for cell in cells]
        at[places], code[places] = times.parse(pa.array(cells, kind), time_format, timezone)
    return at, code


def _time_type(value: Any) -> pa.DataType:
    if isinstance(value, datetime):
        return pa.timestamp("us", "UTC" if value.tzinfo else None)
    if isinstance(value, date):
        return pa.date32()
    if isinstance(value, float):
        return pa.float64()
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**62:
        return pa.int64()
    return pa.string()


def _with_clock(day: pa.Array | list[Any], clock: pa.Array | list[Any]) -> pa.Array:
    """A column of dates and one of hours as one of texts; without an hour, the date alone."""
    dates = texts(day, lambda text: (simplify(text) or "").removesuffix(" 00:00:00"))
    clocks = texts(
        [_clock(value) for value in (clock if isinstance(clock, list) else clock.to_pylist())], str.strip
    )
    return pc.utf8_rtrim_whitespace(pc.binary_join_element_wise(dates, pc.fill_null(clocks, ""), " "))


def _clock(value: Any) -> str | None:
    if isinstance(value, timedelta):
        value = value.total_seconds() / 86_400
    if isinstance(value, float) and 0 <= value < 1:  # a part of a day
        seconds = round(value * 86_400) % 86_400
        return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    if isinstance(value, datetime):
        value = value.time()
    if isinstance(value, time):
        return value.isoformat()
    text = simplify(cell_text(value)) or None
    if text and text.isdigit() and 3 <= len(text) <= 6:  # 930, 1430, 143000
        text = text.zfill(4 if len(text) <= 4 else 6)
        return ":".join(text[at : at + 2] for at in range(0, len(text), 2))
    return text
