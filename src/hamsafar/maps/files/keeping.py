"""Contents on disk, named by their hash: ``files/<workspace>/<ab>/<abcdef...>`` in the data folder.

A content is whole or not there: it is written beside its place, forced to the disk, then moved.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from pathlib import Path

from django.conf import settings

THUMBNAIL = "-small"
# No upload is written for so long.
_UNFINISHED_SECONDS = 86_400


def digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def path_of(workspace_id: str, digest: str, part: str = "") -> Path:
    """``part`` "" is the content itself, ``THUMBNAIL`` its small picture."""
    return _folder(workspace_id) / digest[:2] / f"{digest}{part}"


def _folder(workspace_id: str) -> Path:
    return Path(settings.DATA_DIR) / "files" / workspace_id


def keep(workspace_id: str, digest: str, data: bytes, part: str = "") -> None:
    """On the disk when it returns; the same content again changes nothing."""
    path = path_of(workspace_id, digest, part)
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    number, beside = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    for folder in (path.parent, path.parent.parent, path.parent.parent.parent):
        _force(folder)


def _force(folder: Path) -> None:
    """So that the folder's entry, too, outlives a power cut; Windows has no such thing."""
    if os.name != "posix":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def forget(workspace_id: str, digest: str) -> None:
    for part in ("", THUMBNAIL):
        path_of(workspace_id, digest, part).unlink(missing_ok=True)


def forget_workspace(workspace_id: str) -> None:
    folder = _folder(workspace_id)
    if folder.exists():
        shutil.rmtree(folder)


def digests(workspace_id: str) -> set[str]:
    """Of all contents that lie there whole."""
    found = _folder(workspace_id).glob("??/*")
    return {path.name.removesuffix(THUMBNAIL) for path in found if not path.name.startswith(".")}


def drop_unfinished(workspace_id: str) -> None:
    """What writers that were killed have left beside its place."""
    for path in _folder(workspace_id).glob("??/.new-*"):
        if time.time() - path.stat().st_mtime > _UNFINISHED_SECONDS:
            path.unlink(missing_ok=True)
