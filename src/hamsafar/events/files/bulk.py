"""The fast way for clean Parquet files: DuckDB reads them itself, straight into the store.

A file qualifies when reading it row by row would change nothing and reject nothing, which one pass over it
tells. Then both ways give the same events, so that a file imported one way is recognised the other way.
"""

from __future__ import annotations

from datetime import UTC, datetime
from json.encoder import encode_basestring
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from hamsafar.events.files import Mapping
from hamsafar.events.files.reasons import MAX_CHANNEL, MAX_EVENT_NAME, MAX_PERSON, MAX_VALUE
from hamsafar.lib.times import to_us

# What reading row by row leaves as it is: printable ASCII, single spaces, none at the ends.
_PLAIN = "regexp_full_match({0}, '[!-~]+( [!-~]+)*')"
_FIRST_US = to_us(datetime(1900, 1, 1, tzinfo=UTC))
_END_US = to_us(datetime(2101, 1, 1, tzinfo=UTC))

_TEXT, _NUMBER, _FLOAT = "text", "number", "float"


def bulk_select(path: Path, mapping: Mapping) -> tuple[str, list[Any]] | None:
    """A ``select`` with the columns of the store's ``SCHEMA``, and its parameters; None for the slow way."""
    if set("*?[{") & set(str(path)):  # DuckDB would take the name for a pattern
        return None
    types = _types(path)
    if types is None or mapping.time_of_day or mapping.time_format not in (None, "iso"):
        return None
    if any(name not in types for name in mapping.columns()):
        return None
    columns = _columns(mapping, types)
    if columns is None:
        return None
    select, checks = columns
    source = "read_parquet(?, file_row_number = true)"
    failed = " or ".join(f"not coalesce({check}, false)" for check in checks)
    with duckdb.connect() as connection:
        found = connection.execute(f"select 1 from {source} where {failed} limit 1", [str(path)]).fetchone()
    return None if found else (f"select {select} from {source}", [str(path)])


def _types(path: Path) -> dict[str, pa.DataType] | None:
    try:
        schema = pq.read_schema(path)
    except (pa.ArrowException, OSError):
        return None  # not Parquet; the readers say what it is
    return {field.name: field.type for field in schema}


def _columns(mapping: Mapping, types: dict[str, pa.DataType]) -> tuple[str, list[str]] | None:
    """The select list and the conditions under which it is right; None where a type is not for this way."""
    checks: list[str] = []

    def plain(name: str, limit: int) -> str | None:
        kind, column = _kind(types[name]), _quoted(name)
        if kind == _TEXT:
            checks.extend([_PLAIN.format(column), f"length({column}) <= {limit}"])
            return column
        if kind == _NUMBER:
            checks.append(f"{column} is not null")
            return f"cast({column} as varchar)"
        return None

    person = plain(mapping.person, MAX_PERSON)
    if mapping.event:
        name = plain(mapping.event, MAX_EVENT_NAME)
    else:
        name = _literal(" ".join((mapping.event_constant or "").split()))
        checks.append(_PLAIN.format(name))
    at = _time(mapping, types[mapping.time])
    channel = "null::varchar" if mapping.channel is None else plain(mapping.channel, MAX_CHANNEL)
    members = [_member(name, types[name], mapping, checks) for name in mapping.properties]
    if person is None or name is None or at is None or channel is None or None in members:
        return None
    if mapping.person and _kind(types[mapping.person]) == _TEXT:
        checks.append(f"not regexp_full_match({person}, '[0-9]+[.]0')")  # that is an id saved as a number
    checks.append(f"{at} >= {_FIRST_US} and {at} < {_END_US}")
    properties = "concat('{', concat_ws(',', " + ", ".join(str(each) for each in members) + "), '}')"
    if not members:
        properties = "'{}'"
    return (
        f"{person} as person, {name} as name, {at} as at_us, {channel} as channel, "
        f"{properties} as properties, file_row_number as row"
    ), checks


def _time(mapping: Mapping, kind: pa.DataType) -> str | None:
    if not pa.types.is_timestamp(kind) or kind.unit == "ns":
        return None
    if kind.tz is None and mapping.timezone != "UTC":
        return None
    return f"epoch_us({_quoted(mapping.time)})"


def _member(name: str, kind: pa.DataType, mapping: Mapping, checks: list[str]) -> str | None:
    """One member of the JSON object, null where the value is absent."""
    column = _quoted(name)
    key = _literal(encode_basestring(name) + ":")
    what = _kind(kind)
    if what == _NUMBER:
        return f"{key} || cast({column} as varchar)"
    if what == _FLOAT:
        # Within this range both ways write the same shortest digits. The statistics in the file leave
        # not-a-number out, and DuckDB would answer from them, so it is looked for as text.
        checks.append(
            f"({column} is null or {column}::varchar <> 'nan' "
            f"and ({column} = 0 or abs({column}) between 1e-4 and 1e15))"
        )
        return (
            f"{key} || if({column} = trunc({column}), cast({column}::bigint as varchar), {column}::varchar)"
        )
    if what == _TEXT and mapping.numbers is not None and name not in mapping.numbers:
        checks.append(f"({column} is null or {_PLAIN.format(column)} and length({column}) <= {MAX_VALUE})")
        return f"{key} || to_json({column})::varchar"
    return None


def _kind(kind: pa.DataType) -> str | None:
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return _TEXT
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind):
        return _NUMBER
    return _FLOAT if pa.types.is_float64(kind) else None


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
