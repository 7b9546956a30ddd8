"""Retention: of those who began in a period, how many come back in the periods after it."""

from hamsafar.journeys.retention.question import retention, retention_persons
from hamsafar.journeys.retention.view import Retention

__all__ = ["Retention", "retention", "retention_persons"]
