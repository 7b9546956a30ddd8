"""The compiled measurement against its naive twin: everything, on random maps and paths."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamsafar.journeys.designed import ad_hoc as ad_hoc_module
from hamsafar.journeys.designed import walk as walk_module
from hamsafar.journeys.designed.ad_hoc import Frequent
from hamsafar.journeys.designed.map_model import MapModel
from hamsafar.journeys.designed.measure import Selection, measure, measure_walk
from hamsafar.journeys.designed.tests.drawn import documents, events, index_of, lively, times
from hamsafar.journeys.designed.tests.naive import Event, Naive
from hamsafar.journeys.designed.walk import Walk
from hamsafar.journeys.designed.who import BUCKETS, who_walked
from hamsafar.journeys.scope import Scope
from hamsafar.journeys.tests.scattered import Scattered
from hamsafar.lib.conditions import Condition

restrictions = st.sampled_from(
    [
        (),
        (),
        (Condition("city", "=", "تهران"),),
        (Condition("amount", ">", 1), Condition("city", "exists")),
        (Condition("city", "=", "nowhere"),),
    ]
)


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    return Selection(
        scope=Scope(draw(st.none() | times), draw(st.none() | times), draw(restrictions)),
        open_after=draw(st.sampled_from([{}, {}, {"s0": 3_600.0}])),
        frequent=draw(st.sampled_from([Frequent(0.05, 10), Frequent(0.5, 1), Frequent(0.0, 2)])),
    )


def twin(model: MapModel, drawn: list[Event], selection: Selection) -> Naive:
    return Naive(
        model,
        drawn,
        from_us=selection.scope.from_us,
        to_us=selection.scope.to_us,
        conditions=selection.scope.conditions,
        open_after=dict(selection.open_after),
        ad_hoc_share=selection.frequent.share,
        ad_hoc_min=selection.frequent.passages,
    )


def known(drawn: list[Event], selection: Selection) -> Selection:
    """Without conditions on properties that no event has: those are an error of the engine's."""
    names = {name for event in drawn for name in event.properties}
    kept = tuple(c for c in selection.scope.conditions if c.property in names)
    return replace(selection, scope=replace(selection.scope, conditions=kept))


@given(documents(), events(), selections())
@settings(max_examples=150, deadline=None)
def test_the_measured_map_is_what_its_twin_says(
    plain: dict[str, Any], drawn: list[Event], selection: Selection
) -> None:
    model, selection = MapModel.from_dict(plain), known(drawn, selection)
    expected = twin(model, drawn, selection).measure()
    assert measure(index_of(drawn), model, selection).to_dict() == expected


@pytest.mark.parametrize("seed", range(20))
def test_lively_paths_are_measured_as_the_twin_says(seed: int) -> None:
    for number in range(10):
        plain, drawn = lively(10 * seed + number)
        model, selection = MapModel.from_dict(plain), Selection(frequent=Frequent(0.1, 2))
        naive = twin(model, drawn, selection)
        walk = Walk(index_of(drawn), model)
        assert measure_walk(walk, selection).to_dict() == naive.measure(), number
        if number == 0:
            for selector in selectors(plain, model):
                expected = sorted((i.person, i.steps[0].event.at_us) for i in naive.who(selector))
                found = who_walked(walk, selector, selection)
                spans = [(person, begin) for person, times in found.page(None, 9) for begin, _ in times]
                assert spans == expected, selector


def test_work_in_many_small_pieces_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """One person a chunk, one passage at a time, as with a billion events or 60,000 event names."""
    plain, drawn = lively(3)
    model, selection = MapModel.from_dict(plain), Selection(frequent=Frequent(0.0, 1))
    whole = measure(index_of(drawn), model, selection)
    assert len(whole.ad_hoc) > 2
    monkeypatch.setattr(walk_module, "CHUNK_EVENTS", 1)
    monkeypatch.setattr(ad_hoc_module, "CELLS_AT_ONCE", 1)
    assert measure(index_of(drawn), model, selection) == whole


def selectors(plain: dict[str, Any], model: MapModel) -> list[dict[str, Any]]:
    cards = [placement.card for placement in model.placements]
    return [
        *({"kind": "map", "bucket": bucket} for bucket in BUCKETS["map"]),
        *(
            {"kind": "stage", "stage": stage.id, "bucket": bucket}
            for stage in model.stages
            for bucket in BUCKETS["stage"]
        ),
        *(
            {"kind": "touchpoint", "card": card, "bucket": bucket}
            for card in cards
            for bucket in BUCKETS["touchpoint"]
        ),
        *({"kind": "group", "group": group.id, "bucket": "missing"} for group in model.groups),
        *({"kind": "next", "card": card, "to": to} for card in cards for to in [*cards, "(end)"]),
        *(
            {"kind": "ad_hoc", "event": "noise", "from_card": source, "to_card": target}
            for source in cards
            for target in cards
        ),
    ]


@given(documents(), events(), selections(), st.data())
@settings(max_examples=150, deadline=None)
def test_who_is_whom_the_twin_finds(
    plain: dict[str, Any], drawn: list[Event], selection: Selection, data: st.DataObject
) -> None:
    model, selection = MapModel.from_dict(plain), known(drawn, selection)
    naive = twin(model, drawn, selection)
    walk = Walk(selection.scope.of(index_of(drawn)), model)
    some = st.lists(st.sampled_from(selectors(plain, model)), min_size=8, max_size=8)
    for selector in data.draw(some):
        found = who_walked(walk, selector, selection)
        expected: dict[str, list[tuple[int, int]]] = {}
        for instance in naive.who(selector):
            span = (instance.steps[0].event.at_us, instance.steps[-1].event.at_us)
            expected.setdefault(instance.person, []).append(span)
        assert found.page(None, 100) == sorted(expected.items()), selector
        assert found.n_persons == len(expected)


@given(documents(), events(), selections(), st.lists(st.integers(0, 3), min_size=4, max_size=4))
@settings(max_examples=60, deadline=None)
def test_persons_in_places_that_know_nothing_of_each_other_give_the_same(
    plain: dict[str, Any], drawn: list[Event], selection: Selection, places: list[int]
) -> None:
    model, selection, index = MapModel.from_dict(plain), known(drawn, selection), index_of(drawn)
    scattered = Scattered.of(index, places[: index.n_persons])
    assert measure(scattered, model, selection).to_dict() == measure(index, model, selection).to_dict()


def test_passes_over_the_same_paths_walk_once(monkeypatch: pytest.MonkeyPatch) -> None:
    plain, drawn = lively(3)
    walk, walked = Walk(index_of(drawn), MapModel.from_dict(plain)), []
    place = walk_module.walk_part
    monkeypatch.setattr(walk_module, "walk_part", lambda *given: walked.append(1) or place(*given))
    measure_walk(walk, Selection())
    measure_walk(walk, Selection())
    assert len(walked) == 1


@given(documents(), events(), selections())
@settings(max_examples=100, deadline=None)
def test_everyone_is_in_one_place(plain: dict[str, Any], drawn: list[Event], selection: Selection) -> None:
    selection = known(drawn, selection)
    measured = measure(index_of(drawn), MapModel.from_dict(plain), selection)
    whole = measured.whole
    assert whole.begun == whole.completed + whole.left + whole.still_open
    assert whole.begun - whole.completed == sum(
        stage.left + stage.still_open + stage.not_seen_after for stage in measured.stages
    )
    for stage in measured.stages:
        assert stage.entered == stage.went_on + stage.left + stage.still_open
        assert whole.begun >= stage.entered + stage.skipped
    for touchpoint in measured.touchpoints:
        assert touchpoint.visits == sum(row.count for row in touchpoint.next)
    assert sum(touchpoint.visits for touchpoint in measured.touchpoints) == measured.bound_events
    assert sum(touchpoint.last for touchpoint in measured.touchpoints) == whole.begun
    assert measured.events == measured.bound_events + measured.unbound_events


@given(documents(), events(), selections())
@settings(max_examples=60, deadline=None)
def test_without_the_second_walk_times_are_within_the_stated_error(
    plain: dict[str, Any], drawn: list[Event], selection: Selection
) -> None:
    model, selection = MapModel.from_dict(plain), known(drawn, selection)
    index = index_of(drawn)
    exact, rough = measure(index, model, selection), measure(index, model, selection, exact_up_to=-1)
    assert rough.medians.exact is False
    error = rough.medians.relative_error
    assert error <= 0.005
    pairs = [(exact.whole.median_seconds_to_complete, rough.whole.median_seconds_to_complete)]
    for one, other in zip(exact.stages, rough.stages, strict=True):
        pairs.append((one.median_seconds_to_next, other.median_seconds_to_next))
        pairs.append((one.open_after_seconds, other.open_after_seconds))
        assert one.went_on == other.went_on
    for one, other in zip(exact.touchpoints, rough.touchpoints, strict=True):
        pairs.append((one.median_seconds_since_previous, other.median_seconds_since_previous))
        assert one.next == other.next
    for true, stated in pairs:
        assert stated == (None if true is None else pytest.approx(true, rel=error, abs=1e-12))
