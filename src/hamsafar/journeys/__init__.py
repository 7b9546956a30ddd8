"""The engine: questions about paths. A plain Python library, free of Django.

from hamsafar import journeys

index = journeys.read("orders.csv", person="customer", event="status", time="at")
index.transitions()
"""

from hamsafar.journeys.comparison import compare
from hamsafar.journeys.index import PathIndex, PropertyColumn
from hamsafar.journeys.reading import read
from hamsafar.journeys.stored import from_store
from hamsafar.lib.conditions import Condition

__all__ = ["Condition", "PathIndex", "PropertyColumn", "compare", "from_store", "read"]
