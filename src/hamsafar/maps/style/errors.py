"""What can go wrong with a workspace's style."""

from __future__ import annotations

from hamsafar.lib.errors import BadInput, NotFound, TooLarge
from hamsafar.maps.faults import MapInvalid


class StyleInvalid(MapInvalid):
    """Fields of a style that break the rules; nothing was changed."""

    code = "style_invalid"
    en = "The style was not saved. {place}: {reason}"
    fa = "ظاهر ذخیره نشد. \u2066{place}\u2069: {reason}"


class LogoNotFound(NotFound):
    code = "logo_not_found"
    en = "This logo is not there any more. Upload it again."
    fa = "این لوگو دیگر موجود نیست. دوباره بارگذاری‌اش کنید."


class LogoTooLarge(TooLarge):
    code = "logo_too_large"
    en = "A logo may have at most {limit_megabytes} MB. Make it smaller."
    fa = "فایل لوگو حداکثر {limit_megabytes} مگابایت می‌تواند باشد. آن را کوچک‌تر کنید."


class LogoKindRefused(BadInput):
    code = "logo_kind_refused"
    en = "“{name}” is no logo that can be taken. Accepted are: {known}."
    fa = "«{name}» را نمی‌شود لوگو کرد. این‌ها پذیرفته می‌شوند: {known}."


class LogoEmpty(BadInput):
    code = "logo_empty"
    en = "Nothing is seen in “{name}”: it is empty or all of it is transparent."
    fa = "در «{name}» چیزی دیده نمی‌شود: خالی یا سراسر شفاف است."
