"""Stages and deviations among the questions about paths: what is asked of them besides the paths is a map."""

from __future__ import annotations

from functools import partial as bind
from typing import Any

import numpy as np
from pydantic import ValidationError

from hamsafar.journeys.designed.deviations import deviations_walked
from hamsafar.journeys.designed.stages import stages_walked
from hamsafar.journeys.designed.who import who_walked
from hamsafar.journeys.index import PathIndex
from hamsafar.journeys.view import Result
from hamsafar.measurement import queries, schemas
from hamsafar.paths.errors import BadSelector
from hamsafar.paths.queries import Behind
from hamsafar.paths.questions import Question, register

_EXPECTED = '{"map": "…", "number": {"kind": "stage", "stage": "…", "bucket": "left"}}'


def register_questions() -> None:
    """For the start of the app."""
    register("stages", Question(schemas.StagesIn, _stages, bind(_behind, "stages")))
    register("deviations", Question(schemas.DeviationsIn, _deviations, bind(_behind, "deviations")))


def _stages(workspace_id: str, paths: PathIndex, body: schemas.StagesIn) -> Result:
    return stages_walked(queries.map_walk(workspace_id, paths, body.map), body.open_after)


def _deviations(workspace_id: str, paths: PathIndex, body: schemas.DeviationsIn) -> Result:
    walk = queries.map_walk(workspace_id, paths, body.map)
    return deviations_walked(walk, body.frequent(), persons=body.persons)


def _behind(question: str, workspace_id: str, paths: PathIndex, selector: dict[str, Any]) -> Behind:
    try:
        asked = schemas.NumberOnMap.model_validate(selector)
    except ValidationError:
        raise BadSelector(question=question, expected=_EXPECTED) from None
    found = who_walked(queries.map_walk(workspace_id, paths, asked.map), asked.number, asked.selection())
    return Behind(*np.unique(found.person, return_counts=True))
