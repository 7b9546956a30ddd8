"""How a measured map is shown to a reader: tables for a terminal or a notebook, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

from hamsafar.journeys.designed.result import MeasuredMap, MeasuredTouchpoint
from hamsafar.journeys.view import Language, duration, medians_note, number, percent, rests_on
from hamsafar.lib.intervals import Rate

_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "whole": "The whole map",
        "stages": "Stages",
        "touchpoints": "Touchpoints",
        "groups": "One of several is enough",
        "ad_hoc": "Ad hoc events",
        "begun": "begun",
        "completed": "completed",
        "left": "left",
        "still_open": "still open",
        "completion": "completion",
        "time_to_complete": "time to complete",
        "stage": "stage",
        "entered": "entered",
        "went_on": "went on",
        "skipped": "skipped",
        "share_went_on": "share that went on",
        "time_to_next": "time to next stage",
        "open_after": "open for",
        "touchpoint": "touchpoint",
        "persons": "persons",
        "share": "share",
        "visits": "visits",
        "since_previous": "since the one before",
        "next": "most often next",
        "last": "last",
        "missing": "missing",
        "out_of_sequence": "out of sequence",
        "event": "event",
        "from": "from",
        "to": "to",
        "passages": "passages",
        "end": "(end)",
        "of": "of",
        "or": " or ",
        "unbound": "Not bound to events: {names}.",
        "unknown": "No event is named: {names}.",
        "overlaps": "Several touchpoints fit {event} ({n} events): {names}. They count for {given}.",
    },
    "fa": {
        "whole": "کل نقشه",
        "stages": "مرحله‌ها",
        "touchpoints": "نقاط تماس",
        "groups": "یکی از چند نقطهٔ تماس کافی است",
        "ad_hoc": "رویدادهای خارج از نقشه",
        "begun": "شروع شد",
        "completed": "به پایان رسید",
        "left": "خارج‌شده",
        "still_open": "در جریان",
        "completion": "نرخ تکمیل",
        "time_to_complete": "زمان تا پایان",
        "stage": "مرحله",
        "entered": "وارد شدند",
        "went_on": "ادامه دادند",
        "skipped": "نیامده رد شدند",
        "share_went_on": "سهم ادامه‌دهندگان",
        "time_to_next": "زمان تا مرحلهٔ بعد",
        "open_after": "آستانهٔ «در جریان»",
        "touchpoint": "نقطهٔ تماس",
        "persons": "اشخاص",
        "share": "سهم",
        "visits": "دفعات",
        "since_previous": "زمان از نقطهٔ تماس قبلی",
        "next": "بیشتر پس از آن",
        "last": "پایان سفر",
        "missing": "جاافتاده",
        "out_of_sequence": "خارج از ترتیب",
        "event": "رویداد",
        "from": "از",
        "to": "به",
        "passages": "گذرها",
        "end": "(پایان)",
        "of": "از مجموع",
        "or": " یا ",
        "unbound": "هنوز به رویدادی متصل نشده‌اند: {names}.",
        "unknown": "رویدادی با این نام وجود ندارد: {names}.",
        "overlaps": "رویداد {event} ({n} مورد) با چند نقطهٔ تماس سازگار است: {names}. به حساب {given} آمده است.",
    },
}


class Section(NamedTuple):
    title: str
    headings: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


def text(measured: MeasuredMap, language: Language) -> str:
    """See ``MeasuredMap.text``."""
    blocks = [measured.map.title]
    for section in sections(measured, language):
        columns = list(zip(section.headings, *section.rows, strict=True))
        widths = [max(map(len, column)) for column in columns]
        blocks.append(
            "\n".join(
                [
                    section.title,
                    *(
                        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
                        for row in (section.headings, *section.rows)
                    ),
                ]
            )
        )
    return "\n\n".join([*blocks, "\n".join(notes(measured, language))])


def html(measured: MeasuredMap, language: Language) -> str:
    """See ``MeasuredMap.to_html``."""
    tables = []
    for section in sections(measured, language):
        head = _cells("th", section.headings)
        body = "".join(_cells("td", row) for row in section.rows)
        tables.append(
            f"<table><caption>{escape(section.title)}</caption><thead>{head}</thead><tbody>{body}</tbody></table>"
        )
    paragraphs = "".join(f"<p>{escape(note)}</p>" for note in notes(measured, language))
    direction = "rtl" if language == "fa" else "ltr"
    title = f"<h3>{escape(measured.map.title)}</h3>"
    return f'<div dir="{direction}" lang="{language}">{title}{"".join(tables)}{paragraphs}</div>'


def _cells(tag: str, cells: Sequence[str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"


def sections(measured: MeasuredMap, language: Language) -> Iterator[Section]:
    """The tables that have rows."""
    words = _WORDS[language]
    found = [
        _whole(measured, language),
        _stages(measured, language),
        _touchpoints(measured, language),
        _groups(measured, language),
        _ad_hoc(measured, language),
    ]
    for key, headings, rows in found:
        if rows:
            yield Section(words[key], tuple(words[heading] for heading in headings), rows)


_Found = tuple[str, tuple[str, ...], Sequence[tuple[str, ...]]]


def _whole(measured: MeasuredMap, language: Language) -> _Found:
    whole = measured.whole
    row = (
        *(number(n, language) for n in (whole.begun, whole.completed, whole.left, whole.still_open)),
        _rate(whole.completion, language),
        duration(whole.median_seconds_to_complete, language),
    )
    headings = ("begun", "completed", "left", "still_open", "completion", "time_to_complete")
    return "whole", headings, [row]


def _stages(measured: MeasuredMap, language: Language) -> _Found:
    rows = [
        (
            stage.name,
            *(
                number(n, language)
                for n in (stage.entered, stage.went_on, stage.left, stage.still_open, stage.skipped)
            ),
            _rate(stage.share_went_on, language),
            duration(stage.median_seconds_to_next, language),
            duration(stage.open_after_seconds, language),
        )
        for stage in measured.stages
    ]
    headings = ("entered", "went_on", "left", "still_open", "skipped", "share_went_on", "time_to_next")
    return "stages", ("stage", *headings, "open_after"), rows


def _touchpoints(measured: MeasuredMap, language: Language) -> _Found:
    stage_names = {stage.stage: stage.name for stage in measured.stages}
    names = {touchpoint.card: touchpoint.name for touchpoint in measured.touchpoints}
    names["(end)"] = _WORDS[language]["end"]
    rows = [
        (
            touchpoint.name,
            stage_names[touchpoint.stage],
            number(touchpoint.persons, language),
            percent(touchpoint.share_of_persons.value, language),
            number(touchpoint.visits, language),
            duration(touchpoint.median_seconds_since_previous, language),
            _most_often_next(touchpoint, names, language),
            number(touchpoint.last, language),
            "–"
            if touchpoint.deviations.missing is None
            else number(touchpoint.deviations.missing.instances, language),
            number(touchpoint.deviations.out_of_sequence.instances, language),
        )
        for touchpoint in measured.touchpoints
    ]
    headings = ("persons", "share", "visits", "since_previous", "next", "last", "missing", "out_of_sequence")
    return "touchpoints", ("touchpoint", "stage", *headings), rows


def _most_often_next(touchpoint: MeasuredTouchpoint, names: dict[str, str], language: Language) -> str:
    if not touchpoint.next:
        return "–"
    first = touchpoint.next[0]
    return f"{names[first.card]} {percent(first.share, language)}"


def _groups(measured: MeasuredMap, language: Language) -> _Found:
    names = {touchpoint.card: touchpoint.name for touchpoint in measured.touchpoints}
    rows = [
        (
            _WORDS[language]["or"].join(names[card] for card in group.cards),
            "–" if group.missing is None else number(group.missing.instances, language),
            "–" if group.missing is None else number(group.missing.of, language),
        )
        for group in measured.groups
    ]
    return "groups", ("touchpoint", "missing", "of"), rows


def _ad_hoc(measured: MeasuredMap, language: Language) -> _Found:
    names = {touchpoint.card: touchpoint.name for touchpoint in measured.touchpoints}
    rows = [
        (
            row.event,
            names[row.from_card],
            names[row.to_card],
            number(row.passages, language),
            number(row.of, language),
            percent(row.share.value, language),
        )
        for row in measured.ad_hoc
    ]
    return "ad_hoc", ("event", "from", "to", "passages", "of", "share"), rows


def notes(measured: MeasuredMap, language: Language) -> list[str]:
    """What the numbers rest on, and what is wrong with the bindings."""
    words = _WORDS[language]
    joint = "، " if language == "fa" else ", "
    found = [rests_on(measured.bound_events, measured.persons, language)]
    found += medians_note(measured.medians.relative_error, language)
    names = {touchpoint.touchpoint: touchpoint.name for touchpoint in measured.touchpoints}
    if measured.unbound_touchpoints:
        listed = joint.join(names[touchpoint] for touchpoint in measured.unbound_touchpoints)
        found.append(words["unbound"].format(names=listed))
    if measured.unknown_events:
        listed = joint.join(row.pattern for row in measured.unknown_events)
        found.append(words["unknown"].format(names=listed))
    for overlap in measured.overlaps:
        found.append(
            words["overlaps"].format(
                event=overlap.event,
                n=number(overlap.events, language),
                names=joint.join(names[touchpoint] for touchpoint in overlap.touchpoints),
                given=names[overlap.given_to],
            )
        )
    return found


def _rate(rate: Rate, language: Language) -> str:
    """``42% (40%-44%)``; – without a denominator."""
    if rate.value is None:
        return "–"
    to = " تا " if language == "fa" else "-"
    low, high = percent(rate.low, language), percent(rate.high, language)
    return f"{percent(rate.value, language)} ({low}{to}{high})"
