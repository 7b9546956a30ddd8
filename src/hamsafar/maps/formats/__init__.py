"""Maps in other formats than our own: read as exchange data, written from it. Free of Django.

A format is a module with ``SUFFIXES``; those that are read have ``read(data, language) -> Exchange`` (not checked
yet), those that are written have ``write(exchange) -> bytes``, ``MEDIA`` and ``left_out(exchange) -> set of codes``:
what the format cannot carry of this very map.
"""

from __future__ import annotations

from types import ModuleType

from hamsafar.maps.document import Exchange, parse
from hamsafar.maps.errors import UnknownMapFormat
from hamsafar.maps.formats import cards_csv, cards_xlsx, json_file, mermaid, yaml_file

WRITTEN: dict[str, ModuleType] = {
    "json": json_file,
    "csv": cards_csv,
    "xlsx": cards_xlsx,
    "mermaid": mermaid,
}
_READ: tuple[ModuleType, ...] = (cards_csv, cards_xlsx, mermaid, yaml_file)

# What a format may leave out of a map, in the order in which it is told.
LEFT_OUT = (
    "lanes",
    "descriptions",
    "touchpoints",
    "owners",
    "emotions_of_personas",
    "emotions",
    "steps",
    "branches",
    "arrows",
    "targets",
    "evidence",
)


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
