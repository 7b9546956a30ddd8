"""What of a map the public sees."""

from __future__ import annotations

from typing import Any

from hamsafar.maps import document
from hamsafar.maps.sharing.view import public_view

MAP: dict[str, Any] = document.check(
    {
        "format": "hamsafar-map/1",
        "id": "m1",
        "title": "خرید",
        "kind": "current_state",
        "language": "fa",
        "owner": {"kind": "member", "id": "u1", "name": "Sara"},
        "research": [{"title": "Interviews with Ali and Mina"}],
        "review_off": [{"rule": "thin_stage", "reason": "internal"}],
        "stages": [
            {"id": "s1", "name": "آگاهی", "owner": {"kind": "member", "id": "u1", "name": "Sara"}},
            {"id": "s2", "name": "خرید", "exit_touchpoint": "t2", "detail_map": "m9"},
        ],
        "lanes": [
            {"id": "l1", "kind": "touchpoints"},
            {"id": "l2", "kind": "opportunities"},
            {"id": "l3", "kind": "backstage", "hidden": True},
            {"id": "l4", "kind": "owner"},
        ],
        "cards": [
            {"id": "c1", "stage": "s1", "lane": "l1", "touchpoint": "t1", "owner": {"kind": "text", "name": "Ali"}},
            {"id": "c2", "stage": "s2", "lane": "l2", "text": "Cheaper delivery", "evidence": {"kind": "observed"}},
            {"id": "c3", "stage": "s2", "lane": "l3", "text": "Secret", "content": "k1"},
        ],
        "emotions": [{"stage": "s1", "value": 1}],
        "arrows": [{"id": "a1", "from_card": "c1", "to_card": "c3"}, {"id": "a2", "from_card": "c1", "to_card": "c2"}],
        "lines": [{"id": "i1", "kind": "visibility", "after_lane": "l3"}],
        "targets": [{"id": "g1", "metric": "completion", "scope": {"map": True}, "value": 0.5}],
        "personas": [{"id": "p1", "persona": "row-of-sara", "name": "سارا"}],
        "touchpoints": [
            {"id": "t1", "name": "Site", "channel": "web", "performance": 1, "matcher": {"events": ["login"]}},
            {"id": "t2", "name": "Paid", "matcher": {"events": ["paid"]}},
        ],
        "channels": [{"id": "web", "name": "Web", "kind": "web"}],
        "contents": [{"id": "k1", "name": "Guide", "kind": "guide"}],
    }
)  # fmt: skip


def test_without_a_choice_everything_but_hidden_lanes_and_the_team_s_own_is_shown() -> None:
    shown = public_view(MAP, None)
    assert [lane["id"] for lane in shown["lanes"]] == ["l1", "l2", "l4"]
    assert [card["id"] for card in shown["cards"]] == ["c1", "c2"]
    assert [arrow["id"] for arrow in shown["arrows"]] == ["a2"]
    assert (shown["lines"], shown["targets"], shown["contents"]) == ([], [], [])
    assert shown["touchpoints"] == [{"id": "t1", "name": "Site", "channel": "web"}]
    assert shown["emotions"] == MAP["emotions"]
    for secret in (
        "Secret",
        "Interviews",
        "internal",
        "Ali",
        "login",
        "u1",
        "m9",
        "row-of-sara",
        "performance",
        "observed",
    ):
        assert secret not in str(shown), secret
    assert shown["stages"][0]["owner"] == {"kind": "text", "name": "Sara"}
    assert document.check(shown) == document.tidy(shown)


def test_chosen_lanes_and_no_others() -> None:
    shown = public_view(MAP, ["l2"])
    assert [lane["id"] for lane in shown["lanes"]] == ["l2"]
    assert [card["id"] for card in shown["cards"]] == ["c2"]
    assert (shown["touchpoints"], shown["channels"], shown["emotions"]) == ([], [], [])
    assert "owner" not in shown["stages"][0]
    assert document.check(shown) == document.tidy(shown)


def test_a_lane_that_is_gone_shows_nothing_in_its_place() -> None:
    assert public_view(MAP, ["gone"])["cards"] == []
