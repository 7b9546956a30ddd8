"""The map as a presentation: editable shapes, one a card, from the same plan as the drawing.

One slide has the whole map. When its letters would be too small to read, a slide for every stage follows.
"""

from __future__ import annotations

import io
import re
from typing import Any

from hamsafar.maps.document import Exchange
from hamsafar.maps.formats.carried import carried
from hamsafar.maps.formats.drawing import around, curve, plan, text, theme
from hamsafar.maps.formats.drawing.card import CardBox, Context
from hamsafar.maps.formats.drawing.look import Look
from hamsafar.maps.formats.drawing.paint import Painter
from hamsafar.maps.formats.drawing.plan import Plan, PlannedRow
from hamsafar.maps.formats.drawing.shapes import Canvas
from hamsafar.maps.formats.pictures import check_length

MEDIA = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_PIXEL = 9525  # EMU
_WIDE, _HIGH = 1280.0, 720.0  # of a slide, in pixels
_MARGIN, _TITLE = 24.0, 44.0
_LOGO = (160.0, 42.0)
_LEGIBLE = 0.62  # below this scale a map is told stage by stage as well
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def left_out(exchange: Exchange) -> set[str]:
    return carried(exchange) & {
        "hidden_lanes", "descriptions", "about", "research", "other_maps", "measuring", "touchpoint_details",
        "evidence_details", "emotion_notes", "emotion_intensity", "branches", "targets", "attachments", "sizes",
        "times_of_day", "formatting",
    }  # fmt: skip


def write(exchange: Exchange, look: Look) -> bytes:
    """Raises MapTooLarge."""
    from pptx import Presentation

    check_length(exchange)
    deck: Any = Presentation()
    deck.slide_width, deck.slide_height = round(_WIDE * _PIXEL), round(_HIGH * _PIXEL)
    deck.core_properties.title = text.clean(exchange["title"])
    context = Context.of(exchange, look)
    whole = plan.make(exchange, context, exchange["stages"])
    personas = context.speech.comma([text.clean(one["name"]) for one in exchange["personas"]])
    subtitle = " · ".join(filter(None, [context.speech(f"kind.{exchange['kind']}"), personas]))
    scale = _Slide(deck, exchange, context, whole, whole.rows, exchange["title"], subtitle).fill()
    if scale < _LEGIBLE:
        for number, stage in enumerate(exchange["stages"], 1):
            made = plan.make(exchange, context, [stage])
            title = f"{context.speech.number(number)}. {stage['name']}"
            for part, rows in enumerate(_slides_of(made)):
                _Slide(
                    deck, exchange, context, made, rows, title, exchange["title"] if part == 0 else "…"
                ).fill()
    written = io.BytesIO()
    deck.save(written)
    return written.getvalue()


def _slides_of(made: Plan) -> list[list[PlannedRow]]:
    """Rows of a stage on slides that are filled at a legible size."""
    room = (_HIGH - _TITLE - 2 * _MARGIN) / 0.8 - made.head
    slides: list[list[PlannedRow]] = [[]]
    taken = 0.0
    for row in made.rows:
        if slides[-1] and taken + row.height > room:
            slides.append([])
            taken = 0.0
        slides[-1].append(row)
        taken += row.height
    return slides


class _Slide:
    """One slide in the making: coordinates of the plan, from the reading-start side, scaled into the slide."""

    def __init__(
        self,
        deck: Any,
        exchange: Exchange,
        context: Context,
        made: Plan,
        rows: list[PlannedRow],
        title: str,
        subtitle: str,
    ) -> None:
        self.slide = deck.slides.add_slide(deck.slide_layouts[6])
        # Ids are counted on, not looked for in all shapes each time.
        self.slide.shapes.turbo_add_enabled = True
        self.exchange, self.context, self.plan, self.rows = exchange, context, made, rows
        self.colors = context.look.theme
        self.rtl = context.speech.rtl
        self.title, self.subtitle = title, subtitle
        high = made.head + sum(row.height for row in rows)
        self.scale = min(
            context.look.brand.scale,
            (_WIDE - 2 * _MARGIN) / made.width,
            (_HIGH - _TITLE - 2 * _MARGIN) / max(high, 1.0),
        )
        self.boxes: dict[str, Any] = {}

    def fill(self) -> float:
        """Puts everything on the slide; returns the scale."""
        self._background()
        room = _WIDE - 2 * _MARGIN - self._logo()
        name = self._box(_MARGIN, _MARGIN - 8, room, 30)
        self._words(name, [(self.title, 20, True, self.colors.text)])
        below = self._box(_MARGIN, _MARGIN + 22, room, 20)
        self._words(below, [(self.subtitle, 11, False, self.colors.soft)])
        y = _MARGIN + _TITLE
        self._heads(y)
        y += self.plan.head * self.scale
        for row in self.rows:
            self._row(row, y)
            y += row.height * self.scale
        self._arrows()
        return self.scale

    def _logo(self) -> float:
        """At the end of the title; returns the room it takes."""
        from pptx.enum.shapes import MSO_SHAPE

        logo = self.context.look.brand.logo
        if logo is None:
            return 0.0
        wide, high = around.logo_size(logo, _LOGO)
        x, y = _WIDE - _MARGIN - wide, _MARGIN - 8
        plate, inset = logo.plate(self._ground()), 4.0
        if plate:
            shape = self.slide.shapes.add_shape(
                MSO_SHAPE.RECTANGLE,
                self._left(x - inset, wide + 2 * inset), round((y - inset) * _PIXEL),
                round((wide + 2 * inset) * _PIXEL), round((high + 2 * inset) * _PIXEL),
            )  # fmt: skip
            shape.fill.solid()
            shape.fill.fore_color.rgb = _rgb(plate)
            shape.line.fill.background()
        self.slide.shapes.add_picture(
            io.BytesIO(logo.data),
            self._left(x, wide), round(y * _PIXEL), round(wide * _PIXEL), round(high * _PIXEL),
        )  # fmt: skip
        return wide + 20

    # Places

    def _x(self, x: float) -> float:
        return _MARGIN + x * self.scale

    def _left(self, x: float, width: float) -> int:
        return round((_WIDE - x - width if self.rtl else x) * _PIXEL)

    def _box(self, x: float, y: float, width: float, height: float) -> Any:
        box = self.slide.shapes.add_textbox(
            self._left(x, width), round(y * _PIXEL), round(width * _PIXEL), round(height * _PIXEL)
        )
        box.text_frame.word_wrap = True
        for side in ("left", "right", "top", "bottom"):
            setattr(box.text_frame, f"margin_{side}", 0)
        return box

    def _background(self) -> None:
        fill = self.slide.background.fill
        fill.solid()
        fill.fore_color.rgb = _rgb(self._ground())

    def _ground(self) -> str:
        return "#ffffff" if self.context.look.scheme == "light" else self.colors.ground

    def _line(
        self, x1: float, y1: float, x2: float, y2: float, color: str, width: float, dash: Any = None
    ) -> Any:
        from pptx.enum.shapes import MSO_CONNECTOR

        line = self.slide.shapes.add_connector(
            MSO_CONNECTOR.STRAIGHT,
            self._left(x1, 0),
            round(y1 * _PIXEL),
            self._left(x2, 0),
            round(y2 * _PIXEL),
        )
        line.line.color.rgb = _rgb(color)
        line.line.width = round(width * _PIXEL)
        if dash is not None:
            line.line.dash_style = dash
        return line

    # Words

    def _words(self, shape: Any, lines: list[tuple[str, float, bool, str]], anchor: str = "start") -> None:
        """Paragraphs of (text, size in pixels, bold, colour); each says its direction and language."""
        from pptx.util import Pt

        frame = shape.text_frame
        for place, (words, size, bold, color) in enumerate(lines):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            properties = paragraph._p.get_or_add_pPr()
            rtl = text.is_rtl(words, self.rtl)
            properties.set("rtl", "1" if rtl else "0")
            # To the reading-start side of the map; from right to left "l" and "r" change places.
            properties.set("algn", "ctr" if anchor == "middle" else "r" if self.rtl else "l")
            run = paragraph.add_run()
            run.text = _UNWRITABLE.sub("", text.clean(words).replace("\n", "\v"))
            run.font.size = Pt(max(1.0, round(size * 0.75 * 2) / 2))
            run.font.bold = bold
            run.font.color.rgb = _rgb(color)
            self._letters(run, rtl)

    @staticmethod
    def _letters(run: Any, rtl: bool) -> None:
        from pptx.oxml.ns import qn

        properties = run._r.get_or_add_rPr()
        properties.set("lang", "fa-IR" if rtl else "en-US")
        for tag in ("a:latin", "a:cs"):
            font = properties.makeelement(qn(tag), {"typeface": "Vazirmatn"})
            properties.append(font)

    # Parts

    def _heads(self, y: float) -> None:
        s = self.scale
        for column in self.plan.columns:
            box = self._box(
                self._x(column.x + 8), y + 6 * s, (column.width - 16) * s, (self.plan.head - 8) * s
            )
            number = self.context.speech.number(column.number)
            lines = [(f"{number}. {column.stage['name']}", 13.5 * s, True, self.colors.text)]
            if column.stage.get("owner"):
                lines.append((column.stage["owner"]["name"], 10.5 * s, False, self.colors.soft))
            self._words(box, lines)
            edge = self.colors.stage(column.stage.get("color"), column.number - 1)
            self._line(self._x(column.x), y, self._x(column.x + column.width), y, edge, 3 * s)
            for step, x, wide, _ in column.steps:
                high = plan.step_band(column) * s
                band = self._box(self._x(x), y + self.plan.head * s - high, wide * s, high)
                self._words(band, [(step["name"], 11 * s, False, self.colors.soft)], "middle")
        end = y + self.plan.head * s
        self._line(self._x(0), end, self._x(self.plan.width), end, self.colors.line_strong, 1)

    def _row(self, row: PlannedRow, y: float) -> None:
        from pptx.enum.dml import MSO_LINE_DASH_STYLE as DASH

        s, right = self.scale, self.plan.width
        if row.kind == "line":
            middle = y + row.height * s / 2
            dash = {"visibility": DASH.DASH, "internal_interaction": DASH.ROUND_DOT}.get(row.line or "")
            self._line(
                self._x(theme.LANE_NAME), middle, self._x(right), middle, self.colors.accent, 2 * s, dash
            )
            box = self._box(self._x(8), y + 2 * s, (theme.LANE_NAME - 10) * s, row.height * s)
            self._words(box, [(self.context.speech(f"line.{row.line}"), 10.5 * s, False, self.colors.soft)])
            return
        name = self._box(self._x(8), y + 8 * s, (theme.LANE_NAME - 16) * s, (row.height - 10) * s)
        said = " ".join(line.text for line in row.name)
        self._words(
            name,
            [
                (said, 12 * s, True, self.colors.soft),
                *((one.text, 10.5 * s, False, self.colors.faint) for one in row.below),
            ],
        )
        end = y + row.height * s
        self._line(self._x(0), end, self._x(right), end, self.colors.line, 0.75)
        if row.kind == "owner":
            self._owners(y)
        elif row.kind == "emotion":
            self._emotion(row, y)
        for cell in row.cells:
            top = y + theme.PAD * s
            for band in cell.bands:
                for stack in band:
                    at = top
                    for box in stack.boxes:
                        self._card(box, stack.x, at)
                        at += (box.height + theme.GAP) * s
                tallest = max((stack.height for stack in band), default=0.0)
                top += (tallest + theme.GAP) * s if tallest else 0.0

    def _owners(self, y: float) -> None:
        s = self.scale
        for column in self.plan.columns:
            if column.stage.get("owner"):
                box = self._box(self._x(column.x + theme.PAD), y + 10 * s, (column.width - 14) * s, 20 * s)
                self._words(box, [(column.stage["owner"]["name"], 10.5 * s, False, self.colors.accent)])

    def _card(self, box: CardBox, x: float, y: float) -> None:
        from pptx.enum.dml import MSO_LINE_DASH_STYLE as DASH
        from pptx.enum.shapes import MSO_SHAPE
        from pptx.enum.text import MSO_ANCHOR

        s, colors = self.scale, self.colors
        wide, high = box.width * s, box.height * s
        shape = self.slide.shapes.add_shape(
            MSO_SHAPE.ROUNDED_RECTANGLE,
            self._left(self._x(x), wide), round(y * _PIXEL), round(wide * _PIXEL), round(high * _PIXEL),
        )  # fmt: skip
        shape.adjustments[0] = min(0.5, 6 / max(1.0, min(box.width, box.height)))
        shape.shadow.inherit = False
        shape.fill.solid()
        shape.fill.fore_color.rgb = _rgb(colors.surface)
        shape.line.color.rgb = _rgb(colors.color(box.color) if box.color else colors.line_strong)
        shape.line.width = round((1.5 if box.evidence == "observed" else 0.75) * _PIXEL)
        if box.evidence == "assumption":
            shape.line.dash_style = DASH.DASH
        frame = shape.text_frame
        frame.word_wrap = True
        frame.vertical_anchor = MSO_ANCHOR.TOP
        for side, room in (("left", 8), ("right", 8), ("top", 5), ("bottom", 4)):
            setattr(frame, f"margin_{side}", round(room * s * _PIXEL))
        self._words(shape, self._card_lines(box))
        self.boxes[box.id] = shape
        if box.link:
            shape.click_action.hyperlink.address = box.link
        self._pictures(box, x, y + high)

    def _pictures(self, box: CardBox, x: float, end: float) -> None:
        """At the foot of the card: all of its words are one text above them."""
        s = self.scale
        at = end - theme.PAD * s
        for row in reversed(box.rows):
            if row.picture:
                data, _, wide, high = row.picture
                at -= row.height * s
                self.slide.shapes.add_picture(
                    io.BytesIO(data),
                    self._left(self._x(x + theme.CARD_PAD), wide * s), round(at * _PIXEL),
                    round(wide * s * _PIXEL), round(high * s * _PIXEL),
                )  # fmt: skip

    def _card_lines(self, box: CardBox) -> list[tuple[str, float, bool, str]]:
        s, colors = self.scale, self.colors
        # One paragraph for the text, so that it is cut anew when the shape is made wider.
        words = " ".join(row.line.text for row in box.rows if row.line)
        chips = " · ".join(chip.label.text for row in box.rows for chip in row.chips)
        small = " ".join(row.small.text for row in box.rows if row.small)
        lines = [(words, theme.TEXT_SIZE * s, False, colors.text)]
        if chips:
            lines.append((chips, theme.SMALL * s, True, colors.accent))
        if small:
            lines.append((small, theme.SMALL * s, False, colors.soft))
        return lines

    def _emotion(self, row: PlannedRow, y: float) -> None:
        """The curves as freeform lines, a circle for every point."""
        from pptx.enum.shapes import MSO_SHAPE

        s = self.scale
        canvas = Canvas(self.plan.width, row.height, False, "")
        painter = Painter(canvas, self.exchange, self.context, self.plan, 0.0)
        for persona in row.curves:
            points = [one for one in painter.points(persona, 0.0) if one[3]]
            color = painter.curve_color(persona) if len(row.curves) > 1 else self.colors.accent
            smooth = [
                (self._left(self._x(x), 0), round((y + at * s) * _PIXEL))
                for x, at in curve.sampled([(x, at) for x, at, _, _ in points])
            ]
            if len(smooth) > 1:
                builder = self.slide.shapes.build_freeform(*smooth[0], scale=1.0)
                builder.add_line_segments(smooth[1:], close=False)
                line = builder.convert_to_shape()
                line.fill.background()
                line.line.color.rgb = _rgb(color)
                line.line.width = round(2.5 * s * _PIXEL)
                line.shadow.inherit = False
            for x, at, value, _ in points:
                size = 14 * s
                left = self._left(self._x(x) - size / 2, size)
                side, top = round(size * _PIXEL), round((y + at * s - size / 2) * _PIXEL)
                dot = self.slide.shapes.add_shape(MSO_SHAPE.OVAL, left, top, side, side)
                dot.fill.solid()
                dot.fill.fore_color.rgb = _rgb(self.colors.emotion(value))
                dot.line.color.rgb = _rgb(self.colors.surface)
                dot.shadow.inherit = False
                level = theme.round_half_up(value)
                dot.name = f"{self.context.speech(f'emotion.{level}')} ({self.context.speech.number(value)})"

    def _arrows(self) -> None:
        from pptx.enum.shapes import MSO_CONNECTOR

        for arrow in self.exchange["arrows"]:
            first, second = self.boxes.get(arrow["from_card"]), self.boxes.get(arrow["to_card"])
            if first is None or second is None:
                continue
            line = self.slide.shapes.add_connector(MSO_CONNECTOR.CURVE, 0, 0, 0, 0)
            beside = abs(first.top - second.top) < max(first.height, second.height)
            leftward = first.left > second.left
            line.begin_connect(
                first, (1 if leftward else 3) if beside else (2 if first.top < second.top else 0)
            )
            line.end_connect(
                second, (3 if leftward else 1) if beside else (0 if first.top < second.top else 2)
            )
            line.line.color.rgb = _rgb(self.colors.soft)
            line.line.width = round(1.4 * self.scale * _PIXEL)
            ends = line.line._get_or_add_ln()
            ends.append(ends.makeelement(_tail(), {"type": "triangle"}))
            if arrow.get("label"):
                line.name = text.clean(arrow["label"])


def _tail() -> str:
    from pptx.oxml.ns import qn

    return str(qn("a:tailEnd"))


def _rgb(color: str) -> Any:
    import pptx.dml.color

    colors: Any = pptx.dml.color
    return colors.RGBColor.from_string(color.removeprefix("#").upper())
