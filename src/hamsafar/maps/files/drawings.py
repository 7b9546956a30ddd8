"""SVG from outside, built anew from a short list of what is harmless. Free of Django.

Only shapes, text and gradients come through: no scripts, no events, no styles, no links, nothing from elsewhere.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, ParseError, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from hamsafar.maps.files.errors import DrawingRefused

MEDIA = "image/svg+xml"
MOST_BYTES = 1024**2
MOST_ELEMENTS = 20_000
DEEPEST = 64
_SVG = "http://www.w3.org/2000/svg"
_ELEMENT_NAMES = """
    svg g defs title desc path rect circle ellipse line polyline polygon text tspan linearGradient radialGradient stop
    clipPath
"""
_ATTRIBUTE_NAMES = """
    id viewBox preserveAspectRatio width height x y x1 y1 x2 y2 cx cy r rx ry fx fy d points transform dx dy
    fill fill-opacity fill-rule clip-rule clip-path stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin
    stroke-miterlimit stroke-dasharray stroke-dashoffset opacity color display visibility offset stop-color stop-opacity
    gradientUnits gradientTransform spreadMethod clipPathUnits font-family font-size font-weight font-style text-anchor
    dominant-baseline letter-spacing direction unicode-bidi vector-effect paint-order
"""
_ELEMENTS = frozenset(_ELEMENT_NAMES.split())
_ATTRIBUTES = frozenset(_ATTRIBUTE_NAMES.split())
_OWN_PAINT = re.compile(r"url\(\s*(['\"]?)#[\w.-]+\1\s*\)(\s+(none|#[0-9a-fA-F]{3,8}|[a-zA-Z]+))?")
# A value that could name another place or say more than a value does.
_SPEAKS = re.compile(r"url|[:;@\\]|/\*|expression|javascript", re.IGNORECASE)


def sanitise(data: bytes, name: str) -> bytes:
    """The drawing with only what is on the lists. Raises DrawingRefused: it is damaged, huge or has entities."""
    if len(data) > MOST_BYTES:
        raise DrawingRefused(name=name)
    try:
        root = fromstring(data, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError) as error:
        raise DrawingRefused(name=name) from error
    if root.tag != f"{{{_SVG}}}svg":
        raise DrawingRefused(name=name)
    counted = [0]
    made = _rebuilt(root, name, 0, counted)
    made.set("xmlns", _SVG)
    return bytes(tostring(made, encoding="utf-8", xml_declaration=True))


def _rebuilt(found: Element, name: str, depth: int, counted: list[int]) -> Element:
    counted[0] += 1
    if depth > DEEPEST or counted[0] > MOST_ELEMENTS:
        raise DrawingRefused(name=name)
    made = Element(found.tag.removeprefix(f"{{{_SVG}}}"))
    for key, value in found.attrib.items():
        if key in _ATTRIBUTES and (not _SPEAKS.search(value) or _OWN_PAINT.fullmatch(value.strip())):
            made.set(key, value)
    made.text = found.text
    for child in found:
        # Comments and instructions have no name; elements of other languages keep theirs in braces.
        known = isinstance(child.tag, str) and child.tag.removeprefix(f"{{{_SVG}}}") in _ELEMENTS
        if known:
            inner = _rebuilt(child, name, depth + 1, counted)
            inner.tail = child.tail
            made.append(inner)
    return made
