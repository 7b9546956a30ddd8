"""Which format the times of a column have, from a sample of its distinct texts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hamsafar.events.files.spelling import has_month_name, simplify

_DATE = re.compile(r"^(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})([T ]\d{1,2}:\d{2}.*)?$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:[T ]?\d{4}(?:\d{2})?)?(?:Z|[+-]\d{2}:?\d{2})?$")
_NUMBER = re.compile(r"^\d{4,19}(\.\d+)?$")

# Seconds since 1970 from 1973 to 2100; the finer units have the same span, so magnitudes do not overlap.
_SECONDS = (100_000_000, 4_133_980_800)
_SERIALS = (20_000, 73_416)  # Excel's days from 1954 to 2100


@dataclass(frozen=True)
class TimeGuess:
    """``format`` is None while the sample leaves day and month undecided; ``example`` is such a value."""

    format: str | None
    share: float
    has_clock: bool
    example: str


def recognise(distinct: Iterable[Any], *, numbers: bool) -> TimeGuess | None:
    """The format of most values, or None when less than half are times.

    ``numbers``: also take plain numbers for times (seconds since 1970, 14030512 ...), which is sensible only
    for a column whose name says that it is one.
    """
    votes: Counter[str] = Counter()
    orders: Counter[str] = Counter()
    clocks = total = 0
    example = ""
    for value in distinct:
        text = simplify(str(value)) or ""
        if not text:
            continue
        total += 1
        shape = _shape(str(value), text, numbers)
        if shape is None:
            continue
        votes[shape] += 1
        clocks += ":" in text or shape.startswith("unix") or len(text) > 10
        if shape == "day_and_month":
            example = example or str(value)
            orders[order_of(text)] += 1
    if not votes:
        return None
    shape, times = votes.most_common(1)[0]
    if times * 2 < total:
        return None
    found: str | None = shape
    if shape == "day_and_month":
        found = decide(orders)
    return TimeGuess(found, times / total, clocks * 2 > times, example)


def decide(orders: Counter[str]) -> str | None:
    """The order that some value proves (most, where the file contradicts itself); None where none does."""
    if orders["dmy"] == orders["mdy"]:
        return "dmy" if orders["dmy"] else None
    return "dmy" if orders["dmy"] > orders["mdy"] else "mdy"


def order_of(text: str) -> str:
    """``dmy`` or ``mdy`` for a date with a number above 12, ``""`` for one that could be both."""
    match = _DATE.match(text)
    if match and int(match.group(1)) > 12 >= int(match.group(2)):
        return "dmy"
    if match and int(match.group(2)) > 12 >= int(match.group(1)):
        return "mdy"
    return ""


def _shape(raw: str, text: str, numbers: bool) -> str | None:
    match = _DATE.match(text)
    if match:
        first, _, last, _ = match.groups()
        if len(first) == 4 and len(last) <= 2:
            return "jalali_ymd" if _is_jalali(first) else "iso"
        if len(last) == 4 and len(first) <= 2:
            if _is_jalali(last):
                return "jalali_dmy"
            return "named_month" if has_month_name(raw) else "day_and_month"
        return None
    if not numbers:
        return None
    match = _COMPACT.match(text)
    if match and 1 <= int(match.group(2)) <= 12 and 1 <= int(match.group(3)) <= 31:
        if _is_jalali(match.group(1)):
            return "jalali_ymd"
        if 1900 <= int(match.group(1)) <= 2100:
            return "iso"
    return _unit(float(text)) if _NUMBER.match(text) else None


def _is_jalali(year: str) -> bool:
    return 1200 <= int(year) < 1600


def _unit(number: float) -> str | None:
    for name, scale in (("unix_s", 1), ("unix_ms", 1e3), ("unix_us", 1e6), ("unix_ns", 1e9)):
        if _SECONDS[0] * scale <= number < _SECONDS[1] * scale:
            return name
    return "excel" if _SERIALS[0] <= number < _SERIALS[1] else None
