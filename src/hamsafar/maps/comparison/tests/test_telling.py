"""Differences in words: names instead of ids, stage by stage, in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from hamsafar.maps.comparison import compare
from hamsafar.maps.comparison.alignment import aligned
from hamsafar.maps.comparison.differences import KINDS, MAP
from hamsafar.maps.comparison.telling import Told, tell
from hamsafar.maps.comparison.tests.test_compare import SALES, shop
from hamsafar.maps.comparison.words import CHOICES, FIELDS, PARTS, word
from hamsafar.maps.comparison.words import KINDS as KIND_WORDS
from hamsafar.maps.document import Exchange
from hamsafar.maps.fields import META
from hamsafar.maps.fields import PARTS as SHAPES
from hamsafar.maps.shape import Choice


def told(before: Exchange, after: Exchange, language: str = "en") -> list[Told]:
    return tell(before, after, compare(before, after), language)


def test_everything_that_can_differ_has_a_word() -> None:
    assert set(KIND_WORDS) == set(KINDS)
    assert set(PARTS) == {MAP, *SHAPES}
    shapes: list[Any] = [META, *SHAPES.values()]
    fields = {name for shape in shapes for name in shape.fields if name != "id"}
    assert set(FIELDS) == {*fields, "order"}
    choices = {
        value
        for shape in shapes
        for name, kind in shape.fields.items()
        if isinstance(kind, Choice)
        for value in kind.options
    }
    assert choices <= set(CHOICES)


def test_names_stand_for_ids_and_stages_are_in_the_order_of_both() -> None:
    after = shop(
        stages=[{"id": "s0", "name": "نیاز"}, {"id": "s2", "name": "خرید"}, {"id": "s3", "name": "تحویل"}],
        cards=[
            {"id": "c2", "stage": "s3", "lane": "l2", "text": "سبد را پر می‌کند", "commitment": 4},
            {"id": "c3", "stage": "s2", "lane": "l1", "text": "پرداخت می‌کند"},
            {"id": "c4", "stage": "s2", "lane": "l2", "text": "هزینهٔ ارسال معلوم نیست", "complaint": True},
        ],
    )
    pairs = compare(shop(), after).pairs
    assert aligned("stages", shop(), after, pairs) == [("s1", None), (None, "s0"), ("s2", "s2"), ("s3", "s3")]
    found = [(t.stage_name, t.part, t.said, t.kinds) for t in told(shop(), after)]
    assert found == [
        ("آگاهی", "stages", "آگاهی", ("removed",)),
        ("آگاهی", "cards", "آگهی را می‌بیند", ("removed",)),
        ("نیاز", "stages", "نیاز", ("added",)),
        ("خرید", "cards", "هزینهٔ ارسال معلوم نیست", ("changed",)),
        ("تحویل", "cards", "سبد را پر می‌کند", ("moved", "changed")),
    ]
    moved = told(shop(), after, "fa")[-1]
    assert [(f.label, f.before, f.after) for f in moved.fields] == [
        ("ردیف", "اقدامات مشتری", "نقاط درد"),
        ("مرحله", "خرید", "تحویل"),
        ("میزان تعهد", "", "۴"),
    ]


def test_who_answers_for_a_card_is_its_owner_else_its_stages() -> None:
    stages = [{**one, "owner": SALES} if one["id"] == "s2" else one for one in shop()["stages"]]
    before, after = shop(stages=stages), shop(stages=stages)
    after["cards"][1]["text"] = "دیگر"
    after["cards"][2] |= {"text": "دیگر", "owner": {"kind": "text", "name": "مالی"}}
    assert [t.owners for t in told(before, after)] == [("فروش",), ("فروش", "مالی")]


def test_how_something_is_drawn_is_not_told() -> None:
    after = shop()
    after["stages"][0] |= {"width": 300, "collapsed": True}
    assert told(shop(), after) == []
    after["stages"][0]["name"] = "دیگر"
    assert [f.field for f in told(shop(), after)[0].fields] == ["name"]


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("status", "in_review", "در حال بازبینی"),
        ("level", 2, "۲"),
        ("instances", {"begin": "idle", "idle_seconds": 60}, "idle، ۶۰"),
        ("research", [{"title": "مصاحبه"}, {"title": "آمار"}], "مصاحبه، آمار"),
        ("owner", SALES, "فروش"),
    ],
)
def test_values_are_texts(field: str, value: Any, shown: str) -> None:
    (difference,) = told(shop(), shop(**{field: value}), "fa")
    assert (difference.stage_name, difference.fields[0].after) == ("کل نقشه", shown)


def test_a_word_that_nobody_wrote_is_its_own_name() -> None:
    assert word(FIELDS, "mood", "fa") == "mood"
