"""What can go wrong when a question is asked over HTTP."""

from __future__ import annotations

from typing import Any

from hamsafar.lib.errors import BadInput, Conflict, NotAllowed, NotFound, TooLarge


class BadSelector(BadInput):
    code = "bad_selector"
    en = "These persons cannot be chosen from “{question}”: expected {expected}."
    fa = "این اشخاص را نمی‌توان از «{question}» برگزید: {expected} لازم است."


class QuestionUnknown(BadInput):
    code = "question_unknown"
    en = "There is no question “{question}”. There are: {known}."
    fa = "پرسشی به نام «{question}» نیست. پرسش‌ها این‌ها هستند: {known}."


class ArgumentsUnreadable(BadInput):
    code = "arguments_unreadable"
    status = 422
    en = "What is asked of both segments is not a request of “{question}”; see: {places}."
    fa = "آنچه از دو سگمنت پرسیده شده درخواستی از «{question}» نیست؛ اینجا را ببینید: {places}."


class ViewNotFound(NotFound):
    code = "view_not_found"
    en = "There is no such saved view, or it is somebody else's own."
    fa = "چنین نمای ذخیره‌شده‌ای نیست، یا نمای خصوصی شخص دیگری است."


class ViewNameMissing(BadInput):
    code = "view_name_missing"
    en = "A saved view needs a name of 1 to {most} letters."
    fa = "نمای ذخیره‌شده نامی با ۱ تا {most} نویسه لازم دارد."


class ViewNameTaken(Conflict):
    code = "view_name_taken"
    en = "There is a view “{name}” already. Choose another name, or update that view."
    fa = "نمایی به نام «{name}» از پیش هست. نام دیگری برگزینید یا همان نما را به‌روز کنید."


class ViewUnreadable(BadInput):
    code = "view_unreadable"
    status = 422
    en = "What this view asks is not a request of “{question}”; see: {places}."
    fa = "آنچه این نما می‌پرسد درخواستی از «{question}» نیست؛ اینجا را ببینید: {places}."

    def __init__(self, *, question: str, found: list[dict[str, Any]]) -> None:
        self._found = found
        super().__init__(question=question, places=", ".join(one["field"] for one in found))

    def errors(self, language: str = "en") -> list[dict[str, Any]]:
        return self._found


class ViewTooLarge(TooLarge):
    code = "view_too_large"
    en = "What this view asks is longer than {most} letters."
    fa = "آنچه این نما می‌پرسد از {most} نویسه بلندتر است."


class ViewNotYours(NotAllowed):
    code = "view_not_yours"
    en = "Only the member who made a shared view can make it private."
    fa = "فقط عضوی که نمای مشترک را ساخته است می‌تواند آن را خصوصی کند."


class ExportTooLarge(TooLarge):
    code = "export_too_large"
    en = "A sheet of Excel holds {most} rows, this answer has {rows}. Export it as CSV."
    fa = "هر برگهٔ اکسل {most} سطر جا دارد و این پاسخ {rows} سطر. آن را به CSV خروجی بگیرید."
