"""XES event logs (IEEE 1849): an event is a row; its trace's attributes are columns ``case:...``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.sax.handler import ContentHandler, ErrorHandler
from xml.sax.xmlreader import AttributesImpl, Locator

import numpy as np

from hamsafar.events.files.blocks import Block, Source, column_names, column_of
from hamsafar.events.files.errors import FileBroken, FileBrokenAtLine, FileUnreadable, LineTooLong, NoRows
from hamsafar.events.files.reasons import Rejected
from hamsafar.events.files.sniff import Sniffed, open_bytes

_PIECE = 64 * 1024
_MAX_SILENCE = 4 * 1024 * 1024  # bytes without a tag: one value of that length is not an attribute
_SAMPLE_EVENTS = 10_000
_VALUES = {"string", "date", "int", "float", "boolean", "id"}


class XesSource(Source):
    """Read as a stream; external entities and document types are refused."""

    format = "xes"
    typed = True
    encoding = None

    def __init__(self, path: Path, sniffed: Sniffed) -> None:
        self._path = path
        self._compression = sniffed.compression
        self.bytes_total = path.stat().st_size
        keys: dict[str, None] = {}
        for count, (_, event, _) in enumerate(self._events(), 1):
            keys.update(dict.fromkeys(event))
            if count >= _SAMPLE_EVENTS:
                break
        if not keys:
            raise NoRows()
        # What every log has comes first, the case before all.
        self._keys = tuple(sorted(keys, key=lambda key: not key.startswith("case:")))
        self.names = column_names(self._keys, 1)

    def blocks(self, columns: Sequence[str], size: int, start_row: int) -> Iterator[Block]:
        keys = {name: self._keys[self.names.index(name)] for name in columns}
        events: list[dict[str, Any]] = []
        lines: list[int] = []
        row = 0

        def block(done: int) -> Block:
            return Block(
                {name: column_of([event.get(key) for event in events]) for name, key in keys.items()},
                np.arange(row - len(events), row, dtype=np.int64),
                np.array(lines, dtype=np.int64),
                list[Rejected](),
                done,
                row,
            )

        done = 0
        for line, event, done in self._events():
            row += 1
            if row <= start_row:
                continue
            events.append(event)
            lines.append(line)
            if len(events) >= size:
                yield block(done)
                events, lines = [], []
        if events:
            yield block(done)

    def _events(self) -> Iterator[tuple[int, dict[str, Any], int]]:
        """(line, attributes, bytes done) of every event."""
        from defusedxml.common import DefusedXmlException
        from defusedxml.expatreader import DefusedExpatParser

        handler = _Handler()
        parser: Any = DefusedExpatParser(forbid_dtd=True)  # type: ignore[no-untyped-call]  # a library without types
        handler.setDocumentLocator(parser)
        parser.setContentHandler(handler)
        parser.setErrorHandler(ErrorHandler())
        with open_bytes(self._path, self._compression) as stream:
            try:
                while piece := stream.read(_PIECE):
                    handler.silence += len(piece)
                    parser.feed(piece)
                    if handler.silence > _MAX_SILENCE:
                        raise LineTooLong(line=parser.getLineNumber() or 1, limit=_MAX_SILENCE)
                    found, handler.found = handler.found, []
                    for line, event in found:
                        yield line, event, stream.done()
                parser.close()
            except DefusedXmlException as error:
                raise FileBroken(kind="XES", place="<!DOCTYPE>") from error
            except Exception as error:
                if isinstance(error, FileUnreadable) or not _is_xml_fault(error):
                    raise
                raise FileBrokenAtLine(kind="XES", line=parser.getLineNumber() or 1) from error


def _is_xml_fault(error: Exception) -> bool:
    from xml.sax import SAXException

    return isinstance(error, SAXException | ValueError | LookupError)


class _Handler(ContentHandler):
    """Collects events; nested attributes belong to their attribute and are passed over."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, dict[str, Any]]] = []
        self.silence = 0
        self._trace: dict[str, Any] = {}
        self._event: dict[str, Any] | None = None
        self._into: dict[str, Any] | None = None
        self._line = 0
        self._nested = 0
        self._at: Locator | None = None

    def setDocumentLocator(self, locator: Locator) -> None:
        self._at = locator

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        self.silence = 0
        tag = name.rpartition(":")[2]
        if self._nested:
            self._nested += 1
        elif tag == "trace":
            self._trace = {}
            self._into = self._trace
        elif tag == "event":
            self._event = {}
            self._into = self._event
            self._line = (self._at.getLineNumber() or 0) if self._at else 0
        elif self._into is not None:
            self._nested = 1
            key = attrs.get("key")
            if key and tag in _VALUES:
                prefix = "case:" if self._into is self._trace else ""
                self._into[prefix + key] = _value(tag, attrs.get("value"))

    def endElement(self, name: str) -> None:
        self.silence = 0
        if self._nested:
            self._nested -= 1
            return
        tag = name.rpartition(":")[2]
        if tag == "event" and self._event is not None:
            self.found.append((self._line, {**self._trace, **self._event}))
            self._event = None
            self._into = self._trace
        elif tag == "trace":
            self._into = None


def _value(tag: str, text: str | None) -> Any:
    """The typed value; one that is not of its type stays as text, to be seen in the list of rejections."""
    if text is None:
        return None
    try:
        if tag == "int":
            return int(text)
        if tag == "float":
            return float(text)
    except ValueError:
        return text
    if tag == "boolean":
        return text.strip().casefold() in ("true", "1")
    return text
