"""Every question the engine answers over HTTP: what is asked of it, and how.

One entry here is all a question needs to be asked at ``POST W/paths/<name>``, exported, and saved as a view.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hamsafar.journeys import PathIndex
from hamsafar.journeys.view import Result
from hamsafar.paths import schemas


@dataclass(frozen=True)
class Question:
    """``body``: the request's schema; ``ask``: the answer, of the paths in its scope and the body itself."""

    body: type[schemas.Scope]
    ask: Callable[[PathIndex, Any], Result]

    def answer(self, paths: PathIndex, body: Any) -> Result:
        """What is asked, without the small groups that the body wants withheld."""
        found = self.ask(paths, body)
        return found if body.min_group is None else found.withhold(body.min_group)


QUESTIONS: dict[str, Question] = {
    "overview": Question(schemas.Scope, lambda paths, body: paths.overview()),
    "transitions": Question(schemas.Scope, lambda paths, body: paths.transitions()),
    "variants": Question(schemas.VariantsIn, lambda paths, body: paths.variants(top=body.top)),
    "funnel": Question(schemas.FunnelIn, lambda paths, body: paths.funnel(**body.asked())),
    "attribution": Question(schemas.AttributionIn, lambda paths, body: paths.attribution(**body.options())),
    "what_if": Question(schemas.WhatIfIn, lambda paths, body: paths.what_if(**body.options())),
}
