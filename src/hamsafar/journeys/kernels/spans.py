"""Stretches of paths that are the same sequence of names."""

from __future__ import annotations

from typing import Any

import numpy as np

from hamsafar.journeys.kernels import kernel


@kernel
def group_spans(code: Any, spans: Any, owners: Any, counts: Any) -> Any:
    """The different stretches ``code[spans[i, 0]:spans[i, 1]]``, and their summed counts.

    ``counts`` int64 [n, 2] holds occurrences and persons of each span. If ``owners`` int64 [n] is not empty, it says
    whose each span is, those of one person side by side, and persons are counted by it instead. Returns the places in
    ``spans`` of the first of each kind, int64 [kinds], and int64 [kinds, 2]. Stretches are compared in full.
    """
    room = 1024
    slots = np.full(room, -1, dtype=np.int64)
    kinds = 0
    example = np.empty(room, dtype=np.int64)
    hashes = np.empty(room, dtype=np.uint64)
    latest = np.empty(room, dtype=np.int64)
    summed = np.zeros((room, 2), dtype=np.int64)
    for span in range(len(spans)):
        mixed = np.uint64(0x9E3779B97F4A7C15)
        for place in range(spans[span, 0], spans[span, 1]):
            mixed = (mixed ^ (np.uint64(code[place]) + np.uint64(1))) * np.uint64(0xBF58476D1CE4E5B9)
            mixed ^= mixed >> np.uint64(31)
        slot = np.int64(mixed & np.uint64(room - 1))
        kind = slots[slot]
        while kind >= 0 and not (hashes[kind] == mixed and same_names(code, spans, example[kind], span)):
            slot = (slot + 1) & (room - 1)
            kind = slots[slot]
        if kind < 0:
            kind = kinds
            kinds += 1
            slots[slot] = kind
            example[kind] = span
            hashes[kind] = mixed
            latest[kind] = -1
        summed[kind, 0] += counts[span, 0] if len(counts) else 1
        if len(owners) == 0:
            summed[kind, 1] += counts[span, 1]
        elif latest[kind] != owners[span]:
            latest[kind] = owners[span]
            summed[kind, 1] += 1
        if 2 * kinds > room:  # at most half full, or looking for a slot would take long
            room *= 2
            slots = np.full(room, -1, dtype=np.int64)
            example = np.append(example, np.empty(room // 2, dtype=np.int64))
            hashes = np.append(hashes, np.empty(room // 2, dtype=np.uint64))
            latest = np.append(latest, np.empty(room // 2, dtype=np.int64))
            summed = np.concatenate((summed, np.zeros((room // 2, 2), dtype=np.int64)))
            for kind in range(kinds):
                slot = np.int64(hashes[kind] & np.uint64(room - 1))
                while slots[slot] >= 0:
                    slot = (slot + 1) & (room - 1)
                slots[slot] = kind
    return example[:kinds].copy(), summed[:kinds].copy()


@kernel
def same_names(code: Any, spans: Any, one: int, other: int) -> bool:
    """Whether two stretches are the same names in the same order."""
    length = spans[one, 1] - spans[one, 0]
    if spans[other, 1] - spans[other, 0] != length:
        return False
    place = 0
    while place < length and code[spans[one, 0] + place] == code[spans[other, 0] + place]:
        place += 1
    return bool(place == length)
