"""HTTP: uploads, imports, and the events themselves."""

from __future__ import annotations

from typing import Annotated, Any

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse
from ninja import File, Query, Router, Status
from ninja.files import UploadedFile

from hamsafar.accounts import policies
from hamsafar.events import actions, queries, rejected_csv, schemas
from hamsafar.events.files import Mapping, Rejected
from hamsafar.lib.times import from_us

router = Router(tags=["events"])

Limit = Annotated[int, Query(50, ge=1, le=queries.MAX_PAGE)]


@router.post("/workspaces/{workspace_id}/imports/uploads", response={201: schemas.UploadOut})
def upload(request: HttpRequest, workspace_id: str, file: File[UploadedFile]) -> Any:
    member = policies.editor(request.user, workspace_id)
    return Status(201, actions.receive_upload(workspace_id, member.user_id, file))


@router.post("/workspaces/{workspace_id}/imports/uploads/{upload_id}/inspect", response=schemas.InspectionOut)
def inspect_upload(request: HttpRequest, workspace_id: str, upload_id: str, body: schemas.InspectIn) -> Any:
    policies.editor(request.user, workspace_id)
    return queries.inspection_of(workspace_id, upload_id, **body.dict())


@router.post("/workspaces/{workspace_id}/imports/uploads/{upload_id}/preview", response=schemas.PreviewOut)
def preview_upload(request: HttpRequest, workspace_id: str, upload_id: str, body: schemas.MappingBody) -> Any:
    policies.editor(request.user, workspace_id)
    return queries.preview_of(workspace_id, upload_id, Mapping.from_dict(body.mapping), _language(request))


@router.post("/workspaces/{workspace_id}/imports", response={202: schemas.ImportOut})
def start_import(request: HttpRequest, workspace_id: str, body: schemas.ImportIn) -> Any:
    member = policies.editor(request.user, workspace_id)
    mapping = Mapping.from_dict(body.mapping)
    made = actions.start_import(workspace_id, member.user_id, body.upload_id, mapping)
    return Status(202, _shown(request, made))


@router.get("/workspaces/{workspace_id}/imports", response=schemas.ImportPage)
def list_imports(request: HttpRequest, workspace_id: str, limit: Limit, cursor: str | None = None) -> Any:
    policies.viewer(request.user, workspace_id)
    found, following = queries.imports(workspace_id, cursor, limit)
    return {"items": [_shown(request, one) for one in found], "next": following}


@router.get("/workspaces/{workspace_id}/imports/{import_id}", response=schemas.ImportOut)
def get_import(request: HttpRequest, workspace_id: str, import_id: str) -> Any:
    policies.viewer(request.user, workspace_id)
    return _shown(request, queries.get_import(workspace_id, import_id))


@router.post("/workspaces/{workspace_id}/imports/{import_id}/cancel", response=schemas.ImportOut)
def cancel_import(request: HttpRequest, workspace_id: str, import_id: str) -> Any:
    policies.editor(request.user, workspace_id)
    return _shown(request, actions.cancel_import(workspace_id, import_id))


@router.post("/workspaces/{workspace_id}/imports/{import_id}/undo", response=schemas.ImportOut)
def undo_import(request: HttpRequest, workspace_id: str, import_id: str) -> Any:
    member = policies.editor(request.user, workspace_id)
    return _shown(request, actions.undo_import(member, import_id))


@router.get("/workspaces/{workspace_id}/imports/{import_id}/rejected.csv", include_in_schema=False)
def rejected(request: HttpRequest, workspace_id: str, import_id: str) -> StreamingHttpResponse:
    policies.viewer(request.user, workspace_id)
    lines = rejected_csv.lines(queries.rejected_rows(workspace_id, import_id), _language(request))
    # Django would gather a plain iterator as a whole before it sends its first byte to an ASGI server.
    content = rejected_csv.blocks(lines) if isinstance(request, ASGIRequest) else lines
    answer = StreamingHttpResponse(content, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="rejected-{import_id}.csv"'
    return answer


@router.get("/workspaces/{workspace_id}/events/properties", response=list[schemas.PropertyOut])
def event_properties(request: HttpRequest, workspace_id: str) -> Any:
    policies.viewer(request.user, workspace_id)
    return queries.event_store(workspace_id).property_names()


# An id may have any character, a slash too; the longer address comes first.
@router.get("/workspaces/{workspace_id}/persons/{path:person}/path", response=schemas.PathPage)
def person_path(
    request: HttpRequest, workspace_id: str, person: str, limit: Limit, cursor: str | None = None
) -> Any:
    policies.viewer(request.user, workspace_id)
    found, following = queries.path_of(workspace_id, person, cursor, limit)
    items = [
        {"at": from_us(one.at_us), "name": one.name, "channel": one.channel, "properties": one.properties}
        for one in found
    ]
    return {"items": items, "next": following}


@router.get("/workspaces/{workspace_id}/persons/{path:person}", response=schemas.PersonOut)
def get_person(request: HttpRequest, workspace_id: str, person: str) -> Any:
    policies.viewer(request.user, workspace_id)
    found = queries.person(workspace_id, person)
    return {
        "person": found.person,
        "events": found.events,
        "first_at": from_us(found.first_at_us),
        "last_at": from_us(found.last_at_us),
    }


def _language(request: HttpRequest) -> str:
    return str(getattr(request.user, "language", "en"))


def _shown(request: HttpRequest, found: queries.ImportView) -> dict[str, Any]:
    """An import with its reasons in the reader's language, and the error that ended it, if any."""
    language = _language(request)
    reasons = [
        {**reason, "detail": Rejected(0, reason["code"], reason["column"], "").sentence(language)}
        for reason in found.reasons
    ]
    error = found.error and {"code": found.error["code"], "detail": found.error[language]}
    return {**vars(found), "reasons": reasons, "error": error}
