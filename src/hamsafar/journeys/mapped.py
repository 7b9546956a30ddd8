"""Arrays in one memory-mapped file that says what it is.

Layout: 8 bytes magic, uint32 version of the layout, uint32 length of the header, the header as JSON, uint32
CRC of all before it; then the arrays, each aligned to 64 bytes. The header holds the kind and meta of the
file, each array's type, length and place, and the size of the whole file. A file is written under a temporary
name, forced to disk and renamed: one that is there is whole, unless somebody cut it, which the size tells.
"""

from __future__ import annotations

import json
import mmap
import os
import secrets
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

MAGIC = b"HMSFPATH"
LAYOUT = 3
_ABANDONED_SECONDS = 86_400
_LONGEST_HEADER = 1 << 20

Array = npt.NDArray[Any]
Shapes = Mapping[str, tuple[np.dtype[Any], int]]


class NotAMappedFile(Exception):
    """The file is missing, cut short, damaged in its header, of another kind or of another layout."""


class FileWriter:
    """The arrays of a file being written: real arrays, on the disk."""

    def __init__(self, path: Path, kind: str, shapes: Shapes) -> None:
        self._path, self._kind = path, kind
        self._sections: dict[str, dict[str, Any]] = {}
        # The header's length is known only when its meta is; a generous block is set aside for it.
        place = self._header_room = _aligned(4096 + 200 * len(shapes))
        for name, (dtype, length) in shapes.items():
            self._sections[name] = {"dtype": np.dtype(dtype).str, "length": length, "at": place}
            place = _aligned(place + np.dtype(dtype).itemsize * length)
        self._size = place
        with path.open("wb") as file:
            file.truncate(self._size)
        self.arrays = {name: _array(path, section, "r+") for name, section in self._sections.items()}

    def finish(self, meta: Mapping[str, Any]) -> None:
        for array in self.arrays.values():
            if isinstance(array, np.memmap):
                array.flush()
        header = json.dumps(
            {"kind": self._kind, "size": self._size, "sections": self._sections, "meta": dict(meta)},
            ensure_ascii=False,
        ).encode()
        block = MAGIC + np.array([LAYOUT, len(header)], dtype="<u4").tobytes() + header
        block += np.array([zlib.crc32(block)], dtype="<u4").tobytes()
        if len(block) > self._header_room:
            raise ValueError("the meta of a mapped file is meant to be small")
        with self._path.open("r+b") as file:
            file.write(block)
            file.flush()
            os.fsync(file.fileno())


@contextmanager
def writing(path: Path, kind: str, shapes: Shapes, meta: dict[str, Any]) -> Iterator[dict[str, Array]]:
    """Yield the arrays to fill; afterwards the file is at ``path``, whole, or (on an error) as it was.

    ``meta`` is read at the end, so it may be completed while the arrays are filled.
    """
    for left_behind in path.parent.glob(".*.part"):  # by a process that was killed in the middle
        with suppress(OSError):
            if time.time() - left_behind.stat().st_mtime > _ABANDONED_SECONDS:
                left_behind.unlink()
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}.part")
    try:
        writer = FileWriter(temporary, kind, shapes)
        yield writer.arrays
        writer.finish(meta)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def opening(path: Path, kind: str) -> tuple[dict[str, Any], dict[str, Array]]:
    """Meta and read-only memory-mapped arrays of a file; raises ``NotAMappedFile`` rather than believe it."""
    try:
        with path.open("rb") as file:
            start = file.read(16)
            if len(start) < 16 or start[:8] != MAGIC:
                raise NotAMappedFile(f"{path.name} is not one of our files")
            layout, length = (int(number) for number in np.frombuffer(start[8:], dtype="<u4"))
            if layout != LAYOUT:
                raise NotAMappedFile(f"{path.name} has layout {layout}, not {LAYOUT}")
            if length > _LONGEST_HEADER:
                raise NotAMappedFile(f"the header of {path.name} is damaged")
            rest = file.read(length + 4)
            if zlib.crc32(start + rest[:length]) != int.from_bytes(rest[length:], "little"):
                raise NotAMappedFile(f"the header of {path.name} is damaged")
            header = json.loads(rest[:length])
            size = os.fstat(file.fileno()).st_size
    except (OSError, ValueError) as error:
        raise NotAMappedFile(f"{path.name} cannot be read: {error}") from error
    if header["size"] != size:
        raise NotAMappedFile(f"{path.name} has {size} bytes of {header['size']}")
    if header["kind"] != kind:
        raise NotAMappedFile(f"{path.name} holds {header['kind']}, not {kind}")
    return header["meta"], {name: _array(path, section, "r") for name, section in header["sections"].items()}


def release(*arrays: Array) -> None:
    """Give the memory of mapped arrays back to the system; what they hold stays in their files, and comes again.

    What a process has read or written of a mapped file counts as its memory until the map is closed. Arrays that are
    not mapped keep theirs, and so do all where the system knows of no such advice.
    """
    advice = getattr(mmap, "MADV_DONTNEED", None)
    for array in arrays:
        base: Any = array
        while base is not None and not isinstance(base, mmap.mmap):
            base = getattr(base, "base", None)
        if base is not None and advice is not None:
            base.madvise(advice)


def _array(path: Path, section: Mapping[str, Any], mode: Any) -> Array:
    dtype, length = np.dtype(section["dtype"]), int(section["length"])
    if length == 0:  # an empty map is refused by the system
        return np.empty(0, dtype=dtype)
    array = np.memmap(path, dtype=dtype, mode=mode, offset=int(section["at"]), shape=(length,))
    return np.asarray(array) if mode == "r" else array


def _aligned(place: int) -> int:
    return (place + 63) // 64 * 64
