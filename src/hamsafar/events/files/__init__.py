"""Reading files of many formats into canonical batches of events.

``inspect`` says what a file is and guesses its columns, ``preview`` shows rows as they will be read,
``read_batches`` reads them. Free of Django; also used by the engine.
"""

from hamsafar.events.files.errors import FileUnreadable
from hamsafar.events.files.reader import inspect, preview, read_batches
from hamsafar.events.files.reasons import REASONS
from hamsafar.events.files.shapes import (
    BATCH_SCHEMA,
    TIME_FORMATS,
    Batch,
    Column,
    Inspection,
    Mapping,
    PreviewRow,
    Question,
    Rejected,
)
from hamsafar.events.files.sql import sql_to_parquet

__all__ = [
    "BATCH_SCHEMA",
    "REASONS",
    "TIME_FORMATS",
    "Batch",
    "Column",
    "FileUnreadable",
    "Inspection",
    "Mapping",
    "PreviewRow",
    "Question",
    "Rejected",
    "inspect",
    "preview",
    "read_batches",
    "sql_to_parquet",
]
