"""The map on one picture for the wall (A4, upright) or for a post (square): who, the stages, the curve, key moments."""

from __future__ import annotations

from typing import Any

from hamsafar.maps.document import Exchange
from hamsafar.maps.formats import pictures
from hamsafar.maps.formats.carried import carried
from hamsafar.maps.formats.drawing import around, card, curve, svg, text
from hamsafar.maps.formats.drawing.card import Context
from hamsafar.maps.formats.drawing.look import Look
from hamsafar.maps.formats.drawing.shapes import Canvas
from hamsafar.maps.formats.drawing.sheets import Sheet

PAPERS = ("a4", "square")
# In pixels and in points; the square picture is drawn at 1080 pixels.
_SIZES = {"a4": (794, 1123, 595.28, 841.89), "square": (540, 540, 405.0, 405.0)}
# How many stages are named on the line, and how many key cards stand below, at most.
_STAGES = {"a4": 8, "square": 6}
_MOMENTS = {"a4": 8, "square": 3}


def left_out(exchange: Exchange) -> set[str]:
    """An infographic is a choice; what it does not tell of a card goes without saying."""
    lost = carried(exchange) & {"emoji_colors", "letters", "steps", "branches", "targets", "owners"}
    return lost | ({"most_cards"} if exchange["cards"] else set())


def pdf_file(exchange: Exchange, look: Look) -> bytes:
    return pictures.pdf_of([draw(exchange, look)], exchange["title"], exchange["language"])


def png_file(exchange: Exchange, look: Look) -> bytes:
    return pictures.rasterise(draw(exchange, look), exchange["title"], exchange["language"])


def svg_file(exchange: Exchange, look: Look) -> bytes:
    sheet = draw(exchange, look)
    return svg.write(sheet.canvas, embed_fonts=True, zoom=sheet.zoom).encode()


def key_cards(exchange: Exchange, context: Context, most: int) -> list[tuple[str, dict[str, Any]]]:
    """(why, card): moments of truth, then a card of the lowest and of the highest stage."""
    felt = _means(exchange, context)
    # Room is kept for the lowest and the highest point.
    truths = [one for one in exchange["cards"] if one.get("moment_of_truth")][: most - (2 if felt else 0)]
    found = [("moment_of_truth", one) for one in truths]
    taken = {one["id"] for one in truths}
    if felt:
        for why, stage, lanes in (
            (
                "lowest",
                min(felt, key=lambda one: felt[one]),
                ("pains", "thoughts", "quotes", "problem", "actions"),
            ),
            (
                "highest",
                max(felt, key=lambda one: felt[one]),
                ("gains", "quotes", "thoughts", "actions", "goals"),
            ),
        ):
            one = _telling(exchange, stage, lanes, taken)
            if one and len(found) < most:
                found.append((why, one))
                taken.add(one["id"])
    return found


def _means(exchange: Exchange, context: Context) -> dict[str, float]:
    """The mean feeling of the shown curves by stage, in the order of the stages."""
    points: dict[str, list[float]] = {}
    for point in exchange["emotions"]:
        if context.look.shows_curve(point["persona"]):
            points.setdefault(point["stage"], []).append(point["value"])
    order = [stage["id"] for stage in exchange["stages"] if stage["id"] in points]
    return {stage: sum(points[stage]) / len(points[stage]) for stage in order}


def _telling(
    exchange: Exchange, stage: str, lanes: tuple[str, ...], taken: set[str]
) -> dict[str, Any] | None:
    kinds = {one["id"]: one["kind"] for one in exchange["lanes"] if not one.get("hidden")}
    own = [
        one
        for one in exchange["cards"]
        if one["stage"] == stage
        and one["id"] not in taken
        and one["text"].strip()
        and kinds.get(one["lane"]) in lanes
    ]
    return min(own, key=lambda one: lanes.index(kinds[one["lane"]]), default=None)


def draw(exchange: Exchange, look: Look) -> Sheet:
    paper = look.paper if look.paper in PAPERS else "a4"
    wide, high, points_wide, points_high = _SIZES[paper]
    colors = look.theme
    ground = "#ffffff" if look.scheme == "light" and paper == "a4" else colors.ground
    rtl = exchange["language"] == "fa"
    zoom = look.brand.scale
    canvas = Canvas(wide / zoom, high / zoom, rtl, ground, exchange["title"], exchange["language"])
    _Infographic(canvas, exchange, Context.of(exchange, look), paper).paint()
    return Sheet(canvas, points_wide, points_high, zoom)


class _Infographic:
    """Painted from the top down; ``y`` is how far."""

    def __init__(self, canvas: Canvas, exchange: Exchange, context: Context, paper: str) -> None:
        self.canvas, self.exchange, self.context, self.paper = canvas, exchange, context, paper
        self.colors = context.look.theme
        self.say = context.speech
        self.small = paper == "square"
        self.margin = 30.0 if self.small else 56.0
        self.room = canvas.width - 2 * self.margin
        self.y = self.margin

    def paint(self) -> None:
        c = self.canvas
        c.rect(0, 0, c.width, 8 if self.small else 12, fill=self.colors.accent)
        self._title()
        self._personas()
        stages = self._shown_stages()
        if stages:
            self._journey(stages)
        self._moments()
        self._foot()

    def _title(self) -> None:
        size = 22.0 if self.small else 34.0
        most = 2 if self.small else 3
        room = self.room - self._logo()
        lines = text.wrap(self.exchange["title"], size, room, bold=True, rtl=self.say.rtl)
        if len(lines) > most:
            rest = " ".join(line.text for line in lines[most - 1 :])
            lines = [*lines[: most - 1], text.fitting(rest, size, room, bold=True, rtl=self.say.rtl)]
        for line in lines:
            self.y += size * 1.35
            self.canvas.text(line, self.margin, self.y, size, self.colors.text, bold=True)
        about = self.exchange.get("objective") or self.exchange.get("description") or ""
        told = [self.say(f"kind.{self.exchange['kind']}"), *([text.plain(about)] if about.strip() else [])]
        small = 11.0 if self.small else 14.0
        shown = text.wrap(" · ".join(told), small, room, rtl=self.say.rtl, ours=True)[
            : 1 if self.small else 3
        ]
        self.y += 4
        for line in shown:
            self.y += small * 1.6
            self.canvas.text(line, self.margin, self.y, small, self.colors.soft)

    def _logo(self) -> float:
        """At the end of the title; returns the room it takes."""
        logo = self.context.look.brand.logo
        if logo is None:
            return 0.0
        wide, high = around.logo_size(logo, (110.0, 34.0) if self.small else (170.0, 56.0))
        plate, inset = logo.plate(self.canvas.background), 6.0
        x, y = self.canvas.width - self.margin - wide, self.y + 4
        if plate:
            self.canvas.rect(x - inset, y - inset, wide + 2 * inset, high + 2 * inset, fill=plate, radius=6)
        self.canvas.picture(x, y, wide, high, logo.data, logo.media)
        return wide + 20

    def _personas(self) -> None:
        size = 11.0 if self.small else 14.0
        x, top = self.margin, self.y + size * 1.4
        shown = self.exchange["personas"][: 3 if self.small else 6]
        for place, one in enumerate(shown):
            line = text.fitting(one["name"], size, 170, bold=True, rtl=self.say.rtl)
            if x + line.width + 24 > self.margin + self.room:
                x, top = self.margin, top + size * 1.9
            self.canvas.circle(x + 6, top + size * 0.2, 6, fill=self.colors.color(one.get("color"), place))
            self.canvas.text(line, x + 18, top + size * 0.55, size, self.colors.text, bold=True)
            x += line.width + 40
        if shown:
            self.y = top + size

    def _shown_stages(self) -> list[dict[str, Any]]:
        """All stages; of more than there is room for, the first ones and the last."""
        stages, most = self.exchange["stages"], _STAGES[self.paper]
        return stages if len(stages) <= most else [*stages[: most - 1], stages[-1]]

    def _journey(self, stages: list[dict[str, Any]]) -> None:
        """The stages as a band, and the curve above it."""
        c, colors = self.canvas, self.colors
        top, high = self.y + (14 if self.small else 26), 130.0 if self.small else 250.0
        column = self.room / len(stages)
        centres = {stage["id"]: self.margin + (place + 0.5) * column for place, stage in enumerate(stages)}
        c.rect(self.margin, top, self.room, high, fill=colors.sunk, radius=10)
        middle = curve.down(0, top, high, 26)
        c.line(self.margin + 8, middle, self.margin + self.room - 8, middle, colors.line_strong, dash="2 5")
        names = {one["id"]: place for place, one in enumerate(self.exchange["personas"])}
        having = {point["persona"] for point in self.exchange["emotions"]}
        whose = [one for one in (None, *names) if one in having and self.context.look.shows_curve(one)]
        for persona in whose:
            given = self.exchange["personas"][names[persona]].get("color") if persona else None
            color = colors.color(given, names.get(persona or "", 0)) if len(whose) > 1 else colors.accent
            points = [(x, curve.down(v, top, high, 26), v) for x, v in self._points(persona, centres)]
            c.path(curve.path([(x, y) for x, y, _ in points]), stroke=color, stroke_width=3.5)
            for x, y, value in points:
                curve.face(
                    c, x, y, 22 if self.small else 34, value, colors, color if len(whose) > 1 else None
                )
        size = 10.0 if self.small else 13.0
        y = top + high + size + 10
        deepest = y
        for place, stage in enumerate(stages):
            lines = text.wrap(stage["name"], size, column - 10, bold=True, rtl=self.say.rtl)
            if len(lines) > 3:
                rest = " ".join(line.text for line in lines[2:])
                lines = [*lines[:2], text.fitting(rest, size, column - 10, bold=True, rtl=self.say.rtl)]
            for index, line in enumerate(lines):
                at = y + index * size * 1.5
                c.text(
                    line,
                    self.margin + (place + 0.5) * column,
                    at,
                    size,
                    colors.text,
                    bold=True,
                    anchor="middle",
                )
                deepest = max(deepest, at)
        self.y = deepest + size

    def _points(self, persona: str | None, centres: dict[str, float]) -> list[tuple[float, float]]:
        """The mean feeling of a stage, when it is told by its steps."""
        felt: dict[str, list[float]] = {}
        for point in self.exchange["emotions"]:
            if point["persona"] == persona and point["stage"] in centres:
                felt.setdefault(point["stage"], []).append(point["value"])
        return [(x, sum(felt[stage]) / len(felt[stage])) for stage, x in centres.items() if stage in felt]

    def _moments(self) -> None:
        """Key cards in two columns, as many as fit."""
        c, colors = self.canvas, self.colors
        size = 11.0 if self.small else 13.5
        columns = 1 if self.small else 2
        gap = 8.0 if self.small else 16.0
        wide = (self.room - gap * (columns - 1)) / columns
        stage = {one["id"]: one["name"] for one in self.exchange["stages"]}
        top = self.y + (6 if self.small else 24)
        bottom = c.height - self.margin - (14 if self.small else 26)
        fill = [top] * columns
        for why, one in key_cards(self.exchange, self.context, _MOMENTS[self.paper]):
            place = fill.index(min(fill))
            said = text.wrap(card.shown_text(one, self.context), size, wide - 28, rtl=self.say.rtl)
            most = 1 if self.small else 5
            if len(said) > most:
                rest = " ".join(line.text for line in said[most - 1 :])
                said = [*said[: most - 1], text.fitting(rest, size, wide - 28, rtl=self.say.rtl)]
            high = 20 + size * 1.5 + len(said) * size * 1.65
            if fill[place] + high > bottom:
                break
            x, y = self.margin + place * (wide + gap), fill[place]
            tone = {
                "moment_of_truth": colors.accent,
                "lowest": colors.emotions[0],
                "highest": colors.emotions[4],
            }[why]
            c.rect(x, y, wide, high, fill=colors.surface, stroke=colors.line, radius=8)
            c.rect(x, y + 8, 4, high - 16, fill=tone, radius=2)
            head = f"{self.say(why)} · {text.clean(stage[one['stage']])}"
            label = text.fitting(head, size * 0.85, wide - 28, bold=True, rtl=self.say.rtl)
            c.text(label, x + 14, y + 10 + size, size * 0.85, tone, bold=True)
            for index, line in enumerate(said):
                c.text(line, x + 14, y + 10 + size * 2.6 + index * size * 1.65, size, colors.text)
            fill[place] += high + gap

    def _foot(self) -> None:
        size = 9.0 if self.small else 11.0
        if self.context.look.today:
            told = text.line(self.say.day(self.context.look.today), size, rtl=self.say.rtl)
            y = self.canvas.height - self.margin * 0.6
            self.canvas.text(told, self.margin, y, size, self.colors.faint)
