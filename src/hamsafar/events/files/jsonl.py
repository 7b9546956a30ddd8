"""JSON Lines: one object on each line; nested objects become columns with dotted names."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from hamsafar.events.files.blocks import BLOCK_CHARACTERS, Block, Source, column_names, column_of
from hamsafar.events.files.errors import NoReadableRow, NoRows
from hamsafar.events.files.reasons import Rejected, excerpt
from hamsafar.events.files.sniff import Sniffed
from hamsafar.events.files.text import Lines, check_encoding, detect_encoding

_SAMPLE_LINES = 10_000
_DEPTH = 3  # deeper objects stay what they are, as JSON


class JsonLinesSource(Source):
    """The columns are the keys of the first 10,000 lines; blank lines are not rows."""

    format = "jsonl"
    typed = True
    encoding: str

    def __init__(self, path: Path, sniffed: Sniffed, encoding: str | None = None) -> None:
        self._path = path
        self._compression = sniffed.compression
        self.bytes_total = path.stat().st_size
        self.encoding = (
            check_encoding(encoding) if encoding else detect_encoding(path, sniffed.compression, sniffed.head)
        )
        keys: dict[str, None] = {}
        lines = Lines(path, self._compression, self.encoding)
        rows = 0
        fault: Rejected | None = None
        try:
            for number, line in islice(_filled(lines), _SAMPLE_LINES):
                rows += 1
                record = _parse(line, number, lines)
                if isinstance(record, Rejected):
                    fault = fault or record
                else:
                    keys.update(dict.fromkeys(record))
        finally:
            lines.close()
        if not keys and fault:
            raise NoReadableRow(rows, fault)
        if not keys:
            raise NoRows()
        self._keys = tuple(keys)
        self.names = column_names(self._keys, 1)

    def blocks(self, columns: Sequence[str], size: int, start_row: int) -> Iterator[Block]:
        keys = {name: self._keys[self.names.index(name)] for name in columns}
        lines = Lines(self._path, self._compression, self.encoding)
        row = 0
        try:
            filled = _filled(lines)
            for _ in islice(filled, start_row):
                row += 1
            while True:
                records: list[dict[str, Any]] = []
                at: list[tuple[int, int]] = []
                rejected: list[Rejected] = []
                characters = 0
                first = row
                for number, line in filled:
                    characters += len(line)
                    record = _parse(line, number, lines)
                    if isinstance(record, Rejected):
                        rejected.append(record)
                    else:
                        records.append(record)
                        at.append((row, number))
                    row += 1
                    if row - first >= size or characters > BLOCK_CHARACTERS:
                        break
                if row == first:
                    return
                places = np.array(at, dtype=np.int64).reshape(-1, 2)
                table = {
                    name: column_of([record.get(key) for record in records]) for name, key in keys.items()
                }
                yield Block(table, places[:, 0], places[:, 1], rejected, lines.bytes_done(), row)
        finally:
            lines.close()


def _filled(lines: Lines) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(lines.read_from(1), 1):
        lines.keep_from(number)
        if not line.isspace():
            yield number, line


def _parse(line: str, number: int, lines: Lines) -> dict[str, Any] | Rejected:
    if number in lines.broken:
        return Rejected(number, "bad_encoding", "", excerpt(line))
    try:
        record = json.loads(line)
        if "\\ud" in line or "\\uD" in line:
            json.dumps(record, ensure_ascii=False).encode("utf-8")  # half a surrogate pair is no text
    except UnicodeEncodeError:
        return Rejected(number, "bad_encoding", "", excerpt(line))
    except (ValueError, RecursionError):
        return Rejected(number, "bad_json", "", excerpt(line))
    if not isinstance(record, dict):
        return Rejected(number, "bad_json", "", excerpt(line))
    return _flat(record, "", _DEPTH) if any(type(value) is dict for value in record.values()) else record


def _flat(record: dict[str, Any], prefix: str, depth: int) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in record.items():
        if isinstance(value, dict) and value and depth > 1:
            flat.update(_flat(value, f"{prefix}{key}.", depth - 1))
        else:
            flat[prefix + key] = value
    return flat
