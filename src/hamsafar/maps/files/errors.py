"""Errors of uploaded files. Nothing was kept."""

from __future__ import annotations

from hamsafar.lib.errors import BadInput, Conflict, HamsafarError, NotFound, TooLarge


class MapFileNotFound(NotFound):
    code = "map_file_not_found"
    en = "There is no such file in this workspace."
    fa = "چنین فایلی در این فضای کاری نیست."


class FileEmpty(BadInput):
    code = "file_empty"
    en = "“{name}” is empty. Choose a file with something in it."
    fa = "«{name}» خالی است. فایلی انتخاب کنید که محتوا داشته باشد."


class FileTooLarge(TooLarge):
    code = "file_too_large"
    en = "A file on a card may have at most {limit_megabytes} MB. Make it smaller, or link to it."
    fa = "فایل پیوست کارت حداکثر {limit_megabytes} مگابایت می‌تواند باشد. آن را کوچک‌تر کنید یا به آن پیوند بدهید."


class FileKindRefused(BadInput):
    code = "file_kind_refused"
    en = "Files like “{name}” are not kept on cards. Accepted are: {known}."
    fa = "فایلی مانند «{name}» را نمی‌شود به کارت پیوست کرد. این‌ها پذیرفته می‌شوند: {known}."


class FileNotWhatItSays(BadInput):
    code = "file_not_what_it_says"
    en = "“{name}” is not a {suffix} file inside. Save it again in the program it comes from, then upload that."
    fa = "محتوای «{name}» با پسوند {suffix} نمی‌خواند. آن را در برنامهٔ اصلی دوباره ذخیره و سپس بارگذاری کنید."


class PictureUnreadable(BadInput):
    code = "picture_unreadable"
    en = "The picture “{name}” cannot be read; it may be damaged or cut off. Save it again as PNG or JPEG."
    fa = "تصویر «{name}» خوانده نمی‌شود؛ شاید خراب یا ناقص باشد. آن را دوباره با قالب PNG یا JPEG ذخیره کنید."


class PictureTooLarge(TooLarge):
    code = "picture_too_large"
    en = "The picture “{name}” has more than {limit} million pixels, which is too many. Make it smaller."
    fa = "تصویر «{name}» بیش از {limit} میلیون پیکسل دارد و پذیرفته نمی‌شود. آن را کوچک‌تر کنید."


class DrawingRefused(BadInput):
    code = "drawing_refused"
    en = "The SVG drawing “{name}” cannot be taken: it is damaged or too large. Save it as PNG."
    fa = "نقاشی SVG با نام «{name}» پذیرفته نمی‌شود: خراب یا بیش از حد بزرگ است. آن را با قالب PNG ذخیره کنید."


class FilesFull(Conflict):
    code = "files_full"
    en = "The files of this workspace use {used} of {limit} MB; “{name}” needs {needed} more. Link to it instead."
    fa = (
        "فایل‌های این فضای کاری {used} مگابایت از {limit} مگابایت را گرفته‌اند و «{name}» به {needed} مگابایت دیگر "
        "نیاز دارد. به جای پیوست، پیوند آن را بگذارید."
    )


class FilesBusy(HamsafarError):
    code = "files_busy"
    status = 503
    en = "Too many pictures are being read right now. Try again in a minute."
    fa = "همین حالا تصویرهای زیادی در حال پردازش است. یک دقیقهٔ دیگر دوباره تلاش کنید."
