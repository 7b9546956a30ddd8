"""What differs between two maps: two versions of one, a current and a future state, or two of different origin.

Works on exchange dicts (``document.check``) and is generic over ``fields.PARTS``. Free of Django.
"""

from hamsafar.maps.comparison.differences import KINDS, Comparison, Difference, FieldDifference, compare
from hamsafar.maps.comparison.matching import Kinship, kinship, match

__all__ = [
    "KINDS",
    "Comparison",
    "Difference",
    "FieldDifference",
    "Kinship",
    "compare",
    "kinship",
    "match",
]
