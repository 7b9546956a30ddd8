"""Compare: the same question asked of two segments, and what differs beyond chance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from hamsafar.journeys.askable import Askable
from hamsafar.journeys.drawing import MOST_BARS, Bar, bars
from hamsafar.journeys.errors import NotComparable, UnknownQuestion
from hamsafar.journeys.estimate import Estimate, Key
from hamsafar.journeys.index import Unit
from hamsafar.journeys.parts import Part
from hamsafar.journeys.statistics import difference, holm, share_p_values
from hamsafar.journeys.variants import MOST
from hamsafar.journeys.view import Language, Result, duration, first_rows, number, p_value, percent, rests_on

# What else an ``Askable`` can do.
_NO_QUESTIONS = (
    *("code_of", "reduce", "derive", "select", "by_session", "by_instance", "compare", "where"),
    *("persons_where", "only_persons", "without_persons"),
)
_LANGUAGES: tuple[Language, ...] = ("en", "fa")
_SIDES = {"en": ("A", "B"), "fa": ("الف", "ب")}


@dataclass(frozen=True)
class Segment:
    """How much one side of a comparison rests on."""

    unit: Unit
    events: int
    paths: int
    persons: int


@dataclass(frozen=True)
class Comparison(Result):
    """The figures of two answers side by side.

    One row per figure that can be compared (which, each question says): ``row`` (list of names, as the question
    names its rows), ``figure`` ("share", or "seconds" for a median), for each side its value, 95% interval and n,
    ``difference`` = a - b with its 95% interval (see ``statistics.difference``: Newcombe's for shares, the same
    recovery of variances for medians), and for shares ``p`` of "both are the same" (chi-square, or Fisher's exact
    test where counts are small) and ``p_corrected`` by Holm for the number of rows tested (``comparisons``).
    ``tests`` holds tests of the two answers as a whole, such as log-rank for survival.

    Intervals and p hold for independent segments. ``overlap`` is how many persons are in both; of those above 0,
    differences are truly surer than is said here. A row that one answer does not have is a share of 0 where that
    is known (see the questions), and otherwise has no value there. ``names`` holds what a reader calls each row, by
    language.
    """

    question: str
    a: Segment
    b: Segment
    overlap: int | None
    comparisons: int
    tests: list[dict[str, Any]]
    names: dict[Language, list[str]]
    rows: pa.Table
    answers: tuple[Result, Result] = field(repr=False, compare=False)
    top: int | None = None

    titles: ClassVar = {"en": "Comparison of A and B", "fa": "مقایسهٔ الف و ب"}
    headings: ClassVar = {
        "en": ("row", "A", "B", "A − B", "from", "to", "p (Holm)"),
        "fa": ("سطر", "الف", "ب", "الف منهای ب", "از", "تا", "p (هولم)"),
    }

    def table(self) -> pa.Table:
        """``row`` list of string, ``figure`` string, ``a``, ``a_low``, ``a_high`` float64, ``a_n`` int64, the same for
        ``b``, ``difference``, ``difference_low``, ``difference_high``, ``p``, ``p_corrected`` float64."""
        return self.rows

    def sheet(self, language: Language) -> pa.Table:
        """``table`` with rows by what a reader calls them."""
        names = pa.array(self.names[language], pa.string())
        return self.rows.set_column(self.rows.column_names.index("row"), "row", names)

    def to_dict(self) -> dict[str, Any]:
        return {
            "question": "compare",
            "of": self.question,
            "a": vars(self.a),
            "b": vars(self.b),
            "overlap": self.overlap,
            "correction": "holm",
            "comparisons": self.comparisons,
            "tests": self.tests,
            "names": self.names,
            "rows": self.rows.to_pylist(),
        }

    def cells(self, language: Language, limit: int) -> list[list[str]]:
        return [
            [
                name,
                *(_value(row[side], row["figure"], language) for side in "ab"),
                *(
                    _difference(row[end], row["figure"], language)
                    for end in ("difference", "difference_low", "difference_high")
                ),
                p_value(row["p_corrected"], language),
            ]
            for name, row in zip(self.names[language], first_rows(self.rows, limit), strict=False)
        ]

    def notes(self, language: Language) -> list[str]:
        fa = language == "fa"
        notes = []
        for name, side in zip(_SIDES[language], (self.a, self.b), strict=True):
            basis = rests_on(side.events, side.persons, language, side.paths, side.unit)
            notes.append(f"{name}: {basis[:1].lower() + basis[1:]}")
        tested = number(self.comparisons, language)
        notes.append(
            f"p به روش هولم برای {tested} مقایسه تصحیح شده است؛ بازه‌ها ۹۵٪ هستند."
            if fa
            else f"p is corrected by Holm's method for {tested} comparisons; intervals are at 95%."
        )
        for test in self.tests:
            shown = p_value(test["p"], language)
            notes.append(
                f"آزمون لگ‌رنک برای کل دو منحنی: p = {shown}."
                if fa
                else f"Log-rank test of the two whole curves: p = {shown}."
            )
        if self.overlap:
            both = number(self.overlap, language)
            notes.append(
                f"{both} شخص در هر دو سگمنت هستند؛ بازه‌ها و p برای سگمنت‌های مستقل حساب شده‌اند."
                if fa
                else f"Persons in both segments: {both}; intervals and p are those of independent segments."
            )
        return notes

    def masked(self, least: int) -> tuple[Self, int]:
        """Without the rows that either answer would withhold; an overlap of few persons is not told."""
        shown = (self.answers[0].masked(least)[0], self.answers[1].masked(least)[0])
        rows, names = _compared(self.answers, shown, self.top)
        overlap = None if self.overlap and self.overlap < least else self.overlap
        comparisons = rows.num_rows - rows["p"].null_count
        masked = replace(self, rows=rows, names=names, overlap=overlap, comparisons=comparisons)
        return masked, self.rows.num_rows - rows.num_rows + (overlap is None)

    def drawing(self, language: Language) -> str:
        shown = [
            Bar(
                f"{name} · {side_name}",
                row[side],
                f"{percent(row[side], language)} (n = {number(row[side + '_n'], language)})",
                row[side + "_low"],
                row[side + "_high"],
            )
            for name, row in zip(self.names[language], first_rows(self.rows, MOST_BARS), strict=False)
            if row["figure"] == "share"
            for side, side_name in zip("ab", _SIDES[language], strict=True)
            if row[side] is not None
        ]
        return bars(shown, self.titles[language], language)


def compare(
    question: str | Callable[[Askable], Result], a: Askable, b: Askable, **arguments: Any
) -> Comparison:
    """See ``Comparison``. ``question`` is a question's name, asked with ``arguments``, or a function of paths.

    Raises what the question raises, ``UnknownQuestion`` and ``NotComparable`` for one without such figures. Of
    variants, the ``top`` ones of either side are compared.
    """
    name = question if isinstance(question, str) else getattr(question, "__name__", "question")
    answers = (_ask(question, a, arguments), _ask(question, b, arguments))
    if any(type(answer).estimates is Result.estimates for answer in answers):
        raise NotComparable(question=name)
    top = int(arguments.get("top", 20)) if question == "variants" else None
    rows, names = _compared(answers, answers, top)
    return Comparison(
        question=name,
        a=_segment(a),
        b=_segment(b),
        overlap=_overlap(a, b),
        comparisons=rows.num_rows - rows["p"].null_count,
        tests=answers[0].tests_against(answers[1]),
        names=names,
        rows=rows,
        answers=answers,
        top=top,
    )


def _compared(
    answers: tuple[Result, Result], shown: tuple[Result, Result], top: int | None
) -> tuple[pa.Table, dict[Language, list[str]]]:
    """The rows, and what they are called. ``shown`` are the answers without what is withheld of them."""
    found = [{(one.key, one.figure): one for one in answer.estimates()} for answer in answers]
    listed = [[(one.key, one.figure) for one in answer.estimates()][:top] for answer in shown]
    # What one answer has and does not show is not shown of the other either: what is not there counts as 0.
    hidden = {
        key
        for one, answer in zip(found, shown, strict=True)
        for key in one.keys() - {(estimate.key, estimate.figure) for estimate in answer.estimates()}
    }
    keys = [key for key in dict.fromkeys((*listed[0], *listed[1])) if key not in hidden]
    pairs = [
        (
            found[0].get((key, figure)) or _absent(answers[0], key, figure),
            found[1].get((key, figure)) or _absent(answers[1], key, figure),
        )
        for key, figure in keys
    ]
    names = {language: [answers[0].row_name(key, language) for key, _ in keys] for language in _LANGUAGES}
    return _table(keys, pairs, share_p_values(pairs)), names


def _ask(question: str | Callable[[Askable], Result], paths: Askable, arguments: dict[str, Any]) -> Result:
    if not isinstance(question, str):
        return question(paths)
    if question == "variants":
        arguments = {**arguments, "top": MOST}
    method = getattr(paths, question, None) if question in questions() else None
    if method is None:
        raise UnknownQuestion(name=question, known=questions())
    answer: Result = method(**arguments)
    return answer


def questions() -> tuple[str, ...]:
    """The names of all questions: what an ``Askable`` answers with a ``Result``."""
    return tuple(
        name
        for name, member in vars(Askable).items()
        if not name.startswith("_")
        and getattr(member, "__module__", "") == Askable.__module__
        and name not in ("compare", "reduce", "derive", "select", "code_of")
    )


def _absent(answer: Result, key: Key, figure: Any) -> Estimate:
    known = answer.absent(key) if figure == "share" else None
    return known or Estimate(key, figure, None, None, None, 0)


def _segment(paths: Askable) -> Segment:
    return Segment(paths.unit, paths.n_events, paths.n_paths, paths.n_persons)


def _overlap(a: Askable, b: Askable) -> int:
    """How many persons are in both, by 64-bit hashes of their ids: of 100 million persons each, one chance in
    two thousand to be wrong by one."""
    return len(np.intersect1d(a.reduce(_hashes, _both), b.reduce(_hashes, _both), assume_unique=True))


def _hashes(part: Part) -> npt.NDArray[np.uint64]:
    own = part.persons
    first, last = (int(own[0]), int(own[-1]) + 1) if len(own) else (0, 0)
    return part.index.persons.hashes(first, last)


def _both(left: npt.NDArray[np.uint64], right: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    return np.concatenate([left, right])


def _table(
    keys: list[tuple[Key, Any]], pairs: list[tuple[Estimate, Estimate]], p_values: list[float | None]
) -> pa.Table:
    apart = [difference(one, other) for one, other in pairs]
    columns: dict[str, Any] = {
        "row": pa.array([list(key) for key, _ in keys], pa.list_(pa.string())),
        "figure": pa.array([figure for _, figure in keys], pa.string()),
    }
    for place, side in enumerate("ab"):
        columns[side] = pa.array([pair[place].value for pair in pairs], pa.float64())
        columns[f"{side}_low"] = pa.array([pair[place].low for pair in pairs], pa.float64())
        columns[f"{side}_high"] = pa.array([pair[place].high for pair in pairs], pa.float64())
        columns[f"{side}_n"] = pa.array([pair[place].n for pair in pairs], pa.int64())
    for place, end in enumerate(("difference", "difference_low", "difference_high")):
        columns[end] = pa.array([one[place] for one in apart], pa.float64())
    columns["p"] = pa.array(p_values, pa.float64())
    columns["p_corrected"] = pa.array(holm(p_values), pa.float64())
    return pa.table(columns)


def _value(value: float | None, figure: str, language: Language) -> str:
    return percent(value, language) if figure == "share" else duration(value, language)


def _difference(value: float | None, figure: str, language: Language) -> str:
    """With its sign; of shares in percentage points."""
    if value is None:
        return number(None, language)
    sign = "−" if value < 0 else "+" if value > 0 else ""
    if figure == "share":
        unit = " واحد درصد" if language == "fa" else " pp"
        return sign + number(abs(value) * 100, language) + unit
    return sign + duration(abs(value), language)
