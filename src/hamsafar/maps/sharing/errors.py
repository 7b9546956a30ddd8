"""Errors of public links."""

from __future__ import annotations

from hamsafar.lib.errors import HamsafarError, NotAllowed, NotFound


class ShareNotFound(NotFound):
    code = "share_not_found"
    en = "This link does not open a map, or no longer does. Ask whoever gave it to you for a new one."
    fa = "این پیوند نقشه‌ای را باز نمی‌کند یا اعتبارش تمام شده است. از کسی که آن را داده پیوند تازه‌ای بخواهید."


class SharePasswordNeeded(NotAllowed):
    code = "share_password_needed"
    en = "This map is protected by a password."
    fa = "این نقشه گذرواژه دارد."


class SharePasswordWrong(NotAllowed):
    code = "share_password_wrong"
    en = "This is not the password of this map."
    fa = "گذرواژهٔ این نقشه این نیست."


class ShareTriedTooOften(HamsafarError):
    code = "share_tried_too_often"
    status = 429
    en = "Too many tries. Wait some minutes, then try again."
    fa = "دفعات تلاش زیاد بود. چند دقیقه صبر کنید و دوباره تلاش کنید."
