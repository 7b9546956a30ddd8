"""Attribution: what conversions are credited to."""

from hamsafar.journeys.attribution.question import BadPosition, attribution, attribution_persons
from hamsafar.journeys.attribution.view import Attribution

__all__ = ["Attribution", "BadPosition", "attribution", "attribution_persons"]
