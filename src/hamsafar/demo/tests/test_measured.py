"""The sample's maps, measured: both languages agree, and the guide tells the numbers a user will see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from hamsafar import journeys
from hamsafar.demo import calendar
from hamsafar.demo.log import Simulation
from hamsafar.demo.material import MAPS, map_document
from hamsafar.demo.words import Language
from hamsafar.events.store import EventStores
from hamsafar.journeys import Condition, PathIndex
from hamsafar.journeys.designed.map_model import MapModel
from hamsafar.journeys.designed.measure import Selection, measure
from hamsafar.journeys.scope import Scope
from hamsafar.lib.persian import localise_digits

ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture(scope="module")
def indexes(
    year: Simulation, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[Language, PathIndex]]:
    folder = tmp_path_factory.mktemp("sample")
    with EventStores.open(folder) as stores:
        made: dict[Language, PathIndex] = {}
        for language in ("fa", "en"):
            events = stores.workspace(language)
            events.append(year.table(language), import_id="sample")
            index = journeys.from_store(events, folder / language)
            for name in ("campaign", "topic", "score", "days_on_the_way", "province", "loyalty"):
                assert len(index.properties[name].values) > 1  # read while the store is open
            made[language] = index
        yield made


def _bones(value: Any) -> Any:
    """A measured map without the words of its language."""
    if isinstance(value, dict):
        return {key: _bones(one) for key, one in value.items() if key not in ("title", "name")}
    return [_bones(one) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize("name", MAPS)
def test_both_languages_measure_the_same(indexes: dict[Language, PathIndex], name: str) -> None:
    measured = [
        measure(indexes[language], MapModel.from_dict(map_document(name, language))).to_dict()
        for language in ("fa", "en")
    ]
    assert _bones(measured[0]) == _bones(measured[1])
    assert measured[0]["unbound_touchpoints"] == []
    assert measured[0]["unknown_events"] == []


class _Sample:
    """The English sample's measured maps, found by what a person reads on them."""

    def __init__(self, index: PathIndex, name: str, **selected: Any) -> None:
        document = map_document(name, "en")
        self._text = {card["id"]: card["text"] for card in document["cards"]}
        self.measured = measure(index, MapModel.from_dict(document), Selection(Scope(**selected))).to_dict()

    def stage(self, stage: str) -> dict[str, Any]:
        return next(one for one in self.measured["stages"] if one["stage"] == stage)

    def touchpoint(self, text: str) -> dict[str, Any]:
        return next(one for one in self.measured["touchpoints"] if self._text[one["card"]] == text)

    def ad_hoc(self, event: str, before: str, after: str) -> dict[str, Any]:
        return next(
            one
            for one in self.measured["ad_hoc"]
            if one["event"] == event
            and (self._text[one["from_card"]], self._text[one["to_card"]]) == (before, after)
        )


def _days(first: date, last: date) -> dict[str, int]:
    day = timedelta(days=1)
    return {
        "from_us": calendar.midnight(first) * 1_000_000,
        "to_us": calendar.midnight(last + day) * 1_000_000,
    }


def _told(index: PathIndex) -> dict[str, float]:
    """Every number the guide tells, by its mark."""
    year = _Sample(index, "purchase")
    before = _Sample(index, "purchase", **_days(date(2026, 1, 18), date(2026, 1, 31)))
    outage = _Sample(index, "purchase", **_days(date(2026, 2, 1), date(2026, 2, 14)))
    south = Condition("province", "in", ["Khuzestan", "Hormozgan", "Bushehr"])
    southern = _Sample(index, "purchase", conditions=(south,))
    campaign = _Sample(index, "purchase", conditions=(Condition("campaign", "=", "Autumn window"),))
    gold = _Sample(index, "purchase", conditions=(Condition("loyalty", "=", "gold"),))
    service = _Sample(index, "service")

    def went_on(sample: _Sample, stage: str) -> float:
        return float(sample.stage(stage)["share_went_on"]["value"])

    def early_survey(sample: _Sample) -> int:
        return int(sample.touchpoint("Parcel received")["deviations"]["out_of_sequence"]["persons"])

    def late(sample: _Sample) -> Any:
        return sample.touchpoint("Parcel received")["deviations"]["late"]

    received = year.touchpoint("Parcel received")["deviations"]["out_of_sequence"]
    call = ("call_answered", "Product page", "Payment")
    assert year.ad_hoc(*call)["share"]["value"] == 1
    return {
        "events": index.n_events,
        "buy_before": went_on(before, "buy"),
        "buy_outage": went_on(outage, "buy"),
        "failed_before": before.touchpoint("Payment")["deviations"]["failing"]["share"]["value"],
        "failed_outage": outage.touchpoint("Payment")["deviations"]["failing"]["share"]["value"],
        "late_all": late(year)["share"]["value"],
        "late_south": late(southern)["share"]["value"],
        "late_target": late(year)["target_seconds"] // 86_400,
        "early_survey_marks": received["instances"],
        "early_survey_all": early_survey(year),
        "early_survey_south": early_survey(southern),
        "enjoy_south": went_on(southern, "enjoy"),
        "enjoy_all": went_on(year, "enjoy"),
        "campaign_persons": campaign.touchpoint("“Autumn window” ad")["persons"],
        "campaign_visits": campaign.touchpoint("Website")["persons"],
        "campaign_paid": campaign.touchpoint("Payment")["persons"],
        "call_passages": year.ad_hoc(*call)["instances"],
        "call_gold": gold.ad_hoc(*call)["instances"],
        "notice_on": went_on(service, "notice"),
        "answer_days": service.stage("complain")["median_seconds_to_next"] / 86_400,
    }


def _shown(value: float, language: Language) -> str:
    form = ",d" if isinstance(value, int) else ".1%" if value < 1 else ".1f"
    text = format(value, form)
    if language == "en":
        return text
    return localise_digits(text, "fa").replace(",", "٬").replace(".", "٫").replace("%", "٪")


def test_the_guide_tells_the_numbers_that_are_on_the_map(indexes: dict[Language, PathIndex]) -> None:
    told = _told(indexes["en"])
    for language in ("en", "fa"):
        page = (ROOT / "docs" / "guide" / f"sample.{language}.md").read_text(encoding="utf-8")
        written = dict(re.findall(r"<!-- n:(\w+) -->([^<]+)<!-- -->", page))
        assert written == {mark: _shown(value, language) for mark, value in told.items()}
