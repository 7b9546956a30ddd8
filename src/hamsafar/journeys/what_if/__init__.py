"""What if: how many more would reach a goal, and how soon, if transitions had other probabilities or times."""

from hamsafar.journeys.what_if.question import (
    BadChange,
    Change,
    ImpossibleChange,
    NeverEnds,
    NothingGivesWay,
    what_if,
    what_if_persons,
)
from hamsafar.journeys.what_if.view import WhatIf

__all__ = [
    "BadChange",
    "Change",
    "ImpossibleChange",
    "NeverEnds",
    "NothingGivesWay",
    "WhatIf",
    "what_if",
    "what_if_persons",
]
