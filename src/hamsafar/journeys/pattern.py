"""Pattern: where in the paths a described stretch is found, for how many, and how long it takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial as bind
from typing import Any, ClassVar, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from hamsafar.journeys.askable import Askable
from hamsafar.journeys.drawing import Bar, bars
from hamsafar.journeys.errors import BadNumber
from hamsafar.journeys.estimate import Estimate, share
from hamsafar.journeys.index import PathIndex, Unit
from hamsafar.journeys.parts import Part, run_parts
from hamsafar.journeys.patterns.matching import matches
from hamsafar.journeys.patterns.tables import Matcher, compile_pattern
from hamsafar.journeys.select import restricted
from hamsafar.journeys.sequences import Sequences, count_sequences, merge_sequences
from hamsafar.journeys.small_groups import without_small_rows
from hamsafar.journeys.spread import Spread, merge_spreads, spread
from hamsafar.journeys.view import (
    Language,
    Result,
    duration,
    first_rows,
    medians_note,
    number,
    percent,
    rests_on,
)
from hamsafar.lib.intervals import Rate, wilson

Numbers = npt.NDArray[np.int64]
PathsT = TypeVar("PathsT", bound=Askable)

MOST = 1_000
"""Sequences that one answer may list."""

LONGEST_LISTED = 100
"""Events of a sequence that may be listed; longer ones are counted among the others."""


@dataclass(frozen=True)
class Pattern(Result):
    """Where a pattern is found. Its language is told in ``patterns.language``.

    An occurrence is a stretch of neighbouring events that fits the pattern. Occurrences of a path do not overlap: of
    all stretches after the one before, the one that ends first counts, and of those the one that begins first.

    - ``occurrences``; ``matched_paths`` and ``matched_persons`` have at least one; ``share`` is that of the paths,
      with its 95% Wilson interval;
    - ``duration_seconds`` from the first to the last event of an occurrence and ``length`` in events: quantiles, None
      without occurrences;
    - rows: the sequences of names that occurrences are, ``path`` (list of names), ``occurrences`` and ``persons``
      (who have it at least once), most occurrences first, ties by path. ``sequences`` is how many different ones there
      are of at most ``LONGEST_LISTED`` events; ``other_occurrences`` are those of sequences not listed.

    Where few persons have the pattern, or few have it not, ``withhold`` leaves no figure of it (None).
    """

    find: str
    events: int
    paths: int
    persons: int
    unit: Unit
    occurrences: int | None
    matched_paths: int | None
    matched_persons: int | None
    share: Rate | None
    duration_seconds: dict[str, float | None]
    length: dict[str, float | None]
    median_relative_error: float
    sequences: int
    other_occurrences: int | None
    rows: pa.Table

    titles: ClassVar = {"en": "Pattern", "fa": "الگو"}
    headings: ClassVar = {
        "en": ("occurrences", "share", "persons", "sequence"),
        "fa": ("دفعات", "سهم", "اشخاص", "دنباله"),
    }

    def table(self) -> pa.Table:
        """``path`` list of string, ``occurrences`` and ``persons`` int64."""
        return self.rows

    def to_dict(self) -> dict[str, Any]:
        return {
            "question": "pattern",
            "find": self.find,
            "unit": self.unit,
            "events": self.events,
            "paths": self.paths,
            "persons": self.persons,
            "occurrences": self.occurrences,
            "matched_paths": self.matched_paths,
            "matched_persons": self.matched_persons,
            "share": self.share and self.share.to_dict(),
            "duration_seconds": self.duration_seconds,
            "length": self.length,
            "median_relative_error": self.median_relative_error,
            "sequences": self.sequences,
            "other_occurrences": self.other_occurrences,
            "rows": self.rows.to_pylist(),
        }

    def estimates(self) -> list[Estimate]:
        """The share of paths in which the pattern is found."""
        return [share((self.find,), self.matched_paths or 0, self.paths)]

    def masked(self, least: int) -> tuple[Pattern, int]:
        matched = self.matched_persons or 0
        if any(0 < persons < least for persons in (matched, self.persons - matched)):
            nothing = dict.fromkeys(self.duration_seconds)
            hidden = replace(
                self,
                occurrences=None,
                matched_paths=None,
                matched_persons=None,
                share=None,
                duration_seconds=nothing,
                length=nothing,
                sequences=0,
                other_occurrences=None,
                rows=self.rows.slice(0, 0),
            )
            return hidden, len(self.rows)
        shown, gone = without_small_rows(self, least)
        listed = sum(shown.rows["occurrences"].to_pylist())
        return replace(shown, other_occurrences=(self.occurrences or 0) - listed), gone

    def cells(self, language: Language, limit: int) -> list[list[str]]:
        arrow = " ← " if language == "fa" else " → "
        return [
            [
                number(row["occurrences"], language),
                percent(row["occurrences"] / (self.occurrences or 1), language),
                number(row["persons"], language),
                arrow.join(row["path"]),
            ]
            for row in first_rows(self.rows, limit)
        ]

    def notes(self, language: Language) -> list[str]:
        basis = rests_on(self.events, self.persons, language, self.paths, self.unit)
        if self.share is None:
            return [basis]
        times, found, paths, persons, rest = (
            number(value, language)
            for value in (
                self.occurrences,
                self.matched_paths,
                self.paths,
                self.matched_persons,
                self.other_occurrences,
            )
        )
        share, low, high = (
            percent(one, language) for one in (self.share.value, self.share.low, self.share.high)
        )
        median, p90 = (duration(self.duration_seconds[one], language) for one in ("median", "p90"))
        if language == "fa":
            said = [
                f"{times} بار، در {found} مسیر از {paths} مسیر ({share}؛ فاصلهٔ اطمینان ۹۵٪: {low} تا {high})، "
                f"از {persons} شخص."
            ]
            took = f"میانهٔ مدت {median}؛ ۹۰٪ حداکثر {p90}. در دنباله‌هایی که فهرست نشده‌اند: {rest} بار."
        else:
            said = [
                f"Occurrences: {times}; paths: {found} of {paths} ({share}, 95% interval {low} to {high}); "
                f"persons: {persons}."
            ]
            took = f"Median duration {median}; 90% take at most {p90}. In sequences not listed: {rest}."
        if not self.occurrences:
            said = [
                f"این الگو در هیچ‌یک از {paths} مسیر نیست."
                if language == "fa"
                else f"Found in none of {paths} paths."
            ]
        else:
            said.append(took)
        return [
            *said,
            basis,
            *medians_note(self.median_relative_error, language),
        ]

    def drawing(self, language: Language) -> str:
        arrow = " ← " if language == "fa" else " → "
        return bars(
            [
                Bar(arrow.join(row["path"]), row["occurrences"], number(row["occurrences"], language))
                for row in first_rows(self.rows, 10)
            ],
            self.titles[language],
            language,
        )


@dataclass(frozen=True)
class _Partial:
    paths: int
    persons: int
    durations: Spread
    lengths: Spread
    sequences: Sequences


def pattern(paths: Askable, find: str, top: int = 20) -> Pattern:
    """See ``Pattern``; ``top`` from 1 to ``MOST`` sequences are listed.

    Raises ``BadNumber`` and, for the pattern, ``BadPattern`` (with the character), ``UnknownInPattern``,
    ``NoNameLike``, ``MatchesNothing``, ``NeverMatches`` and ``PatternTooLarge``.
    """
    if isinstance(top, bool) or not isinstance(top, int) or not 1 <= top <= MOST:
        raise BadNumber(given=top, field="top", least=1, most=MOST)
    matcher = matcher_for(paths, find)
    first_us, last_us = paths.span_us
    partial = paths.reduce(bind(map_part, matcher, last_us - first_us, paths.n_events), merge)
    return finish(paths, find, top, partial)


def matcher_for(paths: Askable, find: str) -> Matcher:
    """A pattern over the names of these paths."""
    return compile_pattern(find, paths.names, paths.code_by_name)


def map_part(matcher: Matcher, longest_us: int, longest: int, part: Part) -> _Partial:
    index = part.index
    found = matches(matcher, part)
    path, begin, end = found.T
    owners = owners_of(index, path)
    short = end - begin <= LONGEST_LISTED
    return _Partial(
        paths=distinct(path),
        persons=distinct(owners),
        durations=spread(index.at_us[end - 1] - index.at_us[begin], longest_us),
        lengths=spread(end - begin, longest),
        sequences=count_sequences(index.code, found[short, 1:], owners[short]),
    )


def merge(left: _Partial, right: _Partial) -> _Partial:
    return _Partial(
        left.paths + right.paths,
        left.persons + right.persons,
        merge_spreads(left.durations, right.durations),
        merge_spreads(left.lengths, right.lengths),
        merge_sequences(left.sequences, right.sequences),
    )


def finish(paths: Askable, find: str, top: int, partial: _Partial) -> Pattern:
    rows = partial.sequences.rows(paths.names, top)
    n = partial.durations.n
    return Pattern(
        find=find,
        events=paths.n_events,
        paths=paths.n_paths,
        persons=paths.n_persons,
        unit=paths.unit,
        occurrences=n,
        matched_paths=partial.paths,
        matched_persons=partial.persons,
        share=wilson(partial.paths, paths.n_paths),
        duration_seconds=partial.durations.quantiles(1e6),
        length=partial.lengths.quantiles(),
        median_relative_error=partial.durations.relative_error,
        sequences=len(partial.sequences.counts),
        other_occurrences=n - sum(rows["occurrences"].to_pylist()),
        rows=rows,
    )


def where(paths: PathsT, find: str, *, matched: bool = True) -> PathsT:
    """The paths with an occurrence of the pattern, or those without one; all of their events stay."""
    return paths.derive(bind(_kept, matcher_for(paths, find), matched))


def _kept(matcher: Matcher, matched: bool, index: PathIndex) -> PathIndex:
    flags = np.full(index.n_paths, not matched)
    for found in run_parts(index, bind(matches, matcher, only_first=True)):
        flags[found[:, 0]] = matched
    events = np.repeat(flags, np.diff(index.offset))
    return restricted(index, events, f"{'with' if matched else 'without'} {matcher.text}")


def matching_paths(index: PathIndex, find: str) -> Numbers:
    """The numbers of the paths in which the pattern is found, ascending int64."""
    matcher = matcher_for(index, find)
    return np.concatenate(run_parts(index, lambda part: matches(matcher, part, only_first=True)[:, 0]))


def pattern_persons(
    index: PathIndex, find: str, *, matched: bool = True, sequence: list[str] | None = None
) -> Numbers:
    """The numbers of the persons with an occurrence, or with one that is this ``sequence``; or with none."""
    if sequence is None:
        found = index.persons_of(matching_paths(index, find))
    else:
        matcher = matcher_for(index, find)
        wanted = np.array([index.code_of(name) for name in sequence])
        spans = np.concatenate(run_parts(index, bind(matches, matcher)))
        spans = spans[spans[:, 2] - spans[:, 1] == len(wanted)]
        same = (index.code[spans[:, 1:2] + np.arange(len(wanted))] == wanted).all(axis=1)
        found = index.persons_of(np.unique(spans[same, 0]))
    return found if matched else np.setdiff1d(np.arange(index.n_persons), found)


def pattern_spans(index: PathIndex, find: str, person: str) -> Numbers:
    """The occurrences in the paths of one person, int64 [n, 2]: begin and end (exclusive) in the index.

    Raises ``UnknownPerson`` besides what ``pattern`` raises.
    """
    number = index.person_number(person)
    paths = Part(index, *index.first_path[number : number + 2].tolist())
    return matches(matcher_for(index, find), paths)[:, 1:]


def owners_of(index: PathIndex, paths: Numbers) -> Numbers:
    """Whose each of these paths is."""
    return paths if index.owner is None else index.owner[paths]


def distinct(sorted_numbers: Numbers) -> int:
    """How many different ones; equal ones stand side by side."""
    return int(np.count_nonzero(np.diff(sorted_numbers)) + (len(sorted_numbers) > 0))
