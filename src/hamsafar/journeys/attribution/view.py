"""What attribution answers, and how it is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

import pyarrow as pa
import pyarrow.compute as pc

from hamsafar.journeys import drawing
from hamsafar.journeys.estimate import Estimate, Key
from hamsafar.journeys.small_groups import not_alone, small
from hamsafar.journeys.view import Language, Result, duration, number, percent, rests_on, rows_of

MODELS = ("first", "last", "linear", "position", "time_decay", "shapley", "markov")
NO_TOUCH, OTHER = "(none)", "(other)"

MODEL_NAMES = {
    "en": {
        "first": "first touch",
        "last": "last touch",
        "linear": "linear",
        "position": "position",
        "time_decay": "time decay",
        "shapley": "Shapley",
        "markov": "Markov",
    },
    "fa": {
        "first": "نخستین تماس",
        "last": "آخرین تماس",
        "linear": "خطی",
        "position": "موقعیتی",
        "time_decay": "زوال زمانی",
        "shapley": "شپلی",
        "markov": "مارکوف",
    },
}
_LABELS_FA = {NO_TOUCH: "(بدون تماس)", OTHER: "(سایر)"}


@dataclass(frozen=True)
class Attribution(Result):
    """The conversions, and a value of theirs, shared out among channels by each model.

    A *touch* is an event before a conversion that has a channel. A *journey* is what lies between two conversions of
    a path (and before the first): a conversion is credited to the touches of its own journey, as far as they lie in
    the lookback. The touches after the last conversion are a journey without conversion. Each model shares out all
    conversions; those without a touch are ``(none)``'s in every model.

    - first, last: the first or the last touch gets all; linear: every touch the same;
    - position: the first and the last touch get their shares (0.4 and 0.4), those between the rest in equal
      parts; of two, the shares of first and last in their proportion; a single one gets all;
    - time_decay: a touch that is a half-life further back gets half as much;
    - shapley: the Shapley value of the game in which a set of channels is worth the conversions whose touches are all
      of that set. It is every conversion in equal parts to the different channels that touched it: exact for any
      number of channels. Source: L. S. Shapley, "A value for n-person games" (1953); K. Zhao, S. H. Mahboobi,
      S. R. Bagheri, "Shapley value methods for attribution modeling in online advertising", arXiv:1804.05327 (2018);
    - markov: conversions with a touch in proportion to the removal effects of the channels (see
      ``attribution_markov``), which look at journeys without conversion too. Values are shared out likewise.

    ``rows``: ``channel``, ``model``, ``conversions``, their ``share`` with its 95% interval ``low``, ``high`` (see
    ``jackknife``; None with fewer than 30 persons who convert), ``value`` (None when none was asked for).
    ``channels``: ``touches`` that were credited, ``conversions_with`` at least one of them, ``persons`` of these, and
    the ``removal_effect``. No conversions: no rows, and a ``reason``.
    """

    unit: str
    events: int
    paths: int
    persons: int
    conversion: str
    over: str | None
    touches: tuple[str, ...]
    counted: str
    lookback_seconds: float | None
    models: tuple[str, ...]
    order: int
    half_life_seconds: float
    position: tuple[float, float]
    value_property: str | None
    conversions: int
    converting_persons: int
    conversions_without_touch: int
    conversions_without_value: int | None
    journeys_without_conversion: int
    value: float | None
    other_channels: int
    channels: pa.Table
    rows: pa.Table

    titles: ClassVar = {"en": "Attribution", "fa": "انتساب تبدیل"}

    @property
    def headings(self) -> dict[str, tuple[str, ...]]:  # type: ignore[override]  # a column for each model asked for
        first = {"en": "channel", "fa": "کانال"} if self.over else {"en": "touchpoint", "fa": "نقطهٔ تماس"}
        return {
            language: (first[language], *(names[model] for model in self.models))
            for language, names in MODEL_NAMES.items()
        }

    @property
    def reason(self) -> dict[str, str] | None:
        if self.conversions:
            return None
        return {
            "en": f"Among these events there is no conversion “{self.conversion}”.",
            "fa": f"در میان این رویدادها هیچ تبدیل «{self.conversion}» نیست.",
        }

    def table(self) -> pa.Table:
        """One row per channel and model; strings, then ``conversions`` to ``value`` float64."""
        return self.rows

    def to_dict(self) -> dict[str, Any]:
        rows = rows_of(self.rows)
        return {
            "question": "attribution",
            "unit": self.unit,
            "events": self.events,
            "paths": self.paths,
            "persons": self.persons,
            "conversion": self.conversion,
            "over": self.over,
            "touches": list(self.touches),
            "counted": self.counted,
            "lookback_seconds": self.lookback_seconds,
            "models": list(self.models),
            "order": self.order,
            "half_life_seconds": self.half_life_seconds,
            "position": list(self.position),
            "value_property": self.value_property,
            "conversions": self.conversions,
            "converting_persons": self.converting_persons,
            "conversions_without_touch": self.conversions_without_touch,
            "conversions_without_value": self.conversions_without_value,
            "journeys_without_conversion": self.journeys_without_conversion,
            "value": self.value,
            "other_channels": self.other_channels,
            "reason": self.reason,
            "channels": rows_of(self.channels),
            "rows": rows,
        }

    def estimates(self) -> list[Estimate]:
        """The share of every channel by every model; it is no count of conversions, so there is no test of it."""
        return [
            Estimate(
                (row["channel"], row["model"]),
                "share",
                row["share"],
                row["low"],
                row["high"],
                self.conversions,
            )
            for row in rows_of(self.rows)
        ]

    def row_name(self, key: Key, language: Language) -> str:
        return f"{_label(key[0], language)} · {MODEL_NAMES[language][key[1]]}"

    def masked(self, least: int) -> tuple[Attribution, int]:
        """A channel that few persons are behind goes with its credits, and where it is one only, another with it."""
        flags = not_alone(small(self.channels["persons"], least), self.channels["persons"])
        channels = self.channels.filter(pa.array(~flags))
        kept = pc.is_in(self.rows["channel"], channels["channel"])
        return replace(self, channels=channels, rows=self.rows.filter(kept)), int(flags.sum())

    def cells(self, language: Language, limit: int) -> list[list[str]]:
        credit = {(row["channel"], row["model"]): row["conversions"] for row in rows_of(self.rows)}
        if not credit:
            return []
        return [
            [
                _label(channel, language),
                *(_amount(credit[channel, model], language) for model in self.models),
            ]
            for channel in self.channels["channel"].to_pylist()[:limit]
        ]

    def _notes(self, language: Language, limit: int) -> list[str]:
        return self.notes(language)  # a row of the view is a channel, not one of the table

    def notes(self, language: Language) -> list[str]:
        reason = self.reason
        if reason:
            return [reason[language], rests_on(self.events, self.persons, language)]
        conversions, persons, without, untouched = (
            number(value, language)
            for value in (
                self.conversions,
                self.converting_persons,
                self.journeys_without_conversion,
                self.conversions_without_touch,
            )
        )
        if language == "fa":
            window = (
                "بدون محدودیت زمان"
                if self.lookback_seconds is None
                else f"تا {duration(self.lookback_seconds, 'fa')} پیش از تبدیل"
            )
            return [
                f"{conversions} تبدیل «{self.conversion}» از {persons} شخص؛ تماس‌ها {window}. "
                f"{untouched} تبدیل بدون تماس؛ {without} سفر بدون تبدیل.",
                rests_on(self.events, self.persons, "fa"),
            ]
        window = (
            "without a time limit"
            if self.lookback_seconds is None
            else f"up to {duration(self.lookback_seconds, 'en')} before"
        )
        return [
            f"Conversions “{self.conversion}”: {conversions} of {persons} persons; touches {window}. "
            f"Without a touch: {untouched}; journeys without conversion: {without}.",
            rests_on(self.events, self.persons, "en"),
        ]

    def drawing(self, language: Language) -> str:
        """The shares of the last model asked for; Markov's when it is among them."""
        if not self.models:
            return ""
        model = self.models[-1]
        bars = [
            drawing.Bar(
                _label(row["channel"], language),
                row["share"],
                percent(row["share"], language),
                row["low"],
                row["high"],
            )
            for row in rows_of(self.rows)
            if row["model"] == model
        ]
        title = f"{self.titles[language]}: {MODEL_NAMES[language][model]}"
        return drawing.bars(sorted(bars, key=lambda bar: -bar.value), title, language)


def _label(channel: str, language: Language) -> str:
    return _LABELS_FA.get(channel, channel) if language == "fa" else channel


def _amount(value: float, language: Language) -> str:
    """Conversions with two decimals where there are few, as halves and thirds are common."""
    if value >= 100:
        return number(value, language)
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    if language == "fa":
        from hamsafar.lib.persian import localise_digits

        return localise_digits(text.replace(".", "٫"), "fa")
    return text
