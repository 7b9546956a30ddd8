"""Synthetic events: Markov paths of a shop's visitors, with many variants, in the order of their times."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from hamsafar.journeys import PathIndex

NAMES = (
    "ad_click", "search", "visit", "category", "product", "product_zoom", "review_read", "cart_add",
    "cart_remove", "checkout", "address", "payment", "payment_failed", "order_paid", "shipped",
    "delivered", "review_written", "call", "ticket", "app_open",
)  # fmt: skip

EVENTS_PER_PERSON = 20
_PERSONS_AT_ONCE = 250_000
_YEAR_US = 365 * 86_400 * 1_000_000
_LONGEST_GAP_SECONDS = 30 * 86_400  # beyond that, a few paths would end centuries from now
_FIRST_US = 1_735_689_600_000_000  # 2025-01-01


def write_parquet(path: Path, events: int, seed: int = 7) -> Path:
    """About ``events`` events in columns person, event (texts) and time (microseconds, UTC), the same every time.

    A person begins at any time of a year; a next event follows after minutes or days, so that paths overlap.
    Persons come in blocks; within a block, the events are in the order of their times, as a log has them.
    """
    if path.exists():
        return path
    chance = np.random.default_rng(seed)
    follows = np.cumsum(chance.dirichlet(np.full(len(NAMES), 0.3), size=len(NAMES)), axis=1)
    persons = max(1, events // EVENTS_PER_PERSON)
    schema = pa.schema([("person", pa.string()), ("event", pa.string()), ("time", pa.timestamp("us", "UTC"))])
    temporary = path.with_suffix(".part")
    with pq.ParquetWriter(temporary, schema) as writer:
        for first in range(0, persons, _PERSONS_AT_ONCE):
            writer.write_table(_block(chance, follows, first, min(first + _PERSONS_AT_ONCE, persons), schema))
    return temporary.rename(path)


def _block(
    chance: np.random.Generator, follows: np.ndarray, first: int, last: int, schema: pa.Schema
) -> pa.Table:
    n = last - first
    lengths = np.minimum(chance.geometric(1 / EVENTS_PER_PERSON, n), 40 * EVENTS_PER_PERSON)
    alive = np.arange(n)
    state = chance.integers(0, len(NAMES), n)
    now = _FIRST_US + chance.integers(0, _YEAR_US, n)
    columns: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    for step in range(int(lengths.max())):
        keep = lengths[alive] > step
        alive, state, now = alive[keep], state[keep], now[keep]
        columns.append((alive, state, now))
        drawn = chance.random(len(alive))
        state = np.minimum((follows[state] < drawn[:, None]).sum(axis=1), len(NAMES) - 1)
        gap_seconds = np.minimum(chance.lognormal(6.0, 3.0, len(alive)), _LONGEST_GAP_SECONDS)
        now = now + (gap_seconds * 1e6).astype(np.int64)
    who, what, when = (np.concatenate(parts) for parts in zip(*columns, strict=True))
    order = np.argsort(when, kind="stable")
    ids = pa.array([f"customer-{number:09d}" for number in range(first, last)])
    return pa.table(
        [
            ids.take(pa.array(who[order])),
            pa.array(NAMES).take(pa.array(what[order])),
            pa.array(when[order]).cast(schema.field("time").type),
        ],
        schema=schema,
    )


def write_more(path: Path, index: PathIndex, events: int, seed: int = 8) -> Path:
    """New events for the persons of an index and, of every fifty, for one who is new; columns as above."""
    chance = np.random.default_rng(seed)
    numbers = chance.integers(0, index.n_persons + index.n_persons // 50 + 1, events)
    known = np.minimum(numbers, index.n_persons - 1)
    persons = [
        index.persons[number] if number == wanted else f"new-{wanted:09d}"
        for number, wanted in zip(known.tolist(), numbers.tolist(), strict=True)
    ]
    first, last = index.span_us
    times = np.sort(chance.integers(last - (last - first) // 12, last + 1, events))
    names = chance.choice(np.array(index.names), events)
    schema = pa.schema([("person", pa.string()), ("event", pa.string()), ("time", pa.timestamp("us", "UTC"))])
    columns = [pa.array(persons), pa.array(names.tolist()), pa.array(times).cast(schema.field("time").type)]
    pq.write_table(pa.table(columns, schema=schema), path)
    return path
