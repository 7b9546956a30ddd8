"""What correlates answers, and how a reader sees it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

import pyarrow as pa

from hamsafar.journeys.drawing import MOST_BARS, Bar, forest
from hamsafar.journeys.estimate import Estimate, share
from hamsafar.journeys.small_groups import small
from hamsafar.journeys.view import (
    Language,
    Result,
    duration,
    first_rows,
    node,
    number,
    p_value,
    percent,
    significant,
)

_KIND_WORDS = {
    "en": {"event": "event", "transition": "transition", "property": "property"},
    "fa": {"event": "رویداد", "transition": "گذار", "property": "ویژگی"},
}


@dataclass(frozen=True)
class Correlates(Result):
    """What goes with reaching ``goal`` (an event, several as ``a|b``, or a pattern: see ``marks``).

    A path has a feature when it occurs in what is looked at of the path: an event of a name, two neighbouring events
    (``(start)`` before the first), an event with a value of a property. Of a path that reaches the goal, only the
    events **before its first goal** are looked at (before the first event of a pattern), so what merely follows the
    goal never appears; of the others, all events. ``within_seconds`` looks at the first so many seconds of every path,
    for goal and features alike, and leaves out paths that begin too near to the end of the data to be watched so long
    (``not_watched``): then both groups had the same time. Without it, the others had more time than those who stop at
    the goal: an odds ratio above 1 is then rather understated, one below 1 may only mean that the others went on
    longer.

    ``reached`` and ``others`` paths are compared; ``began_with_goal`` have nothing before it and are left
    out. One row per feature that at least ``min_paths`` paths have and not all: ``kind``, ``name`` (list: the
    event; source and target; property and value), ``paths`` and ``persons`` with it, ``reached_with``,
    ``share_with`` (of those with it, how many reach the goal) and ``share_without``, both with their 95%
    Wilson interval, ``odds_ratio`` with its 95% interval ``low``, ``high``, ``p`` of "no association"
    (chi-square; Fisher's exact test where counts are small) and ``p_corrected`` by Benjamini and Hochberg for
    all ``tested`` features. The ``top`` rows of each kind by p, ties by name.

    The odds ratio of [[a, b], [c, d]] is ad / bc, its interval that of its logarithm with variance 1/a + 1/b
    + 1/c + 1/d (B. Woolf, "On estimating the relation between blood group and disease", Annals of Human
    Genetics 19 (1955), 251-253). Where a cell is 0, a half is added to all four (``half_added``; J. B. S.
    Haldane, Annals of Human Genetics 20 (1956), 309-311; F. J. Anscombe, Biometrika 43 (1956), 461-464).
    Going together is not causing.
    """

    events: int
    paths: int
    persons: int
    unit: str
    goal: str
    within_seconds: float | None
    properties: tuple[str, ...]
    min_paths: int
    reached: int
    others: int
    began_with_goal: int
    not_watched: int
    tested: int
    rows: pa.Table

    titles: ClassVar = {"en": "What goes with the goal", "fa": "عوامل همراه با هدف"}
    headings: ClassVar = {
        "en": (
            "kind",
            "feature",
            "paths",
            "persons",
            "reach with",
            "reach without",
            "odds ratio",
            "from",
            "to",
            "p (BH)",
        ),
        "fa": (
            "نوع",
            "عامل",
            "مسیرها",
            "اشخاص",
            "رسیدن با آن",
            "رسیدن بدون آن",
            "نسبت شانس",
            "از",
            "تا",
            "p (BH)",
        ),
    }

    def table(self) -> pa.Table:
        """``kind`` string, ``name`` list of string, ``paths``, ``persons``, ``reached_with``,
        ``reached_without``, ``without`` int64, ``half_added`` bool, the rest float64."""
        return self.rows

    @property
    def reason(self) -> str | None:
        """Why there is nothing to compare: ``nobody_reached``, ``all_reached``, ``no_feature``; None otherwise.

        ``empty`` in JSON; the sentence is among the notes.
        """
        if not self.reached:
            return "nobody_reached"
        if not self.others:
            return "all_reached"
        return None if self.rows.num_rows else "no_feature"

    def to_dict(self) -> dict[str, Any]:
        return {
            "question": "correlates",
            "unit": self.unit,
            "events": self.events,
            "paths": self.paths,
            "persons": self.persons,
            "goal": self.goal,
            "within_seconds": self.within_seconds,
            "properties": list(self.properties),
            "min_paths": self.min_paths,
            "reached": self.reached,
            "others": self.others,
            "began_with_goal": self.began_with_goal,
            "not_watched": self.not_watched,
            "correction": "benjamini_hochberg",
            "tested": self.tested,
            "empty": self.reason,
            "rows": self.rows.to_pylist(),
        }

    def cells(self, language: Language, limit: int) -> list[list[str]]:
        return [
            [
                _KIND_WORDS[language][row["kind"]],
                self.row_name((row["kind"], *row["name"]), language),
                number(row["paths"], language),
                number(row["persons"], language),
                percent(row["share_with"], language),
                percent(row["share_without"], language),
                *(significant(row[figure], language) for figure in ("odds_ratio", "low", "high")),
                p_value(row["p_corrected"], language),
            ]
            for row in first_rows(self.rows, limit)
        ]

    def notes(self, language: Language) -> list[str]:
        reached, others, tested, least = (
            number(value, language) for value in (self.reached, self.others, self.tested, self.min_paths)
        )
        if language == "fa":
            why = {
                "nobody_reached": "هیچ مسیری به هدف نرسیده است؛ چیزی برای مقایسه نیست.",
                "all_reached": "همهٔ مسیرها به هدف رسیده‌اند؛ چیزی برای مقایسه نیست.",
                "no_feature": f"هیچ عاملی در دست‌کم {least} مسیر دیده نشد.",
            }
            if self.reason:
                return [why[self.reason]]
            window = (
                "" if self.within_seconds is None else f" در {duration(self.within_seconds, 'fa')} نخست مسیر"
            )
            return [
                f"هدف «{self.goal}»{window}: {reached} مسیر رسیده و {others} مسیر نرسیده است. "
                "فقط رویدادهای پیش از هدف به حساب می‌آیند.",
                f"p به روش بنجامینی-هاکبرگ برای {tested} عامل تصحیح شده است؛ بازه‌ها ۹۵٪ هستند.",
                "همراهی به معنای علت بودن نیست.",
            ]
        reasons = {
            "nobody_reached": "No path reaches the goal: there is nothing to compare.",
            "all_reached": "Every path reaches the goal: there is nothing to compare.",
            "no_feature": f"No feature occurs in at least {least} paths.",
        }
        if self.reason:
            return [reasons[self.reason]]
        window = (
            ""
            if self.within_seconds is None
            else f" within the first {duration(self.within_seconds, 'en')} of a path"
        )
        return [
            f"Goal “{self.goal}”{window}: paths that reach it: {reached}; others: {others}. "
            "Only events before it count.",
            f"p is corrected by Benjamini and Hochberg's method for {tested} features; intervals are at 95%.",
            "Going together is not causing.",
        ]

    def drawing(self, language: Language) -> str:
        rows = [
            Bar(
                self.row_name((row["kind"], *row["name"]), language),
                row["odds_ratio"],
                "{} ({}–{})".format(
                    *(significant(row[figure], language) for figure in ("odds_ratio", "low", "high"))
                ),
                row["low"],
                row["high"],
            )
            for row in first_rows(self.rows, MOST_BARS)
        ]
        ticks = [(value, significant(value, language)) for value in (0.1, 1, 10)]
        return forest(rows, self.titles[language], language, ticks)

    def masked(self, least: int) -> tuple[Self, int]:
        """Without features of which a cell of the two-by-two table rests on few paths, or all on few persons."""
        table = self.rows
        having, reached, without, reached_without = (
            table[name].to_numpy() for name in ("paths", "reached_with", "without", "reached_without")
        )
        gone = small(table["persons"], least)
        for cell in (reached, having - reached, reached_without, without - reached_without):
            gone |= (cell > 0) & (cell < least)
        return replace(self, rows=table.filter(pa.array(~gone))), int(gone.sum())

    def estimates(self) -> list[Estimate]:
        """For each feature listed: of the paths with it, the share that reaches the goal."""
        return [
            share((row["kind"], *row["name"]), row["reached_with"], row["paths"])
            for row in self.rows.to_pylist()
        ]

    def row_name(self, key: tuple[str, ...], language: Language) -> str:
        if key[0] == "property":
            return f"{key[1]} = {key[2]}"
        return (" ← " if language == "fa" else " → ").join(node(name, language) for name in key[1:])
