"""Errors of maps and their libraries. Faults inside a document are in ``faults.py``."""

from __future__ import annotations

from hamsafar.lib.errors import BadInput, Conflict, HamsafarError, NotFound, TooLarge


class MapNotFound(NotFound):
    code = "map_not_found"
    en = "There is no such map in this workspace."
    fa = "چنین نقشه‌ای در این فضای کاری نیست."


class PartNotFound(NotFound):
    code = "part_not_found"
    en = "This part of the map is not there (any more)."
    fa = "این بخش از نقشه وجود ندارد یا حذف شده است."


class VersionNotFound(NotFound):
    code = "version_not_found"
    en = "There is no such version of this map. Versions without a name are thinned out with age."
    fa = "این نقشه چنین نسخه‌ای ندارد. نسخه‌های بی‌نام با گذشت زمان کم می‌شوند."


class TooManyVersions(Conflict):
    code = "too_many_versions"
    en = "This map already has {limit} named versions. Take the name off one that you no longer need."
    fa = "این نقشه همین حالا {limit} نسخهٔ نام‌دار دارد. نام یکی را که دیگر لازم ندارید بردارید."


class BadMapReference(BadInput):
    code = "bad_map_reference"
    en = "“{found}” does not say what to compare. Expected “map:” or “version:” and an id."
    fa = "«{found}» نمی‌گوید چه چیزی مقایسه شود. «map:‎» یا «version:‎» و یک شناسه لازم است."


class TemplateNotFound(NotFound):
    code = "template_not_found"
    en = "There is no template “{template}” here in this language."
    fa = "الگویی با نام «{template}» به این زبان وجود ندارد."


class UnknownMapFormat(BadInput):
    code = "unknown_map_format"
    en = "A map cannot be read from a file ending in “{suffix}”. Expected one of: {known}."
    fa = "نقشه از فایلی با پسوند «{suffix}» خوانده نمی‌شود. پسوندهای پذیرفتنی: {known}."


class FormatNotWritten(NotFound):
    code = "format_not_written"
    en = "Maps are not written as “{format}”. Expected one of: {known}."
    fa = "از نقشه به قالب «{format}» خروجی گرفته نمی‌شود. قالب‌های پذیرفتنی: {known}."


class MapTooLarge(TooLarge):
    code = "map_too_large"
    en = "The cards of this map hold {found} characters; at most {limit} are laid out. Take it as JSON, XLSX or CSV."
    fa = (
        "کارت‌های این نقشه {found} نویسه دارند؛ حداکثر {limit} نویسه صفحه‌آرایی می‌شود. "
        "خروجی JSON، XLSX یا CSV بگیرید."
    )


class ExportTookTooLong(HamsafarError):
    code = "export_took_too_long"
    status = 503
    en = "The export was stopped: it needed more than {seconds} seconds or too much memory. Choose fewer lanes."
    fa = "خروجی متوقف شد: بیش از {seconds} ثانیه یا حافظهٔ بیش از اندازه می‌خواست. ردیف‌های کمتری برگزینید."


class ExportsBusy(HamsafarError):
    code = "exports_busy"
    status = 503
    en = "Other exports are being made just now. Try again in a moment."
    fa = "همین حالا خروجی‌های دیگری در دست ساخت است. اندکی بعد دوباره تلاش کنید."


class BadExportChoice(BadInput):
    code = "bad_export_choice"
    en = "“{found}” is not a choice for {name} of this format. Expected one of: {known}."
    fa = "«{found}» برای {name} در این قالب پذیرفته نیست. گزینه‌های پذیرفتنی: {known}."


class DrawingTooLarge(TooLarge):
    code = "drawing_too_large"
    en = (
        "This picture would be {width} by {height} pixels; at most {limit} million are drawn. "
        "Choose fewer lanes, or take PDF or SVG, which have no such limit."
    )
    fa = (
        "این تصویر {width} در {height} پیکسل می‌شود؛ حداکثر {limit} میلیون پیکسل کشیده می‌شود. "
        "ردیف‌های کمتری برگزینید، یا خروجی PDF یا SVG بگیرید که این محدودیت را ندارند."
    )


class TouchpointNotFound(NotFound):
    code = "touchpoint_not_found"
    en = "There is no such touchpoint in this workspace."
    fa = "چنین نقطهٔ تماسی در این فضای کاری نیست."


class TouchpointInUse(Conflict):
    code = "touchpoint_in_use"
    en = "“{name}” stands on {count} map(s): {titles}. Take it off them first."
    fa = "«{name}» در {count} نقشه به کار رفته است: {titles}. ابتدا آن را از این نقشه‌ها بردارید."


class TouchpointIntoItself(BadInput):
    code = "touchpoint_into_itself"
    en = "A touchpoint cannot be merged into itself. Choose another one."
    fa = "یک نقطهٔ تماس را نمی‌توان در خودش ادغام کرد. نقطهٔ تماس دیگری را انتخاب کنید."


class MatchersNotJoinable(Conflict):
    code = "matchers_not_joinable"
    en = "The events of “{name}” and “{into}” cannot be joined: one has conditions. Keep one, or change it by hand."
    fa = "رویدادهای «{name}» و «{into}» یکی نمی‌شوند، چون یکی شرط دارد. یکی را نگه دارید یا دستی تغییر دهید."


class ContentNotFound(NotFound):
    code = "content_not_found"
    en = "There is no such content in this workspace."
    fa = "چنین محتوایی در این فضای کاری نیست."


class ContentInUse(Conflict):
    code = "content_in_use"
    en = "“{name}” stands on {count} map(s): {titles}. Take it off them first."
    fa = "«{name}» در {count} نقشه به کار رفته است: {titles}. ابتدا آن را از این نقشه‌ها بردارید."


class ChannelNotFound(NotFound):
    code = "channel_not_found"
    en = "There is no such channel in this workspace."
    fa = "چنین کانالی در این فضای کاری نیست."


class ChannelExists(Conflict):
    code = "channel_exists"
    en = "There is already a channel called “{name}”."
    fa = "کانالی با نام «{name}» از پیش وجود دارد."


class PersonaNotFound(NotFound):
    code = "persona_not_found"
    en = "There is no such persona in this workspace."
    fa = "چنین پرسونایی در این فضای کاری نیست."


class MapBusy(HamsafarError):
    code = "map_busy"
    status = 503
    en = "The map is being changed by others just now. Nothing was changed; try again."
    fa = "این نقشه همین حالا در دست تغییر است. چیزی تغییر نکرد؛ دوباره تلاش کنید."
