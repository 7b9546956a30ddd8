"""What kinds of file there may be on a card, told by suffix and by what is inside. Free of Django."""

from __future__ import annotations

from collections.abc import Callable

from hamsafar.lib.filenames import plain_name
from hamsafar.maps.files.errors import FileKindRefused, FileNotWhatItSays

LONGEST_NAME = 120
PICTURES = ("png", "jpg", "jpeg", "webp", "gif")
_OFFICE = "application/vnd.openxmlformats-officedocument."
# Characters that some systems take for parts of a path or of a command.
_HARMFUL = str.maketrans(dict.fromkeys('<>:"/\\|?*', "_"))


def _is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:1024]


def _is_zip(data: bytes) -> bool:
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def _is_text(data: bytes) -> bool:
    return b"\x00" not in data or data.startswith((b"\xff\xfe", b"\xfe\xff"))


# Suffix -> (media type, whether data is of this kind). They are kept as they are and only ever downloaded.
DOCUMENTS: dict[str, tuple[str, Callable[[bytes], bool]]] = {
    "pdf": ("application/pdf", _is_pdf),
    "docx": (f"{_OFFICE}wordprocessingml.document", _is_zip),
    "xlsx": (f"{_OFFICE}spreadsheetml.sheet", _is_zip),
    "pptx": (f"{_OFFICE}presentationml.presentation", _is_zip),
    "odt": ("application/vnd.oasis.opendocument.text", _is_zip),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", _is_zip),
    "odp": ("application/vnd.oasis.opendocument.presentation", _is_zip),
    "zip": ("application/zip", _is_zip),
    "txt": ("text/plain", _is_text),
    "md": ("text/markdown", _is_text),
    "csv": ("text/csv", _is_text),
}
KNOWN = (*PICTURES, "svg", *DOCUMENTS)


def suffix_of(name: str) -> str:
    """Raises FileKindRefused for a suffix that is not known."""
    _, dot, suffix = name.rpartition(".")
    if not dot or suffix.lower() not in KNOWN:
        raise FileKindRefused(name=name[-LONGEST_NAME:], known=KNOWN)
    return suffix.lower()


def check_document(name: str, suffix: str, data: bytes) -> str:
    """The media type of a document. Raises FileNotWhatItSays."""
    media, fits = DOCUMENTS[suffix]
    if not fits(data):
        raise FileNotWhatItSays(name=name, suffix=suffix)
    return media


def harmless_name(given: str, suffix: str | None = None) -> str:
    """A name for screens and for disks: no path, control or direction marks; bounded; ``suffix`` instead of its own.

    >>> harmless_name("../../x/report.final.PDF", "pdf")
    'report.final.pdf'
    """
    name = plain_name(given).translate(_HARMFUL)
    stem, dot, own = name.rpartition(".")
    if not dot:
        stem, own = name, ""
    ending = f".{suffix or own}" if suffix or own else ""
    # Windows takes off spaces and points at the end, and hidden files begin with one.
    stem = stem.strip(" .")[: LONGEST_NAME - len(ending)].strip(" .")
    return f"{stem or 'file'}{ending}"
