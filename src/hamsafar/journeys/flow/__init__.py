"""Flow: what comes step by step before and after an anchor."""

from hamsafar.journeys.flow.question import BadOccurrence, NoStepsAround, Occurrence, flow, flow_persons
from hamsafar.journeys.flow.view import Flow

__all__ = ["BadOccurrence", "Flow", "NoStepsAround", "Occurrence", "flow", "flow_persons"]
