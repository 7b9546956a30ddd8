"""The shapes a drawing is made of, and the canvas that knows which way the map is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from hamsafar.maps.formats.drawing.text import Line

Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]


@dataclass(frozen=True)
class Rect:
    x: float
    y: float
    width: float
    height: float
    fill: str | None = None
    stroke: str | None = None
    stroke_width: float = 1
    dash: str | None = None
    radius: float = 0


@dataclass(frozen=True)
class Circle:
    x: float
    y: float
    radius: float
    fill: str | None = None
    stroke: str | None = None
    stroke_width: float = 1
    dash: str | None = None


@dataclass(frozen=True)
class Path:
    """``d`` as in SVG, in absolute coordinates; ``clip`` is the rectangle it is seen in."""

    d: str
    fill: str | None = None
    stroke: str | None = None
    stroke_width: float = 1
    dash: str | None = None
    opacity: float = 1
    clip: tuple[float, float, float, float] | None = None


@dataclass(frozen=True)
class Text:
    """A run of one font; ``x`` is its left end, ``y`` its baseline."""

    x: float
    y: float
    width: float
    text: str
    size: float
    fill: str
    bold: bool
    rtl: bool
    emoji: bool


@dataclass(frozen=True)
class Picture:
    x: float
    y: float
    width: float
    height: float
    data: bytes
    media: str


@dataclass(frozen=True)
class Link:
    """A place that leads to an address, where the format can do that."""

    x: float
    y: float
    width: float
    height: float
    address: str


Shape = Rect | Circle | Path | Text | Picture


@dataclass
class Canvas:
    """Takes coordinates from the reading-start side, keeps physical ones."""

    width: float
    height: float
    rtl: bool
    background: str
    title: str = ""
    language: str = "en"
    shapes: list[Shape] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def left(self, x: float, width: float = 0) -> float:
        """The physical left edge of what begins at ``x`` and is ``width`` wide."""
        return self.width - x - width if self.rtl else x

    def rect(
        self, x: float, y: float, width: float, height: float, *, fill: str | None = None, stroke: str | None = None,
        stroke_width: float = 1, dash: str | None = None, radius: float = 0,
    ) -> None:  # fmt: skip
        self.shapes.append(
            Rect(self.left(x, width), y, width, height, fill, stroke, stroke_width, dash, radius)
        )

    def circle(
        self, x: float, y: float, radius: float, *, fill: str | None = None, stroke: str | None = None,
        stroke_width: float = 1, dash: str | None = None,
    ) -> None:  # fmt: skip
        self.shapes.append(Circle(self.left(x), y, radius, fill, stroke, stroke_width, dash))

    def line(
        self, x1: float, y1: float, x2: float, y2: float, stroke: str, width: float = 1, dash: str | None = None
    ) -> None:  # fmt: skip
        self.path([("M", ((x1, y1),)), ("L", ((x2, y2),))], stroke=stroke, stroke_width=width, dash=dash)

    def path(
        self, parts: Sequence[tuple[str, Sequence[Point]]], *, fill: str | None = None, stroke: str | None = None,
        stroke_width: float = 1, dash: str | None = None, opacity: float = 1,
        clip: tuple[float, float, float, float] | None = None,
    ) -> None:  # fmt: skip
        """``parts`` are commands of SVG with their points; ``clip`` is (x, y, width, height)."""
        d = "".join(
            command + " ".join(f"{number(self.left(x))} {number(y)}" for x, y in points)
            for command, points in parts
        )
        seen = (self.left(clip[0], clip[2]), *clip[1:]) if clip else None
        self.shapes.append(Path(d, fill, stroke, stroke_width, dash, opacity, seen))

    def text(
        self, line: Line, x: float, y: float, size: float, fill: str, *, bold: bool = False, anchor: Anchor = "start"
    ) -> None:  # fmt: skip
        """One line; ``x`` is its start, middle or end along the reading direction of the map, ``y`` its baseline."""
        begin = x - {"start": 0.0, "middle": line.width / 2, "end": line.width}[anchor]
        left = self.left(begin, line.width)
        for run in line.runs:
            at = left + (line.width - run.at - run.width if line.rtl else run.at)
            self.shapes.append(Text(at, y, run.width, run.text, size, fill, bold, line.rtl, run.emoji))

    def picture(self, x: float, y: float, width: float, height: float, data: bytes, media: str) -> None:
        self.shapes.append(Picture(self.left(x, width), y, width, height, data, media))

    def link(self, x: float, y: float, width: float, height: float, address: str) -> None:
        self.links.append(Link(self.left(x, width), y, width, height, address))


def number(value: float) -> str:
    """A coordinate, as short as a hundredth of a pixel allows."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
