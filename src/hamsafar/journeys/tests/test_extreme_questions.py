"""Every question of very many names, a very long path, one time for all events, and paths of one event."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from hamsafar.journeys import PathIndex
from hamsafar.journeys.index import code_type
from hamsafar.journeys.next_step import NothingToPredict
from hamsafar.journeys.text_column import TextColumn

SECOND = 1_000_000


def sixty_thousand_names() -> PathIndex:
    """Three persons do everything once, in the same order."""
    n = 60_000
    return PathIndex(
        code=np.tile(np.arange(n, dtype=code_type(n)), 3),
        at_us=np.tile(np.arange(n, dtype=np.int64) * SECOND, 3),
        offset=np.arange(4, dtype=np.int64) * n,
        names=tuple(sorted(f"name {number}" for number in range(n))),
        persons=TextColumn.of(["p0", "p1", "p2"]),
        properties={},
        version="names",
    )


def a_million_events() -> PathIndex:
    """a b a b ... at every second, beside a person with one event."""
    n = 1_000_000
    return PathIndex(
        code=np.append(np.tile(np.array([0, 1], np.uint8), n // 2), np.uint8(0)),
        at_us=np.append(np.arange(n) * SECOND, 0),
        offset=np.array([0, n, n + 1]),
        names=("a", "b"),
        persons=TextColumn.of(["long", "short"]),
        properties={},
        version="long",
    )


def one_time() -> PathIndex:
    return PathIndex.from_arrays(
        [f"p{event % 50}" for event in range(5_000)],
        ["abc"[(event * 7 + event // 50) % 3] for event in range(5_000)],
        [0] * 5_000,
    )


def one_event_each() -> PathIndex:
    return PathIndex.from_arrays(
        [f"p{event:03}" for event in range(300)],
        ["abc"[event % 3] for event in range(300)],
        [event * SECOND for event in range(300)],
    )


@pytest.fixture(
    scope="module",
    params=[sixty_thousand_names, a_million_events, one_time, one_event_each],
    ids=lambda made: made.__name__,
)
def index(request: pytest.FixtureRequest) -> PathIndex:
    return request.param()  # type: ignore[no-any-return]


QUESTIONS: dict[str, Callable[[PathIndex, str, str], Any]] = {
    "overview": lambda paths, one, other: paths.overview(),
    "transitions": lambda paths, one, other: paths.transitions(),
    "variants": lambda paths, one, other: paths.variants(),
    "funnel": lambda paths, one, other: paths.funnel([one, other], 3_600),
    "pattern": lambda paths, one, other: paths.pattern(f'"{one}" -> ... -> "{other}" within 1h'),
    "pattern that repeats": lambda paths, one, other: paths.pattern(f'(!"{other}")+ -> "{other}"'),
    "where": lambda paths, one, other: paths.where(f'"{one}" -> "{other}"').overview(),
    "flow": lambda paths, one, other: paths.flow(one),
    "retention": lambda paths, one, other: paths.retention("day"),
    "survival": lambda paths, one, other: paths.survival(one, other),
    "correlates": lambda paths, one, other: paths.correlates(other, min_paths=1),
    "attribution": lambda paths, one, other: paths.attribution(other, None, touches=[one]),
    "next_step": lambda paths, one, other: paths.next_step(paths.persons[0]),
    "next_step_evaluation": lambda paths, one, other: paths.next_step_evaluation(),
    "what_if": lambda paths, one, other: paths.what_if(other),
    "by_session": lambda paths, one, other: paths.by_session().overview(),
    "by_instance": lambda paths, one, other: paths.by_instance(restart=one).overview(),
    "select": lambda paths, one, other: paths.select(to_us=1).overview(),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_it_is_answered_in_numbers_and_told_in_both_languages(index: PathIndex, question: str) -> None:
    try:
        answer = QUESTIONS[question](index, index.names[0], index.names[1])
    except NothingToPredict:
        assert question.startswith("next_step")  # all at one time, or nobody has a second event
        return
    json.dumps(answer.to_dict(), allow_nan=False)
    for language in ("en", "fa"):
        assert "nan" not in answer.text(language).split()
        assert answer.to_html(language)
