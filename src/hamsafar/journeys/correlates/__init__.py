"""Correlates: what goes with reaching a goal."""

from hamsafar.journeys.correlates.question import correlates, correlates_persons
from hamsafar.journeys.correlates.view import Correlates

__all__ = ["Correlates", "correlates", "correlates_persons"]
