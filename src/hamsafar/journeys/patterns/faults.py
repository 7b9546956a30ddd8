"""What can be wrong with a pattern. Every error knows its place in the text."""

from __future__ import annotations

from collections.abc import Iterable

from hamsafar.journeys.errors import UnknownEvent
from hamsafar.lib.errors import BadInput

# why -> the rest of the sentence in both languages
_WHY = {
    "step": (
        "an event is expected here: a name, “.” for any event, “!” for not, or “(”",
        "اینجا یک رویداد لازم است: نام آن، «.» برای هر رویداد، «!» برای نفی، یا «(»",
    ),
    "arrow": (
        "“->” or the end of the pattern is expected here; a name with spaces or signs goes in quotes",
        "اینجا «\u200e->\u200e» یا پایان الگو لازم است؛ نامی را که فاصله یا علامت دارد میان دو گیومه بنویسید",
    ),
    "arrow_in_group": (
        "“->” or “)” is expected here; a name with spaces or signs goes in quotes",
        "اینجا «\u200e->\u200e» یا «)» لازم است؛ نامی را که فاصله یا علامت دارد میان دو گیومه بنویسید",
    ),
    "open_group": ("this bracket is not closed", "این پرانتز بسته نشده است"),
    "open_quote": ("this quotation mark is not closed", "این گیومه بسته نشده است"),
    "empty_name": ("a name cannot be empty", "نام نمی‌تواند خالی باشد"),
    "reserved": (
        "“within” belongs to a time limit; an event of this name goes in quotes",
        "«within» مخصوص محدودیت زمان است؛ رویدادی با این نام را میان دو گیومه بنویسید",
    ),
    "time": (
        "a length of time above 0 is expected here, e.g. 30m, 12h, 2d or 1w",
        "اینجا مدت زمانی بیش از صفر لازم است؛ مثلاً 30m، 12h، 2d یا 1w",
    ),
    "limit_inside": (
        "a time limit ends a group; put what it covers in brackets: (a -> b within 2d) -> c",
        "محدودیت زمان در پایان گروه می‌آید؛ بخش موردنظر را در پرانتز بگذارید: ‎(a -> b within 2d) -> c",
    ),
    "limit_at_end": (
        "this time limit needs an event after the arrow",
        "این محدودیت زمان به رویدادی پس از پیکان نیاز دارد",
    ),
    "times": (
        "a number of times is expected here: {{3}}, {{2,}} or {{0,3}}, the first at most the second",
        "اینجا تعداد تکرار لازم است: {{3}}، {{2,}} یا {{0,3}}؛ عدد نخست نباید از دومی بیشتر باشد",
    ),
    "like": (
        '“~” is followed by a name in quotes, in which * stands for any text: ~"page_*"',
        'پس از «~» نامی میان دو گیومه می‌آید که * در آن جای هر متنی است: ‎~"page_*"',
    ),
    "negation": (
        "only single events can be negated: a name, or (a | b)",
        "تنها یک رویداد را می‌توان نفی کرد: یک نام، یا (a | b)",
    ),
    "deep": (
        "brackets are nested too deep: at most {most}",
        "پرانتزها بیش از حد تودرتو هستند: حداکثر {most}",
    ),
    "long": ("a pattern has at most {most} characters", "الگو حداکثر {most} نویسه دارد"),
    "empty": ("the pattern is empty", "الگو خالی است"),
}


class BadPattern(BadInput):
    """``params``: ``pattern``, ``position`` (from 0, in characters), ``length`` of what is marked."""

    code = "bad_pattern"
    en = "Pattern, character {character}: {why}."
    fa = "الگو، نویسهٔ {character}: {why_fa}."

    def __init__(self, why: str, *, pattern: str, position: int, length: int = 1, **more: int) -> None:
        en, fa = _WHY[why]
        super().__init__(
            why=en.format(**more),
            why_fa=fa.format(**more),
            pattern=pattern,
            position=position,
            length=length,
            character=position + 1,
        )


class MatchesNothing(BadInput):
    code = "pattern_matches_nothing"
    en = (
        "The pattern fits a stretch of no events at all, so it would be found everywhere. "
        "Let at least one event be required, e.g. + instead of *."
    )
    fa = (
        "این الگو با هیچ رویدادی هم جور می‌شود و در نتیجه همه‌جا پیدا می‌شود. "
        "دست‌کم یک رویداد را لازم کنید؛ مثلاً + به جای *."
    )


class NeverMatches(BadInput):
    code = "pattern_never_matches"
    en = "No path can fit this pattern: nothing comes before (start) and nothing after (end)."
    fa = "هیچ مسیری با این الگو جور نمی‌شود: پیش از (start) و پس از (end) چیزی نیست."


class PatternTooLarge(BadInput):
    code = "pattern_too_large"
    en = (
        "The pattern is too large: with its repetitions written out it may have {most} events, "
        "and {limits} time limits."
    )
    fa = (
        "الگو بیش از حد بزرگ است: با نوشتن همهٔ تکرارها حداکثر {most} رویداد "
        "و {limits} محدودیت زمان می‌تواند داشته باشد."
    )


class UnknownInPattern(UnknownEvent):
    """An event name of the pattern that is not in the index, and where it stands."""

    def __init__(self, *, name: str, known: Iterable[str], pattern: str, position: int, length: int) -> None:
        super().__init__(name=name, known=known)
        self.params |= {"pattern": pattern, "position": position, "length": length}


class NoNameLike(BadInput):
    code = "no_name_like"
    en = "No event name fits “{name}”."
    fa = "نام هیچ رویدادی با «{name}» جور نیست."
