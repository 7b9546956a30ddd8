"""What a browser sends, walked before the Yjs library reads it.

The library trusts the bytes in two ways that can end or hang the process before any check of ours is asked: it
reads nested values by recursion, and it takes counts at their word. So updates and state vectors are walked here
first, without recursion, and a count may not promise more than there are bytes for. The format is that of Yjs'
first update encoding; see `readClientsStructRefs`, `readDeleteSet` and `readAny` of yjs and lib0.
"""

from __future__ import annotations

from hamsafar.maps.frames import Malformed, Reader

DEEPEST = 32  # levels of a value; a map's own fields need five

_ARRAY, _OBJECT = 117, 118
# Bytes after the tag, for the kinds of fixed size: null, undefined, booleans, floats, big integers.
_FIXED = {127: 0, 126: 0, 121: 0, 120: 0, 124: 4, 123: 8, 122: 8}
_INTEGER, _STRING, _BUFFER = 125, 119, 116


def check_update(update: bytes) -> None:
    """Raises Malformed for bytes that are no update, or one with values nested deeper than ``DEEPEST``."""
    reader = Reader(update)
    for _ in range(_count(reader)):
        structs = _count(reader)
        _skip_numbers(reader, 2)  # client, clock
        for _ in range(structs):
            _skip_struct(reader)
    for _ in range(_count(reader)):
        reader.number()  # client
        for _ in range(_count(reader)):
            _skip_numbers(reader, 2)  # clock, length
    _end(reader)


def check_state_vector(vector: bytes) -> None:
    """Raises Malformed for bytes that are no state vector."""
    reader = Reader(vector)
    for _ in range(_count(reader)):
        _skip_numbers(reader, 2)  # client, clock
    _end(reader)


def _skip_struct(reader: Reader) -> None:
    info = _byte(reader)
    kind = info & 0x1F
    if kind in (0, 10):  # collected, skipped
        reader.number()
        return
    if info & 0x80:  # left neighbour
        _skip_numbers(reader, 2)
    if info & 0x40:  # right neighbour
        _skip_numbers(reader, 2)
    if not info & 0xC0:  # without neighbours the parent is named
        if reader.number() == 1:
            reader.payload()
        else:
            _skip_numbers(reader, 2)
        if info & 0x20:
            reader.payload()
    _skip_content(reader, kind)


def _skip_content(reader: Reader, kind: int) -> None:
    if kind == 1:  # deleted
        reader.number()
    elif kind == 2:  # JSON texts
        for _ in range(_count(reader)):
            reader.payload()
    elif kind in (3, 4, 5):  # bytes, text, embedded JSON
        reader.payload()
    elif kind == 6:  # format: key, JSON
        reader.payload(), reader.payload()
    elif kind == 7:  # shared type; two of them have a name
        if reader.number() in (3, 5):
            reader.payload()
    elif kind == 8:  # values
        for _ in range(_count(reader)):
            _skip_value(reader)
    elif kind == 9:  # subdocument: id, options
        reader.payload()
        _skip_value(reader)
    else:
        raise Malformed


def _skip_value(reader: Reader) -> None:
    """One value with all that is in it; ``open_`` has how many values each level still wants, and whether named."""
    open_ = [(1, False)]
    while open_:
        left, named = open_.pop()
        if left == 0:
            continue
        open_.append((left - 1, named))
        if named:
            reader.payload()
        tag = _byte(reader)
        if tag in (_ARRAY, _OBJECT):
            if len(open_) > DEEPEST:
                raise Malformed
            open_.append((_count(reader), tag == _OBJECT))
        elif tag in _FIXED:
            _skip(reader, _FIXED[tag])
        elif tag == _INTEGER:
            reader.number()  # its sign is a bit of the first byte; the length is told the same way
        elif tag in (_STRING, _BUFFER):
            reader.payload()
        else:
            raise Malformed


def _count(reader: Reader) -> int:
    """How many of something follow; each takes a byte at least."""
    count = reader.number()
    if count > len(reader.data) - reader.at:
        raise Malformed
    return count


def _skip_numbers(reader: Reader, count: int) -> None:
    for _ in range(count):
        reader.number()


def _end(reader: Reader) -> None:
    if reader.at != len(reader.data):
        raise Malformed


def _byte(reader: Reader) -> int:
    if reader.at >= len(reader.data):
        raise Malformed
    reader.at += 1
    return reader.data[reader.at - 1]


def _skip(reader: Reader, count: int) -> None:
    if count > len(reader.data) - reader.at:
        raise Malformed
    reader.at += count
