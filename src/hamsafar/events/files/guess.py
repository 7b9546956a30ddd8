"""A first guess at what the columns of a file mean, from their names and a sample of their values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from hamsafar.events.files.blocks import Block
from hamsafar.events.files.recognise import TimeGuess, recognise
from hamsafar.events.files.shapes import Kind
from hamsafar.events.files.times import is_time_of_day
from hamsafar.events.files.values import cell_text, number_text
from hamsafar.lib.persian import normalise

_DISTINCT = 2000
_FOR_FORMAT = 200  # a file may have a thousand columns

_PERSON = {
    "customer", "client", "user", "person", "household", "member", "visitor", "contact", "case",
    "subscriber", "shopper", "buyer", "guest", "uid", "requester", "recipient",
    "مشتری", "مشتریان", "کاربر", "کاربری", "خریدار", "شخص", "عضو", "عضویت", "مخاطب",
    "مشترک", "اشتراک", "متقاضی",
}  # fmt: skip
_REACHED_AT = {"phone", "mobile", "email", "msisdn", "موبایل", "تلفن", "همراه", "ایمیل", "ملی"}
_ID = {"id", "code", "no", "number", "key", "uuid", "guid", "شناسه", "کد", "شماره"}
_OF_OTHERS = {
    "session", "order", "invoice", "product", "item", "store", "shop", "branch", "basket", "campaign",
    "coupon", "event", "agent", "owner", "seller", "company", "transaction", "row", "ticket", "deal",
    "سفارش", "فاکتور", "محصول", "کالا", "فروشگاه", "شعبه", "ردیف", "تراکنش", "فروشنده", "کارشناس", "شرکت",
}  # fmt: skip
_NAME = {"name", "نام", "title", "عنوان"}
_EVENT = {"event", "action", "activity", "رویداد", "فعالیت", "اقدام", "عملیات", "رخداد"}
_EVENT_MAYBE = {
    "page": 3,
    "operation": 3,
    "type": 2,
    "status": 3,
    "stage": 2,
    "step": 2,
    "نوع": 2,
    "وضعیت": 3,
    "مرحله": 2,
}
_TIME = {
    "time", "timestamp", "date", "datetime", "at", "ts", "when", "day", "created", "occurred", "moment",
    "تاریخ", "زمان", "ساعت", "روز",
}  # fmt: skip
_TIME_OF_OTHERS = {
    "birth", "birthday", "dob", "expiry", "expires", "expire", "end", "updated", "modified", "deleted", "due",
    "cohort", "synced", "loaded", "exported", "تولد", "انقضا", "پایان", "ویرایش", "سررسید", "عضویت",
}  # fmt: skip
_CHANNEL = {"channel", "کانال"}
_CHANNEL_WITH = _CHANNEL | {"name", "event", "contact", "type", "نام", "رویداد", "تماس", "ارتباطی", "نوع"}
_DASHES = {"-", "−", "–", "—"}  # how people write "none" into a column of numbers
# The names that the XES standard gives.
_XES = {"case:concept:name": "person", "concept:name": "event", "time:timestamp": "time"}


@dataclass(frozen=True)
class Seen:
    """What the sample shows of a column."""

    name: str
    kind: Kind
    samples: tuple[str, ...]
    filled: int
    distinct: int
    time: TimeGuess | None

    @property
    def tokens(self) -> frozenset[str]:
        return words(self.name)


def words(name: str) -> frozenset[str]:
    """The words of a column's name: ``CustomerID`` and ``customer_id`` are customer, id."""
    spaced = re.sub(
        r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", normalise(name).replace("\u200c", " ")
    )
    return frozenset(re.findall(r"[^\W\d_]+", spaced.casefold()))


def look(block: Block, name: str, *, typed: bool) -> Seen:
    """Kind, samples and counts of one column of the sample; ``typed``: the format itself tells 5 from "5"."""
    column = block.columns[name]
    values = column if isinstance(column, list) else column.to_pylist()
    cells = [value for value in values if (cell_text(value) or "").strip()]
    distinct = list(dict.fromkeys(cells[:50_000])) if not _unhashable(cells) else cells
    samples = tuple((cell_text(value) or "").strip()[:120] for value in distinct[:5])
    kind, time = _kind(name, column, distinct[:_DISTINCT], typed)
    return Seen(name, kind, samples, len(cells), len(distinct), time)


def _unhashable(cells: list[Any]) -> bool:
    return any(isinstance(cell, list | dict) for cell in cells)


def _kind(name: str, column: Any, distinct: list[Any], typed: bool) -> tuple[Kind, TimeGuess | None]:
    if not distinct:
        return "empty", None
    first = distinct[0]
    if isinstance(column, pa.Array) and pa.types.is_time(column.type):
        return "time_of_day", None
    if all(hasattr(value, "isoformat") and hasattr(value, "year") for value in distinct):
        clock = any(getattr(value, "hour", 0) or getattr(value, "minute", 0) for value in distinct)
        return "time", TimeGuess("iso", 1.0, clock, str(first))
    if all(isinstance(value, bool) for value in distinct):
        return "boolean", None
    tokens = words(name)
    named = bool(tokens & _TIME)
    plain = [cell_text(value) or "" for value in distinct]
    time = recognise(plain[:_FOR_FORMAT], numbers=named)
    if time is not None:
        return "time", time
    if named and sum(map(is_time_of_day, plain[:_FOR_FORMAT])) * 2 > len(plain[:_FOR_FORMAT]):
        return "time_of_day", None
    if {text.strip().casefold() for text in plain} <= {"true", "false"}:
        return "boolean", None
    if all(isinstance(value, int | float) for value in distinct):
        return "number", None
    if typed:
        return "text", None
    is_code = bool(tokens & (_ID | _REACHED_AT | _PERSON))
    said = [text for text in plain if text.strip() not in _DASHES]
    return ("number" if said and not is_code and all(map(number_text, said)) else "text"), None


def person_column(seen: list[Seen]) -> Seen | None:
    """The column that says who; by its name first, and whether its values come again."""
    return _best([(column, _person_score(column)) for column in seen], 4)


def _person_score(column: Seen) -> int:
    if column.kind in ("time", "time_of_day", "boolean", "empty") or column.distinct < 1:
        return -9
    tokens = column.tokens
    score = 10 if _XES.get(column.name) == "person" else 0
    named = bool(tokens & _PERSON) or tokens >= {"distinct", "id"}
    score += 5 * named + 4 * bool(tokens & _REACHED_AT)
    score += 3 * bool(tokens & _ID and (named or tokens <= _ID))  # else it is the id of another thing
    score -= 6 * bool(tokens & (_OF_OTHERS | _EVENT)) + 2 * bool(tokens & _NAME)
    score += column.distinct < column.filled
    if column.filled > 200 and column.distinct <= 20:
        score -= 5
    if any(re.search(r"\d[.٫]\d*[1-9]", text) and number_text(text) for text in column.samples):
        score -= 6  # a measure
    return score


def event_column(seen: list[Seen]) -> Seen | None:
    """The column that says what happened; None when a row is an event of one kind, such as a purchase."""
    return _best([(column, _event_score(column)) for column in seen], 4)


def _event_score(column: Seen) -> int:
    if column.kind not in ("text", "number") or not column.filled:
        return -9
    tokens = column.tokens
    score = 10 if _XES.get(column.name) == "event" else 0
    score += 5 * bool(tokens & _EVENT) + max((_EVENT_MAYBE.get(token, 0) for token in tokens), default=0)
    score += bool(tokens & _NAME and tokens & _EVENT)
    score -= 5 * bool(tokens & _ID) + 3 * (column.kind == "number")
    many = column.filled > 20 and (
        column.distinct > max(200, column.filled // 5) or column.distinct == column.filled
    )
    return score - 4 if many else score + 1


def time_column(seen: list[Seen]) -> Seen | None:
    """The column that says when."""
    return _best([(column, _time_score(column)) for column in seen], 0)


def _time_score(column: Seen) -> int:
    if column.kind != "time" or column.time is None:
        return -9
    tokens = column.tokens
    score = 10 if _XES.get(column.name) == "time" else 0
    score += 3 * bool(tokens & _TIME) + bool(tokens & (_EVENT | {"created", "occurred"}))
    score += 2 * column.time.has_clock - 5 * bool(tokens & _TIME_OF_OTHERS)
    return score + (1 if column.distinct > 1 else 0)


def channel_column(seen: list[Seen]) -> Seen | None:
    """A column called channel; an acquisition channel is a property of the person, not where it happened."""
    return next(
        (c for c in seen if c.tokens & _CHANNEL and c.tokens <= _CHANNEL_WITH and c.kind == "text"), None
    )


def _best(scored: list[tuple[Seen, int]], least: int) -> Seen | None:
    """The first column of the highest score, if it reaches ``least``."""
    column, score = max(scored, key=lambda pair: pair[1], default=(None, least - 1))
    return column if score >= least else None
