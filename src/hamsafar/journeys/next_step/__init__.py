"""Next step: what a person will most likely do next, and when."""

from hamsafar.journeys.next_step.question import (
    BadConfidence,
    NothingToPredict,
    NothingToTest,
    evaluate,
    next_step,
    next_step_persons,
)
from hamsafar.journeys.next_step.view import Evaluation, NextStep

__all__ = [
    "BadConfidence",
    "Evaluation",
    "NextStep",
    "NothingToPredict",
    "NothingToTest",
    "evaluate",
    "next_step",
    "next_step_persons",
]
