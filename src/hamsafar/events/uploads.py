"""Uploaded files on disk: named by id, never by what the user calls them."""

from __future__ import annotations

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
