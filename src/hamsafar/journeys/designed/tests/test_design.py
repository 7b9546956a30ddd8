"""Stages and deviations against their twins, on random maps and paths, whole and scattered."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamsafar.journeys.designed.ad_hoc import Frequent
from hamsafar.journeys.designed.deviations import deviations, deviations_of_person
from hamsafar.journeys.designed.map_model import MapModel
from hamsafar.journeys.designed.measure import Selection, measure
from hamsafar.journeys.designed.stages import stages
from hamsafar.journeys.designed.tests import naive_design
from hamsafar.journeys.designed.tests.drawn import documents, events, index_of, lively
from hamsafar.journeys.designed.tests.naive import Event, Naive
from hamsafar.journeys.designed.walk import Walk
from hamsafar.journeys.designed.who import BUCKETS, who_walked
from hamsafar.journeys.tests.scattered import Scattered

FREQUENT = Frequent(0.1, 2)


def check(plain: dict[str, Any], drawn: list[Event], places: list[int]) -> None:
    model, index = MapModel.from_dict(plain), index_of(drawn)
    naive = Naive(model, drawn, ad_hoc_share=FREQUENT.share, ad_hoc_min=FREQUENT.passages)
    progress = stages(index, model).to_dict()
    assert {
        name: progress[name] for name in ("whole", "rows", "moves", "regressions")
    } == naive_design.stages(naive)
    found = deviations(index, model, FREQUENT, persons=100).to_dict()
    expected = naive_design.deviations(naive)
    assert {name: found[name] for name in expected} == expected
    assert shortened(found["each"], naive_design.each(naive)) == naive_design.each(naive)
    scattered = Scattered.of(index, [places[number % len(places)] for number in range(index.n_persons)])
    assert stages(scattered, model).to_dict() == progress
    assert deviations(scattered, model, FREQUENT, persons=100).to_dict() == found
    assert deviations(scattered, model, FREQUENT, persons=1).to_dict()["each"] == found["each"][:1]
    ids = [stage.id for stage in model.stages]
    selectors = [
        *({"kind": "deviation", "bucket": bucket} for bucket in BUCKETS["deviation"]),
        *({"kind": "move", "from": a, "to": b} for a in ["(start)", *ids] for b in [*ids, "(end)"]),
    ]
    walk = Walk(index, model)
    for selector in selectors:
        spans = who_walked(walk, selector, Selection(frequent=FREQUENT)).page(None, 100)
        behind = [(person, begin) for person, times in spans for begin, _ in times]
        naively = [(i.person, i.steps[0].event.at_us) for i in naive_design.who(naive, selector)]
        assert sorted(behind) == sorted(naively), selector
    for one in found["each"]:
        mine = deviations_of_person(Walk(index, model), FREQUENT, one["person"])
        assert mine.to_dict() == one


def shortened(found: list[dict[str, Any]], expected: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is found, with the keys the twin knows."""
    return [
        {
            **one,
            "deviations": [
                {name: deviation[name] for name in like}
                for deviation, like in zip(one["deviations"], other["deviations"], strict=True)
            ],
        }
        for one, other in zip(found, expected, strict=True)
    ]


@given(documents(), events(), st.lists(st.integers(0, 2), min_size=3, max_size=3))
@settings(max_examples=60, deadline=None)
def test_stages_and_deviations_are_what_their_twins_say(
    plain: dict[str, Any], drawn: list[Event], places: list[int]
) -> None:
    check(plain, drawn, places)


@pytest.mark.parametrize("seed", range(30))
def test_the_same_for_lively_paths(seed: int) -> None:
    check(*lively(seed), [seed % 2, 1, 0])


@given(documents(), events())
@settings(max_examples=40, deadline=None)
def test_the_rows_are_those_of_the_measured_map(plain: dict[str, Any], drawn: list[Event]) -> None:
    model, index = MapModel.from_dict(plain), index_of(drawn)
    measured, found = measure(index, model), deviations(index, model)
    for touchpoint in measured.touchpoints:
        mine = {row.kind: row for row in found.rows if row.card == touchpoint.card and row.event is None}
        told = touchpoint.deviations
        assert ("missing" in mine) == (told.missing is not None)
        if told.missing:
            assert (mine["missing"].count, mine["missing"].of) == (told.missing.instances, told.missing.of)
        if told.out_of_sequence.events:
            assert mine["out_of_sequence"].count == told.out_of_sequence.events
        assert ("late" in mine) == (told.late is not None)
        if told.late:
            assert (mine["late"].share, mine["late"].seconds) == (told.late.share, told.late.seconds)
        assert ("failing" in mine) == (told.failing is not None)
        if told.failing:
            assert (mine["failing"].count, mine["failing"].of) == (told.failing.events, told.failing.of)
    by_kind = {kind.kind: kind.deviations for kind in found.kinds}
    for kind, total in by_kind.items():
        assert sum(row.count for row in found.rows if row.kind == kind) == total, kind
