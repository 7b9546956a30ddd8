"""The questions about paths that look at a map of the workspace: stages, deviations, and what-if over touchpoints."""

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
from hamsafar.journeys.what_if import what_if_persons
from hamsafar.maps.queries import exchange_document
from hamsafar.measurement import queries, schemas
from hamsafar.paths.errors import BadSelector
from hamsafar.paths.queries import Behind
from hamsafar.paths.questions import Question, register

_TRANSITION_EXPECTED = '{"goal": "…", "source": "…", "target": "…"}'
_EXPECTED = '{"map": "…", "number": {"kind": "stage", "stage": "…", "bucket": "left"}}'


def register_questions() -> None:
    """For the start of the app."""
    register("stages", Question(schemas.StagesIn, _stages, bind(_behind, "stages")))
    register("deviations", Question(schemas.DeviationsIn, _deviations, bind(_behind, "deviations")))
    register("what_if", Question(schemas.WhatIfIn, _what_if, _behind_transition))


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


def _what_if(workspace_id: str, paths: PathIndex, body: schemas.WhatIfIn) -> Result:
    return paths.what_if(**body.options(), design=_design(workspace_id, body.map))


def _behind_transition(workspace_id: str, paths: PathIndex, selector: dict[str, Any]) -> Behind:
    try:
        asked = schemas.TransitionSelector.model_validate(selector)
    except ValidationError:
        raise BadSelector(question="what_if", expected=_TRANSITION_EXPECTED) from None
    design = _design(workspace_id, asked.map)
    return Behind(what_if_persons(paths, **asked.model_dump(exclude={"map"}), design=design))


def _design(workspace_id: str, map_id: str | None) -> dict[str, Any] | None:
    """The map's document. Raises ``MapNotFound``."""
    return None if map_id is None else exchange_document(map_id, workspace_id)
