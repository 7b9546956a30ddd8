"""What is wrong with a map, and where: one fault per place, with its sentence in both languages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hamsafar.lib.errors import BadInput
from hamsafar.lib.persian import localise_digits

SENTENCES: dict[str, tuple[str, str]] = {
    "required": ("This is missing.", "این مورد وارد نشده است."),
    "unknown_field": ("“{field}” is not a field here.", "«{field}» جزو فیلدهای این بخش نیست."),
    "wrong_type": (
        "Expected {expected}, found {found}.",
        "اینجا باید {expected} باشد، اما {found} آمده است.",
    ),
    "blank": ("This must not be empty.", "این مورد نباید خالی باشد."),
    "not_one_of": ("“{found}” is not one of: {expected}.", "«{found}» یکی از این‌ها نیست: {expected}."),
    "too_long": (
        "At most {limit} characters are allowed; found {found}.",
        "حداکثر {limit} نویسه مجاز است؛ اینجا {found} نویسه آمده است.",
    ),
    "too_many": (
        "At most {limit} are allowed; found {found}.",
        "حداکثر {limit} مورد مجاز است؛ اینجا {found} مورد آمده است.",
    ),
    "out_of_range": (
        "Must be between {low} and {high}; found {found}.",
        "باید بین {low} و {high} باشد؛ اینجا {found} آمده است.",
    ),
    "bad_text": (
        "Contains a character that cannot be kept (U+{found}).",
        "نویسه‌ای دارد که ذخیره‌شدنی نیست (U+{found}).",
    ),
    "bad_id": (
        "An id has 1 to 64 letters, digits, dots, dashes or underscores; found “{found}”.",
        "شناسه باید ۱ تا ۶۴ نویسه از حروف لاتین، رقم، نقطه، خط تیره یا زیرخط باشد؛ «{found}» چنین نیست.",
    ),
    "bad_date": (
        "Expected a date such as {example}; found “{found}”.",
        "تاریخی مانند {example} لازم است؛ اینجا «{found}» آمده است.",
    ),
    "bad_time_of_day": (
        "Expected a time of the day such as 07:30; found “{found}”.",
        "ساعتی مانند 07:30 لازم است؛ اینجا «{found}» آمده است.",
    ),
    "bad_color": (
        "Expected a colour such as #1f6f78; found “{found}”.",
        "رنگی مانند ‎#1f6f78 لازم است؛ اینجا «{found}» آمده است.",
    ),
    "bad_link": (
        "Only http, https and mailto links are allowed; found “{found}”.",
        "فقط نشانی‌های http، https و mailto مجازند؛ اینجا «{found}» آمده است.",
    ),
    "bad_image": (
        "Expected a PNG, JPEG or WebP picture of at most 220 kB.",
        "تصویری از نوع PNG، JPEG یا WebP و حداکثر ۲۲۰ کیلوبایت لازم است.",
    ),
    "duplicate_id": ("The id “{found}” is already used.", "شناسهٔ «{found}» پیش‌تر استفاده شده است."),
    "step_of_another_stage": (
        "Step “{found}” belongs to another stage.",
        "گام «{found}» از مرحلهٔ دیگری است.",
    ),
    "dangling_reference": ("There is no {kind} “{found}”.", "{kind} با شناسهٔ «{found}» وجود ندارد."),
    "unknown_command": ("There is no command “{found}”.", "دستوری به نام «{found}» وجود ندارد."),
    "not_changeable": (
        "This cannot be changed here; use “{instead}”.",
        "این مورد از این راه تغییر نمی‌کند؛ از «{instead}» استفاده کنید.",
    ),
    "not_json": (
        "This is not valid JSON (line {line}, column {column}).",
        "این متن JSON معتبر نیست (سطر {line}، ستون {column}).",
    ),
    "bad_order": (
        "“{found}” is not a place among neighbours.",
        "«{found}» جایگاه معتبری در میان همسایه‌ها نیست.",
    ),
    "not_an_update": ("This is not a change of a map.", "این داده تغییری در نقشه نیست."),
    "update_incomplete": (
        "This change stands on others that have not arrived.",
        "این تغییر به تغییرهایی وابسته است که هنوز نرسیده‌اند.",
    ),
    "map_full": ("The map has grown to its limit.", "حجم این نقشه به حد مجاز رسیده است."),
    "matcher_kept": (
        "The library's own matcher of “{found}” was kept, because other maps share it.",
        "شرط شناسایی «{found}» همان‌که در کتابخانه بود ماند، چون نقشه‌های دیگر هم از آن استفاده می‌کنند.",
    ),
    "standard_kept": (
        "The library's own failures and target time of “{found}” were kept, because other maps share it.",
        "رویدادهای ناموفق و زمان هدف «{found}» همان‌که در کتابخانه بود ماند، چون نقشه‌های دیگر هم از آن استفاده می‌کنند.",
    ),
    "map_link_dropped": (
        "The link to map “{found}” was left out: it is not in this workspace.",
        "پیوند به نقشهٔ «{found}» کنار گذاشته شد، چون آن نقشه در این فضای کاری نیست.",
    ),
    "not_utf8": (
        "The file is not text in UTF-8. Save it so.",
        "این فایل متن UTF-8 نیست. آن را با این کدگذاری ذخیره کنید.",
    ),
    "not_a_journey": (
        "Line {line}: this is not a journey map. Expected “journey” (Mermaid) or “kind: cjm” (YAML).",
        "سطر {line}: این نقشهٔ سفر نیست. «journey» (Mermaid) یا «kind: cjm» (YAML) لازم است.",
    ),
    "not_a_task": (
        "Line {line} is not a task. Expected “text: score: who”, with a score from 1 to 5.",
        "سطر {line} یک کار نیست. «متن: امتیاز: چه کسی» با امتیاز ۱ تا ۵ لازم است.",
    ),
    "not_yaml": ("This is not valid YAML (line {line}).", "این متن YAML معتبر نیست (سطر {line})."),
    "not_a_table": (
        "This is not a table that can be read. Export it again as CSV (UTF-8) or XLSX.",
        "این فایل جدول خوانایی نیست. دوباره به صورت CSV (UTF-8) یا XLSX از آن خروجی بگیرید.",
    ),
    "no_cards": ("The table is empty.", "این جدول خالی است."),
    "column_missing": (
        "There is no column “{column}”. Expected at least “stage” and “text”.",
        "ستون «{column}» نیست. دست‌کم ستون‌های «مرحله» (stage) و «متن» (text) لازم است.",
    ),
    "too_deep": ("This is nested too deeply.", "این ساختار بیش از اندازه تودرتو است."),
}

# The words that stand in sentences for a kind of value, or for one of some kind of thing: (en, fa).
WORDS: dict[str, tuple[str, str]] = {
    "text": ("text", "متن"),
    "number": ("a number", "عدد"),
    "whole_number": ("a whole number", "عدد صحیح"),
    "yes_no": ("true or false", "مقدار درست/نادرست"),
    "list": ("a list", "فهرست"),
    "object": ("an object", "شیء"),
    "nothing": ("nothing", "مقدار تهی"),
    "shared_type": ("a nested shared type", "نوع اشتراکی تودرتو"),
    "personas": ("persona", "پرسونایی"),
    "stages": ("stage", "مرحله‌ای"),
    "steps": ("step", "گامی"),
    "lanes": ("lane", "ردیفی"),
    "cards": ("card", "کارتی"),
    "emotions": ("emotion", "احساسی"),
    "touchpoints": ("touchpoint", "نقطهٔ تماسی"),
    "channels": ("channel", "کانالی"),
    "contents": ("content", "محتوایی"),
    "branches": ("branch", "راه جایگزینی"),
    "lines": ("line", "خطی"),
    "arrows": ("arrow", "پیکانی"),
    "targets": ("target", "هدفی"),
    "maps": ("map", "نقشه‌ای"),
}

MOST_FAULTS = 50  # enough to mend a file by; a hostile one shall not make a long answer


@dataclass(frozen=True)
class Fault:
    """One thing wrong at one place, e.g. ``Fault("stages[2].name", "required")``."""

    place: str
    code: str
    params: dict[str, Any] = field(default_factory=dict)

    def sentence(self, language: str = "en") -> str:
        """The fault in ``"fa"`` or ``"en"``, without its place."""
        column = 1 if language == "fa" else 0
        return SENTENCES[self.code][column].format(
            **{name: self._shown(name, value, column) for name, value in self.params.items()}
        )

    def _shown(self, name: str, value: Any, column: int) -> str:
        if isinstance(value, int | float):
            return localise_digits(str(value), "fa" if column else "en")
        # Only our own words are translated, never what the author wrote.
        ours = name == "kind" or self.code == "wrong_type"
        return WORDS[value][column] if ours else str(value)

    def to_dict(self, language: str = "en") -> dict[str, Any]:
        """As an entry of a problem document's ``errors``."""
        return {"field": self.place, "code": self.code, "detail": self.sentence(language)}


class MapInvalid(BadInput):
    """A map document that breaks the rules of ``hamsafar-map/1``; ``faults`` says where."""

    code = "map_invalid"
    en = "The map cannot be used. {place}: {reason}"
    fa = "این نقشه قابل استفاده نیست. \u2066{place}\u2069: {reason}"

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults[:MOST_FAULTS]
        super().__init__(place=faults[0].place or "$", count=len(faults), reason=faults[0].sentence("en"))

    def sentence(self, language: str = "en") -> str:
        template = self.fa if language == "fa" else self.en
        return template.format(place=self.params["place"], reason=self.faults[0].sentence(language))

    def errors(self, language: str = "en") -> list[dict[str, Any]]:
        """Every fault as an entry of a problem document's ``errors``."""
        return [fault.to_dict(language) for fault in self.faults]


class CommandInvalid(MapInvalid):
    """Commands that cannot be carried out on this map; nothing was changed."""

    code = "command_invalid"
    en = "The change was not made. {place}: {reason}"
    fa = "این تغییر انجام نشد. \u2066{place}\u2069: {reason}"
