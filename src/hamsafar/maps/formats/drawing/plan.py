"""Where everything of a map stands: columns of stages and steps, rows of lanes, cards stacked in their cells.

A plan is made of some of the stages in a row, so that a page of a tiled map is planned like a whole one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from hamsafar.maps.formats.drawing import card as cards
from hamsafar.maps.formats.drawing import text, theme
from hamsafar.maps.formats.drawing.card import CardBox, Context
from hamsafar.maps.formats.drawing.look import Look
from hamsafar.maps.formats.drawing.text import Line

Entry = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """A stage: ``steps`` are (step, x, width) within the drawing; none when the stage has no steps."""

    stage: Entry
    number: int
    x: float
    width: float
    name: list[Line]
    owner: Line | None
    steps: list[tuple[Entry, float, float, list[Line]]]

    @property
    def centre(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True)
class Stack:
    """Cards below each other; ``x`` is within the drawing."""

    x: float
    boxes: tuple[CardBox, ...]

    @property
    def height(self) -> float:
        return sum(box.height for box in self.boxes) + theme.GAP * max(0, len(self.boxes) - 1)

    def split(self, room: float) -> tuple[Stack, Stack]:
        """What fits into ``room`` and what does not."""
        taken = 0.0
        for place, box in enumerate(self.boxes):
            if taken + box.height > room:
                pieces = box.split(room - taken)
                first, rest = self.boxes[:place], self.boxes[place:]
                if pieces:
                    first, rest = (*first, pieces[0]), (pieces[1], *rest[1:])
                return replace(self, boxes=first), replace(self, boxes=rest)
            taken += box.height + theme.GAP
        return self, replace(self, boxes=())


@dataclass(frozen=True)
class Cell:
    """One stage in one lane: bands below each other (cards of the whole stage, then those of its steps)."""

    bands: tuple[tuple[Stack, ...], ...]

    @property
    def height(self) -> float:
        heights = [max((stack.height for stack in band), default=0.0) for band in self.bands]
        heights = [height for height in heights if height]
        return sum(heights) + theme.GAP * max(0, len(heights) - 1)

    def split(self, room: float) -> tuple[Cell, Cell]:
        first: list[tuple[Stack, ...]] = []
        rest: list[tuple[Stack, ...]] = []
        for band in self.bands:
            if rest:
                rest.append(band)
                continue
            pieces = [stack.split(room) for stack in band]
            first.append(tuple(piece[0] for piece in pieces))
            if any(piece[1].boxes for piece in pieces):
                rest.append(tuple(piece[1] for piece in pieces))
            room -= max((stack.height for stack in band), default=0.0) + theme.GAP
        return Cell(tuple(first)), Cell(tuple(rest))


@dataclass(frozen=True)
class PlannedRow:
    """A row of the drawing. ``kind``: cards, owner, emotion, line (of a blueprint) or measured."""

    kind: str
    height: float
    lane: Entry | None = None
    name: list[Line] = field(default_factory=list)
    below: list[Line] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    notes: list[list[Line]] = field(default_factory=list)
    curves: list[str | None] = field(default_factory=list)
    line: str | None = None

    def split(self, room: float) -> tuple[PlannedRow, PlannedRow] | None:
        """The part that fits into ``room`` and the rest; None when the row cannot be cut there."""
        if self.kind != "cards":
            return None
        pieces = [cell.split(room - 2 * theme.PAD) for cell in self.cells]
        if not any(stack.boxes for piece in pieces for band in piece[0].bands for stack in band):
            return None
        first = replace(self, cells=[piece[0] for piece in pieces], height=room)
        cells = [piece[1] for piece in pieces]
        tallest = max(cell.height for cell in cells) + 2 * theme.PAD
        return first, replace(self, cells=cells, height=max(tallest, _names_height(self.name, self.below)))


@dataclass(frozen=True)
class Plan:
    columns: list[Column]
    rows: list[PlannedRow]
    head: float
    width: float


def make(exchange: Entry, context: Context, stages: Sequence[Entry]) -> Plan:
    """The plan of these stages, all lanes that are wanted."""
    columns = _columns(exchange, context, stages)
    width = columns[-1].x + columns[-1].width if columns else theme.LANE_NAME + theme.STAGE
    head = max((_head_height(column) for column in columns), default=0.0)
    return Plan(columns, _rows(exchange, context, columns), head, width)


def widths(exchange: Entry, stages: Sequence[Entry], look: Look) -> list[float]:
    """How wide each stage is drawn, in the drawing's own pixels.

    With larger letters these are larger on paper: a stage that stays as wide there has fewer of them.
    """
    steps: dict[str, int] = {}
    for step in exchange["steps"]:
        steps[step["stage"]] = steps.get(step["stage"], 0) + 1
    return [
        max(float(stage.get("width", theme.STAGE)), float(steps.get(stage["id"], 0) * theme.STEP))
        / look.brand.scale
        for stage in stages
    ]


def _columns(exchange: Entry, context: Context, stages: Sequence[Entry]) -> list[Column]:
    number = {stage["id"]: place for place, stage in enumerate(exchange["stages"], 1)}
    steps: dict[str, list[Entry]] = {}
    for step in exchange["steps"]:
        steps.setdefault(step["stage"], []).append(step)
    found, x = [], float(theme.LANE_NAME)
    for stage, width in zip(stages, widths(exchange, stages, context.look), strict=True):
        own = steps.get(stage["id"], [])
        each = width / len(own) if own else width
        rtl = context.speech.rtl
        found.append(
            Column(
                stage,
                number[stage["id"]],
                x,
                width,
                text.wrap(stage["name"], 13.5, width - 44, bold=True, rtl=rtl),
                _owner(stage, width, context),
                [
                    (step, x + place * each, each, text.wrap(step["name"], 11, each - 14, rtl=rtl))
                    for place, step in enumerate(own)
                ],
            )
        )
        x += width
    return found


def _owner(stage: Entry, width: float, context: Context) -> Line | None:
    if not stage.get("owner"):
        return None
    name = text.clean(stage["owner"]["name"])
    return text.fitting(name, theme.SMALL, width - 40, rtl=context.speech.rtl)


def _head_height(column: Column) -> float:
    """Of a stage's head: name, its part of the day, its owner, its steps."""
    height = 16 + 20.0 * len(column.name)
    if column.stage.get("begins") or column.stage.get("ends"):
        height += theme.SMALL_LEADING
    if column.owner:
        height += theme.SMALL_LEADING + 2
    return height + step_band(column)


def step_band(column: Column) -> float:
    return max((len(name) for *_, name in column.steps), default=0) * 16.0 + (10 if column.steps else 0)


def _names_height(name: list[Line], below: list[Line]) -> float:
    return 20 + 18.0 * len(name) + 15.0 * len(below)


def _rows(exchange: Entry, context: Context, columns: list[Column]) -> list[PlannedRow]:
    by_cell: dict[tuple[str, str], list[Entry]] = {}
    for one in exchange["cards"]:
        by_cell.setdefault((one["lane"], one["stage"]), []).append(one)
    rows: list[PlannedRow] = []
    curve_drawn = False
    for lane in exchange["lanes"]:
        if context.look.shows_lane(lane):
            row = _lane_row(lane, exchange, context, columns, by_cell)
            if row:
                rows.append(row)
            curve_drawn = curve_drawn or lane["kind"] == "emotion"
        # A line keeps its place when the lane above it is left out.
        rows += [
            PlannedRow("line", theme.LINE_BAND, line=line["kind"])
            for line in exchange["lines"]
            if line["after_lane"] == lane["id"]
        ]
    has_lane = any(lane["kind"] == "emotion" for lane in exchange["lanes"])
    if not curve_drawn and not (has_lane or context.look.lanes is not None):
        # The curve stands on every map; with a lane of its own it stands where that lane stands.
        row = _emotion_row(None, exchange, context, columns)
        if row.curves:
            rows.append(row)
    if context.look.measured:
        rows.append(PlannedRow("measured", 150, name=_name(context.speech("what_happened"), context)))
    return rows


def _name(name: str, context: Context) -> list[Line]:
    return text.wrap(name, 12, theme.LANE_NAME - 22, bold=True, rtl=context.speech.rtl)


def _lane_row(
    lane: Entry, exchange: Entry, context: Context, columns: list[Column], by_cell: dict[tuple[str, str], list[Entry]]
) -> PlannedRow | None:  # fmt: skip
    if lane["kind"] == "emotion":
        row = _emotion_row(lane, exchange, context, columns)
        return row if row.curves else None
    name = _name(context.speech.lane(lane), context)
    below = []
    if lane.get("persona"):
        persona = next(one["name"] for one in exchange["personas"] if one["id"] == lane["persona"])
        below = [text.fitting(persona, theme.SMALL, theme.LANE_NAME - 22, rtl=context.speech.rtl)]
    least = max(_names_height(name, below), _set_height(lane, context))
    if lane["kind"] == "owner":
        return PlannedRow("owner", max(least, 40.0), lane, name, below)
    cells = [_cell(by_cell.get((lane["id"], column.stage["id"]), []), column, context) for column in columns]
    tallest = max((cell.height for cell in cells), default=0.0) + 2 * theme.PAD
    return PlannedRow("cards", max(least, tallest), lane, name, below, cells)


def _set_height(lane: Entry, context: Context) -> float:
    return float(lane.get("height", 0)) / context.look.brand.scale


def _cell(own: list[Entry], column: Column, context: Context) -> Cell:
    """Cards of the stage as a whole stand above those of its steps, as wide as the stage."""
    inner = column.x + theme.PAD
    whole = [one for one in own if not one.get("step") or not column.steps]
    bands: list[tuple[Stack, ...]] = [
        (_stack(whole, inner, min(column.width - 2 * theme.PAD, 420), context),)
    ]
    if column.steps:
        bands.append(
            tuple(
                _stack(
                    [c for c in own if c.get("step") == step["id"]], x + theme.PAD, width - 2 * theme.PAD, context
                )
                for step, x, width, _ in column.steps
            )
        )  # fmt: skip
    return Cell(tuple(bands))


def _stack(own: list[Entry], x: float, width: float, context: Context) -> Stack:
    return Stack(x, tuple(cards.measure(one, width, context) for one in own))


def curves(exchange: Entry, context: Context, lane: Entry | None) -> list[str | None]:
    """Whose curves a lane shows: its persona's, or everyone's and all personas'."""
    having = {point["persona"] for point in exchange["emotions"]}
    if lane and lane.get("persona"):
        wanted: list[str | None] = [lane["persona"]]
    else:
        wanted = [None, *(one["id"] for one in exchange["personas"])]
    return [one for one in wanted if one in having and context.look.shows_curve(one)]


def _emotion_row(lane: Entry | None, exchange: Entry, context: Context, columns: list[Column]) -> PlannedRow:
    own = curves(exchange, context, lane)
    name = _name(context.speech.lane(lane) if lane else context.speech("lane.emotion"), context)
    below = []
    if own and own != [None]:
        names = {one["id"]: one["name"] for one in exchange["personas"]}
        below = [
            text.fitting(
                names[one] if one else context.speech("everyone"),
                theme.SMALL,
                theme.LANE_NAME - 62,
                rtl=context.speech.rtl,
            )
            for one in own
        ]
    notes = [_notes(column, own, exchange, context) for column in columns]
    tallest = max((len(lines) for lines in notes), default=0) * theme.SMALL_LEADING
    height = theme.EMOTION + (tallest + theme.PAD if tallest else 0)
    height = max(height, _names_height(name, below) + 8, _set_height(lane or {}, context))
    return PlannedRow("emotion", height, lane, name, below, notes=notes, curves=own)


def _notes(column: Column, own: list[str | None], exchange: Entry, context: Context) -> list[Line]:
    names = {one["id"]: one["name"] for one in exchange["personas"]}
    lines: list[Line] = []
    for persona in own:
        for point in exchange["emotions"]:
            if point["persona"] == persona and point["stage"] == column.stage["id"] and point.get("note"):
                said = text.plain(point["note"])
                told = f"{names[persona]}: {said}" if persona and len(own) > 1 else said
                lines += text.wrap(told, theme.SMALL, column.width - 2 * theme.PAD, rtl=context.speech.rtl)
    return lines
