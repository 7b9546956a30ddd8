"""From bytes to lines: which encoding, and lines of bounded length with their numbers."""

from __future__ import annotations

import codecs
import io
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from hamsafar.events.files.errors import LineTooLong, UnknownEncoding
from hamsafar.events.files.sniff import open_bytes, utf16_without_mark

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "windows-1256", "windows-1252")
MAX_LINE = 1024 * 1024
_CHUNK = 256 * 1024
_MAX_KEPT = 1024 * 1024

# Stands for bytes that are no text. A lone surrogate cannot be in a file, so it cannot be taken for data.
BROKEN = "\udcff"


def _mark_broken(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return BROKEN, error.end


codecs.register_error("hamsafar.broken", _mark_broken)


def check_encoding(name: str) -> str:
    """One of ``ENCODINGS`` from any spelling of it (``cp1256``, ``UTF8``, ``utf-8-sig``, ``utf-16``)."""
    aliases = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}
    try:
        canonical = codecs.lookup(name).name
    except (LookupError, ValueError):
        canonical = ""
    canonical = aliases.get(canonical, canonical).replace("cp125", "windows-125")
    if canonical not in ENCODINGS:
        raise UnknownEncoding(encoding=name, expected=", ".join(ENCODINGS))
    return canonical


def detect_encoding(path: Path, compression: str | None, head: bytes) -> str:
    """The encoding, by byte order mark, zero bytes, validity as UTF-8, and plausibility as Persian.

    A beginning of plain ASCII says nothing, so reading goes on to the first other byte.
    """
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8"
    if head.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le"
    if head.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be"
    unmarked = utf16_without_mark(head)
    if unmarked:
        return unmarked
    return _eight_bit(head if not head.isascii() else _first_other(path, compression))


def _first_other(path: Path, compression: str | None) -> bytes:
    with open_bytes(path, compression) as stream:
        while chunk := stream.read(1024 * 1024):
            if not chunk.isascii():
                return chunk + stream.read(_CHUNK)
    return b""


def _eight_bit(sample: bytes) -> str:
    # A sample may begin or end inside a character.
    start = next((at for at in range(min(4, len(sample))) if sample[at] & 0xC0 != 0x80), 0)
    decoded = sample[start:].decode("utf-8", "replace")
    broken = decoded[:-3].count("\ufffd")
    others = sum(1 for ch in decoded if ord(ch) > 127) - broken
    if others >= 10 * broken:  # a few broken rows in UTF-8 are told row by row, not by reading all as Arabic
        return "utf-8"
    return "windows-1256" if _is_arabic_script(sample.decode("windows-1256")) else "windows-1252"


def _is_arabic_script(text: str) -> bool:
    """Whether bytes read as Windows-1256 make words: Western accents are alone among Latin letters."""
    others = inside = 0
    for before, here, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if ord(here) > 127:
            others += 1
            if _is_letter(here) and (_is_letter(before) or _is_letter(after)):
                inside += 1
    return others > 0 and inside > others / 2


def _is_letter(ch: str) -> bool:
    return "\u0621" <= ch <= "\u06d3" or ch == "\u200c"


class TooFarAhead(Exception):
    """More was read than is kept for going back."""


class Lines:
    """Lines of a text file, each ending in ``\\n`` whatever the file ends them with.

    ``broken`` has the numbers of those lines read and kept that have bytes which are no text.
    ``read_from(n)`` gives the lines from number ``n`` (1-based) on. One may go back as far as ``keep_from``
    last said; reading a million characters beyond that raises ``TooFarAhead``, so that memory is bounded.
    A line longer than ``MAX_LINE`` is a ``LineTooLong``, found without holding more than that in memory.
    """

    def __init__(self, path: Path, compression: str | None, encoding: str) -> None:
        self._bytes = open_bytes(path, compression)
        self._text = io.TextIOWrapper(self._bytes, encoding, errors="hamsafar.broken", newline=None)
        self._rest = ""
        self._next = 1
        self._kept: deque[tuple[int, list[str]]] = deque()
        self.broken: set[int] = set()

    def close(self) -> None:
        self._text.close()

    def bytes_done(self) -> int:
        return self._bytes.done()

    def read_from(self, number: int) -> Iterator[str]:
        for first, lines in list(self._kept):
            yield from lines[max(0, number - first) :]
        while lines := self._read():
            yield from lines[max(0, number - self._next + len(lines)) :]

    def keep_from(self, number: int) -> None:
        """Lines before ``number`` are done with, also in ``broken``."""
        while self._kept and self._kept[0][0] + len(self._kept[0][1]) <= number:
            first, lines = self._kept.popleft()
            if self.broken:
                self.broken.difference_update(range(first, first + len(lines)))

    def _read(self) -> list[str]:
        if len(self._kept) * _CHUNK > _MAX_KEPT:
            raise TooFarAhead()
        while True:
            chunk = self._text.read(_CHUNK)
            if self._next == 1 and not self._rest:
                chunk = chunk.removeprefix("\ufeff")
            text = self._rest + chunk
            if not text:
                return []
            cut = text.rfind("\n") + 1 if chunk else len(text)
            if cut:
                break
            self._rest = text
            self._check(len(text), self._next)
        self._rest = text[cut:]
        lines = list(io.StringIO(text[:cut], newline="\n"))
        if cut > MAX_LINE:
            for at, line in enumerate(lines):
                self._check(len(line), self._next + at)
        if BROKEN in text:
            self.broken.update(self._next + at for at, line in enumerate(lines) if BROKEN in line)
        self._kept.append((self._next, lines))
        self._next += len(lines)
        return lines

    @staticmethod
    def _check(length: int, line: int) -> None:
        if length > MAX_LINE:
            raise LineTooLong(line=line, limit=MAX_LINE)
