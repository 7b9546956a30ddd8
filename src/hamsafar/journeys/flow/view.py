"""What a flow is: its figures, and how they are shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa

from hamsafar.journeys.drawing import Link, Node, ribbons
from hamsafar.journeys.estimate import Estimate, Key, share
from hamsafar.journeys.index import Unit
from hamsafar.journeys.small_groups import small
from hamsafar.journeys.values import OTHER, group_name
from hamsafar.journeys.view import (
    END,
    START,
    Language,
    Result,
    first_rows,
    node,
    number,
    percent,
    rests_on,
)
from hamsafar.lib.intervals import wilson

BORDERS = (START, END)
"""Where a path has not begun before the anchor, and where it has ended after it."""


@dataclass(frozen=True)
class Flow(Result):
    """What comes step by step before and after an anchor: an event, or an occurrence of a pattern.

    Step 0 is the anchor; step -1 is the event directly before it, step 1 the one directly after (the last event
    of a pattern's occurrence), and so on. ``occurrence`` says which of a path's anchors count: the first, the last
    or every one; each counts by itself, also where the steps of two overlap. Where the path has no event at a step,
    the node is ``(start)`` before the anchor and ``(end)`` after it, and stays that farther out: so at every step the
    counts add up to ``occurrences``, and the shares to 1. With ``collapse``, an event that repeats the name of the
    one directly before is left out first, of the anchors too.

    - ``nodes``: ``step``, ``node``, ``count``, ``persons`` (with such an occurrence), ``share`` of the occurrences;
      at each step the names most frequent there, equals by name, then ``(other)`` and the border;
    - ``links``: from the node at ``step`` to one at the next step: ``source``, ``target``, ``count``, ``persons``;
    - ``anchor_paths`` and ``anchor_persons`` have the anchor at all.
    """

    anchor: str
    before: int
    after: int
    occurrence: str
    collapse: bool
    unit: Unit
    events: int
    paths: int
    persons: int
    occurrences: int
    anchor_paths: int
    anchor_persons: int
    nodes: pa.Table
    links: pa.Table

    titles: ClassVar = {"en": "Flow", "fa": "جریان"}
    headings: ClassVar = {
        "en": ("step", "event", "count", "share", "persons"),
        "fa": ("گام", "رویداد", "تعداد", "سهم", "اشخاص"),
    }

    def table(self) -> pa.Table:
        """The nodes: ``step`` int64, ``node`` string, ``count``, ``persons`` int64, ``share`` float64."""
        return self.nodes

    def to_dict(self) -> dict[str, Any]:
        """Every node has the 95% Wilson interval of its share besides."""
        return {
            "question": "flow",
            "anchor": self.anchor,
            "before": self.before,
            "after": self.after,
            "occurrence": self.occurrence,
            "collapse": self.collapse,
            "unit": self.unit,
            "events": self.events,
            "paths": self.paths,
            "persons": self.persons,
            "occurrences": self.occurrences,
            "anchor_paths": self.anchor_paths,
            "anchor_persons": self.anchor_persons,
            "nodes": [
                {**row, "interval": wilson(row["count"], self.occurrences).to_dict()}
                for row in self.nodes.to_pylist()
            ],
            "links": self.links.to_pylist(),
        }

    def cells(self, language: Language, limit: int) -> list[list[str]]:
        return [
            [
                number(row["step"], language),
                _shown(row["node"], language),
                number(row["count"], language),
                percent(row["share"], language),
                number(row["persons"], language),
            ]
            for row in first_rows(self.nodes, limit)
        ]

    def notes(self, language: Language) -> list[str]:
        times, paths, all_paths = (
            number(value, language) for value in (self.occurrences, self.anchor_paths, self.paths)
        )
        if language == "fa":
            found = f"مبنا: {times} بار، در {paths} مسیر از {all_paths} مسیر."
        else:
            found = f"Anchors: {times}, in {paths} of {all_paths} paths."
        return [found, rests_on(self.events, self.persons, language, self.paths, self.unit)]

    def drawing(self, language: Language) -> str:
        nodes = [
            Node(
                f"{row['step']} {row['node']}",
                row["step"] + self.before,
                _shown(row["node"], language),
                row["count"],
                percent(row["share"], language),
            )
            for row in self.nodes.to_pylist()
        ]
        links = [
            Link(f"{row['step']} {row['source']}", f"{row['step'] + 1} {row['target']}", row["count"])
            for row in self.links.to_pylist()
        ]
        return ribbons(nodes, links, self.titles[language], language)

    def estimates(self) -> list[Estimate]:
        """For each node but the anchor, its share of the occurrences."""
        return [
            share((str(row["step"]), row["node"]), row["count"], self.occurrences)
            for row in self.nodes.to_pylist()
            if row["step"]
        ]

    def absent(self, key: Key) -> Estimate | None:
        """Nobody, unless it may be among the others of its step."""
        others = any(str(row["step"]) == key[0] and row["node"] == OTHER for row in self.nodes.to_pylist())
        return None if others else share(key, 0, self.occurrences)

    def row_name(self, key: Key, language: Language) -> str:
        step = number(int(key[0]), language)
        return f"{_shown(key[1], language)} ({'گام' if language == 'fa' else 'step'} {step})"

    def masked(self, least: int) -> tuple[Flow, int]:
        """A step's nodes add up to all, as do a node's links on each side: none of them may go alone."""
        if 0 < self.anchor_persons < least:
            gone = len(self.nodes) + len(self.links)
            return replace(
                self, occurrences=0, nodes=self.nodes.slice(0, 0), links=self.links.slice(0, 0)
            ), gone
        nodes = self.nodes.to_pylist()
        hidden = small(self.nodes["persons"], least).tolist()
        _none_alone(hidden, nodes, [("step",)])
        gone_nodes = {(row["step"], row["node"]) for row, gone in zip(nodes, hidden, strict=True) if gone}
        links = self.links.to_pylist()
        flags = [
            bool(0 < row["persons"] < least)
            or (row["step"], row["source"]) in gone_nodes
            or (row["step"] + 1, row["target"]) in gone_nodes
            for row in links
        ]
        _none_alone(flags, links, [("step", "source"), ("step", "target")])
        return (
            replace(
                self,
                nodes=self.nodes.filter(pa.array(~np.array(hidden, dtype=bool))),
                links=self.links.filter(pa.array(~np.array(flags, dtype=bool))),
            ),
            sum(hidden) + sum(flags),
        )


def _none_alone(flags: list[bool], rows: list[dict[str, Any]], sides: list[tuple[str, ...]]) -> None:
    """Flags, in each group of rows with exactly one flagged, the row with the fewest persons of the others."""
    changed = True
    while changed:
        changed = False
        for side in sides:
            groups: dict[tuple[Any, ...], list[int]] = {}
            for place, row in enumerate(rows):
                groups.setdefault(tuple(row[key] for key in side), []).append(place)
            for places in groups.values():
                others = [place for place in places if not flags[place]]
                if len(others) == len(places) - 1 and others:
                    flags[min(others, key=lambda place: rows[place]["persons"])] = changed = True


def _shown(name: str, language: Language) -> str:
    return group_name(node(name, language), language)
