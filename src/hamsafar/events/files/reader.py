"""The three questions to a file: what is it, how will it read, and its events in batches."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa

from hamsafar.events.files import guess
from hamsafar.events.files.blocks import Block, Source, find_column
from hamsafar.events.files.convert import to_batch
from hamsafar.events.files.errors import (
    DateOrderAmbiguous,
    HeaderMissing,
    NoReadableRow,
    NoRows,
    TimeNotRecognised,
    naming,
)
from hamsafar.events.files.recognise import decide, order_of, recognise
from hamsafar.events.files.shapes import Batch, Column, Inspection, Mapping, PreviewRow, Question, Role
from hamsafar.events.files.sniff import Sniffed, sniff
from hamsafar.events.files.spelling import simplify
from hamsafar.events.files.values import as_text, cell_text

SAMPLE_ROWS = 10_000
_COUNT_BYTES = 4 * 1024 * 1024
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def inspect(
    path: str | Path,
    *,
    filename: str | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Inspection:
    """Format, columns and a guess at their meaning, from the first rows.

    Reads on only to settle what a sample cannot: the encoding of a file that begins in ASCII, the order of
    day and month. ``filename`` is the name the user knows, if ``path`` is another. ``sheet``, ``encoding`` and
    ``delimiter`` are what the user says of the file; what is None is recognised. Raises ``FileUnreadable``.
    """
    path = Path(path)
    with naming(filename or path.name):
        sniffed = sniff(path)
        source = _source(path, sniffed, sheet=sheet, encoding=encoding, delimiter=delimiter)
        sample = _sample(source, source.names)
        _check_header(source, sample)
        seen = [guess.look(sample, name, typed=source.typed) for name in source.names]
        mapping, questions = _guess(source, seen, filename or path.name)
        roles: dict[str | None, Role] = {
            mapping.person: "person", mapping.event: "event", mapping.time: "time",
            mapping.time_of_day: "time_of_day", mapping.channel: "channel",
            **dict.fromkeys(mapping.properties, "property"),
        }  # fmt: skip
        columns = tuple(Column(each.name, each.kind, each.samples, roles.get(each.name, "")) for each in seen)
        return Inspection(
            source.format, sniffed.compression, source.encoding, source.delimiter, source.sheets,
            columns, mapping, tuple(questions), _rows(source, sample),
        )  # fmt: skip


def _rows(source: Source, sample: Block) -> int:
    """How many rows: known, counted in a small file, estimated from the sample in a large one."""
    if source.rows_total is not None:
        return source.rows_total
    if sample.next_row < SAMPLE_ROWS:
        return sample.next_row
    if source.bytes_total <= _COUNT_BYTES:
        return max(block.next_row for block in source.blocks((), SAMPLE_ROWS, 0))
    return round(sample.next_row * source.bytes_total / max(1, sample.bytes_done))


def preview(path: str | Path, mapping: Mapping, limit: int = 20) -> list[PreviewRow]:
    """The first ``limit`` rows as they will be read, those with an error among them, in file order."""
    path = Path(path)
    with naming(path.name):
        source, mapping = _prepare(path, mapping)
        block = next(source.blocks(mapping.columns(), limit, 0))
        batch = to_batch(block, mapping, source.bytes_total)
    line_of = dict(zip(block.rows.tolist(), block.lines.tolist(), strict=True))
    rows = [
        PreviewRow(
            line_of[event["row"]], event["person"], event["name"], _iso(event["at_us"]),
            json.loads(event["properties"]), event["channel"],
        )
        for event in batch.table.to_pylist()
    ]  # fmt: skip
    rows += [PreviewRow(fault.line, "", "", "", error=fault) for fault in batch.rejected]
    return sorted(rows, key=lambda row: row.line)


def read_batches(
    path: str | Path, mapping: Mapping, *, batch_rows: int = 50_000, start_row: int = 0
) -> Iterator[Batch]:
    """The file's events from data row ``start_row`` on, in order.

    What is wrong with the file or the mapping as a whole is raised at once, before the first batch; only a
    file that breaks further on raises later. The result does not depend on ``batch_rows`` or ``start_row``:
    what is recognised comes from the same sample every time.
    """
    path = Path(path)
    with naming(path.name):
        source, mapping = _prepare(path, mapping)
    return _batches(source, mapping, batch_rows, start_row, path.name)


def _batches(source: Source, mapping: Mapping, size: int, start_row: int, name: str) -> Iterator[Batch]:
    with naming(name):
        for block in source.blocks(mapping.columns(), size, start_row):
            yield to_batch(block, mapping, source.bytes_total)


def open_source(path: Path, mapping: Mapping | None = None) -> Source:
    """The table in a file, by its content; ``mapping`` may say encoding, delimiter and sheet."""
    if mapping is None:
        return _source(path, sniff(path))
    said = {"sheet": mapping.sheet, "encoding": mapping.encoding, "delimiter": mapping.delimiter}
    return _source(path, sniff(path), **said)


def _source(
    path: Path,
    sniffed: Sniffed,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Source:
    # Each reader is imported when a file needs it: a CSV has no use for the spreadsheet library.
    if sniffed.format == "parquet":
        from hamsafar.events.files.parquet import ParquetSource

        return ParquetSource(path)
    if sniffed.format == "xlsx":
        from hamsafar.events.files.xlsx import XlsxSource

        return XlsxSource(path, sheet)
    if sniffed.format == "xes":
        from hamsafar.events.files.xes import XesSource

        return XesSource(path, sniffed)
    if sniffed.format == "jsonl":
        from hamsafar.events.files.jsonl import JsonLinesSource

        return JsonLinesSource(path, sniffed, encoding)
    from hamsafar.events.files.delimited import DelimitedSource

    return DelimitedSource(path, sniffed, encoding, delimiter)


def _prepare(path: Path, mapping: Mapping) -> tuple[Source, Mapping]:
    """The source, and the mapping with all that was left open recognised."""
    mapping.check()  # before the file is opened: it may name an encoding that does not exist
    source = open_source(path, mapping)
    return source, settled(source, mapping)


def settled(source: Source, mapping: Mapping) -> Mapping:
    """The (checked) mapping with the source's own column names, and all that was left open recognised."""
    found = {name: find_column(source.names, name) for name in mapping.columns()}
    mapping = replace(
        mapping,
        person=found[mapping.person],
        event=found.get(mapping.event, ""),
        time=found[mapping.time],
        time_of_day=found.get(mapping.time_of_day or ""),
        channel=found.get(mapping.channel or ""),
        properties=tuple(dict.fromkeys(found[name] for name in mapping.properties)),
    )
    sample = _sample(source, mapping.columns())
    if mapping.time_format is None:
        mapping = replace(mapping, time_format=_time_format(source, sample, mapping.time))
    if mapping.numbers is None:
        seen = [guess.look(sample, name, typed=source.typed) for name in mapping.properties]
        mapping = replace(mapping, numbers=tuple(each.name for each in seen if each.kind == "number"))
    else:
        mapping = replace(mapping, numbers=tuple(find_column(source.names, name) for name in mapping.numbers))
    return mapping


def guessed(source: Source, filename: str) -> Mapping:
    """The mapping that ``inspect`` would guess for a table that is not a file of ours to open."""
    sample = _sample(source, source.names)
    return _guess(source, [guess.look(sample, name, typed=source.typed) for name in source.names], filename)[
        0
    ]


def _sample(source: Source, columns: tuple[str, ...]) -> Block:
    block = next(source.blocks(columns, SAMPLE_ROWS, 0), None)
    if block is None:
        raise NoRows()
    if not len(block.rows):
        raise NoReadableRow(block.next_row, block.rejected[0])
    return block


def _check_header(source: Source, sample: Block) -> None:
    """Names that are themselves times above times: the file begins with data."""
    if source.format != "csv":
        return
    for name in source.names:
        if recognise([name], numbers=False) and guess.look(sample, name, typed=False).kind == "time":
            raise HeaderMissing(line=1, value=name)


def _time_format(source: Source, sample: Block, column: str) -> str:
    values = sample.columns[column]
    if not isinstance(values, list) and (pa.types.is_timestamp(values.type) or pa.types.is_date(values.type)):
        return "iso"
    texts = as_text(values)
    distinct = [text for text in texts.unique().to_pylist() if text]
    times = recognise(distinct, numbers=True)
    if times is None:
        bad = next((place for place, text in enumerate(texts.to_pylist()) if text), 0)
        raise TimeNotRecognised(column=column, value=texts[bad].as_py() or "", line=int(sample.lines[bad]))
    found = times.format or _order_in_all(source, column)
    if found is None:
        raise DateOrderAmbiguous(column=column, value=times.example)
    return found


def _order_in_all(source: Source, column: str) -> str | None:
    """Day first or month first, from the first rows of the column that prove it; None when none does."""
    for block in source.blocks((column,), SAMPLE_ROWS, 0):
        distinct = as_text(block.columns[column]).unique().to_pylist()
        found = decide(Counter(order_of(simplify(text) or "") for text in distinct if text))
        if found:
            return found
    return None


def _guess(source: Source, seen: list[guess.Seen], filename: str) -> tuple[Mapping, list[Question]]:
    questions: list[Question] = []
    if len(source.sheets) > 1:
        questions.append(Question("several_sheets", "", source.sheets))
    time = guess.time_column(seen)
    time_format = time.time.format if time and time.time else None
    if time is None:
        questions.append(Question("no_time_column"))
    elif time_format is None:
        time_format = _order_in_all(source, time.name)
        if time_format is None:
            questions.append(Question("ambiguous_date_order", time.name, ("dmy", "mdy")))
    rest = [each for each in seen if each is not time]
    person = guess.person_column(rest)
    if person is None:
        questions.append(Question("no_person_column"))
    rest = [each for each in rest if each is not person]
    event = guess.event_column(rest)
    constant = None
    if event is None:
        constant = _constant(filename)
        questions.append(Question("no_event_column", "", (constant,)))
    rest = [each for each in rest if each is not event]
    clock = None
    if time and time.time and not time.time.has_clock:
        clock = next((each for each in rest if each.kind == "time_of_day"), None)
    channel = guess.channel_column(rest)
    properties = [each for each in rest if each not in (clock, channel) and each.kind != "empty"]
    jalali = bool(time_format and time_format.startswith("jalali"))
    return Mapping(
        person=person.name if person else "",
        event=event.name if event else "",
        time=time.name if time else "",
        event_constant=constant,
        properties=tuple(each.name for each in properties),
        channel=channel.name if channel else None,
        time_of_day=clock.name if clock else None,
        time_format=time_format,
        timezone="Asia/Tehran" if jalali else "UTC",
        numbers=tuple(each.name for each in properties if each.kind == "number"),
        encoding=source.encoding,
        delimiter=source.delimiter,
        sheet=source.sheet,
    ), questions


def _constant(filename: str) -> str:
    """A name for the events of a file in which every row is one of the same kind."""
    stem = filename.replace("\\", "/").rsplit("/", 1)[-1].split(".", 1)[0]
    return (cell_text(" ".join(stem.split())) or "")[:60] or "event"


def _iso(at_us: int) -> str:
    return (_EPOCH + timedelta(microseconds=int(at_us))).isoformat()
