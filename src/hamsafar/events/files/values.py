"""Cells to keys, names and JSON, by the distinct values of a column."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from hamsafar.lib.persian import ascii_digits, normalise

_NUMBER = re.compile(
    r"[+-]?(?:0|[1-9]\d{0,14}|[1-9]\d{0,2}(?:[,٬]\d{3}){1,4})(?:[.٫]\d+)?|[+-]?\d\.\d+[eE][+-]?\d{1,3}|[+-]?[.٫]\d+"
)
_WHOLE_FLOAT = re.compile(r"\d+\.0")


def number_text(text: str) -> str | None:
    """A number as JSON writes it, from any digits and with thousands separators; None when it is none.

    ``"۱٬۲۵۰٬۰۰۰"`` is ``"1250000"``. Leading zeros and more than 15 digits are a code, not a number.
    """
    plain = ascii_digits(text.strip()).replace("−", "-")
    if not _NUMBER.fullmatch(plain):
        return None
    plain = plain.replace(",", "").replace("٬", "").replace("٫", ".").lstrip("+")
    sign, digits = ("-", plain[1:]) if plain.startswith("-") else ("", plain)
    if "e" in digits.lower():
        value = float(digits)
        return sign + repr(value) if math.isfinite(value) else None
    if digits.startswith("."):
        digits = "0" + digits
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits == "0" else sign + digits


def clean_text(text: str) -> str:
    """A property's text: one spelling, trimmed; half-spaces stay."""
    return text.strip().replace("\x00", "") if text.isascii() else normalise(text).replace("\x00", "").strip()


def clean_name(text: str) -> str:
    """An event's or channel's name: as ``clean_text``, with inner spaces collapsed."""
    return " ".join(clean_text(text).split())


def clean_person(text: str) -> str:
    """A person's key: as a name, with ASCII digits; ``17850.0``, a number once saved as a float, is 17850."""
    key = ascii_digits(clean_name(text))
    return key[:-2] if key.endswith(".0") and _WHOLE_FLOAT.fullmatch(key) else key


def cell_text(value: Any) -> str | None:
    """A Python value from JSON or a sheet as text; None and not-a-number are absent."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        # By the same hand as whole columns, so that a value reads the same whatever stands around it.
        shown: str | None = _float_text(pa.array([value], pa.float64()))[0].as_py()
        return shown
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def cell_json(value: Any, number: bool) -> str | None:
    """A Python value as JSON; texts are cleaned, blank ones absent, and numbers if ``number``."""
    if value is None:
        return None
    if isinstance(value, str):
        text = clean_text(value)
        if not text:
            return None
        return (number_text(text) if number else None) or encode_basestring(text)
    if isinstance(value, bool | int | float | Decimal):
        return str(value) if isinstance(value, Decimal) else cell_text(value)
    if isinstance(value, list | dict):
        try:
            return json.dumps(value, ensure_ascii=False, allow_nan=False, default=str)
        except ValueError:
            return encode_basestring(str(value))
    if isinstance(value, timedelta):
        return repr(value.total_seconds())
    text = cell_text(value) or ""
    return encode_basestring(text) if text else None


def as_text(column: pa.Array | list[Any]) -> pa.Array:
    """Any column as an Arrow array of text, not yet cleaned."""
    if isinstance(column, list):
        return pa.array([cell_text(value) for value in column], pa.string())
    if pa.types.is_string(column.type):
        return column
    if pa.types.is_integer(column.type) or pa.types.is_boolean(column.type):
        return column.cast(pa.string())
    if pa.types.is_floating(column.type):
        return _float_text(column)
    return _by_distinct(column, cell_text)


def _float_text(column: pa.Array) -> pa.Array:
    """The shortest text that reads back as the same number, whole numbers without point or exponent."""
    whole = pc.and_(pc.equal(pc.round(column), column), pc.less(pc.abs(column), 1e15))
    digits = pc.if_else(whole, column, 0).cast(pa.int64()).cast(pa.string())
    return pc.if_else(pc.is_finite(column), pc.if_else(whole, digits, column.cast(pa.string())), None)


def texts(column: pa.Array | list[Any], clean: Callable[[str], str]) -> pa.Array:
    """A column as cleaned text; blank is null."""
    column = as_text(column)
    return _mostly(column, _PLAIN_KEY, lambda: column, lambda text: clean(text) or None)


def members(column: pa.Array | list[Any], name: str, number: bool) -> pa.Array:
    """A column as JSON object members, ``"name":value``; null where there is nothing."""
    key = encode_basestring(name) + ":"

    def member(value: Any) -> str | None:
        text = cell_json(value, number)
        return None if text is None else key + text

    if isinstance(column, list):
        return pa.array([member(value) for value in column], pa.string())
    kind = column.type
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind):
        return pc.binary_join_element_wise(key, column.cast(pa.string()), "")
    if pa.types.is_floating(kind):
        return pc.binary_join_element_wise(key, _float_text(column), "")
    if pa.types.is_string(kind) and number:
        return _mostly(column, _PLAIN_NUMBER, lambda: pc.binary_join_element_wise(key, column, ""), member)
    if pa.types.is_string(kind):
        return _mostly(
            column, _PLAIN_TEXT, lambda: pc.binary_join_element_wise(key + '"', column, '"', ""), member
        )
    return _by_distinct(column, member)


# What needs no cleaning: printable ASCII, not blank at the ends. A key has no two spaces together and is no
# float; a text has nothing that JSON escapes; a number is as JSON writes it.
_PLAIN_KEY = r"^(?:[!-~]+ )*(?:[!-~]*[!-/1-~]|[!-~]*[!-\-/-~]0|0)$"
_PLAIN_TEXT = r"^[!#-\[\]-~](?:[ !#-\[\]-~]*[!#-\[\]-~])?$"
_PLAIN_NUMBER = r"^(?:0|-?[1-9][0-9]{0,14}|-?(?:0|[1-9][0-9]{0,14})\.[0-9]*[1-9])$"


def _mostly(
    column: pa.Array, plain: str, easy: Callable[[], pa.Array], convert: Callable[[Any], str | None]
) -> pa.Array:
    """``easy`` where the text matches ``plain``; the others one distinct value at a time."""
    if len(column.slice(0, 1000).unique()) < 100:  # then it is cheaper to convert each value once
        return _by_distinct(column, convert)
    is_plain = pc.match_substring_regex(column, plain)
    rest = pc.invert(is_plain)  # null where the column is
    if not pc.any(rest).as_py():
        return easy()
    changed = _by_distinct(column.filter(rest), convert)
    return pc.replace_with_mask(easy(), pc.fill_null(rest, False), changed)


def _by_distinct(column: pa.Array, convert: Callable[[Any], str | None]) -> pa.Array:
    if pa.types.is_nested(column.type):
        return pa.array([convert(value) for value in column.to_pylist()], pa.string())
    coded = column.dictionary_encode()
    distinct = coded.dictionary.to_pylist()
    converted = pa.array([None if value is None else convert(value) for value in distinct], pa.string())
    return converted.take(coded.indices)
