"""What can be wrong with a map that is to be measured.

BadInput
├── MapUnreadable  not a map, or one in which something that is measured is wrong
├── MapTooLarge
├── BadSelector    "who?" asks for something that is not on the map
└── BadThreshold   a threshold for "still open" of no stage, or of no time
"""

from __future__ import annotations

from hamsafar.lib.errors import BadInput


class MapUnreadable(BadInput):
    code = "map_unreadable"
    en = "The map cannot be read at {place}: {expected} is expected."
    fa = "نقشه در {place} خوانده نمی‌شود؛ {expected} لازم است."


class MapTooLarge(BadInput):
    code = "map_too_large"
    en = "The map has {n} places for touchpoints; up to {limit} can be measured."
    fa = "این نقشه {n} جایگاه نقطهٔ تماس دارد؛ حداکثر {limit} جایگاه قابل اندازه‌گیری است."


class BadSelector(BadInput):
    code = "bad_who"
    en = "“Who?” cannot be answered: {field} is “{value}”, expected {expected}."
    fa = "نمی‌توان گفت «چه کسانی؟»: مقدار {field} «{value}» است؛ مقدار مورد انتظار: {expected}."


class BadThreshold(BadInput):
    code = "bad_open_after"
    en = (
        "The threshold for “still open” of “{stage}” cannot be used: "
        "a stage of the map and a time greater than 0 are expected."
    )
    fa = (
        "آستانهٔ «در جریان» برای «{stage}» قابل استفاده نیست: "
        "یکی از مرحله‌های نقشه و مدتی بزرگ‌تر از صفر لازم است."
    )
