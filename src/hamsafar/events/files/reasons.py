"""Why a single row cannot be read: every code with its sentence in both languages.

The guides (``docs/guide/import.*.md``) list these; a test keeps them equal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hamsafar.lib.persian import localise_digits

MAX_PERSON = 200
MAX_EVENT_NAME = 200
MAX_CHANNEL = 200
MAX_VALUE = 32_768  # what one cell of a spreadsheet can hold
MAX_EXCERPT = 80


@dataclass(frozen=True)
class Reason:
    """A sentence and what was expected instead, in both languages; ``{column}`` is the column at fault."""

    en: str
    fa: str


def _fa(number: int) -> str:
    return localise_digits(str(number), "fa")


REASONS: dict[str, Reason] = {
    "missing_person": Reason(
        "“{column}” is empty. Expected the customer's id.",
        "«{column}» خالی است. شناسهٔ مشتری لازم است.",
    ),
    "person_too_long": Reason(
        f"“{{column}}” is longer than {MAX_PERSON} characters. Expected an id.",
        f"«{{column}}» بیش از {_fa(MAX_PERSON)} نویسه است. یک شناسه لازم است.",
    ),
    "missing_event": Reason(
        "“{column}” is empty. Expected the name of an event.",
        "«{column}» خالی است. نام رویداد لازم است.",
    ),
    "event_name_too_long": Reason(
        f"“{{column}}” is longer than {MAX_EVENT_NAME} characters. Expected a short name.",
        f"«{{column}}» بیش از {_fa(MAX_EVENT_NAME)} نویسه است. یک نام کوتاه لازم است.",
    ),
    "missing_time": Reason(
        "“{column}” is empty. Expected a date.",
        "«{column}» خالی است. تاریخ لازم است.",
    ),
    "bad_time": Reason(
        "“{column}” is not a date in the format of this column, or no such day or hour exists.",
        "«{column}» با قالب تاریخ این ستون نمی‌خواند یا چنین روز و ساعتی وجود ندارد.",
    ),
    "time_out_of_range": Reason(
        "“{column}” is before the year 1900 or after 2100.",
        "«{column}» پیش از سال ۱۹۰۰ یا پس از ۲۱۰۰ میلادی است.",
    ),
    "value_too_long": Reason(
        f"A value in “{{column}}” is longer than {MAX_VALUE} characters ({MAX_CHANNEL} for a channel).",
        f"مقداری در «{{column}}» بیش از {_fa(MAX_VALUE)} نویسه است ({_fa(MAX_CHANNEL)} نویسه برای کانال).",
    ),
    "too_few_columns": Reason(
        "The row has fewer columns than the first line.",
        "ستون‌های این سطر از خط اول کمتر است.",
    ),
    "too_many_columns": Reason(
        "The row has more columns than the first line; is a value with a separator not in quotation marks?",
        "ستون‌های این سطر از خط اول بیشتر است؛ شاید مقداری که جداکننده دارد درون نقل‌قول نیست.",
    ),
    "quote_not_closed": Reason(
        "A quotation mark (\") opened on this line is not closed.",
        "علامت نقل‌قول (\") که در این خط باز شده، بسته نشده است.",
    ),
    "bad_json": Reason(
        "The line is not a JSON object such as {{\"customer\": \"17\", \"event\": \"visit\"}}.",
        "این خط یک شیء JSON نیست؛ نمونهٔ درست: {{\"customer\": \"17\", \"event\": \"visit\"}}.",
    ),
    "bad_encoding": Reason(
        "The line has bytes that are not text in the file's encoding.",
        "این خط بایت‌هایی دارد که در کدگذاری فایل معنا ندارند.",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Rejected:
    """One row that was not read.

    ``line`` is the physical line of a text file (1-based, the header included), the sheet's row of an XLSX,
    the row's number (1-based) of a Parquet file. ``column`` is empty when the row as a whole is at fault.
    """

    line: int
    code: str
    column: str
    value_excerpt: str

    def sentence(self, language: str = "en") -> str:
        """The reason, for a reader of ``"fa"`` or ``"en"``."""
        reason = REASONS[self.code]
        return (reason.fa if language == "fa" else reason.en).format(column=self.column)


def excerpt(value: Any) -> str:
    """The beginning of a value, on one line, bytes that were not text shown as the replacement mark."""
    if value is None:
        return ""
    text = str(value)[: MAX_EXCERPT * 4].encode("utf-8", "replace").decode("utf-8")
    text = " ".join(text.split())
    return text if len(text) <= MAX_EXCERPT else text[: MAX_EXCERPT - 1] + "…"
