"""Shapes as SVG. Nothing is looked for elsewhere: pictures are within, and so are the letters if wanted.

Text that reads from right to left is anchored at its right end and isolated by U+2067 ... U+2069: that is what
browsers and resvg agree on (resvg knows no ``direction``). Every run is a text of its own.
"""

from __future__ import annotations

from base64 import b64encode
from xml.sax.saxutils import escape, quoteattr

from hamsafar.maps.formats.drawing import fonts
from hamsafar.maps.formats.drawing.shapes import Canvas, Circle, Path, Picture, Rect, Shape, Text
from hamsafar.maps.formats.drawing.shapes import number as n

_RIGHT_TO_LEFT, _END = "\u2067", "\u2069"


def write(canvas: Canvas, *, embed_fonts: bool = False, links: bool = False, zoom: float = 1.0) -> str:
    """The drawing as a document, shown ``zoom`` times its size. ``links``: card addresses lead where they say."""
    clips: dict[tuple[float, float, float, float], str] = {}
    body = [_shape(shape, clips) for shape in canvas.shapes]
    if links:
        body += [
            f'<a href={quoteattr(one.address)} target="_blank" rel="noopener noreferrer">'
            f'<rect x="{n(one.x)}" y="{n(one.y)}" width="{n(one.width)}" height="{n(one.height)}"'
            ' fill="#000" fill-opacity="0"/></a>'
            for one in canvas.links
        ]
    defined = "".join(
        f'<clipPath id="{name}"><rect x="{n(x)}" y="{n(y)}" width="{n(w)}" height="{n(h)}"/></clipPath>'
        for (x, y, w, h), name in clips.items()
    )
    style = f"<style>{_font_faces(canvas)}</style>" if embed_fonts else ""
    width, height = n(canvas.width), n(canvas.height)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{n(canvas.width * zoom)}" height="{n(canvas.height * zoom)}"'
        f' viewBox="0 0 {width} {height}"'
        f' xml:lang="{canvas.language}" style="direction:ltr" font-family="{fonts.TEXT}" role="img">'
        f"<title>{escape(canvas.title)}</title><defs>{style}{defined}</defs>"
        f'<rect width="{width}" height="{height}" fill="{canvas.background}"/>{"".join(body)}</svg>'
    )


def _shape(shape: Shape, clips: dict[tuple[float, float, float, float], str]) -> str:
    match shape:
        case Rect():
            radius = (
                f' rx="{n(min(shape.radius, shape.width / 2, shape.height / 2))}"' if shape.radius else ""
            )
            return (
                f'<rect x="{n(shape.x)}" y="{n(shape.y)}" width="{n(shape.width)}" height="{n(max(0, shape.height))}"'
                f"{radius}{_paint(shape.fill, shape.stroke, shape.stroke_width, shape.dash)}/>"
            )
        case Circle():
            paint = _paint(shape.fill, shape.stroke, shape.stroke_width, shape.dash)
            return f'<circle cx="{n(shape.x)}" cy="{n(shape.y)}" r="{n(shape.radius)}"{paint}/>'
        case Path():
            if not shape.d:
                return ""
            clip = ""
            if shape.clip:
                clip = f' clip-path="url(#{clips.setdefault(shape.clip, f"c{len(clips)}")})"'
            opacity = f' opacity="{n(shape.opacity)}"' if shape.opacity < 1 else ""
            paint = _paint(shape.fill, shape.stroke, shape.stroke_width, shape.dash)
            return (
                f'<path d="{shape.d}"{paint} stroke-linecap="round" stroke-linejoin="round"{opacity}{clip}/>'
            )
        case Text():
            return _text(shape)
        case Picture():
            address = f"data:{shape.media};base64,{b64encode(shape.data).decode()}"
            return (
                f'<image x="{n(shape.x)}" y="{n(shape.y)}" width="{n(shape.width)}" height="{n(shape.height)}"'
                f' href="{address}"/>'
            )


def _paint(fill: str | None, stroke: str | None, width: float, dash: str | None) -> str:
    painted = f' fill="{fill or "none"}"'
    if stroke:
        painted += f' stroke="{stroke}" stroke-width="{n(width)}"'
        if dash:
            painted += f' stroke-dasharray="{dash}"'
    return painted


def _text(shape: Text) -> str:
    content = shape.text
    kept = ' xml:space="preserve"' if content != content.strip() or "  " in content else ""
    weight = ' font-weight="700"' if shape.bold and not shape.emoji else ""
    family = f' font-family="{fonts.EMOJI}"' if shape.emoji else ""
    words = escape(content)
    if shape.rtl and not shape.emoji:
        return (
            f'<text x="{n(shape.x + shape.width)}" y="{n(shape.y)}" font-size="{n(shape.size)}" fill="{shape.fill}"'
            f' text-anchor="end"{weight}{kept}>{_RIGHT_TO_LEFT}{words}{_END}</text>'
        )
    return (
        f'<text x="{n(shape.x)}" y="{n(shape.y)}" font-size="{n(shape.size)}" fill="{shape.fill}"'
        f"{weight}{family}{kept}>{words}</text>"
    )


def _font_faces(canvas: Canvas) -> str:
    used: dict[tuple[str, bool], set[str]] = {}
    for shape in canvas.shapes:
        if isinstance(shape, Text):
            key = (fonts.EMOJI, False) if shape.emoji else (fonts.TEXT, shape.bold)
            used.setdefault(key, set()).update(shape.text)
    return "".join(
        f'@font-face{{font-family:"{family}";font-weight:{700 if bold else 400};'
        f"src:url(data:font/woff;base64,{b64encode(fonts.subset(family, bold, letters)).decode()})}}"
        for (family, bold), letters in sorted(used.items())
    )
