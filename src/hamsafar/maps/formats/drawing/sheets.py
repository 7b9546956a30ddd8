"""A map on one sheet as large as it needs, or on pages of paper with its heads and lane names on each."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Any

from hamsafar.maps.formats.drawing import around, plan, text, theme
from hamsafar.maps.formats.drawing.card import Context
from hamsafar.maps.formats.drawing.look import Look
from hamsafar.maps.formats.drawing.paint import Painter, arrow_head
from hamsafar.maps.formats.drawing.plan import Plan, PlannedRow
from hamsafar.maps.formats.drawing.shapes import Canvas
from hamsafar.maps.formats.drawing.theme import MARGIN

Entry = dict[str, Any]

# Landscape, in points; a pixel of the drawing is this many points on paper.
_PAPER = {"a4": (841.89, 595.28), "a3": (1190.55, 841.89)}
_POINTS_A_PIXEL = 0.62
_STRIP = 30  # the line with title and page above the heads of each page
_BRANCH = 26


@dataclass(frozen=True)
class Sheet:
    """A page: what is on it, and its size in points; ``zoom`` is how many pixels one of the canvas is on screen."""

    canvas: Canvas
    width: float
    height: float
    zoom: float = 1.0


def whole(exchange: Entry, look: Look) -> Sheet:
    """The whole map on one sheet; a pixel is 0.75 points."""
    context = Context.of(exchange, look)
    made = plan.make(exchange, context, exchange["stages"])
    room = max(made.width, 560.0)
    front = around.before(exchange, context, room, _personas(exchange, look), around.logo_width(look))
    levels = _branch_levels(exchange, made)
    top = MARGIN + around.height(front) + 18
    heads = top + _BRANCH * (max(levels.values(), default=-1) + 1)
    end = heads + made.head + sum(row.height for row in made.rows)
    # Arrows to cards that are left out lead nowhere; all others are on the sheet.
    back = around.after(exchange, context, room, [])
    canvas = _canvas(exchange, look, room + 2 * MARGIN, end + around.height(back) + 14 + MARGIN)
    painter = Painter(canvas, exchange, context, made, MARGIN)
    _print(front, painter, MARGIN)
    around.paint_logo(painter, MARGIN, around.LOGO)
    if made.columns:
        _branches(painter, levels, heads)
        painter.heads(heads)
        end = painter.rows(made.rows, heads + made.head)
        painter.arrows()
    else:
        nothing = text.line(context.speech("no_stages"), 13, rtl=context.speech.rtl)
        canvas.text(nothing, MARGIN, top + 14, 13, painter.colors.soft)
    _print(back, painter, end + 14)
    zoom = look.brand.scale
    return Sheet(canvas, canvas.width * 0.75 * zoom, canvas.height * 0.75 * zoom, zoom)


def tiled(exchange: Entry, look: Look, paper: str) -> list[Sheet]:
    """Pages of ``a4`` or ``a3``, along the stages first cut, then down the lanes."""
    wide, high = (side / _POINTS_A_PIXEL / look.brand.scale for side in _PAPER[paper])
    context = Context.of(exchange, look)
    pages: list[_Page] = []
    front = around.before(exchange, context, wide - 2 * MARGIN, _personas(exchange, look))
    body = high - 2 * MARGIN - _STRIP
    lead = around.height(front) + 18
    if lead > body * 0.35:
        pages += _printed_pages(front, body)
        front, lead = [], 0.0
    for stages in _groups(exchange, wide - 2 * MARGIN, look):
        made = plan.make(exchange, context, stages)
        for rows in _cut(made.rows, body - made.head, lead):
            pages.append(_Page(made, rows, front if lead else []))
            lead, front = 0.0, []
    painters = [_Page.start(page, exchange, context, wide, high) for page in pages]
    away: list[Entry] = []
    for page, painter in zip(pages, painters, strict=True):
        away += page.fill(painter)
    unique = {arrow["id"]: arrow for arrow in away}
    back = around.after(exchange, context, wide - 2 * MARGIN, list(unique.values()))
    last = pages[-1] if pages else None
    room = high - MARGIN - last.end if last else 0.0
    if back and last and around.height(back) + 14 <= room:
        _print(back, painters[-1], last.end + 14)
    elif back:
        more = _printed_pages(back, body)
        for page in more:
            painter = page.start(exchange, context, wide, high)
            page.fill(painter)
            painters.append(painter)
    for number, painter in enumerate(painters, 1):
        _strip(painter, exchange, number, len(painters))
    width, height = _PAPER[paper]
    return [Sheet(painter.canvas, width, height) for painter in painters]


@dataclass
class _Page:
    """A page in the making: rows of the table, or printed rows alone. ``end`` is where it is filled to."""

    plan: Plan
    rows: list[PlannedRow]
    front: list[around.Printed]
    end: float = 0.0

    def start(self, exchange: Entry, context: Context, wide: float, high: float) -> Painter:
        # What is too large for the paper makes the paper's drawing larger.
        needed = (
            MARGIN * 2
            + _STRIP
            + around.height(self.front)
            + self.plan.head
            + sum(r.height for r in self.rows)
        )
        scale = max(1.0, (self.plan.width + 2 * MARGIN) / wide, needed / high)
        canvas = _canvas(exchange, context.look, wide * scale, high * scale)
        return Painter(canvas, exchange, context, self.plan, MARGIN)

    def fill(self, painter: Painter) -> list[Entry]:
        y = _print(self.front, painter, MARGIN + _STRIP)
        if self.plan.columns:
            y = painter.heads(y + (18 if self.front else 0))
            y = painter.rows(self.rows, y)
        self.end = y
        return painter.arrows()


_NO_PLAN = Plan([], [], 0.0, 0.0)


def _printed_pages(rows: list[around.Printed], body: float) -> list[_Page]:
    pages: list[_Page] = []
    room = 0.0
    for row in rows:
        if row.height > room:
            pages.append(_Page(_NO_PLAN, [], []))
            room = body
        pages[-1].front.append(row)
        room -= row.height
    return pages


def _groups(exchange: Entry, room: float, look: Look) -> list[list[Entry]]:
    """Stages that stand beside each other on a page: as few pages as will do, about equally full."""
    stages = exchange["stages"]
    sizes = plan.widths(exchange, stages, look)
    room -= theme.LANE_NAME
    fewest = len(_filled(stages, sizes, room))
    even = sum(sizes) / max(1, fewest)
    for share in (1.0, 1.1, 1.25, 1.5):
        tried = _filled(stages, sizes, min(room, even * share))
        if len(tried) == fewest:
            return tried
    return _filled(stages, sizes, room)


def _filled(stages: list[Entry], sizes: list[float], room: float) -> list[list[Entry]]:
    groups: list[list[Entry]] = []
    taken = room
    for stage, width in zip(stages, sizes, strict=True):
        if taken + width > room or not groups:
            groups.append([])
            taken = 0.0
        groups[-1].append(stage)
        taken += width
    return groups


def _cut(rows: list[PlannedRow], body: float, lead: float) -> list[list[PlannedRow]]:
    """Rows on pages of ``body``; the first page has ``lead`` less. A row is cut only where its cards end."""
    pages: list[list[PlannedRow]] = [[]]
    room = body - lead
    waiting = list(reversed(rows))
    while waiting:
        row = waiting.pop()
        if row.height <= room:
            pages[-1].append(row)
            room -= row.height
            continue
        # A row that would fit on a page of its own is not torn for a little room.
        pieces = row.split(room) if row.height > body * 0.6 and room > body * 0.2 else None
        if pieces:
            pages[-1].append(pieces[0])
            waiting.append(pieces[1])
        elif not pages[-1] and room >= body:
            pages[-1].append(row)  # it cannot be cut: the page is drawn smaller
        else:
            waiting.append(row)
        pages.append([])
        room = body
    return [page for page in pages if page] or [[]]


def _personas(exchange: Entry, look: Look) -> list[tuple[str, str]]:
    colors = look.theme
    return [
        (one["name"], colors.color(one.get("color"), place)) for place, one in enumerate(exchange["personas"])
    ]


def _canvas(exchange: Entry, look: Look, width: float, height: float) -> Canvas:
    language, ground = exchange["language"], look.theme.ground
    if look.paper != "one" and look.scheme == "light":
        ground = "#ffffff"  # paper has its own colour
    # Whole pixels: a picture has no others.
    return Canvas(ceil(width), ceil(height), language == "fa", ground, exchange["title"], language)


def _print(rows: list[around.Printed], painter: Painter, y: float) -> float:
    for row in rows:
        row.paint(painter, MARGIN, y)
        y += row.height
    return y


def _strip(painter: Painter, exchange: Entry, page: int, pages: int) -> None:
    say, colors, canvas = painter.say, painter.colors, painter.canvas
    told = text.line(say("page_of", page=page, pages=pages), 11, rtl=say.rtl)
    logo = around.paint_logo(painter, MARGIN - 9, (110.0, 26.0))
    room = canvas.width - 2 * MARGIN - told.width - logo - 30
    title = text.fitting(exchange["title"], 11, room, rtl=say.rtl)
    canvas.text(title, MARGIN, MARGIN + 10, 11, colors.soft)
    canvas.text(told, canvas.width - MARGIN - logo, MARGIN + 10, 11, colors.soft, anchor="end")


def _branch_levels(exchange: Entry, made: Plan) -> dict[str, int]:
    """At which height each branch is drawn, so that none runs through another; 0 is lowest."""
    centre = {column.stage["id"]: column.centre for column in made.columns}
    levels: dict[str, int] = {}
    taken: list[list[tuple[float, float]]] = []
    spans = sorted(
        (abs(centre[b["to_stage"]] - centre[b["from_stage"]]), b["id"], b) for b in exchange["branches"]
    )
    for _, identifier, branch in spans:
        low, high = sorted((centre[branch["from_stage"]], centre[branch["to_stage"]]))
        low, high = low - 14, high + 14
        level = next(
            (i for i, spans_there in enumerate(taken) if all(high < a or low > b for a, b in spans_there)),
            len(taken),
        )
        if level == len(taken):
            taken.append([])
        taken[level].append((low, high))
        levels[identifier] = level
    return levels


def _branches(painter: Painter, levels: dict[str, int], heads: float) -> None:
    """Brackets above the heads, from the stage a branch leaves to the one it comes back at."""
    c, colors = painter.canvas, painter.colors
    columns = {column.stage["id"]: column for column in painter.plan.columns}
    for branch in painter.exchange["branches"]:
        first, second = columns[branch["from_stage"]], columns[branch["to_stage"]]
        x1, x2 = MARGIN + first.centre + 6, MARGIN + second.centre - 6
        y = heads - _BRANCH * (levels[branch["id"]] + 1) + 10
        c.path(
            [("M", ((x1, heads - 2),)), ("L", ((x1, y),)), ("L", ((x2, y),)), ("L", ((x2, heads - 2),))],
            stroke=colors.faint, stroke_width=1.4, dash="5 3",
        )  # fmt: skip
        arrow_head(c, x2, heads - 1, (0, 1), colors.faint)
        if branch.get("name"):
            line = text.fitting(
                branch["name"], theme.SMALL, max(60.0, abs(x2 - x1) - 16), rtl=painter.say.rtl
            )
            middle = (x1 + x2) / 2
            c.rect(middle - line.width / 2 - 5, y - 8, line.width + 10, 16, fill=colors.ground)
            c.text(line, middle, y + 3.5, theme.SMALL, colors.soft, anchor="middle")
