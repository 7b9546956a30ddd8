"""What columns and questions are called in a file, in both languages."""

from __future__ import annotations

from typing import Literal

Language = Literal["en", "fa"]

# Of an answer's table: the name of a column, without the suffixes below.
COLUMNS: dict[str, tuple[str, str]] = {
    "event": ("event", "رویداد"),
    "events": ("events", "رویدادها"),
    "person": ("person", "شخص"),
    "persons": ("persons", "اشخاص"),
    "path": ("path", "مسیر"),
    "paths": ("paths", "مسیرها"),
    "source": ("from", "از"),
    "target": ("to", "به"),
    "count": ("times", "دفعات"),
    "step": ("step", "گام"),
    "share": ("share", "سهم"),
    "share_of_first": ("share of the first step", "سهم از گام نخست"),
    "share_of_previous": ("share of the step before", "سهم از گام پیشین"),
    "share_with": ("share with it", "سهم با آن"),
    "share_without": ("share without it", "سهم بدون آن"),
    "of_first": ("share of the first step", "سهم از گام نخست"),
    "of_previous": ("share of the step before", "سهم از گام پیشین"),
    "median_gap": ("median time between", "میانهٔ فاصلهٔ زمانی"),
    "median_seconds_from_first": (
        "median time from the first step (seconds)",
        "میانهٔ زمان از گام نخست (ثانیه)",
    ),
    "median_seconds_from_previous": (
        "median time from the step before (seconds)",
        "میانهٔ زمان از گام پیشین (ثانیه)",
    ),
    "median": ("median", "میانه"),
    "mean": ("mean", "میانگین"),
    "p10": ("10th percentile", "صدک ۱۰"),
    "p25": ("25th percentile", "صدک ۲۵"),
    "p75": ("75th percentile", "صدک ۷۵"),
    "p90": ("90th percentile", "صدک ۹۰"),
    "n": ("n", "n"),
    "value": ("value", "مقدار"),
    "group": ("group", "گروه"),
    "kind": ("kind", "نوع"),
    "name": ("name", "نام"),
    "node": ("node", "گره"),
    "channel": ("channel", "کانال"),
    "model": ("model", "مدل"),
    "conversions": ("conversions", "تبدیل‌ها"),
    "conversions_with": ("conversions with it", "تبدیل‌های همراه آن"),
    "touches": ("touches", "تماس‌ها"),
    "removal_effect": ("removal effect", "اثر حذف"),
    "cohort": ("cohort", "گروه ورود"),
    "begins_at": ("begins at (UTC)", "آغاز دوره (به وقت جهانی)"),
    "size": ("persons of the cohort", "اشخاص گروه"),
    "period": ("period", "دوره"),
    "complete": ("complete", "کامل"),
    "at_risk": ("at risk", "در معرض"),
    "censored": ("censored", "سانسورشده"),
    "survival": ("not yet arrived", "هنوز نرسیده"),
    "odds_ratio": ("odds ratio", "نسبت بخت"),
    "p": ("p", "p"),
    "p_corrected": ("p, corrected", "p تصحیح‌شده"),
    "occurrences": ("occurrences", "رخدادها"),
    "probability": ("probability", "احتمال"),
    "probability_after": ("probability after the change", "احتمال پس از تغییر"),
    "changed": ("changed", "تغییر داده‌شده"),
    "coverage": ("coverage", "پوشش"),
    "accuracy": ("accuracy", "دقت"),
    "per_point": ("conversions gained by one percentage point", "تبدیل افزوده با یک واحد درصد"),
    "mean_seconds": ("mean time (seconds)", "میانگین زمان (ثانیه)"),
    "mean_seconds_after": ("mean time after the change (seconds)", "میانگین زمان پس از تغییر (ثانیه)"),
    "of": ("of", "از کل"),
    "context": ("last events taken into account", "رویدادهای آخرِ در نظر گرفته‌شده"),
    "timed": ("cases with a time", "موارد دارای زمان"),
    "top_three": ("among the three likeliest", "در سه گزینهٔ اول"),
    "log_loss": ("log loss", "زیان لگاریتمی"),
    "calibration_error": ("calibration error", "خطای کالیبراسیون"),
    "accuracy_when_sure": ("accuracy when sure", "دقت هنگام اطمینان"),
    "stage": ("stage", "مرحله"),
    "entered": ("entered", "وارد شدند"),
    "went_on": ("went on", "ادامه دادند"),
    "left": ("left", "خارج‌شده"),
    "still_open": ("still open", "در جریان"),
    "skipped": ("skipped", "نیامده رد شدند"),
    "share_went_on": ("share that went on", "سهم ادامه‌دهندگان"),
    "stays": ("stays", "حضورها"),
    "where": ("where", "کجا"),
    "target_seconds": ("target time (seconds)", "زمان هدف (ثانیه)"),
    "touchpoint": ("touchpoint", "نقطهٔ تماس"),
    "deviation": ("deviation", "انحراف"),
    "difference": ("difference", "تفاوت"),
    "instances": ("instances", "سفرها"),
    "rate": ("rate", "نرخ"),
    "low": ("from (95% interval)", "از (بازهٔ ۹۵٪)"),
    "high": ("to (95% interval)", "تا (بازهٔ ۹۵٪)"),
    "other": ("other", "دیگر"),
    "reached": ("arrived", "رسیده"),
    "reached_with": ("reached the goal with it", "رسیده به هدف با آن"),
    "reached_without": ("reached the goal without it", "رسیده به هدف بدون آن"),
    "with": ("with it", "با آن"),
    "without": ("without it", "بدون آن"),
    "half_added": ("half added to each count", "افزودن نیم به هر شمار"),
    "seconds": ("time (seconds)", "زمان (ثانیه)"),
    "row": ("what is compared", "چه چیز مقایسه می‌شود"),
    "figure": ("figure", "عدد"),
    "a": ("A", "الف"),
    "b": ("B", "ب"),
}

# What a column's name may end in, and how that is said after the rest.
SUFFIXES: dict[str, tuple[str, str]] = {
    "_seconds_from_first": (" of the time from the first step (seconds)", " زمان از گام نخست (ثانیه)"),
    "_seconds_from_previous": (" of the time from the step before (seconds)", " زمان از گام پیشین (ثانیه)"),
    "_low": (", from (95% interval)", "، از (بازهٔ ۹۵٪)"),
    "_high": (", to (95% interval)", "، تا (بازهٔ ۹۵٪)"),
    "_n": (", n", "، n"),
    "_seconds": (" (seconds)", " (ثانیه)"),
    "_at": (" (UTC)", " (به وقت جهانی)"),
    "_us": (" (microseconds)", " (میکروثانیه)"),
    "_before": (", before", "، پیش از تغییر"),
    "_after": (", after", "، پس از تغییر"),
    "_a": (", A", "، الف"),
    "_b": (", B", "، ب"),
}

DEFINITIONS: dict[str, tuple[str, str]] = {
    "overview": (
        "How many events each name has, and how many different persons had it at least once.",
        "هر نام چند رویداد دارد و چند شخص متفاوت دست‌کم یک بار آن را داشته‌اند.",
    ),
    "transitions": (
        "How often one event came right after another on the same path, nothing between; both ends of paths included.",
        "یک رویداد چند بار در همان مسیر درست پس از رویدادی دیگر آمده است؛ دو سر مسیرها هم شمرده می‌شوند.",
    ),
    "variants": (
        "Whole paths that are exactly the same sequence of events, times aside.",
        "مسیرهای کاملی که دقیقاً یک دنباله از رویدادها هستند، بدون توجه به زمان‌ها.",
    ),
    "funnel": (
        "Persons whose path has the steps up to a step in order, within the window from the first; "
        "intervals are Wilson's, 95%.",
        "اشخاصی که مسیرشان گام‌ها را تا آن گام به ترتیب و در بازهٔ زمانی از گام نخست دارد؛ بازه‌ها ویلسون ۹۵٪ هستند.",
    ),
    "flow": (
        "What paths do step by step before and after the chosen moment; the shares of a step add up to 1.",
        "مسیرها گام به گام پیش و پس از لحظهٔ برگزیده چه می‌کنند؛ سهم‌های هر گام روی هم ۱ می‌شود.",
    ),
    "pattern": (
        "How often the described sequence occurs, without overlaps, on how many paths, and how long it takes.",
        "دنبالهٔ توصیف‌شده چند بار، بدون هم‌پوشانی، در چند مسیر رخ می‌دهد و چقدر طول می‌کشد.",
    ),
    "retention": (
        "Of those who first came in a period, the share that came back k periods later; "
        "the latest cells may be incomplete.",
        "از کسانی که نخستین بار در یک دوره آمدند، چه سهمی k دوره بعد بازگشتند؛ خانه‌های آخر ممکن است کامل نباشند.",
    ),
    "survival": (
        "The share that has not arrived yet, by the time since the start (Kaplan-Meier); "
        "those still on the way are censored.",
        "سهم کسانی که هنوز نرسیده‌اند، بر پایهٔ زمان از شروع (کاپلان–مایر)؛ "
        "کسانی که هنوز در راه‌اند سانسورشده به شمار می‌آیند.",
    ),
    "correlates": (
        "How much the odds of reaching the goal differ between those with and without something before it.",
        "بختِ رسیدن به هدف میان کسانی که پیش از آن چیزی را داشته‌اند و کسانی که نداشته‌اند چقدر تفاوت دارد.",
    ),
    "attribution": (
        "How many conversions each channel is credited with by each model; "
        "the credits of a model add up to all conversions.",
        "هر مدل چند تبدیل را به هر کانال نسبت می‌دهد؛ سهم‌های هر مدل روی هم برابر همهٔ تبدیل‌هاست.",
    ),
    "next_step": (
        "What is predicted to come next on an open path, how likely, and after how long.",
        "پیش‌بینی می‌شود در مسیرِ در جریان چه رویدادی، با چه احتمالی و پس از چه مدتی بیاید.",
    ),
    "next_step_evaluation": (
        "How good predictions of the next step were on later data, beside two simple models.",
        "پیش‌بینی‌های گام بعدی بر داده‌های بعدی چقدر درست بوده‌اند، در کنار دو مدل ساده.",
    ),
    "what_if": (
        "The expected change in conversions and time if a transition were more likely or faster, all else the same.",
        "تغییر مورد انتظار در تبدیل‌ها و زمان، اگر گذاری محتمل‌تر یا سریع‌تر شود و باقی چیزها همان بماند.",
    ),
    "stages": (
        "How many instances went on, left or are still open at each stage of the map.",
        "در هر مرحلهٔ نقشه چند سفر ادامه یافته، خارج شده یا در جریان است.",
    ),
    "deviations": (
        "How paths differ from the map at its touchpoints: missing, out of sequence, ad hoc, failing, late.",
        "تفاوت مسیرها با نقشه در نقاط تماس: جاافتاده، خارج از ترتیب، خارج از نقشه، ناموفق، دیرکرد.",
    ),
    "compare": (
        "The same figures for two segments and their difference, with intervals; "
        "p is corrected for the number of comparisons.",
        "همان عددها برای دو سگمنت و تفاوتشان، با بازه؛ p برای تعداد مقایسه‌ها تصحیح شده است.",
    ),
}


def column(name: str, language: Language) -> str:
    """The head of a column; of one that has no words here, its own name with spaces."""
    place = 0 if language == "en" else 1
    if name in COLUMNS:
        return COLUMNS[name][place]
    for suffix, words in SUFFIXES.items():
        if name.endswith(suffix) and len(name) > len(suffix):
            return column(name.removesuffix(suffix), language) + words[place]
    return name.replace("_", " ")


def definition(question: str, language: Language) -> str:
    """One sentence; empty for a question that has none here."""
    return DEFINITIONS.get(question, ("", ""))[0 if language == "en" else 1]
