"""Writes: receiving a file, importing it, cancelling and undoing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from hamsafar.accounts.actions import audit
from hamsafar.accounts.policies import Membership
from hamsafar.events import queries, uploads
from hamsafar.events.errors import ImportNotDone, ImportRunning, UploadNotFound
from hamsafar.events.files import Mapping, inspect, preview
from hamsafar.events.models import Import, Upload
from hamsafar.events.queries import ImportView, UploadView, event_store, get_import
from hamsafar.events.signals import events_changed
from hamsafar.events.store import Appended, RejectedCount
from hamsafar.events.stores import open_stores
from hamsafar.jobs import actions as jobs
from hamsafar.lib.filenames import plain_name
from hamsafar.lib.ids import new_id

KEEP_UPLOADS = timedelta(days=2)


@dataclass(frozen=True)
class ImportWork:
    """What the job needs to know of an import."""

    import_id: str
    path: Path
    mapping: Mapping


def receive_upload(workspace_id: str, user_id: str, file: UploadedFile[Any]) -> UploadView:
    """Keeps an uploaded file and looks at it; a file that cannot be read is not kept."""
    uploads.check_size(file.size or 0)

    def write(path: Path) -> None:
        with path.open("wb") as target:
            shutil.copyfileobj(file, target, 1024 * 1024)

    return _keep(workspace_id, user_id, file.name or "", write)


def receive_file(workspace_id: str, user_id: str | None, path: Path, filename: str = "") -> UploadView:
    """The same for a file that is already on this machine; it is copied, its owner may change or delete it."""
    return _keep(workspace_id, user_id, filename or path.name, lambda kept: shutil.copyfile(path, kept))


def _keep(
    workspace_id: str, user_id: str | None, filename: str, write: Callable[[Path], object]
) -> UploadView:
    _delete_old_uploads()
    upload_id, name = new_id(), plain_name(filename)
    path = uploads.path_of(upload_id)
    try:
        write(path)
        inspection = inspect(path, filename=name).to_dict()
        Upload.objects.create(
            id=upload_id,
            workspace_id=workspace_id,
            filename=name,
            size=path.stat().st_size,
            inspection=inspection,
            created_by_id=user_id,
        )
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return queries.get_upload(workspace_id, upload_id)


def _delete_old_uploads() -> None:
    """Files that nobody imported, whose import has ended, or whose upload was cut off, go after a while."""
    long_ago = timezone.now() - KEEP_UPLOADS
    for upload in Upload.objects.filter(created_at__lt=long_ago):
        imports = [get_import(upload.workspace_id, one.id) for one in upload.import_set.all()]
        if not any(one.status in ("queued", "running") for one in imports):
            uploads.path_of(upload.id).unlink(missing_ok=True)
            upload.delete()
    for path in uploads.folder().iterdir():
        if path.stat().st_mtime < long_ago.timestamp() and not Upload.objects.filter(id=path.name).exists():
            path.unlink(missing_ok=True)


def start_import(workspace_id: str, user_id: str | None, upload_id: str, mapping: Mapping) -> ImportView:
    """Queues the import of an uploaded file; a mapping that does not fit the file is told at once."""
    upload = queries.get_upload(workspace_id, upload_id)
    path = uploads.path_of(upload_id)
    if not path.is_file():
        raise UploadNotFound()
    preview(path, mapping, limit=1)
    import_id = new_id()
    with transaction.atomic():
        job = jobs.start(workspace_id, "import", {"import_id": import_id}, user_id)
        Import.objects.create(
            id=import_id,
            workspace_id=workspace_id,
            upload_id=upload_id,
            job_id=job.id,
            filename=upload.filename,
            size=upload.size,
            mapping=mapping.to_dict(),
            created_by_id=user_id,
        )
        audit(workspace_id, user_id, "start_import", import_id, filename=upload.filename)
    return get_import(workspace_id, import_id)


def cancel_import(workspace_id: str, import_id: str) -> ImportView:
    """Asks a running import to stop; the events stay as they were before it. An ended one stays as it is."""
    found = get_import(workspace_id, import_id)
    jobs.cancel(workspace_id, found.job_id)
    return get_import(workspace_id, import_id)


def undo_import(member: Membership, import_id: str) -> ImportView:
    """Takes back all events of an import that is done; see ``WorkspaceEvents.undo_import``."""
    found = get_import(member.workspace_id, import_id)
    if found.status in ("queued", "running"):
        raise ImportRunning()
    if found.status != "done":
        raise ImportNotDone()
    gone = event_store(member.workspace_id).undo_import(import_id)
    with transaction.atomic():
        Import.objects.filter(id=import_id).update(undone_at=timezone.now())
        audit(member.workspace_id, member.user_id, "undo_import", import_id, events=gone)
    events_changed.send_robust(undo_import, workspace_id=member.workspace_id)
    return get_import(member.workspace_id, import_id)


def import_work(workspace_id: str, import_id: str) -> ImportWork:
    """For the import's job. ``UploadNotFound`` when the file is gone."""
    found = Import.objects.get(workspace_id=workspace_id, id=import_id)
    path = uploads.path_of(found.upload_id or "")
    if found.upload_id is None or not path.is_file():
        raise UploadNotFound()
    return ImportWork(found.id, path, Mapping.from_dict(found.mapping))


def discard_abandoned(workspace_id: str) -> None:
    """Removes rows laid aside by imports that were cancelled before their next attempt."""
    events = event_store(workspace_id)
    for import_id in events.staged_imports():
        found = Import.objects.filter(workspace_id=workspace_id, id=import_id).first()
        if found is None or get_import(workspace_id, import_id).status not in ("queued", "running"):
            events.undo_import(import_id)


def note_rows(import_id: str, *, read: int, rejected: int) -> None:
    """How far a running import is."""
    Import.objects.filter(id=import_id).update(rows_read=read, rows_rejected=rejected)


def note_finished(import_id: str, appended: Appended, rejected: list[RejectedCount]) -> None:
    """What an import did in the end."""
    unreadable = sum(reason.count for reason in rejected)
    Import.objects.filter(id=import_id).update(
        rows_read=appended.added + appended.duplicates + unreadable,
        rows_added=appended.added,
        rows_duplicate=appended.duplicates,
        rows_rejected=unreadable,
        reasons=[asdict(reason) for reason in rejected],
    )


def delete_events(workspace_id: str, **_: Any) -> None:
    """Forgets everything a deleted workspace has in this room: its running imports, files and events."""
    for found in Import.objects.filter(workspace_id=workspace_id):
        jobs.cancel(workspace_id, found.job_id)
    for upload in Upload.objects.filter(workspace_id=workspace_id):
        uploads.path_of(upload.id).unlink(missing_ok=True)
    open_stores().delete(workspace_id)
