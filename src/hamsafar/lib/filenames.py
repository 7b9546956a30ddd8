"""Names of files, as people's computers send them."""

from __future__ import annotations

import unicodedata


def plain_name(filename: str) -> str:
    """A file's name as it may be shown: its last part, no control or direction marks, at most 255 characters."""
    last = filename.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C" or letter == "\u200c")
    return shown.strip()[-255:] or "file"
