"""What the engine is asked: every question of ``Askable``, and the changes of paths that others stand on."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any

from hamsafar.journeys import PathIndex
from hamsafar.journeys.askable import Askable

WEEK = 7 * 86_400

# Methods of ``Askable`` that give paths, codes or parts, or take other paths: no questions by themselves.
NOT_QUESTIONS = {"Self", "int", "P", "tuple[int, int]", "dict[str, int]"}
ASKED_THROUGH_OTHERS = {
    "compare",
    "measure",
    "stages",
    "deviations",
}  # ``bench.measure`` and two questions at once


def questions(index: PathIndex, steps: Sequence[str]) -> dict[str, Callable[[PathIndex], Any]]:
    """By title; ``steps`` are at least five names of events, the last one the goal."""
    middle = sum(index.span_us) // 2
    touches, goal = list(steps[:-1]), steps[-1]
    return {
        "overview": lambda index: index.overview(),
        "transitions": lambda index: index.transitions(),
        "variants, top 20": lambda index: index.variants(),
        "funnel, 5 steps in 7 days": lambda index: index.funnel(list(steps[:5]), WEEK),
        "pattern a -> ... -> e within 7d": lambda index: index.pattern(
            f"{_quoted(steps[0])} -> ... -> {_quoted(goal)} within 7d"
        ),
        "flow, around c": lambda index: index.flow(steps[2]),
        "retention by week": lambda index: index.retention("week"),
        "survival a -> e": lambda index: index.survival(steps[0], goal),
        "correlates of e": lambda index: index.correlates(goal),
        "attribution of e, 4 touchpoints": lambda index: index.attribution(goal, None, touches=touches),
        "next_step of one person": lambda index: index.next_step(index.persons[0]),
        "next_step_evaluation": lambda index: index.next_step_evaluation(),
        "what_if e": lambda index: index.what_if(goal),
        "select half of the time": lambda index: index.select(to_us=middle),
        "cut by sessions of 30 minutes": lambda index: index.by_session(),
    }


def there(title: str) -> bool:
    """Whether this question can be asked yet."""
    name = title.replace(",", " ").split()[0]
    return name in ("select", "cut") or hasattr(Askable, name)


def not_asked(titles: Sequence[str]) -> list[str]:
    """Questions of ``Askable`` that no title here is about."""
    asked = {title.replace(",", " ").split()[0] for title in titles} | ASKED_THROUGH_OTHERS
    found = {
        name
        for name, method in inspect.getmembers(Askable, inspect.isfunction)
        if not name.startswith("_") and inspect.signature(method).return_annotation not in NOT_QUESTIONS
    }
    return sorted(found - asked)


def _quoted(name: str) -> str:
    return name if name.replace("_", "").isalnum() and not name[0].isdigit() else f'"{name}"'
