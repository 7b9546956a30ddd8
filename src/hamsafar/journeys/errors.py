"""What can go wrong when a question is asked."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

from hamsafar.lib.errors import BadInput
from hamsafar.lib.persian import search_key

_SHOWN = 80  # characters of a name in a sentence


class UnknownName(BadInput):
    """A name that is not in the index; the sentence offers the nearest ones when there are any."""

    def __init__(self, *, name: str, known: Iterable[str]) -> None:
        near = nearest(name, known)
        self.near = near
        listed = ", ".join(f"“{one}”" for one in near)
        listed_fa = "، ".join(f"«{one}»" for one in near)
        super().__init__(
            name=name if len(name) <= _SHOWN else name[: _SHOWN - 1] + "…",
            near=near,
            hint=f" Did you mean {listed}?" if near else "",
            hint_fa=f" منظورتان {listed_fa} بود؟" if near else "",
        )


class UnknownEvent(UnknownName):
    code = "unknown_event"
    en = "No event is named “{name}”.{hint}"
    fa = "رویدادی به نام «{name}» وجود ندارد.{hint_fa}"


class UnknownProperty(UnknownName):
    code = "unknown_property"
    en = "No event has a property “{name}”.{hint}"
    fa = "هیچ رویدادی ویژگی «{name}» ندارد.{hint_fa}"


class UnknownPerson(UnknownName):
    code = "unknown_person"
    en = "There is no person “{name}”.{hint}"
    fa = "شخصی با شناسهٔ «{name}» وجود ندارد.{hint_fa}"


class UnknownCohort(UnknownName):
    code = "unknown_cohort"
    en = "There is no cohort “{name}”.{hint}"
    fa = "گروه شروعی به نام «{name}» وجود ندارد.{hint_fa}"


class UnknownQuestion(UnknownName):
    code = "unknown_question"
    en = "There is no question “{name}”.{hint}"
    fa = "پرسشی به نام «{name}» وجود ندارد.{hint_fa}"


class NotComparable(BadInput):
    code = "not_comparable"
    en = "Answers to “{question}” have no figures by which two segments could be compared."
    fa = "پاسخ «{question}» عددی ندارد که بتوان دو سگمنت را با آن مقایسه کرد."


class BadWindow(BadInput):
    code = "bad_window"
    en = (
        "“{given}” is not a length of time. "
        "A number above 0 with s, m, h, d or w is expected, e.g. 12h or 7d."
    )
    fa = (
        "«{given}» مدت زمان معتبری نیست. "
        "عددی بزرگ‌تر از صفر با یکی از حروف s، m، h، d یا w لازم است؛ مثلاً 12h یا 7d."
    )


class BadNumber(BadInput):
    code = "bad_number"
    en = "“{given}” cannot be used for {field}: a whole number from {least} to {most} is expected."
    fa = "«{given}» برای {field} پذیرفته نیست: عددی صحیح از {least} تا {most} لازم است."


class NoSteps(BadInput):
    code = "no_steps"
    en = "A funnel needs at least one step and at most {most}."
    fa = "قیف دست‌کم یک گام و حداکثر {most} گام لازم دارد."


class OneRule(BadInput):
    code = "one_rule"
    en = "Instances are told by an event that begins them or by a property, one of the two."
    fa = "سفرها یا با رویدادی که آغازشان می‌کند از هم جدا می‌شوند یا با یک ویژگی؛ دقیقاً یکی از این دو لازم است."


class BadOrder(BadInput):
    code = "bad_order"
    en = "“{given}” is no order of steps: one of {orders} is expected."
    fa = "«{given}» ترتیب گام‌ها نیست: یکی از {orders} لازم است."


class ExcludedStep(BadInput):
    code = "excluded_step"
    en = "“{name}” is a step of this funnel, so it cannot be excluded between steps."
    fa = "«{name}» خود یکی از گام‌های این قیف است و نمی‌تواند میان گام‌ها ممنوع باشد."


class OverlappingSteps(BadInput):
    code = "overlapping_steps"
    en = (
        "In any order, “{one}” and “{other}” must have all of their names in common or none, "
        "so that it is clear which event is which step."
    )
    fa = (
        "وقتی ترتیب مهم نیست، نام‌های «{one}» و «{other}» باید یا کاملاً یکی باشند یا هیچ نام مشترکی نداشته باشند "
        "تا روشن باشد هر رویداد کدام گام است."
    )


class NotOfThisUnit(BadInput):
    code = "not_of_this_unit"
    en = "“{given}” does not cut paths when a path is one {unit}. Leave it out, or choose another unit."
    fa = "وقتی هر مسیر یک {unit_fa} است، «{given}» مسیرها را برش نمی‌دهد. آن را حذف یا واحد دیگری انتخاب کنید."


class SmallGroup(BadInput):
    code = "small_group"
    status = 403
    en = "Fewer than {least} persons are behind this number, so who they are is withheld."
    fa = "کمتر از {least} شخص پشت این عدد هستند؛ به همین دلیل نشان داده نمی‌شوند."


class IndexIsStale(BadInput):
    """Events were removed between building an index and asking it for a property column."""

    code = "index_is_stale"
    status = 409
    en = "Events were removed in the meantime. Ask again."
    fa = "در این فاصله تعدادی از رویدادها حذف شده‌اند. دوباره امتحان کنید."


class UnknownChoice(BadInput):
    code = "unknown_choice"
    en = "“{given}” cannot be used for {field}: one of {choices} is expected."
    fa = "«{given}» برای {field} پذیرفته نیست: یکی از این‌ها لازم است: {choices}."


def nearest(name: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """The known names most like ``name``, best first; spelling of letters and spaces does not count."""
    by_key: dict[str, str] = {}
    for one in known:
        by_key.setdefault(search_key(one), one)
    keys: list[Any] = difflib.get_close_matches(search_key(name), by_key, n=limit, cutoff=0.6)
    return [by_key[key] for key in keys]
