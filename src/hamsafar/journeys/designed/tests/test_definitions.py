"""The definitions one by one, on paths small enough to count by hand."""

from __future__ import annotations

from typing import Any

import pytest

from hamsafar.journeys.designed.errors import BadThreshold, MapTooLarge, MapUnreadable
from hamsafar.journeys.designed.map_model import PLACEMENTS_LIMIT, MapModel
from hamsafar.journeys.designed.measure import Selection, measure
from hamsafar.journeys.designed.result import MeasuredMap, MeasuredStage, MeasuredTouchpoint
from hamsafar.journeys.designed.tests.drawn import document, index_of, path
from hamsafar.journeys.designed.tests.naive import Event
from hamsafar.journeys.designed.who import who
from hamsafar.journeys.scope import Scope
from hamsafar.lib.conditions import Condition

PLACED = {"see": ["ad", "site"], "buy": ["basket", "order"], "use": ["delivery"]}
MATCHERS: dict[str, Any] = {name: [name] for names in PLACED.values() for name in names}


def measured(plain: dict[str, Any], *paths: list[Event], **selection: Any) -> MeasuredMap:
    events = [event for one in paths for event in one]
    return measure(index_of(events), MapModel.from_dict(plain), Selection(**selection))


def stage(found: MeasuredMap, name: str) -> MeasuredStage:
    return next(one for one in found.stages if one.stage == name)


def card(found: MeasuredMap, name: str) -> MeasuredTouchpoint:
    return next(one for one in found.touchpoints if one.card == name)


def buckets(found: MeasuredMap, name: str) -> tuple[int, ...]:
    """entered, went on, left, still open, skipped"""
    one = stage(found, name)
    return one.entered, one.went_on, one.left, one.still_open, one.skipped


def shop(**rest: Any) -> dict[str, Any]:
    return document("see buy use", PLACED, MATCHERS, **rest)


def test_everyone_who_entered_a_stage_went_on_left_or_is_still_open() -> None:
    found = measured(
        shop(),
        path("completed", ("ad", 0), ("order", 1), ("delivery", 2)),
        path("left", ("ad", 0), ("basket", 1)),
        path("skipped", ("ad", 60), ("delivery", 61)),
        path("open", ("ad", 100)),
    )
    assert buckets(found, "see") == (4, 3, 0, 1, 0)
    assert buckets(found, "buy") == (2, 1, 1, 0, 1)
    assert buckets(found, "use") == (2, 2, 0, 0, 0)
    assert (found.whole.begun, found.whole.completed, found.whole.left) == (4, 2, 1)
    # The one still open is in no rate: 2 of 3.
    assert (found.whole.completion.value, found.whole.completion.n) == (pytest.approx(2 / 3), 3)
    assert found.whole.median_seconds_to_complete == 1.5 * 86_400


def test_the_first_stage_again_after_the_last_begins_anew() -> None:
    twice = path("p", ("ad", 0), ("delivery", 1), ("ad", 5), ("delivery", 9))
    found = measured(shop(), twice)
    assert (found.whole.begun, found.whole.completed, found.whole.persons) == (2, 2, 1)
    assert card(found, "use.delivery").last == 2


def test_the_first_stage_again_before_the_last_is_a_step_back() -> None:
    found = measured(shop(), path("p", ("ad", 0), ("basket", 1), ("ad", 2)))
    assert found.whole.begun == 1
    back = card(found, "see.ad").deviations.out_of_sequence
    assert (back.events, back.instances, back.persons) == (1, 1, 1)


def test_an_idle_time_begins_anew_and_only_longer_than_it() -> None:
    rule = {"begin": "idle", "idle_seconds": 86_400}
    found = measured(shop(instances=rule), path("p", ("ad", 0), ("ad", 1), ("ad", 2.5)))
    assert found.whole.begun == 2


def test_with_the_idle_rule_but_no_time_a_person_has_one_instance() -> None:
    found = measured(shop(instances={"begin": "idle"}), path("p", ("ad", 0), ("delivery", 1), ("ad", 500)))
    assert found.whole.begun == 1


def test_a_touchpoint_in_several_stages_counts_where_the_instance_is() -> None:
    placed = {"see": ["site"], "buy": ["site", "order"], "use": ["app"]}
    plain = document("see buy use", placed, {name: [name] for name in ("site", "order", "app")})
    found = measured(plain, path("p", ("site", 0), ("order", 1), ("site", 2), ("app", 3), ("site", 4)))
    # First where it can begin, then in the current stage; after the last stage it begins a new instance.
    assert card(found, "see.site").visits == 2
    assert card(found, "buy.site").visits == 1
    assert found.whole.begun == 2


def test_a_touchpoint_of_the_first_stage_that_stands_in_the_current_one_begins_nothing() -> None:
    placed = {"see": ["site"], "use": ["app", "site"]}
    plain = document("see use", placed, {name: [name] for name in ("site", "app")})
    found = measured(plain, path("p", ("site", 0), ("app", 1), ("site", 2)))
    assert found.whole.begun == 1
    assert card(found, "use.site").visits == 1


def test_a_later_stage_comes_before_a_nearer_earlier_one() -> None:
    placed = {"see": ["call"], "buy": ["order"], "use": ["delivery"], "love": ["call"]}
    plain = document("see buy use love", placed, {name: [name] for name in ("call", "order", "delivery")})
    found = measured(plain, path("p", ("order", 0), ("call", 1)))
    assert card(found, "love.call").visits == 1


def test_a_touchpoint_of_no_later_stage_counts_in_the_nearest_earlier_one() -> None:
    placed = {"see": ["call"], "buy": ["call"], "use": ["delivery"]}
    plain = document(
        "see buy use", placed, {"call": ["call"], "delivery": ["delivery"]}, instances={"begin": "idle"}
    )
    found = measured(plain, path("p", ("delivery", 0), ("call", 1)))
    assert card(found, "buy.call").deviations.out_of_sequence.events == 1


def test_missing_counts_required_placements_that_were_passed() -> None:
    found = measured(
        shop(needs={"see.site": "required", "use.delivery": "required"}),
        path("by the site", ("site", 0), ("order", 1)),
        path("past it", ("ad", 0), ("order", 1)),
        path("not yet", ("ad", 0)),
    )
    missing = card(found, "see.site").deviations.missing
    assert missing is not None
    assert (missing.instances, missing.persons, missing.of) == (1, 1, 2)
    assert card(found, "see.ad").deviations.missing is None
    last = card(found, "use.delivery").deviations.missing
    assert last is not None
    assert (last.instances, last.of) == (0, 0)  # nobody can pass the last stage


def test_of_an_any_of_group_one_is_enough() -> None:
    needs = {"buy.basket": "any_of:g", "buy.order": "any_of:g"}
    found = measured(
        shop(needs=needs),
        path("one", ("order", 0), ("delivery", 1)),
        path("none", ("ad", 0), ("delivery", 1)),
    )
    (group,) = found.groups
    assert group.cards == ("buy.basket", "buy.order")
    assert group.missing is not None
    assert (group.missing.instances, group.missing.of) == (1, 2)


def test_what_is_not_bound_is_not_called_missing() -> None:
    needs = {"see.site": "required", "buy.basket": "any_of:g", "buy.order": "any_of:g"}
    plain = document("see buy use", PLACED, {**MATCHERS, "site": None, "order": None}, needs=needs)
    found = measured(plain, path("p", ("ad", 0), ("delivery", 1)))
    assert found.unbound_touchpoints == ("site", "order")
    assert card(found, "see.site").deviations.missing is None
    assert found.groups[0].missing is None


def test_ad_hoc_events_are_frequent_between_two_touchpoints() -> None:
    with_call = [path(f"c{n}", ("ad", 0), ("call", 1), ("call", 2), ("order", 3)) for n in range(10)]
    without = [path(f"w{n}", ("ad", 0), ("order", 1)) for n in range(30)]
    rare = [path("r", ("ad", 0), ("fax", 1), ("order", 2))]
    outside = [path("o", ("call", 0), ("ad", 1), ("call", 2))]
    (row,) = measured(shop(), *with_call, *without, *rare, *outside).ad_hoc
    assert (row.event, row.from_card, row.to_card) == ("call", "see.ad", "buy.order")
    assert (row.passages, row.instances, row.persons, row.of) == (10, 10, 10, 41)


def test_still_open_is_learnt_from_those_who_went_on() -> None:
    """20 gaps of 1 to 20 days: the 95th percentile by nearest rank is the 19th."""
    going_on = [path(f"p{day}", ("ad", 0), ("order", day)) for day in range(1, 21)]
    nineteen = path("nineteen", ("ad", 1))
    eighteen = path("eighteen", ("ad", 2))
    found = measured(shop(), *going_on, nineteen, eighteen)
    one = stage(found, "see")
    assert (one.open_after_seconds, one.open_after_source, one.gap_n) == (19 * 86_400, "measured", 20)
    assert (one.left, one.still_open) == (1, 1)


def test_the_nearest_rank_covers_95_percent() -> None:
    """Of 25 gaps of 1 to 25 days 95% are 23.75, so the 24th is the first that covers them."""
    going_on = [path(f"p{day}", ("ad", 0), ("order", day)) for day in range(1, 26)]
    assert stage(measured(shop(), *going_on), "see").open_after_seconds == 24 * 86_400


def test_few_gaps_say_nothing_and_thresholds_have_bounds() -> None:
    few = [path(f"p{n}", ("ad", 0), ("order", 100)) for n in range(19)]
    assert stage(measured(shop(), *few), "see").open_after_seconds == 30 * 86_400
    assert stage(measured(shop(), *few), "see").open_after_source == "default"
    slow = [*few, path("p19", ("ad", 0), ("order", 100))]
    assert stage(measured(shop(), *slow), "see").open_after_seconds == 90 * 86_400
    quick = [path(f"p{n}", ("ad", 0), ("order", 0.01)) for n in range(20)]
    assert stage(measured(shop(), *quick), "see").open_after_seconds == 86_400


def test_a_threshold_that_is_asked_for_beats_the_map_s_own() -> None:
    plain = shop(open_after={"see": 3_600, "buy": 3_600})
    found = measured(plain, path("p", ("ad", 0)), open_after={"see": 60})
    assert [one.open_after_seconds for one in found.stages] == [60, 3_600, 30 * 86_400]
    assert [one.open_after_source for one in found.stages] == ["set", "set", "default"]


def test_only_a_person_s_last_instance_can_be_open() -> None:
    rule = {"begin": "idle", "idle_seconds": 3_600}
    found = measured(shop(instances=rule), path("p", ("ad", 0), ("ad", 1)))
    assert buckets(found, "see") == (2, 0, 1, 1, 0)


def test_an_exit_action_is_going_on() -> None:
    plain = shop(exits={"buy": "order", "use": "delivery"})
    found = measured(
        plain,
        path("ordered", ("basket", 0), ("order", 1)),
        path("only looked", ("basket", 0)),
        path("at the data's end", ("delivery", 100)),
    )
    assert buckets(found, "buy") == (2, 1, 1, 0, 1)
    assert stage(found, "buy").achieved == 1
    assert stage(found, "see").achieved is None
    # Who ordered was not seen in a later stage: on the whole map they left all the same.
    assert stage(found, "buy").not_seen_after == 1
    assert (found.whole.completed, found.whole.left) == (1, 2)


def test_the_last_stage_is_completed_by_its_exit_action_alone() -> None:
    placed = {"buy": ["order"], "use": ["delivery", "review"]}
    names = {name: [name] for name in ("order", "delivery", "review")}
    plain = document("buy use", placed, names, exits={"use": "review"})
    found = measured(
        plain,
        path("reviewed", ("order", 0), ("delivery", 2), ("review", 3), ("review", 9)),
        path("delivered", ("order", 0), ("delivery", 2)),
    )
    assert (found.whole.begun, found.whole.completed) == (2, 1)
    assert found.whole.median_seconds_to_complete == 3 * 86_400


def test_an_exit_action_that_cannot_be_seen_in_its_stage_is_as_none() -> None:
    found = measured(shop(exits={"use": "ad"}), path("p", ("ad", 0), ("delivery", 1)))
    assert stage(found, "use").achieved is None
    assert found.whole.completed == 1


def test_times_are_medians_with_their_number() -> None:
    found = measured(
        shop(),
        path("a", ("ad", 0), ("site", 1), ("order", 2)),
        path("b", ("ad", 0), ("order", 5)),
        path("c", ("order", 0)),
    )
    assert (stage(found, "see").median_seconds_to_next, stage(found, "see").n_time) == (3.5 * 86_400, 2)
    order = card(found, "buy.order")
    assert (order.median_seconds_since_previous, order.n_time) == (3 * 86_400, 2)
    assert [(row.card, row.count, row.share) for row in order.next] == [("(end)", 3, 1.0)]


def test_the_more_specific_matcher_gets_the_event_and_the_overlap_is_told() -> None:
    matchers = {
        "any": ["web*"],
        "page": ["web_page*"],
        "page_here": {
            "events": ["web_page*"],
            "conditions": [{"property": "city", "op": "=", "value": "قم"}],
        },
        "front": ["web_page_front"],
    }
    plain = document("see", {"see": list(matchers)}, matchers)
    found = measured(
        plain,
        path(
            "p", ("web_shop", 0), ("web_page_x", 1), ("web_page_x", 2, {"city": "قم"}), ("web_page_front", 3)
        ),
    )
    assert {one.touchpoint: one.visits for one in found.touchpoints} == dict.fromkeys(matchers, 1)
    told = {(one.event, one.given_to): (one.touchpoints, one.events) for one in found.overlaps}
    assert told == {
        ("web_page_x", "page"): (("any", "page"), 1),
        ("web_page_x", "page_here"): (("any", "page", "page_here"), 1),
        ("web_page_front", "front"): (("any", "page", "front"), 1),
    }


def test_of_equal_matchers_the_first_on_the_map_gets_the_event() -> None:
    plain = document("see buy", {"buy": ["one"], "see": ["two"]}, {"one": ["ad"], "two": ["ad"]})
    found = measured(plain, path("p", ("ad", 0)))
    assert card(found, "see.two").visits == 1
    assert found.overlaps[0].given_to == "two"


def test_two_cards_of_a_touchpoint_in_one_stage_are_one_placement() -> None:
    plain = document("see", {"see": ["ad", "ad"]}, {"ad": ["ad"]})
    plain["cards"][1] |= {"id": "again", "need": "required"}
    (one,) = measured(plain, path("p", ("ad", 0))).touchpoints
    assert (one.card, one.also_cards, one.visits) == ("see.ad", ("again",), 1)
    assert one.deviations.missing is not None


def test_a_pattern_no_event_fits_is_told() -> None:
    plain = document("see", {"see": ["ad"]}, {"ad": ["ad", "banner*"]})
    (row,) = measured(plain, path("p", ("ad", 0))).unknown_events
    assert (row.touchpoint, row.pattern) == ("ad", "banner*")


def test_names_are_compared_as_they_are_stored() -> None:
    """Arabic letters and double spaces in a matcher mean the stored Persian name; case counts."""
    plain = document("see", {"see": ["ad"]}, {"ad": ["آگهي  ديدن", "SMS"]})
    found = measured(plain, path("p", ("آگهی دیدن", 0), ("SMS", 1), ("sms", 2)))
    assert found.bound_events == 2


def test_a_stage_with_nothing_bound_is_named() -> None:
    plain = document("see buy", {"see": ["ad"]}, {"ad": ["ad"]})
    found = measured(plain, path("p", ("ad", 0)))
    assert found.unmeasured_stages == ("buy",)
    assert found.whole.completed == 0


@pytest.mark.parametrize("scope", [Scope(to_us=-1), Scope(from_us=10**16)])
def test_an_empty_selection_is_zeros_without_rates(scope: Scope) -> None:
    found = measured(shop(), path("p", ("ad", 0)), scope=scope)
    assert (found.events, found.whole.begun, found.data_end_at) == (0, 0, None)
    assert found.whole.completion.value is None
    assert stage(found, "see").share_went_on.n == 0
    assert card(found, "see.ad").next == ()


def test_persons_without_a_bound_event_are_not_on_the_map() -> None:
    found = measured(shop(), path("p", ("other", 0)), path("q", ("ad", 0)))
    assert (found.events, found.unbound_events, found.persons) == (2, 1, 1)
    assert card(found, "see.ad").share_of_persons.value == 1.0


def test_the_data_end_with_the_last_event_bound_or_not() -> None:
    found = measured(shop(), path("p", ("ad", 0)), path("q", ("other", 200)))
    assert stage(found, "see").left == 1


@pytest.mark.parametrize("wanted", [{"nowhere": 60.0}, {"see": 0.0}, {"see": float("nan")}])
def test_thresholds_that_cannot_be_used(wanted: dict[str, float]) -> None:
    with pytest.raises(BadThreshold):
        measured(shop(), path("p", ("ad", 0)), open_after=wanted)


def test_a_map_that_breaks_the_format_is_refused_with_the_place() -> None:
    plain = shop()
    plain["cards"][0]["stage"] = "nowhere"
    with pytest.raises(MapUnreadable, match=r"cards\[0\]\.stage"):
        MapModel.from_dict(plain)


def test_a_map_with_too_many_placements_is_refused() -> None:
    names = [f"t{n}" for n in range(PLACEMENTS_LIMIT + 1)]
    with pytest.raises(MapTooLarge):
        MapModel.from_dict(document("see", {"see": names}, dict.fromkeys(names)))


def test_who_comes_in_pages_by_id() -> None:
    events = [event for n in range(5) for event in path(f"p{n}", ("ad", n), ("order", n + 1))]
    found = who(index_of(events), MapModel.from_dict(shop()), {"kind": "map", "bucket": "begun"})
    assert (found.n_persons, found.n_instances) == (5, 5)
    assert [person for person, _ in found.page("p1", 2)] == ["p2", "p3"]
    assert found.page("p4", 2) == []


@pytest.mark.parametrize("language", ["en", "fa"])
def test_tables_say_what_is_wrong_with_the_bindings(language: Any) -> None:
    needs = {"see.ad": "required", "buy.basket": "any_of:g", "buy.order": "any_of:g"}
    plain = document("see buy use", PLACED, {**MATCHERS, "site": None, "order": ["ad", "gone"]}, needs=needs)
    paths = [path(f"p{n}", ("ad", 0), ("<b>", 1), ("basket", 2), ("delivery", 3)) for n in range(10)]
    found = measured(plain, *paths)
    text, page = found.text(language), found.to_html(language)
    for told in ("site", "gone", "ad", "<b>"):
        assert told in text
    assert "<b>" not in page
    assert "&lt;b&gt;" in page
    assert found.table().num_rows == 3


def test_conditions_are_asked_once_of_values_that_selections_share(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    holds = Condition.holds
    monkeypatch.setattr(Condition, "holds", lambda self, value: asked.append(value) or holds(self, value))
    matcher = {"events": ["ad"], "conditions": [{"property": "city", "op": "=", "value": "قم"}]}
    model = MapModel.from_dict(document("see", {"see": ["ad"]}, {"ad": matcher}))
    index = index_of(path("p", ("ad", 0, {"city": "قم"}), ("ad", 5, {"city": "یزد"})))
    assert measure(index, model).bound_events == 1
    assert measure(index, model, Selection(Scope(from_us=1))).bound_events == 0
    assert asked == ["قم", "یزد"]
