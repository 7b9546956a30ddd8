"""Uploaded files on disk: named by id, never by what the user calls them."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from hamsafar.events.errors import UploadTooLarge


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """Streams a file to disk and stops reading at ``MAX_UPLOAD_BYTES``."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._received += len(raw_data)
        check_size(self._received)
        super().receive_data_chunk(raw_data, start)


def check_size(size: int) -> None:
    if size > settings.MAX_UPLOAD_BYTES:
        raise UploadTooLarge(limit_megabytes=settings.MAX_UPLOAD_BYTES // 1024**2)


def folder() -> Path:
    path = Path(settings.DATA_DIR) / "uploads"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def path_of(upload_id: str) -> Path:
    return folder() / upload_id


def plain_name(filename: str) -> str:
    """A file's name as it may be shown: its last part, no control or direction marks, at most 255 characters."""
    last = filename.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C" or letter == "\u200c")
    return shown.strip()[-255:] or "file"
