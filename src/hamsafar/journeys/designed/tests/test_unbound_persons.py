"""Persons of whom no event is on the map: at most counted among all that was looked at."""

from __future__ import annotations

from typing import Any

import pytest

from hamsafar.journeys import PathIndex
from hamsafar.journeys.designed.tests.drawn import document, index_of, path

SHOP = document("look buy", {"look": ["site"], "buy": ["pay"]}, {"site": ["seen"], "pay": ["paid"]})
PATHS = [*path("p1", ("seen", 0), ("noise", 1), ("paid", 2)), *path("p2", ("seen", 0))]
NOISE = [*path("a", ("noise", 1)), *path("z", ("noise", 0), ("noise", 2))]
OF_ALL = {"events", "persons", "paths", "unbound_events"}

QUESTIONS = {
    "stages": lambda index: index.stages(SHOP).to_dict(),
    "deviations": lambda index: index.deviations(SHOP).to_dict(),
    "what_if": lambda index: index.what_if("pay", design=SHOP).to_dict(),
}


def told(answer: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in answer.items() if key not in OF_ALL}


@pytest.mark.parametrize("question", QUESTIONS)
def test_they_change_nothing_that_is_told_of_the_map(question: str) -> None:
    def ask(index: PathIndex) -> dict[str, Any]:
        answer: dict[str, Any] = QUESTIONS[question](index)
        return answer

    without, with_them = ask(index_of(PATHS)), ask(index_of([*PATHS, *NOISE]))
    assert told(with_them) == told(without)


def test_a_map_measured_on_them_alone_is_empty() -> None:
    for question in ("stages", "deviations"):
        assert QUESTIONS[question](index_of(NOISE))["instances"] == 0
