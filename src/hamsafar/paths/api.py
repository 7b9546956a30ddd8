"""HTTP: the engine's questions over a workspace's events."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router

from hamsafar.accounts import policies
from hamsafar.journeys import PathIndex
from hamsafar.journeys.errors import SmallGroup
from hamsafar.journeys.scope import Scope as PathScope
from hamsafar.paths import queries, schemas
from hamsafar.paths.queries import Behind
from hamsafar.paths.questions import QUESTIONS, Question, behind

router = Router(tags=["paths"])

Limit = Annotated[int, Query(50, ge=1, le=500)]


@router.get("/workspaces/{workspace_id}/events/names", response=schemas.EventNames)
def event_names(request: HttpRequest, workspace_id: str, limit: Limit, search: str = "") -> Any:
    policies.viewer(request.user, workspace_id)
    found = queries.event_names(workspace_id, search)
    return {"items": found[:limit], "total": len(found)}


@router.get("/workspaces/{workspace_id}/persons", response=schemas.PersonPage)
def list_persons(
    request: HttpRequest, workspace_id: str, limit: Limit, search: str = "", cursor: str | None = None
) -> Any:
    policies.viewer(request.user, workspace_id)
    index = queries.workspace_index(workspace_id)
    return queries.persons_page(index, Behind(queries.persons_named(index, search)), cursor, limit)


def _add(name: str, question: Question) -> None:
    def ask(request: HttpRequest, workspace_id: str, body: Any) -> Any:
        return question.answer(workspace_id, _index(request, workspace_id, body), body).to_dict()

    ask.__name__ = name
    ask.__annotations__["body"] = question.body
    router.post(f"/workspaces/{{workspace_id}}/paths/{name}", response=dict[str, Any])(ask)


for _name, _question in QUESTIONS.items():
    _add(_name, _question)


@router.post("/workspaces/{workspace_id}/paths/pattern/spans", response=schemas.Spans)
def pattern_spans(request: HttpRequest, workspace_id: str, body: schemas.SpansIn) -> Any:
    index = _index(request, workspace_id, body)
    items, total = queries.spans_of(index, body.find, body.person, body.limit)
    return {"items": items, "total": total}


@router.post("/workspaces/{workspace_id}/paths/who", response=schemas.PersonPage)
def who(request: HttpRequest, workspace_id: str, body: schemas.WhoIn) -> Any:
    policies.viewer(request.user, workspace_id)
    segment = PathScope() if body.segment is None else body.segment.paths()
    index = body.paths().of(queries.selected_index(workspace_id, segment))
    found = behind(workspace_id, index, body.question, body.selector)
    if body.min_group is not None and 0 < len(found.persons) < body.min_group:
        raise SmallGroup(least=body.min_group)
    return queries.persons_page(index, found, body.cursor, body.limit)


def _index(request: HttpRequest, workspace_id: str, scope: schemas.Scope) -> PathIndex:
    policies.viewer(request.user, workspace_id)
    return queries.selected_index(workspace_id, scope.paths())
