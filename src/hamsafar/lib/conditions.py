"""Conditions on an event's properties: the same rule in matchers, filters and segments."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isfinite
from typing import Any, Literal

from hamsafar.lib.errors import BadInput
from hamsafar.lib.persian import ascii_digits, search_key

Operator = Literal["=", "in", "<", ">", "exists"]
OPERATORS: tuple[Operator, ...] = ("=", "in", "<", ">", "exists")


class BadCondition(BadInput):
    code = "bad_condition"
    en = "The condition on “{property}” cannot be used: {operator} needs {needs}."
    fa = "شرط روی «{property}» قابل استفاده نیست: عملگر {operator} به {needs} نیاز دارد."


@dataclass(frozen=True)
class Condition:
    """``property operator value``, e.g. ``Condition("amount", ">", 100)``.

    Numbers compare as numbers, also when they come as text in any digits; other texts compare by
    ``search_key``. ``in`` takes a list; ``exists`` takes no value and is true for any value but null.
    """

    property: str
    op: Operator
    value: Any = None

    def __post_init__(self) -> None:
        if self.op not in OPERATORS:
            raise BadCondition(property=self.property, operator=self.op, needs=", ".join(OPERATORS))
        if self.op == "in" and not isinstance(self.value, list | tuple):
            raise BadCondition(property=self.property, operator="in", needs="[…]")
        if self.op in ("<", ">") and as_number(self.value) is None:
            raise BadCondition(property=self.property, operator=self.op, needs="123")

    def holds(self, value: Any) -> bool:
        """Whether one property value (None: the event has no such property) meets the condition."""
        if value is None:
            return False
        if self.op == "exists":
            return True
        if self.op == "=":
            return same_value(value, self.value)
        if self.op == "in":
            return any(same_value(value, wanted) for wanted in self.value)
        number, bound = as_number(value), as_number(self.value)
        if number is None or bound is None:
            return False
        return number < bound if self.op == "<" else number > bound

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Condition:
        return cls(str(data["property"]), data["op"], data.get("value"))

    def to_dict(self) -> dict[str, Any]:
        plain: dict[str, Any] = {"property": self.property, "op": self.op}
        if self.op != "exists":
            plain["value"] = list(self.value) if self.op == "in" else self.value
        return plain


def as_number(value: Any) -> float | None:
    """A number from a number or its text in any digits (thousands separators allowed); else None."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        try:
            return float(value)
        except OverflowError:  # a whole number beyond all floats
            return inf if value > 0 else -inf
    if isinstance(value, str):
        plain = ascii_digits(value).strip().replace("٬", "").replace(",", "").replace("٫", ".")
        try:
            number = float(plain)
        except ValueError:
            return None
        # Python also reads "nan", "Infinity" and "1_000" as numbers; to people they are words.
        return number if isfinite(number) and "_" not in plain else None
    return None


def same_value(left: Any, right: Any) -> bool:
    """Equality as a person means it: numbers as numbers, booleans by name, texts by ``search_key``."""
    if isinstance(left, bool) or isinstance(right, bool):
        return str(left).casefold() == str(right).casefold()
    left_number, right_number = as_number(left), as_number(right)
    if left_number is not None and right_number is not None:
        return left_number == right_number
    return search_key(str(left)) == search_key(str(right))
