"""Every question about paths over HTTP: what is asked of it, and how.

One entry here is all a question needs to be asked at ``POST W/paths/<name>``, exported, compared, and saved as a
view. Those of the engine are below; a room above adds its own when the app starts (ADR 0036).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from hamsafar.journeys import PathIndex, compare
from hamsafar.journeys.view import Result
from hamsafar.paths import queries, schemas
from hamsafar.paths.cohort_schemas import CompareIn, CorrelatesIn, RetentionIn, SurvivalIn
from hamsafar.paths.errors import ArgumentsUnreadable, QuestionUnknown
from hamsafar.paths.queries import Behind


@dataclass(frozen=True)
class Question:
    """``body``: the request's schema; ``ask``: the answer, of a workspace's paths in scope and the body.

    ``behind``: who is behind a number of the answer, of the workspace, the paths and a selector; None: what
    ``queries.persons_behind`` knows.
    """

    body: type[schemas.Scope]
    ask: Callable[[str, PathIndex, Any], Result]
    behind: Callable[[str, PathIndex, dict[str, Any]], Behind] | None = None

    def answer(self, workspace_id: str, paths: PathIndex, body: Any) -> Result:
        """What is asked, without the small groups that the body wants withheld."""
        found = self.ask(workspace_id, paths, body)
        return found if body.min_group is None else found.withhold(body.min_group)


def _compare(workspace_id: str, paths: PathIndex, body: CompareIn) -> Result:
    question = QUESTIONS.get(body.of)
    if question is None or body.of == "compare":
        known = ", ".join(name for name in QUESTIONS if name != "compare")
        raise QuestionUnknown(question=body.of[:60], known=known)
    try:
        asked = question.body.model_validate(body.arguments)
    except ValidationError as problem:
        places = ", ".join(".".join(map(str, one["loc"])) for one in problem.errors())
        raise ArgumentsUnreadable(question=body.of, places=places[:200]) from None
    one, other = (body.common().of(segment.paths().of(paths)) for segment in (body.a, body.b))
    if isinstance(asked, schemas.VariantsIn):
        return compare("variants", one, other, top=asked.top)

    def of_segment(segment: Any) -> Result:
        return question.ask(workspace_id, segment, asked)

    of_segment.__name__ = body.of
    return compare(of_segment, one, other)


def _of_paths(body: type[schemas.Scope], ask: Callable[[PathIndex, Any], Result]) -> Question:
    """A question for which the paths are all that is needed of the workspace."""
    return Question(body, lambda _workspace_id, paths, asked: ask(paths, asked))


QUESTIONS: dict[str, Question] = {
    "overview": _of_paths(schemas.Scope, lambda paths, body: paths.overview()),
    "transitions": _of_paths(schemas.Scope, lambda paths, body: paths.transitions()),
    "variants": _of_paths(schemas.VariantsIn, lambda paths, body: paths.variants(top=body.top)),
    "funnel": _of_paths(schemas.FunnelIn, lambda paths, body: paths.funnel(**body.asked())),
    "flow": _of_paths(schemas.FlowIn, lambda paths, body: paths.flow(**body.options())),
    "pattern": _of_paths(schemas.PatternIn, lambda paths, body: paths.pattern(body.find, body.top)),
    "attribution": _of_paths(schemas.AttributionIn, lambda paths, body: paths.attribution(**body.options())),
    "next_step": _of_paths(schemas.NextStepIn, lambda paths, body: paths.next_step(**body.options())),
    "next_step_evaluation": _of_paths(
        schemas.NextStepEvaluationIn, lambda paths, body: paths.next_step_evaluation(**body.options())
    ),
    "retention": _of_paths(RetentionIn, lambda paths, body: paths.retention(**body.options())),
    "survival": _of_paths(SurvivalIn, lambda paths, body: paths.survival(**body.options())),
    "correlates": _of_paths(CorrelatesIn, lambda paths, body: paths.correlates(**body.options())),
    "compare": Question(CompareIn, _compare),
}


def register(name: str, question: Question) -> None:
    """A question of a room above joins; in its ``AppConfig.ready``, before the routes are made from this list."""
    QUESTIONS[name] = question


def behind(workspace_id: str, paths: PathIndex, question: str, selector: dict[str, Any]) -> Behind:
    """The persons behind one number of an answer. Raises ``BadSelector``."""
    asked = QUESTIONS.get(question)
    if asked is not None and asked.behind is not None:
        return asked.behind(workspace_id, paths, selector)
    return Behind(queries.persons_behind(paths, question, selector))
