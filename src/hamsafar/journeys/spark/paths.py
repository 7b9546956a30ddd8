"""Paths on executors that answer the questions of any ``Askable``."""

from __future__ import annotations

import pickle
import weakref
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from functools import partial as bind
from math import isqrt
from typing import TYPE_CHECKING, NoReturn

from hamsafar.journeys.askable import Askable, P
from hamsafar.journeys.index import PathIndex, RejectedRows, Unit
from hamsafar.journeys.parts import Part
from hamsafar.journeys.spark import executors
from hamsafar.journeys.spark.errors import NotOnSpark, told
from hamsafar.lib.errors import HamsafarError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from hamsafar.events.files import Mapping

MERGED_BY_DRIVER = 64
"""Answers of more parts than this are first merged on the executors, in groups."""


@dataclass(frozen=True)
class Totals:
    """What is known of paths without asking: ``span_us`` is (0, 0) without events."""

    n_events: int
    n_persons: int
    n_paths: int
    span_us: tuple[int, int]


@dataclass(eq=False)
class Kept:
    """The parts, as executors keep them: a persisted DataFrame of ``executors.PART_FIELDS``, ``n_parts`` rows."""

    parts: DataFrame
    n_parts: int

    def __post_init__(self) -> None:
        # A server of Spark Connect would keep them after this process is gone.
        self.forget = weakref.finalize(self, _forget, self.parts)


@dataclass(frozen=True, eq=False)
class SparkPaths(Askable):
    """Events spread by person over the parts of an index that executors keep; see ``spark.read``.

    Every part is built once, asked by every question, and rebuilt from the files by Spark when the executor that
    kept it is lost. ``changes`` (what ``derive`` was given) are applied whenever a part is asked. What the parts
    answer comes back to this process: all of it together is bounded by ``spark.driver.maxResultSize`` (1 GB
    unless set), and the answer of one part by 2 GB.

    ``rejected`` are the rows that could not be read, ``mapping`` says which columns were read as what.
    """

    names: tuple[str, ...]
    rejected: tuple[RejectedRows, ...]
    mapping: Mapping
    unit: Unit
    _kept: Kept
    _whole: Totals
    _changes: tuple[executors.Change, ...] = field(default=())

    @classmethod
    def of(cls, parts: DataFrame, mapping: Mapping) -> SparkPaths:
        """The paths of a DataFrame of ``executors.PART_FIELDS``, which is worked out and kept here and now."""
        parts = parts.persist()
        known = parts.select("events", "persons", "first_us", "last_us", "names", "rejected").collect()
        spans = [(row["first_us"], row["last_us"]) for row in known if row["events"]]
        faults = [(one["seq"], one["code"], one["count"]) for row in known for one in row["rejected"]]
        n_persons = sum(row["persons"] for row in known)
        return cls(
            names=tuple(sorted({name for row in known for name in row["names"]})),
            rejected=_rejected(faults),
            mapping=mapping,
            unit="person",
            _kept=Kept(parts, len(known)),
            _whole=Totals(
                n_events=sum(row["events"] for row in known),
                n_persons=n_persons,
                n_paths=n_persons,
                span_us=(min(first for first, _ in spans), max(last for _, last in spans))
                if spans
                else (0, 0),
            ),
        )

    def __repr__(self) -> str:
        return f"<SparkPaths: {self._whole.n_events} events in {self._kept.n_parts} parts, {len(self.names)} names>"

    def __getattr__(self, name: str) -> NoReturn:
        if not name.startswith("_") and hasattr(PathIndex, name):
            raise NotOnSpark(asked=name)
        raise AttributeError(name)

    @cached_property
    def _totals(self) -> Totals:
        return self.reduce(_totals_of, _totals_together) if self._changes else self._whole

    @property
    def n_events(self) -> int:
        return self._totals.n_events

    @property
    def n_persons(self) -> int:
        return self._totals.n_persons

    @property
    def n_paths(self) -> int:
        return self._totals.n_paths

    @property
    def span_us(self) -> tuple[int, int]:
        return self._totals.span_us

    def derive(self, change: Callable[[PathIndex], PathIndex], unit: Unit | None = None) -> SparkPaths:
        return replace(self, unit=unit or self.unit, _changes=(*self._changes, change))

    def reduce(
        self, function: Callable[[Part], P], merge: Callable[[P, P], P], parts: int | None = None
    ) -> P:
        from pyspark.sql import functions

        asked = bind(executors.to_answer, self.names, self._changes, function)
        n_parts = self._kept.n_parts
        with told():
            kept = self._kept.parts.select("part", "names", "data")
            answers = kept.mapInArrow(asked, executors.ANSWER_FIELDS)
            if n_parts > MERGED_BY_DRIVER:
                groups = isqrt(n_parts)
                group = functions.expr(f"part div {-(-n_parts // groups)}")
                merging = bind(executors.to_merged, merge)
                answers = answers.repartition(groups, group).mapInArrow(merging, executors.ANSWER_FIELDS)
            rows = sorted(answers.collect(), key=lambda row: int(row["part"]))
        answer = executors.merged(merge, [pickle.loads(row["data"]) for row in rows])  # noqa: S301  (our own executors')
        if isinstance(answer, HamsafarError):
            raise answer
        return answer  # type: ignore[no-any-return]  # an answer of ``function``

    def close(self) -> None:
        """Let the executors forget the parts; they are built anew when something is asked again."""
        self._kept.forget()


def _forget(parts: DataFrame) -> None:
    with suppress(Exception):  # the session may be gone already, and the parts with it
        parts.unpersist()


def _rejected(counts: Sequence[tuple[int, str, int]]) -> tuple[RejectedRows, ...]:
    """By reason, most first; of equally many, the one that comes first in the files."""
    total: Counter[str] = Counter()
    first: dict[str, int] = {}
    for seq, code, count in sorted(counts):
        total[code] += count
        first.setdefault(code, seq)
    rows = (1 << executors.ROWS_OF_A_FILE) - 1
    return tuple(RejectedRows(code, count, (first[code] & rows) + 1) for code, count in total.most_common())


def _totals_of(part: Part) -> Totals:
    index = part.index
    return Totals(index.n_events, index.n_persons, index.n_paths, index.span_us)


def _totals_together(left: Totals, right: Totals) -> Totals:
    if not left.n_events or not right.n_events:
        return left if left.n_events else right
    return Totals(
        left.n_events + right.n_events,
        left.n_persons + right.n_persons,
        left.n_paths + right.n_paths,
        (min(left.span_us[0], right.span_us[0]), max(left.span_us[1], right.span_us[1])),
    )
