"""Predictions against their naive twin, honest ends, the test of predictions, real files, and what is refused."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.calibration import calibration_curve
from sklearn.metrics import log_loss

from hamsafar import journeys
from hamsafar.journeys import PathIndex
from hamsafar.journeys.errors import BadNumber, BadWindow, UnknownEvent, UnknownPerson
from hamsafar.journeys.next_step import BadConfidence, NothingToPredict, NothingToTest, next_step_persons
from hamsafar.journeys.next_step.model import Lessons, Smoothing, cases_after, cases_before, learn
from hamsafar.journeys.next_step.sample import sample_of
from hamsafar.journeys.tests import naive_next_step as naive
from hamsafar.journeys.tests.naive import END, START, Event, paths
from hamsafar.journeys.tests.scattered import Scattered

DAY = 86_400_000_000
NAMES = ("a", "b", "c", "خرید")

small_events = st.lists(
    st.builds(
        Event,
        person=st.sampled_from(["p1", "p2", "p3", "آرش"]),
        name=st.sampled_from(NAMES),
        at_us=st.integers(0, 9).map(lambda day: day * DAY),
    ),
    min_size=2,
    max_size=24,
)


def index_of(events: list[Event]) -> PathIndex:
    return PathIndex.from_arrays(
        [event.person for event in events],
        [event.name for event in events],
        [event.at_us for event in events],
    )


@given(small_events, st.sampled_from([(0.0, 1.0), (0.5, 0.0), (0.9, 2.0)]), st.integers(0, 5))
@settings(max_examples=40)
def test_probabilities_are_as_the_twin_says(
    events: list[Event], smoothing: tuple[float, float], order: int
) -> None:
    index = index_of(events)
    until = index.span_us[1] + 1
    known = naive.cases(events, until, 2 * DAY)
    sample = sample_of(index)
    if not known:
        assert not len(cases_before(sample, len(index.names), until, 2 * DAY).place)
        return
    model = learn(Lessons.of(sample, until, 2 * DAY, len(index.names)))
    own = Smoothing(order, *smoothing)
    labels = [*index.names, END]
    base = dict(zip(labels, model.base(own).tolist(), strict=True))
    everywhere = np.arange(len(sample.code))
    symbols, shares, _ = model.predict(
        model.contexts(sample, everywhere), np.full(len(everywhere), -1), len(labels), own
    )
    assert shares.sum(axis=1) == pytest.approx(1)
    by_hash = {number: person for person, number in zip(index.persons, _hashes(index), strict=True)}
    for path in range(len(sample.offset) - 1):
        names = [event.name for event in paths(events)[by_hash[int(sample.person[path])]]]
        for place in range(len(names)):
            row = sample.offset[path] + place
            history = (START, *names[: place + 1])
            # The start is a step a context may reach, but none beyond it; the context is events, so all of them.
            wanted = {
                label: naive.probability(known, history, label, order, *smoothing, base) for label in labels
            }
            found = {labels[one]: share for one, share in zip(symbols[row], shares[row], strict=True)}
            assert found == pytest.approx(wanted, abs=1e-9)
            assert list(shares[row]) == sorted(shares[row], reverse=True)


def _hashes(index: PathIndex) -> list[int]:
    from hamsafar.journeys.jackknife import person_hashes
    from hamsafar.journeys.parts import Part

    return [int(one) for one in person_hashes(Part(index, 0, index.n_paths))]


@given(small_events, st.integers(1, 9), st.integers(1, 4))
@settings(max_examples=40)
def test_only_what_is_known_by_then_is_learned_or_tested(events: list[Event], split: int, wait: int) -> None:
    index, end = index_of(events), len(index_of(events).names)
    sample, until = sample_of(index), index.span_us[1] + 1
    labels = [*index.names, END]
    known = cases_before(sample, end, split * DAY, wait * DAY)
    wanted = naive.cases(events, split * DAY, wait * DAY)
    assert sorted(labels[one] for one in known.symbol.tolist()) == sorted(case[2] for case in wanted)
    later = cases_after(sample, end, split * DAY, until, wait * DAY)
    new = 0
    for path in paths(events).values():
        new += sum(other.at_us >= split * DAY for other in path[1:])
        silent = path[-1].at_us + wait * DAY
        new += split * DAY <= silent < until
    assert len(later.place) == new
    # Nothing is in both: what is tested was not known.
    goes_on = known.symbol != end
    assert not set(known.place[goes_on].tolist()) & set(later.place[later.symbol != end].tolist())


def test_a_path_that_may_go_on_teaches_nothing_about_its_end() -> None:
    """Ten paths a b stopped long ago, ten stop today: of those it is not known that they ended."""
    old = [Event(f"old{n}", name, at * DAY) for n in range(10) for at, name in enumerate("ab")]
    new = [Event(f"new{n}", name, (98 + at) * DAY) for n in range(10) for at, name in enumerate("ab")]
    going = [Event(f"old{n}", "c", 3 * DAY) for n in range(5)]
    answer = index_of([*old, *going, *new]).next_step("new3", open_after_seconds=7 * 86_400)
    assert answer.still_open
    rows = {row["event"]: row for row in answer.to_dict()["rows"]}
    assert (rows["c"]["count"], rows[END]["count"], rows["c"]["of"]) == (5, 5, 10)
    gone = index_of([*old, *going, *new]).next_step("old9", open_after_seconds=7 * 86_400)
    assert not gone.still_open
    assert next_step_persons(index_of(old + going), ["a", "b"], "c").tolist() == [0, 1, 2, 3, 4]
    assert next_step_persons(index_of(old + going), ["a", "b"], END).tolist() == [5, 6, 7, 8, 9]


def looping(persons: int) -> PathIndex:
    """What comes after b depends on what came before it: a b c d, and x b y d; an hour between events."""
    paths_ = [("abcd" if n % 2 else "xbyd") * 3 for n in range(persons)]
    return index_of(
        [
            Event(f"p{n:04}", name, (n * 5 + at) * 3_600_000_000)
            for n, path in enumerate(paths_)
            for at, name in enumerate(path)
        ]
    )


def test_longer_contexts_are_used_where_they_tell_something() -> None:
    index = looping(1000)
    answer = index.next_step_evaluation()
    scores = {one.model: one for one in answer.scores}
    assert answer.order >= 2
    assert scores["variable_order"].accuracy.value > scores["first_order"].accuracy.value + 0.1
    assert scores["first_order"].accuracy.value > scores["most_frequent"].accuracy.value
    assert answer.log_loss_gain[1] > 0
    assert answer.accuracy_gain[1] > 0
    cut = index.select(to_us=(999 * 5 + 2) * 3_600_000_000)
    prediction = cut.next_step("p0999")
    assert prediction.last_events == ("a", "b")
    first = prediction.to_dict()["rows"][0]
    assert (first["event"], first["median_seconds"]) == ("c", 3600)
    assert first["probability"] > 0.9
    assert first["count"] == first["of"]
    assert not prediction.abstains


def test_it_abstains_below_a_confidence_and_reports_the_coverage() -> None:
    chance = random.Random(7)
    events = [Event(f"p{n}", chance.choice("abcdefgh"), at * DAY) for n in range(60) for at in range(12)]
    index = index_of(events)
    assert index.next_step("p7", min_confidence=0.9).abstains
    assert not index.next_step("p7", min_confidence=0).abstains
    answer = index.next_step_evaluation(min_confidence=0.9)
    assert answer.scores[0].coverage.value == 0
    assert answer.scores[0].accuracy_when_sure.value is None


def test_log_loss_and_calibration_are_those_of_scikit_learn(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(3)
    index = index_of(
        [
            Event(f"p{n:03}", name, (n + at * 2) * DAY)
            for n in range(90)
            for at, name in enumerate(chance.choices("abc", [4, 2, 1], k=chance.randrange(3, 14)))
        ]
    )
    answer = index.next_step_evaluation(open_after_seconds=20 * 86_400)
    sample, n_names = sample_of(index), len(index.names)
    split_us = int(np.datetime64(answer.split_at.rstrip("Z"), "us").astype(np.int64))
    until_us, wait = index.span_us[1] + 1, 20 * DAY
    model = learn(Lessons.of(sample.before(split_us), split_us, wait, n_names))
    tests = cases_after(sample, n_names, split_us, until_us, wait)
    symbols, shares, _ = model.predict(model.contexts(sample, tests.place), tests.symbol, n_names + 1)
    table = np.zeros((len(tests.place), n_names + 1))
    np.put_along_axis(table, symbols, shares, axis=1)
    assert table.sum(axis=1) == pytest.approx(1)
    assert answer.test_cases == len(tests.place)
    wanted = log_loss(tests.symbol, table, labels=range(n_names + 1))
    assert answer.scores[0].log_loss[0] == pytest.approx(wanted)
    right = table.argmax(axis=1) == tests.symbol
    assert answer.scores[0].accuracy.value == pytest.approx(right.mean())
    true, confident = calibration_curve(right, table.max(axis=1), n_bins=10)
    assert [row["right"]["value"] for row in answer.reliability] == pytest.approx(true.tolist())
    assert [row["confidence"] for row in answer.reliability] == pytest.approx(confident.tolist())


@given(st.randoms(use_true_random=False))
@settings(max_examples=5)
def test_any_partition_by_person_gives_the_same(chance: random.Random) -> None:
    whole = looping(60)
    scattered = Scattered.of(whole, [chance.randrange(4) for _ in range(whole.n_persons)])
    assert scattered.next_step("p0007").to_dict() == whole.next_step("p0007").to_dict()
    assert scattered.next_step_evaluation().to_dict() == whole.next_step_evaluation().to_dict()


def test_of_very_many_events_some_persons_are_learned_from(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = sample_of(looping(400))
    some = sample_of(looping(400), most_events=2_000)
    assert 1_000 < len(some.code) < 3_000
    assert set(some.person.tolist()) < set(whole.person.tolist())
    assert all(length == 12 for length in np.diff(some.offset))


def test_a_prediction_is_shown_in_both_languages() -> None:
    for answer in (looping(40).next_step("p0001"), looping(40).next_step_evaluation()):
        for language in ("en", "fa"):
            assert "<svg" in answer.to_html(language)
            assert "nan" not in answer.to_html(language).lower() + answer.text(language)


def test_what_cannot_be_asked_is_refused() -> None:
    index = looping(20)
    with pytest.raises(UnknownPerson):
        index.next_step("nobody")
    for top in (0, 101):
        with pytest.raises(BadNumber):
            index.next_step("p0001", top=top)
    for confidence in (-0.1, 1.1, float("nan")):
        with pytest.raises(BadConfidence):
            index.next_step_evaluation(min_confidence=confidence)
    for window in (0, -1, float("nan"), float("inf")):
        with pytest.raises(BadWindow):
            index.next_step("p0001", open_after_seconds=window)
    with pytest.raises(UnknownEvent):
        next_step_persons(index, ["a", "q"], "b")
    with pytest.raises(NothingToPredict):
        index.next_step_evaluation(split_us=0)
    with pytest.raises(NothingToTest):
        index.next_step_evaluation(split_us=10**16)
    with pytest.raises(NothingToPredict):
        index_of([Event("p", "a", 0)]).next_step("p")
    with pytest.raises(NothingToPredict):
        index.select(to_us=-1).next_step_evaluation()


def test_on_real_files_it_is_no_worse_than_the_first_order(shared_data: Path) -> None:
    shop = journeys.read(shared_data / "ecom_clickstream" / "ecom.csv.gz", "user_id", "event", "timestamp")
    stores = journeys.read(
        shared_data / "complete_journey" / "transactions_sample.parquet",
        "household_id",
        "store_id",
        "transaction_timestamp",
    )
    for index in (shop, stores):
        answer = index.next_step_evaluation()
        assert answer.log_loss_gain[0] >= 0
        assert answer.scores[0].accuracy.value >= answer.scores[2].accuracy.value
        assert answer.scores[0].calibration_error < 0.05
