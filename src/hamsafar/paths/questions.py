"""Every question the engine answers over HTTP: what is asked of it, and how.

One entry here is all a question needs to be asked at ``POST W/paths/<name>``, exported, and saved as a view.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from hamsafar.journeys import PathIndex, compare
from hamsafar.journeys.view import Result
from hamsafar.paths import schemas
from hamsafar.paths.cohort_schemas import CompareIn, CorrelatesIn, RetentionIn, SurvivalIn
from hamsafar.paths.errors import ArgumentsUnreadable, QuestionUnknown


@dataclass(frozen=True)
class Question:
    """``body``: the request's schema; ``ask``: the answer, of the paths in its scope and the body itself."""

    body: type[schemas.Scope]
    ask: Callable[[PathIndex, Any], Result]

    def answer(self, paths: PathIndex, body: Any) -> Result:
        """What is asked, without the small groups that the body wants withheld."""
        found = self.ask(paths, body)
        return found if body.min_group is None else found.withhold(body.min_group)


def _compare(paths: PathIndex, body: CompareIn) -> Result:
    question = QUESTIONS.get(body.of)
    if question is None or body.of == "compare":
        raise QuestionUnknown(question=body.of[:60], known=", ".join(QUESTIONS.keys() - {"compare"}))
    try:
        asked = question.body.model_validate(body.arguments)
    except ValidationError as problem:
        places = ", ".join(".".join(map(str, one["loc"])) for one in problem.errors())
        raise ArgumentsUnreadable(question=body.of, places=places[:200]) from None
    one, other = (body.common().of(segment.paths().of(paths)) for segment in (body.a, body.b))
    if isinstance(asked, schemas.VariantsIn):
        return compare("variants", one, other, top=asked.top)

    def of_segment(segment: Any) -> Result:
        return question.ask(segment, asked)

    of_segment.__name__ = body.of
    return compare(of_segment, one, other)


QUESTIONS: dict[str, Question] = {
    "overview": Question(schemas.Scope, lambda paths, body: paths.overview()),
    "transitions": Question(schemas.Scope, lambda paths, body: paths.transitions()),
    "variants": Question(schemas.VariantsIn, lambda paths, body: paths.variants(top=body.top)),
    "funnel": Question(schemas.FunnelIn, lambda paths, body: paths.funnel(**body.asked())),
    "flow": Question(schemas.FlowIn, lambda paths, body: paths.flow(**body.options())),
    "pattern": Question(schemas.PatternIn, lambda paths, body: paths.pattern(body.find, body.top)),
    "attribution": Question(schemas.AttributionIn, lambda paths, body: paths.attribution(**body.options())),
    "next_step": Question(schemas.NextStepIn, lambda paths, body: paths.next_step(**body.options())),
    "next_step_evaluation": Question(
        schemas.NextStepEvaluationIn, lambda paths, body: paths.next_step_evaluation(**body.options())
    ),
    "what_if": Question(schemas.WhatIfIn, lambda paths, body: paths.what_if(**body.options())),
    "retention": Question(RetentionIn, lambda paths, body: paths.retention(**body.options())),
    "survival": Question(SurvivalIn, lambda paths, body: paths.survival(**body.options())),
    "correlates": Question(CorrelatesIn, lambda paths, body: paths.correlates(**body.options())),
    "compare": Question(CompareIn, _compare),
}
