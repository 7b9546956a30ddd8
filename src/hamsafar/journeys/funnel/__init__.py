"""Funnel: how many paths come how far through given steps, how fast, and where the others go."""

from hamsafar.journeys.funnel.question import funnel, funnel_persons
from hamsafar.journeys.funnel.view import Funnel

__all__ = ["Funnel", "funnel", "funnel_persons"]
