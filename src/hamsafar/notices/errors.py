"""Errors of notices and mail."""

from __future__ import annotations

from hamsafar.lib.errors import BadInput, Conflict, HamsafarError


class MailNotSetUp(Conflict):
    code = "mail_not_set_up"
    en = "This server has no mail server to send through. Whoever runs it sets HAMSAFAR_MAIL_URL."
    fa = "برای این نصب سرور ایمیلی تعریف نشده است. مدیر نصب باید HAMSAFAR_MAIL_URL را تنظیم کند."


class MailNotSent(HamsafarError):
    code = "mail_not_sent"
    status = 502
    en = "The mail server did not take the message: {reason}"
    fa = "سرور ایمیل پیام را نپذیرفت: {reason}"


class AddressOfNobody(BadInput):
    code = "address_of_nobody"
    en = "{email} is no address that mail reaches. Set your own in your profile first."
    fa = "به نشانی {email} ایمیلی نمی‌رسد. ابتدا نشانی خود را در نمایه وارد کنید."


class UnknownKind(BadInput):
    code = "unknown_notice_kind"
    en = "There is no kind of notice called “{kind}”."
    fa = "اعلانی از نوع «{kind}» وجود ندارد."
