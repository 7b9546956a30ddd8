"""Small drawings for notebooks: inline SVG as text, with nothing loaded and nothing run.

Every drawing mirrors itself for a language read from right to left: time and lengths begin where reading begins.
Texts of the data are escaped; lines and letters take the colour of the page around them (``currentColor``), and the
few colours stand out on a light and on a dark one. A drawing of nothing is the empty text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise
from math import log
from typing import Literal

WIDTH = 680
COLOURS = ("#1f9e93", "#d9822b", "#6f7fd8", "#c0568f", "#8c9a2f", "#5b9bd5")
"""At most so many series; what comes after them is grey."""
GREY = "#8a8f98"
MOST_BARS = 15

_FONT = 12
_ARROW = " ← "
_ROW = 24
_LABEL = 190  # for the names at the beginning of rows
_LABEL_LETTERS = 25
_COLUMN = 150  # of ribbons, at least


@dataclass(frozen=True)
class Bar:
    """A row of ``bars`` or ``forest``: its ``value``, what is written behind it, and perhaps an interval."""

    label: str
    value: float
    text: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Line:
    """A series of ``lines``: ``points`` (x, y) by x, ``band`` (x, low, high) behind it; None leaves a hole.

    With ``stairs`` the value holds until the next point, as a survival curve does.
    """

    label: str
    points: Sequence[tuple[float, float | None]]
    band: Sequence[tuple[float, float, float]] = ()
    stairs: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell of ``heat``: a shade from 0 to 1 (None: no value), what is written in it; ``hollow``: not final."""

    shade: float | None
    text: str
    hollow: bool = False


@dataclass(frozen=True)
class Node:
    """A node of ``ribbons`` in a column (from 0); ``key`` is what links refer to."""

    key: str
    column: int
    label: str
    value: float
    text: str = ""


@dataclass(frozen=True)
class Link:
    source: str
    target: str
    value: float


def bars(rows: Sequence[Bar], title: str, language: str, *, largest: float | None = None) -> str:
    """Horizontal bars from 0, the first ``MOST_BARS`` rows; an interval is a thin line over the end of its bar.

    ``largest`` is the value of a whole bar's length; by default the largest that is drawn.
    """
    rows = rows[:MOST_BARS]
    if not rows:
        return ""
    reach = [max(row.value, row.high or 0.0) for row in rows]
    most = largest or max(reach) or 1.0
    picture = _Picture(title, language, len(rows) * _ROW + 4)
    space = WIDTH - _LABEL - 110
    for place, (row, end) in enumerate(zip(rows, reach, strict=True)):
        y = place * _ROW + 2.0
        picture.label(_LABEL - 8, y + 16, row.label)
        picture.rect(_LABEL, y + 4, space * min(row.value / most, 1), _ROW - 8, COLOURS[0])
        if row.low is not None and row.high is not None:
            low, high = (_LABEL + space * min(edge / most, 1) for edge in (row.low, row.high))
            picture.line([(low, y + _ROW / 2), (high, y + _ROW / 2)], "currentColor", 1.5)
        picture.text(_LABEL + space * min(end / most, 1) + 6, y + 16, row.text, "start")
    return picture.svg()


def forest(rows: Sequence[Bar], title: str, language: str, ticks: Sequence[tuple[float, str]]) -> str:
    """Values above 0 with their intervals on a logarithmic scale, and a line at 1: the first ``MOST_BARS`` rows.

    ``ticks`` are values and what is written under them; they, and the values, set the ends of the scale.
    """
    rows = [row for row in rows if row.value > 0][:MOST_BARS]
    if not rows:
        return ""
    values = [1.0, *(row.value for row in rows), *(value for value, _ in ticks)]
    least, most = log(min(values) / 1.3), log(max(values) * 1.3)
    space = WIDTH - _LABEL - 150

    def x(value: float) -> float:
        return _LABEL + space * min(max((log(value) - least) / (most - least), 0), 1)

    height = len(rows) * _ROW + 4.0
    picture = _Picture(title, language, height + 20)
    for value, text in ticks:
        picture.line([(x(value), 0), (x(value), height)], "currentColor", 1, opacity=0.15)
        picture.text(x(value), height + 14, text, "middle")
    picture.line([(x(1), 0), (x(1), height)], "currentColor", 1, opacity=0.6)
    for place, row in enumerate(rows):
        y = place * _ROW + 2.0
        colour = COLOURS[0] if row.value >= 1 else COLOURS[1]
        picture.label(_LABEL - 8, y + 16, row.label)
        if row.low is not None and row.high is not None and row.low > 0:
            picture.line([(x(row.low), y + _ROW / 2), (x(row.high), y + _ROW / 2)], colour, 2)
        picture.dot(x(row.value), y + _ROW / 2, 4, colour)
        picture.text(_LABEL + space + 10, y + 16, row.text, "start")
    return picture.svg()


def lines(
    series: Sequence[Line],
    title: str,
    language: str,
    x_ticks: Sequence[tuple[float, str]],
    y_ticks: Sequence[tuple[float, str]],
) -> str:
    """Lines with bands over common axes, whose ends are the first and last tick; named by a key under them."""
    if not any(line.points for line in series) or len(y_ticks) < 2 or not x_ticks:
        return ""
    left, top, width, height = 52.0, 8.0, WIDTH - 72.0, 200.0
    (x_from, _), (x_to, _) = x_ticks[0], x_ticks[-1]
    (y_from, _), (y_to, _) = y_ticks[0], y_ticks[-1]

    def at(x: float, y: float) -> tuple[float, float]:
        across = (x - x_from) / (x_to - x_from) if x_to > x_from else 0.5
        up = min(max((y - y_from) / (y_to - y_from), 0), 1)
        return left + width * across, top + height * (1 - up)

    picture = _Picture(title, language, top + height + 24 + 20 * -(-len(series) // 3))
    for y, text in y_ticks:
        picture.line([at(x_from, y), (left + width, at(x_from, y)[1])], "currentColor", 1, opacity=0.15)
        picture.text(left - 8, at(x_from, y)[1] + 4, text, "end")
    for x, text in x_ticks:
        picture.text(at(x, y_from)[0], top + height + 16, text, "middle")
    for place, line in enumerate(series):
        colour = COLOURS[place] if place < len(COLOURS) else GREY
        if line.band:
            lower = [(x, low) for x, low, _ in line.band]
            upper = [(x, high) for x, _, high in line.band]
            if line.stairs:
                lower, upper = _stairs(lower), _stairs(upper)
            picture.area([at(*point) for point in (*upper, *reversed(lower))], colour, opacity=0.16)
        for run in _runs(line.points):
            points = [at(*point) for point in (_stairs(run) if line.stairs else run)]
            picture.line(points, colour, 2)
            if len(run) == 1:
                picture.dot(*points[0], 2.5, colour)
        key_x, key_y = left + (place % 3) * width / 3, top + height + 38 + 20 * (place // 3)
        picture.rect(key_x, key_y - 9, 10, 10, colour)
        picture.text(key_x + 16, key_y, line.label, "start")
    return picture.svg()


def heat(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Sequence[Sequence[Cell | None]],
    title: str,
    language: str,
) -> str:
    """A table of shades: ``cells[row][column]``; None is left out, a hollow cell has an outline only."""
    if not rows or not columns:
        return ""
    head, wide = 22.0, min(64.0, max(30.0, (WIDTH - _LABEL) / len(columns)))
    picture = _Picture(title, language, head + len(rows) * _ROW + 2, max(WIDTH, _LABEL + wide * len(columns)))
    for place, label in enumerate(columns):
        picture.text(_LABEL + wide * (place + 0.5), 14, label, "middle")
    for row, (label, line) in enumerate(zip(rows, cells, strict=True)):
        y = head + row * _ROW
        picture.label(_LABEL - 8, y + 16, label)
        for column, cell in enumerate(line):
            if cell is None:
                continue
            x = _LABEL + wide * column
            if cell.hollow:
                picture.frame(x + 1, y + 1, wide - 2, _ROW - 2)
            elif cell.shade is not None:
                # Never so dark that the page's own letters cannot be read on it.
                picture.rect(x + 1, y + 1, wide - 2, _ROW - 2, COLOURS[0], 0.06 + 0.5 * min(cell.shade, 1))
            picture.text(x + wide / 2, y + 16, cell.text, "middle", 0.6 if cell.hollow else 1)
    return picture.svg()


def ribbons(nodes: Sequence[Node], links: Sequence[Link], title: str, language: str) -> str:
    """Nodes in columns and what flows between them, both as high as their values; in the order given."""
    nodes = [node for node in nodes if node.value > 0]
    if not nodes:
        return ""
    n_columns = max(node.column for node in nodes) + 1
    in_column = [[node for node in nodes if node.column == column] for column in range(n_columns)]
    height, gap, thick = 300.0, 16.0, 10.0
    room = height - gap * (max(map(len, in_column)) - 1)
    scale = max(room, 80) / max(sum(node.value for node in column) for column in in_column)
    # A label stands behind its node and before the next column; the last column needs room for its own.
    step = max((WIDTH - 130 - thick) / max(n_columns - 1, 1), _COLUMN)
    tops: dict[str, float] = {}
    lowest = 0.0
    for column in in_column:
        y = 6.0
        for node in column:
            tops[node.key] = y
            y += max(node.value * scale, 1) + gap
        lowest = max(lowest, y)
    picture = _Picture(title, language, lowest, max(WIDTH, step * (n_columns - 1) + thick + 130))
    column_of = {node.key: node.column for node in nodes}
    outgoing, incoming = dict(tops), dict(tops)
    for link in links:
        if link.source not in tops or link.target not in tops or link.value <= 0:
            continue
        wide = link.value * scale
        picture.ribbon(
            column_of[link.source] * step + thick,
            outgoing[link.source],
            column_of[link.target] * step,
            incoming[link.target],
            wide,
        )
        outgoing[link.source] += wide
        incoming[link.target] += wide
    letters = int((min(step, 200) - thick - 50) / 7)  # beside them the number
    for node in nodes:
        x, y = node.column * step, tops[node.key]
        high = max(node.value * scale, 1)
        picture.rect(x, y, thick, high, COLOURS[0])
        text = _shortened(node.label, letters) + (f" · {node.text}" if node.text else "")
        picture.text(x + thick + 4, y + high / 2 + 4, text, "start", whole=node.label)
    return picture.svg()


@dataclass
class _Picture:
    """An SVG under construction; x runs from where reading begins."""

    title: str
    language: str
    height: float
    width: float = WIDTH
    parts: list[str] = field(default_factory=list)

    def _x(self, x: float) -> float:
        return self.width - x if self.language == "fa" else x

    def rect(self, x: float, y: float, width: float, height: float, colour: str, opacity: float = 1) -> None:
        left = self._x(x + width) if self.language == "fa" else x
        self.parts.append(
            f'<rect x="{_n(left)}" y="{_n(y)}" width="{_n(max(width, 0))}" height="{_n(height)}" rx="2" '
            f'fill="{colour}" fill-opacity="{_n(opacity)}"/>'
        )

    def frame(self, x: float, y: float, width: float, height: float) -> None:
        left = self._x(x + width) if self.language == "fa" else x
        self.parts.append(
            f'<rect x="{_n(left)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" rx="2" fill="none" '
            'stroke="currentColor" stroke-opacity="0.35" stroke-dasharray="3 2"/>'
        )

    def line(
        self, points: Sequence[tuple[float, float]], colour: str, width: float, *, opacity: float = 1
    ) -> None:
        self.parts.append(
            f'<polyline points="{self._points(points)}" fill="none" stroke="{colour}" stroke-width="{_n(width)}" '
            f'stroke-opacity="{_n(opacity)}" stroke-linejoin="round"/>'
        )

    def area(self, points: Sequence[tuple[float, float]], colour: str, *, opacity: float) -> None:
        self.parts.append(
            f'<polygon points="{self._points(points)}" fill="{colour}" fill-opacity="{_n(opacity)}"/>'
        )

    def dot(self, x: float, y: float, radius: float, colour: str) -> None:
        self.parts.append(f'<circle cx="{_n(self._x(x))}" cy="{_n(y)}" r="{_n(radius)}" fill="{colour}"/>')

    def ribbon(self, x: float, y: float, to_x: float, to_y: float, wide: float) -> None:
        begin, end, middle = (_n(self._x(at)) for at in (x, to_x, (x + to_x) / 2))
        self.parts.append(
            f'<path d="M{begin},{_n(y)} C{middle},{_n(y)} {middle},{_n(to_y)} {end},{_n(to_y)} '
            f"L{end},{_n(to_y + wide)} C{middle},{_n(to_y + wide)} {middle},{_n(y + wide)} "
            f'{begin},{_n(y + wide)} Z" fill="{GREY}" fill-opacity="0.28"/>'
        )

    def label(self, x: float, y: float, label: str) -> None:
        """A name that ends at ``x``, shortened; the whole name shows when pointed at."""
        self.text(x, y, _shortened(label, _LABEL_LETTERS), "end", whole=label)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        anchor: Literal["start", "middle", "end"],
        opacity: float = 1,
        *,
        whole: str = "",
    ) -> None:
        if self.language == "fa" and anchor != "middle":
            anchor = "end" if anchor == "start" else "start"
        hint = f"<title>{escape(whole)}</title>" if whole else ""
        self.parts.append(
            f'<text x="{_n(self._x(x))}" y="{_n(y)}" text-anchor="{anchor}" unicode-bidi="plaintext" '
            f'fill-opacity="{_n(opacity)}">{hint}{escape(_directed(text))}</text>'
        )

    def svg(self) -> str:
        # Left to right for the coordinates and anchors; each text finds its own direction.
        return (
            f'<svg role="img" aria-label="{escape(self.title)}" viewBox="0 0 {_n(self.width)} {_n(self.height)}" '
            f'width="{_n(self.width)}" height="{_n(self.height)}" direction="ltr" font-size="{_FONT}" '
            f'font-family="Vazirmatn, system-ui, sans-serif" fill="currentColor" '
            f'style="max-width:100%;height:auto;display:block">{"".join(self.parts)}</svg>'
        )

    def _points(self, points: Sequence[tuple[float, float]]) -> str:
        return " ".join(f"{_n(self._x(x))},{_n(y)}" for x, y in points)


def _runs(points: Sequence[tuple[float, float | None]]) -> list[list[tuple[float, float]]]:
    """The points without holes, as pieces between them."""
    runs: list[list[tuple[float, float]]] = [[]]
    for x, y in points:
        if y is not None:
            runs[-1].append((x, y))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _stairs(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The corners of a line that holds each value until the next point."""
    corners = list(points[:1])
    for (_, before), (x, y) in pairwise(points):
        corners += [(x, before), (x, y)]
    return corners


def _directed(text: str) -> str:
    """Names with Persian arrows between them: each in its own direction, the whole from the right."""
    names = text.split(_ARROW)
    if len(names) == 1:
        return text
    # First-strong isolates, and a mark that makes the right the side to begin at.
    return "\u200f" + _ARROW.join(f"\u2068{name}\u2069" for name in names)


def _shortened(text: str, letters: int) -> str:
    return text if len(text) <= letters else text[: letters - 1] + "…"


def _n(value: float) -> str:
    """A coordinate with at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"
