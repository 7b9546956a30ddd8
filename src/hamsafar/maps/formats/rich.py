"""The little Markdown of a card's text (as ``web/src/editor/richText.ts`` reads it): bold, italic, lists, links."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_BULLET = re.compile(r"^\s{0,3}[-*•]\s+(?=\S)")
_INLINE = re.compile(
    r"\\(?P<escaped>[*\[\]\\-])"
    r"|\[(?P<words>[^\[\]\n]{1,1000})\]\((?P<href>(?:https?://|mailto:)[^\s<>\"()]{1,2000})\)"
    r"|\*\*(?=\S)(?P<bold>[^\n]{1,2000}?)(?<=\S)\*\*(?!\*)"
    r"|(?<!\*)\*(?=[^\s*])(?P<italic>[^*\n]{1,2000}?)(?<=[^\s*])\*(?!\*)",
    re.I,
)


@dataclass(frozen=True)
class Span:
    text: str
    bold: bool = False
    italic: bool = False
    href: str | None = None


@dataclass(frozen=True)
class RichLine:
    """One line of a text; ``bullet`` is an item of a list."""

    bullet: bool
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


def lines(text: str) -> list[RichLine]:
    """The lines of a text that was cleaned."""
    found = []
    for line in text.split("\n"):
        marker = _BULLET.match(line)
        found.append(
            RichLine(bool(marker), tuple(_spans(line[marker.end() :] if marker else line, Span(""))))
        )
    return found


def _spans(text: str, inside: Span) -> list[Span]:
    found: list[Span] = []
    place = 0
    for match in _INLINE.finditer(text):
        found.append(replace(inside, text=text[place : match.start()]))
        place = match.end()
        if match["escaped"]:
            found.append(replace(inside, text=match["escaped"]))
        elif match["href"]:
            found += _spans(match["words"], replace(inside, href=match["href"]))
        elif match["bold"]:
            found += _spans(match["bold"], replace(inside, bold=True))
        else:
            found += _spans(match["italic"], replace(inside, italic=True))
    found.append(replace(inside, text=text[place:]))
    return [span for span in found if span.text]


def plain(text: str) -> str:
    """What is read, without the signs of formatting."""
    return "\n".join(("• " if line.bullet else "") + line.text for line in lines(text)).strip()


def addresses(text: str) -> list[str]:
    """Where the links of a text lead."""
    return list(dict.fromkeys(span.href for line in lines(text) for span in line.spans if span.href))


def is_formatted(text: str) -> bool:
    return any(span.bold or span.italic or span.href for line in lines(text) for span in line.spans)
