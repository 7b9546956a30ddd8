"""What is said of an answer beside its table: what was asked and what it rests on, as a reader has it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from hamsafar.journeys.view import node, number
from hamsafar.lib.persian import localise_digits
from hamsafar.paths.exports.words import Language, column

# The name of a fact; of one question only as ``question.name``.
FACTS: dict[str, tuple[str, str]] = {
    # Of every answer.
    "question": ("question", "پرسش"),
    "definition": ("definition", "تعریف"),
    "exported_at": ("exported at", "زمان خروجی"),
    "asked": ("asked", "خواسته"),
    "note": ("note", "یادداشت"),
    "events": ("events", "رویدادها"),
    "paths": ("paths", "مسیرها"),
    "persons": ("persons", "اشخاص"),
    "withheld": ("rows withheld", "سطرهای پنهان"),
    "relative_error": ("relative error of times at most", "حداکثر خطای نسبی زمان‌ها"),
    "median_relative_error": ("relative error of medians at most", "حداکثر خطای نسبی میانه‌ها"),
    "time_relative_error": ("relative error of times at most", "حداکثر خطای نسبی زمان‌ها"),
    # The scope.
    "from": ("from", "از"),
    "to": ("to", "تا"),
    "all_time": ("all time", "همهٔ زمان‌ها"),
    "conditions": ("filter on events", "فیلتر رویدادها"),
    "person_conditions": ("filter on persons", "فیلتر اشخاص"),
    "person_last_conditions": ("filter on persons' last values", "فیلتر آخرین مقدار اشخاص"),
    "only_persons": ("only these persons", "فقط این اشخاص"),
    "except_persons": ("without these persons", "بدون این اشخاص"),
    "unit": ("a path is", "هر مسیر یک"),
    "session_gap_seconds": ("a session ends after (seconds)", "پایان نشست پس از (ثانیه)"),
    "session_column": ("sessions by", "نشست‌ها بر پایهٔ"),
    "restart": ("an instance begins with", "آغاز هر سفر با"),
    "instance_column": ("instances by", "سفرها بر پایهٔ"),
    "pattern": ("paths that match", "مسیرهای منطبق با الگوی"),
    "without_pattern": ("paths that do not match", "مسیرهای نامنطبق با الگوی"),
    "min_group": ("groups smaller than this are withheld", "گروه‌های کوچک‌تر از این پنهان‌اند"),
    "map": ("map", "نقشه"),
    "top": ("rows at most", "حداکثر سطرها"),
    # Overview, variants, pattern, flow.
    "event_names": ("event names", "نام‌های رویداد"),
    "variants": ("variants", "گونه‌ها"),
    "other_paths": ("paths on another variant", "مسیرهای گونه‌های دیگر"),
    "other_persons": ("persons on another variant", "اشخاص گونه‌های دیگر"),
    "find": ("pattern", "الگو"),
    "matched_paths": ("paths with the pattern", "مسیرهای دارای الگو"),
    "matched_persons": ("persons with the pattern", "اشخاص دارای الگو"),
    "sequences": ("different sequences", "دنباله‌های متفاوت"),
    "other_occurrences": ("occurrences of other sequences", "رخدادهای دنباله‌های دیگر"),
    "anchor": ("moment", "لحظه"),
    "before": ("steps before", "گام‌های پیش"),
    "after": ("steps after", "گام‌های پس"),
    "occurrence": ("which occurrences", "کدام رخدادها"),
    "collapse": ("repeats folded", "جمع کردن تکرارها"),
    "anchor_paths": ("paths with the moment", "مسیرهای دارای این لحظه"),
    "anchor_persons": ("persons with the moment", "اشخاص دارای این لحظه"),
    # Funnel.
    "steps": ("steps", "گام‌ها"),
    "within_seconds": ("window (seconds)", "بازه (ثانیه)"),
    "order": ("order", "ترتیب"),
    "exclude": ("excluded events", "رویدادهای ممنوع"),
    "breakdown": ("split by", "تفکیک بر اساس"),
    "breakdown_top": ("groups at most", "حداکثر گروه‌ها"),
    "next_top": ("next events at most", "حداکثر رویدادهای بعدی"),
    # Stages and deviations.
    "bound_events": ("events on the map", "رویدادهای روی نقشه"),
    "open_after": ("still open within (seconds)", "در جریان تا (ثانیه)"),
    "ad_hoc_share": ("ad hoc from this share on", "خارج از نقشه از این سهم به بالا"),
    "ad_hoc_min": ("ad hoc from this count on", "خارج از نقشه از این تعداد به بالا"),
    # Retention and survival.
    "retention.first": ("first event", "نخستین رویداد"),
    "returning": ("return event", "رویداد بازگشت"),
    "mode": ("who counts as back", "چه کسی بازگشته به حساب می‌آید"),
    "periods": ("periods", "تعداد دوره‌ها"),
    "week_starts": ("weeks begin on", "آغاز هفته"),
    "timezone": ("time zone", "منطقهٔ زمانی"),
    "began": ("persons in the cohorts", "اشخاص گروه‌ها"),
    "data_end_at": ("end of the data", "پایان داده‌ها"),
    "start": ("start", "شروع"),
    "end": ("end", "پایان"),
    "by": ("groups by", "گروه‌بندی بر پایهٔ"),
    "started": ("paths that started", "مسیرهای شروع‌شده"),
    # Compare, correlates, attribution.
    "of": ("compared question", "پرسش مقایسه‌شده"),
    "arguments": ("asked of both", "خواسته از هر دو"),
    "a": ("segment A", "سگمنت الف"),
    "b": ("segment B", "سگمنت ب"),
    "overlap": ("persons in both segments", "اشخاص مشترک دو سگمنت"),
    "comparisons": ("comparisons that p is corrected for", "تعداد مقایسه‌ها در تصحیح p"),
    "everybody": ("everybody", "همه"),
    "goal": ("goal", "هدف"),
    "properties": ("properties looked at", "ویژگی‌های بررسی‌شده"),
    "min_paths": ("paths with a feature at least", "حداقل مسیرهای هر عامل"),
    "others": ("paths that did not reach the goal", "مسیرهای نرسیده به هدف"),
    "reached": ("paths that reached the goal", "مسیرهای رسیده به هدف"),
    "began_with_goal": ("paths that began with the goal", "مسیرهایی که با هدف آغاز شده‌اند"),
    "not_watched": ("paths not watched for so long", "مسیرهایی که این مدت زیر نظر نبوده‌اند"),
    "tested": ("features tested", "عوامل آزموده"),
    "conversion": ("conversion", "تبدیل"),
    "over": ("credited to", "سهم به"),
    "models": ("models", "مدل‌ها"),
    "counted": ("conversions counted", "شمارش تبدیل"),
    "attribution.order": ("order of Markov's model", "مرتبهٔ مارکوف"),
    "attribution.value": ("value", "ارزش"),
    "lookback_seconds": ("touches before it within (seconds)", "تماس‌های پیش از آن تا (ثانیه)"),
    "half_life_seconds": ("half-life of time decay (seconds)", "نیمه‌عمر زوال زمانی (ثانیه)"),
    "position": ("shares of the first and the last touch", "سهم نخستین و آخرین تماس"),
    "converting_persons": ("persons who converted", "اشخاص تبدیل‌شده"),
    "conversions_without_touch": ("conversions without a touch", "تبدیل‌های بدون تماس"),
    "conversions_without_value": ("conversions without a value", "تبدیل‌های بدون ارزش"),
    "journeys_without_conversion": ("sequences of touches without a conversion", "زنجیره‌های تماسِ بدون تبدیل"),
    "other_channels": ("channels counted as others", "کانال‌های گروه «سایر»"),
    # Next step and what if.
    "split": ("learned before, tested after", "یادگیری پیش و آزمون پس از"),
    "min_confidence": ("predicts from this probability on", "پیش‌بینی از این احتمال به بالا"),
    "open_after_seconds": ("a path is open for (seconds)", "هر مسیر در جریان است تا (ثانیه)"),
    "sampled_events": ("events learned from", "رویدادهای مبنای یادگیری"),
    "training_cases": ("steps learned from", "گام‌های یادگیری"),
    "all_test_cases": ("steps after the split", "گام‌های پس از جداسازی"),
    "test_cases": ("steps tested", "گام‌های آزمون"),
    "test_persons": ("persons tested", "اشخاص آزمون"),
    "next_step_evaluation.order": ("events looked back on at most", "حداکثر رویدادهای پیشینِ در نظر"),
    "exponent": ("weight of longer contexts", "توان وزن زمینه‌های بلندتر"),
    "median_seconds": ("median time to it (seconds)", "میانهٔ زمان تا آن (ثانیه)"),
    "open": ("still open", "در جریان"),
    "path_events": ("events of the path", "رویدادهای مسیر"),
    "cases": ("cases seen with these last events", "موارد دیده‌شده با همین رویدادهای آخر"),
    "changes": ("changed probabilities", "احتمال‌های تغییرکرده"),
    "times": ("changed times", "زمان‌های تغییرکرده"),
    "nodes": ("events taken together", "رویدادهای یک‌جا"),
    "arrived": ("paths that reached the goal", "مسیرهای رسیده به هدف"),
    "observed_seconds": ("their mean time as observed (seconds)", "میانگین زمان مشاهده‌شدهٔ آن‌ها (ثانیه)"),
}

# Words of ours that stand as values, by the column or fact they stand in.
_MODELS = {
    "first": ("first touch", "نخستین تماس"),
    "last": ("last touch", "آخرین تماس"),
    "linear": ("linear", "خطی"),
    "position": ("position-based", "موقعیتی"),
    "time_decay": ("time decay", "زوال زمانی"),
    "markov": ("Markov", "مارکوف"),
    "shapley": ("Shapley", "شپلی"),
    "variable_order": ("variable order", "مرتبهٔ متغیر"),
    "first_order": ("first order", "مرتبهٔ اول"),
    "most_frequent": ("most frequent", "پرتکرارترین"),
}
VALUES: dict[str, dict[str, tuple[str, str]]] = {
    "model": _MODELS,
    "models": _MODELS,
    "kind": {
        "event": ("event", "رویداد"),
        "transition": ("transition", "گذار"),
        "property": ("property", "ویژگی"),
    },
    "figure": {"share": ("share", "سهم"), "seconds": ("time (seconds)", "زمان (ثانیه)")},
    "unit": {"person": ("person", "شخص"), "session": ("session", "نشست"), "instance": ("instance", "سفر")},
    "period": {
        "day": ("day", "روز"),
        "week": ("week", "هفته"),
        "month": ("month", "ماه میلادی"),
        "jalali_month": ("Jalali month", "ماه شمسی"),
    },
    "week_starts": {"monday": ("Monday", "دوشنبه"), "saturday": ("Saturday", "شنبه")},
    "mode": {
        "exact": ("in that very period", "در همان دوره"),
        "unbounded": ("then or later", "در همان دوره یا پس از آن"),
    },
    "order": {
        "ordered": ("in this order", "به همین ترتیب"),
        "any": ("in any order", "به هر ترتیب"),
        "strict": ("right after one another", "درست پشت سر هم"),
    },
    "occurrence": {
        "first": ("the first", "نخستین"),
        "last": ("the last", "آخرین"),
        "every": ("every one", "همه"),
    },
    "of": {
        "overview": ("Overview", "نمای کلی"),
        "transitions": ("Transitions", "گذارها"),
        "variants": ("Variants", "گونه‌های مسیر"),
        "flow": ("Flow", "جریان"),
        "pattern": ("Pattern", "الگو"),
        "funnel": ("Funnel", "قیف"),
        "stages": ("Stages", "مرحله‌ها"),
        "deviations": ("Deviations", "انحراف‌ها"),
        "retention": ("Retention", "ماندگاری"),
        "survival": ("Time to event", "زمان تا رویداد"),
        "correlates": ("Goes with a goal", "همراهان هدف"),
        "attribution": ("Attribution", "انتساب تبدیل"),
        "next_step_evaluation": ("Next step", "گام بعدی"),
        "what_if": ("What if", "چه می‌شد اگر"),
    },
    "channel": {"(none)": ("(without a touch)", "(بدون تماس)")},
    "group": {"(none)": ("(no value)", "(بدون مقدار)")},
    "counted": {"every": ("every one", "همه"), "first": ("the first of a person", "نخستین تبدیل هر شخص")},
}
_YES_NO = {True: ("yes", "بله"), False: ("no", "خیر")}


def fact(name: str, language: Language, question: str = "") -> str:
    """The name of a fact; of one that has no words here, as of a column."""
    words = FACTS.get(f"{question}.{name}") or FACTS.get(name)
    return words[_place(language)] if words else column(name, language)


def coded(name: str, value: str, language: Language) -> str:
    """A value of the column or fact ``name``: in the reader's words where it is one of ours."""
    words = VALUES.get(name, {}).get(value)
    return words[_place(language)] if words else node(value, language)


def yes_no(value: bool, language: Language) -> str:
    return _YES_NO[value][_place(language)]


def described(name: str, value: Any, language: Language, question: str = "") -> str:
    """The value of a fact as a text: numbers in the reader's digits, conditions and segments as they are read."""
    match value:
        case bool():
            return yes_no(value, language)
        case int():
            return number(value, language)
        case float():
            return _decimal(value, language)
        case str():
            return coded(name, value, language)
        case {"property": str(), "op": str()}:
            return _condition(value, language)
        case {"source": str(), "target": str(), "how": str()}:
            way = _path([node(value[end], language) for end in ("source", "target")], language)
            return f"{way}: {value['how']} {_decimal(value['value'], language)}"
        case Mapping():
            parts = [
                f"{fact(one, language, question)}: {described(one, said, language, question)}"
                for one, said in value.items()
                if said not in (None, [], {})
            ]
            return ("؛ " if language == "fa" else "; ").join(parts) or fact("everybody", language)
        case list() if all(isinstance(one, str) for one in value):
            names = [coded(name, one, language) for one in value]
            if name in ("steps", "path", "row", "name", "context"):
                return _path(names, language)
            return ("، " if language == "fa" else ", ").join(names)
        case list():
            return ("؛ " if language == "fa" else "; ").join(described(name, one, language) for one in value)
    return json.dumps(value, ensure_ascii=False, default=str)


def _condition(said: Mapping[str, Any], language: Language) -> str:
    """``city = Tehran``, ``amount > 100``, ``coupon: has a value``."""
    name, operator, value = said["property"], said["op"], said.get("value")
    if operator == "exists":
        return f"{name}: {'مقدار دارد' if language == 'fa' else 'has a value'}"
    if operator == "in" and isinstance(value, list):
        between = "، " if language == "fa" else ", "
        return f"{name} {'یکی از' if language == 'fa' else 'is one of'} {between.join(map(str, value))}"
    return f"{name} {operator} {_decimal(value, language) if isinstance(value, int | float) else value}"


def _decimal(value: float, language: Language) -> str:
    """At most six figures that count, and as many before the point as there are."""
    text = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.6g}"
    return localise_digits(text.replace(",", "٬").replace(".", "٫"), "fa") if language == "fa" else text


def _path(names: Sequence[str], language: Language) -> str:
    """Names with arrows between; in Persian from the right, also where all of them are Latin."""
    if language == "en" or len(names) == 1:
        return " → ".join(names)
    return "\u200f" + " \u200f← ".join(names)


def _place(language: Language) -> int:
    return 0 if language == "en" else 1
