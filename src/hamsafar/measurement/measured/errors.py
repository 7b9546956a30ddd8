"""What can be wrong with a map that is to be measured.

BadInput
├── BadMap                 the document cannot be measured; ``place`` says where, as ``stages[2].name``
│   ├── MapFieldMissing
│   ├── MapFieldWrong
│   ├── MapIdTwice
│   ├── MapRefersToNothing
│   └── MapTooLarge
├── BadSelector            "who?" asks for something that is not on the map
└── BadThreshold
"""

from __future__ import annotations

from typing import ClassVar

from hamsafar.lib.errors import BadInput


class BadMap(BadInput):
    code = "bad_map"
    en = "The map cannot be measured."
    fa = "این نقشه قابل اندازه‌گیری نیست."


class MapFieldMissing(BadMap):
    code = "map_field_missing"
    en = "The map cannot be measured: {place} is missing."
    fa = "این نقشه قابل اندازه‌گیری نیست: {place} در آن نیست."


class MapFieldWrong(BadMap):
    """``expected`` is a key of ``KINDS``."""

    code = "map_field_wrong"
    en = "The map cannot be measured: {place} should be {expected}."
    fa = "این نقشه قابل اندازه‌گیری نیست: {place} باید {expected} باشد."

    KINDS: ClassVar[dict[str, tuple[str, str]]] = {
        "text": ("a text", "یک متن"),
        "list": ("a list", "یک فهرست"),
        "object": ("an object", "یک شیء"),
        "positive number": ("a number greater than 0", "عددی بزرگ‌تر از صفر"),
        "stages": ("a list with at least one stage", "فهرستی با دست‌کم یک مرحله"),
        "need": ("required, optional or any_of", "required، optional یا any_of"),
        "begin": ("first_stage_again or idle", "first_stage_again یا idle"),
        "condition": ("a condition that can be met", "شرطی قابل بررسی"),
        "format": ("“hamsafar-map/1”", "«hamsafar-map/1»"),
    }

    def sentence(self, language: str = "en") -> str:
        english, persian = self.KINDS[self.params["expected"]]
        template, expected = (self.fa, persian) if language == "fa" else (self.en, english)
        return template.format(place=self.params["place"], expected=expected)


class MapIdTwice(BadMap):
    code = "map_id_twice"
    en = "The map cannot be measured: {place} has the id “{id}”, which another one has already."
    fa = "این نقشه قابل اندازه‌گیری نیست: شناسهٔ «{id}» در {place} تکراری است."


class MapRefersToNothing(BadMap):
    code = "map_refers_to_nothing"
    en = "The map cannot be measured: {place} refers to “{id}”, which is not on the map."
    fa = "این نقشه قابل اندازه‌گیری نیست: {place} به «{id}» اشاره می‌کند که در نقشه نیست."


class MapTooLarge(BadMap):
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
