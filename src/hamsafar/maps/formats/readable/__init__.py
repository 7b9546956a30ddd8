"""The map as a document to be read: whose it is and what for, then stage by stage. Free of Django.

``content`` says what stands in it, ``as_html`` and ``as_pdf`` how it looks.
"""

from __future__ import annotations

from hamsafar.maps.document import Exchange
from hamsafar.maps.formats.carried import carried


def left_out(exchange: Exchange) -> set[str]:
    lost = carried(exchange) & {
        "hidden_lanes", "other_maps", "measuring", "emotion_intensity", "attachments", "colors", "emoji_colors",
        "letters", "touchpoint_details",
    }  # fmt: skip
    return lost | ({"arrows"} if exchange["lines"] else set())
