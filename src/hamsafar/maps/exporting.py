"""A map written in a format; what takes long is written by a process of its own."""

from __future__ import annotations

from dataclasses import replace

from hamsafar.maps import apart, formats
from hamsafar.maps.document import Exchange
from hamsafar.maps.formats.drawing.look import Look
from hamsafar.maps.formats.drawing.raster import as_pixels


def export(exchange: Exchange, written: str, look: Look) -> bytes:
    """The map as a file. Raises what the format raises, ExportsBusy and ExportTookTooLong."""
    if not formats.WRITTEN[written].heavy:
        return formats.write(exchange, written, look)
    return apart.run(_drawn, exchange, written, look)


def _drawn(exchange: Exchange, written: str, look: Look) -> bytes:
    """Drawings of authors are made pictures there too: what they cost is bounded as everything else is."""
    return formats.write(exchange, written, replace(look, pictures=as_pixels(look.pictures)))
