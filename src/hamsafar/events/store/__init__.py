"""The only door to DuckDB; free of Django.

One DuckDB instance a process, one attached file a workspace, one writer thread, a cursor per reader.
"""

from hamsafar.events.store.errors import StoreDamaged, StoreInUse
from hamsafar.events.store.instance import EventStores
from hamsafar.events.store.reading import PersonSummary, PropertyName, RejectedCount, StoredEvent
from hamsafar.events.store.taking import Appended
from hamsafar.events.store.workspace import REJECTED_SCHEMA, SCHEMA, Snapshot, Watermark, WorkspaceEvents

__all__ = [
    "REJECTED_SCHEMA",
    "SCHEMA",
    "Appended",
    "EventStores",
    "PersonSummary",
    "PropertyName",
    "RejectedCount",
    "Snapshot",
    "StoreDamaged",
    "StoreInUse",
    "StoredEvent",
    "Watermark",
    "WorkspaceEvents",
]
