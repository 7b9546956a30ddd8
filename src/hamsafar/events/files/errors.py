"""Why a whole file, or what was asked of it, cannot be used.

    BadInput
    └── FileUnreadable
        ├── UnknownFileType, FileBroken, FileBrokenAtLine,
        │   FileEncrypted, ExpandsTooFar                                    the file as such
        ├── UnknownEncoding, LineTooLong, QuoteNotClosed                   its text
        ├── NoRows, NoReadableRow, OneColumn, HeaderMissing,
        │   DuplicateColumns, TooManyColumns, ColumnNameTooLong,
        │   SheetMissing, SheetNotATable, SheetTooLarge                                    its table
        ├── BadMapping, RoleMissing, EventNotSaid, ColumnMissing,
        │   TimeNotRecognised, DateOrderAmbiguous, UnknownTimezone         what its columns mean
        └── BadQuery, NotOneSelect                                         ``--sql``

A single row that cannot be read is not an error but a ``Rejected`` (see ``reasons.py``).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from hamsafar.events.files.reasons import Rejected
from hamsafar.lib.errors import BadInput
from hamsafar.lib.persian import localise_digits


class FileUnreadable(BadInput):
    """Base; ``params["file"]`` names the file where it is known."""

    code = "file_unreadable"
    en = "The file cannot be read."
    fa = "این فایل خوانده نمی‌شود."


class UnknownFileType(FileUnreadable):
    """``looks_like`` is a key of ``OTHER_TYPES``."""

    code = "unknown_file_type"
    en = "This file looks like {looks_like}. Expected CSV, TSV, JSON Lines, Parquet, XLSX or XES."
    fa = "این فایل به نظر {looks_like} است. قالب‌های پذیرفتنی: CSV، TSV، JSON Lines، Parquet، XLSX و XES."

    def sentence(self, language: str = "en") -> str:
        english, persian = OTHER_TYPES[self.params["looks_like"]]
        return (self.fa if language == "fa" else self.en).format(
            looks_like=persian if language == "fa" else english
        )


# What a file that cannot be read may be instead, in both languages.
OTHER_TYPES = {
    "pdf": ("a PDF", "یک فایل PDF"),
    "picture": ("a picture", "یک تصویر"),
    "zip": ("a ZIP archive; unpack it first", "یک بایگانی ZIP (اول آن را باز کنید)"),
    "rar": ("a RAR archive; unpack it first", "یک بایگانی RAR (اول آن را باز کنید)"),
    "archive": ("an archive of another kind; unpack it first", "یک بایگانی (اول آن را باز کنید)"),
    "gzip_of_packed": (
        "a gzip of a file that is packed already; unpack it first",
        "فایلی که دوباره فشرده شده (اول آن را باز کنید)",
    ),
    "xls": (
        "an Excel file from before 2007; save it as .xlsx",
        "اکسل قدیمی (.xls؛ آن را با پسوند .xlsx ذخیره کنید)",
    ),
    "database": ("a database", "یک پایگاه داده"),
    "program": ("a program", "یک برنامه"),
    "orc": ("an ORC file", "یک فایل ORC"),
    "html": ("a web page, even if its name says Excel", "یک صفحهٔ وب (هرچند پسوندش اکسل باشد)"),
    "xml": ("XML, but not XES", "XML اما نه XES"),
    "json_array": (
        "a JSON array; one object on each line is needed",
        "یک آرایهٔ JSON (هر خط باید یک شیء باشد)",
    ),
    "zeros": ("nothing but zeros", "فقط صفرهای پیاپی"),
    "binary": ("something that is not text", "چیزی غیر از متن"),
}


class FileBroken(FileUnreadable):
    code = "file_broken"
    en = "The {kind} file is damaged or incomplete ({place}). Export it again."
    fa = "فایل {kind} آسیب دیده یا ناقص است ({place}). دوباره از آن خروجی بگیرید."


class FileBrokenAtLine(FileUnreadable):
    code = "file_broken_at_line"
    en = "The {kind} file is damaged or incomplete at line {line}. Export it again."
    fa = "فایل {kind} در خط {line} آسیب دیده یا ناقص است. دوباره از آن خروجی بگیرید."


class FileEncrypted(FileUnreadable):
    code = "file_encrypted"
    en = "The file is protected by a password. Save a copy without one."
    fa = "این فایل رمز دارد. یک نسخهٔ بدون رمز از آن ذخیره کنید."


class ExpandsTooFar(FileUnreadable):
    """``compressed`` and ``limit`` in bytes; the sentence says megabytes."""

    code = "expands_too_far"
    status = 413
    en = "The file has {compressed} MB but expands to more than {limit} MB. Upload a smaller part."
    fa = "این فایل {compressed} مگابایت است اما باز شدهٔ آن از {limit} مگابایت بیشتر می‌شود. بخش کوچک‌تری بفرستید."

    def sentence(self, language: str = "en") -> str:
        template = self.fa if language == "fa" else self.en
        return template.format(
            compressed=_megabytes(self.params["compressed"], language),
            limit=_megabytes(self.params["limit"], language),
        )


def _megabytes(size: int, language: str) -> str:
    text = f"{max(0.1, size / 1_000_000):,.1f}".removesuffix(".0")
    return localise_digits(text.replace(",", "٬").replace(".", "٫"), "fa") if language == "fa" else text


class UnknownEncoding(FileUnreadable):
    code = "unknown_encoding"
    en = "The encoding “{encoding}” is not known. Expected one of: {expected}."
    fa = "کدگذاری «{encoding}» شناخته نشد. یکی از این‌ها لازم است: {expected}."


class LineTooLong(FileUnreadable):
    code = "line_too_long"
    en = "Line {line} is longer than {limit} characters. Expected one row on each line."
    fa = "خط {line} از {limit} نویسه بلندتر است. هر سطر باید در یک خط باشد."


class QuoteNotClosed(FileUnreadable):
    code = "quote_not_closed"
    en = 'A quotation mark (") opened on line {line} is not closed.'
    fa = 'علامت نقل‌قول (") که در خط {line} باز شده، بسته نشده است.'


class NoRows(FileUnreadable):
    code = "no_rows"
    en = "The file has no rows. Expected a line of column names and at least one row."
    fa = "این فایل هیچ سطری ندارد. یک خط نام ستون‌ها و دست‌کم یک سطر لازم است."


class NoReadableRow(FileUnreadable):
    """``first``: the first of the rejected rows."""

    code = "no_readable_row"
    en = "None of the first {rows} rows can be read. Line {line}: {reason}"
    fa = "هیچ‌کدام از {rows} سطر اول خوانده نشد. خط {line}: {reason}"

    def __init__(self, rows: int, first: Rejected) -> None:
        self._first = first
        super().__init__(rows=rows, line=first.line, reason=first.code)

    def sentence(self, language: str = "en") -> str:
        template = self.fa if language == "fa" else self.en
        return template.format(
            rows=localise_digits(str(self.params["rows"]), language),
            line=localise_digits(str(self.params["line"]), language),
            reason=self._first.sentence(language),
        )


class OneColumn(FileUnreadable):
    code = "one_column"
    en = "Line {line} has a single column (“{column}”). Expected columns separated by , ; | or tab."
    fa = "خط {line} فقط یک ستون دارد («{column}»). ستون‌ها باید با , یا ; یا | یا tab از هم جدا شده باشند."


class SheetNotATable(FileUnreadable):
    code = "sheet_not_a_table"
    en = "The sheet “{sheet}” is not a table: a row of column names, at least two columns and one row are expected."
    fa = "کاربرگ «{sheet}» جدول نیست: یک سطر نام ستون‌ها، دست‌کم دو ستون و یک سطر داده لازم است."


class HeaderMissing(FileUnreadable):
    code = "header_missing"
    en = "Line {line} looks like data (“{value}”). Expected a first line with the names of the columns."
    fa = "خط {line} شبیه داده است («{value}»). خط اول باید نام ستون‌ها باشد."


class DuplicateColumns(FileUnreadable):
    code = "duplicate_columns"
    en = "Line {line}: several columns have the same name: {names}. Expected a name of its own for each."
    fa = "خط {line}: چند ستون هم‌نام‌اند: {names}. هر ستون باید نام خودش را داشته باشد."


class TooManyColumns(FileUnreadable):
    code = "too_many_columns_in_file"
    en = "The file has {columns} columns. Expected at most {limit}."
    fa = "این فایل {columns} ستون دارد. حداکثر {limit} ستون پذیرفته می‌شود."


class ColumnNameTooLong(FileUnreadable):
    code = "column_name_too_long"
    en = "Line {line}: a column's name is longer than {limit} characters: “{name}…”. Expected short names."
    fa = "خط {line}: نام یک ستون از {limit} نویسه بلندتر است: «{name}…». نام‌های کوتاه لازم است."


class SheetMissing(FileUnreadable):
    code = "sheet_missing"
    en = "There is no sheet “{sheet}”. The file has: {sheets}."
    fa = "کاربرگی به نام «{sheet}» نیست. کاربرگ‌های این فایل: {sheets}."


class SheetTooLarge(FileUnreadable):
    code = "sheet_too_large"
    status = 413
    en = "A sheet of the file spans {rows} rows and {columns} columns. Save it as CSV."
    fa = "یکی از کاربرگ‌های این فایل {rows} سطر و {columns} ستون دارد. آن را به صورت CSV ذخیره کنید."


class BadMapping(FileUnreadable):
    code = "bad_mapping"
    en = "The choice of columns cannot be used: “{field}” is “{value}”. Expected {expected}."
    fa = "انتخاب ستون‌ها قابل استفاده نیست: «{field}» برابر «{value}» است. مقدار پذیرفتنی: {expected}."


class RoleMissing(FileUnreadable):
    code = "role_missing"
    en = "It is not said where to find “{field}”. Expected the name of a column."
    fa = "گفته نشده است که «{field}» در کدام ستون است. نام یک ستون لازم است."


class EventNotSaid(FileUnreadable):
    code = "event_not_said"
    en = "Expected either a column of event names or one name for all rows, not both and not neither."
    fa = "یا ستون نام رویدادها لازم است یا یک نام برای همهٔ سطرها؛ نه هر دو و نه هیچ‌کدام."


class ColumnMissing(FileUnreadable):
    code = "column_missing"
    en = "There is no column “{column}”. The file has: {columns}."
    fa = "ستونی به نام «{column}» نیست. ستون‌های این فایل: {columns}."


class TimeNotRecognised(FileUnreadable):
    code = "time_not_recognised"
    en = (
        "Column “{column}” does not hold times that can be read, for example “{value}” (line {line}). "
        "Expected dates such as 2024-08-02 14:30 or 1403/05/12 14:30."
    )
    fa = (
        "زمان‌های ستون «{column}» خوانده نمی‌شوند، برای نمونه «{value}» (خط {line}). "
        "نمونهٔ تاریخ پذیرفتنی: 1403/05/12 14:30 یا 2024-08-02 14:30."
    )


class DateOrderAmbiguous(FileUnreadable):
    code = "ambiguous_date_order"
    en = (
        "Dates in column “{column}” such as “{value}” can be read day first or month first. "
        "Say which: dmy or mdy."
    )
    fa = (
        "تاریخ‌های ستون «{column}» مانند «{value}» را هم می‌توان با روزِ اول خواند و هم با ماهِ اول. "
        "یکی را انتخاب کنید: dmy یا mdy."
    )


class UnknownTimezone(FileUnreadable):
    code = "unknown_timezone"
    en = "The time zone “{timezone}” is not known. Expected a name such as Asia/Tehran or UTC."
    fa = "منطقهٔ زمانی «{timezone}» شناخته نشد. نامی مانند Asia/Tehran یا UTC لازم است."


class BadQuery(FileUnreadable):
    code = "bad_query"
    en = "The query cannot be run: {reason}. The given files are: {tables}."
    fa = "این پرس‌وجو اجرا نمی‌شود: {reason}. فایل‌های داده‌شده: {tables}."


class NotOneSelect(FileUnreadable):
    code = "not_one_select"
    en = "The query is not a single select statement. Expected one such as: select … from {tables}."
    fa = "این پرس‌وجو یک دستور select تنها نیست. نمونهٔ پذیرفتنی: select … from {tables}."


@contextmanager
def naming(file: str) -> Iterator[None]:
    """Adds the file's name to any ``FileUnreadable`` that passes."""
    try:
        yield
    except FileUnreadable as error:
        error.params.setdefault("file", file)
        raise
