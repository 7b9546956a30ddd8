"""What is told of two maps: added, removed, moved, changed, owners and emotions; and who is who."""

from __future__ import annotations

import copy
import json
from typing import Any

from hamsafar.maps import document
from hamsafar.maps.comparison import compare, kinship, match
from hamsafar.maps.document import Exchange

SALES = {"kind": "team", "name": "فروش"}
SHOP: dict[str, Any] = {
    "format": "hamsafar-map/1",
    "id": "m1",
    "title": "خرید کتاب",
    "kind": "current_state",
    "language": "fa",
    "personas": [{"id": "p1", "name": "سارا"}],
    "stages": [{"id": "s1", "name": "آگاهی"}, {"id": "s2", "name": "خرید"}, {"id": "s3", "name": "تحویل"}],
    "lanes": [{"id": "l1", "kind": "actions"}, {"id": "l2", "kind": "pains"}],
    "cards": [
        {"id": "c1", "stage": "s1", "lane": "l1", "text": "آگهی را می‌بیند"},
        {"id": "c2", "stage": "s2", "lane": "l1", "text": "سبد را پر می‌کند"},
        {"id": "c3", "stage": "s2", "lane": "l1", "text": "پرداخت می‌کند"},
        {"id": "c4", "stage": "s2", "lane": "l2", "text": "هزینهٔ ارسال معلوم نیست"},
    ],
    "emotions": [{"persona": "p1", "stage": "s2", "value": -1}],
}


def shop(**changes: Any) -> Exchange:
    return document.check({**copy.deepcopy(SHOP), **changes})


def told(before: Exchange, after: Exchange) -> list[tuple[Any, ...]]:
    return [
        (
            d.part,
            (d.after or d.before or {}).get("id"),
            d.kinds,
            {f.field: (f.before, f.after) for f in d.fields},
        )
        for d in compare(before, after).differences
    ]


def test_a_card_is_added_removed_moved_changed_and_given_to_somebody() -> None:
    after = shop(
        cards=[
            {"id": "c1", "stage": "s2", "lane": "l1", "text": "آگهی را در اینستاگرام می‌بیند"},
            {"id": "c2", "stage": "s2", "lane": "l1", "text": "سبد را پر می‌کند", "owner": SALES},
            {"id": "c4", "stage": "s2", "lane": "l2", "text": "هزینهٔ ارسال معلوم نیست"},
            {"id": "c5", "stage": "s3", "lane": "l1", "text": "بسته را می‌گیرد"},
        ]
    )
    assert told(shop(), after) == [
        (
            "cards",
            "c1",
            ("moved", "changed"),
            {"stage": ("s1", "s2"), "text": ("آگهی را می‌بیند", "آگهی را در اینستاگرام می‌بیند")},
        ),
        ("cards", "c2", ("owner",), {"owner": (None, SALES)}),
        ("cards", "c5", ("added",), {}),
        ("cards", "c3", ("removed",), {}),
    ]


def test_one_of_two_that_changed_places_is_told_with_its_places() -> None:
    cards = SHOP["cards"]
    after = shop(cards=[cards[0], cards[2], cards[1], cards[3]])
    assert told(shop(), after) == [("cards", "c3", ("moved",), {"order": (2, 1)})]


def test_a_removed_stage_moves_none_of_those_that_stayed() -> None:
    after = shop(stages=SHOP["stages"][1:], cards=SHOP["cards"][1:])
    assert told(shop(), after) == [("stages", "s1", ("removed",), {}), ("cards", "c1", ("removed",), {})]


def test_emotions_differ_by_persona_and_stage() -> None:
    after = shop(
        emotions=[
            {"persona": "p1", "stage": "s2", "value": 2, "note": "تخفیف"},
            {"persona": None, "stage": "s1", "value": 1},
        ]
    )
    found = {(d.kinds, str(d.before), str(d.after)) for d in compare(shop(), after).differences}
    assert {kinds for kinds, _, _ in found} == {("emotion",)}
    changed = next(d for d in compare(shop(), after).differences if d.before)
    assert {f.field: (f.before, f.after) for f in changed.fields} == {
        "value": (-1, 2),
        "note": (None, "تخفیف"),
    }


def test_the_map_itself_and_its_owner() -> None:
    after = shop(title="خرید کتاب و هدیه", owner=SALES)
    assert told(shop(), after)[0][2:] == (
        ("changed", "owner"),
        {"title": ("خرید کتاب", "خرید کتاب و هدیه"), "owner": (None, SALES)},
    )


def test_a_future_state_is_compared_by_ids_and_what_was_drawn_anew_by_its_words() -> None:
    future = shop(id="m2", kind="future_state", current_map="m1")
    future["cards"][0]["text"] = "توصیهٔ دوستی را می‌شنود"
    # Deleted, and written again.
    future["cards"][2]["id"] = "NEWCARD000000001"
    assert kinship(shop(), future) == "kin"
    assert match(shop(), future)["cards"]["c3"] == "NEWCARD000000001"
    assert [(part, kinds) for part, _, kinds, _ in told(shop(), future)] == [
        ("map", ("changed",)),
        ("cards", ("changed",)),
    ]


def test_ids_of_two_files_that_happen_to_be_the_same_say_nothing() -> None:
    other = shop(
        id="m9",
        stages=[{"id": "s1", "name": "خريد"}, {"id": "s2", "name": "آگاهي"}],
        lanes=[{"id": "l1", "kind": "pains"}, {"id": "l2", "kind": "actions"}],
        cards=[
            {"id": "c1", "stage": "s1", "lane": "l2", "text": "پرداخت مي كند"},
            {"id": "c2", "stage": "s2", "lane": "l2", "text": "آگهی‌ها را می‌بیند"},
        ],
        emotions=[],
    )
    pairs = match(shop(), other)
    assert kinship(shop(), other) == "strangers"
    assert pairs["stages"] == {"s1": "s2", "s2": "s1"}
    assert pairs["lanes"] == {"l1": "l2", "l2": "l1"}
    # «پرداخت می‌کند» by its search key; the advertisement because the texts are alike.
    assert pairs["cards"] == {"c3": "c1", "c1": "c2"}


def test_a_copy_with_other_ids_is_the_same_map() -> None:
    text = json.dumps(shop())
    for old in ("p1", "s1", "s2", "s3", "l1", "l2", "c1", "c2", "c3", "c4"):
        text = text.replace(f'"{old}"', f'"{old}x"')
    renamed = {**json.loads(text), "id": "m5"}
    assert told(shop(), renamed) == []


def test_a_touchpoint_is_found_under_another_text() -> None:
    library = [{"id": "t1", "name": "سایت"}]
    one = shop(touchpoints=library)
    one["cards"][0]["touchpoint"] = "t1"
    two = shop(id="m7", touchpoints=library)
    two["cards"] = [{"id": "z", "stage": "s3", "lane": "l2", "text": "چیز دیگر", "touchpoint": "t1"}]
    assert match(one, two)["cards"] == {"c1": "z"}
