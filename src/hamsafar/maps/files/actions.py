"""Taking a file in. Permission has been checked by the caller."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from hamsafar.accounts.actions import audit
from hamsafar.accounts.policies import Membership
from hamsafar.maps import queries
from hamsafar.maps.errors import MapNotFound
from hamsafar.maps.files import drawings, keeping, kinds, pictures
from hamsafar.maps.files.errors import FileEmpty, FilesFull, FileTooLarge
from hamsafar.maps.files.queries import FileView, used_bytes, view
from hamsafar.maps.files.tasks import ask_for_sweep
from hamsafar.maps.models import Map, MapFile

LARGEST = 20 * 1024**2


@dataclass(frozen=True)
class _Ready:
    """A file made harmless, before it is kept."""

    name: str
    media: str
    data: bytes
    thumbnail: bytes = b""
    width: int | None = None
    height: int | None = None

    @property
    def size(self) -> int:
        return len(self.data) + len(self.thumbnail)


def add_file(member: Membership, map_id: str, given_name: str, data: bytes) -> FileView:
    """Keeps a file for the cards of a workspace's maps; the same under the same name again is the one that is there.

    Raises MapNotFound and the errors of ``files.errors``; nothing is kept then.
    """
    queries.get_map(member.workspace_id, map_id)
    ready = _made_harmless(given_name, data)
    digest = keeping.digest_of(ready.data)
    # Before the slow writing, so that a full workspace costs no disk; it is asked again when it counts.
    _check_room(member.workspace_id, digest, ready)
    _keep(member.workspace_id, digest, ready)
    with transaction.atomic():
        # One at a time in a workspace: two files that each would fit do not both take the last of the room.
        _lock(member.workspace_id, map_id)
        found = MapFile.objects.filter(
            workspace_id=member.workspace_id, digest=digest, name=ready.name, media=ready.media
        ).first()
        if found is None:
            try:
                _check_room(member.workspace_id, digest, ready)
            except FilesFull:
                keeping.forget(member.workspace_id, digest)
                raise
            found = MapFile.objects.create(
                workspace_id=member.workspace_id,
                digest=digest,
                name=ready.name,
                media=ready.media,
                size=ready.size,
                width=ready.width,
                height=ready.height,
                created_by_id=member.user_id,
            )
            audit(member.workspace_id, member.user_id, "add_file", map_id, file=found.id, name=ready.name)
        elif found.unused_since is not None:
            MapFile.objects.filter(id=found.id).update(unused_since=None)
        # Whoever was refused a moment ago may have taken the same content away.
        _keep(member.workspace_id, digest, ready)
    ask_for_sweep(member.workspace_id)
    return view(found)


def forget_workspace(workspace_id: str) -> None:
    """For good: rows and contents of a workspace that was deleted."""
    MapFile.objects.filter(workspace_id=workspace_id).delete()
    keeping.forget_workspace(workspace_id)


def _lock(workspace_id: str, map_id: str) -> None:
    """Until the transaction ends. On SQLite a transaction that writes is alone anyway."""
    own = Map.objects.filter(id=map_id, workspace_id=workspace_id, deleted_at=None)
    if not own.select_for_update(of=("workspace",), no_key=True).select_related("workspace"):
        raise MapNotFound()


def _made_harmless(given_name: str, data: bytes) -> _Ready:
    name = kinds.harmless_name(given_name)
    if not data:
        raise FileEmpty(name=name)
    if len(data) > LARGEST:
        raise FileTooLarge(limit_megabytes=LARGEST // 1024**2)
    suffix = kinds.suffix_of(name)
    if suffix in kinds.PICTURES:
        made = pictures.reencode(data, name)
        name = kinds.harmless_name(name, made.suffix)
        return _Ready(name, made.media, made.data, made.thumbnail, made.width, made.height)
    if suffix == "svg":
        return _Ready(kinds.harmless_name(name, "svg"), drawings.MEDIA, drawings.sanitise(data, name))
    return _Ready(kinds.harmless_name(name, suffix), kinds.check_document(name, suffix, data), data)


def _check_room(workspace_id: str, digest: str, ready: _Ready) -> None:
    """Raises FilesFull. What is there already takes no more room under another name."""
    used, limit = used_bytes(workspace_id), settings.MAX_FILES_BYTES
    if (
        used + ready.size <= limit
        or MapFile.objects.filter(workspace_id=workspace_id, digest=digest).exists()
    ):
        return
    megabyte = 1024**2
    raise FilesFull(
        used=round(used / megabyte, 1),
        limit=round(limit / megabyte, 1),
        needed=round(ready.size / megabyte, 1),
        name=ready.name,
    )


def _keep(workspace_id: str, digest: str, ready: _Ready) -> None:
    keeping.keep(workspace_id, digest, ready.data)
    if ready.thumbnail:
        keeping.keep(workspace_id, digest, ready.thumbnail, keeping.THUMBNAIL)
