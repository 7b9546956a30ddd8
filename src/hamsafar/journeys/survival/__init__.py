"""Survival: how long it takes from one event to another."""

from hamsafar.journeys.survival.question import survival, survival_persons
from hamsafar.journeys.survival.view import Survival

__all__ = ["Survival", "survival", "survival_persons"]
