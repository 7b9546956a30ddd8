"""The real files of ``../shared/data`` as tables of person, event and time, to be asked like the synthetic ones."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from hamsafar import journeys

FILES = {
    "ecom_clickstream": ("ecom_clickstream/ecom.csv.gz", "user_id", "event", "timestamp"),
    "online_retail": ("online_retail/onlineretail.parquet", "CustomerID", "StockCode", "InvoiceDate"),
    "complete_journey": (
        "complete_journey/transactions_sample.parquet",
        "household_id",
        "store_id",
        "transaction_timestamp",
    ),
}


def files(folder: Path) -> dict[str, Path]:
    """Titles and Parquet files; none where the data is not beside this checkout."""
    root = Path(os.environ.get("HAMSAFAR_SHARED_DATA", Path(__file__).parents[2] / "shared" / "data"))
    found = {}
    for title, (path, person, event, time) in FILES.items():
        if (root / path).exists():
            found[title] = _tidied(root / path, folder / f"{title}.parquet", person, event, time)
    return found


def _tidied(source: Path, target: Path, person: str, event: str, time: str) -> Path:
    if target.exists():
        return target
    index = journeys.read(source, person, event, time)
    numbers = np.repeat(np.arange(index.n_persons), np.diff(index.offset))
    columns = {
        "person": pa.array(list(index.persons)).take(pa.array(numbers)),
        "event": pa.array(index.names).take(pa.array(index.code.astype(np.int64))),
        "time": pa.array(index.at_us).cast(pa.timestamp("us", "UTC")),
    }
    pq.write_table(pa.table(columns), target)
    return target
