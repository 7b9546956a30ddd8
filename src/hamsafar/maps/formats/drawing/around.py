"""What stands around the table: title, personas and purpose before it; legend, branches and targets after it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hamsafar.maps.formats.drawing import text
from hamsafar.maps.formats.drawing.brand import Logo
from hamsafar.maps.formats.drawing.card import Context, shown_text
from hamsafar.maps.formats.drawing.look import Look
from hamsafar.maps.formats.drawing.paint import Painter
from hamsafar.maps.formats.drawing.text import Line
from hamsafar.maps.formats.drawing.theme import MARGIN

Entry = dict[str, Any]
_BODY, _LEADING = 12.5, 20.0
# At most so wide and so high is the workspace's logo beside a title.
LOGO = (190.0, 46.0)
_LOGO_PAD = 5.0


@dataclass(frozen=True)
class Words:
    line: Line
    x: float
    size: float = _BODY
    bold: bool = False
    color: str = "soft"


@dataclass(frozen=True)
class Printed:
    """A row of words, with dots of colour and legend signs before some."""

    height: float
    words: list[Words]
    dots: list[tuple[float, str]] = field(default_factory=list)
    signs: list[tuple[float, str]] = field(default_factory=list)

    def paint(self, painter: Painter, x: float, y: float) -> None:
        c, colors = painter.canvas, painter.colors
        base = y + self.height * 0.72
        for at, color in self.dots:
            c.circle(x + at, base - 4, 5, fill=color)
        for at, sign in self.signs:
            _sign(painter, x + at, base - 4, sign)
        for one in self.words:
            c.text(one.line, x + one.x, base, one.size, getattr(colors, one.color), bold=one.bold)


def height(rows: list[Printed]) -> float:
    return sum(row.height for row in rows)


def before(
    exchange: Entry, context: Context, room: float, personas: list[tuple[str, str]], beside: float = 0.0
) -> list[Printed]:
    """Title, kind and dates, whose map it is, and what it is for. ``personas`` are (name, colour).

    ``beside`` is the room that the title leaves at its end.
    """
    say = context.speech
    rows = [
        Printed(32, [Words(line, 0, 22, True, "text")])
        for line in text.wrap(exchange["title"], 22, room - beside, bold=True, rtl=say.rtl)
    ]
    facts = [say(f"kind.{exchange['kind']}")]
    if exchange.get("status"):
        facts.append(say("status_of", name=say(f"status.{exchange['status']}")))
    if exchange.get("owner"):
        facts.append(say("owner_of", name=text.clean(exchange["owner"]["name"])))
    if exchange.get("review_on"):
        facts.append(say("review_on", date=say.day(date.fromisoformat(exchange["review_on"]))))
    if context.look.today:
        facts.append(say("exported", date=say.day(context.look.today)))
    rows += [
        Printed(20, [Words(line, 0, 11.5)])
        for line in text.wrap(" · ".join(facts), 11.5, room - beside, rtl=say.rtl, ours=True)
    ]
    rows += _names(personas, room, say.rtl)
    measure = min(room, 900.0)
    for field_name in ("objective", "scope", "description"):
        if exchange.get(field_name, "").strip():
            rows += _paragraph(say(field_name), exchange[field_name], measure, say.rtl)
    return rows


def _names(personas: list[tuple[str, str]], room: float, rtl: bool) -> list[Printed]:
    rows: list[Printed] = []
    x = room
    for name, color in personas:
        line = text.fitting(name, 12, room - 30, bold=True, rtl=rtl)
        if x + line.width + 16 > room:
            rows.append(Printed(26, [], []))
            x = 0.0
        rows[-1].dots.append((x + 6, color))
        rows[-1].words.append(Words(line, x + 16, 12, True, "text"))
        x += line.width + 36
    return rows


def _paragraph(name: str, content: str, room: float, rtl: bool) -> list[Printed]:
    label = text.line(f"{name}: ", _BODY, bold=True, rtl=rtl)
    inset = label.width + 6
    lines = text.wrap(text.plain(content), _BODY, room - inset, rtl=rtl)
    rows = [Printed(_LEADING, [Words(line, inset)]) for line in lines]
    if rows:
        rows[0].words.insert(0, Words(label, 0, _BODY, True))
    return rows


def after(exchange: Entry, context: Context, room: float, away: list[Entry]) -> list[Printed]:
    """Legend, branches, targets, and the arrows that could not be drawn (``away``)."""
    say = context.speech
    rows = _legend(exchange, context, room)
    stage = {one["id"]: text.clean(one["name"]) for one in exchange["stages"]}
    if exchange["branches"]:
        rows += _heading(say("branches"), say.rtl)
        for one in exchange["branches"]:
            parts = [
                one.get("name", ""),
                say("from_to", first=stage[one["from_stage"]], second=stage[one["to_stage"]]),
            ]
            if one.get("condition"):
                parts.append(text.plain(one["condition"]))
            rows += _item(" · ".join(filter(None, parts)), room, say.rtl)
    if exchange["targets"]:
        rows += _heading(say("targets"), say.rtl)
        rows += [
            row for one in exchange["targets"] for row in _item(target(one, exchange, context), room, say.rtl)
        ]
    if away:
        cards = {one["id"]: one for one in exchange["cards"]}
        rows += _heading(say("arrows"), say.rtl)
        for one in away:
            first, second = (
                text.fitting(shown_text(cards[one[end]], context), _BODY, 320, rtl=say.rtl).text
                for end in ("from_card", "to_card")
            )
            told = say("from_to", first=first, second=second)
            rows += _item(f"{one['label']}: {told}" if one.get("label") else told, room, say.rtl)
    return rows


def target(one: Entry, exchange: Entry, context: Context) -> str:
    """A numeric target in a line."""
    say = context.speech
    about = one["scope"]
    where = say("whole_map")
    if "stage" in about:
        where = next(s["name"] for s in exchange["stages"] if s["id"] == about["stage"])
    elif "touchpoint" in about:
        where = context.touchpoints.get(about["touchpoint"], {"name": about["touchpoint"]})["name"]
    value = " ".join(filter(None, [say.number(one["value"]), one.get("unit", "")]))
    told = f"{text.clean(one['metric'])} ({text.clean(where)}): {value}"
    if one.get("due_on"):
        told += " · " + say("until", date=say.day(date.fromisoformat(one["due_on"])))
    return told


def _heading(words: str, rtl: bool) -> list[Printed]:
    return [Printed(34, [Words(text.line(words, 13, bold=True, rtl=rtl), 0, 13, True, "text")])]


def _item(words: str, room: float, rtl: bool) -> list[Printed]:
    lines = text.wrap(words, _BODY, min(room, 900.0) - 14, rtl=rtl, ours=True)
    rows = [Printed(_LEADING, [Words(line, 14)]) for line in lines]
    rows[0].words.insert(0, Words(text.line("•", _BODY, rtl=rtl), 2))
    return rows


def _legend(exchange: Entry, context: Context, room: float) -> list[Printed]:
    """Only the signs that this map has."""
    say = context.speech
    kinds = {one["evidence"]["kind"] for one in exchange["cards"] if one.get("evidence")}
    signs = [(kind, say(f"evidence.{kind}")) for kind in ("assumption", "observed", "stale") if kind in kinds]
    if any(one.get("moment_of_truth") for one in exchange["cards"]):
        signs.append(("truth", say("moment_of_truth")))
    if not signs:
        return []
    row = Printed(30, [Words(text.line(say("legend"), 11, bold=True, rtl=say.rtl), 0, 11, True)])
    x = row.words[0].line.width + 18
    for sign, words in signs:
        line = text.line(words, 11, rtl=say.rtl)
        if x + line.width + 30 > room:
            break
        row.signs.append((x, sign))
        row.words.append(Words(line, x + 28, 11))
        x += line.width + 52
    return [row]


def _sign(painter: Painter, x: float, y: float, sign: str) -> None:
    c, colors = painter.canvas, painter.colors
    if sign == "truth":
        c.circle(x + 10, y, 8, fill=colors.accent)
        painter.star(x + 10, y, 5, colors.surface)
        return
    dash = "4 3" if sign == "assumption" else None
    c.rect(x, y - 7, 20, 14, fill=colors.surface, stroke=colors.line_strong, dash=dash, radius=4)
    if sign != "assumption":
        painter.evidence_dot(sign, x + 19, y - 6)


def logo_width(look: Look, most: tuple[float, float] = LOGO) -> float:
    """The room that ``paint_logo`` takes, with some beside it; 0 without a logo."""
    logo = look.brand.logo
    return logo_size(logo, most)[0] + 2 * _LOGO_PAD + 12 if logo else 0.0


def logo_size(logo: Logo, most: tuple[float, float]) -> tuple[float, float]:
    """As large as ``most`` allows, in its own shape."""
    scale = min(most[0] / logo.width, most[1] / logo.height)
    return logo.width * scale, logo.height * scale


def paint_logo(painter: Painter, y: float, most: tuple[float, float]) -> float:
    """The workspace's logo at the end of the line at ``y``; returns the room it takes there."""
    look, canvas = painter.context.look, painter.canvas
    logo = look.brand.logo
    if logo is None:
        return 0.0
    wide, high = logo_size(logo, most)
    plate = logo.plate(canvas.background)
    inset = _LOGO_PAD if plate else 0.0
    x = canvas.width - MARGIN - wide - inset
    if plate:
        canvas.rect(x - inset, y - inset, wide + 2 * inset, high + 2 * inset, fill=plate, radius=6)
    canvas.picture(x, y, wide, high, logo.data, logo.media)
    return logo_width(look, most)
