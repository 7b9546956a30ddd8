"""Maps in other formats than our own: read as exchange data, written from it. Free of Django.

A format is a module with ``SUFFIXES``; those that are read have ``read(data, language) -> Exchange`` (not checked
yet). Those that are written are ``Written``; what a format cannot carry of a very map it tells by ``left_out``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from types import ModuleType

from hamsafar.maps.document import Exchange, parse
from hamsafar.maps.errors import BadExportChoice, FormatNotWritten, UnknownMapFormat
from hamsafar.maps.formats import (
    cards_csv,
    cards_xlsx,
    infographic,
    json_file,
    mermaid,
    pictures,
    readable,
    slides,
    yaml_file,
)
from hamsafar.maps.formats.drawing.look import PLAIN, SCHEMES, Look
from hamsafar.maps.formats.readable import as_html, as_pdf


@dataclass(frozen=True)
class Written:
    """A format maps are written in.

    ``papers`` are what it is laid out on; ``chooses`` says which other wishes of a ``Look`` it heeds: lanes, curves,
    scheme, measured. ``heavy``: it takes long enough to be written by a process of its own.
    """

    suffix: str
    media: str
    write: Callable[[Exchange, Look], bytes]
    left_out: Callable[[Exchange], set[str]]
    papers: tuple[str, ...] = ()
    chooses: tuple[str, ...] = ()
    heavy: bool = False


def _table(module: ModuleType) -> Written:
    """A format that takes the map as it is."""
    return Written(
        module.SUFFIXES[0], module.MEDIA, lambda exchange, _: module.write(exchange), module.left_out
    )


WRITTEN: dict[str, Written] = {
    "pdf": Written(
        "pdf",
        "application/pdf",
        pictures.pdf_file,
        pictures.left_out,
        ("one", "a4", "a3"),
        ("lanes", "curves", "scheme", "measured"),
        heavy=True,
    ),
    "png": Written(
        "png",
        "image/png",
        pictures.png_file,
        pictures.left_out,
        (),
        ("lanes", "curves", "scheme", "measured"),
        heavy=True,
    ),
    "svg": Written(
        "svg",
        "image/svg+xml",
        pictures.svg_file,
        pictures.left_out,
        (),
        ("lanes", "curves", "scheme", "measured"),
        heavy=True,
    ),
    "document_pdf": Written(
        "pdf", "application/pdf", as_pdf.write, readable.left_out, (), ("lanes", "curves"), heavy=True
    ),
    "document_html": Written(
        "html", "text/html", as_html.write, readable.left_out, (), ("lanes", "curves"), heavy=True
    ),
    "pptx": Written(
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        slides.write,
        slides.left_out,
        (),
        ("lanes", "curves"),
        heavy=True,
    ),
    **{
        f"infographic_{suffix}": Written(
            suffix, media, write, infographic.left_out, infographic.PAPERS, ("curves", "scheme"), heavy=True
        )
        for suffix, media, write in (
            ("pdf", "application/pdf", infographic.pdf_file),
            ("png", "image/png", infographic.png_file),
            ("svg", "image/svg+xml", infographic.svg_file),
        )
    },
    "xlsx": _table(cards_xlsx),
    "csv": _table(cards_csv),
    "mermaid": _table(mermaid),
    "json": _table(json_file),
}
_READ: tuple[ModuleType, ...] = (cards_csv, cards_xlsx, mermaid, yaml_file)

# What a format may leave out of a map, in the order in which it is told.
LEFT_OUT = (
    "most_cards",
    "lanes",
    "hidden_lanes",
    "personas",
    "descriptions",
    "about",
    "research",
    "other_maps",
    "touchpoints",
    "touchpoint_details",
    "contents",
    "measuring",
    "owners",
    "owner_links",
    "emotions_of_personas",
    "emotions",
    "emotion_notes",
    "emotion_intensity",
    "steps",
    "branches",
    "arrows",
    "targets",
    "times",
    "times_of_day",
    "marks",
    "scores",
    "evidence",
    "evidence_details",
    "links",
    "files",
    "attachments",
    "colors",
    "sizes",
    "formatting",
    "emoji_colors",
    "letters",
    "same_names",
)


def look_for(
    written: str,
    *,
    lanes: str | None = None,
    curves: str | None = None,
    paper: str | None = None,
    scheme: str | None = None,
    today: date | None = None,
) -> Look:
    """The wishes for a format, as they come from outside: ids with commas between them; "" is everyone's curve.

    Wishes a format does not heed are passed over. Raises FormatNotWritten and BadExportChoice.
    """
    form = WRITTEN.get(written)
    if form is None:
        raise FormatNotWritten(format=written[:20], known=tuple(WRITTEN))
    paper = paper or (form.papers[0] if form.papers else None)
    for name, found, known in (("paper", paper, form.papers), ("scheme", scheme, SCHEMES)):
        if found is not None and known and found not in known:
            raise BadExportChoice(name=name, found=found[:20], known=tuple(known))
    return Look(
        lanes=frozenset(lanes.split(",")) if lanes is not None and "lanes" in form.chooses else None,
        curves=frozenset(curves.split(",")) if curves is not None and "curves" in form.chooses else None,
        paper=paper if form.papers and paper else "one",  # type: ignore[arg-type]  # one of the format's own
        scheme="dark" if scheme == "dark" and "scheme" in form.chooses else "light",
        today=today,
    )


def write(exchange: Exchange, written: str, look: Look = PLAIN) -> bytes:
    """The map as a file of a format of ``WRITTEN``."""
    return WRITTEN[written].write(exchange, look)


def read(filename: str, data: bytes, language: str) -> Exchange:
    """The map in a file, by its suffix; ``language`` is that of a file that does not say its own.

    JSON comes back checked, the others as they were read. Raises MapInvalid and UnknownMapFormat.
    """
    suffix = filename.rsplit(".", 1)[-1].lower() if "." in filename else ""
    if suffix == "json":
        return parse(data)
    for module in _READ:
        if suffix in module.SUFFIXES:
            found: Exchange = module.read(data, language)
            return found
    known = ["json", *(suffix for module in _READ for suffix in module.SUFFIXES)]
    raise UnknownMapFormat(suffix=suffix[:20], known=tuple(known))


def left_out(exchange: Exchange, written: str) -> list[str]:
    """What the format cannot carry of this map, as codes of ``LEFT_OUT``."""
    lost = WRITTEN[written].left_out(exchange)
    return [code for code in LEFT_OUT if code in lost]
