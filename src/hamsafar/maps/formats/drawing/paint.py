"""Paints the rows of a plan: stage heads, lane names, cards, the curve, blueprint lines, arrows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hamsafar.maps.formats.drawing import curve, text, theme
from hamsafar.maps.formats.drawing.card import CardBox, Chip, Context
from hamsafar.maps.formats.drawing.plan import Column, Plan, PlannedRow, step_band
from hamsafar.maps.formats.drawing.shapes import Canvas, Point
from hamsafar.maps.formats.drawing.theme import Theme

Entry = dict[str, Any]
Boxes = dict[str, tuple[float, float, float, float]]


class Painter:
    """Paints onto one canvas. ``boxes`` are where the cards came to stand, for arrows."""

    def __init__(self, canvas: Canvas, exchange: Entry, context: Context, plan: Plan, left: float) -> None:
        self.canvas, self.exchange, self.context, self.plan = canvas, exchange, context, plan
        self.colors: Theme = context.look.theme
        self.say = context.speech
        self.left = left
        self.boxes: Boxes = {}
        order = {one["id"]: place for place, one in enumerate(exchange["personas"])}
        self.persona_color = {
            one["id"]: self.colors.color(one.get("color"), order[one["id"]]) for one in exchange["personas"]
        }

    # Heads

    def heads(self, top: float) -> float:
        """The stage heads; returns where they end."""
        c, colors, height = self.canvas, self.colors, self.plan.head
        for place, column in enumerate(self.plan.columns):
            x = self.left + column.x
            c.rect(x, top, column.width, 3, fill=colors.stage(column.stage.get("color"), column.number - 1))
            self._head(column, x, top)
            if place:
                c.line(x, top, x, top + height, colors.line)
        end = top + height
        c.line(self.left, end, self.left + self.plan.width, end, colors.line_strong)
        return end

    def _head(self, column: Column, x: float, top: float) -> None:
        c, colors, say = self.canvas, self.colors, self.say
        c.circle(x + 20, top + 21, 10, fill=colors.accent_soft)
        number = text.line(say.number(column.number), 11, bold=True, rtl=say.rtl)
        c.text(number, x + 20, top + 25, 11, colors.accent, bold=True, anchor="middle")
        y = top + 26
        for line in column.name:
            c.text(line, x + 36, y, 13.5, colors.text, bold=True)
            y += 20
        y -= 3
        hours = _hours(column.stage, say)
        if hours:
            c.text(text.line(hours, theme.SMALL, rtl=say.rtl), x + 36, y, theme.SMALL, colors.soft)
            y += theme.SMALL_LEADING
        if column.owner:
            c.circle(x + 40, y - 4, 3, fill=colors.accent)
            c.text(column.owner, x + 48, y, theme.SMALL, colors.soft)
        if column.steps:
            low = top + self.plan.head - step_band(column)
            for _, step_x, wide, name in column.steps:
                at = self.left + step_x
                c.rect(at + 3, low + 1, wide - 6, step_band(column) - 6, fill=colors.sunk, radius=4)
                for index, line in enumerate(name):
                    c.text(line, at + wide / 2, low + 15 + 16 * index, 11, colors.soft, anchor="middle")

    # Rows

    def rows(self, rows: Sequence[PlannedRow], top: float) -> float:
        """Rows below each other; returns where they end."""
        y = top
        for row in rows:
            getattr(self, f"_{row.kind}")(row, y)
            y += row.height
        return y

    def _name(self, row: PlannedRow, y: float, height: float) -> None:
        c, colors = self.canvas, self.colors
        at = y + 20
        for line in row.name:
            c.text(line, self.left + 10, at, 12, colors.soft, bold=True)
            at += 18
        for line in row.below:
            c.text(line, self.left + 10, at, theme.SMALL, colors.faint)
            at += 15
        self._frame(y, height)

    def _frame(self, y: float, height: float) -> None:
        """The lines between a row's cells and below it."""
        c, colors, right = self.canvas, self.colors, self.left + self.plan.width
        c.line(self.left + theme.LANE_NAME, y, self.left + theme.LANE_NAME, y + height, colors.line_strong)
        for column in self.plan.columns[1:]:
            c.line(self.left + column.x, y, self.left + column.x, y + height, colors.line)
        c.line(self.left, y + height, right, y + height, colors.line)

    def _cards(self, row: PlannedRow, y: float) -> None:
        self._name(row, y, row.height)
        for cell in row.cells:
            top = y + theme.PAD
            for band in cell.bands:
                tallest = 0.0
                for stack in band:
                    at = top
                    for box in stack.boxes:
                        self.card(box, self.left + stack.x, at)
                        at += box.height + theme.GAP
                    tallest = max(tallest, stack.height)
                top += tallest + (theme.GAP if tallest else 0)

    def card(self, box: CardBox, x: float, y: float) -> None:
        c, colors = self.canvas, self.colors
        height = box.height
        self.boxes.setdefault(box.id, (x, y, box.width, height))
        assumed = box.evidence == "assumption"
        stroke = colors.line_strong if box.evidence else colors.line
        c.rect(
            x,
            y,
            box.width,
            height,
            fill=colors.surface,
            stroke=stroke,
            dash="4 3" if assumed else None,
            radius=6,
        )
        if box.color:
            c.rect(x, y + 6, 3, height - 12, fill=colors.color(box.color), radius=1.5)
        if box.evidence in ("observed", "stale"):
            self.evidence_dot(box.evidence, x + box.width - 1, y + 1)
        at = y + theme.PAD
        for row in box.rows:
            if row.line:
                fill = colors.accent if box.link else colors.text
                c.text(row.line, x + theme.CARD_PAD, at + 14.5, theme.TEXT_SIZE, fill)
            elif row.small:
                c.text(row.small, x + theme.CARD_PAD, at + 12, theme.SMALL, colors.soft)
            elif row.picture:
                data, media, wide, high = row.picture
                c.picture(x + theme.CARD_PAD, at, wide, high, data, media)
            chip_x = x + theme.CARD_PAD
            for chip in row.chips:
                self.chip(chip, chip_x, at + 1)
                chip_x += chip.width + theme.CHIP_GAP
            at += row.height
        if box.link:
            c.link(x, y, box.width, height, box.link)

    def evidence_dot(self, kind: str, x: float, y: float) -> None:
        """Observed is full, stale is half empty."""
        c, colors = self.canvas, self.colors
        full = kind == "observed"
        c.circle(
            x, y, 4, fill=colors.accent if full else colors.surface, stroke=colors.accent, stroke_width=1.5
        )
        if not full:
            c.path(
                [("M", ((x - 4, y),)), ("C", ((x - 4, y + 5.3), (x + 4, y + 5.3), (x + 4, y))), ("Z", ())],
                fill=colors.accent,
            )

    def chip(self, chip: Chip, x: float, y: float) -> None:
        c, colors = self.canvas, self.colors
        fill, stroke, ink = {
            "truth": (colors.accent, None, colors.surface),
            "accent": (colors.accent_soft, None, colors.accent),
            "warn": (colors.warn_soft, None, colors.warn),
            "tag": (None, colors.line, colors.soft),
        }[chip.tone]
        c.rect(x, y, chip.width, theme.CHIP, fill=fill, stroke=stroke, radius=theme.CHIP / 2)
        begin = x + 6
        if chip.tone == "truth":
            self.star(x + 12, y + theme.CHIP / 2, 5, ink)
            begin = x + 19
        c.text(chip.label, begin, y + 12.5, theme.SMALL, ink)

    def star(self, x: float, y: float, size: float, fill: str) -> None:
        """A star of four points, which is the same in both directions."""
        near = size * 0.38
        points = [
            (0, -size),
            (near, -near),
            (size, 0),
            (near, near),
            (0, size),
            (-near, near),
            (-size, 0),
            (-near, -near),
        ]
        corners = [(x + dx, y + dy) for dx, dy in points]
        self.canvas.path([("M", corners[:1]), *(("L", (one,)) for one in corners[1:]), ("Z", ())], fill=fill)

    def _owner(self, row: PlannedRow, y: float) -> None:
        c, colors = self.canvas, self.colors
        self._name(row, y, row.height)
        for column in self.plan.columns:
            if column.owner:
                x = self.left + column.x + theme.PAD
                c.rect(x, y + 9, column.owner.width + 26, 21, fill=colors.accent_soft, radius=10.5)
                c.circle(x + 11, y + 19.5, 3, fill=colors.accent)
                c.text(column.owner, x + 19, y + 23.5, theme.SMALL, colors.accent)

    def _emotion(self, row: PlannedRow, y: float) -> None:
        c, colors = self.canvas, self.colors
        self._name(row, y, row.height)
        several = len(row.curves) > 1
        if row.below:
            for index, persona in enumerate(row.curves):
                at = y + 16 + 18 * len(row.name) + 15 * index
                c.rect(self.left + 100, at - 1, 14, 3, fill=self.curve_color(persona), radius=1.5)
        for scale in (2, 0, -2):
            curve.face(
                c, self.left + theme.LANE_NAME - 16, curve.down(scale, y, theme.EMOTION), 17, scale, colors
            )
        middle = curve.down(0, y, theme.EMOTION)
        right = self.left + self.plan.width
        c.line(self.left + theme.LANE_NAME, middle, right, middle, colors.line_strong, dash="2 4")
        seen = (self.left + theme.LANE_NAME, y, self.plan.width - theme.LANE_NAME, theme.EMOTION)
        for persona in row.curves:
            points = self.points(persona, y)
            c.path(
                curve.path([(x, at) for x, at, _, _ in points]),
                stroke=self.curve_color(persona) if several else colors.accent, stroke_width=2.5, clip=seen,
            )  # fmt: skip
        for persona in row.curves:
            for x, at, value, inside in self.points(persona, y):
                if inside:
                    ring = self.curve_color(persona) if several else None
                    curve.face(c, x, at, 20 if several else 24, value, colors, ring)
        for column, lines in zip(self.plan.columns, row.notes, strict=True):
            for index, line in enumerate(lines):
                at = y + theme.EMOTION + 10 + theme.SMALL_LEADING * index
                c.text(line, self.left + column.x + theme.PAD, at, theme.SMALL, colors.soft)

    def curve_color(self, persona: str | None) -> str:
        return self.persona_color[persona] if persona else self.colors.faint

    def points(self, persona: str | None, y: float) -> list[tuple[float, float, float, bool]]:
        """(x, y, feeling, whether it is on this page), so that the curve goes on beyond a page's edge."""
        centres = self._centres()
        found = []
        for point in self.exchange["emotions"]:
            if point["persona"] == persona:
                x, inside = centres[point["stage"], point.get("step")]
                found.append(
                    (self.left + x, curve.down(point["value"], y, theme.EMOTION), point["value"], inside)
                )
        found.sort(key=lambda one: one[0])
        return [one for place, one in enumerate(found) if place == 0 or one[0] - found[place - 1][0] > 0.01]

    def _centres(self) -> dict[tuple[str, str | None], tuple[float, bool]]:
        """The middle of every stage and step; those of other pages lie beyond the edges, as far as they are."""
        stages = [stage["id"] for stage in self.exchange["stages"]]
        steps: dict[str, list[str]] = {}
        for step in self.exchange["steps"]:
            steps.setdefault(step["stage"], []).append(step["id"])
        shown = {column.stage["id"]: column for column in self.plan.columns}
        first = stages.index(self.plan.columns[0].stage["id"])
        found: dict[tuple[str, str | None], tuple[float, bool]] = {}
        for place, stage in enumerate(stages):
            column = shown.get(stage)
            if column:
                x, wide = column.x, column.width
            else:
                wide = float(theme.STAGE)
                x = (
                    theme.LANE_NAME - (first - place) * wide
                    if place < first
                    else self.plan.width + (place - first - len(shown)) * wide
                )
            found[stage, None] = (x + wide / 2, column is not None)
            own = steps.get(stage, [])
            for index, step in enumerate(own):
                found[stage, step] = (x + wide * (index + 0.5) / len(own), column is not None)
        return found

    def _line(self, row: PlannedRow, y: float) -> None:
        c, colors = self.canvas, self.colors
        middle, right = y + row.height / 2, self.left + self.plan.width
        visible = row.line == "visibility"
        stroke = colors.accent if visible else colors.line_strong
        dash = {"visibility": "8 5", "internal_interaction": "2 4"}.get(row.line or "")
        label = text.line(self.say(f"line.{row.line}"), theme.SMALL, rtl=self.say.rtl)
        c.text(label, self.left + 10, middle + 4, theme.SMALL, colors.accent if visible else colors.soft)
        c.line(self.left + 18 + label.width, middle, right, middle, stroke, 2, dash)

    def _measured(self, row: PlannedRow, y: float) -> None:
        c, colors, say = self.canvas, self.colors, self.say
        c.rect(self.left, y, self.plan.width, row.height, fill=colors.measured)
        self._name(row, y, row.height)
        stages = {one.stage: one for one in self.context.look.measured}
        most = max((one.entered for one in stages.values()), default=0) or 1
        for column in self.plan.columns:
            one = stages.get(column.stage["id"])
            if one is None:
                continue
            x, room = self.left + column.x + theme.PAD, column.width - 2 * theme.PAD
            line = text.line(f"{say('entered')}: {say.number(one.entered)}", 11, bold=True, rtl=say.rtl)
            c.text(line, x, y + 22, 11, colors.text, bold=True)
            at = x
            for part, color in (
                (one.went_on, colors.went_on), (one.still_open, colors.still_open), (one.left, colors.left),
            ):  # fmt: skip
                wide = room * part / most
                if wide:
                    c.rect(at, y + 31, wide, 10, fill=color)
                at += wide
            told = [
                (f"{say('went_on')}: {say.number(one.went_on)}", colors.went_on),
                (f"{say('still_open')}: {say.number(one.still_open)}", colors.still_open),
                (f"{say('left')}: {say.number(one.left)}", colors.left),
            ]
            if one.median_seconds is not None:
                told.append((f"{say('time_to_next')}: {_length(one.median_seconds, say)}", colors.soft))
                told.append((say("observed_n", n=one.timed), colors.soft))
            for index, (words, color) in enumerate(told):
                low = y + 58 + 17 * index
                if index < 3:
                    c.rect(x, low - 8, 8, 8, fill=color, radius=2)
                line = text.fitting(words, theme.SMALL, room - 14, rtl=say.rtl)
                c.text(line, x + (14 if index < 3 else 0), low, theme.SMALL, colors.text)

    # Over everything

    def arrows(self) -> list[Entry]:
        """Draws the arrows between cards that are both here; returns the others of these cards."""
        away = []
        for arrow in self.exchange["arrows"]:
            first, second = self.boxes.get(arrow["from_card"]), self.boxes.get(arrow["to_card"])
            if first and second:
                self._arrow(first, second, arrow.get("label", ""))
            elif first or second:
                away.append(arrow)
        return away

    def _arrow(
        self, a: tuple[float, float, float, float], b: tuple[float, float, float, float], label: str
    ) -> None:
        (ax, ay, aw, ah), (bx, by, bw, bh) = a, b
        if max(ay, by) < min(ay + ah, by + bh):  # side by side
            forward = ax + aw / 2 <= bx + bw / 2
            x1, x2 = (ax + aw, bx) if forward else (ax, bx + bw)
            y1, y2 = ay + ah / 2, by + bh / 2
            middle = (x1 + x2) / 2
            bends: tuple[Point, Point] = ((middle, y1), (middle, y2))
            tip = (1 if x2 >= middle else -1, 0)
        else:
            below = ay < by
            x1, x2 = ax + aw / 2, bx + bw / 2
            y1, y2 = (ay + ah, by) if below else (ay, by + bh)
            middle = (y1 + y2) / 2
            bends, tip = ((x1, middle), (x2, middle)), (0, 1 if below else -1)
        c, colors = self.canvas, self.colors
        c.path([("M", ((x1, y1),)), ("C", (*bends, (x2, y2)))], stroke=colors.soft, stroke_width=1.4)
        arrow_head(c, x2, y2, tip, colors.soft)
        if label:
            line = text.fitting(label, theme.SMALL, 160, rtl=self.say.rtl)
            x, y = (x1 + x2) / 2, (y1 + y2) / 2
            c.rect(x - line.width / 2 - 4, y - 9, line.width + 8, 16, fill=colors.ground, radius=3)
            c.text(line, x, y + 3.5, theme.SMALL, colors.soft, anchor="middle")


def arrow_head(canvas: Canvas, x: float, y: float, towards: tuple[int, int], fill: str) -> None:
    """A triangle whose tip is at the point, pointing ``towards`` (along, down)."""
    dx, dy = towards
    back = (x - 7 * dx, y - 7 * dy)
    sides = [(back[0] + 4 * dy * sign, back[1] + 4 * dx * sign) for sign in (1, -1)]
    canvas.path([("M", ((x, y),)), ("L", (sides[0],)), ("L", (sides[1],)), ("Z", ())], fill=fill)


def _hours(stage: Entry, say: Any) -> str:
    begins, ends = stage.get("begins"), stage.get("ends")
    return say.digits("–".join(one for one in (begins, ends) if one))  # type: ignore[no-any-return]


def _length(seconds: float, say: Any) -> str:
    """A duration in the largest unit it has two of."""
    units = (
        ("روز", "days", 86_400),
        ("ساعت", "hours", 3_600),
        ("دقیقه", "minutes", 60),
        ("ثانیه", "seconds", 1),
    )
    fa, en, size = next((one for one in units if seconds >= 2 * one[2]), units[-1])
    return f"{say.number(round(seconds / size, 1))} {fa if say.rtl else en}"
