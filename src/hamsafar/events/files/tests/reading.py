"""What the tests of this package share: write a file, read it all, look at the rows."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hamsafar.events.files import Mapping, Rejected, inspect, read_batches


def write(path: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def read(
    path: Path, mapping: Mapping | None = None, **options: Any
) -> tuple[list[dict[str, Any]], list[Rejected]]:
    """(events, rejected rows), by the guessed mapping unless one is given; times as ISO, properties parsed."""
    rows: list[dict[str, Any]] = []
    rejected: list[Rejected] = []
    for batch in read_batches(path, mapping or inspect(path).guess, **options):
        for row in batch.table.to_pylist():
            second, micro = divmod(row["at_us"], 1_000_000)
            at = datetime.fromtimestamp(second, UTC).replace(microsecond=micro).isoformat()
            properties = json.loads(row["properties"])
            rows.append({**row, "at": at.replace("+00:00", "Z"), "properties": properties})
        rejected += batch.rejected
    return rows, rejected


def events(path: Path, mapping: Mapping | None = None, **options: Any) -> list[tuple[str, str, str]]:
    """(person, event, time) of every row that was read; none may be rejected."""
    rows, rejected = read(path, mapping, **options)
    assert rejected == []
    return [(row["person"], row["name"], row["at"]) for row in rows]


def codes(rejected: list[Rejected]) -> list[tuple[int, str, str]]:
    return [(row.line, row.code, row.column) for row in rejected]
