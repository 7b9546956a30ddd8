"""The emotion curve: smooth through its points without overshoot, and the faces on it. As on screen (editor/layout)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import hypot

from hamsafar.maps.formats.drawing.shapes import Canvas, Point
from hamsafar.maps.formats.drawing.theme import Theme, round_half_up

PathParts = list[tuple[str, Sequence[Point]]]


def down(value: float, top: float, height: float, margin: float = 20) -> float:
    """Where a feeling stands: +2 at the top, -2 at the bottom."""
    return top + margin + (2 - value) / 4 * (height - 2 * margin)


def path(points: Sequence[Point]) -> PathParts:
    """Cubic pieces through the points, which are in reading order; fewer than two draw nothing."""
    if len(points) < 2:
        return []
    slope = _slopes(points)
    parts: PathParts = [("M", (points[0],))]
    for i in range(len(points) - 1):
        (x1, y1), (x2, y2) = points[i], points[i + 1]
        third = (x2 - x1) / 3
        parts.append(
            ("C", ((x1 + third, y1 + third * slope[i]), (x2 - third, y2 - third * slope[i + 1]), (x2, y2)))
        )
    return parts


def sampled(points: Sequence[Point], pieces: int = 12) -> list[Point]:
    """Points along the same curve, for formats that know straight lines only."""
    found: list[Point] = list(points[:1])
    for _, (a, b, end) in path(points)[1:]:
        x0, y0 = found[-1]
        for step in range(1, pieces + 1):
            t = step / pieces
            u = 1 - t
            weights = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
            corners = ((x0, y0), a, b, end)
            found.append(
                (
                    sum(w * x for w, (x, _) in zip(weights, corners, strict=True)),
                    sum(w * y for w, (_, y) in zip(weights, corners, strict=True)),
                )
            )
    return found


def _slopes(points: Sequence[Point]) -> list[float]:
    """Fritsch and Carlson, "Monotone piecewise cubic interpolation", 1980."""
    secants = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in pairwise(points)]
    found = []
    for i in range(len(points)):
        before, after = secants[max(0, i - 1)], secants[min(i, len(secants) - 1)]
        found.append(0.0 if before * after <= 0 else (before + after) / 2)
    for i, secant in enumerate(secants):
        if secant == 0:
            found[i] = found[i + 1] = 0.0
            continue
        length = hypot(found[i] / secant, found[i + 1] / secant)
        if length > 3:
            found[i], found[i + 1] = 3 * found[i] / length, 3 * found[i + 1] / length
    return found


_MOUTHS: dict[int, tuple[tuple[Point, ...], ...]] = {
    -2: (((7.5, 17.2),), ((8.6, 14.6), (10.2, 13.6), (12, 13.6)), ((13.8, 13.6), (15.4, 14.6), (16.5, 17.2))),
    -1: (((8, 16.6),), ((9, 15.3), (10.4, 14.7), (12, 14.7)), ((13.6, 14.7), (15, 15.3), (16, 16.6))),
    0: (((8, 15.6),), ((10, 15.6), (14, 15.6), (16, 15.6))),
    1: (((8, 14.6),), ((9, 15.9), (10.4, 16.5), (12, 16.5)), ((13.6, 16.5), (15, 15.9), (16, 14.6))),
    2: (((7.3, 13.6),), ((8.3, 16.4), (10, 17.6), (12, 17.6)), ((14, 17.6), (15.7, 16.4), (16.7, 13.6))),
}


def face(
    canvas: Canvas, x: float, y: float, size: float, value: float, theme: Theme, ring: str | None = None
) -> None:
    """A face from -2 to +2 around a point: the mouth tells, the colour only helps. ``ring`` is its persona's colour."""
    level = max(-2, min(2, round_half_up(value)))
    color, scale = theme.emotion(level), size / 24
    canvas.circle(x, y, 10.2 * scale, fill=theme.surface, stroke=ring or color, stroke_width=2 * scale)

    def at(point: Point) -> Point:
        return (x + (point[0] - 12) * scale, y + (point[1] - 12) * scale)

    for eye in (8.7, 15.3):
        cx, cy = at((eye, 9.6))
        canvas.circle(cx, cy, 1.2 * scale, fill=color)
    first, *rest = _MOUTHS[level]
    parts: PathParts = [("M", (at(first[0]),)), *(("C", tuple(map(at, piece))) for piece in rest)]
    if level == 2:
        parts.append(("Z", ()))
    canvas.path(parts, fill=color if level == 2 else None, stroke=color, stroke_width=1.9 * scale)
