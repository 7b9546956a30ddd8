"""A map written in a format; what takes long is written by a process of its own."""

from __future__ import annotations

from hamsafar.maps import apart, formats
from hamsafar.maps.document import Exchange
from hamsafar.maps.formats.drawing.look import Look


def export(exchange: Exchange, written: str, look: Look) -> bytes:
    """The map as a file. Raises what the format raises, ExportsBusy and ExportTookTooLong."""
    if not formats.WRITTEN[written].heavy:
        return formats.write(exchange, written, look)
    return apart.run(formats.write, exchange, written, look)
