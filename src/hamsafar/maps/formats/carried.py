"""What there is in a map that a format may be unable to carry."""

from __future__ import annotations

from hamsafar.maps.document import Exchange


def carried(exchange: Exchange) -> set[str]:
    """Codes of ``formats.LEFT_OUT`` for what this map has at all."""
    stages, cards = exchange["stages"], exchange["cards"]
    found = {
        "descriptions": any(exchange.get(field) for field in ("description", "objective", "scope"))
        or any(part.get("description") for part in (*stages, *exchange["lanes"])),
        "touchpoints": any(card.get("touchpoint") for card in cards),
        "owners": any(part.get("owner") for part in (*stages, *cards, exchange)),
        "emotions": bool(exchange["emotions"]),
        "steps": bool(exchange["steps"]),
        "branches": bool(exchange["branches"]),
        "arrows": bool(exchange["arrows"] or exchange["lines"]),
        "targets": bool(exchange["targets"]),
        "evidence": any(card.get("evidence") for card in cards),
    }
    return {code for code, there in found.items() if there}
