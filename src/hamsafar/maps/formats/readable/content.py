"""What stands in the readable document, as blocks of a few kinds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hamsafar.maps.document import Exchange
from hamsafar.maps.formats import rich
from hamsafar.maps.formats.drawing import around, card, text, theme
from hamsafar.maps.formats.drawing.card import Context
from hamsafar.maps.formats.drawing.look import Look
from hamsafar.maps.formats.rich import RichLine, Span

PROFILE_FACTS = ("archetype", "gender", "age_range", "job_title", "education", "location", "income")
PROFILE_TEXTS = ("quote", "description", "lifestyle", "scenario")
PROFILE_LISTS = ("values", "goals", "motivations", "needs", "pains", "barriers", "channels", "brands")


@dataclass(frozen=True)
class Heading:
    """``level`` 1 is a part, 2 a persona or stage, 3 a lane or step."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    lines: tuple[RichLine, ...]
    soft: bool = False


@dataclass(frozen=True)
class Facts:
    """Short answers: (name, value)."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Picture:
    """``width`` and ``height`` in pixels of ``data``; ``alt`` is what it shows, in words."""

    data: bytes
    media: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True)
class Item:
    """A card: its text, its pictures, what it is marked as, the rest in small print, and where its link leads."""

    lines: tuple[RichLine, ...]
    marks: tuple[str, ...] = ()
    small: str = ""
    evidence: str | None = None
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class Items:
    items: tuple[Item, ...]


Block = Heading | Paragraph | Facts | Items


@dataclass(frozen=True)
class Content:
    title: str
    subtitle: str
    rtl: bool
    language: str
    blocks: list[Block] = field(default_factory=list)


def content(exchange: Exchange, look: Look) -> Content:
    context = Context.of(exchange, look)
    say = context.speech
    title = text.clean(exchange["title"])
    facts = [say("map"), say(f"kind.{exchange['kind']}")]
    if look.today:
        facts.append(say("exported", date=say.day(look.today)))
    blocks = [*_about(exchange, context), *_personas(exchange, context)]
    for number, stage in enumerate(exchange["stages"], 1):
        blocks += _stage(number, stage, exchange, context)
    blocks += _after(exchange, context)
    return Content(title, " · ".join(facts), say.rtl, say.language, blocks)


def rich_lines(words: str) -> tuple[RichLine, ...]:
    return tuple(rich.lines(text.clean(words).strip()))


def plain_line(words: str) -> tuple[RichLine, ...]:
    """Words of ours, or of an author who has no formatting there."""
    return (RichLine(False, (Span(text.clean(words)),)),)


def _about(exchange: Exchange, context: Context) -> Iterator[Block]:
    say = context.speech
    pairs = []
    if exchange.get("status"):
        pairs.append((say("status_of", name="").strip(" :"), say(f"status.{exchange['status']}")))
    if exchange.get("owner"):
        pairs.append((say("owner"), text.clean(exchange["owner"]["name"])))
    if exchange.get("review_on"):
        pairs.append((say("review_date"), say.day(date.fromisoformat(exchange["review_on"]))))
    if pairs:
        yield Facts(tuple(pairs))
    for name in ("objective", "scope", "description"):
        if exchange.get(name, "").strip():
            yield Heading(3, say(name))
            yield Paragraph(rich_lines(exchange[name]))
    if exchange.get("research"):
        yield Heading(3, say("research"))
        yield Items(
            tuple(
                Item(
                    (RichLine(False, (Span(text.clean(one["title"]), href=one.get("link")),)),),
                    small=text.plain(one.get("note", "")),
                )
                for one in exchange["research"]
            )
        )


def _personas(exchange: Exchange, context: Context) -> Iterator[Block]:
    say = context.speech
    if exchange["personas"]:
        yield Heading(1, say("personas"))
    for one in exchange["personas"]:
        yield Heading(2, text.clean(one["name"]))
        profile = context.look.profiles.get(one["id"], {})
        facts = [
            (say(f"persona_field.{name}"), text.clean(profile[name]))
            for name in PROFILE_FACTS
            if profile.get(name)
        ]
        facts += [
            (say(f"persona_field.{name}"), say.comma([text.clean(line) for line in profile[name]]))
            for name in PROFILE_LISTS
            if profile.get(name)
        ]
        if profile.get("traits"):
            told = [f"{text.clean(trait['name'])}{_level(trait, say)}" for trait in profile["traits"]]
            facts.append((say("traits"), say.comma(told)))
        if facts:
            yield Facts(tuple(facts))
        for name in PROFILE_TEXTS:
            if profile.get(name, "").strip():
                yield Heading(3, say(f"persona_field.{name}"))
                yield Paragraph(rich_lines(profile[name]))


def _level(trait: dict[str, Any], say: Any) -> str:
    return f" ({say.number(trait['value'])}/{say.number(5)})" if trait.get("value") else ""


def _stage(number: int, stage: dict[str, Any], exchange: Exchange, context: Context) -> Iterator[Block]:
    say = context.speech
    if number == 1:
        yield Heading(1, say("stages"))
    yield Heading(2, f"{say.number(number)}. {text.clean(stage['name'])}")
    facts = []
    if stage.get("begins") or stage.get("ends"):
        facts.append(
            (say("hours"), say.digits("–".join(filter(None, [stage.get("begins"), stage.get("ends")]))))
        )
    facts.append((say("owner"), text.clean(stage["owner"]["name"]) if stage.get("owner") else say("nobody")))
    facts += _felt(stage["id"], exchange, context)
    yield Facts(tuple(facts))
    if stage.get("description", "").strip():
        yield Paragraph(rich_lines(stage["description"]), soft=True)
    steps = {one["id"]: text.clean(one["name"]) for one in exchange["steps"]}
    for lane in exchange["lanes"]:
        if not context.look.shows_lane(lane):
            continue
        own = [c for c in exchange["cards"] if (c["stage"], c["lane"]) == (stage["id"], lane["id"])]
        if own:
            yield Heading(3, text.clean(say.lane(lane)))
            yield Items(tuple(_item(one, steps, context) for one in own))


def _felt(stage: str, exchange: Exchange, context: Context) -> list[tuple[str, str]]:
    """The feelings of everyone and of each persona, with the notes on them."""
    say = context.speech
    names = {one["id"]: text.clean(one["name"]) for one in exchange["personas"]}
    steps = {one["id"]: text.clean(one["name"]) for one in exchange["steps"]}
    found = []
    for point in exchange["emotions"]:
        if point["stage"] != stage or not context.look.shows_curve(point["persona"]):
            continue
        whose = [names.get(point["persona"] or ""), steps.get(point.get("step", ""))]
        label = say.comma([say("lane.emotion"), *[one for one in whose if one]])
        level = theme.round_half_up(point["value"])
        told = f"{say(f'emotion.{level}')} ({say.number(point['value'])})"
        if point.get("note"):
            told += f": {text.plain(point['note'])}"
        found.append((label, told))
    return found


def _item(one: dict[str, Any], steps: dict[str, str], context: Context) -> Item:
    say = context.speech
    lines = rich_lines(one["text"]) if one["text"].strip() else plain_line(card.shown_text(one, context))
    emoji = text.clean(one.get("emoji", "")).strip()
    if emoji:
        first = lines[0]
        lines = (RichLine(first.bullet, (Span(f"{emoji} "), *first.spans)), *lines[1:])
    if one.get("link"):
        address = Span(text.clean(one["link"]), href=one["link"])
        lines = (*lines, RichLine(False, (address,)))
    small = [fact for fact in card.small_print(one, context) if fact != text.clean(one.get("link", ""))]
    if one.get("step") in steps:
        small.insert(0, steps[one["step"]])
    sentence = _sentence(one, context)
    if sentence:
        small.append(sentence)
    evidence = one.get("evidence", {})
    if evidence.get("note"):
        small.append(text.plain(evidence["note"]))
    if evidence.get("observed_at"):
        small.append(say.day(date.fromisoformat(evidence["observed_at"][:10])))
    if evidence and evidence.get("n") is None:
        small.append(say(f"evidence.{evidence['kind']}"))
    return Item(
        lines,
        tuple(word for word, _ in card.marks(one, say)),
        " · ".join(small),
        evidence.get("kind"),
        tuple(_pictures(one, context.look)),
    )


def _pictures(one: dict[str, Any], look: Look) -> Iterator[Picture]:
    for file in one.get("files", []):
        data = look.pictures.get(file["id"])
        shape = card.picture_shape(data) if data else None
        if data and shape:
            yield Picture(data, *shape, text.clean(file.get("alt") or file["name"]))


def _sentence(one: dict[str, Any], context: Context) -> str:
    """«I [do] on [channel], because [reason].»"""
    touchpoint = context.touchpoints.get(one.get("touchpoint", ""), {})
    channel = context.channels.get(touchpoint.get("channel", ""), {})
    parts = {
        "doing": touchpoint.get("doing"), "channel": channel.get("name"), "reason": touchpoint.get("reason"),
    }  # fmt: skip
    if not all(parts.values()):
        return ""
    return context.speech("sentence", **{name: text.clean(str(value)) for name, value in parts.items()})


def _after(exchange: Exchange, context: Context) -> Iterator[Block]:
    say = context.speech
    stage = {one["id"]: text.clean(one["name"]) for one in exchange["stages"]}
    if exchange["branches"]:
        yield Heading(1, say("branches"))
        yield Items(
            tuple(
                Item(
                    plain_line(" · ".join(filter(None, [
                        one.get("name", ""),
                        say("from_to", first=stage[one["from_stage"]], second=stage[one["to_stage"]]),
                    ]))),
                    small=text.plain(one.get("condition", "")),
                )
                for one in exchange["branches"]
            )
        )  # fmt: skip
    if exchange["targets"]:
        yield Heading(1, say("targets"))
        yield Items(
            tuple(Item(plain_line(around.target(one, exchange, context))) for one in exchange["targets"])
        )
    if exchange["arrows"]:
        cards = {one["id"]: one for one in exchange["cards"]}
        yield Heading(1, say("all_arrows"))
        yield Items(
            tuple(
                Item(
                    plain_line(
                        say(
                            "from_to",
                            first=card.shown_text(cards[one["from_card"]], context),
                            second=card.shown_text(cards[one["to_card"]], context),
                        )
                    ),
                    small=text.clean(one.get("label", "")),
                )
                for one in exchange["arrows"]
            )
        )
