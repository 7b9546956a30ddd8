"""Our own format, whole."""

from __future__ import annotations

import json

from hamsafar.maps.document import Exchange

SUFFIXES = ("json",)
MEDIA = "application/json"


def write(exchange: Exchange) -> bytes:
    return (json.dumps(exchange, ensure_ascii=False, indent=2) + "\n").encode()


def left_out(exchange: Exchange) -> set[str]:
    return set()
