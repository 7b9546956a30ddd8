"""What exports say of their own, in the map's language. Lanes, kinds and emotions are called as on screen."""

from __future__ import annotations

from datetime import date
from typing import Any

from hamsafar.lib.persian import localise_digits

# word -> (fa, en)
WORDS: dict[str, tuple[str, str]] = {
    "lane.problem": ("مسئله و پرسش‌های مشتری", "Problem and questions"),
    "lane.goals": ("اهداف", "Goals"),
    "lane.expectations": ("انتظارات", "Expectations"),
    "lane.actions": ("اقدامات مشتری", "Customer actions"),
    "lane.touchpoints": ("نقاط تماس", "Touchpoints"),
    "lane.thoughts": ("افکار", "Thoughts"),
    "lane.feelings": ("احساسات", "Feelings"),
    "lane.emotion": ("منحنی احساس", "Emotion"),
    "lane.quotes": ("از زبان مشتری", "Quotes"),
    "lane.pains": ("نقاط درد", "Pain points"),
    "lane.gains": ("خوشایندها", "Gains"),
    "lane.opportunities": ("فرصت‌های بهبود", "Opportunities"),
    "lane.content": ("محتوا", "Content"),
    "lane.metrics": ("شاخص‌ها", "Metrics"),
    "lane.owner": ("مسئول", "Owner"),
    "lane.text": ("یادداشت", "Notes"),
    "lane.evidence_physical": ("شواهد فیزیکی", "Physical evidence"),
    "lane.frontstage": ("روی صحنه", "Frontstage"),
    "lane.backstage": ("پشت صحنه", "Backstage"),
    "lane.support": ("فرایندهای پشتیبان", "Support processes"),
    "kind.current_state": ("وضعیت فعلی", "Current state"),
    "kind.day_in_the_life": ("یک روز از زندگی مشتری", "Day in the life"),
    "kind.future_state": ("وضعیت آینده", "Future state"),
    "kind.service_blueprint": ("بلوپرینت خدمات", "Service blueprint"),
    "status.draft": ("پیش‌نویس", "Draft"),
    "status.in_review": ("در حال بازبینی", "In review"),
    "status.approved": ("تأییدشده", "Approved"),
    "emotion.2": ("بسیار خشنود", "delighted"),
    "emotion.1": ("خشنود", "content"),
    "emotion.0": ("بی‌تفاوت", "neutral"),
    "emotion.-1": ("ناخشنود", "unhappy"),
    "emotion.-2": ("بسیار ناخشنود", "upset"),
    "line.interaction": ("خط تعامل", "Line of interaction"),
    "line.visibility": ("خط دید مشتری", "Line of visibility"),
    "line.internal_interaction": ("خط تعامل درونی", "Line of internal interaction"),
    "evidence.assumption": ("فرض", "Assumption"),
    "evidence.observed": ("مشاهده‌شده", "Observed"),
    "evidence.stale": ("کهنه", "Stale"),
    "need.required": ("لازم", "Required"),
    "need.optional": ("اختیاری", "Optional"),
    "need.any_of": ("یکی از چند", "One of several"),
    "fit.can": ("می‌توانیم", "We can"),
    "fit.partly": ("تا حدی می‌توانیم", "We partly can"),
    "fit.cannot": ("نمی‌توانیم", "We cannot"),
    "everyone": ("همه", "Everyone"),
    "map": ("نقشهٔ سفر", "Map"),
    "objective": ("هدف نقشه", "Objective"),
    "scope": ("دامنه", "Scope"),
    "description": ("توضیح", "Description"),
    "research": ("پژوهش‌های در دست", "Research at hand"),
    "persona": ("پرسونا", "Persona"),
    "personas": ("پرسوناها", "Personas"),
    "stages": ("مراحل", "Stages"),
    "steps": ("گام‌ها", "Steps"),
    "owner": ("مسئول", "Owner"),
    "owner_of": ("مسئول: {name}", "Owner: {name}"),
    "status_of": ("وضعیت: {name}", "Status: {name}"),
    "review_on": ("بازبینی در {date}", "Review on {date}"),
    "review_date": ("تاریخ بازبینی", "Review date"),
    "hours": ("ساعت", "Hours"),
    "exported": ("خروجی در {date}", "Exported on {date}"),
    "moment_of_truth": ("لحظهٔ حقیقت", "Moment of truth"),
    "hidden_need": ("نیاز پنهان", "Hidden need"),
    "complaint": ("شکایت", "Complaint"),
    "commitment": ("میزان تعهد {level}", "Commitment {level}"),
    "impact": ("اثر {score}", "Impact {score}"),
    "effort": ("تلاش {score}", "Effort {score}"),
    "confidence": ("اطمینان {score}", "Confidence {score}"),
    "observed_n": ("{n} مورد", "n = {n}"),
    "link": ("پیوند", "Link"),
    "touchpoint": ("نقطهٔ تماس", "Touchpoint"),
    "branches": ("مسیرهای جایگزین", "Branches"),
    "arrows": ("پیکان‌هایی که از صفحه بیرون می‌روند", "Arrows that leave their page"),
    "targets": ("هدف‌های عددی", "Targets"),
    "from_to": ("از «{first}» به «{second}»", "from “{first}” to “{second}”"),
    "whole_map": ("همهٔ نقشه", "the whole map"),
    "until": ("تا {date}", "by {date}"),
    "legend": ("راهنما", "Legend"),
    "page_of": ("صفحهٔ {page} از {pages}", "Page {page} of {pages}"),
    "no_text": ("(بدون متن)", "(no text)"),
    "no_stages": ("این نقشه هنوز مرحله‌ای ندارد.", "This map has no stages yet."),
    "highest": ("بهترین لحظه", "Highest point"),
    "lowest": ("دشوارترین لحظه", "Lowest point"),
    "sentence": ("من در {channel} {doing}، چون {reason}.", "I {doing} on {channel}, because {reason}."),
    "persona_field.archetype": ("کهن‌الگو", "Archetype"),
    "persona_field.gender": ("جنسیت", "Gender"),
    "persona_field.age_range": ("سن", "Age"),
    "persona_field.job_title": ("شغل", "Job"),
    "persona_field.education": ("تحصیلات", "Education"),
    "persona_field.location": ("محل زندگی", "Place"),
    "persona_field.income": ("درآمد", "Income"),
    "persona_field.quote": ("از زبان خودش", "In their own words"),
    "persona_field.description": ("خلاصه", "In short"),
    "persona_field.lifestyle": ("سبک زندگی", "Lifestyle"),
    "persona_field.scenario": ("سناریو", "Scenario"),
    "persona_field.values": ("ارزش‌ها", "Values"),
    "persona_field.goals": ("اهداف", "Goals"),
    "persona_field.motivations": ("انگیزه‌ها", "Motivations"),
    "persona_field.needs": ("نیازها", "Needs"),
    "persona_field.pains": ("نقاط درد", "Pain points"),
    "persona_field.barriers": ("موانع", "Barriers"),
    "persona_field.channels": ("کانال‌هایی که استفاده می‌کند", "Channels they use"),
    "persona_field.brands": ("برندهایی که دنبال می‌کند", "Brands they follow"),
    "traits": ("ویژگی‌ها", "Traits"),
    "all_arrows": ("پیکان‌ها", "Arrows"),
    "nobody": ("بدون مسئول", "No owner"),
    "files": ("پیوست‌ها", "Files"),
    "what_happened": ("چه رخ داد", "What happened"),
    "entered": ("نوبت‌های واردشده", "Instances that entered"),
    "went_on": ("پیش رفتند", "Went on"),
    "still_open": ("در جریان", "Still open"),
    "left": ("خارج شدند", "Left"),
    "time_to_next": ("میانهٔ زمان تا مرحلهٔ بعد", "Median time to the next stage"),
}  # fmt: skip


class Speech:
    """The words of one language, its digits and its dates."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.rtl = language == "fa"

    def __call__(self, word: str, **values: Any) -> str:
        text = WORDS[word][0 if self.rtl else 1]
        return text.format(**{name: self.shown(value) for name, value in values.items()}) if values else text

    def shown(self, value: Any) -> str:
        """A number in the language's digits; anything else as it is."""
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self.number(value)
        return str(value)

    def number(self, value: float) -> str:
        text = f"{value:,.10g}" if abs(value) >= 10_000 else f"{value:g}"
        return self.digits(text.replace(",", "٬").replace(".", "٫")) if self.rtl else text

    def digits(self, text: str) -> str:
        return localise_digits(text, self.language)

    def day(self, day: date) -> str:
        """A day as it is written: Jalali in Persian, Gregorian in English; years Jalali does not know, too."""
        if self.rtl:
            # It brings NumPy, which most formats do without.
            from hamsafar.lib.jalali import MONTHS, from_days

            try:
                year, month, of_month = (int(part[0]) for part in from_days([day.toordinal() - _EPOCH]))  # type: ignore[arg-type]  # it makes an array of it
            except ValueError:
                return self.digits(day.isoformat())
            return self.digits(f"{of_month} {MONTHS[month - 1]} {year}")
        return f"{day.day} {_ENGLISH_MONTHS[day.month - 1]} {day.year}"

    def comma(self, parts: list[str]) -> str:
        return ("، " if self.rtl else ", ").join(parts)

    def lane(self, lane: dict[str, Any]) -> str:
        return str(lane.get("name") or "").strip() or self(f"lane.{lane['kind']}")


_EPOCH = date(1970, 1, 1).toordinal()
_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
