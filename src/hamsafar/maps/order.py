"""Fractional keys: the place of an item among its neighbours, as text that compares bytewise.

Moving an item writes one key, so two people who move different items never collide. The web editor
(`web/src/editor/order.ts`) has the same algorithm, so both sides make the same key from the same neighbours.
"""

from __future__ import annotations

from collections.abc import Iterable

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_BASE = len(DIGITS)
_VALUE = {digit: value for value, digit in enumerate(DIGITS)}


def key_between(low: str | None, high: str | None) -> str:
    """A key with ``low < key < high``; None means no neighbour on that side.

    Never ends with the lowest digit, so there is always room below it.
    Raises ValueError when ``low`` is not below ``high``.
    """
    low = low or ""
    if high is not None and low >= high:
        raise ValueError(f"no key between {low!r} and {high!r}")
    key, index = "", 0
    bounded = high is not None
    while True:
        start = _VALUE[low[index]] if index < len(low) else 0
        end = (_VALUE[high[index]] if high and index < len(high) else 0) if bounded else _BASE
        if end - start > 1:
            return key + DIGITS[(start + end) // 2]
        # A digit below ``high``'s own already makes the key smaller: from there only ``low`` still matters.
        bounded = bounded and start == end
        key += DIGITS[start]
        index += 1


def keys_between(low: str | None, high: str | None, count: int) -> list[str]:
    """``count`` rising keys between two neighbours, halving the room each time so that keys stay short."""
    if count <= 0:
        return []
    middle = count // 2
    key = key_between(low, high)
    return [*keys_between(low, key, middle), key, *keys_between(key, high, count - middle - 1)]


def key_before(neighbours: Iterable[tuple[str, str]], before: str | None) -> str:
    """The key that places an item before the neighbour ``before`` (None, or not among them: last).

    ``neighbours`` are (id, key) pairs in any order, without the item itself. Two screens may have given
    neighbours the same key; the item then goes behind all that share it.
    """
    placed = sorted((key, identifier) for identifier, key in neighbours)
    index = next((i for i, (_, identifier) in enumerate(placed) if identifier == before), len(placed))
    low = placed[index - 1][0] if index else None
    high = next((key for key, _ in placed[index:] if low is None or key > low), None)
    return key_between(low, high)
