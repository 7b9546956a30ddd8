"""Reads: the workspace's events, uploads and imports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from hamsafar.events import uploads
from hamsafar.events.errors import ImportNotFound, PersonNotFound, UploadNotFound
from hamsafar.events.files import Mapping, Question, inspect, preview
from hamsafar.events.files.errors import DateOrderAmbiguous
from hamsafar.events.models import Import, Upload
from hamsafar.events.store import PersonSummary, StoredEvent, WorkspaceEvents
from hamsafar.events.stores import open_stores
from hamsafar.jobs.queries import JobView, get_jobs
from hamsafar.lib.paging import decode_cursor, encode_cursor

MAX_PAGE = 500
PREVIEW_ROWS = 20


@dataclass(frozen=True)
class UploadView:
    id: str
    filename: str
    size: int
    inspection: dict[str, Any]


@dataclass(frozen=True)
class ImportView:
    """``status`` is the job's, or "undone"; ``reasons`` are ``{"code", "column", "count", "first_line"}``."""

    id: str
    filename: str
    size: int
    status: str
    job_id: str
    progress: float | None
    error: dict[str, Any] | None
    rows_read: int
    rows_added: int
    rows_duplicate: int
    rows_rejected: int
    reasons: list[dict[str, Any]]
    mapping: dict[str, Any]
    created_at: datetime
    created_by: str | None


def event_store(workspace_id: str) -> WorkspaceEvents:
    """The events of a workspace."""
    return open_stores().workspace(workspace_id)


def get_upload(workspace_id: str, upload_id: str) -> UploadView:
    upload = Upload.objects.filter(workspace_id=workspace_id, id=upload_id).first()
    if upload is None:
        raise UploadNotFound()
    return UploadView(upload.id, upload.filename, upload.size, upload.inspection)


def inspection_of(
    workspace_id: str, upload_id: str, *, sheet: str | None, encoding: str | None, delimiter: str | None
) -> dict[str, Any]:
    """An uploaded file's columns and guess when it is read as said; what is None is recognised."""
    upload, path = _uploaded(workspace_id, upload_id)
    found = inspect(path, filename=upload.filename, sheet=sheet, encoding=encoding, delimiter=delimiter)
    return found.to_dict()


def _uploaded(workspace_id: str, upload_id: str) -> tuple[UploadView, Path]:
    upload, path = get_upload(workspace_id, upload_id), uploads.path_of(upload_id)
    if not path.is_file():
        raise UploadNotFound()
    return upload, path


def preview_of(workspace_id: str, upload_id: str, mapping: Mapping, language: str) -> dict[str, Any]:
    """The first rows as they would be read, and what has to be answered before they can be."""
    _, path = _uploaded(workspace_id, upload_id)
    try:
        rows = preview(path, mapping, limit=PREVIEW_ROWS)
    except DateOrderAmbiguous as error:
        question = Question(error.code, str(error.params["column"]), ("dmy", "mdy"))
        return {"rows": [], "rejected_in_sample": 0, "questions": [question.to_dict()]}
    return {
        "rows": [row.to_dict(language) for row in rows],
        "rejected_in_sample": sum(row.error is not None for row in rows),
        "questions": [],
    }


def get_import(workspace_id: str, import_id: str) -> ImportView:
    found = (
        Import.objects.filter(workspace_id=workspace_id, id=import_id).select_related("created_by").first()
    )
    if found is None:
        raise ImportNotFound()
    return _view(found, get_jobs(workspace_id, [found.job_id]).get(found.job_id))


def imports(workspace_id: str, cursor: str | None, limit: int) -> tuple[list[ImportView], str | None]:
    """A page of imports, the latest first, and where the next page begins."""
    found = Import.objects.filter(workspace_id=workspace_id).select_related("created_by").order_by("-id")
    if cursor:
        found = found.filter(id__lt=decode_cursor(cursor, str)[0])
    rows = list(found[: limit + 1])
    jobs = get_jobs(workspace_id, [row.job_id for row in rows])
    views = [_view(row, jobs.get(row.job_id)) for row in rows[:limit]]
    return views, encode_cursor([views[-1].id]) if len(rows) > limit else None


def rejected_rows(workspace_id: str, import_id: str) -> Iterator[dict[str, Any]]:
    """The rows an import could not read, by line: ``{"line", "code", "column", "value_excerpt"}``."""
    get_import(workspace_id, import_id)
    stream = event_store(workspace_id).rejected_rows(import_id)
    return (row for batch in stream for row in batch.to_pylist())


def person(workspace_id: str, person: str) -> PersonSummary:
    found = event_store(workspace_id).person(person)
    if found is None:
        raise PersonNotFound(person=person[:80])
    return found


def path_of(
    workspace_id: str, person: str, cursor: str | None, limit: int
) -> tuple[list[StoredEvent], str | None]:
    """A page of a person's events in path order, and where the next page begins."""
    after = decode_cursor(cursor, int, int) if cursor else None
    found = event_store(workspace_id).events_of(person, after, limit + 1)
    if not found and cursor is None:
        raise PersonNotFound(person=person[:80])
    last = found[limit - 1] if len(found) > limit else None
    return found[:limit], encode_cursor([last.at_us, last.seq]) if last else None


def _view(found: Import, job: JobView | None) -> ImportView:
    status = "undone" if found.undone_at else job.status if job else "failed"
    return ImportView(
        id=found.id,
        filename=found.filename,
        size=found.size,
        status=status,
        job_id=found.job_id,
        progress=_progress(status, job),
        error=job.error if job else None,
        rows_read=found.rows_read,
        rows_added=found.rows_added,
        rows_duplicate=found.rows_duplicate,
        rows_rejected=found.rows_rejected,
        reasons=found.reasons,
        mapping=found.mapping,
        created_at=found.created_at,
        created_by=found.created_by.name if found.created_by else None,
    )


def _progress(status: str, job: JobView | None) -> float | None:
    """Between 0 and 1; None when nothing can be said."""
    if status == "done":
        return 1.0
    return job.done / job.total if job and job.total else None
