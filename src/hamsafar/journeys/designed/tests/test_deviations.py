"""Failing, late and fitness by hand: the definitions of the guide on a few events each."""

from __future__ import annotations

from typing import Any

import pytest

from hamsafar.journeys.designed.deviations import Deviations, Where, deviations
from hamsafar.journeys.designed.errors import MapUnreadable
from hamsafar.journeys.designed.map_model import MapModel
from hamsafar.journeys.designed.stages import stages
from hamsafar.journeys.designed.tests.drawn import document, index_of, path
from hamsafar.journeys.errors import BadNumber

PLACED = {"see": ["ad"], "buy": ["order"], "get": ["courier"]}


def a_map(needs: dict[str, str] | None = None, **fields: dict[str, Any]) -> dict[str, Any]:
    """Three stages of one touchpoint each; ``fields`` are added to the touchpoints of their names."""
    matchers = {name: [name] for names in PLACED.values() for name in names}
    plain = document("see buy get", PLACED, matchers, needs=needs, instances={"begin": "idle"})
    for touchpoint in plain["touchpoints"]:
        touchpoint.update(fields.get(touchpoint["id"], {}))
    return plain


def ask(plain: dict[str, Any], *paths: list[Any]) -> Deviations:
    return deviations(index_of([one for each in paths for one in each]), MapModel.from_dict(plain), persons=9)


def row(found: Deviations, kind: str) -> Where:
    return next(one for one in found.rows if one.kind == kind)


def test_a_failed_visit_is_a_visit_but_does_not_do_the_exit_action() -> None:
    plain = a_map(order={"failure": {"events": ["declined"]}})
    plain["stages"][1]["exit_touchpoint"] = "order"
    tried = path("a", ("ad", 0), ("declined", 1))
    progress = stages(index_of(tried), MapModel.from_dict(plain))
    buy = progress.stages[1].measured
    assert (buy.entered, buy.achieved, buy.went_on) == (1, 0, 0)
    failing = row(ask(plain, tried), "failing")
    assert (failing.count, failing.of, failing.share.value) == (1, 1, 1.0)


def test_an_event_that_both_matchers_fit_failed() -> None:
    condition = {"property": "ok", "op": "=", "value": "no"}
    plain = a_map(order={"failure": {"events": ["order"], "conditions": [condition]}})
    failing = row(ask(plain, path("a", ("order", 0, {"ok": "no"}), ("order", 1, {"ok": "yes"}))), "failing")
    assert (failing.count, failing.of) == (1, 2)


def test_late_since_the_touchpoint_before() -> None:
    plain = a_map(courier={"target_seconds": 86_400})
    found = ask(plain, path("a", ("order", 0), ("courier", 1)), path("b", ("order", 0), ("courier", 1.5)))
    late = row(found, "late")
    assert (late.count, late.of, late.since) == (1, 2, None)  # a day is not more than a day
    assert late.seconds is not None
    assert (late.seconds.p50, late.seconds.n) == (1.25 * 86_400, 2)


def test_late_since_a_named_touchpoint_looks_past_what_lies_between() -> None:
    plain = a_map(courier={"target_seconds": 2 * 86_400, "target_from": "order"})
    found = ask(plain, path("a", ("order", 0), ("ad", 2.5), ("courier", 3)))
    assert (row(found, "late").count, row(found, "late").since) == (1, "order")


def test_a_clock_stops_at_the_first_visit_and_starts_again_with_the_next_order() -> None:
    plain = a_map(courier={"target_seconds": 86_400, "target_from": "order"})
    steps = [("courier", 0), ("order", 1), ("courier", 1.5), ("courier", 9), ("order", 10), ("courier", 12)]
    late = row(ask(plain, path("a", *steps)), "late")
    assert (late.count, late.of) == (1, 2)


def test_failed_visits_neither_start_nor_stop_a_clock() -> None:
    plain = a_map(
        order={"failure": {"events": ["declined"]}},
        courier={
            "failure": {"events": ["nobody home"]},
            "target_seconds": 2 * 86_400,
            "target_from": "order",
        },
    )
    steps = [("order", 0), ("declined", 1), ("nobody home", 1), ("courier", 3)]
    assert (row(ask(plain, path("a", *steps)), "late").count) == 1
    assert row(ask(plain, path("a", ("declined", 0), ("courier", 9))), "late").of == 0


def test_a_target_that_cannot_be_measured_is_not_told() -> None:
    plain = a_map(courier={"target_seconds": 60, "target_from": "ad"})
    plain["cards"] = [card for card in plain["cards"] if card["touchpoint"] != "ad"]
    found = ask(plain, path("a", ("order", 0), ("courier", 1)))
    assert "late" not in {one.kind for one in found.rows}


def test_fitness_counts_what_is_missing_and_out_of_sequence() -> None:
    plain = a_map({"see.ad": "required", "buy.order": "required"})
    clean = path("a", ("ad", 0), ("order", 1), ("courier", 2))
    skipping = path("b", ("ad", 0), ("courier", 1))  # 2 events, 2 expected, 1 missing: 1 - 1/4
    backward = path("c", ("order", 0), ("ad", 1))  # 2 events, 1 expected, 1 out of sequence: 1 - 1/3
    found = ask(plain, clean, skipping, backward)
    assert found.fitness.mean.value == pytest.approx((1 + 3 / 4 + 2 / 3) / 3, abs=1e-9)
    assert (found.fitness.conforming.value, found.fitness.conforming.n) == (pytest.approx(1 / 3), 3)
    assert [(one.person, [d.kind for d in one.deviations]) for one in found.each] == [
        ("b", ["missing"]),
        ("c", ["out_of_sequence"]),
    ]


def test_failing_and_late_do_not_conform_but_leave_the_order_alone() -> None:
    plain = a_map(order={"failure": {"events": ["declined"]}})
    found = ask(plain, path("a", ("ad", 0), ("declined", 1), ("order", 1), ("courier", 2)))
    assert (found.fitness.conforming.value, found.fitness.mean.value) == (0.0, 1.0)


def test_one_value_has_an_interval_that_admits_how_little_it_is() -> None:
    mean = ask(a_map(), path("a", ("ad", 0))).fitness.mean
    assert (mean.value, mean.high) == (1.0, 1.0)
    assert mean.low is not None
    assert mean.low < 0.3


def test_moves_from_stage_to_stage_add_up() -> None:
    steps = [("ad", 0), ("ad", 1), ("order", 2), ("ad", 3), ("courier", 4), ("ad", 5)]
    found = stages(index_of(path("a", *steps)), MapModel.from_dict(a_map()))
    assert {(move.source, move.target): move.count for move in found.moves} == {
        ("(start)", "see"): 1,
        ("see", "buy"): 1,
        ("see", "get"): 1,
        ("see", "(end)"): 1,
        ("buy", "see"): 1,
        ("get", "see"): 1,
    }
    assert [row.stays for row in found.stages] == [3, 1, 1]
    assert {(move.source, move.target) for move in found.regressions} == {("buy", "see"), ("get", "see")}


def test_paths_cut_by_session_count_persons_once() -> None:
    plain = a_map({"see.ad": "required"})
    index = index_of(path("a", ("order", 0), ("courier", 5))).by_session()
    found = deviations(index, MapModel.from_dict(plain), persons=5)
    assert (index.n_paths, found.instances, found.persons) == (2, 2, 1)
    missing = row(found, "missing")
    assert (missing.instances, missing.persons) == (2, 1)
    assert [one.instance for one in found.each[0].deviations] == [1, 2]


@pytest.mark.parametrize("wanted", [-1, 10_001])
def test_too_many_persons_are_refused(wanted: int) -> None:
    with pytest.raises(BadNumber):
        deviations(index_of([]), MapModel.from_dict(a_map()), persons=wanted)


def test_nothing_gives_nothing_and_says_why() -> None:
    empty = index_of([])
    for language in ("en", "fa"):
        for answer in (stages(empty, MapModel.from_dict(a_map())), ask(a_map())):
            assert answer.reason is not None
            assert answer.reason[language] in answer.to_html(language)
            assert answer.text(language)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"format": "x"}, "format"),
        ({"stages": {"a": 1}}, "stages"),
        ({"stages": [{"id": "a"}]}, r"stages\[0\]\.name"),
        (
            {"touchpoints": [{"id": "ad", "name": "x", "target_seconds": 0}]},
            r"touchpoints\[0\]\.target_seconds",
        ),
        ({"touchpoints": [{"id": "ad", "name": "x", "failure": []}]}, r"touchpoints\[0\]\.failure"),
        ({"touchpoints": [{"id": "ad", "name": "x", "failure": {"events": "y"}}]}, r"failure\.events"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(change: dict[str, Any], place: str) -> None:
    with pytest.raises(MapUnreadable, match=place):
        MapModel.from_dict({**a_map(), **change})
