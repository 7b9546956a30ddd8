"""Overview: how much there is, from when to when, and how long paths are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, ClassVar, Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from hamsafar.journeys.askable import Askable
from hamsafar.journeys.drawing import MOST_BARS, Bar, bars
from hamsafar.journeys.estimate import Estimate, Key, share
from hamsafar.journeys.index import NO_OWNERS, Unit
from hamsafar.journeys.parts import Part
from hamsafar.journeys.small_groups import without_small_rows
from hamsafar.journeys.view import Language, Result, first_rows, iso_time, number, unit_word, with_paths
from hamsafar.lib.intervals import wilson
from hamsafar.lib.jalali import jalali_date
from hamsafar.lib.persian import localise_digits

Counts = npt.NDArray[np.int64]

QUANTILES = {"min": 0.0, "p25": 0.25, "median": 0.5, "p75": 0.75, "p90": 0.9, "p99": 0.99, "max": 1.0}


@dataclass(frozen=True)
class Overview(Result):
    """What an index holds.

    - ``events``, ``paths``, ``persons``: how many (``unit`` says what a path is); ``event_names``: how many
      different names these events have;
    - ``first_at``, ``last_at``: ISO 8601 in UTC, None without events;
    - ``events_per_person``: mean and quantiles (linear between neighbours, as SQL's ``quantile_cont``) of the
      number of events of a person, each None without persons; ``events_per_path`` likewise;
    - ``names``: one row per name with its events, and the paths and persons that have it; most events first,
      ties by name.
    """

    unit: Unit
    events: int
    paths: int
    persons: int
    event_names: int
    first_at: str | None
    last_at: str | None
    events_per_person: dict[str, float | None]
    events_per_path: dict[str, float | None]
    names: pa.Table

    titles: ClassVar = {"en": "Overview", "fa": "نمای کلی"}
    headings: ClassVar = {"en": ("event", "events", "persons"), "fa": ("رویداد", "تعداد", "اشخاص")}

    def table(self) -> pa.Table:
        """``event`` string; ``events``, ``paths``, ``persons`` int64."""
        return self.names

    def to_dict(self) -> dict[str, Any]:
        """``intervals`` has, for every row, the share of persons that have the name, with its 95% interval and n."""
        return {
            "question": "overview",
            "unit": self.unit,
            "events": self.events,
            "paths": self.paths,
            "persons": self.persons,
            "event_names": self.event_names,
            "first_at": self.first_at,
            "last_at": self.last_at,
            "events_per_person": self.events_per_person,
            "events_per_path": self.events_per_path,
            "rows": self.names.to_pylist(),
            "intervals": [
                {"share": wilson(persons, self.persons).to_dict()}
                for persons in self.names["persons"].to_pylist()
            ],
        }

    def masked(self, least: int) -> tuple[Self, int]:
        """The longest and the shortest path may be those of one person, so they go too."""
        shown, gone = without_small_rows(self, least)
        edges = {"min": None, "max": None}
        return (
            replace(
                shown,
                events_per_person={**self.events_per_person, **edges},
                events_per_path={**self.events_per_path, **edges},
            ),
            gone,
        )

    def heads(self, language: Language) -> tuple[str, ...]:
        return with_paths(self.headings[language], 2, self.unit, language)

    def cells(self, language: Language, limit: int) -> list[list[str]]:
        counts = ("events", "persons") if self.unit == "person" else ("events", "paths", "persons")
        return [
            [row["event"], *(number(row[count], language) for count in counts)]
            for row in first_rows(self.names, limit)
        ]

    def drawing(self, language: Language) -> str:
        rows = [
            Bar(row["event"], row["events"], number(row["events"], language))
            for row in first_rows(self.names, MOST_BARS)
        ]
        return bars(rows, self.titles[language], language)

    def estimates(self) -> list[Estimate]:
        """For each name, the share of paths that have it."""
        return [share((row["event"],), row["paths"], self.paths) for row in self.names.to_pylist()]

    def absent(self, key: Key) -> Estimate | None:
        return share(key, 0, self.paths)

    def notes(self, language: Language) -> list[str]:
        if not self.events:
            return ["هیچ رویدادی نیست." if language == "fa" else "There are no events."]
        events, paths, persons, names, middle = (
            number(value, language)
            for value in (
                self.events,
                self.paths,
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
            cut = "" if self.unit == "person" else f" در {paths} {unit_word(self.unit, 'fa')}"
            return [
                f"{events} رویداد{cut} از {persons} شخص با {names} نام متفاوت، از {first} تا {last} به وقت جهانی.",
                f"میانهٔ تعداد رویداد هر شخص: {middle}.",
            ]
        cut = "" if self.unit == "person" else f"{unit_word(self.unit, 'en')}: {paths}; "
        return [
            f"Events: {events}; {cut}persons: {persons}; names: {names}; "
            f"from {self.first_at} to {self.last_at}.",
            f"Median of events per person: {middle}.",
        ]


@dataclass(frozen=True)
class _Partial:
    names: Counts  # [3, n_names]: events, paths, persons
    lengths: Counts  # [2, n]: distinct lengths of paths, how many paths have them
    totals: Counts  # [2, n]: distinct numbers of events of persons, how many persons have them
    span_us: tuple[int, int] | None


def overview(paths: Askable) -> Overview:
    """See ``Overview``; no paths give zeros and None."""
    return finish(paths, paths.reduce(map_part, merge))


def map_part(part: Part) -> _Partial:
    from hamsafar.journeys.kernels.counting import count_names

    index, first, last = part.index, part.first, part.last
    offset = index.offset[first : last + 1]
    lengths = np.stack(np.unique(np.diff(offset), return_counts=True)).astype(np.int64)
    names = count_names(index.code, index.offset, NO_OWNERS, first, last, len(index.names))
    totals, persons = lengths, names[1]
    if index.owner is not None:
        own = part.persons
        ends = np.flatnonzero(np.diff(own, append=-1))  # the last path of each person
        totals = np.stack(
            np.unique(np.diff(offset[ends + 1], prepend=offset[:1]), return_counts=True)
        ).astype(np.int64)
        persons = count_names(index.code, index.offset, index.owner, first, last, len(index.names))[1]
    span = None
    if last > first:
        begins, ends = index.offset[first:last], index.offset[first + 1 : last + 1] - 1
        span = (int(index.at_us[begins].min()), int(index.at_us[ends].max()))
    return _Partial(
        names=np.stack([*names, persons]),
        lengths=lengths,
        totals=totals,
        span_us=span,
    )


def merge(left: _Partial, right: _Partial) -> _Partial:
    spans = [span for span in (left.span_us, right.span_us) if span]
    return _Partial(
        names=left.names + right.names,
        lengths=_added(left.lengths, right.lengths),
        totals=_added(left.totals, right.totals),
        span_us=(min(span[0] for span in spans), max(span[1] for span in spans)) if spans else None,
    )


def _added(left: Counts, right: Counts) -> Counts:
    both = np.concatenate([left, right], axis=1)
    lengths, place = np.unique(both[0], return_inverse=True)
    counts = np.zeros(len(lengths), dtype=np.int64)
    np.add.at(counts, place, both[1])
    return np.stack([lengths, counts])


def finish(asked: Askable, partial: _Partial) -> Overview:
    events, paths, persons = partial.names
    present = np.flatnonzero(events)
    order = present[np.argsort(-events[present], kind="stable")]  # names are sorted: ties stay by name
    first, last = partial.span_us or (None, None)
    return Overview(
        unit=asked.unit,
        events=int(events.sum()),
        paths=int(partial.lengths[1].sum()),
        persons=int(partial.totals[1].sum()),
        event_names=len(present),
        first_at=iso_time(first),
        last_at=iso_time(last),
        events_per_person=_quantiles(*partial.totals),
        events_per_path=_quantiles(*partial.lengths),
        names=pa.table(
            {
                "event": pa.array([asked.names[code] for code in order], pa.string()),
                "events": pa.array(events[order]),
                "paths": pa.array(paths[order]),
                "persons": pa.array(persons[order]),
            }
        ),
    )


def _quantiles(lengths: Counts, counts: Counts) -> dict[str, float | None]:
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
