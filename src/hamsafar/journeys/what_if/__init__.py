"""What if: how many more would reach a goal, and how soon, if transitions had other probabilities or times."""

from hamsafar.journeys.what_if.change import BadChange, Change, ImpossibleChange, NeverEnds, NothingGivesWay
from hamsafar.journeys.what_if.counting import NotBound
from hamsafar.journeys.what_if.question import NodesOrMap, what_if, what_if_persons
from hamsafar.journeys.what_if.view import WhatIf

__all__ = [
    "BadChange",
    "Change",
    "ImpossibleChange",
    "NeverEnds",
    "NodesOrMap",
    "NotBound",
    "NothingGivesWay",
    "WhatIf",
    "what_if",
    "what_if_persons",
]
