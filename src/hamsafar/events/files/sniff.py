"""What kind of file this is, told by its content, and its bytes, unpacked within limits."""

from __future__ import annotations

import gzip
import io
import os
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from hamsafar.events.files.errors import ExpandsTooFar, FileBroken, FileEncrypted, NoRows, UnknownFileType

Format = Literal["csv", "jsonl", "parquet", "xlsx", "xes"]

HEAD_BYTES = 256 * 1024
# gzip reaches at most about 1,000 to 1. Real logs stay under 100; beyond this a file is made to harm.
MAX_RATIO = 200
RATIO_APPLIES_FROM = 64 * 1024 * 1024
MAX_EXPANDED = 64 * 1024**3

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTROLS = [bytes([code]) for code in (0, 1, 2, 3, 4, 5, 6, 14, 15, 16, 17, 18)]
_KNOWN_OTHERS = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"),
    (b"ORC", "orc"),
    (b"SQLite format 3", "database"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
)


@dataclass(frozen=True)
class Sniffed:
    """``head`` is the beginning of the content, unpacked."""

    format: Format
    compression: Literal["gzip"] | None
    head: bytes


def sniff(path: Path) -> Sniffed:
    """Raises ``UnknownFileType``, ``FileEncrypted``, ``FileBroken`` or ``NoRows`` (an empty file)."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    compression: Literal["gzip"] | None = None
    if head[:2] == b"\x1f\x8b":
        compression = "gzip"
        with open_bytes(path, "gzip") as stream:
            head = stream.read(HEAD_BYTES)
    if not head.strip(b"\x00\r\n\t \xef\xbb\xbf"):
        if any(head):
            raise NoRows()
        if head:
            raise UnknownFileType(looks_like="zeros")
        raise NoRows()
    return Sniffed(_format(path, head, compression), compression, head)


def _format(path: Path, head: bytes, compression: str | None) -> Format:
    packed: Format | None = None
    if head[:4] == b"PAR1":
        packed = "parquet"
    elif head[:4] == b"PARE":
        raise FileEncrypted()
    elif head[:4] == b"PK\x03\x04":
        if b"xl/" not in head and not _is_workbook(path):
            raise UnknownFileType(looks_like="zip")
        packed = "xlsx"
    elif head[:8] == _OLE:
        # Excel wraps an encrypted workbook, as well as the format before 2007, in this container.
        with path.open("rb") as file:
            if "EncryptedPackage".encode("utf-16-le") in file.read(64 * 1024 * 1024):
                raise FileEncrypted()
        raise UnknownFileType(looks_like="xls")
    if packed is not None:
        if compression is not None:
            raise UnknownFileType(looks_like="gzip_of_packed")
        return packed
    for magic, name in _KNOWN_OTHERS:
        if head.startswith(magic):
            raise UnknownFileType(looks_like=name)
    if head[257:262] == b"ustar":
        raise UnknownFileType(looks_like="archive")
    return _text_format(head)


def _is_workbook(path: Path) -> bool:
    import zipfile

    try:
        with zipfile.ZipFile(path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError) as error:
        raise FileBroken(kind="XLSX", place="ZIP") from error


def _text_format(head: bytes) -> Format:
    # Zero bytes are dropped so that UTF-16 is seen as the text it holds.
    start = head[:4096].removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    plain = start.replace(b"\x00", b"").lstrip().lower()
    if plain.startswith((b"<?xml", b"<log", b"<!doctype", b"<html", b"<table", b"<")):
        if b"<log" in plain:
            return "xes"
        if b"<html" in plain or b"<table" in plain:
            raise UnknownFileType(looks_like="html")
        if plain.startswith(b"<?xml") or plain.startswith(b"<!"):
            raise UnknownFileType(looks_like="xml")
    if plain.startswith(b"{"):
        return "jsonl"
    if plain.startswith(b"["):
        raise UnknownFileType(looks_like="json_array")
    is_utf16 = head[:2] in (b"\xff\xfe", b"\xfe\xff") or utf16_without_mark(head)
    if not is_utf16 and sum(map(head.count, _CONTROLS)) > 8 + len(head) // 100:
        raise UnknownFileType(looks_like="binary")
    return "csv"


def utf16_without_mark(head: bytes) -> Literal["utf-16-le", "utf-16-be"] | None:
    """Separators and digits have a zero byte in UTF-16, always on the same side; other text has none."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) // 50 and even <= odd // 10:
        return "utf-16-le"
    if even > len(head) // 50 and odd <= even // 10:
        return "utf-16-be"
    return None


class _Unpacked(io.RawIOBase):
    """A gzip stream that stops before it has expanded beyond reason."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._size = os.fstat(self._file.fileno()).st_size
        self._stream = gzip.GzipFile(fileobj=self._file)
        self._out = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._stream.read(len(buffer))
        except (EOFError, zlib.error, gzip.BadGzipFile, OSError) as error:
            raise FileBroken(kind="gzip", place=f"{self._file.tell()} B") from error
        self._out += len(data)
        most = min(MAX_EXPANDED, max(RATIO_APPLIES_FROM, self._size * MAX_RATIO))
        if self._out > most:
            raise ExpandsTooFar(compressed=self._size, limit=most)
        buffer[: len(data)] = data
        return len(data)

    def packed_position(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        self._stream.close()
        self._file.close()
        super().close()


class ByteStream(io.BufferedReader):
    """The unpacked bytes of a file; ``done()`` is how far into the file itself one has read."""

    def __init__(self, raw: io.RawIOBase) -> None:
        super().__init__(raw, 256 * 1024)
        self._counted = raw

    def done(self) -> int:
        if isinstance(self._counted, _Unpacked):
            return self._counted.packed_position()
        return self._counted.tell()


def open_bytes(path: Path, compression: str | None) -> ByteStream:
    return ByteStream(_Unpacked(path) if compression == "gzip" else io.FileIO(path))
