"""Spellings of dates that people use, made plain: ASCII digits, numbered months, AM and PM."""

from __future__ import annotations

import re

from hamsafar.lib.jalali import MONTHS
from hamsafar.lib.persian import ascii_digits, normalise

_ENGLISH_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH = "|".join(
    f"{short}(?:{full[3:]})?"
    for short, full in zip(
        _ENGLISH_MONTHS,
        ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
         "november", "december"),
        strict=True,
    )
)  # fmt: skip
_DAY_FIRST = re.compile(rf"^(\d{{1,2}})(?:st|nd|rd|th)?[ .-]*({_ENGLISH}|sept)\.?[ .,-]*(\d{{4}})(.*)$", re.I)
_MONTH_FIRST = re.compile(rf"^({_ENGLISH}|sept)\.? *(\d{{1,2}})(?:st|nd|rd|th)?,? *(\d{{4}})(.*)$", re.I)
_LONGEST = 80  # no date is longer, and a cell may hold a million characters
_JALALI = re.compile(rf"^(\d{{1,2}}) *({'|'.join(MONTHS)}) *(?:ماه)? *(\d{{4}})(.*)$")
_WEEKDAY = re.compile(
    r"^(?:(?:یک|دو|سه|چهار|پنج) ?شنبه|شنبه|جمعه|"
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)"
    r"[\s,،]+",
    re.I,
)
_AM = re.compile(r"(?:ق\.? ?ظ\.?|قبل از ظهر|صبح|(?<=[\d ])a\.m\.?)", re.I)
_PM = re.compile(r"(?:ب\.? ?ظ\.?|بعد ?از ?ظهر|عصر|(?<=[\d ])p\.m\.?)", re.I)
_CLOCK_FIRST = re.compile(r"^(\d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]M)?)[ ,-]+(\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4})$")
_DASH_BEFORE_CLOCK = re.compile(r"(\d)\s*[-–_,]\s*(\d{1,2}:\d{2})")


def simplify(text: str | None) -> str | None:
    """One date as people write it, in the plain form that ``times`` reads.

    ``"شنبه ۱۲ مرداد ۱۴۰۳، ساعت ۱۴:۳۰"`` becomes ``"12/5/1403 14:30"``; what is not understood stays.
    """
    if text is None or len(text) > _LONGEST:
        return text
    plain = normalise(ascii_digits(text)).replace("\u200c", " ").replace("،", ",").replace("T ", "T")
    plain = " ".join(plain.replace("ساعت", " ").split())
    plain = _WEEKDAY.sub("", plain)
    plain = _PM.sub("PM", _AM.sub("AM", plain))
    for pattern, places, months in (
        (_JALALI, (1, 2, 3), MONTHS),
        (_DAY_FIRST, (1, 2, 3), _ENGLISH_MONTHS),
        (_MONTH_FIRST, (2, 1, 3), _ENGLISH_MONTHS),
    ):
        match = pattern.match(plain)
        if match:
            day, month, year = (match.group(place) for place in places)
            name = month if months is MONTHS else month.lower()[:3]
            rest = match.group(4).strip(" ,-")
            plain = f"{day}/{months.index(name) + 1}/{year}" + (f" {rest}" if rest else "")
            break
    swapped = _CLOCK_FIRST.match(plain)
    if swapped:
        plain = f"{swapped.group(2)} {swapped.group(1)}"
    return _DASH_BEFORE_CLOCK.sub(r"\1 \2", plain)


def has_month_name(text: str) -> bool:
    """Whether ``simplify`` found an English month's name."""
    plain = _WEEKDAY.sub("", " ".join(text.split()))
    return bool(_DAY_FIRST.match(plain) or _MONTH_FIRST.match(plain))
