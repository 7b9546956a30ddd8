"""HTTP: answers as files for a spreadsheet, in the language of who asks."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from ninja import Body, Router

from hamsafar.journeys.view import Language
from hamsafar.paths import actions, policies, queries, saved_queries
from hamsafar.paths.exports.files import blocks, csv_lines, xlsx
from hamsafar.paths.exports.sheet import sheet_of
from hamsafar.paths.questions import QUESTIONS

router = Router(tags=["paths"])

Format = Literal["csv", "xlsx"]
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.post("/workspaces/{workspace_id}/paths/export/{question}", include_in_schema=False)
def export(
    request: HttpRequest,
    workspace_id: str,
    question: str,
    body: Annotated[dict[str, Any], Body(...)],
    format: Format = "csv",
) -> HttpResponseBase:
    """The body is that of ``POST W/paths/<question>``."""
    policies.can_ask(request.user, workspace_id)
    return _file(request, workspace_id, question, body, format)


@router.get("/workspaces/{workspace_id}/paths/views/{view_id}/export", include_in_schema=False)
def export_view(
    request: HttpRequest, workspace_id: str, view_id: str, format: Format = "csv"
) -> HttpResponseBase:
    """The answer to a saved view as it is now."""
    member = policies.can_read_views(request.user, workspace_id)
    view = saved_queries.view(workspace_id, member.user_id, view_id)
    return _file(request, workspace_id, view.question, view.request, format)


def _file(
    request: HttpRequest, workspace_id: str, question: str, said: dict[str, Any], format: Format
) -> HttpResponseBase:
    clean = actions.clean_request(question, said)
    body = QUESTIONS[question].body.model_validate(clean)
    index = queries.selected_index(workspace_id, body.paths())
    language: Language = "fa" if getattr(request.user, "language", "en") == "fa" else "en"
    sheet = sheet_of(QUESTIONS[question].answer(workspace_id, index, body), question, clean, language)
    answer: HttpResponseBase
    if format == "xlsx":
        answer = HttpResponse(xlsx(sheet), content_type=_XLSX)
    else:
        lines = csv_lines(sheet)
        # Django would gather a plain iterator as a whole before it sends its first byte to an ASGI server.
        content = blocks(lines) if isinstance(request, ASGIRequest) else lines
        answer = StreamingHttpResponse(content, content_type="text/csv; charset=utf-8")
    day = datetime.now(UTC).date().isoformat()
    answer["Content-Disposition"] = (
        f'attachment; filename="hamsafar-{question.replace("_", "-")}-{day}.{format}"'
    )
    return answer
