"""What can go wrong with uploads and imports, in both languages."""

from __future__ import annotations

from hamsafar.lib.errors import Conflict, NotFound, TooLarge


class UploadTooLarge(TooLarge):
    code = "upload_too_large"
    en = "The file is larger than {limit_megabytes} MB. Split it, or import it with: hamsafar import FILE"
    fa = (
        "حجم فایل از {limit_megabytes} مگابایت بیشتر است. آن را چند بخش کنید یا با این دستور وارد کنید: "
        "hamsafar import FILE"
    )


class UploadNotFound(NotFound):
    code = "upload_not_found"
    en = "This file is not here any more. Upload it again."
    fa = "این فایل دیگر اینجا نیست. دوباره آن را بارگذاری کنید."


class ImportNotFound(NotFound):
    code = "import_not_found"
    en = "There is no such import in this workspace."
    fa = "چنین ورود داده‌ای در این فضای کاری نیست."


class ImportRunning(Conflict):
    code = "import_running"
    en = "This import is still running. Cancel it instead."
    fa = "این ورود داده هنوز در جریان است. به جای برگرداندن، آن را لغو کنید."


class ImportNotDone(Conflict):
    code = "import_not_done"
    en = "This import added nothing that could be undone."
    fa = "این ورود داده چیزی نیفزوده است که برگردانده شود."


class PersonNotFound(NotFound):
    code = "person_not_found"
    en = "No event in this workspace is of a person “{person}”."
    fa = "هیچ رویدادی از شخصی با شناسهٔ «{person}» در این فضای کاری نیست."
