"""What if, over the touchpoints of a map: the chain of its instances, as the twin walks them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamsafar.journeys import PathIndex
from hamsafar.journeys.designed.map_model import MapModel
from hamsafar.journeys.designed.tests.drawn import document, documents, events, index_of, lively, path
from hamsafar.journeys.designed.tests.naive import Event, Naive
from hamsafar.journeys.errors import UnknownEvent
from hamsafar.journeys.tests import naive_what_if
from hamsafar.journeys.tests.naive import Event as Plain
from hamsafar.journeys.tests.scattered import Scattered
from hamsafar.journeys.what_if import NodesOrMap, NotBound, what_if_persons
from hamsafar.journeys.what_if import counting as what_if_counting

SHOP = document(
    "look buy",
    {"look": ["site", "branch"], "buy": ["basket", "pay"]},
    {
        "site": ["seen"],
        "branch": None,
        "basket": ["basket"],
        "pay": {"events": ["paid"], "conditions": [{"property": "city", "op": "=", "value": "یزد"}]},
    },
)
YAZD = {"city": "یزد"}
PATHS = [
    *path("p1", ("seen", 0), ("noise", 1), ("basket", 2), ("paid", 3, YAZD), ("seen", 9), ("basket", 10)),
    *path("p2", ("seen", 0), ("paid", 1, {"city": "تهران"})),
    *path("p3", ("seen", 0), ("basket", 4)),
]


def check(plain: dict[str, Any], drawn: list[Event], places: list[int]) -> None:
    model, index = MapModel.from_dict(plain), index_of(drawn)
    goals = [touchpoint.name for touchpoint in model.touchpoints if touchpoint.bound]
    if not goals:
        return
    # Every instance is a path of its own, its events named by touchpoint.
    instances = Naive(model, drawn).instances
    told = [
        Plain(f"{number:04}", model.touchpoints[model.placements[step.placement].touchpoint].name, place)
        for number, instance in enumerate(instances)
        for place, step in enumerate(instance.steps)
    ]
    gaps, times = naive_what_if.edges(told, goals[-1])
    answer = index.what_if(goals[-1], design=model)
    rows = {(row["source"], row["target"]): row for row in answer.to_dict()["rows"]}
    assert {edge: row["count"] for edge, row in rows.items()} == {e: len(own) for e, own in gaps.items()}
    assert (answer.paths, answer.arrived) == (len(times), sum(time is not None for time in times))
    assert answer.unit == "instance"
    for (source, target), row in rows.items():
        behind = what_if_persons(index, goals[-1], source, target, design=model)
        assert len(behind) == row["persons"]
    scattered = Scattered.of(index, [places[number % len(places)] for number in range(index.n_persons)])
    assert scattered.what_if(goals[-1], design=model).to_dict() == answer.to_dict()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(what_if_counting, "_TABLE_CELLS", 0)
        assert index.what_if(goals[-1], design=model).to_dict() == answer.to_dict()


@given(documents(), events(), st.lists(st.integers(0, 2), min_size=1, max_size=4))
@settings(max_examples=60)
def test_the_chain_is_that_of_the_maps_instances(
    plain: dict[str, Any], drawn: list[Event], places: list[int]
) -> None:
    check(plain, drawn, places)


@pytest.mark.parametrize("seed", range(12))
def test_so_it_is_of_long_paths(seed: int) -> None:
    check(*lively(seed), [seed % 3, 1, 2])


def shop() -> PathIndex:
    return index_of(PATHS)


def test_touchpoints_are_places_and_who_comes_again_begins_anew() -> None:
    answer = shop().what_if("pay", ["basket->pay=+0.2"], ["site->basket=*0.5"], design=SHOP)
    rows = {(row["source"], row["target"]): row["count"] for row in answer.to_dict()["rows"]}
    # Four instances: p1 came twice. Payment in another city is no touchpoint, and neither is noise.
    assert rows == {
        ("(start)", "site"): 4,
        ("site", "basket"): 3,
        ("site", "(end)"): 1,
        ("basket", "pay"): 1,
        ("basket", "(end)"): 2,
    }
    assert (answer.paths, answer.arrived, answer.persons) == (4, 1, 3)
    assert answer.reach_after.value == pytest.approx(3 / 4 * (1 / 3 + 0.2))
    assert answer.seconds_change.value == pytest.approx(-(2 + 1 + 4) / 3 / 2 * 86_400)
    assert answer.to_dict()["map"] == {"id": "map", "title": "A map"}
    assert "instances: 4" in answer.text("en")
    assert what_if_persons(shop(), "pay", "site", "basket", design=SHOP).tolist() == [0, 2]


def test_touchpoints_are_told_by_name_and_by_id() -> None:
    named = {**SHOP, "touchpoints": [{**one, "name": one["id"].upper()} for one in SHOP["touchpoints"]]}
    by_name = shop().what_if("PAY", ["BASKET->PAY=0.9"], design=named)
    by_id = shop().what_if("pay", ["basket->pay=0.9"], design=named)
    assert by_name.rows == by_id.rows
    assert {row["target"] for row in by_id.to_dict()["rows"]} == {"SITE", "BASKET", "PAY", "(end)"}


def test_equal_names_are_told_apart() -> None:
    named = {**SHOP, "touchpoints": [{**one, "name": "shop"} for one in SHOP["touchpoints"]]}
    answer = shop().what_if("pay", design=named)
    assert {row["node"] for row in answer.to_dict()["nodes"]} == {"shop (site)", "shop (basket)"}
    with pytest.raises(UnknownEvent):
        shop().what_if("pay", ["SHOP->pay=1"], design=named)


def test_what_cannot_be_asked_of_a_map_is_refused() -> None:
    with pytest.raises(NotBound, match="branch"):
        shop().what_if("branch", design=SHOP)
    with pytest.raises(NotBound):
        shop().what_if("pay", ["branch->pay=0.5"], design=SHOP)
    with pytest.raises(UnknownEvent, match="pay"):
        shop().what_if("pray", design=SHOP)
    with pytest.raises(NodesOrMap):
        shop().what_if("pay", nodes={"pay": ["paid"]}, design=SHOP)


def test_nobody_on_the_map_is_an_empty_answer_with_its_reason() -> None:
    answer = index_of(path("p", ("noise", 0))).what_if("pay", ["basket->pay=0.5"], design=SHOP)
    assert (answer.paths, answer.to_dict()["rows"]) == (0, [])
    assert answer.reason
