"""Frames of the live connection: y-protocols' sync and awareness, and our ``stored``.

    0 sync      0 step 1: state vector | 1 step 2: update | 2 update
    1 awareness update of presence
    3 query     asks for everyone's presence
    4 stored    server to client: the state vector that is durable
    5 notice    server to client: JSON that says what else has changed and is to be fetched, e.g. comments

Numbers are variable-length unsigned integers, payloads are prefixed by their length.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

SYNC, AWARENESS, QUERY_AWARENESS, STORED, NOTICE = 0, 1, 3, 4, 5
STEP_1, STEP_2, UPDATE = 0, 1, 2

_LARGEST_NUMBER_BITS = 56


class Malformed(Exception):
    """Bytes that are not a frame."""


@dataclass
class Reader:
    """Reads numbers and payloads; raises Malformed instead of reading past the end."""

    data: bytes
    at: int = 0

    def number(self) -> int:
        value = shift = 0
        while True:
            if self.at >= len(self.data) or shift > _LARGEST_NUMBER_BITS:
                raise Malformed
            byte = self.data[self.at]
            self.at += 1
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
            shift += 7

    def payload(self) -> bytes:
        length = self.number()
        if length > len(self.data) - self.at:
            raise Malformed
        start, self.at = self.at, self.at + length
        return self.data[start : self.at]


def number(value: int) -> bytes:
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def payload(data: bytes) -> bytes:
    return number(len(data)) + data


def sync(step: int, data: bytes) -> bytes:
    return bytes((SYNC, step)) + payload(data)


def awareness(update: bytes) -> bytes:
    return bytes((AWARENESS,)) + payload(update)


def stored(state_vector: bytes) -> bytes:
    return bytes((STORED,)) + payload(state_vector)


def notice(what: Mapping[str, str]) -> bytes:
    return bytes((NOTICE,)) + payload(json.dumps(what, separators=(",", ":")).encode())
