"""Overview: how much there is, from when to when, and how long paths are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from hamsafar.journeys.askable import Askable
from hamsafar.journeys.drawing import MOST_BARS, Bar, bars
from hamsafar.journeys.parts import Part
from hamsafar.journeys.view import Language, Result, first_rows, iso_time, number
from hamsafar.lib.jalali import jalali_date
from hamsafar.lib.persian import localise_digits

Counts = npt.NDArray[np.int64]

QUANTILES = {"min": 0.0, "p25": 0.25, "median": 0.5, "p75": 0.75, "p90": 0.9, "p99": 0.99, "max": 1.0}


@dataclass(frozen=True)
class Overview(Result):
    """What an index holds.

    - ``events``, ``persons``: how many; ``event_names``: how many different names these events have;
    - ``first_at``, ``last_at``: ISO 8601 in UTC, None without events;
    - ``events_per_person``: mean and quantiles (linear between neighbours, as SQL's ``quantile_cont``) of the
      number of events of a person, each None without persons;
    - ``names``: one row per name with its events and its persons, most events first, ties by name.
    """

    events: int
    persons: int
    event_names: int
    first_at: str | None
    last_at: str | None
    events_per_person: dict[str, float | None]
    names: pa.Table

    titles: ClassVar = {"en": "Overview", "fa": "نمای کلی"}
    headings: ClassVar = {"en": ("event", "events", "persons"), "fa": ("رویداد", "تعداد", "اشخاص")}

    def table(self) -> pa.Table:
        """``event`` string, ``events`` int64, ``persons`` int64."""
        return self.names

    def to_dict(self) -> dict[str, Any]:
        return {
            "question": "overview",
            "events": self.events,
            "persons": self.persons,
            "event_names": self.event_names,
            "first_at": self.first_at,
            "last_at": self.last_at,
            "events_per_person": self.events_per_person,
            "rows": self.names.to_pylist(),
        }

    def cells(self, language: Language, limit: int) -> list[list[str]]:
        return [
            [row["event"], number(row["events"], language), number(row["persons"], language)]
            for row in first_rows(self.names, limit)
        ]

    def drawing(self, language: Language) -> str:
        rows = [
            Bar(row["event"], row["events"], number(row["events"], language))
            for row in first_rows(self.names, MOST_BARS)
        ]
        return bars(rows, self.titles[language], language)

    def notes(self, language: Language) -> list[str]:
        if not self.events:
            return ["هیچ رویدادی نیست." if language == "fa" else "There are no events."]
        events, persons, names, middle = (
            number(value, language)
            for value in (
                self.events,
                self.persons,
                self.event_names,
                self.events_per_person["median"],
            )
        )
        if language == "fa":
            first, last = (
                localise_digits(jalali_date(datetime.fromisoformat(at), UTC), "fa")
                for at in (str(self.first_at), str(self.last_at))
            )
            return [
                f"{events} رویداد از {persons} شخص با {names} نام متفاوت، از {first} تا {last} به وقت جهانی.",
                f"میانهٔ تعداد رویداد هر شخص: {middle}.",
            ]
        return [
            f"Events: {events}; persons: {persons}; names: {names}; from {self.first_at} to {self.last_at}.",
            f"Median of events per person: {middle}.",
        ]


@dataclass(frozen=True)
class _Partial:
    names: Counts  # [2, n_names]: events, persons
    lengths: Counts  # [2, n]: distinct lengths of paths, how many paths have them
    span_us: tuple[int, int] | None


def overview(paths: Askable) -> Overview:
    """See ``Overview``; no paths give zeros and None."""
    return finish(paths.names, paths.reduce(map_part, merge))


def map_part(part: Part) -> _Partial:
    from hamsafar.journeys.kernels.counting import count_names

    index, first, last = part.index, part.first, part.last
    lengths = np.unique(np.diff(index.offset[first : last + 1]), return_counts=True)
    span = None
    if last > first:
        begins, ends = index.offset[first:last], index.offset[first + 1 : last + 1] - 1
        span = (int(index.at_us[begins].min()), int(index.at_us[ends].max()))
    return _Partial(
        names=count_names(index.code, index.offset, first, last, len(index.names)),
        lengths=np.stack(lengths).astype(np.int64),
        span_us=span,
    )


def merge(left: _Partial, right: _Partial) -> _Partial:
    both = np.concatenate([left.lengths, right.lengths], axis=1)
    lengths, place = np.unique(both[0], return_inverse=True)
    counts = np.zeros(len(lengths), dtype=np.int64)
    np.add.at(counts, place, both[1])
    spans = [span for span in (left.span_us, right.span_us) if span]
    return _Partial(
        names=left.names + right.names,
        lengths=np.stack([lengths, counts]),
        span_us=(min(span[0] for span in spans), max(span[1] for span in spans)) if spans else None,
    )


def finish(all_names: tuple[str, ...], partial: _Partial) -> Overview:
    events, persons = partial.names
    present = np.flatnonzero(events)
    order = present[np.argsort(-events[present], kind="stable")]  # names are sorted: ties stay by name
    first, last = partial.span_us or (None, None)
    return Overview(
        events=int(events.sum()),
        persons=int(partial.lengths[1].sum()),
        event_names=len(present),
        first_at=iso_time(first),
        last_at=iso_time(last),
        events_per_person=_events_per_person(*partial.lengths),
        names=pa.table(
            {
                "event": pa.array([all_names[code] for code in order], pa.string()),
                "events": pa.array(events[order]),
                "persons": pa.array(persons[order]),
            }
        ),
    )


def _events_per_person(lengths: Counts, counts: Counts) -> dict[str, float | None]:
    n = int(counts.sum())
    if n == 0:
        return dict.fromkeys(["mean", *QUANTILES])
    running = np.cumsum(counts)
    result: dict[str, float | None] = {"mean": float((lengths * counts).sum() / n)}
    for name, quantile in QUANTILES.items():
        rank = quantile * (n - 1)
        below, above = (
            int(lengths[np.searchsorted(running, int(whole), side="right")])
            for whole in (np.floor(rank), np.ceil(rank))
        )
        result[name] = below + (above - below) * (rank - np.floor(rank))
    return {name: None if value is None else float(value) for name, value in result.items()}
