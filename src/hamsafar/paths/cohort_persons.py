"""Who is behind a number of retention, survival and correlates."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from pydantic import ValidationError

from hamsafar.journeys import PathIndex
from hamsafar.journeys.correlates import correlates_persons
from hamsafar.journeys.retention import retention_persons
from hamsafar.journeys.survival import survival_persons
from hamsafar.paths.cohort_schemas import CohortSelector, CorrelatesSelector, SurvivalSelector
from hamsafar.paths.errors import BadSelector

SELECTING = {
    "retention": '{"period": "week", "cohort": "2026-03-02", "back_in": 1, "came_back": true}',
    "survival": '{"start": "…", "end": "…", "bucket": "reached"}',
    "correlates": '{"goal": "…", "kind": "event", "name": ["…"], "reached": true}',
}
_NAMES = {"event": (0, 1), "transition": (0, 2), "property": (0, 2)}


def cohort_persons(index: PathIndex, question: str, selector: dict[str, Any]) -> npt.NDArray[np.int64]:
    """Numbers of the persons, ascending; raises ``BadSelector`` and what the question raises."""
    try:
        match question:
            case "retention":
                cohort = CohortSelector.model_validate(selector).model_dump()
                back_in, came_back = cohort.pop("back_in"), cohort.pop("came_back")
                return retention_persons(
                    index, cohort.pop("cohort") or "", back_in, came_back=came_back, **cohort
                )
            case "survival":
                return survival_persons(index, **SurvivalSelector.model_validate(selector).model_dump())
            case "correlates":
                feature = CorrelatesSelector.model_validate(selector)
                if len(feature.name) in _NAMES[feature.kind]:
                    return correlates_persons(index, **feature.model_dump())
    except ValidationError:
        pass
    raise BadSelector(question=question, expected=SELECTING[question])
