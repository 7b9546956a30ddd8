"""Comparison: every question with figures, what is missing on one side, overlap, and correction."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from hamsafar import journeys
from hamsafar.journeys import Condition, PathIndex
from hamsafar.journeys.askable import Askable
from hamsafar.journeys.errors import NotComparable, UnknownEvent, UnknownQuestion
from hamsafar.journeys.estimate import share
from hamsafar.journeys.statistics import difference
from hamsafar.journeys.tests.scattered import Scattered
from hamsafar.journeys.view import Result

HOUR = 3_600_000_000


def shop(n: int, buy: int, city: str) -> list[tuple[str, str, int, str]]:
    """``n`` persons of a city who visit; every ``buy``-th one of them buys."""
    return [
        (f"{city}{number:03}", name, number * HOUR + place, city)
        for number in range(n)
        for place, name in enumerate(["visit", "buy"] if number % buy == 0 else ["visit", "call"])
    ]


def two_cities() -> tuple[PathIndex, PathIndex, PathIndex]:
    rows = shop(80, 2, "Qom") + shop(60, 4, "Yazd")
    person, name, at_us, city = map(list, zip(*rows, strict=True))
    index = PathIndex.from_arrays(person, name, at_us, {"city": city})
    return (
        index,
        *(index.select(conditions=[Condition("city", "=", one)]) for one in ("Qom", "Yazd")),
    )  # type: ignore[return-value]


QUESTIONS: dict[str, dict[str, Any]] = {
    "overview": {},
    "transitions": {},
    "variants": {},
    "funnel": {"steps": ["visit", "buy"]},
    "retention": {"period": "day"},
    "survival": {"start": "visit", "end": "buy"},
    "correlates": {"goal": "buy"},
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_with_figures_can_be_compared(question: str) -> None:
    _, a, b = two_cities()
    found = journeys.compare(question, a, b, **QUESTIONS[question])
    answer = found.to_dict()
    assert (answer["of"], answer["overlap"]) == (question, 0)
    assert (answer["a"]["persons"], answer["b"]["persons"]) == (80, 60)
    for row in answer["rows"]:
        if row["difference"] is not None:
            assert row["difference"] == pytest.approx(row["a"] - row["b"])
        if row["difference_low"] is not None:
            assert row["difference_low"] <= row["difference"] <= row["difference_high"]
        assert row["p"] is None or row["p"] <= row["p_corrected"] <= 1
    assert len(answer["names"]["fa"]) == len(answer["rows"])
    for language in ("en", "fa"):
        assert "nan" not in found.to_html(language).lower()  # type: ignore[arg-type]
    turned = b.compare(a, question, **QUESTIONS[question]).to_dict()
    by_row = {tuple(row["row"]): row for row in turned["rows"]}
    for row in answer["rows"]:
        back = by_row[tuple(row["row"])]["difference"]
        assert back == (None if row["difference"] is None else pytest.approx(-row["difference"]))


def test_a_funnel_by_hand() -> None:
    """40 of 80 against 15 of 60: Newcombe's interval, and p of chi-square times the two rows tested."""
    _, a, b = two_cities()
    first, second, _ = journeys.compare("funnel", a, b, steps=["visit", "buy"]).to_dict()["rows"]
    assert (first["difference"], first["p_corrected"]) == (0, 1)
    assert (second["a"], second["b"], second["a_n"], second["b_n"]) == (0.5, 0.25, 80, 60)
    apart = difference(share((), 40, 80), share((), 15, 60))
    assert (second["difference"], second["difference_low"], second["difference_high"]) == apart
    assert second["p"] == pytest.approx(0.0027, abs=1e-4)
    assert second["p_corrected"] == pytest.approx(2 * second["p"])


def test_median_times_of_a_funnel_by_hand() -> None:
    """1 to 20 seconds against 11 to 30: of 20 values the 6th and the 15th are the ends of the median's interval."""

    def walked(first: int) -> PathIndex:
        seconds = [time for took in range(first, first + 20) for time in (0, took)]
        persons = [f"p{number // 2:02}" for number in range(40)]
        return PathIndex.from_arrays(persons, ["visit", "buy"] * 20, [time * 1_000_000 for time in seconds])

    found = journeys.compare("funnel", walked(1), walked(11), steps=["visit", "buy"])
    row = found.to_dict()["rows"][-1]
    assert (row["figure"], row["row"]) == ("seconds", ["2", "buy", "median"])
    assert (row["a"], row["a_low"], row["a_high"], row["a_n"]) == (10.5, 6, 15, 20)
    assert (row["b"], row["b_low"], row["b_high"], row["b_n"]) == (20.5, 16, 25, 20)
    apart = 2**0.5 * 4.5
    assert row["difference"] == -10
    assert row["difference_low"] == pytest.approx(-10 - apart)
    assert row["difference_high"] == pytest.approx(-10 + apart)
    assert found.to_dict()["names"]["fa"][-1] == "میانهٔ زمان تا «buy»"


def test_what_one_side_does_not_have_is_a_share_of_0() -> None:
    index, a, _ = two_cities()
    callers = index.select(conditions=[Condition("city", "=", "Yazd")]).select(to_us=HOUR // 2)
    rows = {tuple(row["row"]): row for row in journeys.compare("overview", a, callers).to_dict()["rows"]}
    assert (rows["call",]["b"], rows["call",]["b_n"]) == (0, 1)
    variants = journeys.compare("variants", a, callers, top=5).to_dict()["rows"]
    assert [row["b"] for row in variants if row["row"] == ["visit", "call"]] == [0]


def test_persons_in_both_are_counted_and_said() -> None:
    index, a, _ = two_cities()
    found = index.compare(a, "overview")
    assert found.overlap == 80
    assert "Persons in both segments: 80" in found.text("en")
    assert "۸۰ شخص در هر دو سگمنت" in found.text("fa")
    scattered = Scattered.of(index, [place % 3 for place in range(index.n_persons)])
    assert scattered.compare(a.by_session(), "overview").overlap == 80


def test_partitions_give_the_same() -> None:
    index, a, b = two_cities()
    del index
    for question, arguments in QUESTIONS.items():
        one = journeys.compare(question, a, b, **arguments).to_dict()
        other = journeys.compare(
            question,
            Scattered.of(a, [place % 2 for place in range(80)]),
            Scattered.of(b, [place % 3 for place in range(60)]),
            **arguments,
        ).to_dict()
        assert one == other


def test_a_function_of_paths_is_a_question_too() -> None:
    _, a, b = two_cities()

    def mine(paths: Askable) -> Result:
        return paths.funnel(["visit", "call"])

    assert journeys.compare(mine, a, b).to_dict()["of"] == "mine"


def test_survival_tests_the_whole_curves() -> None:
    _, a, b = two_cities()
    (test,) = journeys.compare("survival", a, b, start="visit", end="buy").to_dict()["tests"]
    index = two_cities()[0]
    assert test["p"] == pytest.approx(index.survival("visit", "buy", by="city").log_rank["p"])  # type: ignore[index]


def test_what_cannot_be_compared_is_told() -> None:
    index, a, b = two_cities()
    with pytest.raises(UnknownQuestion, match="Did you mean “funnel”"):
        journeys.compare("funel", a, b)
    with pytest.raises(UnknownQuestion):
        journeys.compare("reduce", a, b)
    with pytest.raises(UnknownEvent):
        journeys.compare("funnel", a, b, steps=["vizit"])
    with pytest.raises(NotComparable):
        journeys.compare(lambda paths: _Mute(), a, b)
    nobody = index.select(from_us=10**15)
    found = journeys.compare("funnel", a, nobody, steps=["visit", "buy"]).to_dict()
    assert [row["difference"] for row in found["rows"]] == [None, None, None]
    assert journeys.compare("overview", nobody, nobody).to_dict()["rows"] == []


class _Mute(Result):
    def table(self) -> Any: ...
    def to_dict(self) -> Any: ...
    def cells(self, language: Any, limit: Any) -> Any: ...
    def notes(self, language: Any) -> Any: ...


def test_real_halves_of_a_shop_do_not_differ(shared_data: Path) -> None:
    """Customers with even and odd ids behave alike: after correction no transition tells them apart."""
    index = journeys.read(shared_data / "ecom_clickstream" / "ecom.csv.gz", "user_id", "event", "timestamp")
    pieces = Scattered.of(
        index, [crc32(index.persons[n].encode()) % 2 for n in range(index.n_persons)]
    ).pieces
    found = journeys.compare("transitions", *pieces)
    p_values = [row["p_corrected"] for row in found.to_dict()["rows"]]
    assert found.overlap == 0
    assert min(p_values) > 0.001


def test_a_segment_is_watched_until_the_data_end() -> None:
    """The last event of a segment is not the end of what is known of it; the end of a range is."""
    day = 24 * HOUR
    index = PathIndex.from_arrays(
        ["a", "a", "b", "c", "c"], ["visit", "buy", "visit", "visit", "buy"], [0, day, 2 * day, 0, 100 * day]
    )
    segment = index.only_persons(["a", "b"])
    (group,) = segment.survival("visit", "buy").to_dict()["groups"]
    assert (group["reached"], group["median_seconds"]) == (1, 86_400)
    assert segment.survival("visit", "buy").to_dict()["rows"][-1]["seconds"] == 98 * 86_400
    assert (segment.data_end_us, segment.select(to_us=50 * day).data_end_us) == (100 * day, 50 * day)
    assert index.select(to_us=200 * day).by_session().data_end_us == 100 * day
    assert segment.retention("day", periods=3).to_dict()["rows"][-1]["complete"] is True
    assert Scattered.of(segment, [0, 1]).data_end_us == 100 * day
    assert Scattered.of(index, [0, 1, 2]).only_persons(["b"]).data_end_us == 100 * day
    assert index.select(from_us=300 * day).data_end_us == 100 * day
    assert PathIndex.from_arrays([], [], []).data_end_us == 0
